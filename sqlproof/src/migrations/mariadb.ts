import { type Connection, createConnection, SqlError } from "mariadb";
import { firstNode } from "../runtime/mariadb/first-node.ts";
import { connectionConfig, type MariadbOptions, mariadbError } from "../runtime/mariadb/open.ts";
import { type MigrationStep, readMigrations } from "./files.ts";
import { createRecords, lockRecords, MariadbRecords } from "./mariadb-records.ts";
import {
  type MigrationOptions,
  type MigrationOutcome,
  outcomeOf,
  type Pending,
  pendingSteps,
  type RecordedStep,
  somethingElse,
  statementFailed,
} from "./plan.ts";

export interface MariadbMigrationOptions extends MigrationOptions {
  /** The server and the database, which must exist. With several nodes, the first healthy one does the work. */
  readonly server: MariadbOptions;
  /** Whoever calls fills the database, and has recorded `unfinishedStep`, with which everybody else refuses it. */
  readonly isUnfinished?: boolean | undefined;
}

/**
 * Migrates a MariaDB database to the last step of the folder. DDL commits implicitly, so each statement is recorded
 * when it is done, and every statement must be repeatable. One process works at a time; others wait. Refuses a
 * database that is newer or foreign, without changing it.
 */
export async function migrateMariadb(options: MariadbMigrationOptions): Promise<MigrationOutcome> {
  const steps = readMigrations(options.folder, options.lastVersion);
  try {
    const server = await firstNode(options.server);
    return await withConnection(server, async (connection) => {
      const records = new MariadbRecords(connection, options.isUnfinished);
      const before = await accept(records, steps, options.beforeNew);
      if (before.length > 0 && pendingSteps(steps, before).length === 0) return outcomeOf(steps, before, before, []);
      await createRecords(connection);
      return await withConnection(server, async (lock) => {
        await lockRecords(lock, options);
        return await runSteps(connection, records, steps, options);
      });
    });
  } catch (error) {
    throw mariadbError(error);
  }
}

/** The steps that a database still needs. Changes nothing, and refuses a database that is newer or foreign. */
export async function pendingOnMariadb(connection: Connection, folder: string): Promise<Pending> {
  const steps = readMigrations(folder);
  const records = new MariadbRecords(connection);
  const recorded = await accept(records, steps);
  const isEmpty = recorded.length === 0 && (await records.otherTables()).length === 0;
  return { from: outcomeOf(steps, recorded, recorded, []).from, steps: pendingSteps(steps, recorded), isEmpty };
}

/** The names of the tables that the steps of a folder create, in lower case. */
export function createdTables(folder: string): string[] {
  const names = new Set(["schema_migrations"]);
  for (const { statements } of readMigrations(folder))
    for (const { text } of statements) {
      const [, name] = /^CREATE TABLE (?:IF NOT EXISTS )?[`"]?(\w+)/i.exec(text) ?? [];
      if (name !== undefined) names.add(name.toLowerCase());
    }
  return [...names];
}

/** Creates the database if it is missing, and returns whether it was. Needs no privileges if it exists. */
export async function createMariadbDatabase(options: MariadbOptions): Promise<boolean> {
  const server = await firstNode(options);
  try {
    await withConnection(server, async () => undefined);
    return false;
  } catch (error) {
    const unknownDatabase = 1049;
    if (!(error instanceof SqlError) || error.errno !== unknownDatabase) throw mariadbError(error);
  }
  const { database, ...withoutDatabase } = server;
  try {
    await withConnection(withoutDatabase, async (connection) => {
      const name = `\`${database.replaceAll("`", "``")}\``;
      await connection.query(`CREATE DATABASE IF NOT EXISTS ${name} CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci`);
    });
    return true;
  } catch (error) {
    throw mariadbError(error);
  }
}

async function withConnection<T>(
  server: Parameters<typeof connectionConfig>[0],
  work: (connection: Connection) => Promise<T>,
): Promise<T> {
  // Rebuilding a large table may take long, so neither the server nor the driver limits a statement's time.
  const config = { ...connectionConfig({ ...server, statementTimeoutMs: 0 }), socketTimeout: 0 };
  const connection = await createConnection(config);
  try {
    return await work(connection);
  } finally {
    await connection.end().catch(() => connection.destroy());
  }
}

/** Reads the records and refuses a foreign database before anything is written. */
async function accept(
  records: MariadbRecords,
  steps: readonly MigrationStep[],
  beforeNew?: MigrationOptions["beforeNew"],
): Promise<RecordedStep[]> {
  const recorded = await records.steps();
  pendingSteps(steps, recorded);
  if (recorded.length > 0) return recorded;
  const tables = await records.otherTables();
  if (tables.length === 0) {
    await beforeNew?.();
    return recorded;
  }
  const checks = steps[0]?.adoption;
  const reasons = checks ? await records.firstReasons(checks) : [];
  if (!checks || reasons.length > 0) {
    // Another process may have started meanwhile, and its half-finished tables are what was just refused.
    const begun = await records.steps();
    if (begun.length > 0) return begun;
    throw somethingElse(tables, reasons);
  }
  return recorded;
}

async function runSteps(
  connection: Connection,
  records: MariadbRecords,
  steps: readonly MigrationStep[],
  options: MigrationOptions,
): Promise<MigrationOutcome> {
  const before = await accept(records, steps);
  const [first] = steps;
  if (before.length === 0 && first !== undefined && (await records.otherTables()).length > 0)
    await records.adopt(first);
  const pending = pendingSteps(steps, await records.steps());
  // A step that was interrupted has changed some of it already; it was called before that.
  const isWhole = before.length > 0 && before.every(({ finished }) => finished);
  if (isWhole && pending.length > 0) await options.beforeSteps?.(pending.map(({ name }) => name));
  const applied: string[] = [];
  for (const step of pending) {
    await runStep(connection, records, step, options);
    applied.push(step.name);
  }
  return outcomeOf(steps, before, await records.steps(), applied);
}

/** ER_BINLOG_CREATE_ROUTINE_NEED_SUPER: the binary log is on and the user is not an administrator. */
const triggerRefused = 1419;
const triggerRemedy =
  "\nLet an administrator run SET GLOBAL log_bin_trust_function_creators = 1; then start again: statements that are done are not repeated.";

async function runStep(
  connection: Connection,
  records: MariadbRecords,
  step: MigrationStep,
  options: MigrationOptions,
): Promise<void> {
  const done = await records.begin(step);
  const statements = step.statements.length;
  for (const [index, { text, line }] of step.statements.entries()) {
    const statement = index + 1;
    if (done.has(statement)) continue;
    options.onProgress?.({ phase: "begin", step: step.name, statement, statements });
    try {
      await connection.query(text);
    } catch (error) {
      if (!(error instanceof SqlError) || error.fatal) throw error;
      throw statementFailed(step, line, mariadbError(error), error.errno === triggerRefused ? triggerRemedy : "");
    }
    options.onProgress?.({ phase: "done", step: step.name, statement, statements });
    await records.statementDone(step, statement);
  }
  await records.finish(step);
}
