/** Why the engine refused, in words that are the same for both engines. */
export type DatabaseErrorKind =
  /** A UNIQUE or PRIMARY KEY is taken (MariaDB 1062). */
  | "unique"
  /** A FOREIGN KEY refused: no such parent, or still referred to (MariaDB 1451, 1452; SQLite does not say which). */
  | "foreign-key"
  /** NOT NULL, CHECK, type or range refused the value (MariaDB 1048, 1264, 1265, 1366, 1406, 4025). */
  | "value"
  /** The engine rolled the transaction back: deadlock, certification or snapshot conflict (1213, 1020). */
  | "conflict"
  /** A lock was not free in time (1205, SQLITE_BUSY). */
  | "lock-timeout"
  /** The statement took longer than allowed (1969). */
  | "query-timeout"
  /** No connection was free in time, or the server has no more (1040). */
  | "too-busy"
  /** The server cannot be reached or the connection was lost. */
  | "unavailable"
  /** The connection was lost while COMMIT, or a write of its own, was under way: it may have been carried out or not. */
  | "unknown-outcome"
  /** The disk is full (1114, 1021, SQLITE_FULL). */
  | "storage-full"
  /** The file or server only allows reading (1290, SQLITE_READONLY). */
  | "read-only"
  /** User, password or rights refused (1044, 1045, 1142, 1227, 1698). */
  | "access-denied"
  /** The database named in the URL is not there (1049). */
  | "no-such-database"
  | "other";

/** A refusal by the engine. `message` holds the engine's text: log it, never send it to a client. */
export class DatabaseError extends Error {
  override readonly name = "DatabaseError";
  constructor(
    readonly kind: DatabaseErrorKind,
    message: string,
    options: { readonly cause?: unknown; readonly code?: string | number } = {},
  ) {
    super(message, { cause: options.cause });
    this.code = options.code ?? null;
  }
  /** The engine's own code: an error number on MariaDB, e.g. `"SQLITE_BUSY"` on SQLite. */
  readonly code: string | number | null;
}

/** `one` or `maybe` met a number of rows it does not allow: a fault in the caller's query. */
export class RowCountError extends Error {
  override readonly name = "RowCountError";
}
