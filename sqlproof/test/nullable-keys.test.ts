// A unique key of a column that may be NULL: rows without NULL in it differ there.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { type PrivateMariadb, startPrivateMariadb } from "../src/test-server/private-mariadb.ts";
import { id, openBoth, rowid } from "./two-schemas.ts";

let server: PrivateMariadb;
let both: Awaited<ReturnType<typeof openBoth>>;

beforeAll(async () => {
  server = await startPrivateMariadb();
  both = await openBoth(
    server,
    `CREATE TABLE x (${id}, t VARCHAR(9) COLLATE utf8mb4_nopad_bin NULL, p INT NOT NULL, q INT NULL,
       UNIQUE KEY (t), UNIQUE KEY (p, q)) CHARACTER SET utf8mb4`,
    `CREATE TABLE x (${rowid}, t TEXT NULL, p INTEGER NOT NULL, q INTEGER NULL, UNIQUE (t), UNIQUE (p, q)) STRICT`,
  );
}, 60_000);

afterAll(async () => {
  await both.close();
  await server.stop();
});

describe("a LIMIT that cuts between rows that differ", () => {
  test.each([
    "SELECT id, t FROM x WHERE t IS NOT NULL ORDER BY t LIMIT 3",
    "SELECT id, t FROM x WHERE t > '' AND p > 3 ORDER BY t DESC LIMIT 3",
    "SELECT id, t FROM x WHERE t LIKE 'a%' ORDER BY t LIMIT 3",
    "SELECT id, t FROM x WHERE t = :t LIMIT 1",
    "SELECT id FROM x WHERE q IN (1, 2) ORDER BY p, q LIMIT 3",
    "SELECT y.id FROM x JOIN x AS y ON y.p = x.id WHERE y.t <> '' AND x.t > :t ORDER BY x.t, y.t LIMIT 3",
  ])("%s", async (text) => expect(await both.said(text)).toEqual([]));
});

describe("one that may cut between equal rows", () => {
  test.each([
    "SELECT id, t FROM x ORDER BY t LIMIT 3",
    "SELECT id, t FROM x WHERE t IS NOT NULL OR p > 3 ORDER BY t LIMIT 3",
    "SELECT id, t FROM x WHERE t IS NOT DISTINCT FROM :t LIMIT 1",
    "SELECT id FROM x WHERE NOT (q IS NOT NULL) ORDER BY p, q LIMIT 3",
    "SELECT id FROM x WHERE p IS NOT NULL ORDER BY p, q LIMIT 3",
    "SELECT y.id, x.id AS other FROM x JOIN x AS y ON y.q = x.q WHERE y.t <> '' ORDER BY x.t, y.t LIMIT 3",
    "SELECT id FROM x WHERE EXISTS (SELECT 1 FROM x AS y WHERE y.t IS NOT NULL) ORDER BY t LIMIT 3",
  ])("%s", async (text) =>
    expect((await both.said(text)).join()).toMatch(/picks different rows|leaves rows of equal keys/),
  );
});

describe("ON CONFLICT beside it", () => {
  const insert = (p: string, q: string) =>
    `INSERT INTO x (t, p, q) VALUES (:t, ${p}, ${q}) ON CONFLICT (t) DO UPDATE SET p = excluded.p`;

  test("is accepted where the other key gets a NULL", async () =>
    expect(await both.said(insert(":p", "NULL"))).toEqual([]));

  test("is refused where it gets values", async () =>
    expect((await both.said(insert(":p", ":q"))).join()).toContain("also fills the unique key (p, q)"));
});
