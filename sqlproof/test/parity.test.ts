import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { effectDifferences } from "../src/check/effects/differences.ts";
import { MariadbProver } from "../src/check/provers/mariadb.ts";
import { SqliteProver } from "../src/check/provers/sqlite.ts";
import { catalogDifferences } from "../src/check/types/parity.ts";
import { typeChangeProblems } from "../src/check/types/type-steps.ts";
import type { MigrationStep } from "../src/migrations/files.ts";
import { splitStatements } from "../src/migrations/split.ts";
import { type PrivateMariadb, startPrivateMariadb } from "../src/test-server/private-mariadb.ts";

let server: PrivateMariadb;
beforeAll(async () => {
  server = await startPrivateMariadb();
}, 60_000);
afterAll(() => server.stop());

function step(text: string): MigrationStep {
  const path = "0001_test.sql";
  return { version: 1, name: "0001_test", path, checksum: "", statements: splitStatements(text), adoption: null };
}

async function differences(mariadbSql: string, sqliteSql: string): Promise<string[]> {
  const mariadb = await MariadbProver.open(server, [step(mariadbSql)]);
  const sqlite = new SqliteProver([step(sqliteSql)]);
  const found = [
    ...catalogDifferences(mariadb.catalog, sqlite.catalog),
    ...(await effectDifferences(mariadb.schema, sqlite.schema)),
  ];
  await mariadb.close();
  sqlite.close();
  return found;
}

const key = "id INT NOT NULL AUTO_INCREMENT PRIMARY KEY";
const rowid = "id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT";
const parent = "CREATE TABLE p (id INT NOT NULL PRIMARY KEY);";
const strictParent = "CREATE TABLE p (id INT NOT NULL PRIMARY KEY) STRICT;";

const cases: readonly (readonly [name: string, mariadb: string, sqlite: string, said: readonly string[]])[] = [
  ["the same table", `CREATE TABLE t (${key})`, `CREATE TABLE t (${rowid}) STRICT`, []],
  [
    "a table on one side",
    `CREATE TABLE t (${key})`,
    "CREATE TABLE u (id INTEGER PRIMARY KEY) STRICT",
    ["table t is missing on SQLite", "table u is missing on MariaDB"],
  ],
  [
    "a TIMESTAMP, which ends in 2038",
    `CREATE TABLE t (${key}, a TIMESTAMP NOT NULL)`,
    `CREATE TABLE t (${rowid}, a TEXT NOT NULL) STRICT`,
    ["column t.a: a TIMESTAMP ends in 2038 on MariaDB, its text on SQLite does not: declare DATETIME"],
  ],
  [
    "a table without transactions",
    `CREATE TABLE t (${key}) ENGINE=MyISAM`,
    `CREATE TABLE t (${rowid}) STRICT`,
    ["table t is ENGINE=MyISAM: MariaDB rolls back nothing in it, no failed statement either; declare ENGINE=InnoDB"],
  ],
  [
    "a column that * leaves out",
    `CREATE TABLE t (${key}, a INT NOT NULL DEFAULT 7 INVISIBLE, b INT NOT NULL)`,
    `CREATE TABLE t (${rowid}, a INTEGER NOT NULL DEFAULT 7, b INTEGER NOT NULL) STRICT`,
    ["column t.a is INVISIBLE: * leaves it out on MariaDB only; remove INVISIBLE"],
  ],
  [
    "a table that is not STRICT",
    `CREATE TABLE t (${key})`,
    `CREATE TABLE t (${rowid})`,
    ["table t is not STRICT on SQLite: write STRICT behind the last bracket"],
  ],
  [
    "a column on one side",
    `CREATE TABLE t (${key}, a INT)`,
    `CREATE TABLE t (${rowid}, b INTEGER) STRICT`,
    ["column t.b is missing on MariaDB", "column t.a is missing on SQLite"],
  ],
  [
    "columns in another order",
    `CREATE TABLE t (${key}, a INT, b INT)`,
    `CREATE TABLE t (${rowid}, b INTEGER, a INTEGER) STRICT`,
    ["table t has its columns in a different order on SQLite: id, b, a"],
  ],
  [
    "nullable on one side",
    `CREATE TABLE t (${key}, a INT NULL)`,
    `CREATE TABLE t (${rowid}, a INTEGER NOT NULL DEFAULT 0) STRICT`,
    ["column t.a is nullable on MariaDB and NOT NULL on SQLite"],
  ],
  [
    "nullable on one side, so that an INSERT may leave it out there",
    `CREATE TABLE t (${key}, a INT NOT NULL, b INT NULL, c INT NULL DEFAULT 1, d INT NOT NULL)`,
    `CREATE TABLE t (${rowid}, a INTEGER, b INTEGER NOT NULL, c INTEGER NOT NULL, d INTEGER DEFAULT 5) STRICT`,
    [
      "column t.a is NOT NULL on MariaDB and nullable on SQLite",
      "column t.b is nullable on MariaDB and NOT NULL on SQLite",
      "column t.c is nullable on MariaDB and NOT NULL on SQLite",
      "column t.c has a default on MariaDB and none on SQLite",
      "column t.d is NOT NULL on MariaDB and nullable on SQLite",
      "column t.d has no default on MariaDB and one on SQLite",
    ],
  ],
  [
    "a default on one side",
    `CREATE TABLE t (${key}, a INT NOT NULL DEFAULT 1)`,
    `CREATE TABLE t (${rowid}, a INTEGER NOT NULL) STRICT`,
    ["column t.a has a default on MariaDB and none on SQLite"],
  ],
  [
    "a decimal stored as a float",
    `CREATE TABLE t (${key}, a DECIMAL(19,4))`,
    `CREATE TABLE t (${rowid}, a REAL) STRICT`,
    ["column t.a: decimal(19,4) on MariaDB needs INTEGER on SQLite, found REAL"],
  ],
  [
    "a type without counterpart",
    `CREATE TABLE t (${key}, a TIME)`,
    `CREATE TABLE t (${rowid}, a TEXT) STRICT`,
    ["column t.a: time on MariaDB has no exact counterpart on SQLite; declare INT and store seconds"],
  ],
  [
    "a JSON, which MariaDB checks",
    `CREATE TABLE t (${key}, a JSON)`,
    `CREATE TABLE t (${rowid}, a TEXT) STRICT`,
    [
      "column t.a: SQLite takes 'a' in an INSERT and MariaDB refuses (CONSTRAINT `t.a` failed for `t`): a JSON column has that CHECK, write CHECK (json_valid(a)) on SQLite",
    ],
  ],
  [
    "a JSON with its CHECK",
    `CREATE TABLE t (${key}, a JSON)`,
    `CREATE TABLE t (${rowid}, a TEXT CHECK (json_valid(a))) STRICT`,
    [],
  ],
  [
    "seconds with fractions",
    `CREATE TABLE t (${key}, a DATETIME(6))`,
    `CREATE TABLE t (${rowid}, a TEXT) STRICT`,
    ["column t.a: datetime(6) on MariaDB has no exact counterpart on SQLite; declare DATETIME without places"],
  ],
  [
    "a unique key on one side",
    `CREATE TABLE t (${key}, a INT, UNIQUE (a))`,
    `CREATE TABLE t (${rowid}, a INTEGER) STRICT`,
    ["unique key (a) of t is missing on SQLite"],
  ],
  [
    "a foreign key on one side",
    `${parent} CREATE TABLE t (${key}, p INT, FOREIGN KEY (p) REFERENCES p (id))`,
    `${strictParent} CREATE TABLE t (${rowid}, p INTEGER) STRICT`,
    ["foreign key (p -> p id) of t is missing on SQLite"],
  ],
  [
    "a number that only SQLite gives by itself",
    "CREATE TABLE t (id INT NOT NULL PRIMARY KEY)",
    `CREATE TABLE t (${rowid}) STRICT`,
    [
      "column t.id is numbered by SQLite alone, as INTEGER PRIMARY KEY is: write INT PRIMARY KEY there, or add AUTO_INCREMENT on MariaDB and AUTOINCREMENT on SQLite",
    ],
  ],
  [
    "the same, where neither says NOT NULL",
    "CREATE TABLE t (id INT PRIMARY KEY)",
    "CREATE TABLE t (id INTEGER PRIMARY KEY) STRICT",
    [
      "column t.id is numbered by SQLite alone, as INTEGER PRIMARY KEY is: write INT PRIMARY KEY there, or add AUTO_INCREMENT on MariaDB and AUTOINCREMENT on SQLite",
    ],
  ],
  ["one cure of that", "CREATE TABLE t (id INT PRIMARY KEY)", "CREATE TABLE t (id INT PRIMARY KEY) STRICT", []],
  [
    "the other cure of that",
    "CREATE TABLE t (id INT PRIMARY KEY AUTO_INCREMENT)",
    "CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT) STRICT",
    [],
  ],
  [
    "a key WITHOUT ROWID, which SQLite does not number",
    "CREATE TABLE t (id INT PRIMARY KEY, a INT)",
    "CREATE TABLE t (id INTEGER PRIMARY KEY, a INTEGER) STRICT, WITHOUT ROWID",
    [],
  ],
  [
    "a number that only MariaDB gives",
    `CREATE TABLE t (${key})`,
    "CREATE TABLE t (id INT NOT NULL PRIMARY KEY) STRICT",
    [
      "column t.id is numbered by MariaDB alone: write INTEGER PRIMARY KEY AUTOINCREMENT on SQLite, or remove AUTO_INCREMENT",
    ],
  ],
  [
    "a trigger that writes to a table of other columns",
    `CREATE TABLE t (${key}); CREATE TABLE log (${key}, t_id INT NOT NULL, a INT);
     CREATE TRIGGER tr AFTER INSERT ON t FOR EACH ROW INSERT INTO log (t_id) VALUES (NEW.id);`,
    `CREATE TABLE t (${rowid}) STRICT; CREATE TABLE log (${rowid}, t_id INTEGER NOT NULL) STRICT;
     CREATE TRIGGER tr AFTER INSERT ON t BEGIN INSERT INTO log (t_id) VALUES (NEW.id); END;`,
    ["column log.a is missing on SQLite"],
  ],
  [
    "a number that SQLite would give twice",
    `CREATE TABLE t (${key})`,
    "CREATE TABLE t (id INTEGER NOT NULL PRIMARY KEY) STRICT",
    ["column t.id reuses the number of a deleted row on SQLite: add AUTOINCREMENT"],
  ],
  [
    "a number that SQLite would give twice, as a comment denies",
    `CREATE TABLE t (${key}); CREATE TABLE u (${key}); CREATE TRIGGER t_u AFTER INSERT ON t FOR EACH ROW INSERT INTO u VALUES ();`,
    `CREATE TABLE t (id INTEGER NOT NULL PRIMARY KEY -- AUTOINCREMENT\n) STRICT; CREATE TABLE u (${rowid}) STRICT;
     CREATE TRIGGER t_u AFTER INSERT ON t BEGIN INSERT INTO u (id) VALUES (NULL); END;`,
    ["column t.id reuses the number of a deleted row on SQLite: add AUTOINCREMENT"],
  ],
  [
    "a reference that SQLite checks at the end",
    `${parent} CREATE TABLE t (${key}, p INT, FOREIGN KEY (p) REFERENCES p (id))`,
    `${strictParent} CREATE TABLE t (${rowid}, p INTEGER REFERENCES p (id) DEFERRABLE INITIALLY DEFERRED) STRICT`,
    ["table t defers a foreign key on SQLite, which MariaDB checks at once: remove DEFERRABLE"],
  ],
  [
    "a reference that may be deferred and is not",
    `${parent} CREATE TABLE t (${key}, p INT, FOREIGN KEY (p) REFERENCES p (id))`,
    `${strictParent} CREATE TABLE t (${rowid}, p INTEGER REFERENCES p (id) DEFERRABLE INITIALLY IMMEDIATE) STRICT`,
    [],
  ],
  [
    "an ENUM",
    `CREATE TABLE t (${key}, a ENUM('x', 'y'))`,
    `CREATE TABLE t (${rowid}, a TEXT CHECK (a IN ('x', 'y'))) STRICT`,
    [],
  ],
  [
    "an ENUM whose CHECK names one more",
    `CREATE TABLE t (${key}, a ENUM('x', 'y'))`,
    `CREATE TABLE t (${rowid}, a TEXT CHECK (a IN ('x', 'y', 'z'))) STRICT`,
    [
      "column t.a: SQLite takes 'z', which MariaDB's enum('x','y') refuses; give it a CHECK with IN that names just its values",
    ],
  ],
  [
    "a number without sign",
    `CREATE TABLE t (${key}, a INT UNSIGNED)`,
    `CREATE TABLE t (${rowid}, a INTEGER CHECK (a BETWEEN 0 AND 4294967295)) STRICT`,
    [],
  ],
  [
    "a number without sign that 64 bits with a sign do not hold",
    `CREATE TABLE t (${key}, a BIGINT UNSIGNED)`,
    `CREATE TABLE t (${rowid}, a INTEGER) STRICT`,
    ["column t.a: bigint(20) unsigned on MariaDB has no exact counterpart on SQLite; declare BIGINT"],
  ],
  [
    "a unique text that is compared by another rule",
    `CREATE TABLE t (${key}, a VARCHAR(9) COLLATE utf8mb4_general_ci, UNIQUE (a))`,
    `CREATE TABLE t (${rowid}, a TEXT UNIQUE) STRICT`,
    ["key (a) of t: a is unique by utf8mb4_general_ci on MariaDB and by BINARY on SQLite; use utf8mb4_nopad_bin"],
  ],
  [
    "a collation of SQLite's own",
    `CREATE TABLE t (${key}, a VARCHAR(9) COLLATE utf8mb4_general_ci)`,
    `CREATE TABLE t (\n${rowid},\n a TEXT COLLATE NOCASE) STRICT`,
    ["column t.a: COLLATE NOCASE of SQLite has no equal on MariaDB; leave it BINARY"],
  ],
  [
    "generated on one side",
    `CREATE TABLE t (${key}, a INT NULL)`,
    `CREATE TABLE t (${rowid}, a INTEGER GENERATED ALWAYS AS (id) STORED) STRICT`,
    ["column t.a is generated on SQLite only"],
  ],
  [
    "ON DELETE on one side",
    `${parent} CREATE TABLE t (${key}, p INT, FOREIGN KEY (p) REFERENCES p (id) ON DELETE CASCADE ON UPDATE SET NULL)`,
    `${strictParent} CREATE TABLE t (${rowid}, p INTEGER REFERENCES p ON UPDATE CASCADE) STRICT`,
    [
      "foreign key (p -> p id) of t is ON DELETE CASCADE on MariaDB and RESTRICT on SQLite",
      "foreign key (p -> p id) of t is ON UPDATE SET NULL on MariaDB and CASCADE on SQLite",
    ],
  ],
  [
    "the same actions, one written in another way",
    `${parent} CREATE TABLE t (${key}, p INT, FOREIGN KEY (p) REFERENCES p (id) ON DELETE CASCADE ON UPDATE NO ACTION)`,
    `${strictParent} CREATE TABLE t (${rowid}, p INTEGER REFERENCES p (id) ON DELETE CASCADE ON UPDATE RESTRICT) STRICT`,
    [],
  ],
  [
    "a unique prefix",
    `CREATE TABLE t (${key}, a VARCHAR(9) COLLATE utf8mb4_nopad_bin, UNIQUE (a(3)))`,
    `CREATE TABLE t (${rowid}, a TEXT UNIQUE) STRICT`,
    [
      "unique key (a) of t compares the first 3 characters of a on MariaDB, which the other engine cannot; let it compare whole columns of all rows",
      "unique key (a) of t is missing on MariaDB",
    ],
  ],
  [
    "a unique index over some rows",
    `CREATE TABLE t (${key}, a INT, UNIQUE (a))`,
    `CREATE TABLE t (${rowid}, a INTEGER) STRICT; CREATE UNIQUE INDEX t_a ON t (a) WHERE a > 0`,
    [
      "unique key (a) of t compares a of some rows on SQLite, which the other engine cannot; let it compare whole columns of all rows",
      "unique key (a) of t is missing on SQLite",
    ],
  ],
  [
    "a unique index over an expression",
    `CREATE TABLE t (${key}, a INT)`,
    `CREATE TABLE t (${rowid}, a INTEGER) STRICT; CREATE UNIQUE INDEX t_a ON t (abs(a))`,
    [
      "unique key () of t compares an expression on SQLite, which the other engine cannot; let it compare whole columns of all rows",
    ],
  ],
  [
    "a unique index with a collation of its own",
    `CREATE TABLE t (${key}, a VARCHAR(9) COLLATE utf8mb4_nopad_bin, UNIQUE (a))`,
    `CREATE TABLE t (${rowid}, a TEXT) STRICT; CREATE UNIQUE INDEX t_a ON t (a COLLATE NOCASE)`,
    [
      "unique key (a) of t compares a COLLATE NOCASE on SQLite, which the other engine cannot; let it compare whole columns of all rows",
      "unique key (a) of t is missing on SQLite",
    ],
  ],
  [
    "a collation on a column that does not begin its line",
    `CREATE TABLE t (${key}, a VARCHAR(9) COLLATE utf8mb4_nopad_bin, b VARCHAR(9) COLLATE utf8mb4_nopad_bin)`,
    `CREATE TABLE t (${rowid}, a TEXT COLLATE NOCASE, b TEXT COLLATE /* as read */ RTRIM) STRICT`,
    [
      "column t.a: COLLATE NOCASE of SQLite has no equal on MariaDB; leave it BINARY",
      "column t.b: COLLATE RTRIM of SQLite has no equal on MariaDB; leave it BINARY",
    ],
  ],
  [
    "a collation that a comment names",
    `CREATE TABLE t (${key}, a VARCHAR(9) COLLATE utf8mb4_nopad_bin)`,
    `CREATE TABLE t (\n${rowid},\n a TEXT -- not COLLATE NOCASE\n) STRICT`,
    [],
  ],
  [
    "a number of single precision",
    `CREATE TABLE t (${key}, a FLOAT)`,
    `CREATE TABLE t (${rowid}, a REAL) STRICT`,
    ["column t.a: float on MariaDB has no exact counterpart on SQLite; declare DOUBLE, which is REAL on SQLite"],
  ],
  [
    "the same view",
    `CREATE TABLE t (${key}, a INT); CREATE VIEW v AS SELECT a, id FROM t`,
    `CREATE TABLE t (${rowid}, a INTEGER) STRICT; CREATE VIEW v AS SELECT a, id FROM t`,
    [],
  ],
  [
    "a view on one side, one with another column, and one that is a table",
    `CREATE TABLE t (${key}, a INT); CREATE VIEW v AS SELECT id FROM t; CREATE VIEW w AS SELECT a FROM t; CREATE VIEW x AS SELECT id FROM t`,
    `CREATE TABLE t (${rowid}, a INTEGER) STRICT; CREATE VIEW w AS SELECT a AS b FROM t; CREATE TABLE x (${rowid}) STRICT`,
    [
      "view v is missing on SQLite",
      "column w.b is missing on MariaDB",
      "column w.a is missing on SQLite",
      "x is a view on MariaDB and a table on SQLite",
    ],
  ],
];

describe("two folders of migrations", () => {
  test.each(cases)("%s", async (_, mariadb, sqlite, said) => {
    expect(await differences(mariadb, sqlite)).toEqual([...said]);
  });
});

describe("a step that changes the type of a stored column", () => {
  const create = (declared: string, strict = ""): MigrationStep =>
    step(`CREATE TABLE t (id INT PRIMARY KEY, ${declared}, b VARCHAR(9) NOT NULL)${strict}`);
  const onSqlite = (declared: string): MigrationStep =>
    step(
      `CREATE TABLE t (id INT PRIMARY KEY, ${declared}, b TEXT NOT NULL CHECK (b <> 'a'), g INTEGER AS (id)) STRICT`,
    );
  const second = (text: string): MigrationStep => ({ ...step(text), version: 2 });

  async function problems(types: readonly [from: string, to: string], declared: string, sqliteStep: string | null) {
    const steps = [create(`a ${types[0]}`), second(`ALTER TABLE t MODIFY a ${types[1]}`)];
    const mariadb = await MariadbProver.open(server, steps);
    const theirs = [onSqlite(`a ${declared}`), ...(sqliteStep === null ? [] : [second(sqliteStep)])];
    const found = typeChangeProblems(mariadb.typeChanges, theirs);
    await mariadb.close();
    return found;
  }

  const fewer = ["DECIMAL(19,4)", "DECIMAL(19,2)"] as const;
  const index = "CREATE INDEX t_by_a ON t (a)";
  const rebuilt = `CREATE TABLE u (id INT PRIMARY KEY, a INTEGER, b TEXT NOT NULL) STRICT;
    INSERT INTO u SELECT id, CAST(ROUND(a * 100) AS INTEGER), b FROM t; DROP TABLE t; ALTER TABLE u RENAME TO t`;
  const said: readonly (readonly [string, readonly [string, string], string, string | null, string | null])[] = [
    ["places are lost and SQLite's units stay", fewer, "INTEGER", index, "120000 as 1200"],
    ["places are lost and SQLite's units follow", fewer, "INTEGER", "UPDATE t SET a = a / 100", null],
    ["SQLite's step writes the table, but other values", fewer, "INTEGER", "UPDATE t SET a = a / 10", "120000 as 1200"],
    ["a whole number becomes an amount", ["INT", "DECIMAL(9,2)"], "INTEGER", index, "12 as 1200"],
    ["a whole number becomes a larger one", ["INT", "BIGINT"], "INTEGER", index, null],
    ["a float becomes an amount", ["DOUBLE", "DECIMAL(9,2)"], "REAL", index, "12 as 1200"],
    ["a float becomes an amount and SQLite follows", ["DOUBLE", "DECIMAL(9,2)"], "REAL", rebuilt, null],
    ["a float becomes the amount that it always was on SQLite", ["DOUBLE", "DECIMAL(9,2)"], "INTEGER", index, null],
    ["a time becomes a day", ["DATETIME", "DATE"], "TEXT", index, "2024-02-29 00:00:00 as 2024-02-29"],
    ["a time becomes a day on both", ["DATETIME", "DATE"], "TEXT", "UPDATE t SET a = date(a)", null],
    ["SQLite has no step of that number", fewer, "INTEGER", null, "120000 as 1200"],
    ["SQLite's step refuses the rows", fewer, "INTEGER", "UPDATE t SET id = NULL, b = NULL", "120000 as 1200"],
  ];

  test.each(said)("%s", async (_, types, declared, sqliteStep, converts) => {
    const found = await problems(types, declared, sqliteStep);
    if (converts === null) expect(found).toEqual([]);
    else {
      expect(found).toHaveLength(1);
      expect(found[0]).toStartWith(`step 2 changes t.a from ${types[0].toLowerCase()}`.replace(/\bint$/, "int(11)"));
      expect(found[0]).toEndWith(`SQLite's step 2 must convert what is stored, ${converts}`);
    }
  });
});

test.each(["INSERT ON t WHEN NEW.id < 5", "DELETE ON t"])(
  "a type changes where a trigger refuses the row that is tried: BEFORE %s",
  (event) => {
    const change = { version: 2, table: "t", column: "a", from: "decimal(19,4)", to: "decimal(19,2)" };
    const first = step(`CREATE TABLE t (id INT PRIMARY KEY, a INTEGER) STRICT;
      CREATE TRIGGER guard BEFORE ${event} BEGIN SELECT RAISE(ABORT, 'no'); END`);
    const second = { ...step("UPDATE t SET a = a / 100"), version: 2 };
    expect(typeChangeProblems([change], [first, second])).toEqual([]);
  },
);

describe("a type that SQLite has nothing for, and the one to declare instead", () => {
  test.each([
    ["FLOAT", "declare DOUBLE", "DOUBLE", "REAL"],
    ["BIGINT UNSIGNED", "declare BIGINT", "BIGINT", "INTEGER"],
    ["DATETIME(3)", "declare DATETIME", "DATETIME", "TEXT"],
    ["TIME", "declare INT", "INT", "INTEGER"],
    ["YEAR", "declare SMALLINT", "SMALLINT", "INTEGER"],
    ["BIT(1)", "declare TINYINT(1)", "TINYINT(1)", "INTEGER"],
    ["BIT(8)", "declare INT", "INT", "INTEGER"],
    ["UUID", "declare VARCHAR(36)", "VARCHAR(36) COLLATE utf8mb4_nopad_bin", "TEXT"],
    ["INET6", "declare VARCHAR(45)", "VARCHAR(45) COLLATE utf8mb4_nopad_bin", "TEXT"],
    ["POINT", "columns of their own", "DOUBLE", "REAL"],
  ])("%s: %s", async (type, cure, other, there) => {
    const sqlite = `CREATE TABLE t (${rowid}, a ${there}) STRICT`;
    expect(await differences(`CREATE TABLE t (${key}, a ${type})`, sqlite)).toEqual([expect.stringContaining(cure)]);
    expect(await differences(`CREATE TABLE t (${key}, a ${other})`, sqlite)).toEqual([]);
  });
});
