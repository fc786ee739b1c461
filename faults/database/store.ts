// The database, read without the API: the evidence that the checker holds against the journal.
// `openStores` opens every node; the statements are plain SQL that both engines understand.
import { Database } from "bun:sqlite";
import { createConnection } from "mariadb";

/** Where the data are, to be opened without the API. */
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

/** The database, opened without the API, for plain SQL that both engines understand. */
export interface Store {
  /** A name for messages. */
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
    rows: async (sql) => database.query<Cells, []>(sql).all(),
    close: async () => database.close(),
  };
}

async function openServer({ host, port, user, password, name }: ServerAddress): Promise<Store> {
  const connection = await createConnection({
    ...{ host, port, user, password, database: name },
    ...{ dateStrings: true, bigIntAsNumber: false, charset: "utf8mb4" },
  });
  // On a cluster: read everything that any node has acknowledged.
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

/** An id, a count or a version. */
export function integer(cell: unknown): number {
  const value = Number(text(cell));
  if (cell === null || cell === undefined || !Number.isSafeInteger(value)) throw new Error(`${text(cell)} is no count`);
  return value;
}

/** An amount in ten-thousandths, from SQLite's integer or MariaDB's decimal text; null counts as 0. */
export function units(cell: unknown): bigint {
  if (cell === null || cell === undefined) return 0n;
  return typeof cell === "string" ? BigInt(cell.replace(".", "")) : BigInt(text(cell));
}

/** A cell as the API would answer it: a datetime with a T, a flag as 0 or 1, NULL as empty text. */
export function asAnswered(value: unknown): string {
  if (typeof value === "boolean") return value ? "1" : "0";
  return text(value).replace(/^([0-9]{4}-[0-9]{2}-[0-9]{2})[ T]/, "$1T");
}
