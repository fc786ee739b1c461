import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Random } from "../load/random.ts";
import { type System, startSystem } from "../system/system.ts";
import { allCases } from "./cases.ts";
import { checkCases, checkMutations, checkNumbers, expectedOf, mutated } from "./check.ts";
import { checkStalls } from "./stalls.ts";

const seed = Number(process.env.SEED ?? Date.now() % 2_147_483_647);
console.log(`json text: SEED=${seed}`);
const folder = mkdtempSync(join(tmpdir(), "json-text-"));
let system: System;
beforeAll(async () => {
  system = await startSystem({ engine: "sqlite", folder, seed, settings: ["--log-level", "warn"] });
}, 60_000);
afterAll(async () => {
  await system.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe("the API", () => {
  test("every case of the table has exactly its status and code", async () => {
    expect(await checkCases(system.url)).toEqual([]);
  });

  test("numbers are read as they are written", async () => {
    expect(await checkNumbers(system.url)).toEqual([]);
  });

  test("1,000 mutations have the status that the reference reader says", async () => {
    expect(await checkMutations(system.url, 1000, new Random(seed))).toEqual([]);
  });

  test("no body takes too long for its size", async () => {
    expect((await checkStalls(system.url)).broken).toEqual([]);
  });
});

test("the reference reader agrees with the table of cases", () => {
  const wrong = allCases().filter(({ bytes, status, code }) => {
    const expected = expectedOf(bytes);
    return expected.status !== status || expected.code !== code;
  });
  expect(wrong.map(({ name }) => name)).toEqual([]);
});

test("some mutations are no JSON, some are no customer, and some are accepted", () => {
  const random = new Random(1);
  const statuses = new Set(Array.from({ length: 3000 }, () => mutated(random).status));
  expect(statuses).toEqual(new Set([400, 422, 200]));
});

/** A server with the faulty reader `read`. */
function wrongServer(read: (bytes: Uint8Array) => unknown) {
  return Bun.serve({
    port: 0,
    async fetch(request) {
      const bytes = new Uint8Array(await request.arrayBuffer());
      const { status, code } = expectedOf(bytes);
      try {
        read(bytes);
        return Response.json({ code: status === 400 ? null : code }, { status: status === 400 ? 200 : status });
      } catch {
        // Refused as no JSON.
        return Response.json({ code: "malformed-json" }, { status: 400 });
      }
    },
  });
}

const readers: Readonly<Record<string, readonly [read: (bytes: Uint8Array) => unknown, found: string]>> = {
  "the last of two equal keys wins": [
    (bytes) => JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes)),
    '{"a":1,"a":1}',
  ],
  "bad UTF-8 is replaced": [
    (bytes) => {
      if (expectedOf(Uint8Array.from(Buffer.from(Buffer.from(bytes).toString()))).status === 400) throw new Error("no");
    },
    "ed a0 80",
  ],
  "a byte order mark is skipped": [
    (bytes) => {
      const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
      if (expectedOf(new TextEncoder().encode(text)).status === 400) throw new Error("no");
    },
    "\ufeff{}",
  ],
};

test.each(Object.entries(readers))("detects a server where %s", async (_name, [read, found]) => {
  const server = wrongServer(read);
  const faults = await checkCases(`http://127.0.0.1:${server.port}`);
  await server.stop(true);
  expect(faults.join("\n")).toContain(found);
});

test("detects a server whose work grows with the square of the size", async () => {
  const server = Bun.serve({
    port: 0,
    async fetch(request) {
      const text = await request.text();
      let looks = 0;
      // Looks back to the beginning repeatedly, as a careless parser does.
      for (let at = 0; at < text.length; at += 256)
        for (let back = text[at] === "[" ? at : 0; back > 0; back -= 1) looks += text.charCodeAt(back) & 1;
      return Response.json({ code: looks }, { status: 400 });
    },
  });
  const { broken } = await checkStalls(`http://127.0.0.1:${server.port}`);
  await server.stop(true);
  expect(broken.join("\n")).toContain("lists in lists");
});
