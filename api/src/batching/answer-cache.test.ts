// Answers are cached until the next commit: none is returned after a commit, whichever process made it.
import { Database as SqliteDatabase } from "bun:sqlite";
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Database, openSqlite } from "sqlproof";
import { migrateSqlite } from "sqlproof/migrations";
import { createLog } from "../http/log.ts";
import { type RunningServer, startServer } from "../http/server.ts";
import { AnswerCache } from "./answer-cache.ts";
import { ReadCoalescer } from "./coalesce.ts";

const client = new AbortController();
const answer = { status: 200, message: "Read", data: ["x".repeat(1000)], rows: 1 } as const;

/** Coalesced reads with a cache, on a database whose commits the test makes. `read` lists the keys that were read. */
function reads(maxBytes?: number) {
  const state = { revision: 1 };
  const coalescer = new ReadCoalescer(new AnswerCache({ revision: () => state.revision }, maxBytes));
  const read: string[] = [];
  const ask = (key: string, meanwhile?: () => void, isCacheable = true) =>
    coalescer.read({
      ...{ key, client, isCacheable },
      read: async () => {
        read.push(key);
        meanwhile?.();
        return answer;
      },
    });
  return { state, read, ask };
}

describe("AnswerCache", () => {
  test("a read is not repeated until the next commit", async () => {
    const { state, read, ask } = reads();
    const first = await ask("a");
    expect(await ask("a")).toBe(first);
    await ask("b");
    expect(read).toEqual(["a", "b"]);
    state.revision += 1;
    expect(await ask("a")).not.toBe(first);
    expect(read).toEqual(["a", "b", "a"]);
  });

  test("an answer is not cached if a commit happened during its read, or if it is not cacheable", async () => {
    const { state, read, ask } = reads();
    const commit = () => {
      state.revision += 1;
    };
    await ask("a", commit);
    await ask("a");
    await ask("a");
    expect(read).toEqual(["a", "a"]);
    await ask("now", undefined, false);
    await ask("now", undefined, false);
    expect(read).toEqual(["a", "a", "now", "now"]);
  });

  test("a slow read is not cached after a commit that another turn of the event loop has noticed", async () => {
    const { state, read } = reads();
    const started = Promise.withResolvers<void>();
    const released = Promise.withResolvers<void>();
    const coalescer = new ReadCoalescer(new AnswerCache({ revision: () => state.revision }));
    const slow = () => coalescer.read({ key: "slow", client, isCacheable: true, read: slowly });
    const slowly = async () => {
      read.push("slowly");
      started.resolve();
      await released.promise;
      return answer;
    };
    const first = slow();
    await started.promise;
    state.revision += 1;
    // In another turn, the cache notices the commit and caches an answer for the new revision.
    await coalescer.read({ key: "other", client, isCacheable: true, read: async () => answer });
    released.resolve();
    await first;
    await slow();
    expect(read.filter((key) => key === "slowly")).toHaveLength(2);
  });

  test("a full cache drops answers that have not been requested lately and retains the others", async () => {
    // Each half has room for eight answers.
    const { read, ask } = reads(40_000);
    const keys = Array.from({ length: 16 }, (_, index) => `${index}`);
    for (const key of keys) {
      await ask(key);
      await ask("0");
    }
    expect(read).toEqual(keys);
    await ask("1");
    expect(read).toEqual([...keys, "1"]);
  });

  test("an answer that is too large for the cache is not cached", async () => {
    const { read, ask } = reads(30_000);
    for (const key of ["a", "a"]) await ask(key);
    expect(read).toEqual(["a", "a"]);
  });

  test("an error is not cached", async () => {
    const coalescer = new ReadCoalescer(new AnswerCache({ revision: () => 1 }));
    let reads = 0;
    const read = () => {
      reads += 1;
      return Promise.reject(new Error("no"));
    };
    for (let count = 0; count < 2; count += 1)
      await expect(coalescer.read({ key: "a", client, isCacheable: true, read })).rejects.toThrow("no");
    expect(reads).toBe(2);
  });
});

describe("the API on a SQLite file", () => {
  const folder = mkdtempSync(join(tmpdir(), "northwind-cache-"));
  const path = join(folder, "northwind.db");
  let database: Database;
  let server: RunningServer;
  beforeAll(async () => {
    await migrateSqlite({ folder: join(import.meta.dir, "../../../schema/sqlite"), database: path });
    database = openSqlite({ path });
    server = startServer({ config: { port: 0, host: "127.0.0.1", corsOrigins: [] }, database, log: createLog("off") });
  });
  afterAll(async () => {
    await server.stop();
    await database.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const call = (method: string, address: string, body?: object) =>
    fetch(server.url + address, {
      method,
      ...(body === undefined ? {} : { headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
    });
  const get = async (address: string) => {
    const response = await call("GET", address);
    const { data }: { data: unknown } = JSON.parse(await response.text());
    return { data, etag: response.headers.get("etag"), id: response.headers.get("x-request-id") };
  };

  test("a repeated request gets the same body and ETag, but its own request id and its own checks", async () => {
    const { headers } = await call("POST", "/api/orders", { ship_name: "First" });
    const location = headers.get("location") ?? "";
    const [first, second] = [await get(location), await get(location)];
    expect(first).toMatchObject({ data: { ship_name: "First" }, etag: '"0"' });
    expect({ ...second, id: "" }).toEqual({ ...first, id: "" });
    expect(second.id).not.toBe(first.id);
    const named = await fetch(server.url + location, { headers: { "x-request-id": "mine" } });
    expect(named.headers.get("x-client-request-id")).toBe("mine");
    expect((await fetch(server.url + location, { headers: { accept: "text/html" } })).status).toBe(406);
  });

  test("every acknowledged change is visible in the order and in lists, even under load", async () => {
    const { headers } = await call("POST", "/api/orders", { ship_name: "Name 0" });
    const location = headers.get("location") ?? "";
    let isOver = false;
    const load = Array.from({ length: 8 }, async () => {
      while (!isOver) await Promise.all([get(location), get("/api/orders?sort=-id&limit=1")]);
    });
    for (let count = 1; count <= 50; count += 1) {
      const ship_name = `Name ${count}`;
      expect((await call("PUT", location, { ship_name })).status).toBe(200);
      expect(await get(location)).toMatchObject({ data: { ship_name }, etag: `"${count}"` });
      expect(await get("/api/orders?sort=-id&limit=1")).toMatchObject({ data: [{ ship_name }] });
    }
    isOver = true;
    await Promise.all(load);
    expect((await call("DELETE", location)).status).toBe(200);
    expect((await call("GET", location)).status).toBe(404);
  });

  test("changes that were rolled back or only a dry run are never visible", async () => {
    const { headers } = await call("POST", "/api/orders", { ship_name: "Stays" });
    const location = headers.get("location") ?? "";
    await get(location);
    expect((await call("PUT", `${location}?dry_run=1`, { ship_name: "Dry run" })).status).toBe(200);
    expect(await get(location)).toMatchObject({ data: { ship_name: "Stays" }, etag: '"0"' });
    expect((await call("PUT", location, { ship_name: "Refused", customer_id: 999 })).status).toBe(422);
    expect(await get(location)).toMatchObject({ data: { ship_name: "Stays" }, etag: '"0"' });
  });

  test("a change of another process is visible as soon as it is committed; a rolled-back one is not", async () => {
    const { headers } = await call("POST", "/api/orders", { ship_name: "Ours" });
    const location = headers.get("location") ?? "";
    const id = location.split("/").at(-1) ?? "";
    await get(location);
    const program = `const { Database } = require("bun:sqlite"); const db = new Database(process.argv[1]);
      for (const statement of process.argv.slice(2)) db.run(statement);`;
    const elsewhere = (...statements: string[]) =>
      expect(spawnSync(process.execPath, ["-e", program, path, ...statements]).status).toBe(0);
    const rename = (name: string) => `UPDATE orders SET ship_name = '${name}' WHERE id = ${id}`;
    elsewhere("BEGIN IMMEDIATE", rename("Undone"), "ROLLBACK");
    expect(await get(location)).toMatchObject({ data: { ship_name: "Ours" } });
    // This change does not raise the version.
    elsewhere(rename("Theirs"));
    expect(await get(location)).toMatchObject({ data: { ship_name: "Theirs" }, etag: '"0"' });
    elsewhere(rename("Moved"), "PRAGMA wal_checkpoint(TRUNCATE)");
    expect(await get(location)).toMatchObject({ data: { ship_name: "Moved" } });
  });

  test("a change of another connection is visible as soon as it is committed, but not before", async () => {
    const { headers } = await call("POST", "/api/orders", { ship_name: "Before" });
    const location = headers.get("location") ?? "";
    await get(location);
    const other = new SqliteDatabase(path);
    for (let count = 0; count < 20; count += 1) {
      const before = await get(location);
      other.run("BEGIN IMMEDIATE");
      other.run("UPDATE orders SET ship_name = ? WHERE id = ?", [`After ${count}`, location.split("/").at(-1) ?? ""]);
      expect((await get(location)).data).toEqual(before.data);
      other.run("COMMIT");
      expect(await get(location)).toMatchObject({ data: { ship_name: `After ${count}` } });
    }
    other.close();
  });
});
