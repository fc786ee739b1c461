// Long answers are sent in one piece and are the same for every type of client.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { connect } from "node:net";
import { type BothEngines, startBothEngines, startTimeoutMs } from "../both-engines.ts";

let api: BothEngines;
beforeAll(async () => {
  api = await startBothEngines();
  for (let count = 0; count < 60; count += 1)
    await api.call("POST", "/api/orders", { body: { ship_name: `Zdzisław ${count}`, notes: "x".repeat(60_000) } });
}, startTimeoutMs);
afterAll(() => api.stop());

const ordersPath = (count: number) => `/api/orders?sort=-id&limit=${count}`;

describe("GET /api/orders of 50 long orders", () => {
  test("200: GET and HEAD have the Content-Length", async () => {
    for (const { url } of api.servers) {
      const { headers, body } = await fetchOrders(url, "GET", 50);
      expect(body.length).toBeGreaterThan(3_000_000);
      expect(Number(headers.get("content-length"))).toBe(body.length);
      const head = await fetchOrders(url, "HEAD", 50);
      expect(head.body).toHaveLength(0);
      expect(head.headers.get("content-length")).toBe(headers.get("content-length"));
    }
  });

  test("200: a slow client gets the entire answer, even after another client has disconnected", async () => {
    for (const { url } of api.servers) {
      const expected = (await fetchOrders(url, "GET", 50)).body.length;
      const gone = connect(Number(new URL(url).port), "127.0.0.1");
      gone.on("error", () => {});
      gone.write(`GET ${ordersPath(50)} HTTP/1.1\r\nHost: localhost\r\n\r\n`, () => gone.destroy());
      expect(await readSlowly(url)).toBe(expected);
    }
  });

  test("200: an order of 60 kB is sent in few packets, not one per word of its head", async () => {
    for (const { url } of api.servers) {
      const counts: number[] = [];
      // Packets of other programs are counted as well, so the lowest count is the best estimate.
      for (let attempt = 0; attempt < 5; attempt += 1) {
        const before = packetsSent();
        for (let count = 0; count < 50; count += 1) await fetchOrders(url, "GET", 1);
        counts.push((packetsSent() - before) / 50);
      }
      expect(Math.min(...counts)).toBeLessThan(25);
    }
  });
});

describe("compressed answers", () => {
  const ask = (url: string, coding: string) =>
    fetch(url, { headers: { "accept-encoding": coding }, decompress: false });

  const decoders = { gzip: Bun.gunzipSync, zstd: Bun.zstdDecompressSync } as const;

  test.each([
    ["gzip", "gzip"],
    ["GZIP;q=0.5, identity;q=0.1", "gzip"],
    ["br, *", "gzip"],
    ["gzip, deflate, br, zstd", "zstd"],
    ["gzip;q=1, zstd;q=0.1", "gzip"],
  ] as const)("GET 200 of a long list for %s", async (accepted, coding) => {
    for (const { url } of api.servers)
      for (const path of [ordersPath(50), "/api/orders.csv", `${ordersPath(1)}&include=details`]) {
        const plain = await ask(url + path, "identity");
        const expected = await plain.bytes();
        const response = await ask(url + path, accepted);
        const bytes = await response.bytes();
        expect([response.status, response.headers.get("content-encoding")]).toEqual([200, coding]);
        expect(bytes.length).toBeLessThan(expected.length / 5);
        expect(Buffer.from(decoders[coding](new Uint8Array(bytes))).equals(expected)).toBe(true);
        if (!path.includes("csv")) expect(response.headers.get("content-length")).toBe(`${bytes.length}`);
        for (const { headers } of [plain, response]) expect(headers.get("vary")).toBe("Origin, Accept-Encoding");
      }
  });

  test.each(["identity", "br", "gzip;q=0", "*;q=0", ""])("GET 200 as it is for %p", async (accepted) => {
    for (const { url } of api.servers) {
      const response = await ask(url + ordersPath(50), accepted);
      expect([response.status, response.headers.get("content-encoding")]).toEqual([200, null]);
      await response.body?.cancel();
    }
  });

  test("one order has the same ETag in every coding; short answers and errors are sent as they are", async () => {
    for (const { url } of api.servers) {
      const [plain, gzip] = [await ask(`${url}/api/orders/1`, "identity"), await ask(`${url}/api/orders/1`, "gzip")];
      expect(gzip.headers.get("content-encoding")).toBe("gzip");
      expect(gzip.headers.get("etag")).toBe(plain.headers.get("etag") ?? "none");
      for (const path of ["/api/shippers", "/api/orders/2147483647"])
        expect((await ask(url + path, "gzip")).headers.get("content-encoding")).toBe(null);
    }
  });
});

async function fetchOrders(
  url: string,
  method: string,
  orders: number,
): Promise<{ headers: Headers; body: Uint8Array }> {
  const response = await fetch(url + ordersPath(orders), { method, headers: { "accept-encoding": "identity" } });
  return { headers: response.headers, body: await response.bytes() };
}

/** Reads the body a little at a time. Returns its length in bytes. */
async function readSlowly(url: string): Promise<number> {
  const socket = connect(Number(new URL(url).port), "127.0.0.1");
  socket.write(`GET ${ordersPath(50)} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
  await Bun.sleep(100);
  const parts: Buffer[] = [];
  for await (const part of socket) {
    parts.push(part);
    await Bun.sleep(1);
  }
  const all = Buffer.concat(parts);
  return all.length - (all.indexOf("\r\n\r\n") + 4);
}

/** The number of packets that this machine has sent on all connections. */
function packetsSent(): number {
  const [names = "", values = ""] = readFileSync("/proc/net/snmp", "utf8")
    .split("\n")
    .filter((line) => line.startsWith("Tcp:"));
  return Number(values.split(" ")[names.split(" ").indexOf("OutSegs")]);
}
