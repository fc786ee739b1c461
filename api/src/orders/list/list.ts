import { isDateTime } from "sqlproof";
import type { Api } from "../../api.ts";
import { ApiError, type Page } from "../../contract/answer.ts";
import { readCursor, writeCursor } from "../../contract/cursor.ts";
import { refuseCursor } from "../../contract/query-parameters.ts";
import type { View } from "../../rights/view.ts";
import { ordersByIds } from "../queries.ts";
import type { OrderRow } from "../read.ts";
import { isUnfiltered, tagOf } from "./filter.ts";
import { type Keys, keysOf, keysReport } from "./keys.ts";
import { refuseUnknown } from "./known.ts";
import { keysWithNumberFirst } from "./number-first.ts";
import {
  columnOf,
  type Filters,
  isBasic,
  type Key,
  type KeysRequest,
  type List,
  type Sort,
  type SortValue,
} from "./request.ts";
import { rowsOfPage } from "./rows.ts";

/** Which part of a list is asked for. */
export interface PageRequest {
  readonly limit: number;
  readonly cursor: string | null;
  readonly skip: number;
  /** The filters whose customer, employee, shipper and status must exist. Default: all. */
  readonly mustExist?: Filters;
}

/** Throws 403 for a sort by what the client may not see: the order of amounts, and cursors with them, tell the amounts. */
export function refuseHidden({ hidden }: View, sort: Sort): void {
  const column = columnOf(sort);
  if (!hidden.has(column)) return;
  const message = `You lack the right see-prices, so you cannot sort by ${column}. Choose another sort.`;
  throw new ApiError("forbidden", message);
}

/** One page of orders, and how to ask for the next. */
export async function listOrders(
  { database, reporter }: Pick<Api, "database" | "reporter">,
  list: List,
  { limit, cursor, skip, mustExist = list.filters }: PageRequest,
  gone: AbortSignal,
): Promise<{ rows: OrderRow[]; page: Page }> {
  const { filters, sort } = list;
  const after = cursor === null ? null : readKey(cursor, list);
  const wanted = { ...list, after, rows: skip + limit + 1 };
  const whole = skip === 0 ? rowsOfPage(database, wanted) : null;
  if (whole !== null) {
    const rows = await whole;
    if (rows.length === 0 && after === null) await refuseUnknown(database, mustExist);
    return { rows: rows.slice(0, limit), page: { limit, next_cursor: cursorAfter(list, rows, limit) } };
  }
  const read = (request: KeysRequest) =>
    isCheap(filters, sort) ? keysOf(database, request) : reporter.run(keysReport, request, gone);
  const keys = found(await keysWithNumberFirst(database, wanted, read), sort);
  if (keys.length === 0 && after === null) await refuseUnknown(database, mustExist);
  // Keys come from an index alone: passing some of them over costs next to nothing.
  const shown = keys.slice(skip, skip + limit);
  // MariaDB would look through all orders for none.
  const orders = shown.length === 0 ? [] : await database.all(ordersByIds, { ids: shown.map(({ id }) => id) });
  const byId = new Map(orders.map((row) => [row.id, row]));
  return {
    // An order deleted between the two queries is left out.
    rows: shown.flatMap(({ id }) => byId.get(id) ?? []),
    page: { limit, next_cursor: cursorAfter(list, keys.slice(skip), limit) },
  };
}

/** The cursor to what comes after so many, or null when nothing does. */
function cursorAfter(list: List, found: readonly Key[], limit: number): string | null {
  const last = found.length > limit ? found[limit - 1] : undefined;
  return last === undefined ? null : cursorOf(list, last);
}

/** Whether an index leads from one wanted order to the next; else many orders may be read for each that is found. */
function isCheap(filters: Filters, sort: Sort): boolean {
  if (!isBasic(sort) || filters.more !== null)
    return sort !== "order_total" && sort !== "-order_total" && isUnfiltered(filters);
  const { customer_id, status_id, employee_id, shipper_id, order_date_from, order_date_to, q } = filters;
  const equal = [customer_id, status_id, employee_id, shipper_id].filter((id) => id !== null).length;
  const dated = order_date_from !== null || order_date_to !== null;
  return q === null && equal <= 1 && (!dated || sort === "order_date" || sort === "-order_date");
}

/** The cursor to what comes after an order. A list by id needs no date. */
export function cursorOf({ filters, sort }: List, { id, order_date, value = null }: Key): string {
  const column = columnOf(sort);
  const at = column === "id" ? null : column === "order_date" ? order_date : value;
  const tag = tagOf(filters);
  return writeCursor(tag === null ? [sort, id, at] : [sort, id, at, tag]);
}

/** Where the page before ended, or 400. */
export function readKey(cursor: string, { filters, sort }: List): Key {
  const [of, id, value, tag = null, ...rest] = readCursor(cursor);
  if (of !== sort || tag !== tagOf(filters) || rest.length > 0) throw refuseCursor();
  if (typeof id !== "number" || !Number.isSafeInteger(id) || !isSortValue(value)) throw refuseCursor();
  const column = columnOf(sort);
  if (column === "id" && value !== null) throw refuseCursor();
  if (column !== "order_date") return column === "id" ? { id, order_date: null } : { id, order_date: null, value };
  if (value === null) return { id, order_date: null };
  if (typeof value !== "string" || !isDateTime(value)) throw refuseCursor();
  return { id, order_date: value };
}

function isSortValue(value: unknown): value is SortValue {
  return value === null || typeof value === "string" || (typeof value === "number" && Number.isSafeInteger(value));
}

/** The keys, or the error for a list that cannot be read in this sort. */
export function found(keys: Keys, sort: Sort): readonly Key[] {
  if (keys === "gone") throw refuseCursor();
  if (keys === "too-many") throw refuseSort(sort);
  return keys;
}

/** The error for a list with too many orders for its sort. */
export function refuseSort(sort: Sort): ApiError {
  const column = columnOf(sort);
  const reason =
    column === "order_total"
      ? "A total is computed, so no index sorts by it"
      : `No index sorts these orders by ${column}`;
  const otherSort = isBasic(sort) ? "" : ", or sort by id or order_date";
  const message =
    `${reason}, and more than 20,000 of them match. Filter further (a customer, days, ids, a text), ` +
    `or leave the other filters out${otherSort}.`;
  return new ApiError("sort", message, { issues: [{ parameter: "sort", code: "sort", message }] });
}
