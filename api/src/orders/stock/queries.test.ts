// The SQL of what orders hold and wait for, against the same details found here without SQL.
import { afterAll, beforeAll, expect, test } from "bun:test";
import { sql } from "northwind-schema/sql";
import { type Database, type DateTime, decimal } from "sqlproof";
import { type BothEngines, startBothEngines, startTimeoutMs } from "../../both-engines.ts";
import { insertPurchaseDetail } from "../../purchasing/queries.ts";
import { nameSuppliersOfProduct, productReferences } from "../../resources/products/queries.ts";
import { shipperQueries, shipperReferences } from "../../resources/shippers/queries.ts";
import { productSuppliers } from "../../resources/suppliers/queries.ts";
import { insertCount, insertCountDetail } from "../../stock/counts/queries.ts";
import {
  contact,
  noon,
  pieces,
  storeCustomer,
  storeDetail,
  storeEntry,
  storeOrder,
  storeProduct,
  storePurchase,
  storePurchaseDetail,
  storeSeller,
  storeSupplier,
} from "../../stored-goods.ts";
import * as actions from "../actions/queries.ts";
import { insertDetail, orderReferences, ordersByIds, raiseVersion } from "../queries.ts";
import { insertReturn } from "../returns/queries.ts";
import * as queries from "./queries.ts";

let api: BothEngines;
let stored: readonly Stored[] = [];
beforeAll(async () => {
  api = await startBothEngines();
  await api.onDatabases(async (db) => {
    stored = await store(db);
    return stored;
  });
}, startTimeoutMs);
afterAll(() => api.stop());

interface Stored {
  readonly id: number;
  readonly order_id: number;
  readonly product_id: number | null;
  readonly position: number;
  readonly status_id: number | null;
  readonly order_status: number | null;
  readonly order_date: DateTime | null;
  readonly allocated: number;
  readonly waits: boolean;
}

/** Details of every status in orders of every status, of which half wait; the oldest order has the largest id. */
async function store(db: Database): Promise<Stored[]> {
  const products = [await storeProduct(db), await storeProduct(db), await storeProduct(db)];
  const details: Stored[] = [];
  for (const [index, order_status] of [0, 1, null, 2, 3, 4, 0].entries()) {
    const order_date = index === 6 ? null : noon(5 - (index >> 1));
    const order_id = await storeOrder(db, { status_id: order_status, order_date });
    for (const [place, status_id] of [null, 0, 1, 2, 3, 4, 5].entries())
      for (const waits of [true, false]) {
        const id = details.length + 1;
        const product_id = products[id % 4] ?? null;
        const [shipped, allocated] = waits ? [1, id % 3] : [2, 3];
        const detail = { order_id, product_id, position: (place * 3) % 4, status_id };
        const quantities = { quantity: pieces(5), shipped: pieces(shipped ?? 0), allocated: pieces(allocated ?? 0) };
        await storeDetail(db, { ...detail, ...quantities });
        details.push({ ...detail, id, order_status, order_date, allocated: allocated ?? 0, waits });
      }
  }
  return details;
}

const text = (date: DateTime | null) => date ?? "";
const inOrder = (a: Stored, b: Stored) =>
  text(a.order_date) < text(b.order_date)
    ? -1
    : text(a.order_date) > text(b.order_date)
      ? 1
      : a.order_id - b.order_id || a.position - b.position || a.id - b.id;
const ids = (rows: readonly { readonly id: number }[]) => rows.map(({ id }) => id);

test("the details that wait for products, by product and by id, and those that hold them, the newest first", () =>
  api.onDatabases(async (db) => {
    const product_ids = [1, 2];
    const ofProducts = stored.filter(({ product_id }) => product_ids.includes(product_id ?? 0));
    const isOpen = ({ order_status }: Stored) => order_status === null || order_status < 2;
    const waiting = ofProducts.filter((one) => one.waits && isOpen(one)).toSorted(inOrder);
    expect(ids(await db.all(queries.waitingQuantities, { product_ids }))).toEqual(ids(waiting));
    const unshipped = waiting.filter(({ status_id }) => status_id !== 3);
    expect(ids(await db.all(queries.waitingDetails, { product_ids }))).toEqual(ids(unshipped));
    expect([unshipped.length < waiting.length, unshipped.some(({ status_id }) => status_id === null)]).toEqual([
      true,
      true,
    ]);
    const named = stored.filter(({ id }) => id % 5 > 1);
    const namedWaiting = named.filter((one) => one.waits && isOpen(one)).toSorted(inOrder);
    expect(ids(await db.all(queries.waitingDetailsByIds, { ids: ids(named) }))).toEqual(ids(namedWaiting));
    const held = ofProducts.filter(({ status_id, allocated }) => status_id !== 3 && allocated > 0);
    const newestFirst = held.toSorted((a, b) => inOrder(b, a));
    const all = await db.all(actions.productsOfOrder, { order_id: 1 });
    expect(all.map(({ product_id }) => product_id)).toEqual([1, 2, 3]);
    expect((await db.all(queries.heldNewestFirst, { product_ids })).map(Object.values)).toEqual(
      newestFirst.map((one) => [one.id, one.order_id, one.product_id, pieces(one.allocated)]),
    );
  }));

test("what suppliers owe: what is expected first first, without a date last", () =>
  api.onDatabases(async (db) => {
    const dates = [null, noon(2), noon(1)];
    const rows: (readonly [string, number, number, number, number])[] = [];
    const owed: (readonly [number, number])[] = [];
    let id = 0;
    for (const status_id of [null, 0, 1, 2, 3, 4])
      for (const expected_date of dates) {
        const purchase_order_id = await storePurchase(db, { status_id, expected_date });
        for (const [position, product_id, received] of [
          [2, 1, 1],
          [1, 1, 4],
          [1, 1, 5],
          [1, 1, 9],
          [1, 2, 0],
        ] as const) {
          id += 1;
          const detail = { purchase_order_id, product_id, position, quantity: pieces(5), order_detail_id: id + 100 };
          await storePurchaseDetail(db, id, { ...detail, received: pieces(received) });
          if (received >= 5 || (status_id ?? 0) > 2) continue;
          owed.push([purchase_order_id, product_id]);
          if (product_id === 1) rows.push([expected_date ?? "none", purchase_order_id, position, id, received]);
        }
      }
    const found = await db.all(queries.expectedReceipts, { product_ids: [1] });
    const wanted = rows.toSorted((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : a[1] - b[1] || a[2] - b[2]));
    expect(found).toEqual(
      wanted.map(([date, purchase_order_id, _, place, received]) => ({
        ...{ product_id: 1, purchase_order_id, order_detail_id: place + 100, quantity: pieces(5) },
        ...{ received: pieces(received), expected_date: dates.find((one) => one === date) ?? null },
      })),
    );
    const asked = [2, 3, 4, 15, 17];
    const named = await db.all(actions.owedOfPurchases, { ids: asked });
    expect(named.map((row) => `${row.purchase_order_id} ${row.product_id}`).sort()).toEqual(
      owed.flatMap(([purchase, product]) => (asked.includes(purchase) ? [`${purchase} ${product}`] : [])).sort(),
    );
  }));

test("who sells products, the preferred supplier first", () =>
  api.onDatabases(async (db) => {
    const suppliers = [await storeSupplier(db, {}), await storeSupplier(db, {}), await storeSupplier(db, {})];
    const [a = 0, b = 0, c = 0] = suppliers;
    for (const [product_id, supplier_id, position] of [
      [1, a, 2],
      [1, b, 1],
      [1, c, 2],
      [2, c, 1],
      [3, a, 1],
    ] as const)
      await storeSeller(db, { product_id, supplier_id, position, unit_cost: pieces(supplier_id) });
    const unsold = await storeProduct(db, { discontinued: true });
    const sold = await db.all(actions.sellersOfProducts, { product_ids: [2, 1, unsold] });
    expect(sold.map(({ product_id, supplier_id, unit_cost }) => [product_id, supplier_id, unit_cost])).toEqual([
      ...[
        [1, b, pieces(b)],
        [1, a, pieces(a)],
        [1, c, pieces(c)],
        [2, c, pieces(c)],
        [unsold, null, null],
      ],
    ]);
    expect(sold.filter(({ discontinued }) => discontinued).map(({ product_id }) => product_id)).toEqual([unsold]);
  }));

const voided = sql(`SELECT id, voided_date FROM invoices ORDER BY id`);

test("the invoices of an order that count, and how often its goods were sold", () =>
  api.onDatabases(async (db) => {
    const [order_id, other] = [await storeOrder(db), await storeOrder(db)];
    const invoice = { invoice_date: noon(1), due_date: noon(2) };
    const amounts = (tax: number) => ({ tax: pieces(tax), shipping: pieces(tax + 1), amount_due: pieces(tax + 2) });
    for (const [id, tax] of [
      [order_id, 10],
      [other, 300],
    ] as const)
      await db.run(queries.insertInvoice, { ...invoice, ...amounts(tax), order_id: id });
    const first = { invoices: 1, ...amounts(10) };
    expect(await db.one(queries.validInvoices, { order_id })).toEqual(first);
    await db.run(queries.voidInvoices, { order_id, voided_date: noon(3) });
    const nothing = { invoices: 0, tax: null, shipping: null, amount_due: null };
    expect(await db.one(queries.validInvoices, { order_id })).toEqual(nothing);
    for (const tax of [5, 7]) await db.run(queries.insertInvoice, { ...invoice, ...amounts(tax), order_id });
    const both = { invoices: 2, tax: pieces(12), shipping: pieces(14), amount_due: pieces(16) };
    expect(await db.one(queries.validInvoices, { order_id })).toEqual(both);
    await db.run(queries.voidInvoices, { order_id, voided_date: noon(4) });
    const dates = (await db.all(voided)).map(({ voided_date }) => voided_date);
    expect(dates).toEqual([noon(3), null, noon(4), noon(4)]);
    for (const transaction_type of [1, 2, 2, 3]) await storeEntry(db, { product_id: 1, transaction_type, order_id });
    expect(await db.one(actions.salesOfOrder, { order_id })).toEqual({ sales: 2 });
    expect(await db.one(actions.salesOfOrder, { order_id: other })).toEqual({ sales: 0 });
  }));

test("the policies of an order and of its customer; what an action does to the order and its details", () =>
  api.onDatabases(async (db) => {
    const customers = [await storeCustomer(db, {}), await storeCustomer(db, { shipping_policy: "ask" })];
    const order_id = await storeOrder(db, { customer_id: customers[1] ?? null, shipping_policy: "complete" });
    const policies = (id: number) => db.one(actions.policiesOfOrder, { id });
    expect(await policies(order_id)).toEqual({ of_order: "complete", of_customer: "ask" });
    expect(await policies(1)).toEqual({ of_order: null, of_customer: null });
    const moved = { id: order_id, status_id: 2, shipped_date: noon(7), shipper_id: null };
    expect(await db.run(actions.moveOrder, { ...moved, version: 1 })).toEqual({ rowsAffected: 0 });
    expect(await db.run(actions.moveOrder, { ...moved, version: 0 })).toEqual({ rowsAffected: 1 });
    const [after] = await db.all(ordersByIds, { ids: [order_id] });
    expect(after).toMatchObject({ ...moved, version: 1 });
    const [before] = await db.all(ordersByIds, { ids: [1] });
    expect(before).toMatchObject({ status_id: 0, shipped_date: null, version: 0 });
    await storeDetail(db, { order_id, product_id: 1, quantity: pieces(9) });
    const { id } = await db.one(newestDetail);
    const quantities = { allocated: decimal("1.5000"), shipped: decimal("2.5000"), invoiced: decimal("3.5000") };
    await db.run(queries.moveDetail, { id, ...quantities, status_id: 4, date_allocated: noon(6) });
    expect(await db.one(newestDetail)).toEqual({ id, ...quantities, status_id: 4, date_allocated: noon(6) });
    await db.run(queries.holdDetail, { id, allocated: pieces(2), status_id: 5, date_allocated: noon(8) });
    const held = { allocated: pieces(2), status_id: 5, date_allocated: noon(8) };
    expect(await db.one(newestDetail)).toEqual({ id, ...quantities, ...held });
    expect(await db.one(unmoved)).toEqual({ details: stored.length });
  }));

const newestDetail = sql(`
  SELECT id, allocated, shipped, invoiced, status_id, date_allocated FROM order_details ORDER BY id DESC LIMIT 1
`);
const unmoved = sql(`SELECT COUNT(*) AS details FROM order_details WHERE date_allocated IS NULL`);

test("what refers to an order, to a product and to a shipper", () =>
  api.onDatabases(async (db) => {
    const [tea, jam] = [await storeProduct(db), await storeProduct(db)];
    const orders = [await storeOrder(db), await storeOrder(db)];
    const shippers: number[] = [];
    for (const company of ["A", "B"]) shippers.push((await db.one(shipperQueries.insert, { ...contact, company })).id);
    const [shipper_id = 0, unused = 0] = shippers;
    for (const [index, order_id] of [orders[1], orders[0], orders[1], orders[1]].entries()) {
      const date = { shipped_date: noon(1), tracking_number: null, notes: null };
      await db.one(queries.insertShipment, {
        ...date,
        order_id: order_id ?? 0,
        shipper_id: index < 3 ? shipper_id : unused,
      });
      await db.one(insertReturn, { order_id: order_id ?? 0, returned_date: noon(1), reason: "r" });
      const invoice = { invoice_date: null, due_date: null, tax: null, shipping: null, amount_due: null };
      await db.run(queries.insertInvoice, { ...invoice, order_id: order_id ?? 0 });
      await storeEntry(db, { product_id: index === 0 ? jam : tea, order_id: order_id ?? 0 });
      await storeDetail(db, { order_id: order_id ?? 0, product_id: index < 2 ? jam : tea });
    }
    await storeOrder(db, { shipper_id });
    const purchase_order_id = await storePurchase(db);
    for (const product_id of [tea, tea, tea, jam]) await storePurchaseDetail(db, 0, { purchase_order_id, product_id });
    const count = { reason: "r", created_date: noon(1), created_principal: "p" };
    const { id: stock_count_id } = await db.one(insertCount, count);
    await db.run(insertCountDetail, { stock_count_id, product_id: tea, expected: pieces(1) });
    const counts = (one: number) => ({
      ...{ invoices: one, inventory_transactions: one, shipments: one, order_returns: one },
    });
    expect(await db.one(orderReferences, { id: orders[0] ?? 0 })).toEqual(counts(1));
    expect(await db.one(orderReferences, { id: orders[1] ?? 0 })).toEqual(counts(3));
    const ofTea = { order_details: 2, purchase_order_details: 3, inventory_transactions: 3, stock_counts: 1 };
    expect(await db.one(productReferences, { id: tea })).toEqual(ofTea);
    const ofJam = { order_details: 2, purchase_order_details: 1, inventory_transactions: 1, stock_counts: 0 };
    expect(await db.one(productReferences, { id: jam })).toEqual(ofJam);
    expect(await db.one(shipperReferences, { id: shipper_id })).toEqual({ orders: 1, shipments: 3 });
    expect(await db.one(shipperReferences, { id: unused })).toEqual({ orders: 0, shipments: 1 });
    const named = { supplier_ids: "2;1", id: tea };
    expect(await db.run(nameSuppliersOfProduct, { ...named, version: 1 })).toEqual({ rowsAffected: 0 });
    for (const version of [0, 1])
      expect(await db.run(nameSuppliersOfProduct, { ...named, version })).toEqual({ rowsAffected: 1 });
    expect(await db.all(productSuppliers)).toEqual([{ id: tea, supplier_ids: "2;1" }]);
    for (const version of [0, 1])
      expect(await db.run(raiseVersion, { id: orders[0] ?? 0, version })).toEqual({ rowsAffected: 1 });
    expect(await db.run(raiseVersion, { id: orders[0] ?? 0, version: 1 })).toEqual({ rowsAffected: 0 });
  }));

test("one write looks at 500 details that wait, a promise at 2000, and at as many that are on order", () =>
  api.onDatabases(async (db) => {
    const [product_id, order_id] = [await storeProduct(db), await storeOrder(db)];
    const purchase_order_id = await storePurchase(db);
    const numbers = Array.from({ length: 2001 }, (_, index) => index);
    const [none, one] = [pieces(0), pieces(1)];
    await db.transaction(async (tx) => {
      const sold = {
        ...{ order_id, product_id, quantity: one, unit_price: none, discount: none, product_code: null },
        ...{ product_name: null, quantity_per_unit: null, tax_class: null, tax_rate: null, allocated: none },
        ...{ shipped: none, invoiced: none, status_id: 0, date_allocated: null },
      };
      await tx.runMany(
        insertDetail,
        numbers.map((position) => ({ ...sold, position })),
      );
      const bought = { purchase_order_id, product_id, quantity: one, unit_cost: none, order_detail_id: null };
      await tx.runMany(
        insertPurchaseDetail,
        numbers.map((position) => ({ ...bought, position })),
      );
    });
    const wanted = { product_ids: [product_id] };
    expect((await db.all(queries.waitingDetails, wanted)).length).toBe(500);
    expect((await db.all(queries.waitingQuantities, wanted)).length).toBe(2000);
    expect((await db.all(queries.expectedReceipts, wanted)).length).toBe(2000);
  }));
