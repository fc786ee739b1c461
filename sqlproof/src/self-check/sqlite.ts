import type { SqliteDatabase } from "../runtime/sqlite/driver.ts";
import { UnsafeDatabaseError } from "./unsafe.ts";

const full = 2;

/** Throws if an open connection could lose an acknowledged write or leave rows without their parents. */
export function refuseUnsafeSqlite(database: SqliteDatabase, path: string): void {
  const problems = unsafeSqlite(database, path);
  if (problems.length > 0) throw new UnsafeDatabaseError(problems);
}

/** Reads back the settings that matter, because SQLite silently ignores some of them. */
export function unsafeSqlite(database: SqliteDatabase, path: string): string[] {
  const pragma = (name: string): unknown => database.query(`PRAGMA ${name}`).values()[0]?.[0];
  const problems: string[] = [];
  const journal = String(pragma("journal_mode"));
  if (journal !== "wal" && path !== ":memory:")
    problems.push(
      `${path === "" ? "A database without a name" : path} cannot use WAL mode but only ${journal} mode: readers and ` +
        "writers would block each other. Put the file on a local disk; the statement is PRAGMA journal_mode = WAL;",
    );
  if (Number(pragma("synchronous")) < full)
    problems.push(`${path} is not synchronous: a power cut loses acknowledged writes. Run PRAGMA synchronous = FULL;`);
  if (Number(pragma("foreign_keys")) !== 1)
    problems.push(`${path} does not enforce its foreign keys. Run PRAGMA foreign_keys = ON;`);
  return problems;
}
