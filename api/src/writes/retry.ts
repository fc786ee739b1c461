import { type Database, DatabaseError, type DatabaseErrorKind, type Transaction } from "sqlproof";
import { deadlineMs } from "../contract/deadline.ts";

/** One attempt at a transaction. */
export interface Attempt {
  /** An earlier attempt may have been carried out although nobody was told so: look before you do it again. */
  readonly inDoubt: boolean;
}

/**
 * How many further tries a failure is worth, each of the whole transaction. Everything else is passed on at once: what
 * the request is to blame for (unique, foreign-key, value), what another try would make worse (too-busy, query-timeout),
 * and what takes a person to mend.
 */
const furtherTries: Partial<Record<DatabaseErrorKind, number>> = {
  // Deadlock, certification or snapshot conflict: the engine has rolled everything back.
  conflict: 3,
  // Somebody held a lock for seconds: one more time, then others should get their turn.
  "lock-timeout": 1,
  // Lost before COMMIT was sent: nothing has happened.
  unavailable: 3,
};

/**
 * Lost in COMMIT: done or not. That is worth knowing for certain, so from then on these are tried until there is no
 * time left; whatever else fails then comes after a look that found nothing, and is told as it is.
 */
const leavesDoubt: ReadonlySet<DatabaseErrorKind> = new Set([
  ...(["unknown-outcome", "unavailable", "conflict", "lock-timeout", "too-busy", "query-timeout"] as const),
]);

/** How long to wait before a further try, at most; the last one for all that follow. */
const waitsMs = [10, 50, 250] as const;
/** No further try so shortly before the deadline: it could not end in time. */
const reserveMs = 500;

/**
 * Runs `body` in one transaction, and again where that can help and the request, which began at `startedAt` by
 * `performance.now()`, has time left for it.
 */
export async function transact<T>(
  database: Database,
  startedAt: number,
  body: (tx: Transaction, attempt: Attempt) => Promise<T>,
): Promise<T> {
  const lastTryAt = startedAt + deadlineMs - reserveMs;
  let inDoubt = false;
  for (let tries = 1; ; tries += 1) {
    try {
      const attempt = { inDoubt };
      return await database.transaction((tx) => body(tx, attempt));
    } catch (error) {
      if (!(error instanceof DatabaseError)) throw error;
      if (error.kind === "unknown-outcome") inDoubt = true;
      const doubtful = inDoubt && leavesDoubt.has(error.kind);
      const waitMs = Math.random() * (waitsMs[Math.min(tries, waitsMs.length) - 1] ?? 0);
      const inTime = performance.now() + waitMs < lastTryAt;
      if (!inTime || (!doubtful && tries > (furtherTries[error.kind] ?? 0))) throw doubtful ? unknown(error) : error;
      // At a random moment, so that those who collided do not collide again.
      await Bun.sleep(waitMs);
    }
  }
}

/** What fails after a COMMIT in doubt must not be told as if nothing had happened. */
function unknown(error: DatabaseError): DatabaseError {
  if (error.kind === "unknown-outcome") return error;
  return new DatabaseError("unknown-outcome", `an earlier COMMIT is in doubt: ${error.message}`, { cause: error });
}
