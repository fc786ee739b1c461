// CHECKs and generated columns that compute: values must be found for which the engines compute otherwise.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { type PrivateMariadb, startPrivateMariadb } from "../src/test-server/private-mariadb.ts";
import { differences, id, rowid } from "./two-schemas.ts";

let server: PrivateMariadb;
beforeAll(async () => {
  server = await startPrivateMariadb();
}, 60_000);
afterAll(() => server.stop());

const nopad = "VARCHAR(20) COLLATE utf8mb4_nopad_bin NOT NULL";

interface Pair {
  readonly mariadb: string;
  readonly sqlite: string;
  readonly said: RegExp;
}

const pairs: readonly Pair[] = [
  {
    mariadb: "a DECIMAL(9,2) NOT NULL, g DECIMAL(9,2) AS (a * 1.15) STORED",
    sqlite:
      "a INTEGER NOT NULL, g INTEGER AS (CAST(ROUND(a * 1.15) AS INTEGER)) STORED CHECK (g BETWEEN -999999999 AND 999999999)",
    said: /t\.g is computed as '[\d.]+' on MariaDB and '[\d.]+' on SQLite/,
  },
  {
    mariadb: "a INT NOT NULL, CHECK (a / 2 <= 1000)",
    sqlite: "a INTEGER NOT NULL, CHECK (a / 2 <= 1000)",
    said: /SQLite takes 2001/,
  },
  {
    mariadb: "a INT NOT NULL, CHECK (a * 1.1 <= 110)",
    sqlite: "a INTEGER NOT NULL, CHECK (a * 1.1 <= 110)",
    said: /MariaDB takes 100 /,
  },
  {
    mariadb: "a DOUBLE NOT NULL, g DOUBLE AS (ROUND(a)) STORED",
    sqlite: "a REAL NOT NULL, g REAL AS (ROUND(a)) STORED",
    said: /t\.g is computed as/,
  },
  {
    mariadb: "a DOUBLE NOT NULL, g DOUBLE AS (ROUND(a, 2)) STORED",
    sqlite: "a REAL NOT NULL, g REAL AS (ROUND(a, 2)) STORED",
    said: /t\.g is computed as/,
  },
  {
    mariadb: `a ${nopad}, CHECK (LENGTH(TRIM(a)) > 2)`,
    sqlite: "a TEXT NOT NULL, CHECK (LENGTH(TRIM(a)) > 2)",
    said: /MariaDB takes 'é/,
  },
  {
    mariadb: `a ${nopad}, CHECK (3 <= LENGTH(a))`,
    sqlite: "a TEXT NOT NULL, CHECK (3 <= LENGTH(a))",
    said: /MariaDB takes 'é/,
  },
  {
    mariadb: `a ${nopad}, b ${nopad}, CHECK (LENGTH(a) <= LENGTH(b))`,
    sqlite: "a TEXT NOT NULL, b TEXT NOT NULL, CHECK (LENGTH(a) <= LENGTH(b))",
    said: /takes/,
  },
  {
    mariadb: "a TEXT COLLATE utf8mb4_nopad_bin NOT NULL, CHECK (a = UPPER(a))",
    sqlite: "a TEXT NOT NULL, CHECK (a = UPPER(a))",
    said: /SQLite takes 'ä'/,
  },
  {
    mariadb: "a TEXT COLLATE utf8mb4_nopad_bin NOT NULL, g TEXT COLLATE utf8mb4_nopad_bin AS (UPPER(a)) STORED",
    sqlite: "a TEXT NOT NULL, g TEXT AS (UPPER(a)) STORED",
    said: /t\.g is computed as/,
  },
  {
    mariadb: "a VARCHAR(20) NOT NULL, CHECK (a IN ('new', 'done'))",
    sqlite: "a TEXT NOT NULL, CHECK (a IN ('new', 'done'))",
    said: /MariaDB takes '(New|NEW|new |DONE|done )'/,
  },
  {
    mariadb: "a VARCHAR(20) COLLATE utf8mb4_bin NOT NULL, CHECK (a <> '')",
    sqlite: "a TEXT NOT NULL, CHECK (a <> '')",
    said: /SQLite takes ' '/,
  },
  {
    mariadb: `a ${nopad}, CHECK (a REGEXP '^[a-z]+$')`,
    sqlite: "a TEXT NOT NULL, CHECK (a NOT GLOB '*[^a-z]*' AND a <> '')",
    said: /MariaDB takes 'a+\n' .*: write \\z/,
  },
  {
    mariadb: "a DATE NOT NULL, g INT AS (WEEK(a, 3)) STORED",
    sqlite: "a TEXT NOT NULL CHECK (a IS date(a)), g INTEGER AS (CAST(strftime('%W', a) AS INTEGER)) STORED",
    said: /t\.g is computed as/,
  },
  {
    mariadb: "a JSON NOT NULL, g INT AS (JSON_VALUE(a, '$.size')) STORED",
    sqlite: "a TEXT NOT NULL CHECK (json_valid(a)), g INTEGER AS (json_extract(a, '$.size')) STORED",
    said: /takes|computed/,
  },
  {
    mariadb: "a INT NOT NULL, w DATETIME NOT NULL DEFAULT (CURRENT_TIMESTAMP + INTERVAL 4 MINUTE)",
    sqlite: "a INTEGER NOT NULL, w TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP",
    said: /t\.w by default is/,
  },
  {
    mariadb: "a INT NOT NULL, w DATE NOT NULL DEFAULT (CURRENT_DATE + INTERVAL 1 DAY)",
    sqlite: "a INTEGER NOT NULL, w TEXT NOT NULL DEFAULT CURRENT_DATE",
    said: /t\.w by default is/,
  },
];

describe("what computes otherwise", () => {
  for (const { mariadb, sqlite, said } of pairs)
    test(`${mariadb} and ${sqlite}`, async () => {
      const found = await differences(
        server,
        `CREATE TABLE t (${id}, ${mariadb}) CHARACTER SET utf8mb4`,
        `CREATE TABLE t (${rowid}, ${sqlite}) STRICT`,
      );
      expect(found.join("\n")).toMatch(said);
    });
});

describe("what happens by itself", () => {
  const sides: readonly (readonly [name: string, mariadb: string, sqlite: string, said: RegExp])[] = [
    [
      "ON UPDATE CURRENT_TIMESTAMP and a trigger that does not look whether anything changes",
      `CREATE TABLE t (${id}, a INT NOT NULL, w DATETIME NULL ON UPDATE CURRENT_TIMESTAMP)`,
      `CREATE TABLE t (${rowid}, a INTEGER NOT NULL, w TEXT) STRICT;
       CREATE TRIGGER t_w AFTER UPDATE ON t WHEN NEW.w IS OLD.w
       BEGIN UPDATE t SET w = datetime('now') WHERE id = NEW.id; END;`,
      /t\.w holds '2024-02-29 12:30:59' on MariaDB and '20[^']*' on SQLite after an UPDATE of id = 1; have no engine set/,
    ],
    [
      "triggers of which one looks at the columns that are set",
      `CREATE TABLE t (${id}, a INT NOT NULL, b INT NOT NULL);
       CREATE TRIGGER t_b BEFORE UPDATE ON t FOR EACH ROW SET NEW.b = OLD.b + 1;`,
      `CREATE TABLE t (${rowid}, a INTEGER NOT NULL, b INTEGER NOT NULL) STRICT;
       CREATE TRIGGER t_b AFTER UPDATE OF a, id ON t BEGIN UPDATE t SET b = OLD.b + 1 WHERE id = NEW.id; END;`,
      /t\.b holds '\d+' on MariaDB and '\d+' on SQLite after an UPDATE of b = /,
    ],
    [
      "an amount that the migrations store in whole units on one engine alone",
      `CREATE TABLE t (${id}, a DECIMAL(9,2) NOT NULL); INSERT INTO t (id, a) VALUES (1, 3.00), (2, 12.50);`,
      `CREATE TABLE t (${rowid}, a INTEGER NOT NULL) STRICT; INSERT INTO t (id, a) VALUES (1, 300), (2, 12);`,
      /^column t\.a holds '12\.50' on MariaDB and '0\.12' on SQLite after the migrations; there, a DECIMAL's value is written in whole units, 1250$/,
    ],
    [
      "a key that keeps the rows before the one that it refuses",
      `CREATE TABLE t (${id}, a INT NOT NULL, UNIQUE KEY (a))`,
      `CREATE TABLE t (${rowid}, a INTEGER NOT NULL, UNIQUE (a) ON CONFLICT FAIL) STRICT`,
      /t has 1 rows? on MariaDB and 2 on SQLite after the same INSERT, which both refuse/,
    ],
  ];
  for (const [name, mariadb, sqlite, said] of sides)
    test(name, async () => expect((await differences(server, mariadb, sqlite)).join("\n")).toMatch(said));
});
