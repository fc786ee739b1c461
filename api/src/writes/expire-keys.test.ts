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
const forgetAll = sql(`DELETE FROM idempotency_keys WHERE created_at < '9999-01-01 00:00:00'`);

/** What is left of keys of these ages in days, seen from a clock that is wrong by so many days. */
async function left(ages: readonly number[], clockWrongByDays: number): Promise<string[]> {
  const kept: string[] = [];
  await api.onDatabases(async (database) => {
    await database.run(forgetAll);
    for (const age of ages) {
      const created_at = dateTime(new Date(started - age * dayMs).toISOString().slice(0, 19));
      const place = { principal: "local", idempotency_key: `${age}`, method: "POST", path: "/api/orders" };
      const answer = { fingerprint: "0".repeat(64), status: 201, location: null, etag: null, answer: "{}" };
      await database.run(insertAnswer, { ...place, ...answer, created_at });
    }
    const startedAt = started + clockWrongByDays * dayMs;
    await expireOldKeys(database, { startedAt, now: () => startedAt + 3_600_000 });
    const rows = await database.all(storedKeys);
    kept.splice(0, kept.length, ...rows.map(({ idempotency_key }) => idempotency_key));
    return kept.length;
  });
  return kept;
}

test("keys of more than 30 days go, younger ones stay", async () => {
  expect(await left([400, 31, 30.1, 29.9, 5, 0.01], 0)).toEqual(["29.9", "5", "0.01"]);
});

test("a clock that is years ahead, or behind, takes no key away", async () => {
  for (const days of [5 * 365, 31, -1, -5 * 365]) expect(await left([40, 20, 0.01], days)).toHaveLength(3);
});

test("without a key from before this process nothing says that its clock is right", async () => {
  expect(await left([-1, -2], 0)).toHaveLength(2);
  expect(await left([], 0)).toEqual([]);
});
