import type { Table } from "../check/types/catalog.ts";
import type { Database } from "../runtime/types.ts";
import { type LooseQuery, readAll } from "./table-queries.ts";
import type { Parameters, Row } from "./values.ts";

/** The result of one call on one engine. */
export type Outcome = Refused | Answered;

export interface Refused {
  readonly kind: "refused";
  /** The class of the error and, for an error of the engine, its kind: what callers can distinguish. */
  readonly reason: string;
  readonly message: string;
}

export interface Answered {
  readonly kind: "answered";
  readonly rows: readonly Row[];
  /** Null for a SELECT. */
  readonly rowsAffected: number | null;
  /** The content of the tables that the write may have changed, read before the rollback. */
  readonly tables: ReadonlyMap<string, readonly Row[]>;
}

/**
 * True when SQLite refuses a sum, product or quotient that exceeds its 64 bits, which is a documented limit. MariaDB
 * may have computed it, or have refused it in its own way, but not have answered otherwise than is proven.
 */
export function isBeyond64Bits(mariadb: Outcome, sqlite: Outcome): boolean {
  return (
    sqlite.kind === "refused" && /^integer overflow$|is beyond 64 bits$/.test(sqlite.message) && !breaksProof(mariadb)
  );
}

/** True when MariaDB did not answer in time: SQLite has no limit, so it is not asked then. */
export function tookTooLong(outcome: Outcome): boolean {
  return outcome.kind === "refused" && outcome.reason === "DatabaseError query-timeout";
}

/** True when an engine's answer is not of the proven type. */
export function breaksProof(outcome: Outcome): boolean {
  return outcome.kind === "refused" && /^(DecodeError|TypeError|ParameterError)/.test(outcome.reason);
}

/** Makes a transaction roll back. */
class RolledBack extends Error {
  override readonly name = "RolledBack";
  constructor(readonly outcome: Answered) {
    super("rolled back on purpose");
  }
}

/** Runs a SELECT. */
export function read(database: Database, query: LooseQuery, params: Parameters): Promise<Outcome> {
  return outcomeOf(async () => ({
    kind: "answered",
    rows: await database.all(query, params),
    rowsAffected: null,
    tables: new Map(),
  }));
}

/** Runs a write in a transaction, reads the tables that it may have changed, and rolls back. */
export function write(
  database: Database,
  query: LooseQuery,
  params: Parameters,
  returns: boolean,
  watched: readonly Table[],
): Promise<Outcome> {
  return outcomeOf(() =>
    database.transaction(async (tx) => {
      const rows = returns ? await tx.all(query, params) : [];
      const done = returns ? { rowsAffected: rows.length } : await tx.run(query, params);
      const tables = new Map<string, readonly Row[]>();
      if (done.rowsAffected > 0) for (const table of watched) tables.set(table.name, await tx.all(readAll(table), {}));
      throw new RolledBack({ kind: "answered", rows, ...done, tables });
    }),
  );
}

async function outcomeOf(work: () => Promise<Outcome>): Promise<Outcome> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof RolledBack) return error.outcome;
    if (!(error instanceof Error)) throw error;
    const kind = "kind" in error ? ` ${error.kind}` : "";
    return { kind: "refused", reason: `${error.name}${kind}`, message: error.message };
  }
}
