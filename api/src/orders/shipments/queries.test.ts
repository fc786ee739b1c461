// The SQL of what leaves and what comes back: pages of shipments and returns, and what is in them.
import { afterAll, beforeAll, expect, test } from "bun:test";
import { type Database, type DateTime, dateTime, type Query } from "sqlproof";
import { type BothEngines, startBothEngines, startTimeoutMs } from "../../both-engines.ts";
import { shipperQueries } from "../../resources/shippers/queries.ts";
import { contact, noon, pieces, storeDetail, storeOrder, storeProduct } from "../../stored-goods.ts";
import * as returns from "../returns/queries.ts";
import * as stock from "../stock/queries.ts";
import * as queries from "./queries.ts";

let api: BothEngines;
beforeAll(async () => {
  api = await startBothEngines();
  await api.onDatabases(store);
}, startTimeoutMs);
afterAll(() => api.stop());

/** The days of shipments and returns 1 to 9; several are of one day, and the older ones have the larger ids. */
const days = [4, 3, 3, 3, 2, 2, 5, 1, 1];

/** Two shippers, orders 1 to 9, and of each a shipment and a return, the last order's first; details 1 to 6 of order 1. */
async function store(db: Database): Promise<void> {
  for (const company of ["Fast", "Slow"]) await db.one(shipperQueries.insert, { ...contact, company });
  const products = [
    await storeProduct(db, { product_code: "T", product_name: "Tea", quantity_per_unit: "box", location: "A-1" }),
    await storeProduct(db, { product_code: "J", product_name: "Jam", quantity_per_unit: "jar", location: "B-2" }),
  ];
  for (const _ of days) await storeOrder(db);
  for (const [index, day] of days.entries()) {
    const order_id = days.length - index;
    const tracking = { tracking_number: `track ${index + 1}`, notes: `note ${index + 1}` };
    const shipment = { order_id, shipper_id: (index % 2) + 1, shipped_date: noon(day), ...tracking };
    expect(await db.one(stock.insertShipment, shipment)).toEqual({ id: index + 1 });
    const made = { order_id, returned_date: noon(day), reason: `reason ${index + 1}` };
    expect(await db.one(returns.insertReturn, made)).toEqual({ id: index + 1, version: 0, ...made });
  }
  const sold = { product_code: "S", product_name: "Sold", quantity_per_unit: "bag" };
  const [tea, jam] = products;
  for (const [position, product_id, as] of [
    [3, tea, sold],
    [1, jam, { product_code: "ignored", quantity_per_unit: "ignored" }],
    [2, null, {}],
    [2, jam, sold],
    [1, tea, {}],
    [1, tea, {}],
  ] as const)
    await storeDetail(db, {
      order_id: 1,
      product_id: product_id ?? null,
      position,
      allocated: pieces(position),
      ...as,
    });
  await storeDetail(db, { order_id: 1, product_id: tea ?? null });
  await storeDetail(db, { order_id: 2, product_id: tea ?? null, allocated: pieces(7) });
}

interface Place {
  readonly from: DateTime;
  readonly before: DateTime;
  readonly before_id: number;
  readonly rows: number;
}

const ids = (rows: readonly { readonly id: number }[]) => rows.map(({ id }) => id);

/** Behind every place, the same rows as those found here without SQL. */
async function pages(db: Database, query: Query<Place, { readonly id: number }>, of: (id: number) => boolean) {
  const all = days.map((day, index) => ({ id: index + 1, day }));
  for (const first of [1, 2, 3])
    for (const day of [2, 3, 5])
      for (const before_id of [2, 3, 5, 8, 99])
        for (const rows of [2, 9]) {
          const found = await db.all<Place, { readonly id: number }, Place>(query, {
            ...{ from: noon(first), before: noon(day), before_id, rows },
          });
          const wanted = all
            .filter(
              (one) => of(one.id) && one.day >= first && (one.day < day || (one.day === day && one.id < before_id)),
            )
            .toSorted((a, b) => b.day - a.day || b.id - a.id);
          expect([first, day, before_id, ids(found)]).toEqual([first, day, before_id, ids(wanted.slice(0, rows))]);
        }
}

test("every page of shipments, of those of one shipper, and of returns", () =>
  api.onDatabases(async (db) => {
    await pages(db, queries.shipmentPage, () => true);
    await pages(db, returns.returnPage, () => true);
    for (const shipper_id of [1, 2])
      for (const before_id of [3, 4, 99])
        for (const rows of [1, 9]) {
          const place = { shipper_id, from: noon(2), before: noon(3), before_id, rows };
          const wanted = [4, 3, 2].filter((id) => id < before_id).concat(6, 5);
          expect(ids(await db.all(queries.shipmentPageOfShipper, place))).toEqual(
            wanted.filter((id) => (id - 1) % 2 === shipper_id - 1).slice(0, rows),
          );
        }
    const late = { shipper_id: 1, from: noon(1), before: dateTime("2024-01-09T00:00:00"), before_id: 1, rows: 9 };
    expect(ids(await db.all(queries.shipmentPageOfShipper, late))).toEqual([7, 1, 3, 5, 9]);
  }));

const shipment = (id: number) => ({
  ...{ id, order_id: days.length + 1 - id, shipper_id: ((id - 1) % 2) + 1, shipped_date: noon(days[id - 1] ?? 0) },
  ...{ tracking_number: `track ${id}`, notes: `note ${id}`, version: 0 },
});
const returned = (id: number) => ({
  ...{ id, order_id: days.length + 1 - id, returned_date: noon(days[id - 1] ?? 0), reason: `reason ${id}`, version: 0 },
});

test("shipments and returns by id and of an order; an old version changes no shipment", () =>
  api.onDatabases(async (db) => {
    const second = await storeReturn(db, 3);
    expect(await db.all(queries.shipmentsByIds, { ids: [3] })).toEqual([shipment(3)]);
    expect(await db.transaction((tx) => tx.all(queries.lockShipments, { ids: [3] }))).toEqual([shipment(3)]);
    expect(await db.all(returns.returnsByIds, { ids: [3] })).toEqual([returned(3)]);
    const ofOrder = await db.all(returns.returnsOfOrder, { order_id: 3 });
    expect([ids(ofOrder), ofOrder[0]]).toEqual([[7, second], returned(7)]);
    const again = { order_id: 3, shipper_id: null, shipped_date: noon(1), tracking_number: null, notes: null };
    const { id: last } = await db.one(stock.insertShipment, again);
    const sent = await db.all(queries.shipmentsOfOrder, { order_id: 3 });
    expect([ids(sent), sent[0]]).toEqual([[7, last], shipment(7)]);
    const [page] = await db.all(queries.shipmentPage, { from: noon(5), before: noon(5), before_id: 99, rows: 1 });
    const place = { shipper_id: 1, from: noon(5), before: noon(5), before_id: 99, rows: 1 };
    const [ofShipper] = await db.all(queries.shipmentPageOfShipper, place);
    expect([page, ofShipper]).toEqual([shipment(7), shipment(7)]);
    const [back] = await db.all(returns.returnPage, { from: noon(5), before: noon(5), before_id: 99, rows: 1 });
    expect(back).toEqual(returned(7));
    expect(ids(await db.all(stock.shipmentsOfOrder, { order_id: 3 })).sort((a, b) => a - b)).toEqual([7, last]);
    const changed = { id: 5, tracking_number: "new", notes: "other" };
    expect(await db.run(queries.updateShipment, { ...changed, version: 1 })).toEqual({ rowsAffected: 0 });
    expect(await db.run(queries.updateShipment, { ...changed, version: 0 })).toEqual({ rowsAffected: 1 });
    const read = await db.all(queries.shipmentsByIds, { ids: [4, 5] });
    expect(read.toSorted((a, b) => a.id - b.id)).toEqual([shipment(4), { ...shipment(5), ...changed, version: 1 }]);
  }));

const storeReturn = async (db: Database, order_id: number) =>
  (await db.one(returns.insertReturn, { order_id, returned_date: noon(1), reason: "again" })).id;

/** What details 1 to 6 show of their products. */
const shown = [
  ["S", "Sold", "bag", "A-1"],
  ["J", "Jam", "jar", "B-2"],
  [null, null, null, null],
  ["S", "Sold", "bag", "B-2"],
  ["T", "Tea", "box", "A-1"],
  ["T", "Tea", "box", "A-1"],
];

test("what is in shipments: each product as it was sold, and where it lies now", () =>
  api.onDatabases(async (db) => {
    for (const [shipment_id, order_detail_id] of [
      ...[
        [2, 1],
        [2, 2],
        [2, 3],
        [2, 4],
      ],
      ...[
        [1, 6],
        [1, 5],
        [1, 1],
        [3, 1],
      ],
    ] as const)
      await db.run(stock.insertShipmentDetail, {
        ...{
          shipment_id: shipment_id ?? 0,
          order_detail_id: order_detail_id ?? 0,
          quantity: pieces(order_detail_id ?? 0),
        },
      });
    const contents = await db.all(queries.contentsOfShipments, { shipment_ids: [2, 1] });
    expect(contents.map((one) => [one.shipment_id, one.order_detail_id])).toEqual([
      ...[
        [1, 5],
        [1, 6],
        [1, 1],
        [2, 2],
        [2, 3],
        [2, 4],
        [2, 1],
      ],
    ]);
    for (const one of contents)
      expect([one.quantity, one.product_code, one.product_name, one.quantity_per_unit, one.location]).toEqual([
        ...[pieces(one.order_detail_id), ...(shown[one.order_detail_id - 1] ?? [])],
      ]);
    await db.run(stock.deleteShipmentDetails, { shipment_ids: [1, 2] });
    const left = await db.all(queries.contentsOfShipments, { shipment_ids: [1, 2, 3] });
    expect(left.map(({ shipment_id }) => shipment_id)).toEqual([3]);
    await db.run(stock.deleteShipments, { shipment_ids: [1, 2] });
    const rest = await db.all(queries.shipmentsByIds, { ids: [1, 2, 3, 4] });
    expect(ids(rest).sort((a, b) => a - b)).toEqual([3, 4]);
  }));

test("what is in returns: each product as it was sold, and where it lies now", () =>
  api.onDatabases(async (db) => {
    for (const [order_return_id, order_detail_id] of [
      ...[
        [2, 4],
        [2, 1],
        [2, 3],
      ],
      ...[
        [1, 2],
        [1, 1],
        [3, 1],
      ],
    ] as const)
      await db.run(returns.insertReturnDetail, {
        ...{ order_return_id: order_return_id ?? 0, order_detail_id: order_detail_id ?? 0 },
        ...{ quantity: pieces(order_detail_id ?? 0), disposition: `to ${order_detail_id}` },
      });
    const back = await db.all(returns.contentsOfReturns, { order_return_ids: [2, 1] });
    expect(back.map((one) => [one.order_return_id, one.order_detail_id, one.id])).toEqual([
      ...[
        [1, 2, 4],
        [1, 1, 5],
        [2, 4, 1],
        [2, 1, 2],
        [2, 3, 3],
      ],
    ]);
    for (const one of back)
      expect([
        one.quantity,
        one.disposition,
        one.product_code,
        one.product_name,
        one.quantity_per_unit,
        one.location,
      ]).toEqual([
        ...[pieces(one.order_detail_id), `to ${one.order_detail_id}`, ...(shown[one.order_detail_id - 1] ?? [])],
      ]);
  }));

test("what orders hold, by product and order, and nothing of what has no product", () =>
  api.onDatabases(async (db) => {
    const held = await db.all(queries.heldDetails, { order_ids: [2, 1] });
    expect(held.map(({ product_id, order_id, id }) => [product_id, order_id, id])).toEqual([
      ...[
        [1, 1, 5],
        [1, 1, 6],
        [1, 1, 1],
        [1, 2, 8],
        [2, 1, 2],
        [2, 1, 4],
      ],
    ]);
    expect(held[4]).toEqual({
      ...{ id: 2, order_id: 1, product_id: 2, product_code: "J", product_name: "Jam", quantity_per_unit: "jar" },
      ...{ location: "B-2", allocated: pieces(1) },
    });
  }));
