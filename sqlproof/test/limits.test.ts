import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { MariadbProver } from "../src/check/provers/mariadb.ts";
import { SqliteProver } from "../src/check/provers/sqlite.ts";
import { type Limits, noLimits } from "../src/check/types/limits.ts";
import type { MigrationStep } from "../src/migrations/files.ts";
import { splitStatements } from "../src/migrations/split.ts";
import { compileEncoder } from "../src/runtime/codec/encode.ts";
import { DatabaseError } from "../src/runtime/errors.ts";
import type { ParameterProof, ValueType } from "../src/runtime/proof.ts";
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

async function open(mariadbSql: string): Promise<MariadbProver> {
  return MariadbProver.open(server, [step(mariadbSql)]);
}

const declarations: readonly (readonly [declared: string, type: ValueType | null, limits: Partial<Limits>])[] = [
  ["TINYINT(1)", "boolean", { range: { min: -128n, max: 127n } }],
  ["TINYINT", "integer", { range: { min: -128n, max: 127n } }],
  ["TINYINT UNSIGNED", "integer", { range: { min: 0n, max: 255n } }],
  ["SMALLINT", "integer", { range: { min: -32768n, max: 32767n } }],
  ["SMALLINT UNSIGNED", "integer", { range: { min: 0n, max: 65535n } }],
  ["MEDIUMINT", "integer", { range: { min: -8388608n, max: 8388607n } }],
  ["INT", "integer", { range: { min: -2147483648n, max: 2147483647n } }],
  ["INT UNSIGNED", "integer", { range: { min: 0n, max: 4294967295n } }],
  ["BIGINT", "bigint", { range: { min: -9223372036854775808n, max: 9223372036854775807n } }],
  ["BIGINT UNSIGNED", "bigint", { range: { min: 0n, max: 18446744073709551615n } }],
  ["INT ZEROFILL", null, { range: { min: 0n, max: 4294967295n } }],
  ["DECIMAL(5,2)", "decimal", { range: { min: -99999n, max: 99999n } }],
  ["DECIMAL(5,2) UNSIGNED", "decimal", { range: { min: 0n, max: 99999n } }],
  ["DOUBLE", "double", {}],
  ["VARCHAR(9)", "text", { length: 9 }],
  ["CHAR(9)", "text", { length: 9, fixed: true }],
  ["VARBINARY(9)", "blob", { length: 9, bytes: 9 }],
  ["BINARY(9)", "blob", { length: 9, bytes: 9, fixed: true }],
  ["TEXT", "text", { bytes: 65_535 }],
  ["TINYTEXT", "text", { bytes: 255 }],
  ["MEDIUMBLOB", "blob", { bytes: 16_777_215 }],
  ["LONGTEXT", "text", {}],
  ["ENUM('b', 'it''s', 'a,b')", "text", { members: ["b", "it's", "a,b"] }],
  [String.raw`ENUM('a\b', 'c\\d')`, "text", { members: [String.raw`a\b`, String.raw`c\\d`] }],
  ["SET('b', 'a')", "text", { members: ["", "b", "a", "b,a"] }],
  ["SET('a', 'b', 'c', 'd', 'e', 'f', 'g')", "text", {}],
  ["DATE", "date", {}],
];

test("a column of MariaDB has the limits of its type", async () => {
  const columns = declarations.map(([declared], index) => `c${index} ${declared} NULL`);
  const mariadb = await open(`CREATE TABLE t (${columns.join(", ")}) CHARACTER SET utf8mb4`);
  const said = [...(mariadb.catalog.get("t")?.columns.values() ?? [])];
  await mariadb.close();
  const shown = said.map(({ type, range, length, bytes, fixed, members }) => ({
    ...{ type, range, length, bytes, fixed, members },
  }));
  expect(shown).toEqual(declarations.map(([, type, limits]) => ({ type, ...noLimits, ...limits })));
});

test("a parameter that MariaDB would cut or fill up is refused on both engines", () => {
  const refuses = (limits: Partial<ParameterProof>, value: unknown): boolean => {
    const parameter: ParameterProof = { name: "a", type: "text", scale: 0, nullable: false, list: false, ...limits };
    const said = (["mariadb", "sqlite"] as const).map((engine) => {
      try {
        return compileEncoder(parameter, engine)(value) === undefined;
      } catch (error) {
        return error instanceof DatabaseError && error.kind === "value";
      }
    });
    expect(said[0]).toEqual(said[1]);
    return said[0] === true;
  };
  const ofText = { bytes: 4 };
  expect(["", "abcd", "éé", "😀", "日"].map((text) => refuses(ofText, text))).toEqual([
    false,
    false,
    false,
    false,
    false,
  ]);
  expect(["abcd ", "éé ", "😀a", "日日"].map((text) => refuses(ofText, text))).toEqual([true, true, true, true]);
  const ofBlob = { type: "blob", bytes: 2 } as const;
  expect([0, 2, 3].map((size) => refuses(ofBlob, new Uint8Array(size)))).toEqual([false, false, true]);
  const ofChar = { length: 3, full: 3, trimmed: true } as const;
  expect(["abc", "😀😀😀", "ab", "ab ", ""].map((text) => refuses(ofChar, text))).toEqual([
    false,
    false,
    true,
    true,
    true,
  ]);
  const ofShorter = { length: 3, trimmed: true } as const;
  expect(["ab", "", "ab ", " "].map((text) => refuses(ofShorter, text))).toEqual([false, false, true, true]);
});

/** The column `a` of both engines, what else SQLite has, and whether `a` refuses what MariaDB's type refuses. */
const columns: readonly (readonly [name: string, mariadb: string, sqlite: string, more: string, enforced: boolean])[] =
  [
    ["a SMALLINT without a CHECK", "SMALLINT", "INTEGER", "", false],
    ["a SMALLINT with its bounds", "SMALLINT", "INTEGER CHECK (a BETWEEN -32768 AND 32767)", "", true],
    ["a SMALLINT with only its upper bound", "SMALLINT", "INTEGER CHECK (a <= 32767)", "", false],
    ["a SMALLINT with the bounds of an INT", "SMALLINT", "INTEGER CHECK (abs(a) < 2147483648)", "", false],
    ["a SMALLINT of which two values are refused", "SMALLINT", "INTEGER CHECK (a NOT IN (32768, -32769))", "", false],
    ["a SMALLINT that refuses everything", "SMALLINT", "INTEGER CHECK (a IS NULL)", "", false],
    ["a BIGINT", "BIGINT", "INTEGER", "", true],
    ["a DECIMAL(5,2) without a CHECK", "DECIMAL(5,2)", "INTEGER", "", false],
    ["a DECIMAL(5,2) with its bounds", "DECIMAL(5,2)", "INTEGER CHECK (a BETWEEN -99999 AND 99999)", "", true],
    ["a DECIMAL(19,4)", "DECIMAL(19,4)", "INTEGER", "", true],
    ["a VARCHAR without a CHECK", "VARCHAR(9)", "TEXT", "", false],
    ["a VARCHAR with its length", "VARCHAR(9)", "TEXT CHECK (length(a) <= 9)", "", true],
    ["a VARCHAR with another length", "VARCHAR(9)", "TEXT CHECK (length(a) <= 10)", "", false],
    ["a TEXT", "TEXT", "TEXT", "", false],
    ["a TINYTEXT with its bytes as its length", "TINYTEXT", "TEXT CHECK (length(a) <= 255)", "", false],
    ["a TINYTEXT with its bytes", "TINYTEXT", "TEXT CHECK (length(CAST(a AS BLOB)) <= 255)", "", true],
    ["a TEXT with its bytes", "TEXT", "TEXT CHECK (length(CAST(a AS BLOB)) <= 65535)", "", true],
    ["a LONGTEXT", "LONGTEXT", "TEXT", "", true],
    ["a DATE without a CHECK", "DATE", "TEXT", "", false],
    ["a DATE that exists", "DATE", "TEXT CHECK (a IS date(a))", "", true],
    ["a DATE of the right form", "DATE", "TEXT CHECK (a GLOB '????-??-??')", "", false],
    ["a DATETIME that exists", "DATETIME", "TEXT CHECK (a IS datetime(a))", "", true],
    [
      "a SMALLINT whose bounds stand in a CHECK of the table, beside one that no plain row meets",
      "SMALLINT",
      "INTEGER CHECK (b = 'nothing plain')",
      ", CHECK (a >= -32768 AND a <= 32767), CHECK (b <> 'a')",
      true,
    ],
  ];

describe("SQLite refuses what MariaDB's type refuses", () => {
  test.each(columns)("%s", async (_, mariadbType, sqliteType, more, enforced) => {
    const mariadb = await open(`CREATE TABLE t (a ${mariadbType} NULL, b VARCHAR(99) NULL) CHARACTER SET utf8mb4`);
    const sqlite = new SqliteProver([step(`CREATE TABLE t (a ${sqliteType}, b TEXT${more}) STRICT`)]);
    expect(sqlite.limitsEnforced(mariadb.catalog).has("t.a")).toBe(enforced);
    await mariadb.close();
    sqlite.close();
  });
});

/** Refuses large numbers before the event. */
function guard(event: string): string {
  return `CREATE TRIGGER t_${event} BEFORE ${event} ON t WHEN NEW.a NOT BETWEEN -128 AND 127
    BEGIN SELECT RAISE(ABORT, 'too large'); END;`;
}

describe("SQLite refuses by other means", () => {
  async function enforced(mariadbSql: string, sqliteSql: string): Promise<ReadonlySet<string>> {
    const mariadb = await open(mariadbSql);
    const sqlite = new SqliteProver([step(sqliteSql)]);
    const asked = sqlite.limitsEnforced(mariadb.catalog);
    expect(sqlite.limitsEnforced(mariadb.catalog)).toEqual(asked);
    await mariadb.close();
    sqlite.close();
    return asked;
  }

  const small = "CREATE TABLE t (a TINYINT NOT NULL)";
  const wide = "CREATE TABLE t (a INTEGER NOT NULL) STRICT; INSERT INTO t VALUES (1);";

  test("by triggers for both events", async () => {
    const asked = await enforced(small, wide + guard("INSERT") + guard("UPDATE"));
    expect([...asked]).toEqual(["t.a"]);
  });

  test("not by a trigger for one event", async () => {
    expect((await enforced(small, wide + guard("INSERT"))).size).toBe(0);
    expect((await enforced(small, wide + guard("UPDATE"))).size).toBe(0);
  });

  // It refuses as a foreign key, where MariaDB refuses the value.
  test("not by what a column refers to", async () => {
    const asked = await enforced(
      `CREATE TABLE p (id TINYINT NOT NULL PRIMARY KEY);
       CREATE TABLE t (a TINYINT NOT NULL, b SMALLINT NOT NULL, FOREIGN KEY (a) REFERENCES p (id))`,
      `CREATE TABLE p (id INT NOT NULL PRIMARY KEY CHECK (id BETWEEN -128 AND 127)) STRICT;
       CREATE TABLE t (a INTEGER NOT NULL REFERENCES p (id), b INTEGER NOT NULL) STRICT`,
    );
    expect([...asked].sort()).toEqual(["p.id"]);
  });
});
