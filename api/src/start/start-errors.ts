import { statSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseError, UnsafeDatabaseError } from "sqlproof";
import { describeDatabase, type MariadbAddress, placeOf, type SqliteAddress } from "./database-url.ts";
import { commandLine } from "./paths.ts";
import type { Config } from "./settings.ts";

/** ER_ACCESS_DENIED_ERROR and ER_ACCESS_DENIED_NO_PASSWORD_ERROR. All other denials are about rights. */
const wrongPassword = 1045;
const wrongPlugin = 1698;

/** The error for a port that another program listens on. */
export class TakenPortError extends Error {
  override readonly name = "TakenPortError";
  constructor(host: string, port: number, option: "--port" | "--web-port") {
    super(`Port ${port} on ${host} is taken: stop the program that uses it, or choose another port with ${option}.`);
  }
}

/** The error for an address that other machines reach while nobody could sign in there. */
export class NoUserError extends Error {
  override readonly name = "NoUserError";
  /** `wayIn` is the setting that lets other machines in. */
  constructor(wayIn: string) {
    super(
      `${wayIn} lets other machines in, but there is no user who could sign in. Make the first one with ` +
        `${commandLine("user")} add E-MAIL, which prints a link, and start again; or leave out ${wayIn.split(" ", 1)[0]}.`,
    );
  }
}

/** Explains in one sentence why the program cannot start and what to do. Quotes the cause only at the end. */
export function startError(error: unknown, config: Config): string {
  const { host, port, database } = config;
  if (!(error instanceof Error)) return `The start failed: ${String(error)}`;
  // Migration errors are already written for the user.
  if (
    ["MigrationError", "TrialError", "CopyError", "LogFileError", "MoveError", "BackupError"].includes(error.name) ||
    error instanceof TakenPortError ||
    error instanceof NoUserError
  )
    return error.message;
  if (error instanceof UnsafeDatabaseError) return `The database is not safe to use:\n${error.message}`;
  if (error instanceof DatabaseError) {
    return database.engine === "sqlite" ? sqliteError(error, database) : mariadbError(error, database);
  }
  switch (codeOf(error)) {
    case "ECONNREFUSED":
    case "ECONNRESET":
    case "EHOSTUNREACH":
    case "ENETUNREACH":
    case "ENOTFOUND":
    case "EAI_AGAIN":
    case "ETIMEDOUT":
      return unreachable(database);
    case "EADDRINUSE":
      return new TakenPortError(host, port, "--port").message;
    case "EADDRNOTAVAIL":
      return notAnAddress(host);
    case "EACCES":
    case "EPERM":
    case "EROFS":
    case "ENOTDIR":
    case "EEXIST":
    case "ENOENT":
      return `${cannotWrite(database)} (${codeOf(error)}).`;
    default:
      // Bun sets no code if the host cannot be resolved.
      if (error.message.startsWith("Failed to listen")) return notAnAddress(host);
      return `The start failed: ${error.message}`;
  }
}

function sqliteError(error: DatabaseError, address: SqliteAddress): string {
  const other = "or choose another file with --database sqlite:FILE";
  if (error.code === "SQLITE_NOTADB") return `${address.path} is not a SQLite database: move it away, ${other}.`;
  if (error.kind === "lock-timeout")
    return `${address.path} is in use by another program: stop that program, ${other}.`;
  if (error.kind === "storage-full") return `The disk of ${address.path} is full: free some space, ${other}.`;
  if (error.kind === "read-only" || error.kind === "unavailable") return `${cannotWrite(address)} (${error.message}).`;
  return `${address.path} cannot be used: ${error.message}`;
}

function cannotWrite(address: Config["database"]): string {
  if (address.engine !== "sqlite") return "A file cannot be read or written";
  const { path } = address;
  if (isFolder(path)) {
    return `${path} is a folder: choose a file in it with --database sqlite:FILE`;
  }
  return (
    `${path} cannot be created or written: make ${dirname(path)} a folder that you may write to, ` +
    "or choose another file with --database sqlite:FILE"
  );
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    // Missing, or in a folder that may not be read.
    return false;
  }
}

function mariadbError(error: DatabaseError, address: MariadbAddress): string {
  const { user, name } = address;
  const place = placeOf(address);
  if (error.code === wrongPassword || error.code === wrongPlugin) {
    return `MariaDB at ${place} refuses user ${user}: correct the user and password in --database.`;
  }
  if (error.kind === "access-denied" || error.kind === "no-such-database") {
    return (
      `User ${user} lacks rights to the database ${name} on ${place}: ` +
      `create it if it is missing, and grant ALL on it to ${user}.`
    );
  }
  if (error.kind === "unavailable" || error.kind === "too-busy") {
    // For a cluster the error names the reason of each node.
    return address.nodes.length > 1 ? `MariaDB cannot be used: ${error.message}.` : unreachable(address);
  }
  if (error.kind === "storage-full")
    return `The disk of MariaDB at ${place} is full: free some space there, and try again.`;
  return `The database ${describeDatabase(address)} cannot be used: ${error.message}`;
}

function unreachable(address: Config["database"]): string {
  const place = address.engine === "sqlite" ? address.path : placeOf(address);
  return `MariaDB at ${place} cannot be reached: start it, or correct the host and port in --database.`;
}

function notAnAddress(host: string): string {
  return `${host} is not an address of this machine: choose another with --host.`;
}

function codeOf(error: Error): string {
  return "code" in error && typeof error.code === "string" ? error.code : "";
}
