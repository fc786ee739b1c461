// Names that each engine looks for in another order, on schemas of their own.
import { afterAll, beforeAll, expect, test } from "bun:test";
import { type PrivateMariadb, startPrivateMariadb } from "../src/test-server/private-mariadb.ts";
import { openBoth } from "./two-schemas.ts";

let server: PrivateMariadb;

beforeAll(async () => {
  server = await startPrivateMariadb();
}, 60_000);

afterAll(() => server.stop());

test("SQLite's number of a row, which is a column of the query around on MariaDB alone, is refused", async () => {
  const both = await openBoth(
    server,
    "CREATE TABLE a (id INT NOT NULL PRIMARY KEY, oid INT NOT NULL); CREATE TABLE k (id INT NOT NULL PRIMARY KEY);",
    `CREATE TABLE a (id INTEGER NOT NULL PRIMARY KEY, oid INTEGER NOT NULL) STRICT;
     CREATE TABLE k (id INTEGER NOT NULL PRIMARY KEY) STRICT;`,
  );
  const said = await both.said("SELECT id FROM a WHERE EXISTS (SELECT 1 FROM k WHERE k.id = oid)");
  expect(said).toEqual([expect.stringContaining("oid is SQLite's number of a row")]);
  expect(await both.said("SELECT id FROM a WHERE EXISTS (SELECT 1 FROM k WHERE k.id = a.oid)")).toEqual([]);
  expect(await both.said("SELECT id FROM a WHERE oid > 3")).toEqual([]);
  await both.close();
});
