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

async function fetchOrders(
  url: string,
  method: string,
  orders: number,
): Promise<{ headers: Headers; body: Uint8Array }> {
  const response = await fetch(url + ordersPath(orders), { method });
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
