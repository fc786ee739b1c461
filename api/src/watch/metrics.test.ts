import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { type BothEngines, startBothEngines, startTimeoutMs } from "../both-engines.ts";
import { Exposition } from "./exposition.ts";
import { Histogram } from "./histogram.ts";
import { type Family, readExposition, sampleValue } from "./read-exposition.ts";
import { PathRequests } from "./requests.ts";

let both: BothEngines;

beforeAll(async () => {
  both = await startBothEngines({ metricsNetworks: ["192.0.2.0/24"], trustedProxies: ["127.0.0.2"] });
}, startTimeoutMs);

afterAll(() => both.stop());

async function scraped(url: string): Promise<ReadonlyMap<string, Family>> {
  const response = await fetch(`${url}/metrics`);
  expect([response.status, response.headers.get("content-type")]).toEqual([
    200,
    "text/plain; version=0.0.4; charset=utf-8",
  ]);
  expect(response.headers.get("x-request-id")).not.toBeNull();
  return readExposition(await response.text());
}

describe("GET /metrics", () => {
  test("counts requests by route, method and class of status, and how long they took", async () => {
    const customer = await both.call("POST", "/api/customers", { body: { company: "Watched" } });
    expect(customer.status).toBe(201);
    for (const path of ["/api/customers?limit=1", "/api/customers/?limit=2", "/api/customers?limit=x", "/nowhere"])
      await both.call("GET", path);
    await both.call("PATCH", "/api/customers");
    for (const { url } of both.servers) {
      const metrics = await scraped(url);
      const count = (labels: Readonly<Record<string, string>>) =>
        sampleValue(metrics, "northwind_http_request_duration_seconds_count", labels);
      expect(count({ route: "/api/customers", method: "GET", status: "2xx" })).toBe(2);
      expect(count({ route: "/api/customers", method: "GET", status: "4xx" })).toBe(1);
      expect(count({ route: "/api/customers", method: "POST", status: "2xx" })).toBe(1);
      expect(count({ route: "/api/customers", method: "other", status: "4xx" })).toBe(1);
      expect(count({ route: "none", method: "GET", status: "4xx" })).toBe(1);
      const sum = sampleValue(metrics, "northwind_http_request_duration_seconds_sum", { method: "POST" }) ?? 0;
      expect(sum).toBeGreaterThan(0);
      expect(sum).toBeLessThan(60);
    }
  });

  test("counts commits and batches of writes, and what waits", async () => {
    const order = { customer_id: 1, order_details: [] };
    const before = await Promise.all(both.servers.map(({ url }) => scraped(url)));
    await both.call("POST", "/api/orders", { body: order });
    for (const [index, { url }] of both.servers.entries()) {
      const metrics = await scraped(url);
      const grown = (name: string) =>
        (sampleValue(metrics, name) ?? 0) - (sampleValue(before[index] ?? new Map(), name) ?? 0);
      expect(grown("northwind_db_commits_total")).toBeGreaterThanOrEqual(1);
      expect(grown("northwind_write_batch_size_count")).toBe(1);
      for (const name of ["write_batch_waiting", "reports_waiting", "http_requests_refused_total"])
        expect([name, sampleValue(metrics, `northwind_${name}`)]).toEqual([name, 0]);
      expect(sampleValue(metrics, "northwind_http_requests_in_flight_limit")).toBe(1024);
      expect(sampleValue(metrics, "northwind_search_texts_unfolded")).toBe(0);
      expect(sampleValue(metrics, "northwind_feed_changes_unread")).toBeGreaterThanOrEqual(1);
      expect(sampleValue(metrics, "northwind_db_size_bytes", { part: "data" })).toBeGreaterThan(10_000);
      expect(sampleValue(metrics, "northwind_ready")).toBe(1);
      expect(sampleValue(metrics, "process_resident_memory_bytes")).toBeGreaterThan(10_000_000);
    }
  });

  test("has what only one engine has: shared commits on SQLite, connections on MariaDB", async () => {
    const [sqlite, mariadb] = await Promise.all(both.servers.map(({ url }) => scraped(url)));
    if (sqlite === undefined || mariadb === undefined) throw new Error("a server is missing");
    expect(sampleValue(sqlite, "northwind_build_info", { engine: "sqlite" })).toBe(1);
    expect(sampleValue(sqlite, "northwind_db_commit_writes_sum")).toBeGreaterThan(0);
    expect(sampleValue(sqlite, "northwind_db_connections")).toBeNull();
    expect(sampleValue(mariadb, "northwind_build_info", { engine: "mariadb" })).toBe(1);
    expect(sampleValue(mariadb, "northwind_db_connections_limit")).toBe(10);
    expect(sampleValue(mariadb, "northwind_db_connections", { state: "idle" })).toBeGreaterThan(0);
    expect(sampleValue(mariadb, "northwind_db_commit_writes_sum")).toBeNull();
  });

  test("counts answers of the cache, and reads that were shared", async () => {
    const [sqlite] = both.servers;
    if (sqlite === undefined) throw new Error("no server");
    const reads = async (from: string) =>
      sampleValue(await scraped(sqlite.url), "northwind_reads_total", { from }) ?? 0;
    const before = await reads("cache");
    for (let time = 0; time < 3; time += 1) await (await fetch(`${sqlite.url}/api/orders/1`)).arrayBuffer();
    expect((await reads("cache")) - before).toBe(2);
  });

  const readers: readonly (readonly [who: string, headers: Readonly<Record<string, string>>, status: number])[] = [
    ["this machine", {}, 200],
    ["somebody behind a proxy that is not trusted", { "x-forwarded-for": "203.0.113.7" }, 403],
    ["this machine through a proxy that is not trusted", { forwarded: "for=127.0.0.1" }, 403],
  ];
  test.each(readers)("%s", async (_who, headers, status) => {
    for (const { url } of both.servers) expect((await fetch(`${url}/metrics`, { headers })).status).toBe(status);
  });

  test("can only be read", async () => {
    expect((await both.call("POST", "/metrics")).status).toBe(405);
  });
});

test("a proxy that is trusted tells who asks: the listed networks and this machine may, nobody else", async () => {
  const behind = await startBothEngines({ metricsNetworks: ["192.0.2.0/24"], trustedProxies: ["127.0.0.1"] });
  try {
    for (const { url } of behind.servers)
      for (const [address, status] of [
        ...[["192.0.2.9", 200] as const, ["203.0.113.7", 403] as const],
        // A browser on this machine, through the pages: it is not Prometheus.
        ["127.0.0.1", 403] as const,
      ]) {
        const reply = await fetch(`${url}/metrics`, { headers: { "x-forwarded-for": address } });
        expect([address, reply.status]).toEqual([address, status]);
      }
  } finally {
    await behind.stop();
  }
});

test("texts in labels and explanations are escaped, and whatever Prometheus refuses is refused", () => {
  const to = new Exposition();
  const path = 'C:\\new "line"\nnext';
  to.add("gauge", "a", "first\nsecond \\", [[{ path }, 1]]);
  const family = readExposition(to.text).get("a");
  expect(family?.samples).toEqual([{ name: "a", labels: { path }, value: 1 }]);
  for (const wrong of ["a 1", "# TYPE a gauge\nb 1\n", "# TYPE a gauge\na 1\na 1\n", "# TYPE a gauge\na{b=1} 1\n"])
    expect(() => readExposition(wrong)).toThrow();
});

test("a histogram counts each value once, at the first bound that is not below it", () => {
  const sizes = new Histogram([1, 2, 4]);
  for (const value of [0.5, 1, 1.5, 4, 5, 100]) sizes.add(value);
  expect([...sizes.counts, sizes.sum]).toEqual([2, 1, 1, 2, 112]);
  const to = new Exposition();
  to.histograms("sizes", "Sizes.", [[{}, sizes]]);
  const families = readExposition(to.text);
  expect(sampleValue(families, "sizes_bucket", { le: "2" })).toBe(3);
  expect(sampleValue(families, "sizes_count")).toBe(6);
});

test("a status or a method that nobody knows is counted as well", () => {
  const path = new PathRequests("/");
  path.add("BREW", 418, 1);
  path.add("GET", 599, 1);
  expect(path.read().map(({ method, status }) => `${method} ${status}`)).toEqual(["GET 5xx", "other 4xx"]);
});
