// The SQL of purchasing, with purchase orders in which no two columns are alike.
import { afterAll, beforeAll, expect, test } from "bun:test";
import { sql } from "northwind-schema/sql";
import { type Database, decimal } from "sqlproof";
import { type BothEngines, startBothEngines, startTimeoutMs } from "../both-engines.ts";
import { employeeQueries } from "../resources/employees/queries.ts";
import { suppliersOfProduct } from "../resources/products/queries.ts";
import { supplierReferences } from "../resources/suppliers/queries.ts";
import {
  contact,
  noon,
  pieces,
  storeBalance,
  storeDetail,
  storeOrder,
  storeProduct,
  storePurchaseDetail,
  storeSeller,
  storeSupplier,
} from "../stored-goods.ts";
import * as queries from "./queries.ts";
import { reorderPages, reorderPagesOfSupplier, reorderRows } from "./reorder/queries.ts";

let api: BothEngines;
beforeAll(async () => {
  api = await startBothEngines();
  await api.onDatabases(store);
}, startTimeoutMs);
afterAll(() => api.stop());

const purchase = (supplier_id: number, status_id: number | null) => ({
  ...{ supplier_id, created_by: 1, submitted_by: 2, approved_by: 3, status_id, expected_date: noon(5) },
  ...{ submitted_date: noon(1), creation_date: noon(2), payment_date: noon(3), approved_date: noon(4) },
  ...{ closed_date: noon(6), shipping_fee: pieces(1), taxes: pieces(2), payment_amount: pieces(3) },
  ...{ payment_method: "method", notes: "notes", submitted_principal: "submitted", approved_principal: "approved" },
});

/** Purchase orders 1 to 12: of two suppliers, in three statuses. */
const purchases = Array.from({ length: 12 }, (_, index) => ({
  id: index + 1,
  ...{ supplier_id: (index % 2) + 1, status_id: [0, 1, null][index % 3] ?? null },
}));

async function store(db: Database): Promise<void> {
  for (const last_name of ["a", "b", "c"]) await db.one(employeeQueries.insert, { ...contact, last_name });
  for (const company of ["First", "Second", "Third"]) await storeSupplier(db, { company });
  for (const number of [1, 2, 3])
    await storeProduct(db, { product_code: `code ${number}`, product_name: `name ${number}` });
  for (const { id, supplier_id, status_id } of purchases) {
    const written = purchase(supplier_id, status_id);
    expect(await db.one(queries.insertPurchaseOrder, written)).toEqual({ id, version: 0, ...written });
  }
}

const ids = (rows: readonly { readonly id: number }[]) => rows.map(({ id }) => id);

test("the filters that name nothing", () =>
  api.onDatabases(async (db) => {
    const missing = async (supplier_id: number | null, status_id: number | null) =>
      (await db.all(queries.missingFilters, { supplier_id, status_id })).map(({ field }) => field);
    expect(await missing(3, 4)).toEqual([]);
    expect(await missing(null, null)).toEqual([]);
    expect(await missing(4, 0)).toEqual(["supplier_id"]);
    expect(await missing(1, 99)).toEqual(["status_id"]);
    expect(await missing(4, 99)).toEqual(["supplier_id", "status_id"]);
  }));

test("every column of a purchase order; an old version changes none", () =>
  api.onDatabases(async (db) => {
    const stored = { id: 1, version: 0, ...purchase(1, 0) };
    expect(await db.all(queries.purchaseOrdersByIds, { ids: [1] })).toEqual([stored]);
    const locked = await db.transaction((tx) => tx.all(queries.lockPurchaseOrders, { ids: [3, 1, 2] }));
    expect([locked[0], ids(locked)]).toEqual([stored, [1, 2, 3]]);
    const changed = {
      ...{ id: 2, supplier_id: 3, created_by: 2, submitted_by: 3, approved_by: 1, status_id: 2, notes: "n" },
      ...{ expected_date: noon(1), submitted_date: noon(2), creation_date: noon(3), payment_date: noon(4) },
      ...{ approved_date: noon(5), closed_date: noon(7), shipping_fee: pieces(4), taxes: pieces(5) },
      ...{ payment_amount: pieces(6), payment_method: "m", submitted_principal: "s", approved_principal: "a" },
    };
    expect(await db.run(queries.updatePurchaseOrder, { ...changed, version: 1 })).toEqual({ rowsAffected: 0 });
    expect(await db.run(queries.updatePurchaseOrder, { ...changed, version: 0 })).toEqual({ rowsAffected: 1 });
    const read = await db.all(queries.purchaseOrdersByIds, { ids: [1, 2] });
    expect(read.toSorted((a, b) => a.id - b.id)).toEqual([stored, { ...changed, version: 1 }]);
    expect(await db.one(supplierReferences, { id: 3 })).toEqual({ purchase_orders: 1 });
    await db.run(queries.updatePurchaseOrder, { ...purchase(2, 1), id: 2, version: 1 });
  }));

test("every page of purchase orders, the newest first", () =>
  api.onDatabases(async (db) => {
    const { all, ofStatus, ofSupplier, ofBoth } = queries.purchaseOrderPages;
    for (const id of [4, 7, 99])
      for (const rows of [1, 99]) {
        const older = purchases.filter((one) => one.id < id).toReversed();
        expect(ids(await db.all(all, { id, rows }))).toEqual(ids(older.slice(0, rows)));
        for (const status_id of [0, 1]) {
          const inStatus = older.filter((one) => one.status_id === status_id);
          expect(ids(await db.all(ofStatus, { id, rows, status_id }))).toEqual(ids(inStatus.slice(0, rows)));
          for (const supplier_id of [1, 2]) {
            const ofThem = (rest: typeof older) => rest.filter((one) => one.supplier_id === supplier_id).slice(0, rows);
            expect(ids(await db.all(ofSupplier, { id, rows, supplier_id }))).toEqual(ids(ofThem(older)));
            expect(ids(await db.all(ofBoth, { id, rows, supplier_id, status_id }))).toEqual(ids(ofThem(inStatus)));
          }
        }
      }
    const last = { id: 99, rows: 1, supplier_id: 1, status_id: 1 };
    for (const [query, id] of [
      [queries.purchaseOrderPages.ofSupplier, 11],
      [queries.purchaseOrderPages.ofBoth, 11],
    ] as const) {
      const [read] =
        query === ofBoth ? await db.all(ofBoth, last) : await db.all(ofSupplier, { id: 99, rows: 1, supplier_id: 1 });
      expect(read).toEqual({ id, version: 0, ...purchase(1, 1) });
    }
    const [first] = await db.all(all, { id: 2, rows: 1 });
    const [newest] = await db.all(ofStatus, { id: 99, rows: 1, status_id: 0 });
    expect(newest).toEqual({ id: 10, version: 0, ...purchase(2, 0) });
    const [inStatus] = await db.all(ofStatus, { id: 3, rows: 1, status_id: 1 });
    expect([first, inStatus?.id, inStatus?.notes]).toEqual([{ id: 1, version: 0, ...purchase(1, 0) }, 2, "notes"]);
  }));

/** Three orders, of which the two younger have details 1 to 4; what is bought for them, and for nobody. */
async function storeDetails(db: Database) {
  await storeOrder(db);
  const [order_id, later] = [await storeOrder(db), await storeOrder(db)];
  await storeDetail(db, { order_id: later, product_id: 1 });
  for (const product_id of [2, 3, null]) await storeDetail(db, { order_id, product_id });
  for (const [index, [purchase_order_id, product_id, position, order_detail_id]] of (
    [
      [12, 1, 2, 2],
      [12, 2, 1, null],
      [12, null, 1, 99],
      [11, 3, 9, 1],
      [10, 3, 1, null],
    ] as const
  ).entries()) {
    const detail = { purchase_order_id, product_id, position, order_detail_id, quantity: pieces(index + 1) };
    await storePurchaseDetail(db, 0, { ...detail, unit_cost: pieces(index + 11) });
  }
  return { order_id, later };
}

/** A detail of a purchase order, as it was bought. */
function bought(id: number, product: number | null) {
  const [product_code, product_name] = product === null ? [null, null] : [`code ${product}`, `name ${product}`];
  const none = { received: pieces(0), date_received: null, posted_to_inventory: false, inventory_id: null };
  const known = { product_id: product, product_code, product_name, quantity: pieces(id), unit_cost: pieces(id + 10) };
  return {
    id,
    ...known,
    ...none,
    purchase_order_version: 0,
    purchase_order_id: 12,
    order_detail_id: null,
    order_id: null,
  };
}

test("the details of purchase orders, as they are sent, received and deleted, and the details that wait for them", () =>
  api.onDatabases(async (db) => {
    const { order_id, later } = await storeDetails(db);
    const received = { received: decimal("0.5000"), date_received: noon(8), posted_to_inventory: true };
    await db.run(queries.receivePurchaseDetail, { id: 4, ...received });
    expect(await db.all(queries.purchaseDetails, { ids: [12, 11] })).toEqual([
      { ...bought(4, 3), ...received, purchase_order_id: 11, position: 9, order_detail_id: 1, order_id: later },
      { ...bought(2, 2), position: 1 },
      { ...bought(3, null), position: 1, order_detail_id: 99 },
      { ...bought(1, 1), position: 2, order_detail_id: 2, order_id },
    ]);
    const changed = { product_id: 3, quantity: pieces(7), unit_cost: pieces(8), position: 0, order_detail_id: 3 };
    await db.run(queries.updatePurchaseDetail, { id: 3, ...changed });
    const [moved, ...others] = await db.all(queries.purchaseDetails, { ids: [12] });
    expect([moved, others]).toMatchObject([{ id: 3, ...changed }, [{ id: 2, position: 1 }, { id: 1 }]]);
    await storePurchaseDetail(db, 0, { purchase_order_id: 12, product_id: 3, order_detail_id: null, position: 5 });
    expect((await db.all(queries.productsOfPurchase, { id: 12 })).map(Object.values)).toEqual([[1], [2], [3]]);
    await db.run(queries.deletePurchaseDetails, { ids: [1, 2] });
    expect(ids(await db.all(queries.purchaseDetails, { ids: [12, 11, 10] }))).toEqual([5, 4, 3, 6]);
    for (const [id, status_id] of [
      [1, 4],
      [2, 5],
      [3, 1],
    ] as const)
      await db.run(queries.linkDetail, { id, status_id, purchase_order_id: 12 });
    await db.run(queries.linkDetail, { id: 4, purchase_order_id: 11, status_id: 0 });
    expect((await db.all(queries.linkedOrders, { id: 12 })).map(Object.values)).toEqual([[order_id], [later]]);
    const linked = await db.all(queries.linkedDetails, { id: 12 });
    expect(linked.map((one) => `${one.id} ${one.product_id}`).sort()).toEqual(["1 1", "2 2", "3 3"]);
    expect((await db.all(statuses)).map(({ status_id }) => status_id)).toEqual([4, 5, 1, 0]);
  }));

const statuses = sql(`SELECT status_id FROM order_details ORDER BY id`);
const seat = sql(`
  INSERT INTO users (email_address, name, employee_id, roles, search_text) VALUES (:mail, 'n', :employee_id, '', '')
`);

test("who sells products and on which terms, the preferred supplier first", () =>
  api.onDatabases(async (db) => {
    for (const [product_id, supplier_id, position] of [
      [1, 1, 2],
      [1, 2, 1],
      [1, 3, 2],
      [2, 3, 1],
      [2, 1, 3],
      [3, 2, 1],
    ] as const) {
      const terms = { pack_quantity: pieces(4), minimum_quantity: pieces(5), lead_time_days: 6 };
      const named = { supplier_product_code: `code ${supplier_id}`, unit_cost: pieces(product_id * 10 + supplier_id) };
      await storeSeller(db, { product_id, supplier_id, position, ...named, ...terms });
    }
    const companies = ["First", "Second", "Third"];
    const terms = (product_id: number, supplier_id: number) => ({
      ...{ product_id, supplier_id, company: companies[supplier_id - 1] ?? null, lead_time_days: 6 },
      ...{ unit_cost: pieces(product_id * 10 + supplier_id), pack_quantity: pieces(4), minimum_quantity: pieces(5) },
    });
    const wanted = [terms(1, 2), terms(1, 1), terms(1, 3), terms(2, 3), terms(2, 1)];
    expect(await db.all(queries.termsOfProducts, { product_ids: [2, 1] })).toEqual(wanted);
    const ofSupplier = await db.all(queries.termsOfSupplier, { supplier_id: 1, product_ids: [1, 2, 3] });
    expect(ofSupplier.toSorted((a, b) => a.product_id - b.product_id)).toEqual([
      { product_id: 1, unit_cost: pieces(11) },
      { product_id: 2, unit_cost: pieces(21) },
    ]);
    const ofProduct = await db.all(suppliersOfProduct, { product_id: 1 });
    const sellers = await db.all(queries.suppliersWithProduct, { id: 1 });
    expect(ofProduct.map(({ supplier_id }) => supplier_id)).toEqual([2, 1, 3]);
    expect(sellers).toMatchObject(ofProduct);
    const position = (supplier_id: number) => (supplier_id === 2 ? 1 : 2);
    expect(sellers).toEqual(
      wanted.slice(0, 3).map((one) => ({
        ...{
          ...one,
          version: 0,
          position: position(one.supplier_id),
          supplier_product_code: `code ${one.supplier_id}`,
        },
      })),
    );
  }));

test("what is bought, also of a product that nobody sells; whose employee a user is", () =>
  api.onDatabases(async (db) => {
    const levels = { reorder_level: 4, target_level: 5, minimum_reorder_quantity: 6, sold_in_fractions: true };
    const id = await storeProduct(db, { ...levels, standard_cost: pieces(7), discontinued: true, stocked: true });
    const bought = { id, ...levels, standard_cost: pieces(7), discontinued: true, stocked: true };
    expect(await db.transaction((tx) => tx.all(queries.lockBoughtProducts, { ids: [id] }))).toEqual([bought]);
    const [none] = await db.all(queries.suppliersWithProduct, { id });
    expect(none).toMatchObject({ product_id: id, supplier_id: null, position: null, company: null });
    for (const [mail, employee_id] of [
      ["a", 3],
      ["b", 2],
      ["c", null],
    ] as const)
      await db.run(seat, { mail, employee_id });
    expect(await db.one(queries.employeeOfUser, { id: 2 })).toEqual({ employee_id: 2 });
  }));

test("every page of what is to be reordered, also of one supplier, and what the quantities follow from", () =>
  api.onDatabases(async (db) => {
    const supplier_id = await storeSupplier(db, {});
    const stored: { id: number; to_reorder: number; low: boolean; sold: boolean; listed: boolean }[] = [];
    for (const discontinued of [false, true])
      for (const to_reorder of [0, 1, 7])
        for (const low of [false, true])
          for (const sold of [false, true]) {
            const levels = { reorder_level: 4, target_level: 5, minimum_reorder_quantity: 6, standard_cost: pieces(9) };
            const id = await storeProduct(db, { ...levels, discontinued, product_code: "code", product_name: "name" });
            const balance = { on_hand: pieces(3), allocated: pieces(1), on_order: pieces(2), back_ordered: pieces(8) };
            const wanted = to_reorder === 1 ? decimal("0.5000") : pieces(to_reorder);
            await storeBalance(db, id, { ...balance, to_reorder: wanted, low });
            await storeSeller(db, { product_id: id, supplier_id: sold ? supplier_id : 1 });
            stored.push({ id, to_reorder, low, sold, listed: !discontinued });
          }
    const products = (rows: readonly { readonly product_id: number }[]) => rows.map(({ product_id }) => product_id);
    for (const id of [0, ...[1, 3, 6].flatMap((index) => stored[index]?.id ?? [])])
      for (const rows of [2, 99]) {
        const listed = stored.filter((one) => one.listed && one.id > id);
        const low = listed.filter((one) => one.low);
        const below = listed.filter(({ to_reorder }) => to_reorder > 0);
        const sold = (rest: typeof listed) => ids(rest.filter((one) => one.sold).slice(0, rows));
        expect(products(await db.all(reorderPages.reorder, { id, rows }))).toEqual(ids(low.slice(0, rows)));
        expect(products(await db.all(reorderPages.target, { id, rows }))).toEqual(ids(below.slice(0, rows)));
        const ofSupplier = { id, rows, supplier_id };
        expect(products(await db.all(reorderPagesOfSupplier.reorder, ofSupplier))).toEqual(sold(low));
        expect(products(await db.all(reorderPagesOfSupplier.target, ofSupplier))).toEqual(sold(below));
      }
    const [first, second] = [stored[9]?.id ?? 0, stored[0]?.id ?? 0];
    const read = await db.all(reorderRows, { product_ids: [first, second] });
    expect(products(read)).toEqual([second, first]);
    expect(read[1]).toEqual({
      ...{ product_id: first, product_code: "code", product_name: "name", discontinued: false, stocked: true },
      ...{ sold_in_fractions: false, standard_cost: pieces(9), on_hand: pieces(3), allocated: pieces(1) },
      ...{ on_order: pieces(2), back_ordered: pieces(8), reorder_level: 4, target_level: 5 },
      ...{ minimum_reorder_quantity: 6, to_reorder: pieces(7), low: false },
    });
  }));
