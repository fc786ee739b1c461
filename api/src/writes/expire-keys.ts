import { sql } from "northwind-schema/sql";
import { type Database, type DateTime, dateTime } from "sqlproof";

/** The newest key from before this process, and the oldest of all. */
const newestBefore = sql(`SELECT MAX(created_at) AS newest FROM idempotency_keys WHERE created_at < :before`);
const oldestKey = sql(`SELECT MIN(created_at) AS oldest FROM idempotency_keys`);
const deleteKeys = sql(`DELETE FROM idempotency_keys WHERE created_at < :before`);

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** How long a key is stored. */
const storedMs = 30 * dayMs;
/** A clock that is so far ahead of the newest key is not trusted: no key expires by it. */
const trustedMs = 7 * dayMs;

/** The time of this process: the clock at its start plus the time that has passed since. No step of the clock moves it. */
export interface ProcessClock {
  readonly startedAt: number;
  now(): number;
}

const processClock: ProcessClock = {
  startedAt: performance.timeOrigin,
  now: () => performance.timeOrigin + performance.now(),
};

/**
 * Deletes old keys every hour, the first time an hour after the start. A key that expires too early lets a late repetition
 * take effect twice, so a clock that jumped must not expire keys: see docs/decisions/0008-versions-and-idempotency-keys.md.
 */
export function expireKeysHourly(database: Database, onError: (error: unknown) => void): { stop(): void } {
  const timer = setInterval(() => {
    expireOldKeys(database, processClock).catch(onError);
  }, hourMs);
  timer.unref();
  return { stop: () => clearInterval(timer) };
}

/** Deletes keys older than 30 days, an hour's worth at a time. */
export async function expireOldKeys(database: Database, clock: ProcessClock): Promise<void> {
  const { newest } = await database.one(newestBefore, { before: timeOf(clock.startedAt) });
  if (newest === null || clock.startedAt - Date.parse(`${newest}Z`) > trustedMs) return;
  const end = clock.now() - storedMs;
  for (;;) {
    const { oldest } = await database.one(oldestKey);
    if (oldest === null || Date.parse(`${oldest}Z`) >= end) return;
    const before = timeOf(Math.min(end, Date.parse(`${oldest}Z`) + hourMs));
    const { rowsAffected } = await database.run(deleteKeys, { before });
    // The end lies within the second of the oldest key.
    if (rowsAffected === 0) return;
  }
}

function timeOf(milliseconds: number): DateTime {
  return dateTime(new Date(milliseconds).toISOString().slice(0, 19));
}
