// Where a step exceeds 64 bits, SQLite goes on with a rounded float, which later steps could bring back among the right
// numbers. MariaDB computes exactly, or refuses; SQLite must give the same or an error, and never another number.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { join } from "node:path";
import { prove } from "../src/check/prove.ts";
import { MariadbProver } from "../src/check/provers/mariadb.ts";
import { SqliteProver } from "../src/check/provers/sqlite.ts";
import { type Engines, openEngines } from "../src/differential/engines.ts";
import type { LooseQuery } from "../src/differential/table-queries.ts";
import { DatabaseError } from "../src/index.ts";
import { readMigrations } from "../src/migrations/files.ts";
import { ProvenQuery } from "../src/runtime/query.ts";
import { type PrivateMariadb, startPrivateMariadb } from "../src/test-server/private-mariadb.ts";

const migrations = {
  mariadb: readMigrations(join(import.meta.dir, "rules/mariadb")),
  sqlite: readMigrations(join(import.meta.dir, "rules/sqlite")),
};
let server: PrivateMariadb;
let mariadb: MariadbProver;
let sqlite: SqliteProver;
let engines: Engines;

beforeAll(async () => {
  server = await startPrivateMariadb();
  mariadb = await MariadbProver.open(server, migrations.mariadb);
  sqlite = new SqliteProver(migrations.sqlite);
  const { host, port, user, password } = server;
  engines = await openEngines({ host, port, user, password }, migrations);
  const insert = await proven(
    "INSERT INTO a (id, n, c, b, d, f, t, w, y, q) VALUES (:id, :n, :c, TRUE, :d, 0.5, '', '2024-02-29 12:00:00', '2024-02-29', 7)",
  );
  for (const engine of [engines.mariadb, engines.sqlite]) {
    for (const [id, sign] of [1, -1].entries())
      await engine.run(insert, { id: id + 1, n: sign * 2147483647, c: sign * (2 ** 53 - 1), d: "9999999.99" });
    await engine.run(insert, { id: 3, n: -7, c: 12, d: "0.05" });
  }
}, 60_000);

afterAll(async () => {
  await engines.close();
  await mariadb.close();
  sqlite.close();
  await server.stop();
});

async function proven(text: string): Promise<LooseQuery> {
  const location = { file: "a.sql", line: 1, column: 1 };
  const verdict = await prove({ key: text, mariadb: text, sqlite: text, location }, { mariadb, sqlite });
  if ("findings" in verdict) throw new Error(JSON.stringify(verdict.findings));
  return new ProvenQuery(text, verdict.proof);
}

/** The rows, or "overflow". */
async function answer(engine: "mariadb" | "sqlite", query: LooseQuery, given = {}): Promise<unknown> {
  try {
    return await engines[engine].all(query, given);
  } catch (error) {
    const said = error instanceof Error ? error.message : "";
    return /integer overflow|beyond 64 bits|out of range/.test(said) ? "overflow" : said;
  }
}

const beyond: readonly string[] = [
  "SELECT c * c - (c * c + 1) AS v FROM a",
  "SELECT d * c * n - d * c * n AS v FROM a",
  "SELECT SUM(d * c * n) AS v FROM a",
  "SELECT SUM(n * c) - SUM(n * c) AS v FROM a",
  "SELECT ROUND(AVG(d * c * n), 2) AS v FROM a",
  "SELECT FLOOR(d * c * n) - FLOOR(d * c * n) AS v FROM a",
  "SELECT n * c DIV 3 AS v FROM a",
  "SELECT n * c % 7 AS v FROM a",
  "SELECT SUM(n * c) OVER (ORDER BY id) AS v FROM a",
  "SELECT d * c * n AS v FROM a UNION SELECT d * c * n + d AS v FROM a",
  "SELECT v - v AS w FROM (SELECT d * c * n AS v FROM a) AS x",
  "SELECT COALESCE(SUM(d * c * n), 0) AS v FROM a",
  "SELECT id FROM a WHERE d * c * n > -5 ORDER BY id",
  "SELECT id FROM a ORDER BY d * c * n, id",
  "SELECT id FROM a GROUP BY id HAVING SUM(d * c * n) < 0",
  "SELECT MAX(d * c * n) AS v FROM a",
  "SELECT COUNT(*) AS v FROM (SELECT DISTINCT d * c * n AS w FROM a) AS x",
  "SELECT GREATEST(n * c * d, 5) AS v FROM a",
];

describe("what exceeds 64 bits is an error of SQLite", () => {
  for (const text of beyond)
    test(text, async () => expect(await answer("sqlite", await proven(text))).toBe("overflow"));
});

describe("what does not is what MariaDB gives", () => {
  beforeAll(async () => {
    const remove = await proven("DELETE FROM a WHERE id < 3");
    for (const engine of [engines.mariadb, engines.sqlite]) await engine.run(remove, {});
  });
  for (const text of beyond)
    test(text, async () => {
      const [ours, theirs] = [await answer("mariadb", await proven(text)), await answer("sqlite", await proven(text))];
      expect(theirs).not.toBe("overflow");
      expect(theirs).toEqual(ours);
    });
});

describe("a decimal parameter has up to 64 bits of units", () => {
  const texts = [
    "SELECT COUNT(DISTINCT d + :x) AS v FROM a",
    "SELECT id, d + :x > d + :x + d AS v FROM a ORDER BY id",
    "SELECT id FROM a WHERE ROUND(:x::decimal(2), 1) = ROUND(:x::decimal(2) + d, 1)",
    "SELECT id FROM a WHERE d * :x::decimal(2) > 0 ORDER BY id",
  ];
  test.each(texts)("%s", async (text) => {
    const query = await proven(text);
    expect(await answer("sqlite", query, { x: "92233720368547758.07" })).toBe("overflow");
    const [ours, theirs] = [
      await answer("mariadb", query, { x: "-8123456789.07" }),
      await answer("sqlite", query, { x: "-8123456789.07" }),
    ];
    expect(theirs).toEqual(ours);
  });
});

test("a divisor that is NULL for 0 gives NULL in a write", async () => {
  const remainder = await proven("UPDATE a SET m = n DIV NULLIF(m, 0) WHERE id = 3");
  const zero = await proven("UPDATE a SET m = 0 WHERE id = 3");
  const read = await proven("SELECT m FROM a WHERE id = 3");
  for (const engine of [engines.mariadb, engines.sqlite]) {
    await engine.run(zero, {});
    expect(await engine.run(remainder, {})).toMatchObject({ rowsAffected: 1 });
    expect(await engine.all(read, {})).toEqual([{ m: null }]);
  }
});

test("-0, which is a float, is bound as 0", async () => {
  const texts = ["SELECT :p::integer AS v", "SELECT :p::bigint AS v", "SELECT MAX(n * c + :p::bigint) AS v FROM a"];
  for (const text of texts) {
    const query = await proven(text);
    const [row] = await engines.sqlite.all(query, { p: -0 });
    expect(Object.is(row?.v, 0) || row?.v === -84).toBe(true);
  }
});

describe("a number that does not fit is an error of the same kind", () => {
  const kinds = async (text: string): Promise<unknown[]> => {
    const query = await proven(text);
    const kindOf = (error: unknown): unknown => (error instanceof DatabaseError ? error.kind : error);
    return Promise.all([engines.mariadb, engines.sqlite].map((engine) => engine.run(query, {}).catch(kindOf)));
  };
  const insert =
    "INSERT INTO a (id, n, c, b, d, f, t, w, y, q) VALUES (2147483647, 1, 9007199254740991, TRUE, 1, 0.5, '', '2024-02-29 12:00:00', '2024-02-29', 7)";
  beforeAll(() => kinds(insert));
  test.each([
    "UPDATE a SET c = c * 1000 * 1000 WHERE id = 2147483647",
    "UPDATE a SET n = n * n * n * n * n + c WHERE c * 1000 * 1000 > 5",
    "UPDATE a SET n = 5 WHERE c * c > 5",
  ])("%s", async (text) => expect(await kinds(text)).toEqual(["value", "value"]));
});
