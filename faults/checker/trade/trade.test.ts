// The invariants of the trade find nothing after a run without a fault (../checker.test.ts), and each finds what is
// planted against it.
import { afterAll, beforeAll, expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Invariant } from "../finding.ts";
import { FinishedRun } from "../finished-run.ts";

const folder = mkdtempSync(join(tmpdir(), "faults-trade-"));
let run: FinishedRun;

beforeAll(async () => {
  run = await FinishedRun.of(folder, 1200);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Of the load's own orders and purchase orders: only these are known from the beginning. */
const detailOf = (where: string) =>
  `(SELECT MAX(d.id) FROM order_details AS d JOIN orders AS o ON o.id = d.order_id
    JOIN product_stock AS s ON s.product_id = d.product_id
    WHERE o.ship_zip_postal_code LIKE '7.0-%-s%' AND d.quantity > 0 AND ${where})`;
const boughtDetail = (where: string) => `(SELECT MAX(d.id) FROM purchase_order_details AS d WHERE ${where})`;
const wordsOf = async (sql: string, invariant: Invariant) =>
  (await run.planted({ sql }))
    .filter((finding) => finding.invariant === invariant)
    .map(({ words }) => words)
    .join("\n");

test("the load has moved stock enough for the invariants of the trade", () => {
  for (const where of ["d.shipped > 0", "d.allocated > 0", "o.status_id = 4", "o.status_id = 1", "o.status_id = 2"])
    expect([where, run.one(`SELECT ${detailOf(where)}`) > 0]).toEqual([where, true]);
  expect(run.one(`SELECT ${boughtDetail("d.received > 0")}`)).toBeGreaterThan(0);
  expect(run.one("SELECT COUNT(*) FROM order_returns")).toBeGreaterThan(0);
});

test.each([
  [`allocated = quantity - shipped + 1 WHERE id = ${detailOf("d.shipped = d.quantity")}`, /less than nothing open/],
  [`invoiced = quantity + 1 WHERE id = ${detailOf("o.status_id = 0")}`, /more invoiced than is ordered/],
  [`allocated = 1 WHERE id = ${detailOf("o.status_id = 4")}`, /holds goods for an order that needs none/],
  [`invoiced = 1 WHERE id = ${detailOf("o.status_id = 4")}`, /and its order is cancelled/],
])("V14 a quantity does not fit: %s", async (change, words) => {
  expect(await wordsOf(`UPDATE order_details SET ${change}`, "V14")).toMatch(words);
});

test.each([
  [`order_details SET status_id = 5 WHERE id = ${detailOf("d.shipped = d.quantity")}`, /Detail .* another status/],
  [`order_details SET status_id = 1 WHERE id = ${detailOf("o.status_id = 4")}`, /Detail .* another status/],
  [
    `orders SET status_id = 2 WHERE id = (SELECT order_id FROM order_details WHERE id = ${detailOf("o.status_id = 1")})`,
    /is shipped or closed, and something/,
  ],
  [
    `orders SET status_id = 1 WHERE id = (SELECT order_id FROM order_details WHERE id = ${detailOf("o.status_id = 0")})`,
    /is invoiced, and something/,
  ],
])("V15 a status does not follow from the quantities: %s", async (change, words) => {
  expect(await wordsOf(`UPDATE ${change}`, "V15")).toMatch(words);
});

test.each([
  ["on_order = on_order + 1", /on order, and suppliers owe/],
  ["to_reorder = to_reorder + 1", /to reorder, and its levels make/],
  ["low = 1 - low", /is (low and not marked so|marked as low and is not)/],
])("V16 a balance says %s", async (change, words) => {
  expect(await wordsOf(`UPDATE product_stock SET ${change} WHERE product_id = 1`, "V16")).toMatch(words);
});

test.each([
  [`UPDATE order_details SET shipped = shipped - 1 WHERE id = ${detailOf("d.shipped > 0")}`, /than its shipments say/],
  [
    `UPDATE order_details SET shipped = shipped - 1 WHERE id = ${detailOf("d.shipped > 0")}`,
    /than the ledger has sold/,
  ],
  [
    `UPDATE order_details SET allocated = allocated - 1 WHERE id = ${detailOf("d.allocated > 0")}`,
    /holds something else/,
  ],
  [
    `UPDATE purchase_order_details SET received = received - 1 WHERE id = ${boughtDetail("d.received > 0")}`,
    /is received otherwise/,
  ],
  [
    "UPDATE shipments SET order_id = order_id - 1 WHERE id = (SELECT MAX(id) FROM shipments)",
    /Shipment .* another order/,
  ],
  ["UPDATE order_returns SET order_id = 1", /Return .* another order/],
])("V17 a document or the ledger contradicts a detail: %s", async (sql, words) => {
  expect(await wordsOf(sql, "V17")).toMatch(words);
});

test.each([
  [
    `UPDATE invoices SET voided_date = '2024-01-01T00:00:00' WHERE order_id = (SELECT order_id FROM order_details WHERE id = ${detailOf("o.status_id = 2")})`,
    /without an invoice/,
  ],
  [
    `INSERT INTO invoices (order_id) SELECT order_id FROM order_details WHERE id = ${detailOf("o.status_id = 0")}`,
    /and nothing of it is invoiced/,
  ],
  [
    `INSERT INTO invoices (order_id) SELECT i.order_id FROM invoices AS i, (SELECT id FROM customers LIMIT 9)
    WHERE i.order_id = (SELECT order_id FROM order_details WHERE id = ${detailOf("o.status_id = 2")})`,
    /invoiced more often/,
  ],
])("V18 an invoice is missing, or one too many: %s", async (sql, words) => {
  expect(await wordsOf(sql, "V18")).toMatch(words);
});

test("V19 goods came in that were not ordered or not approved, and somebody approved their own", async () => {
  const received = boughtDetail("d.received > 0");
  const purchase = `(SELECT purchase_order_id FROM purchase_order_details WHERE id = ${received})`;
  const detail = (change: string) => `UPDATE purchase_order_details SET ${change} WHERE id = ${received}`;
  expect(await wordsOf(detail("received = quantity + 1"), "V19")).toMatch(/more received than was ordered/);
  expect(await wordsOf(detail("posted_to_inventory = 1 - posted_to_inventory"), "V19")).toMatch(/marked as complete/);
  const never = `UPDATE purchase_orders SET status_id = 0 WHERE id = ${purchase}`;
  expect(await wordsOf(never, "V19")).toMatch(/was never approved or is cancelled/);
  const logged = (change: string) => `UPDATE audit_log SET ${change} WHERE resource = 'purchase_order'`;
  const early = logged(`before_state = REPLACE(before_state, '"status_id":2', '"status_id":1')`);
  expect(await wordsOf(early, "V19")).toMatch(/goods came in while its status was 1/);
  const own = logged(`after_state = REPLACE(after_state, '"local"', '"7 Eve"')`);
  expect(await wordsOf(own, "V19")).toMatch(/7 Eve approved what 7 Eve submitted/);
});
