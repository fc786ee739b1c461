// runMany and oneEach within a transaction: on both engines, each set counts as if it ran alone, and a failure of one
// leaves nothing of any.
import { afterAll, beforeAll, expect, test } from "bun:test";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createSql, type Database, DatabaseError, type Query } from "../src/index.ts";
import { migrateSqlite } from "../src/migrations/sqlite.ts";
import { openSqlite } from "../src/runtime/sqlite/open.ts";
import type { PrivateMariadb } from "../src/test-server/private-mariadb.ts";
import { admin, drivers, openOn, startServer, statement } from "./driver-contract.ts";
import { openBoth } from "./two-schemas.ts";

const mariadbSql = "CREATE TABLE entries (id INT NOT NULL PRIMARY KEY, a INT NOT NULL) CHARACTER SET utf8mb4";
const sqliteSql = `CREATE TABLE entries (
  id INT NOT NULL PRIMARY KEY CHECK (id BETWEEN -2147483648 AND 2147483647),
  a INTEGER NOT NULL CHECK (a BETWEEN -2147483648 AND 2147483647)
) STRICT`;

const add = statement("INSERT INTO entries (id, a) VALUES (:id, :a)", { id: "integer", a: "integer" });
const drop = statement("DELETE FROM entries WHERE a = :a RETURNING id", { a: "integer" }, { id: "integer" });
const read = statement("SELECT id FROM entries WHERE a = :a ORDER BY id", { a: "integer" }, { id: "integer" });
const all = statement("SELECT id, a FROM entries ORDER BY id", {}, { id: "integer", a: "integer" });
const addNextText = "INSERT INTO entries (id, a) VALUES (:id, (SELECT COALESCE(MAX(a), 0) + 1 FROM entries))";

let server: PrivateMariadb;
let addNext: Query<Record<string, unknown>, unknown>;
const folder = mkdtempSync(join(tmpdir(), "sqlproof-sets-"));
const databases = new Map<string, Database>();
beforeAll(async () => {
  server = await startServer();
  await admin(server, `USE contract; ${mariadbSql}`);
  writeFileSync(join(folder, "0001_sets.sql"), `${sqliteSql};\n`);
  const path = join(folder, "sets.db");
  await migrateSqlite({ database: path, folder });
  databases.set("SQLite", openSqlite({ path }));
  for (const driver of drivers)
    databases.set(driver.name, await openOn(server, driver, { statementTimeoutMs: 10_000 }));
  const both = await openBoth(server, `${mariadbSql};`, `${sqliteSql};`);
  const proven = createSql<Record<string, { params: Record<string, unknown>; row: never }>, Record<never, never>>({
    [addNextText]: await both.proof(addNextText),
  });
  addNext = proven(addNextText);
  await both.close();
}, 60_000);
afterAll(async () => {
  for (const database of databases.values()) await database.close();
  await server.stop();
  rmSync(folder, { recursive: true });
});

const names = ["SQLite", ...drivers.map(({ name }) => name)];

/** The database with these rows alone. */
async function filled(name: string, rows: readonly (readonly [id: number, a: number])[]): Promise<Database> {
  const database = databases.get(name);
  if (database === undefined) throw new Error(`no database ${name}`);
  await database.run(statement("DELETE FROM entries WHERE id > :id", { id: "integer" }), { id: -1 });
  for (const [id, a] of rows) await database.run(add, { id, a });
  return database;
}

async function kindOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return "done";
  } catch (error) {
    return error instanceof DatabaseError ? error.kind : error instanceof Error ? error.name : String(error);
  }
}

test.each(names)("%s: a caught failure of one of several sets leaves nothing of its transaction", async (name) => {
  const sets = [1, 1, 2].map((id) => ({ id, a: 0 }));
  const endings: readonly (readonly [wrong: readonly Record<string, unknown>[], kind: string])[] = [
    [sets, "unique"],
    [
      [
        { id: 1, a: 0 },
        { id: 2, a: "x" },
      ],
      "ParameterError",
    ],
    // MariaDB gets all sets together, so what cannot be sent fails first.
    [[...sets, { id: 3, a: "x" }], "ParameterError"],
  ];
  const database = await filled(name, []);
  for (const [wrong, kind] of endings) {
    const said: string[] = [];
    const whole = database.transaction(async (tx) => {
      await tx.run(add, { id: 7, a: 0 });
      said.push(await kindOf(tx.runMany(add, wrong)));
      said.push(await kindOf(tx.run(add, { id: 8, a: 0 })));
    });
    said.push(await kindOf(whole), await kindOf(database.runMany(add, wrong)));
    expect(said).toEqual([kind, kind, kind, kind]);
    expect(await database.all(all, {})).toEqual([]);
  }
});

test.each(names)("%s: a caught failure of one set leaves the transaction as that of run does", async (name) => {
  const database = await filled(name, [[1, 0]]);
  await database.transaction(async (tx) => {
    expect(await kindOf(tx.runMany(add, [{ id: 1, a: 0 }]))).toBe("unique");
    await tx.run(add, { id: 2, a: 0 });
  });
  expect(await database.all(all, {})).toHaveLength(2);
});

test.each(names)("%s: oneEach wants one row of each set, not as many rows as sets", async (name) => {
  const database = await filled(name, [
    [1, 5],
    [2, 5],
    [3, 6],
  ]);
  for (const query of [drop, read])
    expect(await kindOf(database.transaction((tx) => tx.oneEach(query, [{ a: 5 }, { a: 7 }])))).toBe("RowCountError");
  expect(await database.all(all, {})).toHaveLength(3);
  expect(await database.transaction((tx) => tx.oneEach(drop, [{ a: 6 }]))).toEqual([{ id: 3 }]);
});

test.each(names)("%s: an INSERT that reads its own table sees the sets before it", async (name) => {
  const database = await filled(name, [[1, 40]]);
  const sets = [2, 3, 4, 5].map((id) => ({ id }));
  await database.runMany(addNext, sets);
  const rows = await database.all(all, {});
  expect(rows.map(({ a }) => a)).toEqual([40, 41, 42, 43, 44]);
});
