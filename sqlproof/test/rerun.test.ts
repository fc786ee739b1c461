// MariaDB turns a membership in aggregates into a join and, with ONLY_FULL_GROUP_BY, refuses a prepared statement that it
// has answered before. The checker refuses such texts; these tests say that MariaDB still does it, and what helps.
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
