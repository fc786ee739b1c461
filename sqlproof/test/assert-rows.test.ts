import { Database as SqliteDatabase } from "bun:sqlite";
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createConnection } from "mariadb";
import { type Database, DecodeError, openSqlite, type Query } from "../src/index.ts";
import { assertingDecoder, rowAssertionsWanted } from "../src/runtime/codec/assert-rows.ts";
import { connectionConfig, openMariadb } from "../src/runtime/mariadb/open.ts";
import type { ColumnProof, Proof } from "../src/runtime/proof.ts";
import { ProvenQuery } from "../src/runtime/query.ts";
import { type PrivateMariadb, startPrivateMariadb } from "../src/test-server/private-mariadb.ts";

// A made-up proof that is wrong about a column, as a wrong override or an engine's unsound metadata would be.
const ddl =
  "CREATE TABLE things (id INT NOT NULL, note VARCHAR(20), price DECIMAL(9,2) NOT NULL, made DATETIME NOT NULL)";
const sqliteDdl =
  "CREATE TABLE things (id INTEGER NOT NULL, note TEXT, price INTEGER NOT NULL, made TEXT NOT NULL) STRICT";
const folder = mkdtempSync(join(tmpdir(), "sqlproof-assert-"));
const databases = new Map<string, Database>();
let server: PrivateMariadb;

beforeAll(async () => {
  server = await startPrivateMariadb();
  const { host, port, user, password } = server;
  const connection = await createConnection(connectionConfig({ host, port, user, password }));
  for (const text of ["CREATE DATABASE things", "USE things", ddl]) await connection.query(text);
  await connection.query("INSERT INTO things VALUES (1, NULL, 1.50, '2024-01-15 10:30:00')");
  await connection.end();
  const path = join(folder, "things.db");
  const raw = new SqliteDatabase(path, { create: true });
  raw.run(sqliteDdl);
  raw.run("INSERT INTO things VALUES (1, NULL, 150, '2024-01-15 10:30:00')");
  raw.close();
  databases.set("mariadb", await openMariadb({ host, port, user, password, database: "things" }));
  databases.set("sqlite", openSqlite({ path }));
}, 60_000);

afterAll(async () => {
  for (const database of databases.values()) await database.close();
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

function claimed(expression: string, column: Partial<ColumnProof>): Query<Record<string, never>, object> {
  const text = `SELECT ${expression} AS n FROM things`;
  const statement = { parts: [text], binds: [] };
  const columns: ColumnProof[] = [{ name: "n", type: "integer", scale: 0, nullable: false, ...column }];
  const proof: Proof = {
    kind: "select",
    parameters: [],
    columns,
    statements: { mariadb: statement, sqlite: statement },
  };
  return new ProvenQuery(text, proof);
}

const unsound = [
  ["a null that may not be", claimed("note", { type: "text" }), "column n is proven text, the row has null"],
  ["text for a number", claimed("'letters'", {}), "column n is proven integer, the row has text"],
  ["a number for text", claimed("id", { type: "text" }), "column n is proven text, the row has a whole number"],
  ["text for a date", claimed("'2024-01-15 10:30:00'", { type: "date" }), "column n is proven date, the row has text"],
] as const;

for (const engine of ["mariadb", "sqlite"])
  describe(engine, () => {
    const db = (): Database => {
      const database = databases.get(engine);
      if (database === undefined) throw new Error(`no ${engine}`);
      return database;
    };

    for (const [name, query, message] of unsound)
      test(`${name} throws an error with query, column, type and kind of value`, async () => {
        expect(await failureOf(db().all(query, {}))).toBe(`DecodeError: ${message}, in: ${query.text}`);
      });

    test("a sound row passes", async () => {
      const query = claimed("note", { type: "text", nullable: true });
      expect(await db().all(query, {})).toEqual([{ n: null }]);
    });
  });

test("a datetime proven as a date is refused, not truncated; only MariaDB can detect it", async () => {
  const failure = await failureOf(databases.get("mariadb")?.all(claimed("made", { type: "date" }), {}));
  expect(failure).toBe("DecodeError: column n: expected date, the engine gave object");
});

test("a decimal has exactly the proven places; only MariaDB can detect others", async () => {
  const database = databases.get("mariadb");
  const failure = await failureOf(database?.all(claimed("price", { type: "decimal", scale: 4 }), {}));
  expect(failure).toContain("column n is proven decimal with 4 places, the row has a decimal with 2 places");
});

test("rows are asserted when NODE_ENV is test or SQLPROOF_ASSERT is 1, and never when it is 0", () => {
  expect(rowAssertionsWanted({ NODE_ENV: "test" })).toBe(true);
  expect(rowAssertionsWanted({ SQLPROOF_ASSERT: "1" })).toBe(true);
  expect(rowAssertionsWanted({ NODE_ENV: "test", SQLPROOF_ASSERT: "0" })).toBe(false);
  expect(rowAssertionsWanted({ NODE_ENV: "production" })).toBe(false);
  expect(rowAssertionsWanted({})).toBe(false);
});

test.each([Infinity, -Infinity, Number.NaN])("%p is no float that a program may send, and is named", (value) => {
  const column: ColumnProof = { name: "n", type: "double", scale: 0, nullable: true };
  const decode = assertingDecoder(() => ({ n: value }), [column], "SELECT n");
  expect(() => decode([])).toThrow(`column n is proven double or null, the row has ${value}, in: SELECT n`);
});

test("the message contains no value of the row", () => {
  const column: ColumnProof = { name: "n", type: "integer", scale: 0, nullable: false };
  const decode = assertingDecoder(() => ({ n: "secret" }), [column], "SELECT n");
  expect(() => decode([])).toThrow(DecodeError);
  expect(() => decode([])).not.toThrow(/secret/);
});

async function failureOf(work: Promise<unknown> | undefined): Promise<string> {
  try {
    await work;
    return "no error";
  } catch (error) {
    return String(error);
  }
}
