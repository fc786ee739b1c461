import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { rawCases } from "./network/raw-cases.ts";
import { measureWithIdle } from "./rows/clients/f13-idle-connections.ts";
import { measureSlowClients } from "./rows/clients/f14-slow-clients.ts";
import { faultsOf, measureOverload } from "./rows/clients/f15-overload.ts";
import { tryAll } from "./rows/input/i06-raw-sockets.ts";
import { rollingRestart } from "./rows/server/f16-rolling-restart.ts";
import { type System, startSystem } from "./system/system.ts";

/*
 * The rows about clients that send too much, too slowly or nonsense. Each passes in a small size on the API, and fails
 * on a server that lacks the protection.
 */

const folder = mkdtempSync(join(tmpdir(), "hostile-clients-"));
const document = join(import.meta.dir, "..", "api", "openapi.json");
let system: System;
const quiet = () => undefined;

beforeAll(async () => {
  system = await startSystem({ engine: "sqlite", folder, seed: 1, sample: true, settings: ["--log-level", "off"] });
});

afterAll(async () => {
  await system.stop();
  rmSync(folder, { recursive: true, force: true });
});

const empty = () => Response.json({ success: true, data: [] });

describe("I6 raw sockets", () => {
  test("the API: one request, one answer", async () => {
    expect((await tryAll(system.url, rawCases)).broken).toEqual([]);
  });

  test("a server that relies on Bun alone fails", async () => {
    const customers: { company: string }[] = [];
    const naive = Bun.serve({
      port: 0,
      hostname: "127.0.0.1",
      async fetch(request) {
        if (request.method !== "POST") return Response.json({ data: customers });
        const company = /"company":"([^"]*)"/.exec(await request.text())?.[1] ?? "";
        await Bun.sleep(20);
        customers.push({ company });
        return Response.json({}, { status: 201 });
      },
    });
    const names = ["two Host headers", "an empty Host", "TRACE", "CONNECT", "110 header fields", "300 KB"];
    const cases = rawCases.filter(({ name }) => [...names, "trailer fields"].includes(name));
    const { broken } = await tryAll(naive.url.origin, cases);
    await naive.stop(true);
    for (const name of names) expect(broken.map((words) => words.split(": ")[0])).toContain(name);
    // Created although it was refused.
    expect(broken).toContain("trailer fields: created 1, acknowledged 0");
  });
});

describe("F13 idle connections", () => {
  test("the API keeps them open", async () => {
    const { url, api } = system;
    const { broken } = await measureWithIdle({ url, pid: api.pid, count: 100, rounds: 1, seconds: 0.7, say: quiet });
    expect(broken.filter((words) => !words.startsWith("p90"))).toEqual([]);
  });

  test("a server that accepts only a few connections fails", async () => {
    let open = 0;
    const naive = Bun.listen({
      port: 0,
      hostname: "127.0.0.1",
      socket: {
        open(socket) {
          open += 1;
          if (open > 50) socket.end();
        },
        close() {
          open -= 1;
        },
        data(socket) {
          socket.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        },
      },
    });
    const url = `http://127.0.0.1:${naive.port}`;
    const { broken } = await measureWithIdle({
      url,
      pid: process.pid,
      count: 100,
      rounds: 1,
      seconds: 0.7,
      say: quiet,
    });
    naive.stop(true);
    expect(broken.join()).toMatch(/only \d+ of 100 idle connections stayed open/);
  });
});

test("F14: the API disconnects clients that are slow or do not read; a server without limits fails", async () => {
  const naive = Bun.spawn(
    [
      process.execPath,
      "-e",
      `const server = Bun.serve({ port: 0, hostname: "127.0.0.1", idleTimeout: 0, fetch(request) {
        if (request.method === "POST") return request.text().then(() => new Response());
        return request.url.endsWith(".json") ? new Response(Bun.file(${JSON.stringify(document)})) : new Response("{}");
      } });
      console.log(server.port);`,
    ],
    { stdout: "pipe" },
  );
  const { value } = await naive.stdout.getReader().read();
  const port = new TextDecoder().decode(value).trim();
  const [ours, others] = await Promise.all([
    measureSlowClients(system.url, system.api.pid, 5, quiet),
    measureSlowClients(`http://127.0.0.1:${port}`, naive.pid, 10, quiet),
  ]);
  naive.kill();
  expect(ours.broken).toEqual([]);
  expect(others.broken.join()).toContain("were not cut within 15 s");
});

describe("F15 overload", () => {
  test("a server with an unlimited queue fails", async () => {
    // Five at a time, 20 ms each, and the rest wait: 250 a second.
    const waiting: (() => void)[] = [];
    let busy = 0;
    const naive = Bun.serve({
      port: 0,
      hostname: "127.0.0.1",
      async fetch() {
        if (busy >= 5) await new Promise<void>((resolve) => waiting.push(resolve));
        else busy += 1;
        await Bun.sleep(20);
        const next = waiting.shift();
        if (next === undefined) busy -= 1;
        else next();
        return empty();
      },
    });
    const next = () => "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";
    const seen = await measureOverload({ url: naive.url.origin, pids: [process.pid], factor: 4, next, seconds: 4 });
    await naive.stop(true);
    expect(faultsOf([seen], "seed 1").join()).toContain("at 4 times the peak");
  }, 60_000);
});

describe("F16 rolling restart", () => {
  const options = { engine: "sqlite", trials: 1, seed: 1, halfSent: false, say: quiet } as const;

  test("the next process starts before the last one ends: no request fails", async () => {
    const { broken } = await rollingRestart({ ...options, folder: mkdtempSync(join(folder, "roll-")), overlap: true });
    expect(broken).toEqual([]);
  });

  test("with a gap between the two processes, requests fail", async () => {
    const { broken } = await rollingRestart({ ...options, folder: mkdtempSync(join(folder, "gap-")), overlap: false });
    expect(broken.join()).toContain("no answer in 5 attempts");
  });
});
