import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openSqlite } from "sqlproof";
import { type BothEngines, startBothEngines, startTimeoutMs } from "../both-engines.ts";
import { createLog } from "../http/log.ts";
import { startServer } from "../http/server.ts";

let api: BothEngines;
beforeAll(async () => {
  api = await startBothEngines();
}, startTimeoutMs);
afterAll(() => api.stop());

describe("health", () => {
  test("GET /api/health 200: both paths of the original API, with and without a trailing slash", async () => {
    for (const path of ["/api/health", "/api/health/", "/api/orders/health", "/api/orders/health/"]) {
      const { status, body } = await api.call("GET", path);
      expect(status).toBe(200);
      expect(body).toEqual({ success: true, message: "Northwind Orders API is running", data: "OK" });
    }
  });

  test("GET /livez and /readyz 200", async () => {
    expect((await api.call("GET", "/livez")).status).toBe(200);
    expect((await api.call("GET", "/readyz")).status).toBe(200);
  });
});

/** Runs `work` with a separate server on SQLite, which may be damaged. */
async function withServer(
  notReady: (() => Promise<string | null>) | undefined,
  work: (server: ReturnType<typeof startServer>, database: ReturnType<typeof openSqlite>) => Promise<void>,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "northwind-health-"));
  const database = openSqlite({ path: join(folder, "empty.db") });
  const config = { port: 0, host: "127.0.0.1", corsOrigins: [], stopTimeoutMs: 1000 };
  const server = startServer({
    config,
    database,
    log: createLog("off"),
    ...(notReady === undefined ? {} : { notReady }),
  });
  try {
    await work(server, database);
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

describe("not ready", () => {
  test("GET /readyz 503 with Retry-After if migrations are missing", async () => {
    await withServer(
      async () => "The database is not migrated.",
      async ({ url }) => {
        const reply = await fetch(`${url}/readyz`);
        expect([reply.status, reply.headers.get("retry-after")]).toEqual([503, "5"]);
        expect(await reply.json()).toMatchObject({ code: "draining", message: "The database is not migrated." });
      },
    );
  });

  test("GET /api/orders/1 500: an internal error reveals nothing about the database", async () => {
    await withServer(undefined, async ({ url }) => {
      const reply = await fetch(`${url}/api/orders/1`);
      const body = await reply.text();
      expect(reply.status).toBe(500);
      expect(body).toContain('"code":"internal"');
      expect(body).not.toMatch(/orders|sqlite|SELECT|no such/i);
    });
  });
});

describe("stop", () => {
  test("a request in flight is finished, a new connection is refused", async () => {
    let release = (): void => undefined;
    const held = new Promise<null>((resolve) => {
      release = () => resolve(null);
    });
    await withServer(
      () => held,
      async ({ url, stop }) => {
        const inFlight = fetch(`${url}/readyz`);
        await Bun.sleep(50);
        const stopped = stop();
        await Bun.sleep(20);
        await expect(fetch(`${url}/livez`)).rejects.toThrow();
        release();
        expect((await inFlight).status).toBe(200);
        await stopped;
      },
    );
  });

  test("a request that never ends is cut after the time limit", async () => {
    await withServer(
      () => new Promise(() => undefined),
      async ({ url, stop }) => {
        const inFlight = fetch(`${url}/readyz`).catch(() => "cut");
        await Bun.sleep(50);
        const startedAt = performance.now();
        await stop();
        expect(performance.now() - startedAt).toBeLessThan(3000);
        expect(await inFlight).toBe("cut");
      },
    );
  });
});
