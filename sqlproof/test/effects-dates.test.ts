// CHECKs that compare days and times, or several columns: what they do counts, and they are no bounds of a type.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { type PrivateMariadb, startPrivateMariadb } from "../src/test-server/private-mariadb.ts";
import { differences, id, rowid } from "./two-schemas.ts";

let server: PrivateMariadb;
beforeAll(async () => {
  server = await startPrivateMariadb();
}, 60_000);
afterAll(() => server.stop());

/** The types of the columns a, b and c on MariaDB, a CHECK for both, or one for each. */
type Case = readonly [types: readonly string[], mariadb: string, sqlite?: string];

function found([types, check, there = check]: Case): Promise<string[]> {
  const columns = types.map((type, index) => `${"abc"[index]} ${type}`);
  const stored = columns.map((column) =>
    column
      .replace(/DATETIME|DATE|VARCHAR\(\d+\) COLLATE utf8mb4_nopad_bin/, "TEXT")
      .replace(/DECIMAL\(\d+,\d+\)|SMALLINT|TINYINT|BIGINT|INT/, "INTEGER"),
  );
  return differences(
    server,
    `CREATE TABLE t (${id}, ${columns.join(", ")}, ${check})`,
    `CREATE TABLE t (${rowid}, ${stored.join(", ")}, ${there}) STRICT`,
  );
}

const day = "DATE NOT NULL";
const time = "DATETIME NOT NULL";
const whole = ["INT NOT NULL", "INT NOT NULL"];
const text = "VARCHAR(50) COLLATE utf8mb4_nopad_bin NOT NULL";

const alike: readonly Case[] = [
  [[day, day], "CHECK (a <= b)"],
  [[day, day], "CONSTRAINT ends_later CHECK (a < b)"],
  [[day, "DATE NULL"], "CHECK (b IS NULL OR b >= a)"],
  [[time, time], "CHECK (a < b)"],
  [[time, "DATETIME NULL", time], "CHECK (a <= b AND b <= c)"],
  [[day, time], "CHECK (a <= DATE(b))"],
  [[day, day], "CHECK (a <> b)"],
  [[day], "CHECK (a >= '2000-01-01')"],
  [[day], "CHECK (a < '2024-03-01')"],
  [[day], "CHECK (a BETWEEN '1950-01-01' AND '2024-04-30')"],
  [[day], "CHECK (a IN ('2024-02-29', '2024-05-01'))"],
  [[time], "CHECK (a >= '2000-01-01 00:00:00')"],
  [[time], "CHECK (a NOT BETWEEN '2024-04-01 00:00:00' AND '2024-04-30 23:59:59')"],
  [[day], "CHECK (YEAR(a) >= 2000)", "CHECK (strftime('%Y', a) >= '2000')"],
  [[day], "CHECK (WEEKDAY(a) < 5)", "CHECK (CAST(strftime('%w', a) AS INTEGER) BETWEEN 1 AND 5)"],
  [[day, day], "CHECK (DATEDIFF(b, a) <= 30)", "CHECK (julianday(b) - julianday(a) <= 30)"],
  [[day, day], "CHECK (a <= b)", "CHECK (a <= b), CHECK (a IS date(a)), CHECK (b IS date(b))"],
  [["SMALLINT NOT NULL", "SMALLINT NOT NULL"], "CHECK (a + b <= 100000)"],
  [[day], "CHECK (DAYOFMONTH(a) <= 28)", "CHECK (CAST(substr(a, 9, 2) AS INTEGER) <= 28), CHECK (a IS date(a))"],
  [[day], "CHECK (MONTH(a) <> 8)", "CHECK (CAST(strftime('%m', a) AS INTEGER) <> 8)"],
  [whole, "CHECK (a DIV 2 >= b)", "CHECK (a / 2 >= b)"],
  [whole, "CHECK (a >= 2 * b)"],
  [["DECIMAL(9,2) NOT NULL", "DECIMAL(9,2) NOT NULL"], "CHECK (a * 0.5 <= b)", "CHECK (a <= 2 * b)"],
  [["DECIMAL(9,2) NOT NULL", "DECIMAL(12,4) NOT NULL"], "CHECK (a <= b)", "CHECK (a * 100 <= b)"],
  [[text, text], "CONSTRAINT both_fit CHECK (CHAR_LENGTH(a) + CHAR_LENGTH(b) <= 80)", "CHECK (length(a || b) <= 80)"],
];

const unlike: readonly (readonly [...Case, said: RegExp])[] = [
  [[day, day], "CHECK (a <= b)", "CHECK (a < b)", /^column t\.a: MariaDB takes '2024-02-29' .* and SQLite refuses/],
  [[day], "CHECK (a >= '2000-01-01')", "CHECK (a > '2000-01-01')", /^column t\.a: MariaDB takes '2000-01-01'/],
  [[day], "CHECK (a < '2000-01-01')", "CHECK (a < '2000-01-02')", /^column t\.a: SQLite takes '2000-01-01'/],
  [
    [time],
    "CHECK (a <= '2030-06-01 18:00:00')",
    "CHECK (a < '2030-06-01 18:00:00')",
    /^column t\.a: MariaDB takes '2030-06-01 18:00:00'/,
  ],
  [[day, time], "CHECK (b <= a)", "CHECK (b <= a)", /^column t\.b: MariaDB takes '2024-\d\d-\d\d 00:00:00'/],
  [
    [day],
    "CHECK (1)",
    "CHECK (date(a) IS NOT NULL)",
    /^column t\.a: SQLite takes '2024-02-30' and refuses '2024-13-01'/,
  ],
  [
    [time],
    "CHECK (1)",
    "CONSTRAINT a_time CHECK (datetime(a) IS NOT NULL)",
    /^column t\.a: SQLite takes '2024-02-30 12:30:59' and refuses '2024-13-01 12:30:59'/,
  ],
  [
    [day],
    "CHECK (DAYOFMONTH(a) <= 30)",
    "CHECK (CAST(substr(a, 9, 2) AS INTEGER) <= 29), CHECK (a IS date(a))",
    /^column t\.a: MariaDB takes '2024-01-30' .* and SQLite refuses/,
  ],
  [
    [day],
    "CHECK (DAYOFMONTH(a) <= 29)",
    "CHECK (CAST(substr(a, 9, 2) AS INTEGER) <= 30), CHECK (a IS date(a))",
    /^column t\.a: SQLite takes '2024-01-30' .* and MariaDB refuses/,
  ],
  [
    [time],
    "CHECK (MONTH(a) <> 8)",
    "CHECK (CAST(strftime('%m', a) AS INTEGER) <> 7)",
    /^column t\.a: .* takes '2024-0[78]-01 00:00:00'/,
  ],
  [
    whole,
    "CHECK (a / 2 >= b)",
    "CHECK (a / 2 >= b)",
    /^table t: SQLite takes an UPDATE of a = -3, b = -1 and MariaDB refuses/,
  ],
  [
    ["DECIMAL(9,2) NOT NULL", "DECIMAL(9,2) NOT NULL"],
    "CHECK (a * 0.5 <= b)",
    "CHECK (a / 2 <= b)",
    /^column t\.a: SQLite takes 0\.03 .* and MariaDB refuses/,
  ],
  [
    ["DECIMAL(9,2) NOT NULL", "DECIMAL(12,4) NOT NULL"],
    "CHECK (a <= b)",
    "CHECK (a <= b)",
    /^column t\.a: SQLite takes 0\.01 .* and MariaDB refuses/,
  ],
  [["SMALLINT NOT NULL"], "CHECK (1)", "CHECK (a <= 100000)", /^column t\.a: SQLite takes 32768 and refuses/],
];

describe("the same CHECKs over days, times and several columns", () => {
  for (const one of alike) test(one.flat().join(" "), async () => expect(await found(one)).toEqual([]));
});

describe("others", () => {
  for (const [types, mariadb, sqlite = mariadb, said] of unlike)
    test(`${types.join(" ")} ${mariadb} ${sqlite}`, async () => {
      const messages = await found([types, mariadb, sqlite]);
      expect(messages.join("\n")).toMatch(said);
    });
});
