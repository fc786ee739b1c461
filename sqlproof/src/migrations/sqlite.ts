import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { sqlite } from "#sqlite";
import type { SqliteDatabase } from "../runtime/sqlite/driver.ts";
import { openingError, sqliteError } from "../runtime/sqlite/errors.ts";
import { createPrivateFile } from "../runtime/sqlite/private-file.ts";
import { MigrationError } from "./error.ts";
import { type MigrationStep, readMigrations } from "./files.ts";
import {
  defaultLockTimeoutMs,
  type MigrationOptions,
  type MigrationOutcome,
  outcomeOf,
  type Pending,
  pendingSteps,
  type RecordedStep,
  somethingElse,
  statementFailed,
} from "./plan.ts";

export interface SqliteMigrationOptions extends MigrationOptions {
  /** A file, created with its folder (both for their owner alone) when missing, or an open database, which stays open. */
  readonly database: string | SqliteDatabase;
}

const createRecords = `CREATE TABLE schema_migrations (
  version INTEGER NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  checksum TEXT NOT NULL,
  adopted INTEGER NOT NULL CHECK (adopted IN (0, 1)),
  finished_at TEXT NOT NULL CHECK (finished_at IS datetime(finished_at))
) STRICT`;

/**
 * Migrates a SQLite database to the last step of the folder. Each step is one transaction including its record, so an
 * interrupted step leaves no trace. Refuses a database that is newer or foreign, without changing it.
 */
export async function migrateSqlite(options: SqliteMigrationOptions): Promise<MigrationOutcome> {
  const steps = readMigrations(options.folder, options.lastVersion);
  const opened = typeof options.database === "string" ? open(options.database) : options.database;
  try {
    return await migrate(opened, steps, options);
  } catch (error) {
    throw sqlite.isSqliteError(error) ? sqliteError(error) : error;
  } finally {
    if (opened !== options.database) opened.close();
  }
}

/** The steps that an open database still needs. Changes nothing, and refuses a database that is newer or foreign. */
export function pendingOnSqlite(database: SqliteDatabase, folder: string): Pending {
  const steps = readMigrations(folder);
  const recorded = accept(database, steps);
  const isEmpty = recorded.length === 0 && otherTables(database).length === 0;
  return { from: outcomeOf(steps, recorded, recorded, []).from, steps: pendingSteps(steps, recorded), isEmpty };
}

function open(path: string): SqliteDatabase {
  try {
    if (path !== ":memory:") mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    createPrivateFile(path);
    return sqlite.open(path, "create");
  } catch (error) {
    throw openingError(error, path);
  }
}

async function migrate(
  database: SqliteDatabase,
  steps: readonly MigrationStep[],
  options: SqliteMigrationOptions,
): Promise<MigrationOutcome> {
  database.run("PRAGMA foreign_keys = ON");
  // Waits here, where progress can be reported and the program is not blocked.
  database.run("PRAGMA busy_timeout = 0");
  const before = await retryWhileLocked(options, () => accept(database, steps));
  const pending = pendingSteps(steps, before);
  if (before.length > 0 && pending.length > 0) await options.beforeSteps?.(pending.map(({ name }) => name));
  const applied: string[] = [];
  for (;;) {
    const done = await retryWhileLocked(options, () => nextStep(database, steps, options));
    if (done === null) return outcomeOf(steps, before, recordedSqliteSteps(database), applied);
    if (done.ran) applied.push(done.name);
    // Signals are heard between two steps.
    await pause(0);
  }
}

/** Reads the records and refuses a foreign database before anything is written. */
function accept(database: SqliteDatabase, steps: readonly MigrationStep[]): RecordedStep[] {
  const recorded = recordedSqliteSteps(database);
  pendingSteps(steps, recorded);
  const tables = otherTables(database);
  if (recorded.length === 0 && tables.length > 0) {
    const checks = steps[0]?.adoption;
    const reasons = checks ? firstReasons(database, checks) : [];
    if (!checks || reasons.length > 0) throw somethingElse(tables, reasons);
  }
  return recorded;
}

/** Runs the next step or records it as adopted; null when none is left. */
function nextStep(
  database: SqliteDatabase,
  steps: readonly MigrationStep[],
  options: SqliteMigrationOptions,
): { readonly name: string; readonly ran: boolean } | null {
  if (pendingSteps(steps, recordedSqliteSteps(database)).length === 0) return null;
  database.run("BEGIN IMMEDIATE");
  try {
    // Another process may have done it between the check and the lock.
    const recorded = accept(database, steps);
    const [step] = pendingSteps(steps, recorded);
    const adopts = recorded.length === 0 && otherTables(database).length > 0;
    if (step !== undefined) {
      if (!recordsExist(database)) database.run(createRecords);
      if (!adopts) runStatements(database, step, options);
      database
        .query("INSERT INTO schema_migrations VALUES (?, ?, ?, ?, datetime('now'))")
        .run(step.version, step.name, step.checksum, adopts ? 1 : 0);
      refuseOrphans(database, step);
    }
    database.run("COMMIT");
    return step === undefined ? null : { name: step.name, ran: !adopts };
  } catch (error) {
    if (database.inTransaction) database.run("ROLLBACK");
    throw error;
  }
}

function runStatements(database: SqliteDatabase, step: MigrationStep, options: MigrationOptions): void {
  const statements = step.statements.length;
  for (const [index, { text, line }] of step.statements.entries()) {
    options.onProgress?.({ phase: "begin", step: step.name, statement: index + 1, statements });
    try {
      database.run(text);
    } catch (error) {
      throw statementFailed(step, line, error);
    }
    options.onProgress?.({ phase: "done", step: step.name, statement: index + 1, statements });
  }
}

function refuseOrphans(database: SqliteDatabase, step: MigrationStep): void {
  const [orphan] = database.query<{ table: string; parent: string }>("PRAGMA foreign_key_check").all();
  if (orphan !== undefined)
    throw new MigrationError("failed", `${step.path}: a row of ${orphan.table} has no parent in ${orphan.parent}`);
}

function recordsExist(database: SqliteDatabase): boolean {
  return database.query("SELECT 1 FROM sqlite_schema WHERE name = 'schema_migrations'").get() !== null;
}

/** The steps that a SQLite database has recorded, in their order. */
export function recordedSqliteSteps(database: SqliteDatabase): RecordedStep[] {
  if (!recordsExist(database)) return [];
  const rows = database
    .query<{ version: number; name: string; checksum: string; adopted: number }>(
      "SELECT version, name, checksum, adopted FROM schema_migrations ORDER BY version",
    )
    .all();
  return rows.map((row) => ({ ...row, finished: true, adopted: row.adopted === 1 }));
}

function otherTables(database: SqliteDatabase): string[] {
  const rows = database
    .query<{ name: string }>(
      "SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite!_%' ESCAPE '!'" +
        " AND name <> 'schema_migrations' ORDER BY name",
    )
    .all();
  return rows.map((row) => row.name);
}

function firstReasons(database: SqliteDatabase, checks: readonly { readonly text: string }[]): string[] {
  for (const check of checks) {
    const rows = database.query(check.text).values();
    if (rows.length > 0) return rows.map((row) => String(row[0]));
  }
  return [];
}

/** Retries while another process holds the lock of the file. */
async function retryWhileLocked<T>(options: MigrationOptions, work: () => T): Promise<T> {
  const deadline = performance.now() + (options.lockTimeoutMs ?? defaultLockTimeoutMs);
  for (;;) {
    try {
      return work();
    } catch (error) {
      if (!sqlite.isSqliteError(error) || !String(error.code).startsWith("SQLITE_BUSY")) throw error;
      if (performance.now() > deadline)
        throw new MigrationError("locked", "Another process is using the database: try again when it is done.", {
          cause: error,
        });
      options.onProgress?.({ phase: "waiting" });
      await pause(50);
    }
  }
}
