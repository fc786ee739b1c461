// The SQL of the proof of the stock: what each statement finds, and what it leaves alone.
import { afterAll, beforeAll, expect, test } from "bun:test";
import { sql } from "northwind-schema/sql";
import type { Database } from "sqlproof";
import { type BothEngines, startBothEngines, startTimeoutMs } from "../../both-engines.ts";
import { insertReturn, insertReturnDetail } from "../../orders/returns/queries.ts";
import { insertShipment } from "../../orders/stock/queries.ts";
import {
  noon,
  pieces,
  storeBalance,
  storeDetail,
  storeEntry,
  storeOrder,
  storeProduct,
  storePurchase,
  storePurchaseDetail,
  storeReturned,
} from "../../stored-goods.ts";
import { insertEntry } from "../../writes/audit/queries.ts";
import { insertCount, insertCountDetail, updateCount } from "../counts/queries.ts";
import * as proof from "./queries.ts";

let api: BothEngines;
beforeAll(async () => {
  api = await startBothEngines();
}, startTimeoutMs);
afterAll(() => api.stop());

const countDetail = sql(`
  UPDATE stock_count_details SET counted = :counted WHERE stock_count_id = :id AND product_id = :product_id
`);
const nameEntry = sql(`UPDATE order_details SET inventory_id = :entry WHERE id = :id`);
const deleteOrder = sql(`DELETE FROM orders WHERE id = :id`);
const storeInvoice = sql(`INSERT INTO invoices (order_id, voided_date) VALUES (:order_id, :voided_date)`);
const smallAndLarge = sql(`
  SELECT (SELECT MAX(id) FROM orders) AS orders, (SELECT MAX(id) FROM order_details) AS details,
    (SELECT MAX(id) FROM inventory_transactions) AS entries, (SELECT MAX(id) FROM purchase_order_details) AS bought,
    (SELECT MAX(id) FROM invoices) AS invoices
`);

/** What is stored before a test: its own rows have larger ids. */
async function before(db: Database) {
  const found = await db.one(smallAndLarge);
  const { orders, details, entries, bought, invoices } = found;
  return {
    ...{ orders: orders ?? 0, details: details ?? 0, entries: entries ?? 0 },
    ...{ bought: bought ?? 0, invoices: invoices ?? 0 },
  };
}

const logged = (db: Database, resource: string, resource_id: number, sequence: number, action: string) =>
  db.run(insertEntry, {
    ...{ resource, resource_id, sequence, action, happened_at: noon(1), principal: "p", request_id: "r", version: 1 },
    ...{ write_id: `${resource}${resource_id}-${sequence}`.padEnd(36, "0").slice(0, 36), client_request_id: null },
    ...{ before_state: null, after_state: "{}", previous_hash: "0".repeat(64), hash: "1".repeat(64) },
  });

/** Twice of each product: a detail of an order and a purchase order in each status, and an entry of each type. */
async function storeMoves(db: Database, tea: number, advice: number): Promise<void> {
  await storeOrder(db);
  for (const [index, status_id] of [null, 0, 1, 2, 3, 4].entries()) {
    const order_id = await storeOrder(db, { status_id });
    const purchase_order_id = await storePurchase(db, { status_id });
    const quantity = pieces(10 ** index * 4);
    for (const product_id of [tea, tea, advice]) {
      await storeDetail(db, { order_id, product_id, quantity, shipped: pieces(1), allocated: pieces(2) });
      await storePurchaseDetail(db, 0, { purchase_order_id, product_id, quantity });
    }
  }
  await storePurchaseDetail(db, 19, {
    purchase_order_id: 1,
    product_id: tea,
    quantity: pieces(4),
    received: pieces(9),
  });
  for (const type of [1, 2, 3, 4, 5, 6, 7])
    for (const product_id of [tea, tea, advice])
      await storeEntry(db, { product_id, transaction_type: type, quantity: pieces(2 ** type) });
}

test("balances beside the sums of ledger, order details and purchase orders", () =>
  api.onDatabases(async (db) => {
    const [tea, jam, advice] = [
      await storeProduct(db, { reorder_level: 1, target_level: 2, minimum_reorder_quantity: 3 }),
      await storeProduct(db, { product_code: "J-1" }),
      await storeProduct(db, { stocked: false }),
    ];
    await storeBalance(db, tea, { on_hand: pieces(9), allocated: pieces(4), on_order: pieces(5), low: true });
    await storeMoves(db, tea, advice);
    const sums = {
      ...{
        ledger_on_hand: pieces(2 * (2 + 32 + 64 - 4 - 16)),
        ledger_allocated: pieces(2 * (8 - 128)),
        held: pieces(24),
      },
      ...{ open: pieces(2 * (444 - 9)), owed: pieces(2 * 4444) },
    };
    const nothing = { ledger_on_hand: null, ledger_allocated: null, held: null, open: null, owed: null };
    const first = {
      ...{ id: tea, reorder_level: 1, target_level: 2, minimum_reorder_quantity: 3, stored: tea, on_hand: pieces(9) },
      ...{
        allocated: pieces(4),
        on_order: pieces(5),
        back_ordered: pieces(0),
        to_reorder: pieces(0),
        low: true,
        ...sums,
      },
    };
    const second = {
      ...{ id: jam, reorder_level: null, target_level: null, minimum_reorder_quantity: null, stored: null },
      ...{
        on_hand: null,
        allocated: null,
        on_order: null,
        back_ordered: null,
        to_reorder: null,
        low: null,
        ...nothing,
      },
    };
    expect(await db.all(proof.balancesWithSums, { after: 0, rows: 9 })).toEqual([first, second]);
    expect(await db.all(proof.balancesWithSums, { after: 0, rows: 1 })).toEqual([first]);
    expect(await db.all(proof.balancesWithSums, { after: tea, rows: 9 })).toEqual([second]);
    expect(await db.all(proof.productCodes, { after: tea, rows: 1 })).toEqual([{ id: jam, product_code: "J-1" }]);
    expect((await db.all(proof.productCodes, { after: 0, rows: 9 })).map(({ id }) => id)).toEqual([tea, jam, advice]);
  }));

test("details of which the ledger holds another quantity, and goods held or sold for no detail", () =>
  api.onDatabases(async (db) => {
    const { details, entries } = await before(db);
    const product_id = await storeProduct(db);
    const [next, last] = [await storeProduct(db), await storeProduct(db)];
    const order_id = await storeOrder(db);
    for (const [product, allocated] of [
      [product_id, 2],
      [product_id, 1],
      [product_id, 4],
      [next, 0],
      [last, 3],
    ] as const)
      await storeDetail(db, { order_id, product_id: product, quantity: pieces(9), allocated: pieces(allocated) });
    const entry = (transaction_type: number, quantity: number, order_detail_id: number | null, product = product_id) =>
      storeEntry(db, { product_id: product, transaction_type, quantity: pieces(quantity), order_detail_id });
    const [a, b, c, d] = [1, 2, 3, 4].map((place) => details + place);
    if (a === undefined || b === undefined || c === undefined || d === undefined) throw new Error("four details");
    await entry(3, 3, a);
    await entry(7, 1, a);
    await entry(6, 7, a);
    await entry(3, 5, b);
    await entry(7, 2, b);
    await entry(3, 5, null);
    await db.run(nameEntry, { entry: entries + 6, id: c });
    await entry(3, 1, details + 99);
    await entry(3, 1, a, next);
    await entry(3, 2, d, last);
    await entry(2, 4, null);
    await entry(3, 6, null, next);
    await entry(7, 6, null);
    await entry(2, 4, null, last);
    const held = (
      order_detail_id: number,
      place: number,
      count: number,
      quantity: number | null,
      product = product_id,
    ) => ({
      ...{ product_id: product, order_detail_id, entry_id: entries + place, held: pieces(count) },
      found: quantity === null ? null : order_detail_id,
      allocated: quantity === null ? null : pieces(quantity),
      quantity: quantity === null ? null : pieces(9),
    });
    const wanted = [held(b, 4, 3, 1), held(c, 6, 5, 4), held(details + 99, 7, 1, null), held(a, 8, 1, null, next)];
    expect(await db.all(proof.otherwiseHeld, { first: product_id, last: next })).toEqual(wanted);
    expect(await db.all(proof.otherwiseHeld, { first: next, last: next })).toEqual(wanted.slice(3));
    const loose = await db.all(proof.entriesWithoutDetail, { first: product_id, last: next });
    expect(loose.map(({ id, transaction_type }) => [id - entries, transaction_type])).toEqual([
      [10, 2],
      [11, 3],
    ]);
    expect((await db.all(proof.entriesWithoutDetail, { first: next, last })).map(({ id }) => id - entries)).toEqual([
      11, 13,
    ]);
  }));

test("entries without a cause: each of the six is one", () =>
  api.onDatabases(async (db) => {
    const product_id = await storeProduct(db);
    const order_id = await storeOrder(db);
    const purchase_order_id = await storePurchase(db);
    const shipment = { order_id, shipper_id: null, shipped_date: noon(1), tracking_number: null, notes: null };
    const { id: shipment_id } = await db.one(insertShipment, shipment);
    const { id: order_return_id } = await db.one(insertReturn, { order_id, returned_date: noon(1), reason: "r" });
    const count = { reason: "r", created_date: noon(1), created_principal: "p" };
    const { id: stock_count_id } = await db.one(insertCount, count);
    const { entries } = await before(db);
    for (const transaction_type of [1, 2, 3, 4, 5, 6, 7, 1]) await storeEntry(db, { product_id, transaction_type });
    for (const cause of [
      ...[{ order_id }, { purchase_order_id }, { order_detail_id: 1 }, { shipment_id }, { order_return_id }],
      { stock_count_id },
    ])
      await storeEntry(db, { product_id, transaction_type: 5, ...cause });
    const found = async (after: number, until: number) =>
      (await db.all(proof.entriesWithoutCause, { after: entries + after, until: entries + until })).map(
        ({ id }) => id - entries,
      );
    expect(await found(0, 99)).toEqual([1, 2, 3, 5, 7, 8]);
    expect(await found(1, 7)).toEqual([2, 3, 5, 7]);
  }));

test("details with wrong quantities, and those of which another quantity has come back", () =>
  api.onDatabases(async (db) => {
    const { details } = await before(db);
    const order_id = await storeOrder(db);
    const other = await storeOrder(db);
    // Ordered, held, shipped, returned.
    for (const [index, [quantity, allocated, shipped, returned]] of [
      [5, 2, 3, 3],
      [5, 3, 3, 0],
      [5, 0, 3, 4],
      [5, 2, -1, -2],
      [5, -1, 3, 0],
      [5, 0, 0, -1],
      [5, 6, 0, 0],
      [5, 2, 3, 0],
    ].entries()) {
      const [held, sent] = [pieces(allocated ?? 0), pieces(shipped ?? 0)];
      await storeDetail(db, { order_id, quantity: pieces(quantity ?? 0), allocated: held, shipped: sent });
      await storeReturned(db, details + index + 1, pieces(returned ?? 0));
    }
    const range = (after: number, until: number) => ({ after: details + after, until: details + until });
    const places = (rows: readonly { readonly id: number }[]) => rows.map(({ id }) => id - details);
    expect(places(await db.all(proof.wrongDetails, range(0, 99)))).toEqual([2, 3, 4, 5, 6, 7]);
    expect(places(await db.all(proof.wrongDetails, range(2, 6)))).toEqual([3, 4, 5, 6]);
    const [sent] = await db.all(proof.wrongDetails, range(3, 4));
    expect(sent).toEqual({
      ...{
        id: details + 4,
        order_id,
        quantity: pieces(5),
        allocated: pieces(2),
        shipped: pieces(-1),
        returned: pieces(-2),
      },
    });
    const back = async (place: number, ...quantities: readonly number[]) => {
      const { id: order_return_id } = await db.one(insertReturn, {
        order_id: other,
        returned_date: noon(1),
        reason: "r",
      });
      for (const quantity of quantities)
        await db.run(insertReturnDetail, {
          ...{ order_return_id, order_detail_id: details + place, quantity: pieces(quantity), disposition: "stock" },
        });
    };
    await back(1, 1, 2);
    await back(3, 1, 2);
    await back(7, 2, 2);
    const returned = await db.all(proof.otherwiseReturned, range(0, 99));
    expect(returned).toEqual([
      { id: details + 3, order_id, returned: pieces(4), came_back: pieces(3) },
      { id: details + 4, order_id, returned: pieces(-2), came_back: null },
      { id: details + 6, order_id, returned: pieces(-1), came_back: null },
      { id: details + 7, order_id, returned: pieces(0), came_back: pieces(4) },
    ]);
    expect(places(await db.all(proof.otherwiseReturned, range(3, 6)))).toEqual([4, 6]);
  }));

test("returns of which the ledger took in another quantity", () =>
  api.onDatabases(async (db) => {
    const { details } = await before(db);
    const product_id = await storeProduct(db);
    const order_id = await storeOrder(db);
    for (const _ of [1, 2]) await storeDetail(db, { order_id, product_id });
    const [one, two] = [details + 1, details + 2];
    const made: number[] = [];
    for (const _ of [1, 2, 3, 4])
      made.push((await db.one(insertReturn, { order_id, returned_date: noon(1), reason: "r" })).id);
    const [a = 0, b = 0, c = 0, d = 0] = made;
    const returned = async (order_return_id: number, order_detail_id: number, ...quantities: readonly number[]) => {
      for (const quantity of quantities)
        await db.run(insertReturnDetail, {
          ...{ order_return_id, order_detail_id, quantity: pieces(quantity), disposition: "stock" },
        });
    };
    const took = async (order_return_id: number, order_detail_id: number, ...quantities: readonly number[]) => {
      for (const quantity of quantities)
        await storeEntry(db, {
          product_id,
          transaction_type: 5,
          order_return_id,
          order_detail_id,
          quantity: pieces(quantity),
        });
    };
    await returned(a, one, 1, 2);
    await took(a, one, 2, 1);
    await returned(b, one, 1, 2);
    await took(b, one, 2, 2);
    await took(b, two, 3);
    await storeEntry(db, {
      product_id,
      transaction_type: 4,
      order_return_id: c,
      order_detail_id: one,
      quantity: pieces(1),
    });
    await returned(d, two, 2);
    await took(d, two, 1);
    const rows = [
      { id: b, order_detail_id: one, quantity: pieces(4), came_back: pieces(3) },
      { id: b, order_detail_id: two, quantity: pieces(3), came_back: null },
      { id: d, order_detail_id: two, quantity: pieces(1), came_back: pieces(2) },
    ];
    expect(await db.all(proof.otherwiseTakenBack, { after: 0, until: d })).toEqual(rows);
    expect(await db.all(proof.otherwiseTakenBack, { after: a, until: c })).toEqual(rows.slice(0, 2));
    expect(await db.all(proof.otherwiseTakenBack, { after: b, until: d })).toEqual(rows.slice(2));
  }));

test("counts of which the ledger booked another quantity", () =>
  api.onDatabases(async (db) => {
    const products = [await storeProduct(db), await storeProduct(db)];
    const [one = 0, two = 0] = products;
    const made: number[] = [];
    for (const status of ["open", "approved", "approved", "cancelled", "approved"]) {
      const count = { reason: status, created_date: noon(1), created_principal: "p" };
      const { id } = await db.one(insertCount, count);
      const changed = { id, status, reason: status, approved_date: null, approved_principal: null };
      await db.run(updateCount, { ...changed, version: 0 });
      for (const product_id of [two, one]) {
        await db.run(insertCountDetail, { stock_count_id: id, product_id, expected: pieces(5) });
        if (product_id === one || status !== "approved")
          await db.run(countDetail, { id, product_id, counted: pieces(8) });
      }
      made.push(id);
    }
    const [open = 0, right = 0, wrong = 0, cancelled = 0, last = 0] = made;
    const booked = async (stock_count_id: number, product_id: number, ...quantities: readonly number[]) => {
      for (const quantity of quantities)
        await storeEntry(db, { product_id, transaction_type: 6, stock_count_id, quantity: pieces(quantity) });
    };
    await booked(right, one, 1, 2);
    await storeEntry(db, { product_id: one, transaction_type: 1, stock_count_id: right, quantity: pieces(7) });
    await booked(wrong, one, 1, 1);
    await booked(wrong, two, 1);
    await booked(cancelled, two, 3);
    const row = (id: number, status: string, product_id: number, counted: number | null, sum: number | null) => ({
      ...{ id, status, product_id, expected: pieces(5), counted: counted === null ? null : pieces(counted) },
      booked: sum === null ? null : pieces(sum),
    });
    const rows = [
      ...[row(wrong, "approved", one, 8, 2), row(wrong, "approved", two, null, 1)],
      ...[row(cancelled, "cancelled", two, 8, 3), row(last, "approved", one, 8, null)],
    ];
    expect(await db.all(proof.otherwiseCounted, { after: 0, until: last })).toEqual(rows);
    expect(await db.all(proof.otherwiseCounted, { after: open, until: cancelled })).toEqual(rows.slice(0, 3));
    expect(await db.all(proof.otherwiseCounted, { after: wrong, until: last })).toEqual(rows.slice(2));
  }));

test("orders without details, and new ones that are shipped or invoiced", () =>
  api.onDatabases(async (db) => {
    const { orders, invoices } = await before(db);
    const [shipped_date, paid_date] = [noon(1), noon(2)];
    const order = (fields: Parameters<typeof storeOrder>[1] = {}) => storeOrder(db, fields);
    const places = (rows: readonly { readonly id: number }[]) => rows.map(({ id }) => id - orders);
    const range = (after: number, until: number) => ({ after: orders + after, until: orders + until });
    await order({ status_id: 0 });
    await order({ status_id: 4 });
    await order({ status_id: 0, shipped_date });
    await order({ status_id: null });
    await order({ status_id: 2 });
    await order({ status_id: 3 });
    await order({ status_id: 0, shipped_date, paid_date });
    await order({ status_id: null, shipped_date, paid_date });
    await order({ status_id: 1, shipped_date, paid_date });
    await order({ status_id: 0, paid_date });
    await storeDetail(db, { order_id: orders + 9 });
    for (const place of [1, 3, 5, 6]) await logged(db, "order", orders + place, 1, "create");
    await logged(db, "customer", orders + 4, 1, "create");
    await logged(db, "order", orders + 10, 2, "change");
    expect(places(await db.all(proof.emptyOrders, range(0, 10)))).toEqual([3, 4, 5, 6, 7, 8, 10]);
    expect(places(await db.all(proof.emptyOrders, range(3, 7)))).toEqual([4, 5, 6, 7]);
    expect(places(await db.all(proof.newButShipped, range(0, 10)))).toEqual([7, 8]);
    expect(places(await db.all(proof.newButShipped, range(7, 10)))).toEqual([8]);
    expect(places(await db.all(proof.newButShipped, range(0, 7)))).toEqual([7]);

    // Invoiced: of a new order with nothing, with a part, with all of it, logged as made here and not.
    const detail = (place: number, invoiced: number) =>
      storeDetail(db, { order_id: orders + place, quantity: pieces(2), invoiced: pieces(invoiced) });
    for (let place = 11; place <= 19; place += 1)
      await order({ status_id: place === 19 ? 1 : place === 18 ? null : 0 });
    for (const place of [11, 12, 13, 14, 15, 16, 18, 19])
      await db.run(storeInvoice, { order_id: orders + place, voided_date: place === 16 ? noon(1) : null });
    await db.run(storeInvoice, { order_id: orders + 11, voided_date: null });
    await detail(11, 0);
    await detail(12, 1);
    await detail(13, 2);
    await detail(14, 2);
    await detail(15, 2);
    await detail(15, 0);
    await detail(19, 0);
    await logged(db, "order", orders + 14, 1, "create");
    await logged(db, "customer", orders + 13, 1, "create");
    const found = await db.all(proof.newButInvoiced, range(0, 19));
    expect(found.map(({ id, invoice_id }) => [id - orders, (invoice_id ?? 0) - invoices])).toEqual([
      ...[
        [11, 1],
        [13, 3],
        [18, 7],
      ],
    ]);
    expect(places(await db.all(proof.newButInvoiced, range(11, 18)))).toEqual([13, 18]);
  }));

test("orders before which a number is missing, and which numbers the log knows", () =>
  api.onDatabases(async (db) => {
    const { orders } = await before(db);
    for (let place = 1; place <= 9; place += 1) await storeOrder(db);
    for (const place of [2, 3, 5, 7]) await db.run(deleteOrder, { id: orders + place });
    for (const [resource, place, sequence, action] of [
      ["order", 3, 1, "create"],
      ["order", 5, 2, "change"],
      ["order", 6, 1, "create"],
      ["customer", 8, 1, "create"],
      ["order", 8, 2, "create"],
      ["order", 9, 1, "change"],
    ] as const)
      await logged(db, resource, orders + place, sequence, action);
    const range = (after: number, until: number) => ({ after: orders + after, until: orders + until });
    const gaps = async (after: number, until: number) =>
      (await db.all(proof.ordersAfterGaps, range(after, until))).map(({ id, previous }) => [
        ...[id - orders, (previous ?? 0) - orders],
      ]);
    expect(await gaps(0, 9)).toEqual([
      [4, 1],
      [8, 6],
    ]);
    expect(await gaps(4, 8)).toEqual([[8, 6]]);
    expect(await gaps(0, 7)).toEqual([[4, 1]]);
    const known = async (first: number, last: number) =>
      (await db.all(proof.loggedOrders, { first: orders + first, last: orders + last })).map(
        ({ resource_id }) => resource_id - orders,
      );
    expect(await known(1, 9)).toEqual([3, 6, 9]);
    expect(await known(3, 6)).toEqual([3, 6]);
    expect(await known(4, 8)).toEqual([6]);
    const largest = await before(db);
    const order_returns: number[] = [];
    for (const reason of ["a", "b"])
      order_returns.push((await db.one(insertReturn, { order_id: orders + 1, returned_date: noon(1), reason })).id);
    const count = { reason: "r", created_date: noon(1), created_principal: "p" };
    const { id: stock_counts } = await db.one(insertCount, count);
    expect(await db.one(proof.largestIds)).toMatchObject({
      ...{ orders: largest.orders, order_details: largest.details, inventory_transactions: largest.entries },
      ...{ order_returns: order_returns[1], stock_counts },
    });
  }));
