import { runtimeDriver } from "#mariadb";
import type { MariadbDriver, MariadbOptions, ServerConnection } from "../runtime/mariadb/driver.ts";
import { openMariadbWith } from "../runtime/mariadb/open.ts";
import type { Database } from "../runtime/types.ts";
import { type Rows, settingsQuery, settingValues, unsafeSettings } from "../self-check/server-settings.ts";
import { sessionQuery, unsafeSession } from "../self-check/session-settings.ts";
import { tableQueries, unsafeTables } from "../self-check/tables.ts";
import { type MigrationStep, readMigrations } from "./files.ts";
import { type MigrationOutcome, outcomeOf, pendingSteps, type RecordedStep } from "./plan.ts";
import { recordedQuery, recordedSteps } from "./recorded.ts";

/**
 * Opens the database of one server if it is up to date and safe, as on almost every start: it runs the checks of
 * `refuseUnsafeServer`, `migrateMariadb` and `refuseUnsafeTables` over the one connection that then serves. Null
 * otherwise or on any error: those three then do the work or report the problem. Writes nothing.
 */
export async function openCurrentMariadb(
  server: MariadbOptions,
  folder: string,
): Promise<{ readonly database: Database; readonly migration: MigrationOutcome } | null> {
  if (server.nodes !== undefined && server.nodes.length > 1) return null;
  const steps = readMigrations(folder);
  let recorded: readonly RecordedStep[] | null = null;
  const driver: MariadbDriver = {
    ...runtimeDriver,
    async connect(options, lost) {
      const connection = await runtimeDriver.connect(options, lost);
      if (recorded !== null) return connection;
      try {
        recorded = await found(connection, steps);
        return connection;
      } catch (error) {
        connection.destroy();
        throw error;
      }
    },
  };
  try {
    const database = await openMariadbWith(driver, server);
    return { database, migration: outcomeOf(steps, recorded ?? [], recorded ?? [], []) };
  } catch {
    // The detailed checks will find the same problem and report it.
    return null;
  }
}

/** The steps that the database has recorded; throws if one is missing or anything is unsafe. */
async function found(connection: ServerConnection, steps: readonly MigrationStep[]): Promise<readonly RecordedStep[]> {
  // All queries are sent before the first answer arrives.
  const [settings, session, recordedRows, tables, keys, columns] = await Promise.all([
    rowsOf(connection, settingsQuery),
    rowsOf(connection, sessionQuery),
    rowsOf(connection, recordedQuery),
    rowsOf(connection, tableQueries[0]),
    rowsOf(connection, tableQueries[1]),
    rowsOf(connection, tableQueries[2]),
  ]);
  const problems = [
    ...unsafeSettings(settingValues(settings)),
    ...unsafeSession(session),
    // All tables, including foreign ones: the detailed check knows which belong to the program.
    ...unsafeTables([tables, keys, columns], null),
  ];
  if (problems.length > 0) throw new Error(problems.join("\n"));
  const recorded = recordedSteps(recordedRows);
  if (pendingSteps(steps, recorded).length > 0) throw new Error("steps are to be done");
  return recorded;
}

/** The rows as lists of values, as the other driver returns them. */
async function rowsOf(connection: ServerConnection, text: string): Promise<Rows> {
  const rows = await connection.command(text);
  if (!Array.isArray(rows)) throw new Error(`no rows: ${text}`);
  return rows.map((row: object) => Object.values(row));
}
