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
