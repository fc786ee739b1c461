// With one engine: what a recursion's steps give, and tables whose columns hold what they do not declare.
import { afterAll, expect, test } from "bun:test";
import { checkOnEngines } from "../src/check/check.ts";
import { prove } from "../src/check/prove.ts";
import { MariadbProver } from "../src/check/provers/mariadb.ts";
import type { OpenProvers } from "../src/check/provers/open.ts";
import { SqliteProver } from "../src/check/provers/sqlite.ts";
import { startPrivateMariadb } from "../src/test-server/private-mariadb.ts";
import { errorLines, project, removeProjects, write } from "./fixture.ts";
import { step } from "./two-schemas.ts";

afterAll(removeProjects);

const recursions: readonly (readonly [sql: string, sqlite: string, mariadb: string])[] = [
  ["SELECT 1 AS x UNION ALL SELECT x + 1 FROM c WHERE x < 3", "x integer", "x integer"],
  ["SELECT 1 AS x UNION ALL SELECT x + 0.5 FROM c WHERE x < 3", "x double", "x integer or null"],
  ["SELECT 1 AS x UNION ALL SELECT NULLIF(x + 1, 3) FROM c WHERE x < 5", "x integer or null", "x integer or null"],
  [
    "SELECT 1 AS x, 'a' AS y UNION ALL SELECT x + 1, NULL FROM c WHERE x < 3",
    "x integer, y text or null",
    "x integer, y text or null",
  ],
  // What one step gives one column, the next one gives another.
  [
    "SELECT 1 AS x, 1 AS y UNION ALL SELECT y, NULL FROM c WHERE x < 3",
    "x integer or null, y integer or null",
    "x integer or null, y integer or null",
  ],
  ["SELECT 1 AS x, 1 AS y UNION ALL SELECT y, 0.5 FROM c WHERE x > 0.7", "x double, y double", ""],
];

async function typed(provers: OpenProvers, query: string): Promise<string> {
  const text = `WITH RECURSIVE c AS (${query}) SELECT * FROM c`;
  const location = { file: "query.sql", line: 1, column: 1 };
  const verdict = await prove({ key: text, mariadb: text, sqlite: text, location }, provers);
  if ("findings" in verdict) return verdict.findings.map(({ message }) => message).join("; ");
  return verdict.proof.columns
    .map(({ name, type, nullable }) => `${name} ${type}${nullable ? " or null" : ""}`)
    .join(", ");
}

test("the columns of a recursion are what any of its steps gives", async () => {
  const server = await startPrivateMariadb();
  const [sqlite, mariadb] = [new SqliteProver([]), await MariadbProver.open(server, [])];
  for (const [query, onSqlite, onMariadb] of recursions) {
    expect(await typed({ mariadb: null, sqlite }, query)).toBe(onSqlite);
    if (onMariadb !== "") expect(await typed({ mariadb, sqlite: null }, query)).toBe(onMariadb);
  }
  sqlite.close();
  await mariadb.close();
  await server.stop();
}, 60_000);

test("MariaDB alone refuses what it would have to cut, so that nothing is refused before", async () => {
  const server = await startPrivateMariadb();
  const mariadb = await MariadbProver.open(server, [
    step("CREATE TABLE t (a VARCHAR(9) NOT NULL, b VARCHAR(99) NOT NULL, c TINYTEXT NOT NULL, d CHAR(3) NOT NULL)"),
  ]);
  const location = { file: "query.sql", line: 1, column: 1 };
  for (const text of [
    "UPDATE t SET a = b",
    "UPDATE t SET c = c || b",
    "UPDATE t SET d = 'ab '",
    "UPDATE t SET d = :d",
  ]) {
    const verdict = await prove({ key: text, mariadb: text, sqlite: text, location }, { mariadb, sqlite: null });
    expect("findings" in verdict ? verdict.findings : []).toEqual([]);
    if ("proof" in verdict) expect(verdict.proof.parameters.every(({ trimmed }) => trimmed === undefined)).toBe(true);
  }
  await mariadb.close();
  await server.stop();
}, 60_000);

test("a table that is not STRICT is refused with SQLite alone, too", async () => {
  const config = project("export const n = sql(`SELECT 1 AS n`);\n", { sqlite: "schema/sqlite" });
  write(config.root, "schema/sqlite/0002_loose.sql", "CREATE TABLE loose (a TEXT PRIMARY KEY, n INTEGER NOT NULL);\n");
  expect(errorLines(await checkOnEngines(config, { frozen: false }))).toEqual([
    "table loose is not STRICT: SQLite stores values of other types than its columns declare; write STRICT behind the last bracket",
  ]);
});

test("a primary key holds NULL where SQLite takes it", () => {
  const nullable = (sql: string): boolean | undefined => {
    const prover = new SqliteProver([step(sql)]);
    const column = prover.catalog.get("t")?.columns.get("a");
    prover.close();
    return column?.nullable;
  };
  expect(nullable("CREATE TABLE t (a TEXT PRIMARY KEY)")).toBe(true);
  expect(nullable("CREATE TABLE t (a INTEGER PRIMARY KEY)")).toBe(false);
  expect(nullable("CREATE TABLE t (a TEXT PRIMARY KEY) STRICT")).toBe(false);
  expect(nullable("CREATE TABLE t (a TEXT PRIMARY KEY) WITHOUT ROWID")).toBe(false);
});

/** What is said of a text with one engine; nothing where it is proven. */
async function said(provers: OpenProvers, text: string): Promise<string> {
  const location = { file: "query.sql", line: 1, column: 1 };
  const verdict = await prove({ key: text, mariadb: text, sqlite: text, location }, provers);
  return "findings" in verdict ? verdict.findings.map(({ message }) => message).join("; ") : "";
}

const zero = (words: string): string =>
  `${words} may be a day such as 0000-00-00 or 2024-00-00, which no program reads: write DATE_ADD(${words}, INTERVAL 0 DAY), which is NULL or an error then, or CAST(${words} AS CHAR)`;

test("MariaDB alone: NULL of a call without a type, and days that are none", async () => {
  const server = await startPrivateMariadb();
  const mariadb = await MariadbProver.open(server, [
    step("CREATE TABLE t (n INT NOT NULL, m INT NULL, s VARCHAR(99) NOT NULL, w DATETIME NOT NULL, y DATE NOT NULL)"),
  ]);
  const nullable = (place: string, words: string): string =>
    `${place} is NOT NULL and gets ${words}, which may be NULL: write COALESCE(${words}, value)`;
  const texts: readonly (readonly [string, string])[] = [
    ["UPDATE t SET n = ELT(n, 1, 2)", nullable("t.n", "ELT(n, 1, 2)")],
    ["UPDATE t SET s = JSON_VALUE(s, '$.a')", nullable("t.s", "JSON_VALUE(s, '$.a')")],
    ["UPDATE t SET s = COALESCE(JSON_VALUE(s, '$.a'), '')", ""],
    ["UPDATE t SET w = w + INTERVAL 5 MINUTE, s = UUID(), y = CURRENT_DATE, n = YEAR(y)", ""],
    ["UPDATE t SET w = NOW() + INTERVAL m DAY", nullable("t.w", "NOW() + INTERVAL(m)")],
    ["INSERT INTO t (n, s, w, y) VALUES (1, '', NOW(), CURDATE()) ON DUPLICATE KEY UPDATE n = VALUES(n)", ""],
    ["SELECT STR_TO_DATE(s, '%Y') AS x FROM t", zero("STR_TO_DATE(s, '%Y')")],
    ["SELECT MAX(x) AS x FROM (SELECT FROM_DAYS(n) AS x FROM t) AS q", zero("FROM_DAYS(n)")],
    ["SELECT DATE(s) AS x FROM t", zero("DATE(s)")],
    ["UPDATE t SET y = COALESCE(CAST(s AS DATE), y)", zero("CAST(s AS DATE)")],
    ["SELECT DATE(w) AS x, TIMESTAMP(y) AS z, CAST('2024-02-29' AS DATE) AS u, CONVERT(n, CHAR) AS v FROM t", ""],
    ["SELECT DATE_ADD(STR_TO_DATE(s, '%Y'), INTERVAL 0 DAY) AS x, CAST(FROM_DAYS(n) AS CHAR) AS z FROM t", ""],
    ["SELECT n FROM t WHERE w > STR_TO_DATE(:day::text, '%d.%m.%Y')", ""],
    ["SELECT 0x41 AS x", "0x41 is bytes, or not one number: write digits, or x'..' for bytes"],
  ];
  for (const [text, message] of texts) expect(await said({ mariadb, sqlite: null }, text)).toBe(message);
  await mariadb.close();
  await server.stop();
}, 60_000);

test("SQLite alone: NULL of a call without a type, and whole numbers as REAL", async () => {
  const sqlite = new SqliteProver([
    step("CREATE TABLE t (n INTEGER NOT NULL, r REAL NOT NULL, s TEXT NOT NULL, k TEXT) STRICT"),
  ]);
  const texts: readonly (readonly [string, string])[] = [
    [
      "UPDATE t SET s = json_extract(k, '$.a')",
      "t.s is NOT NULL and gets JSON_EXTRACT(k, '$.a'), which may be NULL: write COALESCE(JSON_EXTRACT(k, '$.a'), value)",
    ],
    [
      "INSERT INTO t (n, r, s) SELECT n, r, s ->> '$.a' FROM t UNION ALL SELECT 1, 0.5, 'x'",
      "t.s is NOT NULL and gets a value of the SELECT, which may be NULL: write COALESCE(.., value)",
    ],
    ["UPDATE t SET s = COALESCE(s ->> '$.a', 'none'), k = s ->> '$.a'", ""],
    ["UPDATE t SET r = n", ""],
    [
      "UPDATE t SET n = r",
      "t.n is INTEGER and gets r, which is a float: SQLite stores or refuses it as it is; write CAST(ROUND(r) AS INTEGER)",
    ],
    ["SELECT 0x41 AS x", "0x41 is a number in other digits, or not one number: write the digits 0 to 9"],
  ];
  for (const [text, message] of texts) expect(await said({ mariadb: null, sqlite }, text)).toBe(message);
  sqlite.close();
});

test("SQLite alone: a view that is a UNION of several types has none", async () => {
  const sqlite = new SqliteProver([
    step(`CREATE TABLE t (n INTEGER NOT NULL, s TEXT NOT NULL) STRICT;
      CREATE VIEW v AS SELECT n AS x FROM t UNION ALL SELECT s FROM t;
      CREATE VIEW u AS SELECT n AS x FROM t UNION ALL SELECT s FROM t ORDER BY 1 NULLS LAST;
      CREATE VIEW w AS SELECT n AS x FROM t UNION ALL SELECT NULL;`),
  ]);
  const provers = { mariadb: null, sqlite };
  const star = `column x of a * has no type that sqlproof knows: write the columns, this one as x AS "x: integer", or whatever its type is`;
  for (const view of ["v", "u"]) expect(await said(provers, `SELECT * FROM ${view}`)).toBe(star);
  expect(await said(provers, "SELECT CAST(x AS TEXT) AS x FROM v")).toBe("");
  expect(await said(provers, "SELECT * FROM w")).toBe("");
  sqlite.close();
});
