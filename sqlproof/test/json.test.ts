// MariaDB says of a column that it is JSON, and Bun's client then parses its text.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { prove } from "../src/check/prove.ts";
import { MariadbProver } from "../src/check/provers/mariadb.ts";
import { openMariadbWith } from "../src/runtime/mariadb/open.ts";
import { ProvenQuery } from "../src/runtime/query.ts";
import { type PrivateMariadb, startPrivateMariadb } from "../src/test-server/private-mariadb.ts";
import { drivers } from "./driver-contract.ts";
import { id, openBoth, rowid, step } from "./two-schemas.ts";

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

const said = (name: string, words: string, or: string): string =>
  `column ${name} is JSON to MariaDB, of which Bun's client makes an object and others give the text: write ${words} || '', which is a text for all${or}`;
const orCheck = ", or let the CHECK of the column be (a IS NULL OR json_valid(a))";

test("an expression that MariaDB calls JSON is refused as a result", async () => {
  expect(await both.said("SELECT q.z FROM (SELECT MAX(b) AS z FROM x) AS q")).toEqual([said("z", "q.z", orCheck)]);
  expect(await both.said("SELECT id FROM x WHERE b = :b")).toEqual([]);
});

test("with MariaDB alone, the expression itself is written, which has no CHECK", async () => {
  const alone = async (sql: string): Promise<string[]> => {
    const location = { file: "query.sql", line: 1, column: 1 };
    const verdict = await prove({ key: sql, mariadb: sql, sqlite: sql, location }, { mariadb: only, sqlite: null });
    return "findings" in verdict ? verdict.findings.map(({ message }) => message) : [];
  };
  const only = await MariadbProver.open(server, [step(tables[0].replace(/;\s+INSERT.*/, ""))]);
  const extracted = "JSON_EXTRACT(a, '$.k')";
  expect(await alone(`SELECT id, ${extracted} AS theme FROM x`)).toEqual([
    said("theme", extracted, ", or JSON_VALUE(a, '$.k') for the value without quotes"),
  ]);
  expect(await alone("SELECT json_object('k',\n  id) AS o FROM x")).toEqual([said("o", "json_object('k', id)", "")]);
  expect(await alone("INSERT INTO x (b) VALUES ('1') RETURNING JSON_ARRAY(id) AS o")).toEqual([
    said("o", "JSON_ARRAY(id)", ""),
  ]);
  for (const item of [`${extracted} || ''`, "JSON_VALUE(a, '$.k')", "json_object('k', id) || ''"])
    expect(await alone(`SELECT ${item} AS theme FROM x`)).toEqual([]);
  await only.close();
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
