// A CHAR that may be shorter than its column: MariaDB fills it up with spaces in an index and in a sort.
import { afterAll, beforeAll, expect, test } from "bun:test";
import { type Engines, openEngines } from "../src/differential/engines.ts";
import type { LooseQuery } from "../src/differential/table-queries.ts";
import { ProvenQuery } from "../src/runtime/query.ts";
import { type PrivateMariadb, startPrivateMariadb } from "../src/test-server/private-mariadb.ts";
import { id, openBoth, rowid, step } from "./two-schemas.ts";

let server: PrivateMariadb;
let engines: Engines;
let checker: Awaited<ReturnType<typeof openBoth>>;

const char = "CHAR(3) COLLATE utf8mb4_nopad_bin NOT NULL";
const schema = {
  mariadb: `CREATE TABLE x (${id}, c ${char}, whole ${char}, KEY (c)) CHARACTER SET utf8mb4`,
  sqlite: `CREATE TABLE x (${rowid}, c TEXT NOT NULL CHECK (LENGTH(c) <= 3), whole TEXT NOT NULL CHECK (LENGTH(whole) = 3)) STRICT`,
};

beforeAll(async () => {
  server = await startPrivateMariadb();
  const { host, port, user, password } = server;
  const there = { host, port, user, password };
  engines = await openEngines(there, { mariadb: [step(schema.mariadb)], sqlite: [step(schema.sqlite)] });
  checker = await openBoth(server, schema.mariadb, schema.sqlite);
  const add = await proven("INSERT INTO x (c, whole) VALUES (:c, :whole)");
  for (const c of ["", "a", "a\t", "\u0001", "ab", "abc", "ab\n"])
    for (const db of [engines.mariadb, engines.sqlite]) await db.run(add, { c, whole: c.padEnd(3, "x") });
}, 60_000);

afterAll(async () => {
  await checker.close();
  await engines.close();
  await server.stop();
});

async function proven(text: string): Promise<LooseQuery> {
  return new ProvenQuery(text, await checker.proof(text));
}

test.each([
  "SELECT id FROM x ORDER BY c, id",
  "SELECT id FROM x WHERE c > :c ORDER BY id",
  "SELECT id FROM x WHERE c BETWEEN :c AND 'b' ORDER BY id",
  "SELECT MIN(c) AS v FROM x WHERE id > 2",
  "SELECT id, RANK() OVER (ORDER BY c) AS place FROM x ORDER BY id",
  "SELECT q.c FROM (SELECT DISTINCT c FROM x) AS q ORDER BY q.c",
  "SELECT a.id FROM x AS a JOIN x AS b ON a.c || '' < b.c ORDER BY a.id, b.id",
  "DELETE FROM x WHERE c > :c",
])("refused: %s", async (text) => {
  expect(await checker.said(text)).toEqual([expect.stringContaining("MariaDB fills a CHAR up with spaces")]);
});

test.each([
  "SELECT id FROM x ORDER BY c || '', id",
  "SELECT id FROM x WHERE c || '' > 'a' ORDER BY id",
  "SELECT MIN(c || '') AS v FROM x WHERE id > 2",
  "SELECT id, c = 'a' AS v FROM x WHERE c IN ('a', 'ab', '') ORDER BY id",
  "SELECT c, COUNT(*) AS n FROM x GROUP BY c ORDER BY n, c || ''",
  "SELECT id FROM x WHERE whole > 'abc' ORDER BY whole, id",
])("alike: %s", async (text) => {
  const query = await proven(text);
  const rows = await engines.mariadb.all(query, {});
  expect(rows).not.toEqual([]);
  expect(rows).toEqual(await engines.sqlite.all(query, {}));
});
