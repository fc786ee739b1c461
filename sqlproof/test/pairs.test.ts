// Pairs: each text is typed as a plain text, and may also use what its own engine alone has. What is accepted runs on
// both engines over generated rows.
import { describe, expect, test } from "bun:test";
import { prove, type Verdict } from "../src/check/prove.ts";
import { described } from "../src/differential/command.ts";
import type { ProjectQuery } from "../src/differential/proven-project.ts";
import { runDifferential } from "../src/differential/run.ts";
import { pairKey } from "../src/runtime/proof.ts";
import { errorRows } from "./error-rows.ts";
import { openedProvers, rulesSchema } from "./opened-provers.ts";

const { opened } = openedProvers(rulesSchema);
const location = { file: "pairs", line: 1, column: 1 };

type Pair = readonly [mariadb: string, sqlite: string];

function proved([here, there]: Pair): Promise<Verdict> {
  return prove({ key: pairKey(here, there), mariadb: here, sqlite: there, location }, opened());
}

async function saidOf(pair: Pair): Promise<readonly string[]> {
  const verdict = await proved(pair);
  return "findings" in verdict ? verdict.findings.map(({ message }) => message) : [];
}

/** The columns of a pair as one word each. */
async function columnsOf(pair: Pair): Promise<string> {
  const verdict = await proved(pair);
  if ("findings" in verdict) return verdict.findings.map(({ message }) => message).join("; ");
  const { columns } = verdict.proof;
  return columns.map((one) => `${one.name}: ${one.type}(${one.scale})${one.nullable ? "?" : ""}`).join(", ");
}

/** Runs the pairs over generated rows, and says where the engines differ. */
async function differencesOf(pairs: readonly Pair[]): Promise<readonly string[]> {
  const queries: ProjectQuery[] = [];
  for (const pair of pairs) {
    const verdict = await proved(pair);
    if ("findings" in verdict)
      throw new Error(`${pair[1]}: ${verdict.findings.map(({ message }) => message).join("; ")}`);
    const [here, there] = pair;
    queries.push({
      text: pairKey(here, there),
      literal: { mariadb: here, sqlite: there },
      proof: verdict.proof,
      places: [location],
    });
  }
  const { host, port, user, password } = opened().server;
  const seed = Number(process.env.RULES_SEED ?? Math.floor(Math.random() * 2 ** 31));
  const size = { rows: 120, rounds: 3 };
  const report = await runDifferential(
    { migrations: rulesSchema, queries },
    { seed, ...size, server: { host, port, user, password } },
  );
  expect(report.neverHit).toEqual([]);
  return report.differences.map((difference) => described(difference, { seed, ...size }));
}

const from = "FROM a ORDER BY id";
const both = (text: string): Pair => [text, text];

describe("decimals and quotients", () => {
  /** Pairs, and the columns that they give. */
  const accepted: readonly (readonly [...Pair, columns: string])[] = [
    [...both(`SELECT id, m / 2 AS h ${from}`), "id: integer(0), h: decimal(4)?"],
    [...both("SELECT COUNT(*) / 2.0 AS h FROM a"), "h: decimal(4)"],
    ["SELECT COUNT(*) / 2 AS h FROM a", "SELECT COUNT(*) / 2.0 AS h FROM a", "h: decimal(4)"],
    [...both("SELECT AVG(d * 1.000) AS p, ROUND(AVG(d * 1.000), 9) AS q FROM a"), "p: decimal(9)?, q: decimal(9)?"],
    [...both(`SELECT id, d * 0.001 / 7 AS h ${from}`), "id: integer(0), h: decimal(9)"],
    [
      ...both("SELECT q.id FROM (SELECT id, n / 30000 AS r FROM a) AS q WHERE q.r * 3 IN (0.0003, 0.0006)"),
      "id: integer(0)",
    ],
    [...both("SELECT SUM(m) / COUNT(*) AS h FROM a"), "h: decimal(4)?"],
    [
      `SELECT id, HOUR(w) / 2 AS h ${from}`,
      `SELECT id, CAST(strftime('%H', w) AS INTEGER) / 2.0 AS h ${from}`,
      "id: integer(0), h: decimal(4)?",
    ],
    [
      ...both(`SELECT id, ROUND(d / 3, 2) AS h, d / 100.0 AS k ${from}`),
      "id: integer(0), h: decimal(2), k: decimal(6)",
    ],
    [
      ...both("SELECT AVG(d) AS p, AVG(m) AS q, ROUND(AVG(d), 2) AS r FROM a"),
      "p: decimal(6)?, q: decimal(4)?, r: decimal(2)?",
    ],
    [
      "SELECT ROUND(SUM(d) / COUNT(*), 2) AS r FROM a",
      "SELECT ROUND(SUM(d) * 1.0 / COUNT(*), 2) AS r FROM a",
      "r: decimal(2)?",
    ],
    [
      `SELECT id, d + 100 AS p, IF(d > 7.5, d, 0) AS q ${from}`,
      `SELECT id, d + 100 AS p, CASE WHEN d > 7.5 THEN d ELSE 0 END AS q ${from}`,
      "id: integer(0), p: decimal(2), q: decimal(2)",
    ],
    [
      "SELECT SUM(CASE WHEN d > 7.5 THEN d END) AS p, COUNT(*) AS q FROM a",
      "SELECT SUM(d) FILTER (WHERE d > 7.5) AS p, COUNT(*) AS q FROM a",
      "p: decimal(2)?, q: bigint(0)",
    ],
    [
      "SELECT ROUND(SUM(CASE WHEN n > :n THEN d END) / COUNT(CASE WHEN n > :n THEN d END), 2) AS p FROM a",
      "SELECT ROUND(SUM(d) FILTER (WHERE n > :n) / COUNT(d) FILTER (WHERE n > :n), 2) AS p FROM a",
      "p: decimal(2)?",
    ],
    [
      ...both(`SELECT id, n DIV 2 AS h FROM a WHERE d > 7.5 OR e IN (1, 2.5) ORDER BY d > 3, id`),
      "id: integer(0), h: bigint(0)",
    ],
    [
      "UPDATE a SET d = 500, e = d + 1.5 WHERE IF(n > :n, 1, 0) = 1",
      "UPDATE a SET d = 500, e = d + 1.5 WHERE iif(n > :n, 1, 0) = 1",
      "",
    ],
  ];

  test.each(accepted)("%p and %p give the same columns", async (here, there, columns) => {
    expect(await columnsOf([here, there])).toBe(columns);
  });

  test("both engines answer them alike", async () => {
    expect(await differencesOf(accepted.map(([here, there]): Pair => [here, there]))).toEqual([]);
  }, 120_000);

  const own = (name: string, decimal = "d", cure = "select the decimal and compute in code"): string =>
    `${name} is SQLite's own here and would read ${decimal} in units of its last place: ${cure}`;
  const hidden =
    "MariaDB keeps digits of a quotient that SQLite does not have: write ROUND(a / b, 2), a DIV b for whole numbers, or select a / b on its own";
  /** What SQLite's text selects or compares, and why it is refused. */
  const refused: readonly (readonly [sqlite: string, message: string])[] = [
    ["SELECT printf('%.2f', d) AS v FROM a", own("PRINTF", "d", "format in code")],
    ["SELECT printf('%.2f', 1.5) AS v FROM a", own("PRINTF", "1.5", "format in code")],
    ["SELECT CAST(d AS REAL) AS v FROM a", own("CAST REAL")],
    ["SELECT CAST(d AS TEXT) AS v FROM a", own("CAST TEXT")],
    ["SELECT iif(b, d, e) AS v FROM a", own("IIF", "d", "write CASE WHEN .. THEN .. ELSE .. END")],
    ["SELECT max(d, 5) AS v FROM a", own("MAX", "d", "write GREATEST(..)")],
    ["SELECT TOTAL(d) AS v FROM a", own("TOTAL", "d", "write COALESCE(SUM(x), 0)")],
    ["SELECT group_concat(d) AS v FROM a", own("GROUP_CONCAT")],
    ["SELECT d COLLATE NOCASE AS v FROM a", own("COLLATE")],
    ["SELECT d & 1 AS v FROM a", own("&")],
    [
      "SELECT f * 1.5 * d AS v FROM a",
      "MariaDB refuses a float beyond its range, which SQLite stores as infinity: compute floats in code",
    ],
    ["SELECT printf('%.2f', d / 100.0) AS v FROM a", hidden],
    ["SELECT CAST(d / 100 AS INTEGER) AS v FROM a", hidden],
    ["SELECT id FROM a WHERE n / 2 > 3", hidden],
    ["SELECT COALESCE(n / 2, 0) AS v FROM a", hidden],
    [
      "SELECT AVG(d) + 1 AS v FROM a",
      "MariaDB keeps digits of an average that SQLite does not have: write ROUND(AVG(d), 2), or select AVG(d) on its own",
    ],
    [
      "SELECT AVG(d) FILTER (WHERE n > 1) AS v FROM a",
      "AVG(x) FILTER (WHERE ..) has no form in units: write AVG(CASE WHEN .. THEN x END)",
    ],
    [
      "SELECT SUM(d) OVER (ORDER BY d RANGE BETWEEN 5 PRECEDING AND CURRENT ROW) AS v FROM a",
      "SUM OVER (.. RANGE BETWEEN 5 PRECEDING AND CURRENT ROW) counts units of a decimal on SQLite: write ROWS",
    ],
    [
      "SELECT id FROM a WHERE d > n",
      "decimals of 2 and 0 places meet at >: SQLite stores units of the last place; write n * 1.00",
    ],
    [
      "SELECT id FROM a WHERE d > julianday(w)",
      "> compares a decimal with a float (d is a decimal with 2 places, JULIANDAY(w) is a float), and SQLite stores the decimal in units of its last place: compute in code, or store both as decimals",
    ],
    [
      "SELECT id FROM a WHERE d > (t ->> '$.a')",
      "t ->> '$.a' has no type that sqlproof knows and stands beside a decimal, which SQLite has in units of the last place: use a parameter, or CAST(.. AS INTEGER), * 1.00 for as many places",
    ],
    [
      "UPDATE a SET d = t ->> '$.a'",
      "t ->> '$.a' has no type that sqlproof knows and stands beside a decimal, which SQLite has in units of the last place: use a parameter, or CAST(.. AS INTEGER), * 1.00 for as many places",
    ],
    [
      "WITH RECURSIVE r AS (SELECT 1 AS v UNION ALL SELECT a.d FROM a JOIN r ON r.v = a.n) SELECT v FROM r",
      `a.d may not fit "v", whose type MariaDB takes from the first SELECT: give "v" there as many places`,
    ],
    [
      "SELECT (t ->> '$.a') / 2 AS v FROM a",
      "t ->> '$.a' has no type that sqlproof knows and stands in a quotient, which SQLite has in units of the last place: use a parameter, or CAST(.. AS INTEGER), * 1.00 for as many places",
    ],
    [
      "SELECT SUBSTR(o, 1, 1) AS v FROM a",
      "SUBSTR of bytes is NULL on SQLite where they are empty, and empty on MariaDB: select the bytes and cut them in code",
    ],
    ["SELECT t / 2 AS v FROM a", "/ is not the same on both engines here: t is text, 2 is a whole number"],
    [
      "SELECT id FROM a WHERE w > '2024-01-15'",
      "'2024-01-15' stands beside a datetime, which MariaDB reads as a datetime and SQLite as text: write it like '2024-01-15 10:30:00'",
    ],
  ];

  test.each(refused)("%p is refused for SQLite", async (there, message) => {
    const here = there.startsWith("UPDATE")
      ? "UPDATE a SET d = 1"
      : /AS v/.test(there)
        ? "SELECT d AS v FROM a"
        : "SELECT id FROM a";
    const said = await saidOf([here, there]);
    expect(said).toContain(message);
    const patterns = errorRows().map(({ pattern }) => pattern);
    expect(said.filter((one) => !patterns.some((pattern) => pattern.test(one)))).toEqual([]);
  });
});

test("without ESCAPE, a backslash escapes in both texts", async () => {
  const pairs = [both("SELECT id FROM a WHERE t LIKE :p OR t LIKE 'a\\_%' ORDER BY id")];
  const verdict = await proved(pairs[0] ?? both(""));
  expect("proof" in verdict && verdict.proof.statements.sqlite?.parts).toEqual([
    "SELECT id FROM a WHERE t LIKE ? ESCAPE '\\' OR t LIKE 'a\\_%' ESCAPE '\\' ORDER BY id",
  ]);
  expect(await differencesOf(pairs)).toEqual([]);
}, 60_000);

describe("columns of SQLite's own", () => {
  const accepted: readonly (readonly [...Pair, columns: string])[] = [
    [
      `SELECT id, DATE_ADD(y, INTERVAL 3 DAY) AS v ${from}`,
      `SELECT id, date(y, '+3 days') AS v ${from}`,
      "id: integer(0), v: date(0)?",
    ],
    [
      `SELECT id, DATE_ADD(w, INTERVAL 2 HOUR) AS v ${from}`,
      `SELECT id, datetime(w, '+2 hours') AS v ${from}`,
      "id: integer(0), v: datetime(0)?",
    ],
    [
      `SELECT id, DATE_FORMAT(w, '%d.%m.%Y') AS v ${from}`,
      `SELECT id, strftime('%d.%m.%Y', w) AS v ${from}`,
      "id: integer(0), v: text(0)?",
    ],
    [
      `SELECT id, DATEDIFF(DATE(w), y) AS v ${from}`,
      `SELECT id, CAST(julianday(date(w)) - julianday(y) AS INTEGER) AS v ${from}`,
      "id: integer(0), v: bigint(0)?",
    ],
    [
      ...both(`SELECT id, f * 1.5 > 2.5 AS v, f / 2 AS w, f / 2.5 AS x ${from}`),
      "id: integer(0), v: integer(0)?, w: double(0)?, x: double(0)?",
    ],
    [
      `SELECT id, IF(n > 3, t, 'x') AS v ${from}`,
      `SELECT id, iif(n > 3, t, 'x') AS v ${from}`,
      "id: integer(0), v: text(0)",
    ],
    [
      `SELECT id, n > 3 AS "v: boolean" ${from}`,
      `SELECT id, iif(n > 3, 1, 0) AS "v: boolean" ${from}`,
      "id: integer(0), v: boolean(0)",
    ],
    [`SELECT id, n > 3 AS v ${from}`, `SELECT id, iif(n > 3, 1, 0) AS v ${from}`, "id: integer(0), v: bigint(0)"],
    [
      `SELECT id, HEX(n) AS v ${from}`,
      `SELECT id, printf('%X', n) AS "v?: text" ${from}`,
      'column v has a type already: leave out ": text"',
    ],
  ];

  test.each(accepted)("%p and %p give the same columns", async (here, there, columns) => {
    expect(await columnsOf([here, there])).toBe(columns);
  });

  test("both engines answer them alike", async () => {
    const pairs = accepted.slice(0, -1).map(([here, there]): Pair => [here, there]);
    expect(await differencesOf(pairs)).toEqual([]);
  }, 120_000);

  test.each([
    ["SELECT DATE(w) AS v FROM a", "SELECT strftime('%d.%m.%Y', w) AS v FROM a", "v: date", "v: text"],
    [
      "SELECT TIMESTAMPDIFF(DAY, y, w) AS v FROM a",
      "SELECT julianday(w) - julianday(y) AS v FROM a",
      "v: integer",
      "v: double",
    ],
    ["SELECT d AS v FROM a", "SELECT f AS v FROM a", "v: decimal(2)", "v: double"],
    ["SELECT d * 1.0 AS v FROM a", "SELECT d AS v FROM a", "v: decimal(3)", "v: decimal(2)"],
    ["SELECT ROUND(n) AS v FROM a", "SELECT round(n) AS v FROM a", "v: integer", "v: double"],
    ["SELECT b AS v FROM a", "SELECT CAST(b AS INTEGER) AS v FROM a", "v: boolean", "v: integer"],
  ])("%p and %p differ", async (here, there, ours, theirs) => {
    expect(await saidOf([here, there])).toEqual([
      `the texts give different columns: (${ours}) on MariaDB, (${theirs}) on SQLite`,
    ]);
  });

  test("what has no type on SQLite is stated in its alias", async () => {
    expect(await saidOf(["SELECT t AS v FROM a", "SELECT t ->> '$.a' AS v FROM a"])).toEqual([
      `column v has no type on SQLite that sqlproof knows: write CAST(.. AS TEXT) there, or another type, or state what it always is in its alias, for example AS "v: text"`,
    ]);
    expect(await columnsOf(["SELECT t AS v FROM a", `SELECT t ->> '$.a' AS "v: text" FROM a`])).toBe("v: text(0)?");
    const ofText = "SELECT CAST(t ->> '$.a' AS TEXT) AS v FROM a";
    expect(await columnsOf(["SELECT JSON_VALUE(t, '$.a') AS v FROM a", ofText])).toBe("v: text(0)?");
    const read = "json_extract('{\"a\": 250}', '$.a')";
    const cast: Pair = [
      "SELECT id, CAST(250 AS SIGNED) * 0.01 AS v, n AS w FROM a WHERE d < 250.00 ORDER BY id",
      `SELECT id, CAST(${read} AS INTEGER) * 0.01 AS v, n AS w FROM a WHERE d < CAST(${read} AS INTEGER) * 1.00 ORDER BY id`,
    ];
    expect(await columnsOf(cast)).toBe("id: integer(0), v: decimal(2)?, w: integer(0)");
    expect(await differencesOf([cast])).toEqual([]);
  });
});
