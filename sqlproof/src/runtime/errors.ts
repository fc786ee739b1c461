/** Why a statement failed, in terms that are the same for both engines. */
export type DatabaseErrorKind =
  /** The value of a UNIQUE or PRIMARY KEY already exists (MariaDB 1062, 1761, 1762). */
  | "unique"
  /**
   * A FOREIGN KEY failed: no such parent, or rows still refer to it (MariaDB 1451, 1452; SQLite does not say which), or
   * ON DELETE CASCADE goes deeper than MariaDB follows it (InnoDB's 193).
   */
  | "foreign-key"
  /**
   * The value violates NOT NULL, a CHECK, its type or its range (MariaDB 167, 1048, 1264, 1265, 1366, 1406, 1690, 4025),
   * or a trigger refuses it (SIGNAL, RAISE(ABORT)).
   */
  | "value"
  /** The engine rolled the transaction back: deadlock, certification or snapshot conflict (1213, 1020). */
  | "conflict"
  /** A lock was not released in time (1205, SQLITE_BUSY). */
  | "lock-timeout"
  /** The statement exceeded its time limit (1969). */
  | "query-timeout"
  /** No connection was free in time, or the server accepts no more (1040). */
  | "too-busy"
  /** The server cannot be reached or the connection was lost. */
  | "unavailable"
  /** The connection was lost during COMMIT or an autocommitted write, which may or may not have taken effect. */
  | "unknown-outcome"
  /** The disk is full (1114, 1021, SQLITE_FULL). */
  | "storage-full"
  /** The file or server is read-only (1290, SQLITE_READONLY). */
  | "read-only"
  /** Wrong user or password, or missing privileges (1044, 1045, 1142, 1227, 1698). */
  | "access-denied"
  /** The database named in the URL does not exist (1049). */
  | "no-such-database"
  | "other";

/** An error from the engine. `message` holds the engine's text: log it, never send it to a client. */
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
  /** The engine's own code: an error number on MariaDB, a name such as `"SQLITE_BUSY"` on SQLite. */
  readonly code: string | number | null;
}

/** `one` or `maybe` got a number of rows that it does not allow: a bug in the caller's query. */
export class RowCountError extends Error {
  override readonly name = "RowCountError";
}

/** What the triggers of a database say that is moved away: it is `read-only` from then on. */
export const movedAwayMessage = "this database is moved away";
