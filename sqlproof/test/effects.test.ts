import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { type PrivateMariadb, startPrivateMariadb } from "../src/test-server/private-mariadb.ts";
import { differences, id, rowid } from "./two-schemas.ts";

let server: PrivateMariadb;
beforeAll(async () => {
  server = await startPrivateMariadb();
}, 60_000);
afterAll(() => server.stop());

const text = "VARCHAR(9) COLLATE utf8mb4_nopad_bin";

/** Each difference as the beginning of its message and what else it names. */
const cases: readonly (readonly [name: string, mariadb: string, sqlite: string, said: readonly RegExp[]])[] = [
  ["the same table", `CREATE TABLE t (${id}, a INT)`, `CREATE TABLE t (${rowid}, a INTEGER) STRICT`, []],
  [
    "rows that one engine's migration alone stores",
    `CREATE TABLE t (${id}, a INT); CREATE TABLE u (${id}, a INT); INSERT INTO t (a) VALUES (1); INSERT INTO u (a) VALUES (2)`,
    `CREATE TABLE t (${rowid}, a INTEGER) STRICT; CREATE TABLE u (${rowid}, a INTEGER) STRICT; INSERT INTO u (a) VALUES (2)`,
    [/^table t has 1 row on MariaDB and 0 on SQLite after the migrations$/],
  ],
  [
    "defaults that differ",
    `CREATE TABLE t (${id}, a INT NOT NULL DEFAULT 1, b ${text} NOT NULL DEFAULT 'x', d DECIMAL(9,2) NOT NULL DEFAULT 1.5)`,
    `CREATE TABLE t (${rowid}, a INTEGER NOT NULL DEFAULT 2, b TEXT NOT NULL DEFAULT '', d INTEGER NOT NULL DEFAULT 1) STRICT`,
    [
      /^column t\.a by default is '1' on MariaDB and '2' on SQLite$/,
      /^column t\.b by default is 'x' on MariaDB and '' on SQLite$/,
      /^column t\.d by default is '1\.50' on MariaDB and '0\.01' on SQLite; there, a DECIMAL's default is written in whole units, 150$/,
    ],
  ],
  [
    "a default that its column on SQLite cannot hold",
    `CREATE TABLE t (${id}, d DECIMAL(9,2) NOT NULL DEFAULT 9.99)`,
    `CREATE TABLE t (${rowid}, d INTEGER NOT NULL DEFAULT 9.99) STRICT`,
    [
      /^table t: SQLite cannot store REAL value in INTEGER column t\.d by default: .* in whole units there, 999 for 9\.99$/,
    ],
  ],
  [
    "its cure",
    `CREATE TABLE t (${id}, d DECIMAL(9,2) NOT NULL DEFAULT 9.99)`,
    `CREATE TABLE t (${rowid}, d INTEGER NOT NULL DEFAULT 999) STRICT`,
    [],
  ],
  [
    "the same defaults, written in other ways",
    `CREATE TABLE t (${id}, a INT NOT NULL DEFAULT (1 + 1), d DECIMAL(9,2) NOT NULL DEFAULT 1.5,
       w DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, y DATE NULL DEFAULT CURRENT_DATE, n INT NULL DEFAULT NULL)`,
    `CREATE TABLE t (${rowid}, a INTEGER NOT NULL DEFAULT 2, d INTEGER NOT NULL DEFAULT 150,
       w TEXT NOT NULL DEFAULT (datetime('now')), y TEXT DEFAULT CURRENT_DATE, n INTEGER) STRICT`,
    [],
  ],
  [
    "a nullable column with a default on one side",
    `CREATE TABLE t (${id}, a INT NULL DEFAULT 5)`,
    `CREATE TABLE t (${rowid}, a INTEGER) STRICT`,
    [/^column t\.a by default is '5' on MariaDB and NULL on SQLite$/],
  ],
  [
    "a time that MariaDB sets at each update",
    `CREATE TABLE t (${id}, a INT, w DATETIME NULL ON UPDATE CURRENT_TIMESTAMP)`,
    `CREATE TABLE t (${rowid}, a INTEGER, w TEXT) STRICT`,
    [/^column t\.w holds '20\d\d-.*' on MariaDB and '20\d\d-.*' on SQLite after an UPDATE of/],
  ],
  [
    "a CHECK on MariaDB alone",
    `CREATE TABLE t (${id}, a INT, CHECK (a <> 41))`,
    `CREATE TABLE t (${rowid}, a INTEGER) STRICT`,
    [/^column t\.a: SQLite takes 41 in an INSERT and MariaDB refuses \(CONSTRAINT `CONSTRAINT_1` failed for `t`\)/],
  ],
  [
    "a CHECK on SQLite alone",
    `CREATE TABLE t (${id}, a INT, b ${text})`,
    `CREATE TABLE t (${rowid}, a INTEGER, b TEXT CHECK (b IN ('new', 'old'))) STRICT`,
    [/^column t\.b: MariaDB takes 'a' in an INSERT and SQLite refuses \(CHECK constraint failed: b IN/],
  ],
  [
    "the same CHECKs, written in other ways",
    `CREATE TABLE t (${id}, a INT NOT NULL CHECK (a BETWEEN 1 AND 3), b ${text} NOT NULL, c INT NOT NULL,
       CHECK (b = 'new' OR b = 'old'), CONSTRAINT later CHECK (c > a))`,
    `CREATE TABLE t (${rowid}, a INTEGER NOT NULL CHECK (a IN (1, 2, 3)), b TEXT NOT NULL CHECK (b IN ('new', 'old')),
       c INTEGER NOT NULL CHECK (a < c)) STRICT`,
    [],
  ],
  [
    "CHECKs over two columns that differ in the equal case",
    `CREATE TABLE t (${id}, a INT NOT NULL, c INT NOT NULL, CHECK (c > a))`,
    `CREATE TABLE t (${rowid}, a INTEGER NOT NULL, c INTEGER NOT NULL, CHECK (a <= c)) STRICT`,
    [/^column t\.a: SQLite takes 7 in an INSERT and MariaDB refuses/, /^column t\.c: SQLite takes 0 in an INSERT/],
  ],
  [
    "a member more in a CHECK",
    `CREATE TABLE t (${id}, b ${text} NOT NULL CHECK (b IN ('new', 'old', 'lost')))`,
    `CREATE TABLE t (${rowid}, b TEXT NOT NULL CHECK (b IN ('new', 'old'))) STRICT`,
    [/^column t\.b: MariaDB takes 'lost' in an INSERT and SQLite refuses/],
  ],
  [
    "bounds of another type on SQLite",
    `CREATE TABLE t (${id}, a TINYINT, b DECIMAL(9,4), c ${text}, y DATE)`,
    `CREATE TABLE t (${rowid}, a INTEGER CHECK (a BETWEEN -32768 AND 32767), b INTEGER CHECK (abs(b) < 1000000000000000),
       c TEXT CHECK (length(c) <= 10), y TEXT CHECK (substr(y, 6, 2) <= '12')) STRICT`,
    [
      /^column t\.a: SQLite takes 128 and refuses 9223372036854775807, MariaDB's tinyint\(4\) refuses both/,
      /^column t\.b: SQLite takes 100000\.0000 and refuses .*, MariaDB's decimal\(9,4\) refuses both/,
      /^column t\.c: SQLite takes 'a{10}' and refuses .*, MariaDB's varchar\(9\) refuses both/,
      /^column t\.y: SQLite takes '2024-02-30' and refuses '2024-13-01', MariaDB's date refuses both/,
    ],
  ],
  [
    "no bounds on SQLite, or only a lower one on both",
    `CREATE TABLE t (${id}, a TINYINT, b DECIMAL(9,4), c ${text}, y DATE, z SMALLINT CHECK (z >= 0))`,
    `CREATE TABLE t (${rowid}, a INTEGER, b INTEGER, c TEXT, y TEXT, z INTEGER CHECK (z >= 0)) STRICT`,
    [],
  ],
  [
    "an INT of MariaDB that is a BIGINT by SQLite's CHECK, and the reverse",
    `CREATE TABLE t (${id}, a INT, b BIGINT)`,
    `CREATE TABLE t (${rowid}, a INTEGER CHECK (a < 9223372036854775807), b INTEGER CHECK (b < 2147483648)) STRICT`,
    [
      /^column t\.a: SQLite takes 2147483648 and refuses/,
      /^column t\.b: MariaDB takes 9223372036854775807 in an INSERT/,
    ],
  ],
  [
    "a trigger on MariaDB that changes the row",
    `CREATE TABLE t (${id}, a INT); CREATE TRIGGER t_a BEFORE INSERT ON t FOR EACH ROW SET NEW.a = COALESCE(NEW.a, 0) + 0;`,
    `CREATE TABLE t (${rowid}, a INTEGER) STRICT`,
    [/^column t\.a holds '0' on MariaDB and NULL on SQLite after an INSERT of/],
  ],
  [
    "a trigger on SQLite that refuses a row",
    `CREATE TABLE t (${id}, a INT)`,
    `CREATE TABLE t (${rowid}, a INTEGER) STRICT;
     CREATE TRIGGER t_a BEFORE UPDATE ON t WHEN NEW.a = 77 BEGIN SELECT RAISE(ABORT, 'not 77'); END;`,
    [/^column t\.a: MariaDB takes 77 in an UPDATE and SQLite refuses \(not 77\)/],
  ],
  [
    "a trigger on one side that writes to another table",
    `CREATE TABLE t (${id}, a INT); CREATE TABLE log (${id}, a INT);
     CREATE TRIGGER t_log AFTER DELETE ON t FOR EACH ROW INSERT INTO log (id, a) VALUES (OLD.id, OLD.a);`,
    `CREATE TABLE t (${rowid}, a INTEGER) STRICT; CREATE TABLE log (${rowid}, a INTEGER) STRICT;`,
    [
      /^table t: after INSERT and DELETE, its triggers leave the row \["1","1"\] more in log on MariaDB and no row more on SQLite$/,
    ],
  ],
  [
    "the same triggers, written in other ways",
    `CREATE TABLE t (${id}, a INT); CREATE TABLE log (${id}, a INT);
     CREATE TRIGGER t_log AFTER UPDATE ON t FOR EACH ROW
       BEGIN IF NOT (NEW.a <=> OLD.a) THEN INSERT INTO log (id, a) VALUES (OLD.id, NEW.a); END IF; END;`,
    `CREATE TABLE t (${rowid}, a INTEGER) STRICT; CREATE TABLE log (${rowid}, a INTEGER) STRICT;
     CREATE TRIGGER t_log AFTER UPDATE OF a ON t WHEN NEW.a IS NOT OLD.a BEGIN INSERT INTO log (id, a) VALUES (OLD.id, NEW.a); END;`,
    [],
  ],
  [
    "generated columns that differ",
    `CREATE TABLE t (${id}, a INT, b ${text}, g BIGINT AS (a * 2) STORED, h VARCHAR(30) COLLATE utf8mb4_nopad_bin AS (UPPER(b)))`,
    `CREATE TABLE t (${rowid}, a INTEGER, b TEXT, g INTEGER GENERATED ALWAYS AS (a + 1) STORED, h TEXT AS (upper(b))) STRICT`,
    [/^column t\.g is computed as '0' on MariaDB and '1' on SQLite after/, /^column t\.h is computed/],
  ],
  [
    "JSON on MariaDB, any text on SQLite",
    `CREATE TABLE t (${id}, a JSON)`,
    `CREATE TABLE t (${rowid}, a TEXT) STRICT`,
    [/^column t\.a: SQLite takes 'a' in an INSERT and MariaDB refuses/],
  ],
  [
    "JSON on both",
    `CREATE TABLE t (${id}, a JSON NOT NULL)`,
    `CREATE TABLE t (${rowid}, a TEXT NOT NULL CHECK (json_valid(a))) STRICT`,
    [],
  ],
  [
    "a key that replaces on SQLite",
    `CREATE TABLE t (${id}, a INT, UNIQUE (a))`,
    `CREATE TABLE t (${rowid}, a INTEGER UNIQUE ON CONFLICT IGNORE) STRICT`,
    [/^table t: SQLite takes a second row with the same \(a\) and MariaDB refuses \(Duplicate entry/],
  ],
  [
    "letters that only one engine stores",
    `CREATE TABLE t (${id}, a VARCHAR(9) CHARACTER SET latin1)`,
    `CREATE TABLE t (${rowid}, a TEXT) STRICT`,
    [/^column t\.a: SQLite takes 'Ä日 🙂' in an INSERT and MariaDB refuses/],
  ],
  [
    "times of now in a table that a trigger writes to",
    `CREATE TABLE t (${id}, a INT); CREATE TABLE log (${id}, w DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, y DATE);
     CREATE TRIGGER t_log AFTER INSERT ON t FOR EACH ROW
       INSERT INTO log (id, w, y) VALUES (NEW.id, NOW() + INTERVAL 3 SECOND, CURRENT_DATE);`,
    `CREATE TABLE t (${rowid}, a INTEGER) STRICT;
     CREATE TABLE log (${rowid}, w TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP, y TEXT) STRICT;
     CREATE TRIGGER t_log AFTER INSERT ON t BEGIN INSERT INTO log (id, y) VALUES (NEW.id, CURRENT_DATE); END;`,
    [],
  ],
  ...["", " CHECK (v BETWEEN -32768 AND 32767)"].map((check): (typeof cases)[number] => [
    `a number that a trigger counts beyond its type, SQLite's column${check === "" ? " without a CHECK" : check}`,
    `CREATE TABLE t (${id}, v SMALLINT NOT NULL);
       CREATE TRIGGER t_v BEFORE UPDATE ON t FOR EACH ROW SET NEW.v = OLD.v + 1;`,
    `CREATE TABLE t (${rowid}, v INTEGER NOT NULL${check}) STRICT;
       CREATE TRIGGER t_v AFTER UPDATE ON t BEGIN UPDATE t SET v = OLD.v + 1 WHERE id = NEW.id; END;`,
    check === ""
      ? [/refuses \(Out of range .* computed for t\.v may .* CHECK \(v BETWEEN -32768 AND 32767\) on SQLite$/]
      : [],
  ]),
  [
    "CHECKs that no generated row meets",
    `CREATE TABLE t (${id}, a ${text} NOT NULL CHECK (a || a = 'xyzxyz'))`,
    `CREATE TABLE t (${rowid}, a TEXT NOT NULL CHECK (a || a = 'xyzxyz')) STRICT`,
    [/^table t: no row was found that both engines take/],
  ],
];

describe("two schemas by their effect", () => {
  test.each(cases)("%s", async (_, mariadb, sqlite, said) => {
    const found = await differences(server, mariadb, sqlite);
    expect(found.length, found.join("\n")).toBe(said.length);
    for (const [index, pattern] of said.entries()) expect(found[index]).toMatch(pattern);
  });
});
