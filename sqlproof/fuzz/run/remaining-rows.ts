import type { Catalog } from "../../src/check/types/catalog.ts";
import type { LooseQuery } from "../../src/differential/table-queries.ts";
import { ProvenQuery } from "../../src/runtime/query.ts";
import type { Database, Transaction } from "../../src/runtime/types.ts";

/** The keys of the rows that a statement finds, by table; a table that is not named keeps all. */
export type RemainingRows = ReadonlyMap<string, ReadonlySet<number>>;

/** Makes a transaction roll back and hands out what it read. */
class Answer<T> extends Error {
  override readonly name = "Answer";
  constructor(readonly value: T) {
    super("rolled back on purpose");
  }
}

/** The database, where every statement runs after the other rows were deleted; all is rolled back. */
export function withRows(database: Database, catalog: Catalog, rows: RemainingRows): Database {
  const deletions = deletionsOf(catalog, rows);
  const begin = async (tx: Transaction): Promise<void> => {
    for (const deletion of deletions) await tx.run(deletion, {});
  };
  const first = async <T>(body: (tx: Transaction) => Promise<T>): Promise<T> => {
    try {
      await database.transaction(async (tx) => {
        await begin(tx);
        throw new Answer(await body(tx));
      });
    } catch (error) {
      if (error instanceof Answer) return error.value;
      throw error;
    }
    throw new Error("the transaction was not rolled back");
  };
  return {
    engine: database.engine,
    one: (query, ...params) => first((tx) => tx.one(query, ...params)),
    maybe: (query, ...params) => first((tx) => tx.maybe(query, ...params)),
    all: (query, ...params) => first((tx) => tx.all(query, ...params)),
    run: (query, ...params) => first((tx) => tx.run(query, ...params)),
    runMany: (query, params) => first((tx) => tx.runMany(query, params)),
    transaction: (body) => first(body),
    ping: () => database.ping(),
    close: () => database.close(),
  };
}

/** Children first; a row that others still refer to is not deleted, and then the statement is refused. */
function deletionsOf(catalog: Catalog, rows: RemainingRows): readonly LooseQuery[] {
  const tables = [...catalog.values()].filter(({ name }) => rows.has(name));
  const sorted: string[] = [];
  while (sorted.length < tables.length) {
    const next = tables.find(
      ({ name }) =>
        !sorted.includes(name) &&
        tables.every(
          (other) =>
            other.name === name ||
            sorted.includes(other.name) ||
            !other.foreignKeys.some((foreign) => foreign.table === name),
        ),
    );
    if (next === undefined) break;
    sorted.push(next.name);
  }
  return sorted.map((name) => {
    const kept = [...(rows.get(name) ?? [])];
    const text = `DELETE FROM ${name}${kept.length === 0 ? "" : ` WHERE id NOT IN (${kept.join(", ")})`}`;
    const part = { parts: [text], binds: [] };
    return new ProvenQuery(text, {
      kind: "delete",
      parameters: [],
      columns: [],
      statements: { mariadb: part, sqlite: part },
    });
  });
}
