/** The same seed creates the same rows on both engines, and the rows are realistic. */
import { Database as SqliteDatabase } from "bun:sqlite";
import { afterAll, beforeAll, expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Connection, createConnection } from "mariadb";
import { type Database, openSqlite } from "sqlproof";
import { openMariadb } from "sqlproof/mariadb";
import { createMariadbDatabase, migrateMariadb, migrateSqlite } from "sqlproof/migrations";
import { type PrivateMariadb, startPrivateMariadb } from "sqlproof/private-mariadb";
import { generateOrders } from "./generate.ts";
import { loadSample } from "./load.ts";
import { Random } from "./random.ts";

const today = "2024-05-15";
const orders = 20_000;
const folder = mkdtempSync(join(tmpdir(), "generate-test-"));
let server: PrivateMariadb;
let mariadb: Connection;
let sqlite: SqliteDatabase;

async function fill(database: Database, seed: number) {
  await loadSample(database, today);
  const generated = await generateOrders(database, { orders, seed, today });
  await database.close();
  return generated;
}

async function fillSqlite(name: string, seed: number) {
  const path = join(folder, name);
  await migrateSqlite({ database: path, folder: join(import.meta.dir, "../sqlite") });
  return { path, generated: await fill(openSqlite({ path, reversesUnordered: true }), seed) };
}

beforeAll(async () => {
  server = await startPrivateMariadb();
  const { host, port, user, password } = server;
  const options = { host, port, user, password, database: "generated" };
  await createMariadbDatabase(options);
  await migrateMariadb({ server: options, folder: join(import.meta.dir, "../mariadb") });
  const onMariadb = await fill(await openMariadb({ ...options, statementTimeoutMs: 60_000 }), 7);
  const onSqlite = await fillSqlite("seven.db", 7);
  expect(onSqlite.generated).toEqual(onMariadb);
  expect(onSqlite.generated).toMatchObject({ orders, customers: 200, employees: 1 });
  sqlite = new SqliteDatabase(onSqlite.path);
  mariadb = await createConnection({ ...options, rowsAsArray: true, dateStrings: true, charset: "utf8mb4" });
}, 120_000);

afterAll(async () => {
  sqlite.close();
  await mariadb.end();
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Decimals in ten-thousandths, tax rates in millionths and bytes as text, as SQLite stores them. */
function comparable(cell: unknown): unknown {
  if (typeof cell === "string" && /^-?\d+\.(?:\d{4}|\d{6})$/.test(cell))
    return BigInt(cell.replace(".", "")).toString();
  return cell === null ? null : String(cell);
}

test.each([
  "customers",
  "employees",
  "products",
  "orders",
  "order_details",
  "invoices",
  "inventory_transactions",
  "purchase_orders",
  "purchase_order_details",
])("%s holds the same rows on both engines", async (table) => {
  const there: unknown[][] = await mariadb.query(`SELECT * FROM ${table} ORDER BY id`);
  const here = sqlite.query(`SELECT * FROM ${table} ORDER BY id`).values();
  expect(here.length).toBeGreaterThan(0);
  const digest = (rows: readonly unknown[][]) => rows.map((row) => JSON.stringify(row.map(comparable)));
  expect(digest(here)).toEqual(digest(Array.from(there)));
});

test("another seed creates other rows", async () => {
  const other = await fillSqlite("eight.db", 8);
  const database = new SqliteDatabase(other.path);
  const sum = "SELECT SUM(quantity * unit_price / 10000) FROM order_details";
  expect(database.query(sum).values()).not.toEqual(sqlite.query(sum).values());
  database.close();
}, 30_000);

test("the orders are spread over five years of working days, rise with their ids, and are mostly closed", () => {
  const value = (text: string) => sqlite.query(text).values()[0]?.[0];
  const generated = "id > (SELECT MAX(id) - 20000 FROM orders)";
  expect(value(`SELECT MIN(order_date) < '2019-05-20' FROM orders WHERE ${generated}`)).toBe(1);
  expect(
    value(`SELECT COUNT(*) FROM orders WHERE order_date >= '${today}' OR strftime('%w', order_date) IN ('0', '6')`),
  ).toBe(0);
  expect(
    value(`SELECT COUNT(*) FROM orders AS a JOIN orders AS b ON b.id = a.id + 1 AND b.order_date < a.order_date
    WHERE a.${generated}`),
  ).toBe(0);
  expect(value(`SELECT COUNT(*) FROM orders WHERE ${generated} AND status_id = 3`)).toBeGreaterThan(19_000);
  expect(sqlite.query("PRAGMA foreign_key_check").all()).toEqual([]);
});

test("the amount due of an invoice is exactly the total of its order", () => {
  const wrong = sqlite.query(`SELECT i.id FROM invoices AS i JOIN orders AS o ON o.id = i.order_id
    WHERE i.amount_due <> o.taxes + o.shipping_fee
      + (SELECT SUM(quantity / 10000 * unit_price * (10000 - discount) / 10000) FROM order_details AS d WHERE d.order_id = o.id)`);
  expect(wrong.values()).toEqual([]);
});

test("the random generator gives a fixed sequence within its bounds", () => {
  const random = new Random(1);
  const drawn = Array.from({ length: 1000 }, () => random.between(3, 7));
  expect(new Set(drawn)).toEqual(new Set([3, 4, 5, 6, 7]));
  const again = new Random(1);
  expect(Array.from({ length: 1000 }, () => again.between(3, 7))).toEqual(drawn);
});
