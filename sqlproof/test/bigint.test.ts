// A project with `"bigint": true`: BIGINT is a bigint with all its 64 bits.
import { afterAll, beforeAll, expect, test } from "bun:test";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkOnEngines } from "../src/check/check.ts";
import { readConfig } from "../src/check/config.ts";
import { ProofStore } from "../src/check/proofs.ts";
import { createSql, type Database, DatabaseError, openSqlite, type Query } from "../src/index.ts";
import { migrateMariadb } from "../src/migrations/mariadb.ts";
import { migrateSqlite } from "../src/migrations/sqlite.ts";
import { openMariadb } from "../src/runtime/mariadb/open.ts";
import { type PrivateMariadb, startPrivateMariadb } from "../src/test-server/private-mariadb.ts";
import { compile, errorLines, project, removeProjects, write } from "./fixture.ts";

let server: PrivateMariadb;
const folder = mkdtempSync(join(tmpdir(), "sqlproof-bigint-"));
const schema = (engine: string): string => join(import.meta.dir, "schema", engine);

beforeAll(async () => {
  server = await startPrivateMariadb();
}, 60_000);

afterAll(async () => {
  await server.stop();
  removeProjects();
  rmSync(folder, { recursive: true, force: true });
});

const add = "INSERT INTO books (isbn, title, added_at, reads_total) VALUES (:isbn, 'T', '2024-01-15 10:30:00', :reads)";
const read = "SELECT id, reads_total FROM books ORDER BY id";
const below = "SELECT id FROM books WHERE id < -:number::bigint ORDER BY id";

function connection() {
  const { host, port, user, password } = server;
  return { host, port, user, password };
}

test("a BIGINT column is read and stored with all its bits, and its type is bigint", async () => {
  const config = project(`
export const add = sql(\`${add}\`);
export const read = sql(\`${read}\`);
export const below = sql(\`${below}\`);
export async function f(db: import("sqlproof").Queryable): Promise<bigint> {
  return (await db.one(read)).reads_total;
}\n`);
  const file = JSON.parse(readFileSync(join(config.root, "sqlproof.json"), "utf8"));
  write(config.root, "sqlproof.json", JSON.stringify({ ...file, bigint: true }));
  const exact = readConfig(config.root);
  expect(errorLines(await checkOnEngines(exact, { frozen: false, server: connection() }))).toEqual([]);
  expect(compile(exact)).toBe("");
  const proofs = Object.fromEntries(new ProofStore(exact).read().proofs);
  const sql = createSql<Record<string, { params: Record<string, unknown>; row: unknown }>, Record<never, never>>(
    proofs,
  );
  const query = (text: string): Query<Record<string, unknown>, unknown> => sql(text);
  for (const db of await databases()) {
    const greatest = 2n ** 63n - 1n;
    await db.run(query(add), { isbn: "a", reads: greatest });
    await db.run(query(add), { isbn: "b", reads: -greatest - 1n });
    await db.run(query(add), { isbn: "c", reads: 7 });
    const rows = [greatest, -greatest - 1n, 7n].map((reads_total, index) => ({ id: index + 1, reads_total }));
    expect(await db.all(query(read), {})).toEqual(rows);
    expect(await db.all(query(below), { number: -greatest })).toHaveLength(3);
    // The opposite of the least number is none of 64 bits.
    expect(db.all(query(below), { number: -greatest - 1n })).rejects.toBeInstanceOf(DatabaseError);
    expect(db.all(query(below), { number: greatest + 1n })).rejects.toThrow("must be a whole number of 64 bits");
    await db.close();
  }
}, 60_000);

async function databases(): Promise<Database[]> {
  const sqlite = join(folder, "exact.db");
  await migrateSqlite({ folder: schema("sqlite"), database: sqlite });
  const mariadb = await openMariadb({ ...connection(), database: await newDatabase() });
  return [openSqlite({ path: sqlite }), mariadb];
}

async function newDatabase(): Promise<string> {
  const { createConnection } = await import("mariadb");
  const setup = await createConnection({ ...connection() });
  await setup.query("CREATE DATABASE exact_numbers CHARACTER SET utf8mb4");
  await setup.end();
  await migrateMariadb({ folder: schema("mariadb"), server: { ...connection(), database: "exact_numbers" } });
  return "exact_numbers";
}
