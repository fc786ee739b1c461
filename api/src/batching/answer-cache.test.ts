// Answers that stand until the next commit: none is given after one, whoever made it.
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

/** Shared reads over a database whose commits the test makes, and what was really read. */
function reads(most?: number) {
  const state = { revision: 1 };
  const coalescer = new ReadCoalescer(new AnswerCache({ revision: () => state.revision }, most));
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
  test("a read is not done again until something was committed", async () => {
    const { state, read, ask } = reads();
    const first = await ask("a");
    expect(await ask("a")).toBe(first);
    await ask("b");
    expect(read).toEqual(["a", "b"]);
    state.revision += 1;
    expect(await ask("a")).not.toBe(first);
    expect(read).toEqual(["a", "b", "a"]);
  });

  test("what was read while something was committed is not kept, nor what does not stand", async () => {
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

  test("a slow read that another turn has overtaken with a commit is not kept", async () => {
    const { state, read } = reads();
    const started = Promise.withResolvers<void>();
    const held = Promise.withResolvers<void>();
    const coalescer = new ReadCoalescer(new AnswerCache({ revision: () => state.revision }));
    const slow = () => coalescer.read({ key: "slow", client, isCacheable: true, read: slowly });
    const slowly = async () => {
      read.push("slowly");
      started.resolve();
      await held.promise;
      return answer;
    };
    const first = slow();
    await started.promise;
    state.revision += 1;
    // Another turn looks, and keeps what it reads under the new number.
    await coalescer.read({ key: "other", client, isCacheable: true, read: async () => answer });
    held.resolve();
    await first;
    await slow();
    expect(read.filter((each) => each === "slowly")).toHaveLength(2);
  });

  test("those that nobody asks for make room, those that are asked for stay", async () => {
    // Room for eight in each half.
    const { read, ask } = reads(40_000);
    const keys = Array.from({ length: 16 }, (_, place) => `${place}`);
    for (const key of keys) {
      await ask(key);
      await ask("0");
    }
    expect(read).toEqual(keys);
    await ask("1");
    expect(read).toEqual([...keys, "1"]);
  });

  test("one that is too large beside the others is not kept", async () => {
    const { read, ask } = reads(30_000);
    for (const key of ["a", "a"]) await ask(key);
    expect(read).toEqual(["a", "a"]);
  });

  test("a refusal is not kept", async () => {
    const coalescer = new ReadCoalescer(new AnswerCache({ revision: () => 1 }));
    let asked = 0;
    const read = () => {
      asked += 1;
      return Promise.reject(new Error("no"));
    };
    for (let count = 0; count < 2; count += 1)
      await expect(coalescer.read({ key: "a", client, isCacheable: true, read })).rejects.toThrow("no");
    expect(asked).toBe(2);
  });
});

describe("the API on a SQLite file", () => {
  const folder = mkdtempSync(join(tmpdir(), "northwind-standing-"));
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

  test("asked again: the same body and tag, under an id of its own; no log, no id, no header is kept", async () => {
    const { headers } = await call("POST", "/api/orders", { ship_name: "First" });
    const place = headers.get("location") ?? "";
    const [first, second] = [await get(place), await get(place)];
    expect(first).toMatchObject({ data: { ship_name: "First" }, etag: '"0"' });
    expect({ ...second, id: "" }).toEqual({ ...first, id: "" });
    expect(second.id).not.toBe(first.id);
    const named = await fetch(server.url + place, { headers: { "x-request-id": "mine" } });
    expect(named.headers.get("x-request-id")).toBe("mine");
    expect((await fetch(server.url + place, { headers: { accept: "text/html" } })).status).toBe(406);
  });

  test("every change that was acknowledged is seen, on its own and in lists, however many ask", async () => {
    const { headers } = await call("POST", "/api/orders", { ship_name: "Name 0" });
    const place = headers.get("location") ?? "";
    let isOver = false;
    const crowd = Array.from({ length: 8 }, async () => {
      while (!isOver) await Promise.all([get(place), get("/api/orders?sort=-id&limit=1")]);
    });
    for (let count = 1; count <= 50; count += 1) {
      const ship_name = `Name ${count}`;
      expect((await call("PUT", place, { ship_name })).status).toBe(200);
      expect(await get(place)).toMatchObject({ data: { ship_name }, etag: `"${count}"` });
      expect(await get("/api/orders?sort=-id&limit=1")).toMatchObject({ data: [{ ship_name }] });
    }
    isOver = true;
    await Promise.all(crowd);
    expect((await call("DELETE", place)).status).toBe(200);
    expect((await call("GET", place)).status).toBe(404);
  });

  test("what was rolled back or only rehearsed is never seen", async () => {
    const { headers } = await call("POST", "/api/orders", { ship_name: "Stays" });
    const place = headers.get("location") ?? "";
    await get(place);
    expect((await call("PUT", `${place}?dry_run=1`, { ship_name: "Rehearsed" })).status).toBe(200);
    expect(await get(place)).toMatchObject({ data: { ship_name: "Stays" }, etag: '"0"' });
    expect((await call("PUT", place, { ship_name: "Refused", customer_id: 999 })).status).toBe(422);
    expect(await get(place)).toMatchObject({ data: { ship_name: "Stays" }, etag: '"0"' });
  });

  test("a change of another process is seen by the first who asks after it; one that it undid is not", async () => {
    const { headers } = await call("POST", "/api/orders", { ship_name: "Ours" });
    const place = headers.get("location") ?? "";
    const id = place.split("/").at(-1) ?? "";
    await get(place);
    const program = `const { Database } = require("bun:sqlite"); const db = new Database(process.argv[1]);
      for (const statement of process.argv.slice(2)) db.run(statement);`;
    const elsewhere = (...statements: string[]) =>
      expect(spawnSync(process.execPath, ["-e", program, path, ...statements]).status).toBe(0);
    const rename = (name: string) => `UPDATE orders SET ship_name = '${name}' WHERE id = ${id}`;
    elsewhere("BEGIN IMMEDIATE", rename("Undone"), "ROLLBACK");
    expect(await get(place)).toMatchObject({ data: { ship_name: "Ours" } });
    // Not even the version tells of this one.
    elsewhere(rename("Theirs"));
    expect(await get(place)).toMatchObject({ data: { ship_name: "Theirs" }, etag: '"0"' });
    elsewhere(rename("Moved"), "PRAGMA wal_checkpoint(TRUNCATE)");
    expect(await get(place)).toMatchObject({ data: { ship_name: "Moved" } });
  });

  test("a change of another connection is not seen while it is open, and at once when it is committed", async () => {
    const { headers } = await call("POST", "/api/orders", { ship_name: "Before" });
    const place = headers.get("location") ?? "";
    await get(place);
    const other = new SqliteDatabase(path);
    for (let count = 0; count < 20; count += 1) {
      const before = await get(place);
      other.run("BEGIN IMMEDIATE");
      other.run("UPDATE orders SET ship_name = ? WHERE id = ?", [`After ${count}`, place.split("/").at(-1) ?? ""]);
      expect((await get(place)).data).toEqual(before.data);
      other.run("COMMIT");
      expect(await get(place)).toMatchObject({ data: { ship_name: `After ${count}` } });
    }
    other.close();
  });
});
