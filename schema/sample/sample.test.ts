/** The sample company follows the rules of the program itself, and its ledger adds up. */
import { Database as SqliteDatabase } from "bun:sqlite";
import { afterAll, beforeAll, expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openSqlite } from "sqlproof";
import { migrateSqlite } from "sqlproof/migrations";
import { havnegadeHandel } from "./company.ts";
import { declineSample, loadSample } from "./load.ts";
import { allEmployeeIds, allProducts, countEntered, describeCompany, insertEmployeePrivilege } from "./queries.ts";

const today = "2024-05-15";
const folder = mkdtempSync(join(tmpdir(), "sample-test-"));
const path = join(folder, "sample.db");
let raw: SqliteDatabase;

async function emptyDatabase(file: string) {
  await migrateSqlite({ database: file, folder: join(import.meta.dir, "../sqlite") });
  return openSqlite({ path: file });
}

beforeAll(async () => {
  const database = await emptyDatabase(path);
  expect(await loadSample(database, today)).toBe(true);
  expect(await loadSample(database, today)).toBe(false);
  await database.close();
  raw = new SqliteDatabase(path);
});

afterAll(() => {
  raw.close();
  rmSync(folder, { recursive: true, force: true });
});

const rows = (text: string) => raw.query(text).values();
const value = (text: string) => rows(text)[0]?.[0];

test("it has the promised size", () => {
  const count = (table: string) => value(`SELECT COUNT(*) FROM ${table}`);
  expect([count("customers"), count("products"), count("suppliers"), count("employees"), count("shippers")]).toEqual([
    30, 45, 10, 9, 3,
  ]);
  expect(count("orders")).toBeGreaterThan(750);
  expect(count("orders")).toBeLessThan(900);
  expect(count("purchase_orders")).toBeGreaterThan(100);
});

test("it is dated up to the day before today and covers two years", () => {
  expect(value("SELECT MIN(order_date) < '2022-05-20' FROM orders")).toBe(1);
  expect(value(`SELECT MAX(order_date) BETWEEN '2024-05-13' AND '${today}' FROM orders`)).toBe(1);
  const late = ["orders.shipped_date", "orders.paid_date", "invoices.invoice_date", "purchase_orders.payment_date"];
  for (const place of late) {
    const [table, column] = place.split(".");
    expect(rows(`SELECT * FROM ${table} WHERE ${column} > '${today}'`)).toEqual([]);
  }
});

test("every order has lines, and every status occurs", () => {
  expect(rows("SELECT id FROM orders WHERE id NOT IN (SELECT order_id FROM order_details)")).toEqual([]);
  expect(rows("SELECT DISTINCT status_id FROM orders ORDER BY 1")).toEqual([[0], [1], [2], [3]]);
  expect(rows("SELECT DISTINCT status_id FROM order_details ORDER BY 1")).toEqual([[1], [2], [3], [4], [5]]);
});

test.each([
  [
    "a new order is neither invoiced nor shipped nor paid",
    "status_id = 0 AND (shipped_date IS NOT NULL OR paid_date IS NOT NULL OR invoices = 1)",
  ],
  ["an order past New has exactly one invoice", "status_id > 0 AND invoices <> 1"],
  [
    "a shipped or closed order has its day of shipping, not before its order",
    "status_id >= 2 AND (shipped_date IS NULL OR shipped_date < order_date)",
  ],
  [
    "a closed order is paid, an open one is not",
    "(status_id = 3) <> (paid_date IS NOT NULL AND payment_type IS NOT NULL)",
  ],
  [
    "shipping information is complete",
    "shipper_id IS NULL OR ship_name = '' OR ship_address = '' OR ship_city = '' OR ship_state_province = '' OR ship_zip_postal_code = ''",
  ],
  ["an invoiced order has every line allocated", "status_id > 0 AND short_lines > 0"],
  [
    "tax is exactly the rate on the lines, in whole cents",
    "ABS(taxes * 1000000 - subtotal * tax_rate) > 50 * 1000000 OR taxes % 100 <> 0",
  ],
])("%s", (_name, broken) => {
  expect(
    rows(`SELECT id FROM (SELECT o.*,
      (SELECT COUNT(*) FROM invoices AS i WHERE i.order_id = o.id) AS invoices,
      (SELECT COUNT(*) FROM order_details AS d WHERE d.order_id = o.id AND d.status_id > 3) AS short_lines,
      (SELECT SUM(quantity / 10000 * unit_price * (10000 - discount) / 10000) FROM order_details AS d WHERE d.order_id = o.id) AS subtotal
      FROM orders AS o) WHERE ${broken}`),
  ).toEqual([]);
});

test("a line that waits holds what is there, and names the purchase order that was made for it, which names the line", () => {
  const waiting = "SELECT d.id FROM order_details AS d WHERE d.quantity > d.shipped + d.allocated AND d.allocated > 0";
  expect(rows(waiting)).toHaveLength(4);
  const bought = "FROM order_details AS d WHERE d.purchase_order_id IS NOT NULL";
  expect(rows(`SELECT d.id ${bought}`).length).toBeGreaterThan(0);
  expect(
    rows(`SELECT d.id ${bought} AND NOT EXISTS (SELECT 1 FROM purchase_order_details AS p
      WHERE p.order_detail_id = d.id AND p.purchase_order_id = d.purchase_order_id AND p.product_id = d.product_id)`),
  ).toEqual([]);
});

test("the amount due of an invoice is the sum of lines, tax and shipping", () => {
  expect(
    rows(`SELECT i.id FROM invoices AS i JOIN orders AS o ON o.id = i.order_id
      WHERE i.tax <> o.taxes OR i.shipping <> o.shipping_fee OR i.amount_due <> o.taxes + o.shipping_fee
        + (SELECT SUM(quantity / 10000 * unit_price * (10000 - discount) / 10000) FROM order_details AS d WHERE d.order_id = o.id)`),
  ).toEqual([]);
});

test("the ledger adds up: every allocated line has its row, every posted purchase too, nothing falls below zero", () => {
  expect(
    rows(`SELECT d.id FROM order_details AS d LEFT JOIN inventory_transactions AS t ON t.id = d.inventory_id
      WHERE d.status_id IN (1, 2, 3) AND (t.id IS NULL OR t.product_id <> d.product_id OR t.quantity <> d.quantity
        OR t.customer_order_id <> d.order_id OR t.transaction_type <> (CASE d.status_id WHEN 3 THEN 2 ELSE 3 END))`),
  ).toEqual([]);
  expect(
    rows(`SELECT d.id FROM purchase_order_details AS d LEFT JOIN inventory_transactions AS t ON t.id = d.inventory_id
      WHERE d.posted_to_inventory <> (t.id IS NOT NULL) OR t.transaction_type <> 1 OR t.quantity <> d.quantity`),
  ).toEqual([]);
  expect(
    rows(`SELECT product_id FROM inventory_transactions GROUP BY product_id
      HAVING SUM(CASE transaction_type WHEN 1 THEN quantity ELSE -quantity END) < 0`),
  ).toEqual([]);
});

test("a line on order names a purchase order of its product that has not arrived", () => {
  expect(
    rows(`SELECT d.id FROM order_details AS d WHERE (d.status_id = 4) <> (d.purchase_order_id IS NOT NULL)
      OR d.status_id = 4 AND NOT EXISTS (SELECT 1 FROM purchase_order_details AS p
        WHERE p.purchase_order_id = d.purchase_order_id AND p.product_id = d.product_id AND p.posted_to_inventory = 0)`),
  ).toEqual([]);
});

test("any day can be today", async () => {
  for (const day of ["2023-12-31", "2024-02-29", "2025-01-01", "2026-11-23"]) {
    const database = await emptyDatabase(join(folder, `${day}.db`));
    expect(await loadSample(database, day)).toBe(true);
    await database.close();
    const made = new SqliteDatabase(join(folder, `${day}.db`));
    expect(made.query("SELECT COUNT(DISTINCT status_id) FROM orders").values()).toEqual([[4]]);
    made.close();
  }
});

test("a database that contains anything, or declined the sample, gets none", async () => {
  const declined = await emptyDatabase(join(folder, "declined.db"));
  await declineSample(declined, today);
  expect(await loadSample(declined, today)).toBe(false);
  await declined.close();
  const used = join(folder, "used.db");
  const database = await emptyDatabase(used);
  const other = new SqliteDatabase(used);
  other.run("INSERT INTO customers (company) VALUES ('Somebody')");
  other.close();
  expect(await loadSample(database, today)).toBe(false);
  await database.close();
});

test("a row of any kind counts as entered, and a company that is described stays as it is", async () => {
  const path = join(folder, "entered.db");
  const database = await emptyDatabase(path);
  const other = new SqliteDatabase(path);
  other.run("UPDATE company SET name = 'Ours', confirmed = 1");
  await database.run(describeCompany, havnegadeHandel);
  expect(other.query("SELECT name, version FROM company").values()).toEqual([["Ours", 0]]);
  // Each table has twice as many rows as the one before, so that no two counts can be confused.
  for (const [index, table] of ["customers", "employees", "suppliers", "shippers"].entries())
    for (let row = 0; row < 2 ** index; row += 1) other.run(`INSERT INTO ${table} (company) VALUES ('C')`);
  for (let row = 0; row < 16; row += 1) other.run("INSERT INTO orders (notes) VALUES ('N')");
  for (let row = 0; row < 32; row += 1)
    other.run("INSERT INTO products (product_code, product_name, list_price) VALUES ('P', 'P', 0)");
  expect(await database.one(countEntered)).toEqual({ entered: 63 });
  // The generator takes what is there by id, and no product that is not sold any more.
  other.run("UPDATE employees SET version = 9 WHERE id = 1");
  other.run("UPDATE products SET discontinued = 1 WHERE id > 2");
  expect(await database.all(allEmployeeIds)).toEqual([{ id: 1 }, { id: 2 }]);
  expect((await database.all(allProducts)).map(({ id }) => id)).toEqual([1, 2]);
  await database.run(insertEmployeePrivilege, { employee_id: 1, privilege_id: 2 });
  expect(other.query("SELECT employee_id, privilege_id FROM employee_privileges").values()).toEqual([[1, 2]]);
  other.close();
  await database.close();
});
