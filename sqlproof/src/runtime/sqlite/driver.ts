import type { Bound } from "../codec/encode.ts";

/** A prepared statement. Its rows are plain objects by column name, or arrays of values. */
export interface SqliteStatement<Row = unknown> {
  readonly columnNames: readonly string[];
  all(...values: Bound[]): Row[];
  get(...values: Bound[]): Row | null;
  values(...values: Bound[]): unknown[][];
  /** Runs it and ignores its rows; the result holds the number of `changes`. */
  run(...values: Bound[]): unknown;
  /** Whether whole numbers are read as BigInt; by default a large one is rounded to a float. */
  safeIntegers(isExact: boolean): unknown;
  finalize(): void;
}

/** An open database on the SQLite of this runtime. Only what this package uses. */
export interface SqliteDatabase {
  readonly inTransaction: boolean;
  run(text: string): unknown;
  prepare<Row = unknown>(text: string): SqliteStatement<Row>;
  /** The same, prepared only once per text. */
  query<Row = unknown>(text: string): SqliteStatement<Row>;
  close(): void;
}

/** Runs the work in one transaction that waits for the lock at its beginning. */
export function atOnce(database: SqliteDatabase, work: () => void): void {
  database.run("BEGIN IMMEDIATE");
  try {
    work();
    database.run("COMMIT");
  } catch (error) {
    if (database.inTransaction) database.run("ROLLBACK");
    throw error;
  }
}

/** How a file is opened: `create` makes a missing one. */
export type SqliteMode = "create" | "existing" | "readonly";

/**
 * The SQLite that is built into a runtime. `#sqlite` is the one of this runtime: `bun.ts` or `node.ts`, as
 * package.json says. On Bun its own classes are used as they are, so that this costs nothing.
 */
export interface SqliteDriver {
  open(path: string, mode: SqliteMode): SqliteDatabase;
  /** True for an error that SQLite has reported; its `code` is a name such as `SQLITE_BUSY`. */
  isSqliteError(error: unknown): error is Error & { readonly code?: string };
}
