// Each row passes on the API as it is, in few trials. It fails on a fault planted in the data before the check, and on
// what it could observe itself.
import { Database } from "bun:sqlite";
import { afterAll, describe, expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { StoreAddress } from "./database/store.ts";
import type { Attempt, Entry, Outcome } from "./load/journal.ts";
import type { Row, RowContext } from "./row.ts";
import { verdict as raced, races } from "./rows/clients/f11-races.ts";
import { verdict as killedApi } from "./rows/server/f01-kill-api.ts";
import { verdict as killedMariadb } from "./rows/server/f02-kill-mariadb.ts";
import { verdict as frozen } from "./rows/server/f03-freeze-mariadb.ts";
import { verdict as full } from "./rows/server/f05-disk-full.ts";
import { verdict as jumped } from "./rows/server/f06-clock.ts";
import { rows } from "./rows.ts";
import { type Claims, verdict as claimed } from "./trade/last-unit.ts";
import type { Answer } from "./trade/session.ts";

const folder = mkdtempSync(join(tmpdir(), "faults-rows-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function rowOf(id: string): Row {
  const row = rows.find((known) => known.id === id);
  if (row === undefined) throw new Error(`There is no row ${id}.`);
  return row;
}

function run(id: string, context: Pick<RowContext, "engine" | "trials"> & Partial<RowContext>) {
  const own = mkdtempSync(join(folder, id));
  return rowOf(id).run({ seed: 3, folder: own, say: () => undefined, ...context });
}

/** Deletes the newest order with its details. */
async function loseAnOrder(store: StoreAddress): Promise<void> {
  if (store.kind !== "sqlite") throw new Error("This test is on SQLite.");
  const database = new Database(store.path);
  const newest = "(SELECT MAX(id) FROM orders WHERE ship_zip_postal_code IS NOT NULL)";
  database.run(`DELETE FROM order_details WHERE order_id = ${newest}`);
  database.run(`DELETE FROM orders WHERE id = ${newest}`);
  database.close();
}

describe("F1", () => {
  test("sqlite: 3 kills break nothing", async () => {
    const { broken, figures } = await run("F1", { engine: "sqlite", trials: 3 });
    expect(broken.filter((words) => !words.startsWith("Served again"))).toEqual([]);
    expect(figures).toMatchObject({ lost: "0", twice: "0", partial: "0" });
  });

  test("mariadb: 2 kills break nothing", async () => {
    const { broken } = await run("F1", { engine: "mariadb", trials: 2 });
    expect(broken.filter((words) => !words.startsWith("Served again"))).toEqual([]);
  });

  test("fails when one acknowledged order is deleted", async () => {
    const { broken, figures } = await run("F1", { engine: "sqlite", trials: 1, plant: loseAnOrder });
    expect(broken.join("\n")).toMatch(/^V1: .* is lost/m);
    expect(broken.join("\n")).toContain("(seed 3)");
    expect(figures.lost).not.toBe("0");
  });

  test("fails when most restarts are slow, not when one is", () => {
    expect(killedApi([100, 200, 5000])).toEqual([]);
    expect(killedApi([1200, 1300, 100])).toHaveLength(1);
  });
});

describe("F2", () => {
  const good = { times: [100, 200, 300], survived: true, slowestAnswerMs: 4900 };
  test.each([
    [{}, 0],
    [{ times: [2000, 2000, 10] }, 1],
    [{ survived: false }, 1],
    [{ slowestAnswerMs: 5100 }, 1],
  ])("%p breaks %i", (seen, count) => expect(killedMariadb({ ...good, ...seen })).toHaveLength(count));
});

describe("F3", () => {
  const good = { asked: 100, silent: 0, slowest: 4900, connections: 10, before: 300, after: 290 };
  test.each([
    [{}, 0],
    [{ silent: 1 }, 1],
    [{ slowest: 5100 }, 1],
    [{ connections: 11 }, 1],
    [{ after: 100 }, 1],
    [{ asked: 0 }, 1],
  ])("%p breaks %i", (seen, count) => expect(frozen({ ...good, ...seen })).toHaveLength(count));
});

function attempt(outcome: Outcome, endedAt = 10): Attempt {
  return { number: 1, startedAt: 0, endedAt, requestId: "", answeredId: "", replayed: false, outcome, ends: 1 };
}

const refusal = (status: number, code: string): Outcome => ({ kind: "refused", status, code, body: "" });

describe("F5", () => {
  const good = { refusals: [attempt(refusal(507, "storage-full"))], reads: [200, 200], healedMs: 10, aborted: false };
  test.each([
    [{}, 0],
    [{ refusals: [] }, 1],
    [{ refusals: [attempt(refusal(507, "storage-full")), attempt(refusal(500, "internal"))] }, 1],
    [{ refusals: [attempt(refusal(507, "storage-full"), 1100)] }, 1],
    [{ reads: [200, 503] }, 1],
    [{ healedMs: 5100 }, 1],
    [{ refusals: [attempt(refusal(507, "storage-full"), 1100)], aborted: true }, 0],
    [{ refusals: [attempt(refusal(507, "storage-full"), 5100)], aborted: true }, 1],
    [{ reads: [200, 503], aborted: true }, 0],
    [{ reads: [200, 500], aborted: true }, 1],
    [{ refusals: [attempt(refusal(503, "db-unavailable"))], aborted: true }, 1],
    [{ refusals: [...good.refusals, attempt(refusal(503, "db-unavailable"))], aborted: true }, 0],
  ])("%p breaks %i", (seen, count) => expect(full({ ...good, ...seen })).toHaveLength(count));
});

describe("F6", () => {
  const asked = { session: 1, intent: "read", method: "GET", path: "/", key: null, ifMatch: null, body: null } as const;
  const entry = (outcome: Outcome): Entry => ({ ...asked, number: 1, attempts: [attempt(outcome)], outcome });
  const entries = [entry(refusal(412, "precondition"))];
  const good = { entries, restarts: [], slowestAnswerMs: 100, years: ["2026", "2031"] };
  test.each([
    [{}, 0],
    [{ entries: [entry(refusal(503, "timeout"))] }, 1],
    [{ entries: [entry({ kind: "unknown", reason: "cut" })] }, 1],
    [{ slowestAnswerMs: 5100 }, 1],
    [{ years: ["2026"] }, 1],
    [{ entries: [entry({ kind: "unknown", reason: "cut" })], restarts: [{ from: 5, to: 20 }] }, 0],
    [{ entries: [entry({ kind: "unknown", reason: "cut" })], restarts: [{ from: 50, to: 60 }] }, 1],
  ])("%p breaks %i", (seen, count) => expect(jumped({ ...good, ...seen })).toHaveLength(count));
});

describe("F26", () => {
  test("sqlite: one of 50 gets the last unit", async () => {
    expect((await run("F26", { engine: "sqlite", trials: 1 })).broken).toEqual([]);
  });

  const answer = (status: number, isReplayed: boolean): Answer => ({
    ...{ status, code: status < 400 ? null : "state", version: null, isReplayed, data: new Map(), text: "" },
  });
  const claims = (statuses: readonly number[], isReplayed = false) => statuses.map((one) => answer(one, isReplayed));
  const good: Claims = { first: claims([200, 409]), again: claims([200, 409], true), balance: [1, 1] };
  test.each<readonly [Partial<Claims>, number]>([
    [{}, 0],
    [{ first: claims([200, 200]), again: claims([200, 200], true) }, 1],
    [{ first: claims([409, 409]), again: claims([409, 409], true), balance: [1, 0] }, 2],
    [{ first: claims([200, 503]), again: claims([200, 503], true) }, 1],
    [{ balance: [1, 2] }, 1],
    [{ again: claims([200, 200], true) }, 1],
    [{ again: claims([200, 409]) }, 1],
  ])("%p breaks %i", (seen, count) => expect(claimed({ ...good, ...seen })).toHaveLength(count));
});

describe("F11", () => {
  test("sqlite: one effect per race", async () => {
    expect((await run("F11", { engine: "sqlite", trials: 6 })).broken).toEqual([]);
  });

  const won = (body: string): Outcome => ({ kind: "acknowledged", status: 200, body, etag: null });
  const [sameKey, sameVersion, sameDelete] = races;
  const results: readonly [typeof sameKey, readonly Outcome[], number][] = [
    [sameKey, [won("a"), won("a"), refusal(409, "idempotency-running")], 0],
    [sameKey, [won("a"), won("b")], 1],
    [sameKey, [won("a"), refusal(422, "idempotency-mismatch")], 1],
    [sameVersion, [won("a"), refusal(412, "precondition")], 0],
    [sameVersion, [won("a"), won("a")], 1],
    [sameVersion, [refusal(412, "precondition")], 1],
    [sameDelete, [won("a"), refusal(404, "not-found")], 0],
    [sameDelete, [won("a"), refusal(500, "internal")], 1],
  ];
  test.each(results.map(([race, outcomes, count]) => ({ race, outcomes, count, name: race.name })))(
    "$name, with $outcomes: $count broken",
    ({ race, outcomes, count }) => expect(raced(race, outcomes)).toHaveLength(count),
  );
});
