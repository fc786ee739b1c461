// CHECKs of patterns, lengths, weekdays and hours: values must be found that meet them, and those that just do not.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { textsOfPattern } from "../src/check/effects/pattern-texts.ts";
import { type PrivateMariadb, startPrivateMariadb } from "../src/test-server/private-mariadb.ts";
import { differences, id, rowid } from "./two-schemas.ts";

let server: PrivateMariadb;
beforeAll(async () => {
  server = await startPrivateMariadb();
}, 60_000);
afterAll(() => server.stop());

const types = {
  text: "VARCHAR(20) COLLATE utf8mb4_nopad_bin NOT NULL",
  date: "DATE NOT NULL",
  datetime: "DATETIME NOT NULL",
} as const;

function found(type: keyof typeof types, mariadb: string, sqlite: string): Promise<string[]> {
  return differences(
    server,
    `CREATE TABLE t (${id}, a ${types[type]}, CHECK (${mariadb}))`,
    `CREATE TABLE t (${rowid}, a TEXT NOT NULL, CHECK (${sqlite})) STRICT`,
  );
}

const alike: readonly (readonly [type: keyof typeof types, mariadb: string, sqlite: string])[] = [
  ["text", "a REGEXP '^[A-Z]{3}\\z'", "a GLOB '[A-Z][A-Z][A-Z]'"],
  ["text", "a REGEXP '^\\d{4}-\\d\\d\\z'", "a GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]'"],
  ["text", "a REGEXP '^(#[0-9a-f]{3}|none)\\z'", "a = 'none' OR a GLOB '#[0-9a-f][0-9a-f][0-9a-f]'"],
  ["text", "a REGEXP '^[0-9]{5}\\z'", "length(a) = 5 AND a NOT GLOB '*[^0-9]*'"],
  ["text", "a REGEXP '\\A[0-9]{5}\\z'", "length(a) = 5 AND a NOT GLOB '*[^0-9]*'"],
  [
    "text",
    "a REGEXP '^[A-Z]{2}[0-9]{2}[A-Z0-9]{5,9}\\z'",
    "SUBSTR(a, 1, 4) GLOB '[A-Z][A-Z][0-9][0-9]' AND SUBSTR(a, 5) NOT GLOB '*[^A-Z0-9]*' AND length(a) BETWEEN 9 AND 13",
  ],
  ["text", "a REGEXP '^[^@ ]+@[^@ ]+\\.[^@ ]+\\z'", "a GLOB '?*@?*.?*' AND a NOT GLOB '*@*@*' AND a NOT GLOB '* *'"],
  ["text", "a LIKE 'INV-%'", "a LIKE 'INV-%'"],
  ["text", "a LIKE 'INV-____'", "a GLOB 'INV-????'"],
  ["text", "a NOT REGEXP '[A-Z]'", "a NOT GLOB '*[A-Z]*'"],
  ["text", "CHAR_LENGTH(a) = 6", "length(a) = 6"],
  ["text", "CHAR_LENGTH(a) BETWEEN 2 AND 4", "length(a) >= 2 AND length(a) < 5"],
  ["text", "LENGTH(a) > 0", "length(a) > 0"],
  ["date", "WEEKDAY(a) = 0", "strftime('%w', a) = '1'"],
  ["date", "DAY(a) = 1", "strftime('%d', a) = '01'"],
  ["datetime", "HOUR(a) BETWEEN 8 AND 17", "strftime('%H', a) BETWEEN '08' AND '17'"],
];

const unlike: readonly (readonly [...(typeof alike)[number], said: RegExp])[] = [
  ["text", "a REGEXP '^[A-Z]{3}$'", "a GLOB '[A-Z][A-Z][A-Z]*'", /SQLite takes 'AAAA'/],
  ["text", "a REGEXP '^[A-Z]{3}$'", "a GLOB '[A-Za-z][A-Z][A-Z]'", /SQLite takes 'zZZ'/],
  ["text", "a REGEXP '^[0-9]{5}\\z'", "length(a) IN (5, 9) AND a NOT GLOB '*[^0-9]*'", /SQLite takes '0{9}'/],
  [
    "text",
    "a REGEXP '^(DE|AT)[0-9]{8,11}\\z'",
    "SUBSTR(a, 1, 2) IN ('DE', 'AT') AND SUBSTR(a, 3) NOT GLOB '*[^0-9]*' AND length(a) BETWEEN 10 AND 14",
    /SQLite takes 'DE0{12}'/,
  ],
  [
    "text",
    "a REGEXP '^[+]?[0-9 ]{5,18}\\z'",
    "length(a) BETWEEN 5 AND 19 AND a NOT GLOB '*[^0-9 +]*'",
    /SQLite takes '\+00\+000'/,
  ],
  [
    "text",
    "a REGEXP '^[a-z]+(-[a-z]+)*\\z'",
    "a NOT GLOB '*[^a-z-]*' AND a NOT GLOB '-*' AND a NOT GLOB '*-' AND a <> ''",
    /SQLite takes 'aa-{2,3}aa'/,
  ],
  ["text", "a LIKE 'INV-____'", "a GLOB 'INV-???*'", /SQLite takes 'INV-a{4}(a|\n)'/],
  ["text", "a COLLATE utf8mb4_general_ci LIKE 'inv-%'", "a LIKE 'inv-%'", /MariaDB takes 'INV-'/],
  ["text", "CHAR_LENGTH(a) >= 3", "length(a) > 3", /MariaDB takes 'aaa'/],
  ["text", "CHAR_LENGTH(a) BETWEEN 2 AND 4", "length(a) BETWEEN 2 AND 5", /SQLite takes 'a{5}'/],
  // MariaDB's LENGTH counts bytes.
  ["text", "LENGTH(a) >= 3", "length(a) >= 3", /MariaDB takes 'éé'/],
  ["text", "LENGTH(a) <= 8", "length(a) <= 8", /SQLite takes 'Ä日 🙂'/],
  ["date", "WEEKDAY(a) < 5", "CAST(strftime('%w', a) AS INTEGER) < 6", /SQLite takes '2024-03-03'/],
  ["datetime", "HOUR(a) < 17", "CAST(strftime('%H', a) AS INTEGER) <= 17", /SQLite takes '2024-02-29 17:\d\d:/],
];

describe("the same CHECKs", () => {
  for (const [type, mariadb, sqlite] of alike)
    test(`${mariadb} and ${sqlite}`, async () => expect(await found(type, mariadb, sqlite)).toEqual([]));
});

describe("others", () => {
  for (const [type, mariadb, sqlite, said] of unlike)
    test(`${mariadb} and ${sqlite}`, async () => expect((await found(type, mariadb, sqlite)).join("\n")).toMatch(said));
});

describe("texts of a pattern", () => {
  const patterns = [
    "^[A-Z]{3}$",
    "^[^@ ]+@[^@ ]+\\.[a-z]{2,}$",
    "^(a|bc)+$",
    "^\\+?[0-9]{1,3}( ?\\d)*$",
    "^[^a-z0-9]{2,4}$",
  ];
  for (const pattern of patterns)
    test(pattern, () => {
      const matches = textsOfPattern(pattern).map((text) => new RegExp(pattern).test(text));
      expect(matches.slice(0, 2)).toEqual([true, true]);
      expect(matches).toContain(false);
    });

  test("one that is not complete ends", () => {
    for (const pattern of ["[", "(((", "a{2", "[^", "*", "{3}", "\\"]) expect(textsOfPattern(pattern)).toBeArray();
    expect(textsOfPattern("plain")).toEqual([]);
  });
});

test("BINARY(4) is a BLOB of four bytes, with a CHECK of its length and without", async () => {
  const of = (check: string): Promise<string[]> =>
    differences(
      server,
      `CREATE TABLE t (${id}, k BINARY(4) NOT NULL)`,
      `CREATE TABLE t (${rowid}, k BLOB NOT NULL ${check}) STRICT`,
    );
  expect(await of("CHECK (LENGTH(k) = 4)")).toEqual([]);
  expect(await of("")).toEqual([]);
  expect(await of("CHECK (LENGTH(k) = 5)")).toEqual([
    expect.stringContaining("no row was found that both engines take"),
  ]);
});
