import type { Database } from "sqlproof";
import { type DatabasePlace, openSnapshot, type Snapshot } from "sqlproof/copy";
import { integrityProblems, schemaProblems } from "sqlproof/integrity";
import { MigrationError, pendingSteps, readMigrations } from "sqlproof/migrations";
import { type CheckedLog, checkAuditLog } from "./audit-log.ts";
import { checkOrders } from "./orders.ts";

/** What was verified, each in a sentence, and what is wrong; nothing is, if `problems` is empty. */
export interface Verification {
  readonly checked: readonly string[];
  readonly problems: readonly string[];
  /** The last entry of the audit log; null if there is none, or it was not read. */
  readonly lastEntry: CheckedLog["last"];
}

/** The folders of the steps of the schema. */
export interface StepFolders {
  readonly sqlite: string;
  readonly mariadb: string;
}

/**
 * Verifies a database, with the program up or down: its pages, references, indexes and triggers, the chain of every
 * history, and the amounts of every order that has one. Changes nothing. Throws `DatabaseError` if the database cannot
 * be opened.
 */
export async function verify(place: DatabasePlace, folders: StepFolders): Promise<Verification> {
  const snapshot = await openSnapshot(place);
  try {
    const reason = unusable(snapshot, folders[place.engine]);
    if (reason !== null) return { checked: [], problems: [reason], lastEntry: null };
    const lastVersion = lastStep(snapshot);
    const damages = await integrityProblems(place);
    const gone = await schemaProblems(place, { folders, lastVersion });
    const log = await checkAuditLog(snapshot);
    const isCurrent = lastVersion === readMigrations(folders[place.engine]).at(-1)?.version;
    const orders = isCurrent ? await withDatabase(place, (database) => checkOrders(database, log.lastOfOrders)) : null;
    const { length: tables } = snapshot.tables;
    return {
      checked: [
        `Integrity: every page, index and reference of ${tables} tables${place.engine === "sqlite" ? "" : ", every trigger"}.`,
        `Audit log: ${counted(log.entries, "entry", "entries")} in ${counted(log.chains, "history", "histories")}, every ` +
          "hash computed again.",
        orders === null
          ? `Amounts: not computed, because the database is at step ${lastVersion}; a start brings it to the newest.`
          : `Amounts: ${counted(orders.orders, "order", "orders")} with a history computed again and compared with it.`,
      ],
      problems: [...damages, ...gone, ...log.problems, ...(orders?.problems ?? [])],
      lastEntry: log.last,
    };
  } finally {
    await snapshot.close();
  }
}

/** A number of things, in words. */
export function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** Why no program would start on a database; null if one would. */
function unusable({ steps }: Snapshot, folder: string): string | null {
  if (steps.length === 0) return "This is no database of this program: no step of its schema is recorded there.";
  try {
    pendingSteps(readMigrations(folder), steps);
    return null;
  } catch (error) {
    if (error instanceof MigrationError) return error.message;
    throw error;
  }
}

function lastStep({ steps }: Snapshot): number {
  return Math.max(0, ...steps.filter(({ finished }) => finished).map(({ version }) => version));
}

/** Runs `work` on a database that only it reads. */
export async function withDatabase<T>(place: DatabasePlace, work: (database: Database) => Promise<T>): Promise<T> {
  const database = await opened(place);
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}

async function opened(place: DatabasePlace): Promise<Database> {
  if (place.engine === "sqlite") {
    const { openSqlite } = await import("sqlproof");
    return openSqlite({ path: place.path, readOnly: true });
  }
  const { openMariadb } = await import("sqlproof/mariadb");
  // A check may take longer than any request.
  return openMariadb({ ...place.server, statementTimeoutMs: 0, connectionLimit: 1 });
}
