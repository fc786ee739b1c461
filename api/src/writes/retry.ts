import { type Database, DatabaseError, type DatabaseErrorKind, type Transaction } from "sqlproof";
import { deadlineMs } from "../contract/deadline.ts";

/** One attempt at a transaction. */
export interface Attempt {
  /** An earlier attempt may have been committed, so it must be looked up before it is repeated. */
  readonly inDoubt: boolean;
}

/**
 * How often a transaction is retried after a failure. All other failures are thrown at once: those caused by the
 * request (unique, foreign-key, value), those that a retry would make worse (too-busy, query-timeout), and those that
 * only a person can fix.
 */
const maxRetries: Partial<Record<DatabaseErrorKind, number>> = {
  // After a deadlock, a certification conflict or a snapshot conflict the engine has rolled everything back.
  conflict: 3,
  // Another transaction has held a lock for seconds, so more attempts are unlikely to succeed.
  "lock-timeout": 1,
  // The connection was lost before COMMIT was sent, so nothing was committed.
  unavailable: 3,
};

/**
 * If the connection is lost during COMMIT, the write may or may not have been committed. To find out, these failures
 * are retried until no time is left. Any other failure follows a lookup that found nothing, so it is thrown unchanged.
 */
const leavesDoubt: ReadonlySet<DatabaseErrorKind> = new Set([
  ...(["unknown-outcome", "unavailable", "conflict", "lock-timeout", "too-busy", "query-timeout"] as const),
]);

/** The maximum wait before each retry. The last one applies to all further retries. */
const waitsMs = [10, 50, 250] as const;
/** No retry starts later than this before the deadline, because it could not end in time. */
const reserveMs = 500;

/**
 * Runs `body` in a transaction, and retries it if that can help and the request has time left. `startedAt` is the time
 * at which the request arrived, by `performance.now()`.
 */
export async function runWithRetry<T>(
  database: Database,
  startedAt: number,
  body: (tx: Transaction, attempt: Attempt) => Promise<T>,
): Promise<T> {
  const lastTryAt = startedAt + deadlineMs - reserveMs;
  let inDoubt = false;
  for (let attempts = 1; ; attempts += 1) {
    try {
      const attempt = { inDoubt };
      return await database.transaction((tx) => body(tx, attempt));
    } catch (error) {
      if (!(error instanceof DatabaseError)) throw error;
      if (error.kind === "unknown-outcome") inDoubt = true;
      const doubtful = inDoubt && leavesDoubt.has(error.kind);
      const waitMs = Math.random() * (waitsMs[Math.min(attempts, waitsMs.length) - 1] ?? 0);
      const inTime = performance.now() + waitMs < lastTryAt;
      if (!inTime || (!doubtful && attempts > (maxRetries[error.kind] ?? 0))) throw doubtful ? unknown(error) : error;
      // The wait is random, so that transactions that collided do not collide again.
      await Bun.sleep(waitMs);
    }
  }
}

/** Converts a failure after a doubtful COMMIT, so that it is not answered as if nothing had been committed. */
function unknown(error: DatabaseError): DatabaseError {
  if (error.kind === "unknown-outcome") return error;
  return new DatabaseError("unknown-outcome", `an earlier COMMIT is in doubt: ${error.message}`, { cause: error });
}
