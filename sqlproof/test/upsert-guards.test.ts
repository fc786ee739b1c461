// An upsert of a row that meets its like, where what refuses rows stands at other moments on each engine.
import { afterAll, beforeAll, expect, test } from "bun:test";
import { type PrivateMariadb, startPrivateMariadb } from "../src/test-server/private-mariadb.ts";
import { openBoth } from "./two-schemas.ts";

let server: PrivateMariadb;
beforeAll(async () => {
  server = await startPrivateMariadb();
}, 60_000);
afterAll(() => server.stop());

const table = "CREATE TABLE t (id INT NOT NULL PRIMARY KEY, n INT NOT NULL";
const check = ", CHECK (n >= 0)";
const signal = (when: string): string =>
  `; CREATE TRIGGER g_${when} ${when} INSERT ON t FOR EACH ROW BEGIN IF NEW.n < 0 THEN SIGNAL SQLSTATE '45000'; END IF; END`;
const raise = (when: string): string =>
  `; CREATE TRIGGER g_${when} ${when} INSERT ON t WHEN NEW.n < 0 BEGIN SELECT RAISE(ABORT, 'no'); END`;
const nothing = "INSERT INTO t (id, n) VALUES (:id, :n) ON CONFLICT (id) DO NOTHING";
const more = "INSERT INTO t (id, n) VALUES (:id, :n) ON CONFLICT (id) DO UPDATE SET n = t.n + 1";

async function said(mariadb: string, sqlite: string, text: string): Promise<string[]> {
  const both = await openBoth(server, mariadb, sqlite.replace("n INT", "n INTEGER"));
  const found = await both.said(text);
  await both.close();
  return found.filter((message) => !message.includes("may not fit"));
}

test.each([
  [`${table})${signal("BEFORE")}`, `${table}) STRICT${raise("AFTER")}`],
  [`${table})${signal("AFTER")}`, `${table}) STRICT${raise("BEFORE")}`],
  [`${table}${check})`, `${table}) STRICT${raise("AFTER")}`],
  [`${table})${signal("AFTER")}`, `${table}${check}) STRICT`],
])("%s / %s", async (mariadb, sqlite) => {
  for (const text of [nothing, more])
    expect(await said(mariadb, sqlite, text)).toEqual([
      "trigger g_AFTER of t refuses rows AFTER INSERT on one engine only, and never sees a row that ON CONFLICT does not insert: refuse them on both engines with the same CHECK, or in triggers of the same time",
    ]);
  expect(await said(mariadb, sqlite, "INSERT INTO t (id, n) VALUES (:id, :n)")).toEqual([]);
});

test.each([
  [`${table}${check})`, `${table}${check}) STRICT`],
  [`${table})${signal("BEFORE")}`, `${table}) STRICT${raise("BEFORE")}`],
  [`${table})${signal("AFTER")}`, `${table}) STRICT${raise("AFTER")}`],
  [`${table})${signal("BEFORE")}`, `${table}${check}) STRICT`],
])("not with %s / %s", async (mariadb, sqlite) => {
  for (const text of [nothing, more]) expect(await said(mariadb, sqlite, text)).toEqual([]);
});
