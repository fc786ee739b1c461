// The list of the stock: its pages, and the ledger of one product.
import type { Database, RowOf } from "sqlproof";
import { ApiError, okList, type Page } from "../contract/answer.ts";
import { readCursor, writeCursor } from "../contract/cursor.ts";
import { fromUnits, largestUnits, toUnits, zero } from "../contract/decimal.ts";
import { refuseCursor } from "../contract/query-parameters.ts";
import { entryType } from "../ledger/ledger.ts";
import { expectedReceipts } from "../orders/stock/queries.ts";
import { pageOfList, type ReadKeys } from "../resources/pages.ts";
import { type Stock, type StockTransaction, shownStock } from "./fields.ts";
import {
  entriesOfProduct,
  stockByProducts,
  stockPages,
  stockPagesByLow,
  stockPagesByReorder,
  stockPagesOfProducts,
} from "./queries.ts";

/** The query of the list. */
interface StockRequest {
  readonly q: string | null;
  readonly sort: "id" | "-id" | "name" | "-name";
  readonly limit: number;
  readonly cursor: string | null;
  readonly low: boolean | null;
  readonly to_reorder: boolean | null;
  readonly products: readonly number[] | null;
}

type Filters = Pick<StockRequest, "low" | "to_reorder" | "products">;

/** A page of the stock. */
export async function stockPage(db: Database, { low, to_reorder, products, ...request }: StockRequest) {
  const list = `stock low=${low} to_reorder=${to_reorder}${products === null ? "" : ` products=${products}`}`;
  const { keys, next_cursor } = await pageOfList(keysOf(db, { low, to_reorder, products }), list, request);
  const product_ids = keys.map(({ id }) => id);
  const read = product_ids.length === 0 ? [] : await db.all(stockByProducts, { product_ids });
  const rows = new Map(read.map((row) => [row.product_id, row]));
  const data = product_ids.flatMap((id): Stock[] => {
    const row = rows.get(id);
    return row === undefined ? [] : [shownStock(row)];
  });
  return okList("Stock retrieved", data, { limit: request.limit, next_cursor });
}

function keysOf(db: Database, { low, to_reorder, products }: Filters): ReadKeys {
  const reorder = {
    least: to_reorder === true ? fromUnits(1n) : zero,
    most: to_reorder === false ? zero : fromUnits(largestUnits),
  };
  return (sort, { name, ...params }) => {
    if (products !== null) {
      const wanted = { ...params, ...reorder, low, product_ids: products };
      if (sort === "id" || sort === "-id") return db.all(stockPagesOfProducts[sort], wanted);
      return db.all(stockPagesOfProducts[sort], { ...wanted, name });
    }
    if (sort === "id" || sort === "-id") {
      if (low !== null) return db.all(stockPagesByLow[sort], { ...params, ...reorder, low });
      if (to_reorder !== null) return db.all(stockPagesByReorder[sort], { ...params, ...reorder });
      return db.all(stockPages[sort], params);
    }
    const named = { ...params, name };
    if (low !== null) return db.all(stockPagesByLow[sort], { ...named, ...reorder, low });
    if (to_reorder !== null) return db.all(stockPagesByReorder[sort], { ...named, ...reorder });
    return db.all(stockPages[sort], named);
  };
}

/** The stock of a product. Throws 404 if it is not kept. */
export async function stockOf(db: Database, product_id: number): Promise<Stock> {
  const row = await db.maybe(stockByProducts, { product_ids: [product_id] });
  if (row === null) throw new ApiError("not-found", "There is no such product, or its stock is not kept.");
  return shownStock(row);
}

/** What purchase orders still have to bring of a product, what is expected first first. */
export async function receiptsOf(db: Database, product_id: number): Promise<NonNullable<Stock["expected_receipts"]>> {
  const rows = await db.all(expectedReceipts, { product_ids: [product_id] });
  return rows.map(({ purchase_order_id, expected_date, quantity, received }) => {
    return { purchase_order_id, expected_date, quantity: fromUnits(toUnits(quantity) - toUnits(received)) };
  });
}

/** A page of the ledger of a product. */
export async function transactionsPage(
  db: Database,
  product_id: number,
  { limit, cursor }: { readonly limit: number; readonly cursor: string | null },
) {
  await stockOf(db, product_id);
  const before = cursor === null ? 2_147_483_648 : readPlace(cursor, product_id);
  const rows = await db.all(entriesOfProduct, { product_id, before, rows: limit + 1 });
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  const next_cursor = last === undefined ? null : writeCursor(["transactions", product_id, last.id]);
  const page: Page = { limit, next_cursor };
  return okList("Transactions retrieved", rows.slice(0, limit).map(shownTransaction), page);
}

/** Where the page before ended, or 400. */
function readPlace(cursor: string, product_id: number): number {
  const [list, product, id, ...rest] = readCursor(cursor);
  const isId = typeof id === "number" && Number.isSafeInteger(id);
  if (list !== "transactions" || product !== product_id || !isId || rest.length > 0) throw refuseCursor();
  return id;
}

const outgoing: readonly number[] = [entryType.sold, entryType.waste, entryType.released];

function shownTransaction(row: RowOf<typeof entriesOfProduct>): StockTransaction {
  const { id, transaction_type, type_name, quantity, transaction_created_date: created_date, ...rest } = row;
  const { customer_order_id: order_id, ...others } = rest;
  const signed = outgoing.includes(transaction_type) ? fromUnits(-toUnits(quantity)) : quantity;
  // Each entry has a type of the table: nothing else is stored.
  return { id, type: type_name ?? "", quantity: signed, created_date, order_id, ...others };
}
