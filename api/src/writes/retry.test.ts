// A write whose connection to MariaDB is lost during COMMIT, when the client cannot know whether it was committed.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { join } from "node:path";
import type { Database } from "sqlproof";
import { openMariadb } from "sqlproof/mariadb";
import { createMariadbDatabase, migrateMariadb } from "sqlproof/migrations";
import { type PrivateMariadb, startPrivateMariadb } from "sqlproof/private-mariadb";
import { type Cut, type CuttingProxy, startCuttingProxy } from "../../../sqlproof/test/cutting-proxy.ts";
import { startTimeoutMs } from "../both-engines.ts";
import { createLog } from "../http/log.ts";
import { type RunningServer, startServer } from "../http/server.ts";

let mariadb: PrivateMariadb;
let proxy: CuttingProxy;
let database: Database;
let server: RunningServer;
const lines: string[] = [];
const log = createLog("info", { sink: async (text) => lines.push(...text.trimEnd().split("\n")) });

beforeAll(async () => {
  mariadb = await startPrivateMariadb();
  const { host, port, user, password } = mariadb;
  const options = { host, port, user, password, database: "northwind" };
  await createMariadbDatabase(options);
  await migrateMariadb({ folder: join(import.meta.dir, "../../../schema/mariadb"), server: options });
  proxy = startCuttingProxy(port);
  database = await openMariadb({ ...options, port: proxy.port });
  server = startServer({ config: { port: 0, host: "127.0.0.1", corsOrigins: [] }, database, log });
}, startTimeoutMs);
afterAll(async () => {
  await server.stop();
  await database.close();
  proxy.stop();
  await mariadb.stop();
});

interface Reply {
  readonly status: number;
  readonly text: string;
  readonly headers: Headers;
}

async function call(method: string, path: string, body?: object, headers: Record<string, string> = {}): Promise<Reply> {
  const response = await fetch(server.url + path, {
    method,
    headers: { "content-type": "application/json", ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, text: await response.text(), headers: response.headers };
}

/** How many orders have this note. */
async function countOf(notes: string): Promise<number> {
  return (await call("GET", "/api/orders")).text.split(`"notes":${JSON.stringify(notes)}`).length - 1;
}

async function entriesOf(path: string): Promise<number> {
  return (await call("GET", `${path}/history`)).text.split('"sequence":').length - 1;
}

describe.each<Cut>(["before commit", "after commit"])("the connection to MariaDB is cut %s", (cut) => {
  test("POST 201 creates one order with one entry in its history", async () => {
    proxy.cutNext(cut);
    const { status, headers } = await call("POST", "/api/orders", { notes: `bare ${cut}` });
    expect([status, await countOf(`bare ${cut}`), await entriesOf(headers.get("location") ?? "")]).toEqual([201, 1, 1]);
  });

  test("POST 201 with a key creates one order, and the same key gets the same answer", async () => {
    proxy.cutNext(cut);
    const headers = { "idempotency-key": `key ${cut}` };
    const first = await call("POST", "/api/orders", { notes: `keyed ${cut}` }, headers);
    const again = await call("POST", "/api/orders", { notes: `keyed ${cut}` }, headers);
    expect([first.status, again.text, again.headers.get("idempotency-replayed")]).toEqual([201, first.text, "true"]);
    expect(await countOf(`keyed ${cut}`)).toBe(1);
  });

  test("PUT 200 with If-Match, not 412 because of its own first attempt", async () => {
    const path = (await call("POST", "/api/orders", {})).headers.get("location") ?? "";
    proxy.cutNext(cut);
    const { status, headers } = await call("PUT", path, { notes: "seen" }, { "if-match": '"0"' });
    expect([status, headers.get("etag"), await entriesOf(path)]).toEqual([200, '"1"', 2]);
  });

  test("DELETE 200, not 404 because of its own first attempt", async () => {
    const path = (await call("POST", "/api/orders", {})).headers.get("location") ?? "";
    proxy.cutNext(cut);
    expect([(await call("DELETE", path)).status, await entriesOf(path)]).toEqual([200, 2]);
  });

  test("a stored refusal is repeated: the same key gets the same 422", async () => {
    proxy.cutNext(cut);
    const headers = { "idempotency-key": `refused ${cut}` };
    const first = await call("POST", "/api/orders", { customer_id: 999 }, headers);
    const again = await call("POST", "/api/orders", { customer_id: 999 }, headers);
    expect([first.status, again.text]).toEqual([422, first.text]);
  });
});

test("503 outcome-unknown or timeout if MariaDB is lost during COMMIT and stays unreachable", async () => {
  const headers = { "idempotency-key": "in the dark" };
  proxy.cutNext("after commit", "all");
  const lost = await call("POST", "/api/orders", { notes: "who knows" }, headers);
  // The last lookup fails or the deadline ends it. Both errors ask the client to repeat the request with its key.
  expect([lost.status, lost.headers.get("retry-after")]).toEqual([503, "1"]);
  expect(["outcome-unknown", "timeout"]).toContain(JSON.parse(lost.text).code);
  proxy.mend();
  let again = await call("POST", "/api/orders", { notes: "who knows" }, headers);
  // After the deadline the last lookup may still be running.
  for (let tries = 1; again.status === 409 && tries < 20; tries += 1) {
    await Bun.sleep(500);
    again = await call("POST", "/api/orders", { notes: "who knows" }, headers);
  }
  expect([again.status, again.headers.get("idempotency-replayed"), await countOf("who knows")]).toEqual([
    201,
    "true",
    1,
  ]);
}, 30_000);

test("an outage is one line with its reason when it begins, and one with its length when it is over", async () => {
  const events = (name: string) => lines.filter((line) => line.includes(`"event":"${name}"`));
  proxy.cutNext("after commit", "all");
  await call("POST", "/api/orders", {});
  lines.length = 0;
  const statuses = await Promise.all(
    Array.from({ length: 20 }, async () => (await call("GET", "/api/orders/1")).status),
  );
  expect(new Set(statuses)).toEqual(new Set([503]));
  expect(events("failure").length).toBeLessThanOrEqual(1);
  expect(events("outage-over")).toEqual([]);
  proxy.mend();
  for (let tries = 0; events("outage-over").length === 0 && tries < 50; tries += 1) {
    await call("GET", "/api/orders?limit=1");
    await Bun.sleep(100);
  }
  expect(events("outage-over")).toHaveLength(1);
  expect(JSON.parse(events("outage-over")[0] ?? "{}")).toMatchObject({ level: "warn", failures: expect.any(Number) });
}, 30_000);
