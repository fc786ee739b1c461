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

test("an expression that MariaDB calls JSON is refused as a result", async () => {
  expect(await both.said("SELECT q.z FROM (SELECT MAX(b) AS z FROM x) AS q")).toEqual([said("z")]);
  expect(await both.said("SELECT id FROM x WHERE b = :b")).toEqual([]);
});

const row = { a: "12345678901234567890", b: '{"k": 1}', c: "5" };
const answers = [
  ["SELECT a || '' AS a, b || '' AS b, c FROM x", row],
  ["SELECT a, b, c FROM x", row],
  ["SELECT * FROM x", { id: 1, ...row }],
  ["SELECT x.*, x.b AS again FROM x", { id: 1, ...row, again: row.b }],
  ["SELECT x.*, y.* FROM x JOIN x y ON y.id = x.id", { id: 1, ...row, id_2: 1, a_2: row.a, b_2: row.b, c_2: row.c }],
  ["SELECT q.z, q.A FROM (SELECT b AS z, a FROM x) AS q", { z: row.b, A: row.a }],
  ["SELECT b FROM x UNION ALL SELECT b FROM x", { b: row.b }],
  ["INSERT INTO x (a, b) VALUES ('1', '[2]') RETURNING a, b", { a: "1", b: "[2]" }],
  ["INSERT INTO x (a, b) VALUES ('1', '[3]') RETURNING *", { a: "1", b: "[3]", c: null }],
] as const;

describe("a column that MariaDB calls JSON is text", () => {
  for (const driver of drivers)
    test(driver.name, async () => {
      const { host, port, user, password } = server;
      const { database } = both.mariadb;
      const db = await openMariadbWith(driver, { host, port, user, password, database });
      for (const [text, expected] of answers) {
        const query = new ProvenQuery(text, await both.proof(text));
        expect((await db.all(query, {}))[0]).toMatchObject(expected);
      }
      await db.close();
    });
});
