import { Database } from "bun:sqlite";
import { afterAll, beforeAll, expect, test } from "bun:test";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { type Connection, createConnection } from "mariadb";
import { migrateMariadb, migrateSqlite } from "sqlproof/migrations";
import { type PrivateMariadb, startPrivateMariadb } from "sqlproof/private-mariadb";
import { foldSearchText, foldTable } from "./fold.ts";
import { withFoldExpressions } from "./fold-sql.ts";

let server: PrivateMariadb;
let mariadb: Connection;
const sqlite = new Database(":memory:", { strict: true });

beforeAll(async () => {
  server = await startPrivateMariadb();
  const { host, port, user, password } = server;
  mariadb = await createConnection({ host, port, user, password, rowsAsArray: true, charset: "utf8mb4" });
  await mariadb.query("CREATE DATABASE fold");
  await migrateMariadb({
    server: { host, port, user, password, database: "fold" },
    folder: join(import.meta.dir, "mariadb"),
  });
  await mariadb.query("USE fold");
  await migrateSqlite({ database: sqlite, folder: join(import.meta.dir, "sqlite") });
}, 60_000);

afterAll(async () => {
  await mariadb.end();
  await server.stop();
});

/** The texts as each engine's generated column folds them, written to ship_name; ship_city stays NULL. */
async function foldedByEngines(texts: readonly string[]): Promise<{ mariadb: string[]; sqlite: string[] }> {
  await mariadb.query("DELETE FROM orders");
  await mariadb.batch(
    "INSERT INTO orders (ship_name) VALUES (?)",
    texts.map((text) => [text]),
  );
  const rows: unknown[][] = await mariadb.query("SELECT search_text FROM orders ORDER BY id");
  sqlite.run("DELETE FROM orders");
  const insert = sqlite.query("INSERT INTO orders (ship_name) VALUES (?)");
  for (const text of texts) insert.run(text);
  const sqliteRows = sqlite.query("SELECT search_text FROM orders ORDER BY id").values();
  return { mariadb: rows.map((row) => String(row[0])), sqlite: sqliteRows.map((row) => String(row[0])) };
}

test("every letter of the table folds equally in TypeScript, MariaDB and SQLite", async () => {
  const texts = foldTable.map(([letter]) => `x${letter}Y`);
  const expected = texts.map((text) => `${foldSearchText(text)} `);
  const folded = await foldedByEngines(texts);
  expect(folded.mariadb).toEqual(expected);
  expect(folded.sqlite).toEqual(expected);
});

test("random texts fold equally in TypeScript, MariaDB and SQLite", async () => {
  const letter = fc.oneof(
    fc.constantFrom(...foldTable.map(([one]) => one)),
    fc.constantFrom("a", "z", " ", "'", '"', "\\", "%", "_", "0", "Σ", "σ", "Я", "я", "İ", "ﬁ", "中", "😀", "Ա"),
    fc.string({ unit: "binary", minLength: 1, maxLength: 1 }),
  );
  const text = fc
    .array(letter, { maxLength: 12 })
    .map((letters) => letters.join("").replaceAll("\0", ""))
    .filter((one) => one.isWellFormed());
  const texts = fc.sample(text, { numRuns: 2000, seed: 20_240_115 });
  const expected = texts.map((one) => `${foldSearchText(one)} `);
  const folded = await foldedByEngines(texts);
  expect(folded.mariadb).toEqual(expected);
  expect(folded.sqlite).toEqual(expected);
});

test("the columns survive when the server reloads the table, also with other SQL modes", async () => {
  for (const mode of ["", "NO_BACKSLASH_ESCAPES,ANSI_QUOTES,PIPES_AS_CONCAT", "TRADITIONAL"]) {
    await mariadb.query(`SET sql_mode = '${mode}'`);
    await mariadb.query("FLUSH TABLES");
    const folded = await foldedByEngines(["O’Donnell & Søn „Ærø“"]);
    expect(folded.mariadb).toEqual(['o\'donnell & son "aero" ']);
    expect(folded.sqlite).toEqual(folded.mariadb);
  }
});

test("no replacement is folded again, and no letter is in the table twice", () => {
  const letters = foldTable.map(([letter]) => letter);
  expect(new Set(letters).size).toBe(letters.length);
  for (const [, folded] of foldTable) expect(foldSearchText(folded)).toBe(folded);
});

test("the migration files contain the expressions of this table", () => {
  for (const engine of ["mariadb", "sqlite"] as const) {
    const folder = join(import.meta.dir, engine);
    const files = readdirSync(folder).map((name) => readFileSync(join(folder, name), "utf8"));
    expect(files.some((text) => text.includes("-- fold("))).toBe(true);
    for (const text of files) expect(withFoldExpressions(engine, text)).toBe(text);
  }
});
