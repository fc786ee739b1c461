import { afterAll, beforeAll, expect, test } from "bun:test";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkOnEngines } from "../src/check/check.ts";
import { readConfig } from "../src/check/config.ts";
import { DeclaredPlaces } from "../src/check/types/declared-places.ts";
import { splitStatements } from "../src/migrations/split.ts";
import { type PrivateMariadb, startPrivateMariadb } from "../src/test-server/private-mariadb.ts";

const folders: string[] = [];
let server: PrivateMariadb;
beforeAll(async () => {
  server = await startPrivateMariadb();
}, 60_000);
afterAll(async () => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  await server.stop();
});

type Steps = readonly string[];

/** What the check says of two schemas, one file a step. */
async function said(mariadb: Steps, sqlite: Steps, accepted: Record<string, string> = {}): Promise<string[]> {
  const root = mkdtempSync(join(tmpdir(), "sqlproof-places-"));
  folders.push(root);
  for (const [engine, steps] of Object.entries({ mariadb, sqlite })) {
    mkdirSync(join(root, "schema", engine), { recursive: true });
    for (const [index, text] of steps.entries())
      writeFileSync(join(root, "schema", engine, `000${index + 1}_step.sql`), text);
  }
  const migrations = { mariadb: "schema/mariadb", sqlite: "schema/sqlite" };
  const config = { include: ["*.ts"], migrations, proofs: ".sqlproof", acceptedDifferences: accepted };
  writeFileSync(join(root, "sqlproof.json"), JSON.stringify(config));
  writeFileSync(join(root, "program.ts"), "export {};\n");
  const { host, port, user, password } = server;
  const report = await checkOnEngines(readConfig(root), { frozen: false, server: { host, port, user, password } });
  return [...report.projectErrors];
}

const shop = {
  mariadb: [
    `-- A shop.
CREATE TABLE products (
  id INT AUTO_INCREMENT PRIMARY KEY,
  name VARCHAR(50) COLLATE utf8mb4_nopad_bin NOT NULL CHECK (name <> ','),
  price DECIMAL(9,2) NULL,
  UNIQUE KEY products_name (name)
);
CREATE TABLE sales (id INT AUTO_INCREMENT PRIMARY KEY);
CREATE VIEW names AS SELECT id, name FROM products;`,
    `ALTER TABLE products
  ADD COLUMN stock INT NOT NULL DEFAULT 0,
  ADD COLUMN code INT NULL;`,
  ],
  sqlite: [
    `CREATE TABLE "products" (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL CHECK (name <> ','),

  price INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE VIEW sales AS SELECT id FROM products;
CREATE VIEW names AS SELECT name, id FROM products;`,
    "ALTER TABLE products ADD COLUMN stock INTEGER NOT NULL DEFAULT 0;",
  ],
} as const;

test("each difference names the file and line of the table or column, so far as an engine has it", async () => {
  const difference = (message: string, mariadb: string | null, sqlite: string | null): string =>
    [
      message,
      ...(mariadb === null ? [] : [`  MariaDB schema/mariadb/${mariadb}`]),
      ...(sqlite === null ? [] : [`  SQLite  schema/sqlite/${sqlite}`]),
    ].join("\n");
  expect(await said(shop.mariadb, shop.sqlite)).toEqual([
    difference(
      "view names has its columns in a different order on SQLite: name, id",
      "0001_step.sql:9",
      "0001_step.sql:8",
    ),
    // The table has no such column on SQLite, so that the place is that of the table.
    difference("column products.code is missing on SQLite", "0002_step.sql:3", "0001_step.sql:1"),
    difference(
      "column products.price is nullable on MariaDB and NOT NULL on SQLite",
      "0001_step.sql:5",
      "0001_step.sql:5",
    ),
    difference("unique key (name) of products is missing on SQLite", "0001_step.sql:2", "0001_step.sql:1"),
    difference("sales is a table on MariaDB and a view on SQLite", "0001_step.sql:8", "0001_step.sql:7"),
  ]);
});

test("so does what the schemas do differently, and an accepted difference is named without the places", async () => {
  const mariadb = ["CREATE TABLE t (\n  id INT PRIMARY KEY,\n  a INT NOT NULL DEFAULT 1\n);"];
  const sqlite = ["CREATE TABLE t (id INT PRIMARY KEY,\n  a INTEGER NOT NULL DEFAULT 2) STRICT;"];
  expect(await said(mariadb, sqlite)).toEqual([
    "column t.a by default is '1' on MariaDB and '2' on SQLite\n  MariaDB schema/mariadb/0001_step.sql:3\n  SQLite  schema/sqlite/0001_step.sql:2",
  ]);
  expect(await said(mariadb, sqlite, { "column t.a": "on purpose" })).toEqual([]);
});

function placesOf(...steps: Steps): DeclaredPlaces {
  return new DeclaredPlaces(
    steps.map((text, index) => {
      const name = `${index + 1}.sql`;
      return { version: index + 1, name, path: name, checksum: "", statements: splitStatements(text), adoption: null };
    }),
  );
}

test("the last statement that wrote a table or column is its place", () => {
  const made =
    "CREATE TABLE IF NOT EXISTS main.T (\n`a` INT, -- the first, of two\nb INT CHECK (b IN (1, 2)),\nPRIMARY KEY (a, b)\n)";
  const table = placesOf(
    made,
    "ALTER TABLE t MODIFY b BIGINT,\nCHANGE COLUMN a `c` INT, ADD KEY k (c), RENAME KEY k TO l",
  );
  expect(["a", "b", "c"].map((name) => table.column("t", name))).toEqual(["1.sql:1", "2.sql:1", "2.sql:2"]);
  expect([table.table("T"), table.table("key"), table.table("l")]).toEqual(["1.sql:1", null, null]);
  const rebuilt = placesOf(made, "CREATE TABLE new (\na INT\n);\nDROP TABLE t;\nALTER TABLE new RENAME TO t;");
  expect([rebuilt.column("t", "a"), rebuilt.table("new")]).toEqual(["2.sql:2", null]);
  const renamed = placesOf(made, "RENAME TABLE t TO u;", "ALTER TABLE u RENAME COLUMN a TO z");
  expect([renamed.table("u"), renamed.column("u", "z"), renamed.table("t")]).toEqual(["1.sql:1", "3.sql:1", null]);
});
