import { Database } from "bun:sqlite";
import { createConnection } from "mariadb";

/** How the checker opens the data, past the API. */
export type StoreAddress =
  | { readonly kind: "sqlite"; readonly path: string }
  | { readonly kind: "mariadb"; readonly nodes: readonly ServerAddress[] };

export interface ServerAddress {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly name: string;
}

export type Cells = Readonly<Record<string, unknown>>;

/** The database, opened past the API: plain SQL that both engines understand. */
export interface Store {
  /** Where it is, for messages. */
  readonly name: string;
  readonly engine: "sqlite" | "mariadb";
  rows(sql: string): Promise<readonly Cells[]>;
  close(): Promise<void>;
}

export async function openStores(address: StoreAddress): Promise<readonly [Store, ...Store[]]> {
  if (address.kind === "sqlite") return [openSqliteFile(address.path)];
  const [first, ...others] = await Promise.all(address.nodes.map(openServer));
  if (first === undefined) throw new Error("A MariaDB has at least one node.");
  return [first, ...others];
}

export function openSqliteFile(path: string): Store {
  const database = new Database(path, { readwrite: true, safeIntegers: true });
  database.run("PRAGMA busy_timeout = 5000");
  return {
    name: "sqlite",
    engine: "sqlite",
    // A string names a statement, so each is prepared anew: it may be asked for only once.
    rows: async (sql) => database.query<Cells, []>(sql).all(),
    close: async () => database.close(),
  };
}

async function openServer({ host, port, user, password, name }: ServerAddress): Promise<Store> {
  const connection = await createConnection({
    ...{ host, port, user, password, database: name },
    ...{ dateStrings: true, bigIntAsNumber: false, charset: "utf8mb4" },
  });
  // On a cluster: see everything that any node has acknowledged.
  await connection.query("SET SESSION wsrep_sync_wait = 1").catch(() => undefined);
  return {
    name: `mariadb:${port}`,
    engine: "mariadb",
    rows: async (sql) => {
      const rows: Cells[] = await connection.query(sql);
      return rows;
    },
    close: () => connection.end(),
  };
}

export function text(cell: unknown): string {
  if (cell instanceof Uint8Array) return Buffer.from(cell).toString("utf8");
  return cell === null || cell === undefined ? "" : String(cell);
}

/** A whole number: ids, counts, versions. */
export function whole(cell: unknown): number {
  const value = Number(text(cell));
  if (cell === null || cell === undefined || !Number.isSafeInteger(value)) throw new Error(`${text(cell)} is no count`);
  return value;
}

/** An amount as whole ten-thousandths, from the integer of SQLite or the decimal text of MariaDB; null is nothing. */
export function units(cell: unknown): bigint {
  if (cell === null || cell === undefined) return 0n;
  return typeof cell === "string" ? BigInt(cell.replace(".", "")) : BigInt(text(cell));
}

/** A cell as the API would answer it: a datetime has a T, a flag is 0 or 1, nothing is empty. */
export function shown(value: unknown): string {
  if (typeof value === "boolean") return value ? "1" : "0";
  return text(value).replace(/^([0-9]{4}-[0-9]{2}-[0-9]{2})[ T]/, "$1T");
}
