// Row F12, the part of it that every `npm test` has time for: every wait of two requests fails in every way that does
// not take until the deadline of a request. And it is red where a promise is broken on purpose.
import { afterAll, beforeAll, expect, test } from "bun:test";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Database } from "sqlproof";
import { makeTemplate, type Plant, type Template } from "./every-await/harness.ts";
import { requests, type WriteRequest } from "./every-await/requests.ts";
import type { Course } from "./every-await/trial.ts";
import { Random } from "./load/random.ts";
import { carriedOut, coursesOf, everyPoint, type Plan, seededPlan } from "./rows/f12-every-await.ts";

const folder = mkdtempSync(join(tmpdir(), "every-await-"));
let template: Template;
let courses: [Course, ...Course[]];
beforeAll(async () => {
  template = await makeTemplate(folder);
  courses = await coursesOf([named("create order"), named("update order"), named("refused: in use")], folder, template);
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function named(name: string): WriteRequest {
  const request = requests.find((one) => one.name === name);
  if (request === undefined) throw new Error(`there is no request ${name}`);
  return request;
}

/** Silence outside of a transaction is noticed by the deadline of the request alone. */
function isQuick({ course, faults }: Plan): boolean {
  return faults.every(({ blow, point }) => {
    const name = course.points[point - 1] ?? "COMMIT done";
    return blow !== "hang" || !(point === 1 || name === "BEGIN" || name === "COMMIT done");
  });
}

test("no single fault at any wait leaves a part, a second effect, another answer or a writer that is not free", async () => {
  const [create, , refused] = courses;
  const plans = everyPoint(refused === undefined ? [create] : [create, refused]).filter(isQuick);
  expect(plans.length).toBeGreaterThan(100);
  expect(await carriedOut(plans, template)).toEqual([]);
}, 120_000);

test("no several of them either", async () => {
  const plans = Array.from({ length: 60 }, (_, seed) => seededPlan(courses, new Random(seed))).filter(isQuick);
  expect(await carriedOut(plans, template)).toEqual([]);
}, 120_000);

test("a seed gives the same faults again", () => {
  const told = (seed: number) => JSON.stringify(seededPlan(courses, new Random(seed)).faults);
  expect(told(7)).toBe(told(7));
  expect(new Set([1, 2, 3, 4].map(told)).size).toBe(4);
});

test("every route that writes is among the requests", () => {
  const listed = readFileSync(join(import.meta.dir, "../api/routes.txt"), "utf8").matchAll(
    /^(POST|PUT|DELETE)\s+(\S+)/gm,
  );
  const covered = new Set(requests.map(({ method, path }) => `${method} ${path.replace(/\d+$/, "{id}")}`));
  const routes = [...listed].map(([, method, path]) => `${method} ${path}`);
  expect(routes.length).toBeGreaterThan(10);
  expect(routes.filter((route) => !covered.has(route))).toEqual([]);
});

/** A database on which writes whose text matches are not done. */
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

/** A database whose transactions are none: each statement commits by itself. */
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
  ["transactions that are none", withoutTransactions, "A part is there and a part is not"],
  ["an answer that is not kept", (real) => without(real, /INTO idempotency_keys/), "sent again was answered"],
  ["a change without its entry in the audit log", (real) => without(real, /INTO audit_log/), "INTO audit_log"],
];

test.each(planted)(
  "red on a planted bug: %s",
  async (_, plant, red) => {
    const plans = everyPoint(courses.slice(0, 1)).filter(
      ({ faults }) => faults[0]?.blow === "other" && faults[0].when === "after",
    );
    const broken = await carriedOut(plans, template, plant);
    expect(broken.join("\n")).toContain(red);
  },
  120_000,
);
