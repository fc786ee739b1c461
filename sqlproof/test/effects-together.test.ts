// CHECKs and generated columns over several columns, and over parts of days: the values must be found that show them.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { textsOfPattern } from "../src/check/effects/pattern-texts.ts";
import { type PrivateMariadb, startPrivateMariadb } from "../src/test-server/private-mariadb.ts";
import { differences, id, rowid } from "./two-schemas.ts";

let server: PrivateMariadb;
beforeAll(async () => {
  server = await startPrivateMariadb();
}, 60_000);
afterAll(() => server.stop());

const text = "COLLATE utf8mb4_nopad_bin NOT NULL";
/** How each type is written on both engines. */
const types = {
  day: ["DATE NOT NULL", "TEXT NOT NULL CHECK (# IS date(#))"],
  early: [
    "DATE NOT NULL CHECK (# BETWEEN '1000-01-01' AND '9000-01-01')",
    "TEXT NOT NULL CHECK (# IS date(#) AND # BETWEEN '1000-01-01' AND '9000-01-01')",
  ],
  time: ["DATETIME NOT NULL", "TEXT NOT NULL CHECK (# IS datetime(#))"],
  state: [`ENUM('a', 'b', 'c', 'd') ${text}`, "TEXT NOT NULL CHECK (# IN ('a', 'b', 'c', 'd'))"],
  kind: [`ENUM('u', 'v', 'x', 'y') ${text}`, "TEXT NOT NULL CHECK (# IN ('u', 'v', 'x', 'y'))"],
  whole: ["INT NOT NULL", "INTEGER NOT NULL CHECK (# BETWEEN -2147483648 AND 2147483647)"],
  truth: ["TINYINT(1) NOT NULL", "INTEGER NOT NULL CHECK (# IN (0, 1))"],
  text: [`VARCHAR(20) ${text}`, "TEXT NOT NULL CHECK (length(#) <= 20)"],
} as const;

type Name = keyof typeof types;

function found(columns: readonly Name[], mariadb: string, sqlite: string): Promise<string[]> {
  const written = (side: 0 | 1): string =>
    columns.map((type, index) => `${"pqr"[index]} ${types[type][side].replaceAll("#", "pqr"[index] ?? "")}`).join(", ");
  return differences(
    server,
    `CREATE TABLE t (${id}, ${written(0)}, ${mariadb}) CHARACTER SET utf8mb4`,
    `CREATE TABLE t (${rowid}, ${written(1)}, ${sqlite}) STRICT`,
  );
}

type Case = readonly [columns: readonly Name[], mariadb: string, sqlite: string];

const int = "CHECK (g BETWEEN -2147483648 AND 2147483647)";

const unlike: readonly Case[] = [
  [["early", "early"], "CHECK (q <= DATE_ADD(p, INTERVAL 1 YEAR))", "CHECK (q <= date(p, '+1 year'))"],
  [["day", "day"], "CHECK (DATEDIFF(q, p) <= 365)", "CHECK (julianday(q) - julianday(p) <= 366)"],
  [["day", "day"], "CHECK (DATEDIFF(q, p) < 14)", "CHECK (julianday(q) - julianday(p) <= 14)"],
  [
    ["time", "time"],
    "g INT AS (DATEDIFF(q, p)) STORED",
    `g INTEGER AS (CAST(julianday(q) - julianday(p) AS INTEGER)) STORED ${int}`,
  ],
  [
    ["time", "time"],
    "g INT AS (TIMESTAMPDIFF(HOUR, p, q)) STORED",
    `g INTEGER AS (CAST((julianday(q) - julianday(p)) * 24 AS INTEGER)) STORED ${int}`,
  ],
  [
    ["day", "day"],
    "g INT AS (TIMESTAMPDIFF(YEAR, p, q)) STORED",
    `g INTEGER AS (CAST(strftime('%Y', q) AS INTEGER) - CAST(strftime('%Y', p) AS INTEGER)) STORED ${int}`,
  ],
  [
    ["whole", "whole"],
    "g DECIMAL(9,2) AS (CASE WHEN q = 0 THEN 0 ELSE p * 100 / q END) STORED",
    "g INTEGER AS (CASE WHEN q = 0 THEN 0 ELSE p * 10000 / q END) STORED",
  ],
  [["day"], "g DATE AS (p + INTERVAL 30 DAY) STORED", "g TEXT AS (date(p, '+30 days')) STORED"],
  [["time"], "CHECK (MINUTE(p) % 15 = 0)", "CHECK (CAST(strftime('%M', p) AS INTEGER) % 30 = 0)"],
  [["time"], "CHECK (SECOND(p) = 0)", "CHECK (strftime('%S', p) < '30')"],
  [
    ["day"],
    "CHECK (YEAR(p) BETWEEN 1900 AND 2100)",
    "CHECK (CAST(strftime('%Y', p) AS INTEGER) BETWEEN 1900 AND 2101)",
  ],
  [["day"], "CHECK (YEAR(p) >= 1950)", "CHECK (strftime('%Y', p) > '1950')"],
  [["state", "kind"], "CHECK (NOT (p = 'b' AND q = 'y'))", "CHECK (NOT (p = 'b' AND q = 'x'))"],
  [["state", "whole"], "CHECK (p <> 'b' OR q > 10)", "CHECK (p <> 'b' OR q > 9)"],
  [["state", "whole", "truth"], "CHECK (p <> 'b' OR q > 10 OR r)", "CHECK (p <> 'b' OR q > 9 OR r)"],
  [["whole", "whole", "whole"], "CHECK (p + q + r <= 100)", "CHECK (p + q + r < 100)"],
  [["whole", "whole", "whole"], "CHECK (p <> q OR q <> r)", "CHECK (p <> q OR q <> r OR p > 1)"],
  [["truth", "truth", "truth"], "CHECK (p + q + r <= 1)", "CHECK (p + q + r <= 2)"],
  [["text"], "CHECK (CHAR_LENGTH(TRIM(p)) >= 3)", "CHECK (length(p) >= 3)"],
  [
    ["text"],
    "CHECK (p REGEXP '^[a-z0-9]+(-[a-z0-9]+)*\\z')",
    "CHECK (p <> '' AND p NOT GLOB '*[^a-z0-9-]*' AND p NOT GLOB '-*' AND p NOT GLOB '*-')",
  ],
  [
    ["text"],
    "CHECK (p REGEXP '^(DE|AT)[0-9]{8,11}\\z')",
    "CHECK (substr(p, 1, 2) IN ('DE', 'AT') AND substr(p, 3) NOT GLOB '*[^0-9]*' AND length(p) BETWEEN 10 AND 14)",
  ],
  [
    ["text"],
    "CHECK (p REGEXP '^[+]?[0-9 ]{5,12}\\z')",
    "CHECK (length(p) BETWEEN 5 AND 13 AND p NOT GLOB '*[^0-9 +]*' AND p NOT GLOB '?*+')",
  ],
  [["text"], "CHECK (p REGEXP '^[0-9]{2,5}\\z')", "CHECK (length(p) BETWEEN 2 AND 6 AND p NOT GLOB '*[^0-9]*')"],
];

describe("others", () => {
  for (const one of unlike)
    test(one.flat().join(" "), async () => expect((await found(...one)).join("\n")).toMatch(/takes|computed as/));
});

test("a day beyond the calendar, with the cure", async () => {
  const said = await found(["day"], "g DATE AS (p + INTERVAL 30 DAY) STORED", "g TEXT AS (date(p, '+30 days')) STORED");
  expect(said.join("\n")).toMatch(
    /^column t\.p: SQLite takes '9999-12-31' .*; both need CHECK \(p BETWEEN '1000-01-01' AND '9000-01-01'\)/,
  );
});

const alike: readonly Case[] = [
  [["early"], "g DATE AS (p + INTERVAL 30 DAY) STORED", "g TEXT AS (date(p, '+30 days')) STORED"],
  [["early", "early"], "CHECK (q <= p + INTERVAL 30 DAY)", "CHECK (q <= date(p, '+30 days'))"],
  [
    ["day", "day"],
    "g INT AS (DATEDIFF(q, p)) STORED",
    `g INTEGER AS (CAST(julianday(q) - julianday(p) AS INTEGER)) STORED ${int}`,
  ],
  [
    ["time", "time"],
    "g INT AS (TIMESTAMPDIFF(SECOND, p, q)) STORED",
    `g INTEGER AS (unixepoch(q) - unixepoch(p)) STORED`,
  ],
  [["time"], "CHECK (MINUTE(p) % 15 = 0)", "CHECK (CAST(strftime('%M', p) AS INTEGER) % 15 = 0)"],
  [["day"], "CHECK (YEAR(p) BETWEEN 1900 AND 2100)", "CHECK (p BETWEEN '1900-01-01' AND '2100-12-31')"],
  [["state", "kind"], "CHECK (NOT (p = 'b' AND q = 'y'))", "CHECK (p <> 'b' OR q <> 'y')"],
  [["state", "whole", "truth"], "CHECK (p <> 'b' OR q > 10 OR r)", "CHECK (r OR p <> 'b' OR q >= 11)"],
  [["whole", "whole", "whole"], "CHECK (p + q + r <= 100)", "CHECK (p + q + r < 101)"],
  [["truth", "truth", "truth"], "CHECK (p + q + r <= 1)", "CHECK (NOT (p AND q OR p AND r OR q AND r))"],
  [["text"], "CHECK (CHAR_LENGTH(TRIM(p)) >= 3)", "CHECK (length(trim(p)) >= 3)"],
  [["text"], "CHECK (p REGEXP '^[0-9]{5}\\z')", "CHECK (length(p) = 5 AND p NOT GLOB '*[^0-9]*')"],
];

describe("the same", () => {
  for (const one of alike) test(one.flat().join(" "), async () => expect(await found(...one)).toEqual([]));
});

test("a sign within a pattern is tried twice", () => {
  expect(textsOfPattern("^[a-z]+(-[a-z]+)*$")).toContain("aa--aa");
});
