import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { MariadbProver } from "../src/check/provers/mariadb.ts";
import { SqliteProver } from "../src/check/provers/sqlite.ts";
import { catalogDifferences } from "../src/check/types/parity.ts";
import { scaleProblems } from "../src/check/types/scale-steps.ts";
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
  const found = catalogDifferences(mariadb.catalog, sqlite.catalog);
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
    "a table that is not STRICT",
    `CREATE TABLE t (${key})`,
    `CREATE TABLE t (${rowid})`,
    ["table t is not STRICT on SQLite"],
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
    ["column t.a: time on MariaDB has no exact counterpart on SQLite"],
  ],
  [
    "seconds with fractions",
    `CREATE TABLE t (${key}, a DATETIME(6))`,
    `CREATE TABLE t (${rowid}, a TEXT) STRICT`,
    ["column t.a: datetime(6) on MariaDB has no exact counterpart on SQLite"],
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
    ["column t.id has no default on MariaDB and one on SQLite"],
  ],
  [
    "a number that SQLite would give twice",
    `CREATE TABLE t (${key})`,
    "CREATE TABLE t (id INTEGER NOT NULL PRIMARY KEY) STRICT",
    ["column t.id reuses the number of a deleted row on SQLite: add AUTOINCREMENT"],
  ],
  [
    "an ENUM",
    `CREATE TABLE t (${key}, a ENUM('x', 'y'))`,
    `CREATE TABLE t (${rowid}, a TEXT) STRICT`,
    ["column t.a: enum('x','y') on MariaDB has no exact counterpart on SQLite"],
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
    ["column t.a: bigint(20) unsigned on MariaDB has no exact counterpart on SQLite"],
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
];

describe("two folders of migrations", () => {
  test.each(cases)("%s", async (_, mariadb, sqlite, said) => {
    expect(await differences(mariadb, sqlite)).toEqual([...said]);
  });
});

describe("a step that changes the scale of stored amounts", () => {
  const create = (amount: string, strict: string): MigrationStep =>
    step(`CREATE TABLE t (id INT PRIMARY KEY, ${amount})${strict}`);
  const later = (text: string): MigrationStep => ({ ...step(text), version: 2 });

  async function problems(sqliteStep: string): Promise<string[]> {
    const modify = later("ALTER TABLE t MODIFY a DECIMAL(19,2)");
    const mariadb = await MariadbProver.open(server, [create("a DECIMAL(19,4)", ""), modify]);
    const found = scaleProblems(mariadb.scaleChanges, [create("a INTEGER", " STRICT"), later(sqliteStep)]);
    await mariadb.close();
    return found;
  }

  test("needs the same step to convert them on SQLite", async () => {
    expect(await problems("CREATE INDEX t_by_a ON t (a)")).toEqual([
      "step 2 changes t.a from 4 to 2 places on MariaDB: SQLite's step 2 must convert the stored units with UPDATE t",
    ]);
  });

  test("is right when it does", async () => {
    expect(await problems("UPDATE t SET a = a / 100")).toEqual([]);
  });
});
