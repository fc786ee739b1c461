import { type Database, DatabaseError, type DatabaseErrorKind, type Transaction } from "sqlproof";
import { deadlineMs } from "../contract/deadline.ts";

/** One attempt at a transaction. */
export interface Attempt {
  /** An earlier attempt may have been committed without an answer: look it up before doing it again. */
  readonly inDoubt: boolean;
}

/**
 * How many retries a failure is worth, each of the whole transaction. Every other failure is passed on at once: those
 * that the request caused (unique, foreign-key, value), those that a retry would make worse (too-busy, query-timeout),
 * and those that only a person can mend.
 */
const maxRetries: Partial<Record<DatabaseErrorKind, number>> = {
  // Deadlock, certification or snapshot conflict: the engine has rolled everything back.
  conflict: 3,
  // Somebody held a lock for seconds: one more attempt, then it is the turn of others.
  "lock-timeout": 1,
  // The connection was lost before COMMIT was sent: nothing has happened.
  unavailable: 3,
};

/**
 * The connection was lost during COMMIT: the write was committed or not. To find out, these failures are then retried
 * until no time is left; any other failure comes after a lookup that found nothing, and is passed on as it is.
 */
const leavesDoubt: ReadonlySet<DatabaseErrorKind> = new Set([
  ...(["unknown-outcome", "unavailable", "conflict", "lock-timeout", "too-busy", "query-timeout"] as const),
]);

/** The longest wait before each retry; the last one is that of all further retries. */
const waitsMs = [10, 50, 250] as const;
/** No retry begins so shortly before the deadline: it could not end in time. */
const reserveMs = 500;

/**
 * Runs `body` in one transaction, and retries it where that can help and the request has time left for it. `startedAt`
 * is when the request arrived, by `performance.now()`.
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
      // A random wait, so that transactions that collided do not collide again.
      await Bun.sleep(waitMs);
    }
  }
}

/** A failure after a doubtful COMMIT must not be answered as if nothing had been committed. */
function unknown(error: DatabaseError): DatabaseError {
  if (error.kind === "unknown-outcome") return error;
  return new DatabaseError("unknown-outcome", `an earlier COMMIT is in doubt: ${error.message}`, { cause: error });
}
