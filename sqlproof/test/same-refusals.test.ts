// What triggers and foreign keys refuse has one kind, whichever engine and driver says so.
import { afterAll, beforeAll, expect, test } from "bun:test";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Database } from "../src/index.ts";
import { migrateSqlite } from "../src/migrations/sqlite.ts";
import { openSqlite } from "../src/runtime/sqlite/open.ts";
import type { PrivateMariadb } from "../src/test-server/private-mariadb.ts";
import { admin, drivers, ending, openOn, startServer, statement } from "./driver-contract.ts";

const parts = `CREATE TABLE parts (
  id INT NOT NULL PRIMARY KEY, up INT NULL, FOREIGN KEY (up) REFERENCES parts (id) ON DELETE CASCADE
)`;
const cases = "CREATE TABLE cases (id INT NOT NULL PRIMARY KEY)";
const pages = `CREATE TABLE pages (
  case_id INT NOT NULL, n INT NOT NULL, PRIMARY KEY (case_id, n),
  FOREIGN KEY (case_id) REFERENCES cases (id) ON UPDATE CASCADE
)`;
const closed = "CREATE TABLE closed (id INT NOT NULL PRIMARY KEY)";
const trigger = "CREATE TRIGGER closed_stays BEFORE INSERT ON closed FOR EACH ROW";

const addPart = statement("INSERT INTO parts (id, up) VALUES (:id, :up)", { id: "integer", up: "integer" });
const dropPart = statement("DELETE FROM parts WHERE id = :id", { id: "integer" });
const loosen = statement("UPDATE parts SET up = NULL WHERE id > :id", { id: "integer" });
const clear = statement("DELETE FROM parts WHERE id > :id", { id: "integer" });
const addCase = statement("INSERT INTO cases (id) VALUES (:id)", { id: "integer" });
const addPage = statement("INSERT INTO pages (case_id, n) VALUES (:id, 1)", { id: "integer" });
const renumber = statement("UPDATE cases SET id = :to WHERE id = :id", { to: "integer", id: "integer" });
const addClosed = statement("INSERT INTO closed (id) VALUES (:id)", { id: "integer" });

let server: PrivateMariadb;
const folder = mkdtempSync(join(tmpdir(), "sqlproof-refusals-"));
const databases = new Map<string, Database>();
beforeAll(async () => {
  server = await startServer();
  const signal = `${trigger} SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'closed'`;
  await admin(server, `USE contract; ${parts}; ${cases}; ${pages}; ${closed}; ${signal}`);
  const raise = `${trigger} BEGIN SELECT RAISE(ABORT, 'closed'); END`;
  writeFileSync(join(folder, "0001_refusals.sql"), `${parts};\n${cases};\n${pages};\n${closed};\n${raise};\n`);
  const path = join(folder, "refusals.db");
  await migrateSqlite({ database: path, folder });
  databases.set("SQLite", openSqlite({ path }));
  for (const driver of drivers)
    databases.set(driver.name, await openOn(server, driver, { statementTimeoutMs: 10_000 }));
}, 60_000);
afterAll(async () => {
  for (const database of databases.values()) await database.close();
  await server.stop();
  rmSync(folder, { recursive: true });
});

const names = ["SQLite", ...drivers.map(({ name }) => name)];

function opened(name: string): Database {
  const database = databases.get(name);
  if (database === undefined) throw new Error(`no database ${name}`);
  return database;
}

test.each(names)("%s: what a trigger refuses is a value", async (name) => {
  expect(await ending(opened(name).run(addClosed, { id: 1 }))).toMatchObject({ kind: "value" });
});

// MariaDB says first that the children would be equal, and has a number of its own for that.
test.each(names)("%s: a key that becomes another's, and its children with it", async (name) => {
  const database = opened(name);
  const ids = [1, 2].map((id) => 2 * names.indexOf(name) + id);
  for (const id of ids) await database.run(addCase, { id });
  for (const id of ids) await database.run(addPage, { id });
  expect(await ending(database.run(renumber, { id: ids[0], to: ids[1] }))).toMatchObject({ kind: "unique" });
});

// README, Limits: MariaDB follows 15 rows, SQLite all.
test.each(names)("%s: ON DELETE CASCADE through 16 rows, each a child of the last", async (name) => {
  const database = opened(name);
  const chain = async (rows: number): Promise<string> => {
    for (const step of [loosen, clear]) await database.run(step, { id: 0 });
    for (let id = 1; id <= rows; id += 1) await database.run(addPart, { id, up: id === 1 ? null : id - 1 });
    return (await ending(database.run(dropPart, { id: 1 }))).kind;
  };
  expect(await chain(15)).toBe("done");
  expect(await chain(16)).toBe(name === "SQLite" ? "done" : "foreign-key");
});
