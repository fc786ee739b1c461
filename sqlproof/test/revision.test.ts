// The number that changes with every commit: caches of reads rely on it alone.
import { afterEach, expect, test } from "bun:test";
import { spawnSync } from "node:child_process";
import { openSqlite } from "../src/index.ts";
import { add, type Entries, openEntries } from "./entries.ts";

let opened: Entries[] = [];
afterEach(async () => {
  for (const entries of opened) await entries.remove();
  opened = [];
});

function entriesFile(): Entries {
  const entries = openEntries();
  opened.push(entries);
  return entries;
}

test("stays the same until a commit, whatever is read, open or rolled back", async () => {
  const { database, stored } = entriesFile();
  await database.one(add, { name: "first" });
  const revision = database.revision?.();
  expect(revision).toBeNumber();
  await stored();
  expect(database.revision?.()).toBe(revision ?? null);
  const undone = database.transaction(async (tx) => {
    await tx.one(add, { name: "never" });
    expect(database.revision?.()).toBe(revision ?? null);
    throw new Error("undone");
  });
  await expect(undone).rejects.toThrow("undone");
  expect(database.revision?.()).toBe(revision ?? null);
});

test("changes as soon as a write is acknowledged, whatever was read in between", async () => {
  const { database, stored } = entriesFile();
  const seen = new Set([database.revision?.()]);
  for (let count = 1; count <= 20; count += 1) {
    await database.one(add, { name: `entry ${count}` });
    if (count % 2 === 0) await stored();
    seen.add(database.revision?.());
    expect(seen.size).toBe(count + 1);
  }
});

test("changes when another process has committed, and when it has checkpointed the log", async () => {
  const { database, path } = entriesFile();
  await database.one(add, { name: "ours" });
  const before = database.revision?.();
  const statements = "INSERT INTO entries (name) VALUES ('theirs')";
  const program = `new (require("bun:sqlite").Database)(process.argv[1]).run(process.argv[2])`;
  const child = spawnSync(process.execPath, ["-e", program, path, statements]);
  expect(child.status).toBe(0);
  expect(database.revision?.()).not.toBe(before ?? null);
});

test("is null for an in-memory database, where one connection reads and writes", async () => {
  const database = openSqlite({ path: ":memory:" });
  expect(database.revision?.()).toBeNull();
  await database.close();
});
