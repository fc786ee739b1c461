import { DatabaseError, type DatabaseErrorKind, movedAwayMessage } from "../errors.ts";

const kinds: ReadonlyMap<number, DatabaseErrorKind> = new Map([
  [1062, "unique"],
  [1451, "foreign-key"],
  [1452, "foreign-key"],
  // ON UPDATE CASCADE would make a row equal to another one.
  [1761, "unique"],
  [1762, "unique"],
  // The numbers of an AUTO_INCREMENT key are used up.
  [167, "value"],
  [1048, "value"],
  [1264, "value"],
  [1265, "value"],
  [1292, "value"],
  [1366, "value"],
  [1406, "value"],
  [1690, "value"],
  [1153, "value"],
  [4025, "value"],
  [1213, "conflict"],
  [1020, "conflict"],
  // InnoDB reports a deadlock like this if an INSERT met it while it waited for its AUTO_INCREMENT number.
  [1467, "conflict"],
  [1205, "lock-timeout"],
  [1969, "query-timeout"],
  [1317, "query-timeout"],
  [1040, "too-busy"],
  [1203, "too-busy"],
  [1114, "storage-full"],
  [1021, "storage-full"],
  [1290, "read-only"],
  [1044, "access-denied"],
  [1045, "access-denied"],
  [1142, "access-denied"],
  [1227, "access-denied"],
  [1698, "access-denied"],
  [1049, "no-such-database"],
  [1047, "unavailable"],
  [1053, "unavailable"],
  [1927, "unavailable"],
] satisfies [number, DatabaseErrorKind][]);

/** Bun's client supports only MySQL's logins, not MariaDB's ed25519, PARSEC or GSSAPI. */
export const unsupportedLogin = "ERR_MYSQL_UNSUPPORTED_AUTH_PLUGIN";

/** npm mariadb numbers its own errors from here; all of them mean that the connection is unusable. */
const firstDriverNumber = 45_000;

/** Turns an error of the server or of the connection into a `DatabaseError`; passes other errors unchanged. */
export function mariadbError(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof DatabaseError) return error;
  const number = "errno" in error && typeof error.errno === "number" ? error.errno : null;
  const code = "code" in error && typeof error.code === "string" ? error.code : null;
  const serverSpoke = number !== null && number > 0 && number < firstDriverNumber && "sqlState" in error;
  if (serverSpoke) return databaseError(error, kinds.get(number) ?? kindByCause(error, number), number);
  if (isConnectionError(error, number, code)) return databaseError(error, "unavailable", number ?? code ?? "");
  if (code === unsupportedLogin) return databaseError(error, "access-denied", code);
  return "sqlState" in error || code?.startsWith("ERR_MYSQL_")
    ? databaseError(error, "other", number ?? code ?? "")
    : error;
}

/** SIGNAL in a trigger, which is SQLite's RAISE(ABORT, ..). */
const signalled = 1644;

/** InnoDB follows ON DELETE CASCADE through 15 rows, each a child of the last. SQLite goes on. */
const cascadesTooDeep = /Got error 193\b/;

/** Statements that create or rewrite a table fail by their own number, and name the cause only in words. */
function kindByCause({ message }: Error, number: number): DatabaseErrorKind {
  if (message.includes(movedAwayMessage)) return "read-only";
  if (number === signalled) return "value";
  if (cascadesTooDeep.test(message)) return "foreign-key";
  return /No more room in record file|No space left on device/.test(message) ? "storage-full" : "other";
}

function databaseError(error: Error, kind: DatabaseErrorKind, code: string | number): DatabaseError {
  const message = "sqlMessage" in error && typeof error.sqlMessage === "string" ? error.sqlMessage : error.message;
  // npm mariadb marks the errors after which its connection is closed, e.g. a packet that is too large.
  const fatal = kind === "other" && "fatal" in error && error.fatal === true;
  return new DatabaseError(fatal ? "unavailable" : kind, message, { cause: error, code });
}

/** Errors of the network (ECONNREFUSED ..), of Bun (ERR_MYSQL_CONNECTION_CLOSED ..) and of npm mariadb (45009 ..). */
function isConnectionError(error: Error, number: number | null, code: string | null): boolean {
  if (number !== null && number >= firstDriverNumber) return true;
  if (code === null) return false;
  return /^E[A-Z]+$/.test(code) || /^ERR_MYSQL_(CONNECTION|LIFETIME|IDLE)_/.test(code) || error.name === "AbortError";
}

/** The server rejects a packet for its size without executing any of it, and closes the connection. */
export const packetTooLarge = 1153;

/** True when the connection that raised this error must not be used again. */
export function endsConnection(error: unknown): boolean {
  return error instanceof DatabaseError && (error.kind === "unavailable" || error.code === packetTooLarge);
}
