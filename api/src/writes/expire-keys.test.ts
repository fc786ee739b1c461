import { afterAll, beforeAll, expect, test } from "bun:test";
import { sql } from "northwind-schema/sql";
import { dateTime } from "sqlproof";
import { type BothEngines, startBothEngines, startTimeoutMs } from "../both-engines.ts";
import { expireOldKeys } from "./expire-keys.ts";
import { insertAnswer } from "./idempotency.ts";

let api: BothEngines;
beforeAll(async () => {
  api = await startBothEngines();
}, startTimeoutMs);
afterAll(() => api.stop());

const dayMs = 86_400_000;
const started = Date.parse("2026-06-01T12:00:00Z");
const storedKeys = sql(`SELECT idempotency_key FROM idempotency_keys ORDER BY created_at, idempotency_key`);
const deleteAllKeys = sql(`DELETE FROM idempotency_keys WHERE created_at < '9999-01-01 00:00:00'`);

/** Expires keys of these ages in days, with a clock that is wrong by a number of days. Returns the remaining keys. */
async function remainingKeys(ages: readonly number[], clockErrorDays: number): Promise<string[]> {
  const remaining: string[] = [];
  await api.onDatabases(async (database) => {
    await database.run(deleteAllKeys);
    for (const age of ages) {
      const created_at = dateTime(new Date(started - Math.round(age * dayMs)).toISOString().slice(0, 19));
      const place = { principal: "local", idempotency_key: `${age}`, method: "POST", path: "/api/orders" };
      const answer = { fingerprint: "0".repeat(64), status: 201, location: null, etag: null, answer: "{}" };
      await database.run(insertAnswer, { ...place, ...answer, created_at });
    }
    const startedAt = started + clockErrorDays * dayMs;
    await expireOldKeys(database, { startedAt, now: () => startedAt + 3_600_000 });
    const rows = await database.all(storedKeys);
    remaining.splice(0, remaining.length, ...rows.map(({ idempotency_key }) => idempotency_key));
    return remaining.length;
  });
  return remaining;
}

test("keys older than 30 days expire, younger ones do not", async () => {
  expect(await remainingKeys([400, 31, 30.1, 29.9, 5, 0.01], 0)).toEqual(["29.9", "5", "0.01"]);
});

test("a key expires a second after 30 days; only a key older than the start confirms the clock", async () => {
  const limit = 30 - 1 / 24;
  expect(await remainingKeys([limit + 0.001, limit, 1], 0)).toEqual([`${limit}`, "1"]);
  expect(await remainingKeys([40, 0], 0)).toEqual(["40", "0"]);
});

test("no key expires if the clock is days or years ahead or behind", async () => {
  for (const days of [5 * 365, 31, -1, -5 * 365]) expect(await remainingKeys([40, 20, 0.01], days)).toHaveLength(3);
});

test("no key expires without an older key that confirms the clock", async () => {
  expect(await remainingKeys([-1, -2], 0)).toHaveLength(2);
  expect(await remainingKeys([], 0)).toEqual([]);
});
