import type { Database } from "sqlproof";
import { type DatabasePlace, openSnapshot, type Snapshot } from "sqlproof/copy";
import { integrityProblems } from "sqlproof/integrity";
import { readMigrations } from "sqlproof/migrations/files";
import { checkAuditLog } from "./audit-log.ts";
import { checkOrders } from "./orders.ts";

/** What was verified, each in a sentence, and what is wrong; nothing is, if `problems` is empty. */
export interface Verification {
  readonly checked: readonly string[];
  readonly problems: readonly string[];
}

/**
 * Verifies a database, with the program up or down: its pages and references, the chain of every history, and the
 * amounts of every order that has one. Changes nothing. Throws `DatabaseError` if the database cannot be opened.
 */
export async function verify(place: DatabasePlace, folder: string): Promise<Verification> {
  const damages = await integrityProblems(place);
  const snapshot = await openSnapshot(place);
  try {
    const log = await checkAuditLog(snapshot);
    const isCurrent = lastStep(snapshot) === readMigrations(folder).at(-1)?.version;
    const orders = isCurrent ? await withDatabase(place, (database) => checkOrders(database, log.lastOfOrders)) : null;
    return {
      checked: [
        `Integrity: every page, index and reference of ${snapshot.tables.length} tables.`,
        `Audit log: ${log.entries} entries in ${log.chains} histories, every hash computed again.`,
        orders === null
          ? `Amounts: not computed, because the database is at step ${lastStep(snapshot)}; a start brings it to the newest.`
          : `Amounts: ${orders.orders} orders with a history computed again and compared with it.`,
      ],
      problems: [...damages, ...log.problems, ...(orders?.problems ?? [])],
    };
  } finally {
    await snapshot.close();
  }
}

function lastStep({ steps }: Snapshot): number {
  return Math.max(0, ...steps.map(({ version }) => version));
}

async function withDatabase<T>(place: DatabasePlace, work: (database: Database) => Promise<T>): Promise<T> {
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
