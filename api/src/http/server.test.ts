import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { connect } from "node:net";
import { type BothEngines, type Reply, startBothEngines, startTimeoutMs } from "../both-engines.ts";

let api: BothEngines;
beforeAll(async () => {
  api = await startBothEngines({ corsOrigins: ["https://shop.example"], hostNames: ["orders.example"] });
}, startTimeoutMs);
afterAll(() => api.stop());

const outcome = ({ status, body }: Reply) => `${status} ${body.code ?? ""}`.trim();
const json = { "content-type": "application/json" };

/** Invalid bodies and the error that every route answers with. */
const badBodies: [name: string, body: string | Uint8Array, outcome: string][] = [
  ["no body", "", "400 malformed-json"],
  ["not JSON", "{", "400 malformed-json"],
  ["bad UTF-8", Uint8Array.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]), "400 malformed-json"],
  ["duplicate key", '{"notes":"a","notes":"a"}', "400 malformed-json"],
  ["trailing text", "{} {}", "400 malformed-json"],
  ["17 levels", `{"notes":${"[".repeat(16)}${"]".repeat(16)}}`, "400 malformed-json"],
  ["201 keys", `{${Array.from({ length: 201 }, (_, n) => `"k${n}":1`).join(",")}}`, "400 malformed-json"],
  ["not an object", "[]", "422 type"],
  ["null", "null", "422 type"],
  ["unknown field", '{"foo":1}', "422 unknown-field"],
  ["__proto__", '{"__proto__":{"notes":"x"}}', "422 unknown-field"],
  ["constructor", '{"constructor":1}', "422 unknown-field"],
  ["read-only field", '{"id":1}', "422 read-only"],
  ["number for text", '{"ship_name":0}', "422 type"],
  ["false for text", '{"ship_name":false}', "422 type"],
  ["object for text", '{"ship_name":{}}', "422 type"],
  ["text for id", '{"customer_id":"1"}', "422 type"],
  ["1.0 for id", '{"customer_id":1.0}', "422 type"],
  ["1e0 for id", '{"customer_id":1e0}', "422 type"],
  ["true for id", '{"customer_id":true}', "422 type"],
  ["id 0", '{"customer_id":0}', "422 range"],
  ["id beyond its column", '{"customer_id":2147483648}', "422 range"],
  ["id beyond 2^63", '{"customer_id":99999999999999999999}', "422 range"],
  ["amount true", '{"taxes":true}', "422 type"],
  ["amount NaN", '{"taxes":"NaN"}', "422 decimal-format"],
  ["amount Infinity", '{"taxes":"Infinity"}', "422 decimal-format"],
  ["amount 1e3 as text", '{"taxes":"1e3"}', "422 decimal-format"],
  ["amount 1e99 as number", '{"taxes":1e99}', "422 range"],
  ["amount 1e999 as number", '{"taxes":1e999}', "422 decimal-format"],
  ["amount with plus", '{"taxes":"+1"}', "422 decimal-format"],
  ["amount with space", '{"taxes":" 1"}', "422 decimal-format"],
  ["amount in full-width digits", '{"taxes":"１"}', "422 decimal-format"],
  ["amount -0.0000", '{"taxes":"-0.0000"}', "422 decimal-format"],
  ["amount of 5 decimals as text", '{"taxes":"1.00005"}', "422 scale"],
  ["amount of 5 decimals as number", '{"taxes":1.00005}', "422 scale"],
  ["amount too large", '{"taxes":"922337203685477.5808"}', "422 range"],
  ["amount no double holds", '{"taxes":922337203685477.5807}', "422 decimal-format"],
  ["amount below zero", '{"taxes":"-1"}', "422 range"],
  ["rate above one", '{"tax_rate":"1.0001"}', "422 range"],
  ["NUL", '{"ship_name":"a\\u0000"}', "422 text"],
  ["escape character", '{"ship_name":"\\u001b[31m"}', "422 text"],
  ["line break in one line", '{"ship_name":"a\\nb"}', "422 text"],
  ["one space", '{"ship_name":" "}', "422 text"],
  ["only invisible characters", '{"ship_name":"\\u00a0\\u200b\\ufeff\\u3164\\u2800"}', "422 text"],
  ["lone surrogate", '{"ship_name":"\\ud800"}', "422 text"],
  ["bidi override", '{"ship_name":"\\u202egnp.exe"}', "422 text"],
  ["too long", `{"ship_name":"${"x".repeat(51)}"}`, "422 text"],
  ["date with zone", '{"order_date":"2024-01-15T10:30:00Z"}', "422 date-format"],
  ["day only", '{"order_date":"2024-01-15"}', "422 date-format"],
  ["29 February 2023", '{"order_date":"2023-02-29T00:00:00"}', "422 date-format"],
  ["24 o'clock", '{"order_date":"2024-01-15T24:00:00"}', "422 date-format"],
  ["before 1900", '{"order_date":"1899-12-31T23:59:59"}', "422 range"],
];

describe("POST /api/orders refuses", () => {
  for (const [name, body, expected] of badBodies)
    test(`${expected}: ${name}`, async () => {
      const reply = await api.call("POST", "/api/orders", { body, headers: json });
      expect(outcome(reply)).toBe(expected);
      expect(reply.headers.get("content-type")).toBe("application/problem+json");
    });

  test("422: an error lists at most fifty issues", async () => {
    const body = `{${Array.from({ length: 100 }, (_, n) => `"k${n}":1`).join(",")}}`;
    const reply = await api.call("POST", "/api/orders", { body, headers: json });
    expect([reply.status, reply.body.errors?.length]).toEqual([422, 50]);
  });

  test("415: a missing, wrong or compressed content type", async () => {
    const types = [
      "text/plain",
      "application/x-www-form-urlencoded",
      "application/json; charset=latin1",
      "application/jsonx",
    ];
    for (const type of types) {
      const reply = await api.call("POST", "/api/orders", { body: "{}", headers: { "content-type": type } });
      expect([type, outcome(reply)]).toEqual([type, "415 unsupported-media-type"]);
    }
    const packed = await api.call("POST", "/api/orders", {
      body: "{}",
      headers: { ...json, "content-encoding": "gzip" },
    });
    expect(outcome(packed)).toBe("415 unsupported-media-type");
    const utf8 = { "content-type": 'application/json; charset="UTF-8"' };
    expect((await api.call("POST", "/api/customers", { body: '{"company":"x"}', headers: utf8 })).status).toBe(201);
  });

  test("413: a body over 256 KB, with a regular error body", async () => {
    const reply = await api.call("POST", "/api/orders", { body: `"${"x".repeat(256 * 1024)}"`, headers: json });
    expect([outcome(reply), reply.body.success]).toEqual(["413 too-large", false]);
  });
});

describe("a refusal reaches a client that sends its whole body before it reads, and wants the connection closed", () => {
  const content = Buffer.alloc(512 * 1024, "x");
  const large = `Content-Type: application/json\r\nContent-Length: ${content.length}`;
  const chunked = "Content-Type: application/json\r\nTransfer-Encoding: chunked";
  const refused: [name: string, path: string, head: string, status: string][] = [
    ["413: a body over 256 KB", "/api/orders", large, "413"],
    ["413: a body of unknown length", "/api/orders", chunked, "413"],
    ["415: a body that is no JSON", "/api/orders", large.replace("json", "xml"), "415"],
    ["404: an unknown path", "/api/nothing", large, "404"],
    ["405: a path that cannot be written", "/api/docs", large, "405"],
  ];
  test.each(refused)("%s", async (_name, path, head, status) => {
    const port = api.servers[0]?.port ?? 0;
    const body = head === chunked ? [`${content.length.toString(16)}\r\n`, content, "\r\n0\r\n\r\n"] : [content];
    const start = `POST ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n${head}\r\n\r\n`;
    const answers = await Promise.all(Array.from({ length: 100 }, () => answerAfter(port, [start, ...body])));
    // On a busy machine the load limit refuses some of them, which must be told as well.
    expect(answers.filter((answer) => answer !== status && answer !== "503")).toEqual([]);
    expect(answers).toContain(status);
  });
});

describe("every route", () => {
  test("404: an unknown path", async () => {
    for (const path of ["/", "/api", "/api/nothing", "/api//orders", "/api/orders/1/2", "/API/ORDERS"])
      expect([path, outcome(await api.call("GET", path))]).toEqual([path, "404 not-found"]);
  });

  test("405: an unsupported method, with the supported ones in Allow", async () => {
    const reply = await api.call("PATCH", "/api/orders/1", { body: {} });
    expect([outcome(reply), reply.headers.get("allow")]).toEqual(["405 method", "GET, PUT, DELETE, HEAD, OPTIONS"]);
    expect(outcome(await api.call("DELETE", "/api/orders"))).toBe("405 method");
  });

  test("405: TRACE", async () => {
    for (const { port } of api.servers)
      expect(await raw(port, "TRACE /api/orders HTTP/1.1\r\nHost: localhost\r\n")).toStartWith("HTTP/1.1 405");
  });

  test("421: a Host that is no name of this server, so that no foreign page reads anything", async () => {
    const asked = (host: string) => api.call("GET", "/api/customers", { headers: { host } });
    for (const host of ["evil.example", "evil.example:8000", "localhost.evil.example", "10.0.0.7", "0.0.0.0:8000"])
      expect([host, outcome(await asked(host))]).toEqual([host, "421 misdirected"]);
    for (const host of ["localhost", "LOCALHOST:80", "localhost.:1", "127.0.0.1:8000", "127.8.9.10", "[::1]:8000"])
      expect([host, (await asked(host)).status]).toEqual([host, 200]);
    for (const host of ["orders.example", "Orders.Example:443"])
      expect([host, (await asked(host)).status]).toEqual([host, 200]);
    const { body } = await asked("evil.example:8000");
    expect(body.message).toBe(
      "This server does not go by the name evil.example: use localhost, or start it with --host-names evil.example.",
    );
    for (const path of ["/api/docs", "/livez", "/api/nothing"])
      expect([path, (await api.call("GET", path, { headers: { host: "evil.example" } })).status]).toEqual([path, 421]);
  });

  test("200: HTTP/1.0 without a Host, as some load balancers check", async () => {
    for (const { port } of api.servers)
      expect(await raw(port, "GET /livez HTTP/1.0\r\n")).toMatch(/^HTTP\/1\.[01] 200/);
  });

  test("200: HEAD is GET without the body; OPTIONS names the methods", async () => {
    const head = await api.call("HEAD", "/api/orders");
    expect([head.status, head.text, head.headers.get("content-type")]).toEqual([200, "", "application/json"]);
    const options = await api.call("OPTIONS", "/api/orders");
    expect([options.status, options.headers.get("allow")]).toEqual([204, "GET, POST, HEAD, OPTIONS"]);
  });

  test("406: a client that does not accept JSON; wildcards accept it", async () => {
    for (const accept of ["text/html", "application/xml, text/*", "application/json;q=0"])
      expect([accept, outcome(await api.call("GET", "/api/orders", { headers: { accept } }))]).toEqual([
        accept,
        "406 not-acceptable",
      ]);
    for (const accept of [
      "*/*",
      "application/*",
      "text/html, application/json;q=0.5",
      "Application/JSON",
      "text/html, */*;q=0.1",
    ])
      expect([accept, outcome(await api.call("GET", "/api/orders", { headers: { accept } }))]).toEqual([accept, "200"]);
  });

  test("414: a URL over 8 KB", async () => {
    expect(outcome(await api.call("GET", `/api/orders?q=${"x".repeat(8192)}`))).toBe("414 too-large");
  });

  test("an error has the members of RFC 9457 and of the envelope, and reveals nothing internal", async () => {
    const { body, headers } = await api.call("GET", "/api/orders/999999");
    expect(body).toEqual({
      success: false,
      message: "There is no such order.",
      data: null,
      type: "urn:northwind:problem:not-found",
      title: "There is no such resource",
      status: 404,
      detail: "There is no such order.",
      instance: `urn:northwind:request:${headers.get("x-request-id")}`,
      code: "not-found",
      errors: [],
      request_id: headers.get("x-request-id"),
    });
  });

  test("every request has an id of the server; a valid X-Request-Id is returned beside it, an invalid one is not", async () => {
    const own = /^[0-9a-f-]{13}-[0-9a-z]+$/;
    const sent = async (id: string) => {
      const { headers } = await api.call("GET", "/api/health", { headers: { "x-request-id": id } });
      expect(headers.get("x-request-id")).toMatch(own);
      return headers.get("x-client-request-id");
    };
    expect(await sent("abc-123.x:y_Z")).toBe("abc-123.x:y_Z");
    for (const id of ["a b", "x".repeat(65), '"}{"', "é"]) expect(await sent(id)).toBeNull();
    const refused = await api.call("GET", "/api/nothing", { headers: { "x-request-id": "mine" } });
    expect(refused.body.request_id).toMatch(own);
    expect(refused.body.request_id).toBe(refused.headers.get("x-request-id"));
  });

  test("the headers forbid caching, content sniffing, and use by foreign pages", async () => {
    for (const path of ["/api/orders", "/api/orders.csv", "/api/nothing", "/livez", "/api/docs", "/api/openapi.json"]) {
      const { headers } = await api.call("GET", path);
      expect([path, headers.get("x-content-type-options")]).toEqual([path, "nosniff"]);
      expect([path, headers.get("cross-origin-resource-policy")]).toEqual([path, "same-origin"]);
      const policy = headers.get("content-security-policy")?.split("; ");
      expect([path, policy]).toEqual([path, expect.arrayContaining(["default-src 'none'", "frame-ancestors 'none'"])]);
      const isFile = path === "/api/docs" || path === "/api/openapi.json";
      expect([path, headers.get("cache-control")]).toEqual([path, isFile ? "no-cache" : "no-store"]);
      // Only who is public over TLS may say so.
      expect([path, headers.get("strict-transport-security")]).toEqual([path, null]);
    }
  });

  test("each request has one log line with id, route, status, time and rows, but no data of the client", async () => {
    const headers = { "x-request-id": "find-me", authorization: "Bearer secret-token" };
    await api.call("GET", "/api/orders_status?", { headers });
    await Bun.sleep(80);
    const lines = api.logs.filter((line) => line.includes("find-me"));
    expect(lines).toHaveLength(2);
    expect(JSON.parse(lines[0] ?? "")).toEqual({
      time: expect.stringMatching(/^20\d\d-.*Z$/),
      level: "info",
      event: "request",
      request_id: expect.stringMatching(/^[0-9a-f-]{13}-[0-9a-z]+$/),
      client_request_id: "find-me",
      method: "GET",
      route: "/api/orders_status",
      status: 200,
      duration_ms: expect.any(Number),
      rows: 5,
    });
    expect(api.logs.join("")).not.toContain("secret-token");
  });
});

describe("CORS", () => {
  const call = (method: string, origin: string, more = {}) =>
    api.call(method, "/api/orders/1", { headers: { origin, ...more } });

  test("only an allowed origin may read answers and errors", async () => {
    expect((await call("GET", "https://shop.example")).headers.get("access-control-allow-origin")).toBe(
      "https://shop.example",
    );
    const other = await call("GET", "https://evil.example");
    expect([other.headers.get("access-control-allow-origin"), other.headers.get("vary")]).toEqual([
      null,
      "Origin, Accept-Encoding",
    ]);
    expect(other.headers.get("access-control-expose-headers")).toBeNull();
  });

  test("204: the answer to a preflight names the methods and headers", async () => {
    const asked = { "access-control-request-method": "PUT", "access-control-request-headers": "content-type" };
    const { status, headers } = await call("OPTIONS", "https://shop.example", asked);
    expect([status, headers.get("access-control-allow-origin")]).toEqual([204, "https://shop.example"]);
    expect(headers.get("access-control-allow-methods")).toContain("PUT");
    for (const name of ["Content-Type", "Idempotency-Key", "If-Match", "If-None-Match", "If-Unmodified-Since"])
      expect(headers.get("access-control-allow-headers")?.split(", ")).toContain(name);
    expect(
      (await call("OPTIONS", "https://evil.example", asked)).headers.get("access-control-allow-methods"),
    ).toBeNull();
  });
});

describe("a change from a page of another server", () => {
  const create = (headers: Readonly<Record<string, string>>) =>
    api.call("POST", "/api/customers", { body: { company: "Border" }, headers });
  const foreign = [
    { origin: "https://evil.example" },
    { origin: "null" },
    { origin: "http://localhost:8080" },
    { origin: "http://localhost:8080", "sec-fetch-site": "same-site" },
    { origin: "https://evil.example", "sec-fetch-site": "cross-site" },
    { origin: "https://evil.example", "sec-fetch-site": "none" },
    { "sec-fetch-site": "cross-site" },
    { "sec-fetch-site": "same-site" },
  ];

  test.each(foreign)("403: %o", async (headers) => {
    for (const [method, path] of [
      ["POST", "/api/customers"],
      ["PUT", "/api/customers/1"],
      ["DELETE", "/api/customers/1"],
    ] as const) {
      const reply = await api.call(method, path, {
        headers,
        ...(method === "DELETE" ? {} : { body: { company: "x" } }),
      });
      expect([method, outcome(reply)]).toEqual([method, "403 foreign-origin"]);
    }
    expect((await api.call("GET", "/api/customers", { headers })).status).toBe(200);
  });

  test("201: from its own pages, an allowed origin, or a client that is no browser", async () => {
    expect((await create({})).status).toBe(201);
    expect((await create({ "sec-fetch-site": "none" })).status).toBe(201);
    expect((await create({ origin: "https://shop.example", "sec-fetch-site": "cross-site" })).status).toBe(201);
    expect((await create({ origin: "http://orders.example", host: "orders.example" })).status).toBe(201);
    expect((await create({ origin: "https://tls.example", "sec-fetch-site": "same-origin" })).status).toBe(201);
    const own = api.servers.map(({ port }) =>
      fetch(`http://127.0.0.1:${port}/api/customers`, {
        method: "POST",
        body: '{"company":"Border"}',
        headers: { ...json, origin: `http://127.0.0.1:${port}` },
      }),
    );
    expect((await Promise.all(own)).map(({ status }) => status)).toEqual([201, 201]);
  });
});

describe("GET /api/docs", () => {
  test("200: this server delivers the page and all its assets, with their types and a strict policy", async () => {
    const page = await api.call("GET", "/api/docs/");
    expect([page.status, page.headers.get("content-type")]).toEqual([200, "text/html; charset=utf-8"]);
    expect(page.headers.get("content-security-policy")).toContain("default-src 'none'");
    const assets = Array.from(page.text.matchAll(/(?:src|href)="([^"]+)"/g), (match) => match[1] ?? "");
    expect(assets).toHaveLength(4);
    for (const path of assets) {
      const { status, headers, text } = await api.call("GET", path);
      expect([path, status, text.length > 50]).toEqual([path, 200, true]);
      expect(headers.get("content-type")).toMatch(
        path.endsWith(".js") ? /^text\/javascript/ : /^text\/css|^image\/png/,
      );
    }
  });

  test("405: a method other than GET and HEAD", async () => {
    expect(outcome(await api.call("POST", "/api/docs", { body: {} }))).toBe("405 method");
  });

  test("200: /api/openapi.json is an OpenAPI 3.1 document", async () => {
    const { status, headers, body } = await api.call("GET", "/api/openapi.json");
    expect([status, headers.get("content-type"), body.openapi]).toEqual([200, "application/json", "3.1.0"]);
  });
});

/** Sends everything, in small pieces, before it reads: the status of the answer, or why there is none. */
function answerAfter(port: number, parts: readonly (string | Buffer)[]): Promise<string> {
  const pieceBytes = 64 * 1024;
  const bytes = Buffer.concat(parts.map((part) => Buffer.from(part)));
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    let answer = "";
    const send = (from: number) => {
      if (from >= bytes.length) socket.on("data", (data) => (answer += data.toString("latin1")));
      else
        socket.write(
          bytes.subarray(from, from + pieceBytes),
          (fault) => fault ?? setImmediate(send, from + pieceBytes),
        );
    };
    send(0);
    socket.on("error", ({ message }) => resolve(message));
    socket.on("close", () => resolve(answer.slice(9, 12)));
  });
}

/** The beginning of the answer to a head that no HTTP client would send. */
async function raw(port: number, head: string): Promise<string> {
  return new Promise((resolve, reject) => {
    void Bun.connect({
      hostname: "127.0.0.1",
      port,
      socket: {
        open: (socket) => void socket.write(`${head}Connection: close\r\n\r\n`),
        data: (_socket, data) => resolve(data.toString()),
        error: (_socket, error) => reject(error),
        close: () => resolve(""),
      },
    });
  });
}

test("every answer says after how many seconds of silence the connection is cut", async () => {
  for (const path of ["/livez", "/api/orders", "/api/orders/2147483647", "/none"])
    expect((await api.call("GET", path)).headers.get("keep-alive")).toBe("timeout=10");
});
