// MariaDB says of a column that it is JSON, and Bun's client then parses its text.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { openMariadbWith } from "../src/runtime/mariadb/open.ts";
import { ProvenQuery } from "../src/runtime/query.ts";
import { type PrivateMariadb, startPrivateMariadb } from "../src/test-server/private-mariadb.ts";
import { drivers } from "./driver-contract.ts";
import { id, openBoth, rowid } from "./two-schemas.ts";

const text = "VARCHAR(50) COLLATE utf8mb4_nopad_bin";
const tables = [
  `CREATE TABLE x (${id}, a JSON NULL, b ${text} NOT NULL CHECK (json_valid(b) AND b <> 'null'),
     c ${text} NULL CHECK (c IS NULL OR json_valid(c))) CHARACTER SET utf8mb4;
   INSERT INTO x (a, b, c) VALUES ('12345678901234567890', '{"k": 1}', '5')`,
  `CREATE TABLE x (${rowid}, a TEXT NULL CHECK (json_valid(a)), b TEXT NOT NULL CHECK (json_valid(b) AND b <> 'null'),
     c TEXT NULL CHECK (json_valid(c))) STRICT`,
] as const;

let server: PrivateMariadb;
let both: Awaited<ReturnType<typeof openBoth>>;

beforeAll(async () => {
  server = await startPrivateMariadb();
  both = await openBoth(server, ...tables);
}, 60_000);

afterAll(async () => {
  await both.close();
  await server.stop();
});

const said = (name: string): string =>
  `column ${name} is JSON to MariaDB, whose values Bun's client parses: write ${name} || '', or let its CHECK be (a IS NULL OR json_valid(a))`;

test("what MariaDB calls JSON is refused as a result", async () => {
  expect(await both.said("SELECT a, b, c FROM x")).toEqual([said("a"), said("b")]);
  expect(await both.said("SELECT q.z FROM (SELECT MAX(b) AS z FROM x) AS q")).toEqual([said("z")]);
  expect(await both.said("INSERT INTO x (b) VALUES (:b) RETURNING id, b")).toEqual([said("b")]);
  expect(await both.said("SELECT id FROM x WHERE b = :b")).toEqual([]);
});

describe("what the message names is text", () => {
  for (const driver of drivers)
    test(driver.name, async () => {
      const asked = "SELECT a || '' AS a, b || '' AS b, c FROM x";
      const { host, port, user, password } = server;
      const { database } = both.mariadb;
      const db = await openMariadbWith(driver, { host, port, user, password, database });
      const rows = await db.all(new ProvenQuery(asked, await both.proof(asked)), {});
      expect(rows).toEqual([{ a: "12345678901234567890", b: '{"k": 1}', c: "5" }]);
      await db.close();
    });
});
