// UPDATE of a key that other rows follow: MariaDB changes them row by row, SQLite at the end of the statement.
import { afterAll, beforeAll, expect, test } from "bun:test";
import { type PrivateMariadb, startPrivateMariadb } from "../src/test-server/private-mariadb.ts";
import { id, openBoth, rowid } from "./two-schemas.ts";

const reference = "FOREIGN KEY (a, b) REFERENCES p (a, b) ON UPDATE CASCADE";
const range = (name: string) => `${name} INTEGER NOT NULL CHECK (${name} BETWEEN -2147483648 AND 2147483647)`;

let server: PrivateMariadb;
let checker: Awaited<ReturnType<typeof openBoth>>;

beforeAll(async () => {
  server = await startPrivateMariadb();
  checker = await openBoth(
    server,
    `CREATE TABLE p (${id}, a INT NOT NULL, b INT NOT NULL, n INT NOT NULL, UNIQUE (a, b));
     CREATE TABLE c (${id}, a INT NOT NULL, b INT NOT NULL, UNIQUE (a, b), CONSTRAINT c_p ${reference});
     CREATE TABLE d (${id}, a INT NOT NULL, b INT NOT NULL, CONSTRAINT d_c ${reference.replace("p (", "c (")});`,
    `CREATE TABLE p (${rowid}, ${range("a")}, ${range("b")}, ${range("n")}, UNIQUE (a, b)) STRICT;
     CREATE TABLE c (${rowid}, ${range("a")}, ${range("b")}, UNIQUE (a, b), ${reference}) STRICT;
     CREATE TABLE d (${rowid}, ${range("a")}, ${range("b")}, ${reference.replace("p (", "c (")}) STRICT;`,
  );
}, 60_000);

afterAll(async () => {
  await checker.close();
  await server.stop();
});

test.each([
  ["c", "UPDATE p SET a = 9 WHERE EXISTS (SELECT 1 FROM c WHERE c.a = p.a AND c.b = 1)"],
  ["c", "UPDATE p SET a = 9 WHERE a IN (SELECT c.a FROM c WHERE c.b = 1)"],
  ["d", "UPDATE p SET a = 9 WHERE n < (SELECT COUNT(*) FROM d WHERE d.b <> 9)"],
  ["c", "UPDATE p SET a = 9, n = (SELECT COUNT(*) FROM c WHERE c.a = 1)"],
])("refused, as the rows of %s follow: %s", async (table, text) => {
  expect(await checker.said(text)).toEqual([
    expect.stringContaining(`reads ${table}, whose rows follow the keys of p`),
  ]);
});

test.each([
  "UPDATE p SET a = 9 WHERE b > 1",
  "UPDATE p SET n = 9 WHERE EXISTS (SELECT 1 FROM c WHERE c.a = p.a AND c.b = 1)",
  "UPDATE p SET a = 9 WHERE id = :id AND NOT EXISTS (SELECT 1 FROM c WHERE c.a = p.a)",
])("accepted: %s", async (text) => {
  expect(await checker.said(text)).toEqual([]);
});
