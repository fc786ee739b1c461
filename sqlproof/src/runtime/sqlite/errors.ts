import { existsSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { sqlite } from "#sqlite";
import { DatabaseError, type DatabaseErrorKind, movedAwayMessage } from "../errors.ts";

/** Turns an error of SQLite into a `DatabaseError`; passes other errors unchanged. */
export function asDatabaseError(error: unknown): unknown {
  return sqlite.isSqliteError(error) ? sqliteError(error) : error;
}

/** The same for a file that was to be opened: SQLite does not say which one, nor what is in the way. */
export function openingError(error: unknown, path: string): unknown {
  const known = asDatabaseError(error);
  if (!(known instanceof DatabaseError) || known.code !== "SQLITE_CANTOPEN") return known;
  const { kind, message, code, cause } = known;
  return new DatabaseError(kind, `${message} ${path}${whyClosed(path)}`, { cause, code });
}

function whyClosed(path: string): string {
  const folder = dirname(path);
  if (!existsSync(folder)) return `: there is no folder ${folder}`;
  return existsSync(path) && statSync(path).isDirectory() ? ": it is a folder" : "";
}

const kinds: readonly (readonly [prefix: string, kind: DatabaseErrorKind])[] = [
  ["SQLITE_CONSTRAINT_UNIQUE", "unique"],
  ["SQLITE_CONSTRAINT_PRIMARYKEY", "unique"],
  ["SQLITE_CONSTRAINT_ROWID", "unique"],
  ["SQLITE_CONSTRAINT_FOREIGNKEY", "foreign-key"],
  ["SQLITE_CONSTRAINT", "value"],
  ["SQLITE_MISMATCH", "value"],
  ["SQLITE_TOOBIG", "value"],
  ["SQLITE_BUSY", "lock-timeout"],
  ["SQLITE_LOCKED", "lock-timeout"],
  ["SQLITE_FULL", "storage-full"],
  ["SQLITE_READONLY", "read-only"],
  ["SQLITE_CANTOPEN", "unavailable"],
  ["SQLITE_NOTADB", "unavailable"],
  ["SQLITE_IOERR", "unavailable"],
  ["SQLITE_CORRUPT", "unavailable"],
];

/** The `DatabaseError` for an error of SQLite. */
export function sqliteError(error: Error & { readonly code?: string }): DatabaseError {
  const code = error.code ?? "SQLITE_ERROR";
  const known = kinds.find(([prefix]) => code.startsWith(prefix))?.[1] ?? "other";
  const kind = kindByMessage(error.message) ?? known;
  return new DatabaseError(kind, error.message, { cause: error, code });
}

/** Errors that SQLite numbers as it numbers any other. */
function kindByMessage(message: string): DatabaseErrorKind | null {
  if (message.includes(movedAwayMessage)) return "read-only";
  return message.includes("pattern too complex") || message === "integer overflow" ? "value" : null;
}

/** What every call on a closed database gets. */
export function closedError(cause?: unknown): DatabaseError {
  return new DatabaseError("unavailable", "The database is closed.", { cause });
}
