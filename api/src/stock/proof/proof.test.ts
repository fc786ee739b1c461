// The proof of the stock over HTTP on both engines, in both threads: none of its faults in the sample company, whatever is
// done with it, and each that is planted.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadSample } from "northwind-schema/sample";
import { sql } from "northwind-schema/sql";
import { type Database, dateTime, decimal, openSqlite } from "sqlproof";
import { migrateSqlite } from "sqlproof/migrations";
import { type BothEngines, startBothEngines, startTimeoutMs } from "../../both-engines.ts";
import { run } from "../../prove/main.ts";

const one = decimal("1.0000");
const less = decimal("-1.0000");
const none = decimal("0.0000");
const day = dateTime("2025-01-10T00:00:00");

const changeBalance = sql(`
  UPDATE product_stock SET on_hand = on_hand + :on_hand, allocated = allocated + :allocated,
    on_order = on_order + :on_order, back_ordered = back_ordered + :back_ordered, to_reorder = to_reorder + :to_reorder
  WHERE product_id = :id
`);
const changeDetail = sql(`
  UPDATE order_details SET allocated = allocated + :allocated, shipped = shipped + :shipped WHERE id = :id
`);
const changeReturned = sql(`UPDATE order_details SET returned = returned + :returned WHERE id = :id`);
const insertReturn = sql(`
  INSERT INTO order_returns (id, order_id, returned_date, reason) VALUES (:id, :order_id, :day, 'Wrong')
`);
const insertTakenBack = sql(`
  INSERT INTO inventory_transactions (id, transaction_type, product_id, quantity, order_detail_id, order_return_id)
  VALUES (9000, 5, 1, 1, :order_detail_id, :order_return_id)
`);
const insertCount = sql(`
  INSERT INTO stock_counts (id, status, reason, created_date, created_principal)
  VALUES (:id, 'approved', 'Wrong', :day, 'p')
`);
const insertCounted = sql(`
  INSERT INTO stock_count_details (stock_count_id, product_id, expected, counted) VALUES (:id, 1, 2, 3)
`);
const deleteCounted = sql(`DELETE FROM stock_count_details WHERE stock_count_id = :id`);
const deleteCount = sql(`DELETE FROM stock_counts WHERE id = :id`);
const deleteReturn = sql(`DELETE FROM order_returns WHERE id = :id`);
const stop = sql(`UPDATE products SET stocked = :stocked WHERE id = :id`);
const start = sql(`DELETE FROM product_stock WHERE product_id = :id`);
const rename = sql(`UPDATE products SET product_code = :code WHERE id = :id`);
const insertEntry = sql(`
  INSERT INTO inventory_transactions (id, transaction_type, product_id, quantity, purchase_order_id)
  VALUES (:id, :type, :product_id, :quantity, :purchase_order_id)
`);
const deleteEntry = sql(`DELETE FROM inventory_transactions WHERE id = :id`);
const insertOrder = sql(
  `INSERT INTO orders (id, status_id, order_date, search_text) VALUES (:id, :status_id, :day, '')`,
);
const deleteOrder = sql(`DELETE FROM orders WHERE id = :id`);
const dateOrder = sql(`UPDATE orders SET shipped_date = :day, paid_date = :day WHERE id = :id`);
const insertInvoice = sql(`INSERT INTO invoices (id, order_id) VALUES (:id, :order_id)`);
const deleteInvoice = sql(`DELETE FROM invoices WHERE id = :id`);
const newestOrder = sql(`SELECT id FROM orders ORDER BY id DESC LIMIT 1`);
const heldDetail = sql(`
  SELECT d.id, d.order_id FROM order_details d JOIN orders o ON o.id = d.order_id
  WHERE d.allocated > 0 AND d.allocated = d.quantity AND o.status_id = 0 ORDER BY d.id LIMIT 1
`);

const noChange = { on_hand: none, allocated: none, on_order: none, back_ordered: none, to_reorder: none };
const balance = (fields: Partial<typeof noChange>) => (db: Database) =>
  db.run(changeBalance, { id: 1, ...noChange, ...fields });

type Change = (db: Database) => Promise<unknown>;
/** What plants a fault, what takes it back, and the faults that it must be among others. */
const plants: readonly (readonly [string, Change, Change])[] = [
  ["on-hand products", balance({ on_hand: one }), balance({ on_hand: less })],
  ["allocated products", balance({ on_hand: one, allocated: one }), balance({ on_hand: less, allocated: less })],
  ["held products", balance({ on_hand: one, allocated: one }), balance({ on_hand: less, allocated: less })],
  ["on-order products", balance({ on_order: one }), balance({ on_order: less })],
  ["back-ordered products", balance({ back_ordered: one }), balance({ back_ordered: less })],
  ["reorder products", balance({ to_reorder: one }), balance({ to_reorder: less })],
  [
    "detail-held order_details",
    async (db) => db.run(changeDetail, { id: (await db.one(heldDetail)).id, allocated: less, shipped: none }),
    async (db) => db.run(changeDetail, { id: detailAtFault, allocated: one, shipped: none }),
  ],
  [
    "detail-quantities order_details",
    async (db) => db.run(changeDetail, { id: (await db.one(heldDetail)).id, allocated: none, shipped: one }),
    async (db) => db.run(changeDetail, { id: detailAtFault, allocated: none, shipped: less }),
  ],
  [
    "detail-returned order_details",
    async (db) => db.run(changeReturned, { id: (await db.one(heldDetail)).id, returned: one }),
    async (db) => db.run(changeReturned, { id: detailAtFault, returned: less }),
  ],
  [
    "return-entries order_returns",
    async (db) => {
      const { id, order_id } = await db.one(heldDetail);
      await db.run(insertReturn, { id: 9000, order_id: order_id ?? 0, day });
      await db.run(insertTakenBack, { order_detail_id: id, order_return_id: 9000 });
    },
    async (db) => {
      await db.run(deleteEntry, { id: 9000 });
      await db.run(deleteReturn, { id: 9000 });
    },
  ],
  [
    "count-entries stock_counts",
    async (db) => {
      await db.run(insertCount, { id: 9000, day });
      await db.run(insertCounted, { id: 9000 });
    },
    async (db) => {
      await db.run(deleteCounted, { id: 9000 });
      await db.run(deleteCount, { id: 9000 });
    },
  ],
  [
    "entry-without-detail inventory_transactions",
    (db) => db.run(insertEntry, { id: 9000, type: 2, product_id: 1, quantity: one, purchase_order_id: null }),
    (db) => db.run(deleteEntry, { id: 9000 }),
  ],
  [
    "entry-without-cause inventory_transactions",
    (db) => db.run(insertEntry, { id: 9000, type: 1, product_id: 1, quantity: one, purchase_order_id: null }),
    (db) => db.run(deleteEntry, { id: 9000 }),
  ],
  [
    "order-without-details orders",
    async (db) => db.run(insertOrder, { id: (await db.one(newestOrder)).id + 1, status_id: 0, day }),
    async (db) => db.run(deleteOrder, { id: (await db.one(newestOrder)).id }),
  ],
  [
    "orders-missing orders",
    async (db) => {
      const { id } = await db.one(newestOrder);
      for (const further of [1, 4]) await db.run(insertOrder, { id: id + further, status_id: 4, day });
    },
    async (db) => {
      const { id } = await db.one(newestOrder);
      for (const before of [0, 3]) await db.run(deleteOrder, { id: id - before });
    },
  ],
  [
    "order-new-but-shipped orders",
    async (db) => db.run(dateOrder, { id: (await db.one(heldDetail)).order_id ?? 0, day }),
    async (db) => db.run(dateOrder, { id: (await db.one(heldDetail)).order_id ?? 0, day: null }),
  ],
  [
    "order-new-but-invoiced orders",
    async (db) => db.run(insertInvoice, { id: 9000, order_id: (await db.one(heldDetail)).order_id }),
    (db) => db.run(deleteInvoice, { id: 9000 }),
  ],
  [
    "product-code-twice products",
    (db) => db.run(rename, { id: 1, code: "NW-TWICE" }),
    (db) => db.run(rename, { id: 1, code: "NW-ONCE" }),
  ],
];
/** The detail that `heldDetail` finds before anything is planted. */
let detailAtFault = 0;

describe.each([false, true])("GET /api/stock/proof, in the report thread: %p", (reportsInThread) => {
  let api: BothEngines;
  beforeAll(async () => {
    api = await startBothEngines({ reportsInThread });
    await api.onDatabases(async (database) => {
      await loadSample(database, "2025-01-15");
      detailAtFault = (await database.one(heldDetail)).id;
    });
  }, startTimeoutMs);
  afterAll(() => api.stop());

  async function proof() {
    const { status, body } = await api.call("GET", "/api/stock/proof");
    expect(status).toBe(200);
    return Object(body.data);
  }

  test("200: the sample company has no fault", async () => {
    const { total, faults, products } = await proof();
    expect([total, faults]).toEqual([0, []]);
    expect(products).toBeGreaterThan(40);
  });

  if (reportsInThread) return;

  test("200: nor after its orders were changed, and new ones made", async () => {
    let order_id = 0;
    await api.onDatabases(async (database) => {
      order_id = (await database.one(heldDetail)).order_id ?? 0;
    });
    const product = { product_name: "Tea", product_code: "NW-TWICE", stocked: true, target_level: 20 };
    const { body } = await api.call("POST", "/api/products", { body: product });
    const product_id = Object(body.data).id;
    const adjusted = { product_id, type: "adjusted", quantity: 8, reason: "found" };
    expect((await api.call("POST", "/api/stock/adjustments", { body: adjusted })).status).toBe(200);
    // Clients of the original know no details.
    expect((await api.call("POST", "/api/orders", { body: { order_date: day } })).status).toBe(201);
    const made = await api.call("POST", "/api/orders", { body: { order_details: [{ product_id, quantity: 12 }] } });
    const gone = await api.call("POST", "/api/orders", { body: { order_details: [{ product_id, quantity: 1 }] } });
    const removed = { order_details: [] };
    expect((await api.call("PUT", `/api/orders/${order_id}`, { body: removed })).status).toBe(200);
    expect((await api.call("PUT", `/api/orders/${Object(gone.body.data).id}`, { body: removed })).status).toBe(200);
    // Paid in advance for what is not ordered any more: no goods moved.
    const paid = { payment_type: "Cash", paid_date: day };
    expect((await api.call("PUT", `/api/orders/${order_id}`, { body: paid })).status).toBe(200);
    const fewer = { order_details: [{ product_id, quantity: 3 }] };
    expect((await api.call("PUT", `/api/orders/${Object(made.body.data).id}`, { body: fewer })).status).toBe(200);
    await api.onDatabases(async (database) => {
      detailAtFault = (await database.one(heldDetail)).id;
    });
    expect((await proof()).faults).toEqual([]);
  });

  test("200: nor while an order that is invoiced on shipment is partly shipped", async () => {
    const company = (invoicing_policy: string) => api.call("PUT", "/api/company", { body: { invoicing_policy } });
    expect((await company("on-shipment")).status).toBe(200);
    let held = { id: 0, order_id: 0 };
    await api.onDatabases(async (database) => {
      const { id, order_id } = await database.one(heldDetail);
      held = { id, order_id: order_id ?? 0 };
    });
    const part = { order_details: [{ id: held.id, quantity: 1 }] };
    const shipped = await api.call("POST", `/api/orders/${held.order_id}/ship`, { body: part });
    expect([shipped.status, shipped.body.errors, Object(shipped.body.data).status_id]).toEqual([200, undefined, 0]);
    expect((await proof()).faults).toEqual([]);
    // Nor if what is left of it is not wanted any more: all of it is invoiced then, and it is new until it is shipped.
    const { body } = await api.call("POST", "/api/products", { body: { product_name: "Idea" } });
    const [sent, unwanted] = [
      { product_id: Object(body.data).id, quantity: 2 },
      { product_id: 1, quantity: 9999 },
    ];
    const address = { ship_name: "A", ship_address: "B", ship_city: "C", ship_zip_postal_code: "1" };
    const order = { ...address, ship_country_region: "D", customer_id: 1, employee_id: 1, shipper_id: 1 };
    const made = await api.call("POST", "/api/orders?include=details", {
      body: { ...order, shipping_policy: "ask", order_details: [sent, unwanted] },
    });
    const { id, order_details } = Object(made.body.data);
    expect((await api.call("POST", `/api/orders/${id}/ship`, { body: {} })).status).toBe(200);
    const fewer = { order_details: [{ id: order_details[0].id }] };
    expect((await api.call("PUT", `/api/orders/${id}`, { body: fewer })).status).toBe(200);
    expect((await proof()).faults).toEqual([]);
    expect((await company("before-shipment")).status).toBe(200);
    await api.onDatabases(async (database) => {
      detailAtFault = (await database.one(heldDetail)).id;
    });
  });

  test.each(plants)("200: finds %s", async (wanted, plant, takeBack) => {
    await api.onDatabases(async (database) => void (await plant(database)));
    const { faults, total } = await proof();
    expect(total).toBe(faults.length);
    const found = faults.map(
      ({ code, table }: { readonly code: string; readonly table: string }) => `${code} ${table}`,
    );
    expect(found).toContain(wanted);
    for (const { id, message } of faults) expect(message).toContain(`${id}`);
    await api.onDatabases(async (database) => void (await takeBack(database)));
    expect((await proof()).faults).toEqual([]);
  });

  test("200: finds a product without a balance", async () => {
    await api.onDatabases(async (database) => {
      await database.run(start, { id: 1 });
    });
    expect((await proof()).faults).toMatchObject([{ code: "balance-missing", table: "products", id: 1 }]);
    await api.onDatabases(async (database) => {
      await database.run(stop, { id: 1, stocked: false });
    });
    expect((await proof()).faults).toEqual([]);
  });
});

test("prove: exit code 0 without a fault, 1 with one, 2 for an unknown option", async () => {
  const folder = mkdtempSync(join(tmpdir(), "northwind-prove-"));
  const path = join(folder, "northwind.db");
  await migrateSqlite({ folder: join(import.meta.dir, "../../../../schema/sqlite"), database: path });
  const database = openSqlite({ path });
  try {
    await loadSample(database, "2025-01-15");
    expect(await run(["--database", `sqlite:${path}`])).toBe(0);
    await database.run(changeBalance, { id: 1, ...noChange, to_reorder: one });
    expect(await run(["--database", `sqlite:${path}`])).toBe(1);
    expect(await run(["--nothing"])).toBe(2);
  } finally {
    await database.close();
    rmSync(folder, { recursive: true, force: true });
  }
});
