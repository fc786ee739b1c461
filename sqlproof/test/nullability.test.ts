// A column typed NOT NULL must never be NULL. Each statement runs on both engines over rows that produce NULLs wherever
// possible: no match on the outer side, empty groups, empty tables, nullable arguments.
import { Database as SqliteDatabase } from "bun:sqlite";
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Connection, createConnection } from "mariadb";
import { prove } from "../src/check/prove.ts";
import { MariadbProver } from "../src/check/provers/mariadb.ts";
import { SqliteProver } from "../src/check/provers/sqlite.ts";
import { readMigrations } from "../src/migrations/files.ts";
import { connectionConfig } from "../src/runtime/mariadb/open.ts";
import { type PrivateMariadb, startPrivateMariadb } from "../src/test-server/private-mariadb.ts";

let server: PrivateMariadb;
let mariadb: MariadbProver;
let sqlite: SqliteProver;
let onMariadb: Connection;
const onSqlite = new SqliteDatabase(":memory:");
const schema = (engine: string): string => join(import.meta.dir, "schema", engine);

const rows = [
  "INSERT INTO authors (id, name, nickname, born) VALUES (1, 'Ann', NULL, NULL), (2, 'Ben', 'B', '1970-01-01')",
  `INSERT INTO books (id, isbn, author_id, title, price, deposit, weight, lent, added_at, reads_total)
   VALUES (1, 'a', NULL, 'x', 0, NULL, NULL, 0, '2024-01-01 00:00:00', 0),
          (2, 'b', 1, 'y', 1, 1, 1, 1, '2024-01-02 00:00:00', 5)`,
];

beforeAll(async () => {
  server = await startPrivateMariadb();
  mariadb = await MariadbProver.open(server, readMigrations(schema("mariadb")));
  sqlite = new SqliteProver(readMigrations(schema("sqlite")));
  onMariadb = await createConnection(connectionConfig({ ...server, database: mariadb.database }));
  onSqlite.run(readFileSync(join(schema("sqlite"), "0001_library.sql"), "utf8"));
  for (const insert of rows) {
    await onMariadb.query(insert);
    onSqlite.run(insert);
  }
}, 60_000);

afterAll(async () => {
  await onMariadb.end();
  await mariadb.close();
  sqlite.close();
  await server.stop();
});

const left = "FROM books b LEFT JOIN";
const shapes = [
  "SELECT b.id, a.id AS author, a.name FROM books b LEFT JOIN authors a ON a.id = b.author_id",
  "SELECT b.id, a.id AS author FROM authors a RIGHT JOIN books b ON a.id = b.author_id",
  `SELECT d.one, d.id ${left} (SELECT id, 1 AS one FROM authors) d ON d.id = b.author_id`,
  `SELECT d.kind ${left} (SELECT id, COALESCE(nickname, 'none') AS kind FROM authors) d ON d.id = b.author_id`,
  `SELECT d.one + 1 AS two ${left} (SELECT id, 1 AS one FROM authors) d ON d.id = b.author_id`,
  `SELECT d.n ${left} (SELECT author_id, COUNT(*) AS n FROM books GROUP BY author_id) d ON d.author_id = b.id`,
  `SELECT c.one ${left} (SELECT a.id, 1 AS one FROM authors a JOIN books k ON k.author_id = a.id) c ON c.id = b.author_id`,
  "WITH d AS (SELECT id, 1 AS one FROM authors) SELECT d.one FROM books b LEFT JOIN d ON d.id = b.author_id",
  "WITH d AS (SELECT id, name || '!' AS loud FROM authors) SELECT d.loud FROM books b LEFT JOIN d ON d.id = b.author_id",
  `SELECT COALESCE(d.one, 0) AS one ${left} (SELECT id, 1 AS one FROM authors) d ON d.id = b.author_id`,
  `SELECT CASE WHEN d.one = 1 THEN 1 ELSE 0 END AS one ${left} (SELECT id, 1 AS one FROM authors) d ON d.id = b.author_id`,
  "SELECT MAX(id) AS last, MIN(name) AS first, SUM(id) AS total, COUNT(*) AS n, COUNT(born) AS m FROM authors WHERE id > 99",
  "SELECT author_id, MAX(deposit) AS most, COUNT(*) AS n FROM books GROUP BY author_id",
  "SELECT (SELECT a.name FROM authors a WHERE a.id = b.author_id) AS name FROM books b",
  "SELECT (SELECT COUNT(*) FROM authors a WHERE a.id = b.author_id) AS n FROM books b",
  "SELECT CASE WHEN lent THEN id END AS id FROM books",
  "SELECT CASE WHEN lent THEN id ELSE author_id END AS id FROM books",
  "SELECT COALESCE(author_id, 0) AS a, COALESCE(author_id, id) AS c FROM books",
  "SELECT COALESCE(deposit, deposit) AS d FROM books WHERE weight IS NULL",
  "SELECT NULLIF(id, 1) AS id FROM books",
  "SELECT author_id + id AS s, id + 1 AS t, -id AS m FROM books",
  "SELECT isbn || '!' AS loud, isbn || id AS joined FROM books",
  "SELECT nickname || '!' AS loud FROM authors",
  "SELECT author_id IS NULL AS missing, id = author_id AS same, NOT lent AS free FROM books",
  "SELECT EXISTS (SELECT 1 FROM authors a WHERE a.id = b.author_id) AS known FROM books b",
  "SELECT id IN (SELECT author_id FROM books) AS found FROM authors",
  "SELECT author_id IN (1, 2) AS found FROM books",
  "SELECT id, LAG(id) OVER (ORDER BY id) AS earlier, LEAD(id) OVER (ORDER BY id) AS later FROM books",
  "SELECT FIRST_VALUE(deposit) OVER (ORDER BY id) AS first, ROW_NUMBER() OVER (ORDER BY id) AS place FROM books",
  "SELECT SUM(id) OVER (PARTITION BY lent) AS total FROM books",
  "SELECT id, author_id FROM books UNION ALL SELECT id, id FROM authors",
  "SELECT id FROM books UNION ALL SELECT author_id FROM books",
  "SELECT SUBSTR(isbn, 1, 1) AS initial, SUBSTR(nickname, 1, 1) AS n FROM books JOIN authors ON authors.id = 1",
  "SELECT TRIM(isbn) AS t, REPLACE(isbn, 'a', 'b') AS r, ABS(id) AS i FROM books",
  "SELECT CAST(author_id AS INTEGER) AS a, CAST(id AS INTEGER) AS i FROM books",
  "SELECT id % 2 AS odd, author_id % 2 AS other, id % (id - id) AS zero FROM books",
  "SELECT a.name, b.title FROM authors a LEFT JOIN books b ON b.author_id = a.id AND b.lent = 0 WHERE b.id IS NULL",
  "SELECT x.id FROM books b LEFT JOIN (authors x JOIN books y ON y.author_id = x.id) ON x.id = b.author_id",
  "SELECT b.id, n.name FROM books b LEFT JOIN (SELECT id AS author_id, name FROM authors) n USING (author_id)",
  "SELECT 1 AS one, 'a' AS a, TRUE AS yes FROM books",
] as const;

describe("a column typed NOT NULL is never NULL", () => {
  test.each([...shapes])("%s", async (text) => {
    const location = { file: "", line: 1, column: 1 };
    const verdict = await prove({ key: text, mariadb: text, sqlite: text, location }, { mariadb, sqlite });
    if ("findings" in verdict) throw new Error(verdict.findings.map(({ message }) => message).join("\n"));
    const found: unknown[][] = [...(await onMariadb.query<unknown[][]>(text)), ...onSqlite.query(text).values()];
    for (const [index, column] of verdict.proof.columns.entries()) {
      const nulls = found.filter((row) => row[index] === null).length;
      if (!column.nullable) expect(`${column.name}: ${nulls} nulls`).toBe(`${column.name}: 0 nulls`);
    }
    expect(found.length).toBeGreaterThan(0);
  });

  test("and is typed NOT NULL where nothing can be NULL", async () => {
    const text =
      "SELECT b.id, b.isbn, COUNT(*) AS n, COALESCE(MAX(b.deposit), 0) AS most FROM books b GROUP BY b.id, b.isbn";
    const location = { file: "", line: 1, column: 1 };
    const verdict = await prove({ key: text, mariadb: text, sqlite: text, location }, { mariadb, sqlite });
    expect("proof" in verdict ? verdict.proof.columns.map(({ nullable }) => nullable) : verdict).toEqual([
      false,
      false,
      false,
      false,
    ]);
  });
});
