// The SQL of the stock: its pages with every filter, against the same products found here without SQL, what of a product
// is open and owed, and its counts.
import { afterAll, beforeAll, expect, test } from "bun:test";
import { type Database, decimal } from "sqlproof";
import { type BothEngines, startBothEngines, startTimeoutMs } from "../both-engines.ts";
import { wordPattern } from "../contract/text.ts";
import { largestOpen, largestOwed, lockBalances, lockLevels, openQuantity, owedQuantity } from "../ledger/queries.ts";
import { phone, words } from "../orders/list/stored-orders.ts";
import { balancesOfProducts } from "../orders/stock/queries.ts";
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
} from "../stored-goods.ts";
import * as counts from "./counts/queries.ts";
import {
  entriesOfProduct,
  stockByProducts,
  stockPages,
  stockPagesByLow,
  stockPagesByReorder,
  stockPagesOfProducts,
} from "./queries.ts";

let api: BothEngines;
beforeAll(async () => {
  api = await startBothEngines();
}, startTimeoutMs);
afterAll(() => api.stop());

interface Stocked {
  readonly id: number;
  readonly text: string;
  readonly to_reorder: number;
  readonly low: boolean;
}

/** Products with all words, without one of them, with the phone number and with nothing, each with every balance. */
async function storeStock(db: Database): Promise<Stocked[]> {
  await storeProduct(db, { search_text: words.join(" ") });
  const texts = [words.join(" "), ...words.map((word) => words.filter((other) => other !== word).join(" ")), phone, ""];
  const stored: Stocked[] = [];
  for (const to_reorder of [0, 1, 5])
    for (const low of [false, true])
      for (const text of texts) {
        const id = await storeProduct(db, { search_text: text });
        await storeBalance(db, id, { to_reorder: pieces(to_reorder), low });
        stored.push({ id, text, to_reorder, low });
      }
  await storeProduct(db, { search_text: words.join(" ") });
  return stored;
}

interface Filter {
  readonly asked: number;
  readonly phone: string | null;
  readonly least: number;
  readonly most: number;
  readonly low: boolean | null;
  readonly products: readonly number[] | null;
}

const sorts = ["id", "-id", "name", "-name"] as const;
type Sort = (typeof sorts)[number];
type Place = Pick<Stocked, "id" | "text">;

function wordsOf({ asked, phone: digits }: Filter) {
  const word = (index: number) => (index < asked ? wordPattern(words[index] ?? "") : null);
  return { word1: word(0), word2: word(1), word3: word(2), word4: word(3), word5: word(4), phone: digits };
}

/** The page behind a place, by each of the queries that find these products. */
async function pagesOf(db: Database, sort: Sort, filter: Filter, place: Place, rows: number) {
  const { low, products } = filter;
  const plain = { ...wordsOf(filter), id: place.id, rows };
  const named = { ...plain, name: place.text };
  const reorder = { least: pieces(filter.least), most: pieces(filter.most) };
  const product_ids = products ?? [];
  if (sort === "id" || sort === "-id") {
    if (products !== null) return db.all(stockPagesOfProducts[sort], { ...plain, ...reorder, low, product_ids });
    if (low !== null) return db.all(stockPagesByLow[sort], { ...plain, ...reorder, low });
    if (filter.most < 9) return db.all(stockPagesByReorder[sort], { ...plain, ...reorder });
    return db.all(stockPages[sort], plain);
  }
  if (products !== null) return db.all(stockPagesOfProducts[sort], { ...named, ...reorder, low, product_ids });
  if (low !== null) return db.all(stockPagesByLow[sort], { ...named, ...reorder, low });
  if (filter.most < 9) return db.all(stockPagesByReorder[sort], { ...named, ...reorder });
  return db.all(stockPages[sort], named);
}

function passes(one: Stocked, filter: Filter): boolean {
  const hasWords = words.slice(0, filter.asked).every((word) => one.text.includes(word));
  return (
    (filter.asked === 0 || hasWords || (filter.phone !== null && one.text.includes(phone))) &&
    one.to_reorder >= filter.least &&
    one.to_reorder <= filter.most &&
    (filter.low === null || one.low === filter.low) &&
    (filter.products === null || filter.products.includes(one.id))
  );
}

const compared = (sort: Sort, a: Place, b: Place) => {
  const byText = a.text < b.text ? -1 : a.text > b.text ? 1 : 0;
  const upwards = (sort.endsWith("name") ? byText : 0) || a.id - b.id;
  return sort.startsWith("-") ? -upwards : upwards;
};

const any = { asked: 0, phone: null, least: 0, most: 9, low: null, products: null };
const wordFilters = [
  ...[0, 1, 2, 3, 4, 5].map((asked) => ({ ...any, asked })),
  { ...any, asked: 5, phone: `%${phone}%` },
];

test("GET /api/stock 200: every page of every sort and filter", () =>
  api.onDatabases(async (db) => {
    const stored = await storeStock(db);
    const chosen = stored.filter((_, index) => index % 3 !== 1).map(({ id }) => id);
    const filters = wordFilters.flatMap((filter): Filter[] => [
      ...[filter, { ...filter, least: 1, most: 4 }, { ...filter, most: 0 }],
      ...[
        { ...filter, low: true },
        { ...filter, low: false, least: 1, most: 4 },
      ],
      ...[
        { ...filter, products: chosen },
        { ...filter, products: chosen, low: true, least: 1, most: 4 },
      ],
    ]);
    const places = [0, 21, 46, 47].flatMap((index) => stored[index] ?? []);
    for (const filter of filters)
      for (const sort of sorts)
        for (const place of places)
          for (const rows of [2, 99]) {
            const wanted = stored.filter((one) => passes(one, filter) && compared(sort, one, place) > 0);
            const found = await pagesOf(db, sort, filter, place, rows);
            expect([filter, sort, place, found]).toEqual([
              ...[filter, sort, place],
              wanted
                .toSorted((a, b) => compared(sort, a, b))
                .slice(0, rows)
                .map(({ id, text }) => ({ id, search_text: text })),
            ]);
          }
  }));

const statuses = [null, 0, 1, 2, 3, 4] as const;

test("PUT /api/products/{id} 200: what customers wait for and what suppliers owe when a stock begins to be kept", () =>
  api.onDatabases(async (db) => {
    const [tea, other, late] = [await storeProduct(db), await storeProduct(db), await storeProduct(db)];
    // Ids of details that are not those of orders, and more than one detail for each.
    await storeOrder(db);
    for (const [index, status_id] of statuses.entries()) {
      const order_id = await storeOrder(db, { status_id });
      const purchase_order_id = await storePurchase(db, { status_id });
      const quantity = pieces(10 ** index * 4);
      for (const product_id of [tea, tea, other]) {
        await storeDetail(db, { order_id, product_id, quantity, shipped: pieces(1), allocated: pieces(2) });
        await storePurchaseDetail(db, 0, { purchase_order_id, product_id, quantity });
      }
    }
    // One has come in in part, and one more than was ordered.
    await storePurchaseDetail(db, 19, {
      purchase_order_id: 1,
      product_id: tea,
      quantity: pieces(4),
      received: pieces(1),
    });
    await storePurchaseDetail(db, 20, {
      purchase_order_id: 1,
      product_id: tea,
      quantity: pieces(4),
      received: pieces(9),
    });
    expect(await db.one(largestOpen, { product_id: tea })).toEqual({ largest: pieces(400 - 3), details: 6 });
    expect(await db.one(largestOwed, { product_id: tea })).toEqual({ largest: pieces(4000), details: 9 });
    await storePurchaseDetail(db, 21, {
      ...{ purchase_order_id: 1, product_id: late, quantity: pieces(4), received: pieces(1) },
    });
    expect(await db.one(largestOwed, { product_id: late })).toEqual({ largest: pieces(3), details: 1 });
    expect(await db.one(openQuantity, { product_id: tea })).toEqual({ open: pieces(2 * (4 + 40 + 400 - 9)) });
    expect(await db.one(owedQuantity, { product_id: tea })).toEqual({ owed: pieces(2 * (4 + 40 + 400 + 4000) + 3) });
  }));

test("GET /api/stock/counts: places, details, and which counts of products are open", () =>
  api.onDatabases(async (db) => {
    const placed = await storeProduct(db, { location: "A-1", product_name: "Placed" });
    const also = await storeProduct(db, { location: "A-0" });
    const nowhere = await storeProduct(db, { location: null });
    await storeProduct(db, { location: "B-1", stocked: false });
    expect(await db.all(counts.locations)).toEqual([
      { id: placed, location: "A-1" },
      { id: also, location: "A-0" },
    ]);
    const made: number[] = [];
    for (const reason of ["first", "second", "third"]) {
      const count = { reason, created_date: noon(1), created_principal: "p" };
      const { id: stock_count_id, ...stored } = await db.one(counts.insertCount, count);
      expect(stored).toEqual({ ...count, status: "open", approved_date: null, approved_principal: null, version: 0 });
      made.push(stock_count_id);
      for (const product_id of [nowhere, placed])
        await db.run(counts.insertCountDetail, { stock_count_id, product_id, expected: pieces(2) });
    }
    const [first = 0, second = 0, third = 0] = made;
    const approved = { approved_date: noon(2), approved_principal: "q", status: "approved", reason: "done" };
    expect(await db.run(counts.updateCount, { ...approved, id: first, version: 1 })).toEqual({ rowsAffected: 0 });
    expect(await db.run(counts.updateCount, { ...approved, id: first, version: 0 })).toEqual({ rowsAffected: 1 });
    const asked = { product_ids: [placed] };
    expect(await db.all(counts.openCountsOf, asked)).toEqual([{ product_id: placed, stock_count_id: second }]);
    const entered = { expected: pieces(5), counted: decimal("4.0000"), counted_date: noon(3), counted_principal: "r" };
    await db.run(counts.enterCounted, { ...entered, stock_count_id: third, product_id: nowhere });
    const shown = { product_code: null, product_name: null, location: null };
    const untouched = { expected: pieces(2), counted: null, counted_date: null, counted_principal: null };
    expect(await db.all(counts.countDetails, { id: third })).toEqual([
      { ...shown, product_id: placed, product_name: "Placed", location: "A-1", ...untouched, count_version: 0 },
      { ...shown, product_id: nowhere, ...entered, count_version: 0 },
    ]);
    expect((await db.all(counts.sizesOfCounts, { ids: [third] })).map(Object.values)).toEqual([[third, 2, 1]]);
    const page = { before: third, rows: 1 };
    expect((await db.all(counts.countPages.all, page)).map(({ id }) => id)).toEqual([second]);
    expect(
      (await db.all(counts.countPages.ofStatus, { ...page, rows: 9, status: "approved" })).map(({ id }) => id),
    ).toEqual([first]);
    const after = { id: first, ...approved, created_date: noon(1), created_principal: "p", version: 1 };
    expect(await db.all(counts.countsByIds, { ids: [first] })).toEqual([after]);
    expect(await db.transaction((tx) => tx.all(counts.lockCounts, { ids: [first] }))).toEqual([after]);
    expect(await db.all(counts.countPages.ofStatus, { before: third, rows: 1, status: "approved" })).toEqual([after]);
    const open = await db.all(counts.countPages.ofStatus, { before: third + 1, rows: 1, status: "open" });
    expect(open.map(({ id, version }) => [id, version])).toEqual([[third, 0]]);
  }));

test("balances and levels, locked in the order of the products; the ledger of one product", () =>
  api.onDatabases(async (db) => {
    const levels = { reorder_level: 1, target_level: 2, minimum_reorder_quantity: 3, sold_in_fractions: true };
    const named = { product_code: "code", product_name: "name", location: "place" };
    const [first, second] = [await storeProduct(db, { ...levels, ...named }), await storeProduct(db, levels)];
    const quantities = { on_hand: pieces(9), allocated: pieces(4), on_order: pieces(5), back_ordered: pieces(6) };
    const needed = { to_reorder: pieces(7), low: true };
    for (const id of [second, first]) await storeBalance(db, id, { ...quantities, ...needed });
    const wanted = { ids: [second, first] };
    const [locked, known] = await db.transaction(async (tx) => [
      ...[await tx.all(lockBalances, wanted), await tx.all(lockLevels, wanted)],
    ]);
    expect<unknown>(locked).toEqual([first, second].map((product_id) => ({ product_id, ...quantities, ...needed })));
    expect<unknown>(known).toEqual([first, second].map((id) => ({ id, ...levels, stocked: true })));
    const { minimum_reorder_quantity: _, sold_in_fractions: __, ...shown } = levels;
    expect(await db.all(stockByProducts, { product_ids: [first] })).toEqual([
      { product_id: first, ...named, ...quantities, ...shown, ...needed },
    ]);
    const [held] = await db.all(balancesOfProducts, { product_ids: [first] });
    expect(held).toEqual({ product_id: first, on_hand: pieces(9), allocated: pieces(4) });
    const purchase_order_id = await storePurchase(db);
    for (const product_id of [first, second, first, second, first])
      await storeEntry(db, { product_id, purchase_order_id, purchase_order_detail_id: 9999, order_detail_id: 77 });
    const entries = await db.all(entriesOfProduct, { product_id: first, before: 2_000_000, rows: 9 });
    expect(
      entries.map(({ purchase_order_id: id, order_detail_id, type_name }) => [id, order_detail_id, type_name]),
    ).toEqual(Array.from({ length: 3 }, () => [purchase_order_id, 77, "Adjusted"]));
    const [third = 0, middle = 0, oldest = 0] = entries.map(({ id }) => id);
    const older = await db.all(entriesOfProduct, { product_id: first, before: third, rows: 9 });
    expect([older.map(({ id }) => id), third > middle]).toEqual([[middle, oldest], true]);
  }));
