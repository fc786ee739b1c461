import { sql } from "northwind-schema/sql";
import { type Database, type DateTime, dateTime } from "sqlproof";

const newestBefore = sql(`SELECT MAX(created_at) AS newest FROM idempotency_keys WHERE created_at < :before`);
const oldestKey = sql(`SELECT MIN(created_at) AS oldest FROM idempotency_keys`);
const deleteKeys = sql(`DELETE FROM idempotency_keys WHERE created_at < :before`);

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** How long a key is stored. */
const storedMs = 30 * dayMs;
/** A clock that is further ahead of the newest key is not trusted, so no key expires. */
const trustedMs = 7 * dayMs;

/** A clock that is read at the start of the process and then runs steadily, even if the system clock is changed. */
export interface ProcessClock {
  /** In milliseconds since 1970, like `now`. */
  readonly startedAt: number;
  now(): number;
}

const processClock: ProcessClock = {
  startedAt: performance.timeOrigin,
  now: () => performance.timeOrigin + performance.now(),
};

/**
 * Deletes old keys every hour, for the first time an hour after the start. If a key expired too early, a late
 * repetition would take effect twice, so a clock that jumped must not expire keys
 * (docs/decisions/0008-versions-and-idempotency-keys.md).
 */
export function expireKeysHourly(database: Database, onError: (error: unknown) => void): { stop(): void } {
  const timer = setInterval(() => {
    expireOldKeys(database, processClock).catch(onError);
  }, hourMs);
  timer.unref();
  return { stop: () => clearInterval(timer) };
}

/** Deletes keys older than 30 days, in steps of one hour. Deletes nothing if the clock cannot be trusted. */
export async function expireOldKeys(database: Database, clock: ProcessClock): Promise<void> {
  const { newest } = await database.one(newestBefore, { before: timeOf(clock.startedAt) });
  if (newest === null || clock.startedAt - Date.parse(`${newest}Z`) > trustedMs) return;
  const end = clock.now() - storedMs;
  for (;;) {
    const { oldest } = await database.one(oldestKey);
    if (oldest === null || Date.parse(`${oldest}Z`) >= end) return;
    const before = timeOf(Math.min(end, Date.parse(`${oldest}Z`) + hourMs));
    const { rowsAffected } = await database.run(deleteKeys, { before });
    // The limit is within the same second as the oldest key.
    if (rowsAffected === 0) return;
  }
}

function timeOf(milliseconds: number): DateTime {
  return dateTime(new Date(milliseconds).toISOString().slice(0, 19));
}
