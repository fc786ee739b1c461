// The SQL of the worklists: who is on each list and who is not, and that each ends after 1,001 rows.
import { afterAll, beforeAll, expect, test } from "bun:test";
import { sql } from "northwind-schema/sql";
import { type Database, dateTime, type Transaction } from "sqlproof";
import { type BothEngines, startBothEngines, startTimeoutMs } from "../both-engines.ts";
import {
  noon,
  pieces,
  storeBalance,
  storeCustomer,
  storeDetail,
  storeOrder,
  storeProduct,
  storePurchase,
  storePurchaseDetail,
  storeSupplier,
} from "../stored-goods.ts";
import * as queries from "./queries.ts";

let api: BothEngines;
beforeAll(async () => {
  api = await startBothEngines();
}, startTimeoutMs);
afterAll(() => api.stop());

/** What the detail of an order is about: whether anything of its product is available, or its stock is not kept. */
const kinds = [
  "available",
  "exhausted",
  "unstocked",
  "covered",
  "allocated",
  "shipped",
  "nothing",
  "exhaustedAndCovered",
] as const;

interface Stored {
  readonly id: number;
  readonly kind: (typeof kinds)[number];
  readonly status_id: number | null;
  readonly order_date: string;
  readonly shipped: boolean;
  readonly customer_id: number | null;
}

async function store(db: Database): Promise<Stored[]> {
  const customer = await storeCustomer(db, { company: "Cafe", first_name: "Ann", last_name: "Lee" });
  const [available, exhausted, unstocked] = [await storeProduct(db), await storeProduct(db), await storeProduct(db)];
  await storeBalance(db, available, { on_hand: pieces(3), allocated: pieces(2) });
  await storeBalance(db, exhausted, { on_hand: pieces(3), allocated: pieces(3) });
  const stored: Stored[] = [];
  for (const status_id of [0, null, 1, 2, 3, 4])
    for (const [index, kind] of kinds.entries())
      for (const shipped of [false, true]) {
        const order_date = noon(((index * 5 + stored.length * 3) % 4) + 1);
        const customer_id = stored.length % 3 === 0 ? null : customer;
        const order = { status_id, order_date, shipped_date: shipped ? noon(9) : null, customer_id };
        const id = await storeOrder(db, order);
        const detail = {
          order_id: id,
          product_id: kind === "exhausted" || kind === "exhaustedAndCovered" ? exhausted : available,
        };
        const held = {
          quantity: pieces(5),
          shipped: pieces(2),
          allocated: pieces(kind === "covered" || kind === "exhaustedAndCovered" ? 3 : 0),
        };
        if (kind === "unstocked") await storeDetail(db, { ...detail, ...held, product_id: unstocked });
        else if (kind === "allocated") await storeDetail(db, { ...detail, ...held, allocated: pieces(1) });
        else if (kind === "shipped") await storeDetail(db, { ...detail, quantity: pieces(5), shipped: pieces(5) });
        else if (kind !== "nothing") await storeDetail(db, { ...detail, ...held });
        stored.push({ id, kind, status_id, order_date, shipped, customer_id });
      }
  return stored;
}

test("orders to allocate, short, to invoice, to ship and late", () =>
  api.onDatabases(async (db) => {
    const stored = await store(db);
    const open = (one: Stored) => one.status_id === null || one.status_id < 2;
    const wanted = (passes: (one: Stored) => boolean) =>
      stored
        .filter(passes)
        .toSorted((a, b) => (a.order_date < b.order_date ? -1 : a.order_date > b.order_date ? 1 : a.id - b.id))
        .map(({ id, order_date, status_id, customer_id }) => ({
          ...{ id, order_date: dateTime(order_date), status_id },
          ...(customer_id === null
            ? { company: null, first_name: null, last_name: null }
            : { company: "Cafe", first_name: "Ann", last_name: "Lee" }),
        }));
    const is =
      (...among: readonly Stored["kind"][]) =>
      (one: Stored) =>
        among.includes(one.kind);
    const [waits, short] = [is("available", "allocated"), is("exhausted")];
    expect(await db.all(queries.ordersToAllocate)).toEqual(wanted((one) => open(one) && waits(one)));
    expect(await db.all(queries.shortOrders)).toEqual(wanted((one) => open(one) && short(one)));
    const covered = is("unstocked", "covered", "exhaustedAndCovered", "shipped");
    const isNew = ({ status_id }: Stored) => status_id === 0 || status_id === null;
    expect(await db.all(queries.ordersToInvoice)).toEqual(wanted((one) => isNew(one) && covered(one)));
    const ready = is("unstocked", "covered", "exhaustedAndCovered", "allocated");
    expect(await db.all(queries.invoicedOrdersToShip)).toEqual(wanted((one) => one.status_id === 1 && ready(one)));
    expect(await db.all(queries.openOrdersToShip)).toEqual(wanted((one) => open(one) && ready(one)));
    const late = wanted((one) => open(one) && one.order_date <= noon(3) && !one.shipped);
    expect(await db.all(queries.lateOrders, { before: noon(3) })).toEqual(late);
    const dates = await db.all(queries.orderDates, { ids: [2, 5] });
    expect(dates.toSorted((a, b) => a.id - b.id).map((one) => one.order_date)).toEqual(
      [2, 5].flatMap((id) => dateTime(stored[id - 1]?.order_date ?? "")),
    );
  }));

test("purchase orders to approve and to receive, and products to reorder", () =>
  api.onDatabases(async (db) => {
    const supplier_id = await storeSupplier(db, { company: "Imports" });
    const made: { id: number; status_id: number | null; day: number; place: number }[] = [];
    let details = 0;
    for (const status_id of [null, 0, 1, 2, 3, 4])
      for (const [place, day] of [4, 2, 2, 3].entries()) {
        const given = { status_id, expected_date: noon(day), closed_date: noon(9) };
        const id = await storePurchase(db, { ...given, supplier_id: place === 3 ? null : supplier_id });
        for (const received of [5, place === 1 ? 5 : 4]) {
          if (place === 0 && received === 5) continue;
          details += 1;
          const detail = { purchase_order_id: id, quantity: pieces(5), received: pieces(received) };
          await storePurchaseDetail(db, details, detail);
        }
        made.push({ id, status_id, day, place });
      }
    const wanted = (status: number, passes: (place: number) => boolean) =>
      made
        .filter((one) => one.status_id === status && passes(one.place))
        .toSorted((a, b) => a.day - b.day || a.id - b.id)
        .map(({ id, status_id, day, place }) => ({
          ...{ id, status_id, expected_date: noon(day), company: place === 3 ? null : "Imports" },
        }));
    expect(await db.all(queries.purchaseOrdersToApprove)).toEqual(wanted(1, () => true));
    expect(await db.all(queries.purchaseOrdersToReceive)).toEqual(wanted(2, (place) => place !== 1));
    const expected = await db.all(queries.expectedDates, { ids: [2, 4] });
    expect(expected.toSorted((a, b) => a.id - b.id)).toEqual([
      { id: 2, expected_date: noon(2) },
      { id: 4, expected_date: noon(3) },
    ]);
    const low: number[] = [];
    for (const discontinued of [true, false, false])
      for (const isLow of [true, false]) {
        const id = await storeProduct(db, { discontinued, product_code: "code", product_name: "name" });
        await storeBalance(db, id, { low: isLow, to_reorder: pieces(isLow ? 3 : 4) });
        if (isLow && !discontinued) low.push(id);
      }
    const product = { product_code: "code", product_name: "name", to_reorder: pieces(3) };
    expect(await db.all(queries.productsToReorder)).toEqual(low.map((id) => ({ id, ...product })));
  }));

const insertProduct = sql(`INSERT INTO products (product_name, stocked, search_text) VALUES (:name, TRUE, '')`);
const insertBalance = sql(`INSERT INTO product_stock (product_id, low) VALUES (:product_id, TRUE)`);
const insertOrder = sql(`INSERT INTO orders (status_id, order_date, search_text) VALUES (:status_id, :order_date, '')`);
const insertPurchase = sql(`INSERT INTO purchase_orders (status_id) VALUES (:status_id)`);
const newest = sql(`
  SELECT (SELECT MAX(id) FROM products) AS products, (SELECT MAX(id) FROM orders) AS orders,
    (SELECT MAX(id) FROM purchase_orders) AS purchases
`);
const insertDetail = sql(`
  INSERT INTO order_details (order_id, product_id, quantity, allocated) VALUES (:order_id, :product_id, 5, 1)
`);
const insertPurchaseDetail = sql(`
  INSERT INTO purchase_order_details (purchase_order_id, quantity, unit_cost) VALUES (:purchase_order_id, 1, 1)
`);

const numbers = Array.from({ length: 1002 }, (_, index) => index);

/** Orders to allocate that are short and late and can be shipped, orders to invoice, purchase orders and products. */
async function storeMany(tx: Transaction, available: number, exhausted: number): Promise<void> {
  const each = <T>(row: (number: number) => T) => numbers.map(row);
  await tx.runMany(
    insertProduct,
    each((number) => ({ name: `${number}` })),
  );
  await tx.runMany(
    insertOrder,
    each(() => ({ status_id: 1, order_date: noon(1) })),
  );
  await tx.runMany(
    insertPurchase,
    each(() => ({ status_id: 1 })),
  );
  const { products, orders } = await tx.one(newest);
  await tx.runMany(
    insertBalance,
    each((number) => ({ product_id: (products ?? 0) - number })),
  );
  for (const product_id of [available, exhausted])
    await tx.runMany(
      insertDetail,
      each((number) => ({ order_id: (orders ?? 0) - number, product_id })),
    );
  await tx.runMany(
    insertOrder,
    each(() => ({ status_id: 0, order_date: noon(9) })),
  );
  await tx.runMany(
    insertPurchase,
    each(() => ({ status_id: 2 })),
  );
  const last = await tx.one(newest);
  await tx.runMany(
    insertDetail,
    each((number) => ({ order_id: (last.orders ?? 0) - number, product_id: null })),
  );
  await tx.runMany(
    insertPurchaseDetail,
    each((number) => ({ purchase_order_id: (last.purchases ?? 0) - number })),
  );
}

test("no list has more than 1,001 rows", () =>
  api.onDatabases(async (db) => {
    const [available, exhausted] = [await storeProduct(db), await storeProduct(db)];
    await storeBalance(db, available, { on_hand: pieces(1) });
    await storeBalance(db, exhausted, {});
    await db.transaction((tx) => storeMany(tx, available, exhausted));
    for (const query of [
      ...[queries.ordersToAllocate, queries.shortOrders, queries.ordersToInvoice, queries.invoicedOrdersToShip],
      queries.openOrdersToShip,
    ])
      expect((await db.all(query)).length).toBe(1001);
    expect((await db.all(queries.lateOrders, { before: noon(8) })).length).toBe(1001);
    for (const query of [queries.purchaseOrdersToApprove, queries.purchaseOrdersToReceive])
      expect((await db.all(query)).length).toBe(1001);
    expect((await db.all(queries.productsToReorder)).length).toBe(1001);
  }));
