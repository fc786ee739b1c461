// What MariaDB answers once: it merges queries into the one around them, and refuses the prepared statement when it is
// executed again. The checker refuses such texts; these tests say that MariaDB still does it, and what helps.
import { afterAll, beforeAll, expect, test } from "bun:test";
import { type Connection, createConnection } from "mariadb";
import { type PrivateMariadb, startPrivateMariadb } from "../src/test-server/private-mariadb.ts";

let server: PrivateMariadb;
let connection: Connection;

beforeAll(async () => {
  server = await startPrivateMariadb();
  const { host, port, user, password } = server;
  connection = await createConnection({ host, port, user, password });
  for (const statement of [
    "SET SESSION sql_mode = CONCAT(@@sql_mode, ',ONLY_FULL_GROUP_BY')",
    "CREATE DATABASE shop",
    "USE shop",
    "CREATE TABLE a (id INT PRIMARY KEY, n INT)",
    "INSERT INTO a VALUES (1, 1), (2, 1)",
    "CREATE TABLE stored (n INT, most INT)",
  ])
    await connection.query(statement);
}, 60_000);

afterAll(async () => {
  await connection.end();
  await server.stop();
});

/** What the same prepared statement answers three times. */
async function threeTimes(text: string): Promise<readonly string[]> {
  const prepared = await connection.prepare(text);
  const answers: string[] = [];
  for (let time = 0; time < 3; time += 1)
    answers.push(
      await prepared.execute().then(
        () => "answered",
        (error: unknown) => (error instanceof Error ? error.message : ""),
      ),
    );
  prepared.close();
  return answers;
}

const groups = "SELECT MAX(id) AS v FROM a GROUP BY n";

test.each([
  ["in WHERE", `SELECT COUNT(*) FROM a WHERE id IN (${groups})`],
  ["in a query of FROM", `SELECT COUNT(*) FROM (SELECT id FROM a WHERE id IN (${groups})) AS q`],
  ["in EXISTS", `SELECT COUNT(*) FROM a WHERE EXISTS (SELECT 1 FROM a AS b WHERE b.id = a.id AND b.id IN (${groups}))`],
])("a membership in aggregates %s of a count is answered once", async (_, text) => {
  const refused = expect.stringContaining("Mixing of GROUP columns");
  expect(await threeTimes(text)).toEqual(["answered", refused, refused]);
});

test.each([
  ["through a query of FROM", `SELECT COUNT(*) FROM a WHERE id IN (SELECT v FROM (${groups}) AS q)`],
  ["of rows that are not counted", `SELECT id FROM a WHERE id IN (${groups})`],
  ["of counted groups", `SELECT n, COUNT(*) FROM a WHERE id IN (${groups}) GROUP BY n`],
])("a membership in aggregates %s is answered each time", async (_, text) => {
  expect(await threeTimes(text)).toEqual(["answered", "answered", "answered"]);
});

const stored = "(SELECT DISTINCT n FROM a) AS d";
const exists = "EXISTS (SELECT 1 FROM a AS b WHERE b.id = d.n)";

test.each([
  ["of a query in FROM", `SELECT q.n FROM (SELECT d.n FROM ${stored} WHERE ${exists}) AS q`],
  ["of a query in WITH", `WITH q AS (SELECT d.n FROM ${stored} WHERE ${exists}) SELECT q.n FROM q`],
  ["of a query in IN", `SELECT id FROM a WHERE n IN (SELECT d.n FROM ${stored} WHERE ${exists})`],
  ["that becomes a join", `SELECT d.n FROM ${stored} WHERE 1 IN (SELECT a.id FROM a WHERE a.id = d.n)`],
  ["beside a table", `SELECT a.id FROM a JOIN ${stored} ON d.n = a.n WHERE a.id IN (SELECT DISTINCT d.n FROM a AS b)`],
  ["in the list", `SELECT q.m FROM (SELECT (SELECT MAX(id) FROM a WHERE id = d.n) AS m FROM ${stored}) AS q`],
])("a column of a stored query in a subquery %s is found once", async (_, text) => {
  const refused = expect.stringContaining("Unknown column 'd.n'");
  expect(await threeTimes(text)).toEqual(["answered", refused, refused]);
});

test.each([
  ["of the outermost query", `SELECT d.n FROM ${stored} WHERE ${exists}`],
  [
    "of a table of WITH",
    "WITH d AS (SELECT DISTINCT n FROM a) SELECT d.n FROM d WHERE 1 IN (SELECT a.id FROM a WHERE a.id = d.n)",
  ],
  ["that stays a subquery", `SELECT d.n FROM ${stored} WHERE NOT (9 IN (SELECT a.id FROM a WHERE a.id = d.n))`],
  ["of a query that is stored itself", `SELECT q.n FROM (SELECT DISTINCT d.n FROM ${stored} WHERE ${exists}) AS q`],
])("a column of a stored query in a subquery %s is found each time", async (_, text) => {
  expect(await threeTimes(text)).toEqual(["answered", "answered", "answered"]);
});

const noRow = "SELECT NULL, NULL WHERE FALSE UNION ALL";

test("an INSERT of aggregates is executed once, and each time behind a SELECT without rows", async () => {
  const refused = expect.stringContaining("Mixing of GROUP columns");
  for (const one of ["SELECT 1, MAX(id) FROM a", "SELECT 1, 2 FROM a HAVING COUNT(*) > 0"]) {
    expect(await threeTimes(`INSERT INTO stored (n, most) ${one}`)).toEqual(["answered", refused, refused]);
    const behind = await threeTimes(`INSERT INTO stored (n, most) ${noRow} ${one}`);
    expect(behind).toEqual(["answered", "answered", "answered"]);
  }
});
