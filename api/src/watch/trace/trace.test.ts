// Traces, with the program as an operator starts it and a real collector, on both engines.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type PrivateMariadb, startPrivateMariadb } from "sqlproof/private-mariadb";
import { Program } from "../../../../test/program.ts";
import { Collector } from "./collector.ts";
import { inSpan } from "./context.ts";
import { tracedFetch } from "./outgoing.ts";
import type { Span } from "./span.ts";
import { readTraceparent, writeTraceparent } from "./traceparent.ts";
import { Tracer } from "./tracer.ts";

const root = join(import.meta.dir, "..", "..", "..", "..");
const folder = mkdtempSync(join(tmpdir(), "northwind-trace-"));
const secret = "hunter2-nobody-sees-this";
let mariadb: PrivateMariadb;

beforeAll(async () => {
  mariadb = await startPrivateMariadb();
}, 60_000);

afterAll(async () => {
  await mariadb.stop();
  rmSync(folder, { recursive: true, force: true });
});

interface Started {
  readonly program: Program;
  readonly url: string;
  readonly collector: Collector;
}

/** Runs the program with a collector, and ends both. */
async function withProgram(
  engine: string,
  options: readonly string[],
  work: (started: Started) => Promise<void>,
): Promise<void> {
  const collector = new Collector();
  const database = engine === "sqlite" ? `sqlite:${join(folder, "northwind.db")}` : mariadb.url("northwind");
  const own = ["--port", "0", "--notice-ms", "0", "--database", database, "--otlp-endpoint", collector.url, ...options];
  const program = new Program(process.execPath, ["api/src/main.ts", ...own], root, {
    OTEL_EXPORTER_OTLP_HEADERS: "authorization=Bearer%20abc,x-tenant=north",
  });
  try {
    await work({ program, collector, url: await program.until(/^API\s+(http:\/\/\S+)/m) });
    expect(collector.faults).toEqual([]);
  } finally {
    program.signalGroup("SIGKILL");
    await collector.stop();
  }
}

const callerTrace = "0af7651916cd43dd8448eb211c80319c";
const callerSpan = "b7ad6b7169203331";

describe.each(["sqlite", "mariadb"])("on %s", (engine) => {
  test("a traced write has spans down to its statements and its commit, without any value", async () => {
    await withProgram(engine, ["--trace-sample", "0"], async ({ url, collector, program }) => {
      const traceparent = `00-${callerTrace}-${callerSpan}-01`;
      const reply = await fetch(`${url}/api/orders`, {
        method: "POST",
        headers: { "content-type": "application/json", traceparent, tracestate: "vendor=1" },
        body: JSON.stringify({ customer_id: 4, notes: secret, order_details: [{ product_id: 34, quantity: 2 }] }),
      });
      expect(reply.status).toBe(201);
      const request = await collector.span(({ kind }) => kind === 2);
      expect(request).toMatchObject({
        ...{ name: "POST /api/orders", traceId: callerTrace, parentSpanId: callerSpan, isError: false },
        attributes: {
          "http.request.method": "POST",
          "http.route": "/api/orders",
          "http.response.status_code": 201,
          "northwind.request_id": reply.headers.get("x-request-id"),
        },
      });
      expect(reply.headers.get("traceresponse")).toBe(`00-${callerTrace}-${request.spanId}-01`);
      const transaction = await collector.span(({ name }) => name === "transaction");
      expect(transaction.parentSpanId).toBe(request.spanId);
      const steps = collector.within(transaction);
      expect(steps.map(({ name }) => name)).toEqual(expect.arrayContaining(["INSERT orders", "COMMIT"]));
      const insert = steps.find(({ name }) => name === "INSERT orders");
      expect(insert?.attributes).toMatchObject({ "db.system.name": engine, "db.collection.name": "orders" });
      expect(String(insert?.attributes["db.query.text"])).toMatch(/^INSERT INTO orders .*\?/);
      for (const span of steps) {
        expect(span.traceId).toBe(callerTrace);
        expect(span.startNs).toBeGreaterThanOrEqual(transaction.startNs);
        expect(span.endNs).toBeLessThanOrEqual(transaction.endNs);
      }
      const ageMs = Date.now() - Number(request.endNs / 1_000_000n);
      expect(Math.abs(ageMs)).toBeLessThan(60_000);
      expect(
        JSON.stringify(collector.spans, (_, value) => (typeof value === "bigint" ? `${value}` : value)),
      ).not.toContain(secret);
      expect(collector.resources[0]).toMatchObject({ "service.name": "northwind" });
      expect(collector.headers[0]?.get("authorization")).toBe("Bearer abc");
      // The log has the trace of each request, traced or not.
      await program.until(new RegExp(`"trace_id":"${callerTrace}","method":"POST"`));
    });
  }, 60_000);

  test("the caller decides; without one the share does, and a request that is not traced leaves nothing", async () => {
    await withProgram(engine, ["--trace-sample", "0"], async ({ url, collector, program }) => {
      const silent = await fetch(`${url}/api/orders/1`, {
        headers: { traceparent: `00-${callerTrace}-${callerSpan}-00` },
      });
      expect(silent.headers.get("traceresponse")).toBeNull();
      await fetch(`${url}/api/orders/2`);
      await fetch(`${url}/api/orders/3`, { headers: { traceparent: `00-${callerTrace}-${callerSpan}-01` } });
      await collector.span(({ name }) => name === "GET /api/orders/{id}");
      expect(collector.spans.filter(({ kind }) => kind === 2)).toHaveLength(1);
      program.signal("SIGTERM");
      expect((await program.ended).code).toBe(0);
      expect(collector.spans.filter(({ kind }) => kind === 2)).toHaveLength(1);
    });
  }, 60_000);

  test("requests of one batch share a statement, which belongs to one trace and links to the others", async () => {
    await withProgram(engine, ["--trace-sample", "1"], async ({ url, collector, program }) => {
      const bodies = Array.from({ length: 40 }, (_, number) => number + 1);
      await Promise.all(bodies.map(async (id) => (await fetch(`${url}/api/orders/${id}`)).arrayBuffer()));
      program.signal("SIGTERM");
      expect((await program.ended).code).toBe(0);
      const requests = collector.spans.filter(({ name }) => name === "GET /api/orders/{id}");
      expect(requests).toHaveLength(40);
      expect(new Set(requests.map(({ traceId }) => traceId)).size).toBe(40);
      const reads = collector.spans.filter(({ name }) => name === "SELECT orders");
      const served = new Set(
        reads.flatMap(({ traceId, parentSpanId, links }) => [`${traceId}-${parentSpanId}`, ...links]),
      );
      // Each request is served by one of the statements, and no statement belongs to a request twice.
      for (const { traceId, spanId } of requests) expect(served).toContain(`${traceId}-${spanId}`);
    });
  }, 60_000);
});

describe("the exporter", () => {
  test("a collector that is away, refuses or never answers neither fails nor delays a request", async () => {
    await withProgram("sqlite", ["--trace-sample", "1"], async ({ url, collector, program }) => {
      const ask = async () => {
        const begin = performance.now();
        expect((await fetch(`${url}/api/orders/1`)).status).toBe(200);
        return performance.now() - begin;
      };
      collector.refusing = 503;
      await ask();
      await program.until(/"code":"traces-not-exported","reason":"the collector answers 503"/);
      collector.refusing = null;
      // What was refused is sent again.
      await collector.span(({ name }) => name === "GET /api/orders/{id}");
      await program.until(/"event":"outage-over","code":"traces-not-exported"/);
      collector.isSilent = true;
      for (let count = 0; count < 200; count += 1) expect(await ask()).toBeLessThan(4000);
      program.signal("SIGTERM");
      // It waits for the silent collector only for a moment.
      expect((await program.ended).code).toBe(0);
    });
  }, 60_000);
});

test("whoever is asked on behalf of a traced request gets its trace, and nothing of the path is told", async () => {
  const got: Headers[] = [];
  const asked = Bun.serve({
    port: 0,
    fetch: ({ headers }) => {
      got.push(headers);
      return new Response("yes");
    },
  });
  const spans: Span[] = [];
  const tracer = new Tracer({ share: 1, engine: "sqlite", take: (span) => spans.push(span) });
  const { span, traceId } = tracer.begin(new Request("http://a"), "GET", "/", performance.now());
  const url = `http://127.0.0.1:${asked.port}/token?code=${secret}`;
  try {
    await inSpan(span, () => tracedFetch(url, { method: "POST" }));
    await tracedFetch(url, {});
    expect(got.map((headers) => headers.get("traceparent"))).toEqual([`00-${traceId}-${spans[0]?.id}-01`, null]);
    expect(spans.map(({ options: { name, type, parentId } }) => [name, type, parentId])).toEqual([
      [`POST 127.0.0.1:${asked.port}`, "client", span?.id ?? ""],
    ]);
  } finally {
    await asked.stop(true);
  }
});

describe("traceparent", () => {
  const good = `00-${callerTrace}-${callerSpan}-01`;
  const cases: readonly (readonly [header: string | null, isRead: boolean])[] = [
    [good, true],
    [`00-${callerTrace}-${callerSpan}-00`, true],
    [`cc-${callerTrace}-${callerSpan}-01-what-the-future-will-be-like`, true],
    [`00-${callerTrace}-${callerSpan}-01-more`, false],
    [`ff-${callerTrace}-${callerSpan}-01`, false],
    [`00-${"0".repeat(32)}-${callerSpan}-01`, false],
    [`00-${callerTrace}-${"0".repeat(16)}-01`, false],
    [good.toUpperCase(), false],
    ["00-abc-def-01", false],
    ["", false],
    [null, false],
  ];
  test.each(cases)("%s", (header, isRead) => expect(readTraceparent(header) !== null).toBe(isRead));

  test("is written as it is read", () => {
    const read = readTraceparent(good);
    expect(read === null ? null : writeTraceparent(read)).toBe(good);
  });
});
