import { Database, SQLiteError } from "bun:sqlite";
import type { SqliteDriver } from "./driver.ts";

const options = {
  create: { create: true, readwrite: true, strict: true },
  existing: { create: false, readwrite: true, strict: true },
  readonly: { readonly: true, strict: true },
} as const;

/** The SQLite built into Bun. */
export const sqlite: SqliteDriver = {
  open: (path, mode) => new Database(path, options[mode]),
  isSqliteError: (error) => error instanceof SQLiteError,
};
