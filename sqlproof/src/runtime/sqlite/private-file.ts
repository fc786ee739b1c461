import { closeSync, openSync } from "node:fs";

/** Read and write for the owner alone. */
const ownerOnly = 0o600;

/**
 * Creates an empty file that only its owner may read, unless the path is taken. SQLite opens it as a new database, and
 * gives the files beside it (`-wal`, `-shm`) the same mode.
 */
export function createPrivateFile(path: string): void {
  if (path === ":memory:" || path === "") return;
  try {
    closeSync(openSync(path, "wx", ownerOnly));
  } catch {
    // It is there already, or cannot be created: then SQLite says why.
  }
}
