import { type Database, DatabaseError, type Transaction } from "sqlproof";

/** How long to wait before each further try, in milliseconds, at most. */
const waitsMs = [10, 50, 250] as const;

/**
 * Runs `body` in one transaction, and again when the engine rolled it back because of others (deadlock, certification or
 * snapshot conflict): then nothing has happened and the transaction is ours to repeat. Any other failure is passed on.
 */
export async function transact<T>(database: Database, body: (tx: Transaction) => Promise<T>): Promise<T> {
  for (const waitMs of waitsMs) {
    try {
      return await database.transaction(body);
    } catch (error) {
      if (!(error instanceof DatabaseError && error.kind === "conflict")) throw error;
    }
    // At a random moment, so that those who collided do not collide again.
    await Bun.sleep(Math.random() * waitMs);
  }
  return database.transaction(body);
}
