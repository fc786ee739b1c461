import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openSqlite } from "sqlproof";
import { type BothEngines, startBothEngines, startTimeoutMs } from "../both-engines.ts";
import { LoadLimit } from "./load-limit.ts";
import { Readiness } from "./readiness.ts";

const anyRequest = new Request("http://localhost/");

/** So many requests that began so long ago and are still waiting. */
function waitFor(flight: LoadLimit, count: number, ageMs: number): void {
  for (let index = 0; index < count; index += 1)
    flight.begin({ request: anyRequest, startedAt: performance.now() - ageMs, expire: () => undefined });
}

describe("requests in flight", () => {
  test("as many as may be, counted or watched, and no more", () => {
    const flight = new LoadLimit(3);
    waitFor(flight, 2, 0);
    expect(flight.isFull(performance.now())).toBe(false);
    flight.enter();
    expect(flight.isFull(performance.now())).toBe(true);
    flight.leave();
    expect(flight.isFull(performance.now())).toBe(false);
    flight.close();
  });

  test("many that have waited for long are a queue; a few are not, nor are many young ones", async () => {
    for (const [count, ageMs, full] of [
      [64, 2000, false],
      [500, 10, false],
      [65, 2000, true],
    ] as const) {
      const flight = new LoadLimit();
      waitFor(flight, count, ageMs);
      await Bun.sleep(120);
      expect([count, ageMs, flight.isFull(performance.now())]).toEqual([count, ageMs, full]);
      flight.close();
    }
  });

  test("a turn of the event loop that does not end: full for the many that it serves, not for the first after a stall", () => {
    const flight = new LoadLimit();
    const end = performance.now() + 400;
    while (performance.now() < end) Math.hypot(1, 2);
    const answers = Array.from({ length: 65 }, () => flight.isFull(performance.now()));
    expect([answers.indexOf(true), answers.length]).toEqual([64, 65]);
    flight.close();
  });

  test("who is late is told so, and only who is late", async () => {
    const flight = new LoadLimit(100, 200);
    const late: string[] = [];
    const watch = (name: string, ageMs: number) => {
      const waiting = {
        request: anyRequest,
        startedAt: performance.now() - ageMs,
        expire: () => {
          late.push(name);
          flight.end(waiting);
        },
      };
      flight.begin(waiting);
    };
    for (let index = 0; index < 100; index += 1) watch(`old ${index}`, 300);
    watch("young", -60_000);
    await Bun.sleep(120);
    flight.close();
    expect([late.length, late.includes("young")]).toEqual([100, false]);
  });
});

describe("too many requests", () => {
  let api: BothEngines;
  beforeAll(async () => {
    api = await startBothEngines({ maxInFlight: 0 });
  }, startTimeoutMs);
  afterAll(() => api.stop());

  test("503 overloaded at once, with Retry-After, for reads and writes", async () => {
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

  test("200: health, liveness, readiness and the documents", async () => {
    for (const path of ["/api/health", "/livez", "/readyz", "/api/openapi.json"])
      expect([path, (await api.call("GET", path)).status]).toEqual([path, 200]);
  });

  test("the log has one line of a warning for each, and no failure", async () => {
    await api.call("GET", "/api/orders/2", { headers: { "x-request-id": "refused-2" } });
    await Bun.sleep(80);
    const lines = api.logs.filter((line) => line.includes("refused-2"));
    expect(lines).toHaveLength(2);
    for (const line of lines) expect(line).toContain('"level":"warn","event":"request"');
  });
});

describe("readiness", () => {
  test("no after a write found the disk full, yes again after one succeeded, a rehearsed one apart", async () => {
    const folder = mkdtempSync(join(tmpdir(), "northwind-ready-"));
    const database = openSqlite({ path: join(folder, "empty.db") });
    const readiness = new Readiness(database, undefined);
    expect(await readiness.why()).toBeNull();
    readiness.diskWasFull();
    expect(await readiness.why()).toStartWith("Read-only");
    readiness.written(new Request("http://localhost/api/orders?dry_run=1", { method: "POST" }));
    expect(await readiness.why()).toStartWith("Read-only");
    readiness.written(new Request("http://localhost/api/orders", { method: "POST" }));
    expect(await readiness.why()).toBeNull();
    readiness.draining = true;
    expect(await readiness.why()).toBe("The server is stopping.");
    await database.close();
    rmSync(folder, { recursive: true, force: true });
  });
});
