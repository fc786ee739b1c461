import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openSqlite } from "sqlproof";
import { type BothEngines, startBothEngines, startTimeoutMs } from "../both-engines.ts";
import { LoadLimit } from "./load-limit.ts";
import { Readiness } from "./readiness.ts";

const anyRequest = new Request("http://localhost/");

/** Adds `count` requests that have already waited for `ageMs`. */
function addWaiting(loadLimit: LoadLimit, count: number, ageMs: number): void {
  for (let index = 0; index < count; index += 1)
    loadLimit.begin({ request: anyRequest, startedAt: performance.now() - ageMs, expire: () => undefined });
}

describe("LoadLimit", () => {
  test("limits the number of requests, both counted and watched ones", () => {
    const loadLimit = new LoadLimit(3);
    addWaiting(loadLimit, 2, 0);
    expect(loadLimit.isFull(performance.now())).toBe(false);
    loadLimit.enter();
    expect(loadLimit.isFull(performance.now())).toBe(true);
    loadLimit.leave();
    expect(loadLimit.isFull(performance.now())).toBe(false);
    loadLimit.close();
  });

  test("is full when many requests have waited long, but not when a few have or many have just arrived", async () => {
    for (const [count, ageMs, full] of [
      [64, 2000, false],
      [500, 10, false],
      [65, 2000, true],
    ] as const) {
      const loadLimit = new LoadLimit();
      addWaiting(loadLimit, count, ageMs);
      await Bun.sleep(120);
      expect([count, ageMs, loadLimit.isFull(performance.now())]).toEqual([count, ageMs, full]);
      loadLimit.close();
    }
  });

  test("is full when one turn of the event loop serves many requests, but not for the first ones after a stall", () => {
    const loadLimit = new LoadLimit();
    const end = performance.now() + 400;
    while (performance.now() < end) Math.hypot(1, 2);
    const answers = Array.from({ length: 65 }, () => loadLimit.isFull(performance.now()));
    expect([answers.indexOf(true), answers.length]).toEqual([64, 65]);
    loadLimit.close();
  });

  test("expires late requests only", async () => {
    const loadLimit = new LoadLimit(100, 200);
    const late: string[] = [];
    const watch = (name: string, ageMs: number) => {
      const waiting = {
        request: anyRequest,
        startedAt: performance.now() - ageMs,
        expire: () => {
          late.push(name);
          loadLimit.end(waiting);
        },
      };
      loadLimit.begin(waiting);
    };
    for (let index = 0; index < 100; index += 1) watch(`old ${index}`, 300);
    watch("young", -60_000);
    await Bun.sleep(120);
    loadLimit.close();
    expect([late.length, late.includes("young")]).toEqual([100, false]);
  });
});

describe("too many requests", () => {
  let api: BothEngines;
  beforeAll(async () => {
    api = await startBothEngines({ maxInFlight: 0 });
  }, startTimeoutMs);
  afterAll(() => api.stop());

  test("503: reads and writes are refused at once, with Retry-After", async () => {
    for (const [method, path] of [
      ["GET", "/api/orders/1"],
      ["GET", "/api/orders"],
      ["POST", "/api/customers"],
    ] as const) {
      const body = method === "POST" ? { body: { company: "x" } } : {};
      const reply = await api.call(method, path, body);
      expect([path, reply.status, reply.body.code, reply.headers.get("retry-after")]).toEqual([
        path,
        503,
        "overloaded",
        "1",
      ]);
    }
  });

  test("200: health, liveness, readiness and the API document are still served", async () => {
    for (const path of ["/api/health", "/livez", "/readyz", "/api/openapi.json"])
      expect([path, (await api.call("GET", path)).status]).toEqual([path, 200]);
  });

  test("the log has one warning per refused request and no failure", async () => {
    await api.call("GET", "/api/orders/2", { headers: { "x-request-id": "refused-2" } });
    await Bun.sleep(80);
    const lines = api.logs.filter((line) => line.includes("refused-2"));
    expect(lines).toHaveLength(2);
    for (const line of lines) expect(line).toContain('"level":"warn","event":"request"');
  });
});

describe("readiness", () => {
  test("ends when a write finds the disk full, and returns when a real write succeeds", async () => {
    const folder = mkdtempSync(join(tmpdir(), "northwind-ready-"));
    const database = openSqlite({ path: join(folder, "empty.db") });
    const readiness = new Readiness(database, undefined);
    expect(await readiness.reasonNotReady()).toBeNull();
    readiness.diskWasFull();
    expect(await readiness.reasonNotReady()).toStartWith("Read-only");
    readiness.written(new Request("http://localhost/api/orders?dry_run=1", { method: "POST" }));
    expect(await readiness.reasonNotReady()).toStartWith("Read-only");
    readiness.written(new Request("http://localhost/api/orders", { method: "POST" }));
    expect(await readiness.reasonNotReady()).toBeNull();
    readiness.draining = true;
    expect(await readiness.reasonNotReady()).toBe("The server is stopping.");
    await database.close();
    rmSync(folder, { recursive: true, force: true });
  });
});
