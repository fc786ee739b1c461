import { sql } from "northwind-schema/sql";
import { type Database, type DateTime, dateTime } from "sqlproof";
import type { Log } from "../http/log.ts";

/** The newest key from before this process, and the oldest of all. */
const newestBefore = sql(`SELECT MAX(created_at) AS newest FROM idempotency_keys WHERE created_at < :before`);
const oldestKey = sql(`SELECT MIN(created_at) AS oldest FROM idempotency_keys`);
const forgetKeys = sql(`DELETE FROM idempotency_keys WHERE created_at < :before`);

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** How long a key is remembered. */
const keptMs = 30 * dayMs;
/** A clock that says so much more than the newest key is not believed: nothing is forgotten by it. */
const believedMs = 7 * dayMs;

/** This process's time: the clock when it began, and what has truly passed since. No step of the clock moves it. */
export interface ProcessClock {
  readonly startedAt: number;
  now(): number;
}

const processClock: ProcessClock = {
  startedAt: performance.timeOrigin,
  now: () => performance.timeOrigin + performance.now(),
};

/**
 * Forgets old keys every hour, the first time an hour after the start. A key that is forgotten too early lets a late
 * repetition take effect twice, so a clock that jumped must not do it: see docs/decisions/0008-versions-and-idempotency-keys.md.
 */
export function forgetKeysHourly(database: Database, log: Log): { stop(): void } {
  const timer = setInterval(() => {
    forgetOldKeys(database, processClock).catch((error: unknown) =>
      log.write("error", "failure", { code: "keys-not-forgotten", reason: String(error) }),
    );
  }, hourMs);
  timer.unref();
  return { stop: () => clearInterval(timer) };
}

/** Forgets what is older than 30 days, an hour's worth of keys at a time. */
export async function forgetOldKeys(database: Database, clock: ProcessClock): Promise<void> {
  const { newest } = await database.one(newestBefore, { before: timeOf(clock.startedAt) });
  if (newest === null || clock.startedAt - Date.parse(`${newest}Z`) > believedMs) return;
  const end = clock.now() - keptMs;
  for (;;) {
    const { oldest } = await database.one(oldestKey);
    if (oldest === null || Date.parse(`${oldest}Z`) >= end) return;
    const before = timeOf(Math.min(end, Date.parse(`${oldest}Z`) + hourMs));
    const { rowsAffected } = await database.run(forgetKeys, { before });
    // The end falls into the second of the oldest.
    if (rowsAffected === 0) return;
  }
}

function timeOf(milliseconds: number): DateTime {
  return dateTime(new Date(milliseconds).toISOString().slice(0, 19));
}
