// The part of row F12 that `npm test` has time for: every wait of two requests fails in every way that does not last
// until the deadline of the request. And the row fails when a promise is broken on purpose.
import { afterAll, beforeAll, expect, test } from "bun:test";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Database } from "sqlproof";
import { makeClosedTemplate, makeTemplate, type Plant, type Template } from "./every-await/harness.ts";
import { requests, userRequests, type WriteRequest } from "./every-await/requests.ts";
import type { Baseline } from "./every-await/trial.ts";
import { Random } from "./load/random.ts";
import { baselinesOf, everyPoint, type Plan, runPlans, seededPlan } from "./rows/server/f12-every-await.ts";

const folder = mkdtempSync(join(tmpdir(), "every-await-"));
let template: Template;
let baselines: [Baseline, ...Baseline[]];
beforeAll(async () => {
  template = await makeTemplate(folder);
  baselines = await baselinesOf(
    [named("create order"), named("update order"), named("refused: in use")],
    folder,
    template,
  );
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function named(name: string): WriteRequest {
  const request = requests.find((one) => one.name === name);
  if (request === undefined) throw new Error(`there is no request ${name}`);
  return request;
}

/** Only the deadline of the request notices a database that hangs outside a transaction. */
function isQuick({ baseline, faults }: Plan): boolean {
  return faults.every(({ failure, point }) => {
    const name = baseline.points[point - 1] ?? "COMMIT done";
    return failure !== "hang" || !(point === 1 || name === "BEGIN" || name === "COMMIT done");
  });
}

test("no single fault at any wait causes a partial or second effect, another answer or a blocked writer", async () => {
  const [create, , refused] = baselines;
  const plans = everyPoint(refused === undefined ? [create] : [create, refused]).filter(isQuick);
  expect(plans.length).toBeGreaterThan(100);
  expect(await runPlans(plans, template)).toEqual([]);
}, 120_000);

test("nor does one in a request about users, by a token", async () => {
  const closed = await makeClosedTemplate(template, folder);
  const plans = everyPoint(await baselinesOf([userRequests[0]], folder, closed)).filter(isQuick);
  expect(plans.length).toBeGreaterThan(100);
  expect(await runPlans(plans, closed)).toEqual([]);
}, 120_000);

test("nor do several faults", async () => {
  const plans = Array.from({ length: 60 }, (_, seed) => seededPlan(baselines, new Random(seed))).filter(isQuick);
  expect(await runPlans(plans, template)).toEqual([]);
}, 120_000);

test("a seed gives the same faults again", () => {
  const faultsOf = (seed: number) => JSON.stringify(seededPlan(baselines, new Random(seed)).faults);
  expect(faultsOf(7)).toBe(faultsOf(7));
  expect(new Set([1, 2, 3, 4].map(faultsOf)).size).toBe(4);
});

test("every route that writes is among the requests", () => {
  const listed = readFileSync(join(import.meta.dir, "../api/routes.txt"), "utf8").matchAll(
    /^(POST|PUT|DELETE)\s+(\S+)/gm,
  );
  const covered = new Set(
    [...requests, ...userRequests].map(({ method, path }) => `${method} ${path.replace(/\d+/, "{id}")}`),
  );
  // These take no key: what they answer is a secret or shown once, and no client may get it twice. A second attempt
  // begins another session, or makes another token, code or link.
  const ofAccess = /^\/api\/(session|tokens|account|users\/\{id\}\/)/;
  const routes = [...listed].flatMap(([, method, path = ""]) => (ofAccess.test(path) ? [] : [`${method} ${path}`]));
  expect(routes.length).toBeGreaterThan(10);
  expect(routes.filter((route) => !covered.has(route))).toEqual([]);
});

/** A database that skips the writes whose text matches. */
function without(real: Database, text: RegExp): Database {
  return {
    engine: real.engine,
    one: (query, ...params) => real.one(query, ...params),
    maybe: (query, ...params) => real.maybe(query, ...params),
    all: (query, ...params) => real.all(query, ...params),
    run: (query, ...params) => real.run(query, ...params),
    runMany: (query, params) => real.runMany(query, params),
    ping: () => real.ping(),
    close: () => real.close(),
    transaction: (body) =>
      real.transaction((tx) =>
        body({
          engine: tx.engine,
          transaction: true,
          one: (query, ...params) => tx.one(query, ...params),
          maybe: (query, ...params) => tx.maybe(query, ...params),
          all: (query, ...params) => tx.all(query, ...params),
          run: async (query, ...params) => (text.test(query.text) ? { rowsAffected: 1 } : tx.run(query, ...params)),
          runMany: async (query, params) => (text.test(query.text) ? params.length : tx.runMany(query, params)),
          oneEach: (query, params) => tx.oneEach(query, params),
        }),
      ),
  };
}

/** A database without transactions: each statement commits on its own. */
function withoutTransactions(real: Database): Database {
  return {
    ...without(real, /^never$/),
    transaction: (body) =>
      body({
        engine: real.engine,
        transaction: true,
        one: (query, ...params) => real.one(query, ...params),
        maybe: (query, ...params) => real.maybe(query, ...params),
        all: (query, ...params) => real.all(query, ...params),
        run: (query, ...params) => real.run(query, ...params),
        runMany: (query, params) => real.runMany(query, params),
        oneEach: (query, params) => real.transaction((tx) => tx.oneEach(query, params)),
      }),
  };
}

const planted: readonly (readonly [what: string, plant: Plant, red: string])[] = [
  ["no transactions", withoutTransactions, "Only a part was stored"],
  ["an answer that is not stored", (real) => without(real, /INTO idempotency_keys/), "resent, was answered"],
  ["a change without its entry in the audit log", (real) => without(real, /INTO audit_log/), "INTO audit_log"],
];

test.each(planted)(
  "fails on a planted bug: %s",
  async (_, plant, red) => {
    const plans = everyPoint(baselines.slice(0, 1)).filter(
      ({ faults }) => faults[0]?.failure === "other" && faults[0].when === "after",
    );
    const broken = await runPlans(plans, template, plant);
    expect(broken.join("\n")).toContain(red);
  },
  120_000,
);
