// Steps that change what is stored: both engines run them over the same generated rows.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { migratedRowDifferences } from "../src/check/migrated/migrated-rows.ts";
import { knownMigratedRows, makeManifest, ProofStore, staleReasons, withMigratedRows } from "../src/check/proofs.ts";
import { MariadbProver } from "../src/check/provers/mariadb.ts";
import { SqliteProver } from "../src/check/provers/sqlite.ts";
import type { MigrationStep } from "../src/migrations/files.ts";
import { splitStatements } from "../src/migrations/split.ts";
import { type PrivateMariadb, startPrivateMariadb } from "../src/test-server/private-mariadb.ts";

let server: PrivateMariadb;
beforeAll(async () => {
  server = await startPrivateMariadb();
}, 60_000);
afterAll(() => server.stop());

const stepsOf = (folder: string, texts: readonly string[]): MigrationStep[] =>
  texts.map((text, index) => {
    const name = `000${index + 1}_step`;
    const statements = splitStatements(text);
    return { version: index + 1, name, path: `${folder}/${name}.sql`, checksum: "", statements, adoption: null };
  });

async function differences(mariadb: readonly string[], sqlite: readonly string[]) {
  const steps = { mariadb: stepsOf("mariadb", mariadb), sqlite: stepsOf("sqlite", sqlite) };
  const [here, there] = [await MariadbProver.open(server, steps.mariadb), new SqliteProver(steps.sqlite)];
  try {
    const catalogs = { mariadb: here.catalog, sqlite: there.catalog };
    return await migratedRowDifferences(
      steps,
      catalogs,
      () => here.beside(),
      () => false,
    );
  } finally {
    await here.close();
    there.close();
  }
}

const id = "id INT NOT NULL PRIMARY KEY";
const text = (length: number): string => `VARCHAR(${length}) COLLATE utf8mb4_nopad_bin`;
const rebuilt = (columns: string, selected: string): string =>
  `CREATE TABLE u (${id}, ${columns}) STRICT; INSERT INTO u SELECT id, ${selected} FROM t; DROP TABLE t; ALTER TABLE u RENAME TO t`;

type Case = readonly [name: string, first: readonly [string, string], second: readonly [string, string], said: string];

const differ: readonly Case[] = [
  [
    "fewer places, rounded and cut off",
    ["p DECIMAL(9,2) NOT NULL", "p INTEGER NOT NULL"],
    ["ALTER TABLE t MODIFY p DECIMAL(9,1) NOT NULL", "UPDATE t SET p = p / 10"],
    "column t.p holds",
  ],
  [
    "no places, rounded and cut off",
    ["p DECIMAL(9,2) NOT NULL", "p INTEGER NOT NULL"],
    ["ALTER TABLE t MODIFY p INT NOT NULL", "UPDATE t SET p = p / 100"],
    "column t.p holds",
  ],
  [
    "a float, rounded and cut off",
    ["p DOUBLE NOT NULL", "p REAL NOT NULL"],
    ["ALTER TABLE t MODIFY p DECIMAL(9,2) NOT NULL", rebuilt("p INTEGER NOT NULL", "CAST(p * 100 AS INTEGER)")],
    "column t.p holds",
  ],
  [
    "a text that is no number",
    [`p ${text(20)} NOT NULL`, "p TEXT NOT NULL"],
    ["ALTER TABLE t MODIFY p INT NOT NULL", rebuilt("p INTEGER NOT NULL", "CAST(p AS INTEGER)")],
    "step 2 fails on MariaDB alone where rows are stored, at table t (",
  ],
  [
    "a shorter text",
    [`p ${text(20)} NOT NULL`, "p TEXT NOT NULL CHECK (LENGTH(p) <= 20)"],
    [
      `ALTER TABLE t MODIFY p ${text(5)} NOT NULL`,
      rebuilt("p TEXT NOT NULL CHECK (LENGTH(p) <= 5)", "SUBSTR(p, 1, 5)"),
    ],
    "step 2 fails on MariaDB alone where the largest or longest values are stored, at table t (",
  ],
  [
    "an ENUM with fewer members",
    ["p ENUM('a','b','c') COLLATE utf8mb4_nopad_bin NOT NULL", "p TEXT NOT NULL CHECK (p IN ('a','b','c'))"],
    [
      "ALTER TABLE t MODIFY p ENUM('a','b') COLLATE utf8mb4_nopad_bin NOT NULL",
      rebuilt("p TEXT NOT NULL CHECK (p IN ('a','b'))", "CASE WHEN p = 'c' THEN 'a' ELSE p END"),
    ],
    "step 2 fails on MariaDB alone where rows are stored, at table t (",
  ],
  [
    "a column that gets another type and name",
    ["p DECIMAL(9,2) NOT NULL", "p INTEGER NOT NULL"],
    ["ALTER TABLE t CHANGE p q DECIMAL(12,4) NOT NULL", "ALTER TABLE t RENAME COLUMN p TO q"],
    "column t.q holds",
  ],
  [
    "a column that gets another type while its table gets another name",
    ["p DECIMAL(9,2) NOT NULL", "p INTEGER NOT NULL"],
    ["ALTER TABLE t RENAME TO u; ALTER TABLE u MODIFY p DECIMAL(9,4) NOT NULL", "ALTER TABLE t RENAME TO u"],
    "column u.p holds",
  ],
  [
    "a new column of another scale",
    ["p DECIMAL(9,2) NOT NULL", "p INTEGER NOT NULL"],
    [
      "ALTER TABLE t ADD COLUMN q DECIMAL(12,4) NULL; UPDATE t SET q = p; ALTER TABLE t DROP COLUMN p",
      "ALTER TABLE t ADD COLUMN q INTEGER; UPDATE t SET q = p; ALTER TABLE t DROP COLUMN p",
    ],
    "column t.q holds",
  ],
  [
    "two columns in another order",
    ["p INT NOT NULL, q INT NOT NULL", "p INTEGER NOT NULL, q INTEGER NOT NULL"],
    ["ALTER TABLE t ADD COLUMN r INT NULL", rebuilt("p INTEGER NOT NULL, q INTEGER NOT NULL, r INTEGER", "q, p, NULL")],
    "column t.p holds",
  ],
  [
    "a new column that is filled otherwise",
    ["p INT NOT NULL", "p INTEGER NOT NULL"],
    [
      "ALTER TABLE t ADD COLUMN q INT NOT NULL DEFAULT 5; ALTER TABLE t ALTER COLUMN q DROP DEFAULT",
      rebuilt("p INTEGER NOT NULL, q INTEGER NOT NULL", "p, 0"),
    ],
    "column t.q holds '5' on MariaDB and '0' on SQLite after step 2",
  ],
  [
    "a new column that is computed otherwise",
    ["p INT NOT NULL", "p INTEGER NOT NULL"],
    [
      "ALTER TABLE t ADD COLUMN q INT NULL; UPDATE t SET q = id",
      "ALTER TABLE t ADD COLUMN q INTEGER; UPDATE t SET q = id + 1",
    ],
    "column t.q holds '101' on MariaDB and '102' on SQLite after step 2",
  ],
  [
    "a truth that is negated",
    ["p TINYINT(1) NOT NULL", "p INTEGER NOT NULL CHECK (p BETWEEN 0 AND 1)"],
    ["ALTER TABLE t MODIFY p INT NOT NULL", rebuilt("p INTEGER NOT NULL", "1 - p")],
    "column t.p holds '1' on MariaDB and '0' on SQLite after step 2, where a row held '1' before",
  ],
  [
    "NULL that becomes 0 and that goes",
    ["p INT NULL", "p INTEGER"],
    [
      "UPDATE t SET p = 0 WHERE p IS NULL; ALTER TABLE t MODIFY p INT NOT NULL",
      `CREATE TABLE u (${id}, p INTEGER NOT NULL) STRICT; INSERT INTO u SELECT id, p FROM t WHERE p IS NOT NULL; DROP TABLE t; ALTER TABLE u RENAME TO t`,
    ],
    "table t keeps a row (id = '107') on MariaDB and not on SQLite after step 2",
  ],
  [
    "a product that is rounded and cut off",
    ["p DECIMAL(9,2) NOT NULL CHECK (p < 1000)", "p INTEGER NOT NULL CHECK (p < 100000)"],
    ["UPDATE t SET p = p * 1.1", "UPDATE t SET p = p * 11 / 10"],
    "column t.p holds",
  ],
  [
    "a new column that rows have no value for",
    ["p INT NOT NULL", "p INTEGER NOT NULL"],
    ["ALTER TABLE t ADD COLUMN q INT NOT NULL", "ALTER TABLE t ADD COLUMN q INTEGER NOT NULL"],
    "step 2 fails on SQLite alone where rows are stored, at table t (",
  ],
];

const alike: readonly (readonly [name: string, first: readonly [string, string], second: readonly [string, string]])[] =
  [
    [
      "more places",
      ["p DECIMAL(9,2) NOT NULL", "p INTEGER NOT NULL"],
      ["ALTER TABLE t MODIFY p DECIMAL(12,4) NOT NULL", "UPDATE t SET p = p * 100"],
    ],
    [
      "fewer places, rounded on both",
      ["p DECIMAL(9,2) NOT NULL CHECK (p < 99999)", "p INTEGER NOT NULL CHECK (p < 9999900)"],
      [
        "ALTER TABLE t MODIFY p DECIMAL(9,1) NOT NULL",
        "UPDATE t SET p = (p + CASE WHEN p < 0 THEN -5 ELSE 5 END) / 10",
      ],
    ],
    [
      "a new column with a default",
      ["p INT NOT NULL", "p INTEGER NOT NULL"],
      ["ALTER TABLE t ADD COLUMN q INT NOT NULL DEFAULT 5", "ALTER TABLE t ADD COLUMN q INTEGER NOT NULL DEFAULT 5"],
    ],
    [
      "NULL that both refuse",
      ["p INT NULL", "p INTEGER"],
      ["ALTER TABLE t MODIFY p INT NOT NULL", rebuilt("p INTEGER NOT NULL", "p")],
    ],
    [
      "NULL that becomes 0",
      ["p INT NULL", "p INTEGER"],
      [
        "UPDATE t SET p = 0 WHERE p IS NULL; ALTER TABLE t MODIFY p INT NOT NULL",
        rebuilt("p INTEGER NOT NULL", "COALESCE(p, 0)"),
      ],
    ],
    [
      "a longer text",
      [`p ${text(20)} NOT NULL`, "p TEXT NOT NULL CHECK (LENGTH(p) <= 20)"],
      [`ALTER TABLE t MODIFY p ${text(50)} NOT NULL`, rebuilt("p TEXT NOT NULL CHECK (LENGTH(p) <= 50)", "p")],
    ],
    [
      "an ENUM with more members",
      ["p ENUM('a','b') COLLATE utf8mb4_nopad_bin NOT NULL", "p TEXT NOT NULL CHECK (p IN ('a','b'))"],
      [
        "ALTER TABLE t MODIFY p ENUM('a','b','c') COLLATE utf8mb4_nopad_bin NOT NULL",
        rebuilt("p TEXT NOT NULL CHECK (p IN ('a','b','c'))", "p"),
      ],
    ],
    [
      "a column and a table that get other names",
      ["p INT NOT NULL", "p INTEGER NOT NULL"],
      [
        "ALTER TABLE t CHANGE p q INT NOT NULL; RENAME TABLE t TO u",
        "ALTER TABLE t RENAME COLUMN p TO q; ALTER TABLE t RENAME TO u",
      ],
    ],
    [
      "a time of the change",
      ["p INT NOT NULL", "p INTEGER NOT NULL"],
      [
        "ALTER TABLE t ADD COLUMN q DATETIME NULL; UPDATE t SET q = UTC_TIMESTAMP()",
        "ALTER TABLE t ADD COLUMN q TEXT; UPDATE t SET q = datetime('now')",
      ],
    ],
  ];

const create = (columns: readonly [string, string]): readonly [string, string] => [
  `CREATE TABLE t (${id}, ${columns[0]}) CHARACTER SET utf8mb4`,
  `CREATE TABLE t (${id}, ${columns[1]}) STRICT`,
];

describe("steps that leave other rows on each engine, or that one engine refuses", () => {
  test.each(differ)("%s", async (_, first, second, said) => {
    const [mariadb, sqlite] = create(first);
    const found = await differences([mariadb, second[0]], [sqlite, second[1]]);
    expect(found.map(({ message }) => message)).toContainEqual(expect.stringContaining(said));
    for (const one of found) {
      expect(one.message).toContain("step 2");
      expect(one).toMatchObject({ mariadb: "mariadb/0002_step.sql:1", sqlite: "sqlite/0002_step.sql:1" });
    }
  });
});

const strict = (columns: string): string => `(${id}, ${columns}) STRICT`;

describe("steps of several tables", () => {
  test("children of a table that SQLite builds anew are there on both, or SQLite refuses", async () => {
    const mariadb = `CREATE TABLE p (${id}, a INT NOT NULL); CREATE TABLE c (${id}, p INT NOT NULL, FOREIGN KEY (p) REFERENCES p (id) ON DELETE CASCADE)`;
    const sqlite = `CREATE TABLE p ${strict("a INTEGER NOT NULL")}; CREATE TABLE c ${strict("p INTEGER NOT NULL REFERENCES p (id) ON DELETE CASCADE")}`;
    const rebuild = `CREATE TABLE q ${strict("a INTEGER NOT NULL, b INTEGER")}; INSERT INTO q SELECT id, a, NULL FROM p; DROP TABLE p; ALTER TABLE q RENAME TO p`;
    const found = await differences([mariadb, "ALTER TABLE p ADD COLUMN b INT NULL"], [sqlite, rebuild]);
    expect(found.map(({ message }) => message)).toEqual([
      expect.stringContaining("table c keeps a row (id = '101') on MariaDB and not on SQLite after step 2"),
    ]);
  });

  test("rows that a later step makes of stored ones, whatever numbers they get", async () => {
    const mariadb = `CREATE TABLE t (${id}, a INT NOT NULL); CREATE TABLE log (id INT NOT NULL AUTO_INCREMENT PRIMARY KEY, a INT NOT NULL)`;
    const sqlite = `CREATE TABLE t ${strict("a INTEGER NOT NULL")}; CREATE TABLE log (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, a INTEGER NOT NULL) STRICT`;
    const copy = (order: string): string => `INSERT INTO log (a) SELECT a FROM t ORDER BY id ${order}`;
    expect(await differences([mariadb, copy("ASC")], [sqlite, copy("DESC")])).toEqual([]);
    const found = await differences([mariadb, copy("")], [sqlite, "INSERT INTO log (a) SELECT a + 1 FROM t"]);
    expect(found.map(({ message }) => message)).toEqual([expect.stringMatching(/^table log keeps a row/)]);
  });

  test("a trigger of an earlier step does not run while rows are put in, and later does", async () => {
    const table = ["a INT NOT NULL", "a INTEGER NOT NULL"] as const;
    const [mariadb, sqlite] = create(table);
    const log = (of: string, none: string): string => `CREATE TABLE log (a INT NOT NULL PRIMARY KEY)${none};
      CREATE TRIGGER t_log AFTER UPDATE ON t ${of} BEGIN INSERT INTO log (a) VALUES (NEW.a + 0); END;
      CREATE TRIGGER t_in AFTER INSERT ON t ${of} BEGIN INSERT INTO log (a) VALUES (NEW.id * 1000); END`;
    const change = "UPDATE t SET a = id";
    expect(await differences([mariadb, log("FOR EACH ROW", ""), change], [sqlite, log("", " STRICT"), change])).toEqual(
      [],
    );
    const [found] = await differences(
      [mariadb, log("FOR EACH ROW", ""), change],
      [sqlite, log("", " STRICT").replace("NEW.a + 0", "NEW.a + 1"), change],
    );
    expect(found?.message).toMatch(/^table log keeps a row .* after step 3/);
  });

  test("no rows where no step changes a stored one", async () => {
    const [mariadb, sqlite] = create(["a INT NOT NULL", "a INTEGER NOT NULL"]);
    const steps = { mariadb: [mariadb, "CREATE INDEX t_a ON t (a)"], sqlite: [sqlite, "CREATE INDEX t_a ON t (a)"] };
    const read = (folder: "mariadb" | "sqlite") => stepsOf(folder, steps[folder]);
    const never = () => Promise.reject(new Error("a database was opened"));
    const here = await MariadbProver.open(server, read("mariadb"));
    const there = new SqliteProver(read("sqlite"));
    const catalogs = { mariadb: here.catalog, sqlite: there.catalog };
    const found = migratedRowDifferences(
      { mariadb: read("mariadb"), sqlite: read("sqlite") },
      catalogs,
      never,
      () => false,
    );
    expect(await found).toEqual([]);
    await here.close();
    there.close();
  });
});

describe("steps that do the same with what is stored", () => {
  test.each(alike)("%s", async (_, first, second) => {
    const [mariadb, sqlite] = create(first);
    expect(await differences([mariadb, second[0]], [sqlite, second[1]])).toEqual([]);
  });
});

describe("what the manifest says of earlier rows", () => {
  const migrations = { mariadb: stepsOf("mariadb", ["SELECT 1"]), sqlite: stepsOf("sqlite", ["SELECT 1"]) };
  const manifest = makeManifest(migrations, { mariadb: "10.11", sqlite: "3.50" });
  const folder = mkdtempSync(join(tmpdir(), "migrated-rows-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test("counts for the same migrations on the same engines only", () => {
    const store = new ProofStore({ root: folder, proofs: join(folder, "proofs") });
    expect(knownMigratedRows(store, manifest)).toBeNull();
    store.write(new Map(), manifest);
    expect(knownMigratedRows(store, manifest)).toBeNull();
    store.write(new Map(), withMigratedRows(manifest, ["column t.a holds"]));
    expect(knownMigratedRows(store, manifest)).toEqual(["column t.a holds"]);
    expect(knownMigratedRows(store, { ...manifest, engines: { mariadb: "11.4", sqlite: "3.50" } })).toBeNull();
    expect(knownMigratedRows(store, { ...manifest, migrations: { mariadb: "x", sqlite: "y" } })).toBeNull();
    expect(staleReasons(store, manifest)).toEqual([]);
  });
});
