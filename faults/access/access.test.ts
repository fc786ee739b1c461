// A short run of row I11, and proof that it would notice an entry.
import { afterAll, beforeAll, expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type System, startSystem } from "../system/system.ts";
import { faultOf, fuzz, readRoutes } from "./check.ts";
import type { Secrets } from "./odd-headers.ts";
import { prepare } from "./scene.ts";

const seed = Number(process.env.SEED ?? Date.now() % 2_147_483_647);
console.log(`odd headers: SEED=${seed}`);
const folder = mkdtempSync(join(tmpdir(), "odd-headers-"));
let system: System;
let secrets: Secrets;
beforeAll(async () => {
  system = await startSystem({ engine: "sqlite", folder, seed, settings: ["--log-level", "warn"] });
  secrets = await prepare(system.url);
}, 60_000);
afterAll(async () => {
  await system.stop();
  rmSync(folder, { recursive: true, force: true });
});

test("3,000 requests with odd cookies and headers: no error of the server, and no entry", async () => {
  const { broken, statuses } = await fuzz({ url: system.url, secrets, requests: 3000, seed });
  expect(broken).toEqual([]);
  // Most are refused for being nobody, not for being no HTTP.
  expect(statuses.get(401) ?? 0).toBeGreaterThan(1000);
});

test("the same seed sends the same requests", async () => {
  const run = async (given: number) => {
    const { statuses, cut } = await fuzz({ url: system.url, secrets, requests: 500, seed: given });
    return [...statuses].toSorted(([a], [b]) => a - b).concat([[0, cut]]);
  };
  expect(await run(seed)).toEqual(await run(seed));
});

test.each([
  [false, { status: 401, body: '{"code":"unauthenticated"}' }, null],
  [false, { status: 404, body: '{"code":"not-found"}' }, "an entry (404 not-found)"],
  [false, { status: 403, body: '{"code":"forbidden"}' }, "an entry (403 forbidden)"],
  [false, { status: 200, body: '{"data":[]}' }, "an entry (200 )"],
  [false, { status: 500, body: "" }, "500 "],
  [false, null, "no answer"],
  [true, { status: 503, body: "" }, "503 "],
  [true, { status: 200, body: "" }, null],
])("public %p, answer %p: %p", (isPublic, answer, fault) => expect(faultOf({ isPublic }, [], answer)).toBe(fault));

test("asks every route of the document", () => {
  const routes = readRoutes();
  expect(routes.length).toBeGreaterThan(80);
  expect(routes.filter(({ isPublic }) => isPublic).length).toBeLessThan(routes.length / 4);
});

// The last one: among the routes that are let in is the one that signs out.
test("notices a good session and a good token among them", async () => {
  const { broken } = await fuzz({ url: system.url, secrets, requests: 1000, seed, plantEvery: 20 });
  expect(broken.join("\n")).toMatch(/an entry .*Cookie: a=b; northwind=/);
  expect(broken.join("\n")).toMatch(/an entry .*Authorization: Bearer nwo_/);
});
