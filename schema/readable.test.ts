/**
 * The file is readable for SQLite 3.40, which Debian 12's `sqlite3` and Python have: its parser gives up at about a
 * hundred nested brackets anywhere in the schema, and then no table can be read. Without Python the test is skipped,
 * except in CI.
 */
import { Database } from "bun:sqlite";
import { afterAll, expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { migrateSqlite } from "sqlproof/migrations";
import { migrationsBefore } from "./earlier-migrations.ts";

const python = ["/usr/bin/python3", "python3"].map((name) => Bun.which(name)).find((found) => found !== null) ?? null;
if (python === null) {
  if (process.env.CI) throw new Error("Python is missing.");
  console.log("Skipped: Python is missing.");
}

const folder = mkdtempSync(join(tmpdir(), "readable-"));
const current = join(import.meta.dir, "sqlite");
afterAll(() => rmSync(folder, { recursive: true }));

const readEverything = `
import sqlite3, sys
database = sqlite3.connect(sys.argv[1])
tables = [row[0] for row in database.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")]
print(sum(len(database.execute(f'SELECT * FROM "{table}"').fetchall()) >= 0 for table in tables))
print(database.execute("PRAGMA integrity_check").fetchone()[0])
`;

/** How many tables Python could read, and whether it finds the file sound. */
function readByPython(path: string): readonly string[] {
  const { stdout, stderr } = Bun.spawnSync([python ?? "", "-c", readEverything, path]);
  return `${stdout}${stderr}`.trim().split("\n");
}

const insert = "INSERT INTO customers (company, city) VALUES ('Pérez', 'Москва')";

async function migrated(name: string, from: string | null): Promise<string> {
  const path = join(folder, name);
  if (from !== null) {
    await migrateSqlite({ database: path, folder: from });
    const database = new Database(path);
    database.run(insert);
    database.close();
  }
  await migrateSqlite({ database: path, folder: current });
  return path;
}

function schemaOf(path: string): unknown[][] {
  const database = new Database(path);
  const rows = database.query("SELECT name, sql FROM sqlite_schema ORDER BY name").values();
  database.close();
  return rows;
}

function depthOf(sql: string): number {
  let [depth, deepest] = [0, 0];
  for (const character of sql) {
    if (character === "(") depth += 1;
    if (character === ")") depth -= 1;
    deepest = Math.max(deepest, depth);
  }
  return deepest;
}

test("a new file and one of version 0.1.0 have the same schema, without deep nesting", async () => {
  const fresh = schemaOf(await migrated("fresh.db", null));
  const from = mkdtempSync(join(folder, "old-"));
  expect(schemaOf(await migrated("old.db", migrationsBefore("sqlite", 8, from)))).toEqual(fresh);
  for (const [name, sql] of fresh) expect([name, depthOf(String(sql)) < 10]).toEqual([name, true]);
});

test.skipIf(python === null)("Python reads every table of a new file and of a migrated one", async () => {
  const fresh = await migrated("new.db", null);
  const tables = schemaOf(fresh).filter(([, sql]) => String(sql).startsWith("CREATE TABLE")).length;
  expect(readByPython(fresh)).toEqual([String(tables), "ok"]);
  const from = mkdtempSync(join(folder, "old-"));
  expect(readByPython(await migrated("older.db", migrationsBefore("sqlite", 8, from)))).toEqual([String(tables), "ok"]);
});
