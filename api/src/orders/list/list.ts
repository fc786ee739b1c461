import { isDateTime } from "sqlproof";
import type { Api } from "../../api.ts";
import type { Page } from "../../contract/answer.ts";
import { readCursor, writeCursor } from "../../contract/cursor.ts";
import { refuseCursor } from "../../contract/query-parameters.ts";
import { ordersByIds } from "../queries.ts";
import type { OrderRow } from "../read.ts";
import { keysOf, keysReport } from "./keyset.ts";
import type { Filters, Key, ListRequest, Sort } from "./request.ts";
import { rowsOfPage } from "./rows.ts";

/** One page of orders, and how to ask for the next. */
export async function listOrders(
  { database, reporter }: Pick<Api, "database" | "reporter">,
  request: ListRequest,
  gone: AbortSignal,
): Promise<{ rows: OrderRow[]; page: Page }> {
  const { limit, sort, cursor, skip } = request;
  const after = cursor === null ? null : readKey(cursor, sort);
  const wanted = { filters: request, sort, after, rows: skip + limit + 1 };
  const whole = skip === 0 ? rowsOfPage(database, wanted) : null;
  if (whole !== null) {
    const rows = await whole;
    return { rows: rows.slice(0, limit), page: { limit, next_cursor: cursorAfter(sort, rows, limit) } };
  }
  const keys = isCheap(request, sort) ? await keysOf(database, wanted) : await reporter.run(keysReport, wanted, gone);
  // Keys come from an index alone: passing some of them over costs next to nothing.
  const shown = keys.slice(skip, skip + limit);
  // MariaDB would look through all orders for none.
  const found = shown.length === 0 ? [] : await database.all(ordersByIds, { ids: shown.map(({ id }) => id) });
  const byId = new Map(found.map((row) => [row.id, row]));
  return {
    // An order deleted between the two queries is left out.
    rows: shown.flatMap(({ id }) => byId.get(id) ?? []),
    page: { limit, next_cursor: cursorAfter(sort, keys.slice(skip), limit) },
  };
}

/** The cursor to what comes after so many, or null when nothing does. */
function cursorAfter(sort: Sort, found: readonly Key[], limit: number): string | null {
  const last = found.length > limit ? found[limit - 1] : undefined;
  return last === undefined ? null : cursorOf(sort, last);
}

/** Whether an index leads from one wanted order to the next; else many orders may be read for each that is found. */
function isCheap(filters: Filters, sort: Sort): boolean {
  const { customer_id, status_id, employee_id, shipper_id, order_date_from, order_date_to, q } = filters;
  const equal = [customer_id, status_id, employee_id, shipper_id].filter((id) => id !== null).length;
  const dated = order_date_from !== null || order_date_to !== null;
  return q === null && equal <= 1 && (!dated || sort === "order_date" || sort === "-order_date");
}

/** The cursor to what comes after an order. A list by id needs no date. */
export function cursorOf(sort: Sort, { id, order_date }: Key): string {
  return writeCursor([sort, id, sort === "id" || sort === "-id" ? null : order_date]);
}

/** Where the page before ended, or 400. */
export function readKey(cursor: string, sort: Sort): Key {
  const [of, id, date, ...rest] = readCursor(cursor);
  if (of !== sort || typeof id !== "number" || !Number.isSafeInteger(id) || rest.length > 0) throw refuseCursor();
  if (date === null) return { id, order_date: null };
  if (typeof date !== "string" || !isDateTime(date)) throw refuseCursor();
  return { id, order_date: date };
}
