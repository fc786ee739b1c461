import { type CalendarDate, type Database, type DateTime, dateTime, isDateTime } from "sqlproof";
import type { Page } from "../answer.ts";
import { readCursor, writeCursor } from "../cursor.ts";
import { refuseCursor } from "../parameters.ts";
import { likePattern } from "../resource.ts";
import { edgeOfDay } from "../text.ts";
import {
  dateAscending,
  dateDescending,
  idAscending,
  idDescending,
  undatedAscending,
  undatedDescending,
} from "./page-queries.ts";
import { ordersByIds } from "./queries.ts";
import type { OrderRow } from "./read.ts";

/** The orders a list can have; the first is the one of the original. */
export const sorts = ["id", "-id", "order_date", "-order_date"] as const;
export type Sort = (typeof sorts)[number];

export interface ListRequest {
  readonly status_id: number | null;
  readonly customer_id: number | null;
  readonly employee_id: number | null;
  readonly shipper_id: number | null;
  readonly order_date_from: CalendarDate | null;
  readonly order_date_to: CalendarDate | null;
  readonly q: string | null;
  readonly sort: Sort;
  readonly limit: number;
  readonly cursor: string | null;
}

/** Where a page ended: the key of its last order in the list's order. */
interface Key {
  readonly id: number;
  readonly order_date: DateTime | null;
}

const smallestId = 0;
const largestId = 2_147_483_647;
const firstMoment = dateTime("0001-01-01T00:00:00");
const lastMoment = dateTime("9999-12-31T23:59:59");

/** One page of orders, and how to ask for the next. */
export async function listOrders(db: Database, request: ListRequest): Promise<{ rows: OrderRow[]; page: Page }> {
  const after = request.cursor === null ? null : readKey(request.cursor, request.sort);
  const keys = await keysOf(db, request, after, request.limit + 1);
  const shown = keys.slice(0, request.limit);
  const last = keys.length > request.limit ? shown.at(-1) : undefined;
  const found = await db.all(ordersByIds, { ids: shown.map(({ id }) => id) });
  const byId = new Map(found.map((row) => [row.id, row]));
  return {
    // An order deleted between the two queries is left out.
    rows: shown.flatMap(({ id }) => byId.get(id) ?? []),
    page: {
      limit: request.limit,
      next_cursor: last === undefined ? null : writeCursor([request.sort, last.id, last.order_date]),
    },
  };
}

function readKey(cursor: string, sort: Sort): Key {
  const [of, id, date, ...rest] = readCursor(cursor);
  if (of !== sort || typeof id !== "number" || !Number.isSafeInteger(id) || rest.length > 0) throw refuseCursor();
  if (date === null) return { id, order_date: null };
  if (typeof date !== "string" || !isDateTime(date)) throw refuseCursor();
  return { id, order_date: date };
}

/** The filters as the page queries take them. */
function filterOf(request: ListRequest) {
  const { status_id, customer_id, employee_id, shipper_id, q, order_date_from: from, order_date_to: to } = request;
  return {
    ...{ status_id, customer_id, employee_id, shipper_id },
    first: from === null ? null : edgeOfDay(from, "start"),
    last: to === null ? null : edgeOfDay(to, "end"),
    pattern: likePattern(q),
    searched_id: q !== null && /^[1-9][0-9]{0,8}$/.test(q) ? Number(q) : null,
  };
}

type Filter = ReturnType<typeof filterOf>;

async function keysOf(db: Database, request: ListRequest, after: Key | null, rows: number): Promise<readonly Key[]> {
  const filter = filterOf(request);
  const dated = filter.first !== null || filter.last !== null;
  switch (request.sort) {
    case "id":
      return byId(db, idAscending, filter, { id: after?.id ?? smallestId, rows });
    case "-id":
      return byId(db, idDescending, filter, { id: after?.id ?? largestId, rows });
    case "order_date": {
      const undated =
        dated || (after !== null && after.order_date !== null)
          ? []
          : await db.all(undatedAscending, { ...filter, id: after?.id ?? smallestId, rows });
      const id = after?.order_date ? after.id : smallestId;
      const first = later(after?.order_date ?? firstMoment, filter.first ?? firstMoment);
      const more = { ...filter, id, first, last: filter.last ?? lastMoment, rows: rows - undated.length };
      return more.rows === 0 ? undated : [...undated, ...(await byDate(db, dateAscending, more))];
    }
    case "-order_date": {
      const last = earlier(after?.order_date ?? lastMoment, filter.last ?? lastMoment);
      const more = {
        ...filter,
        id: after?.order_date ? after.id : largestId,
        last,
        first: filter.first ?? firstMoment,
        rows,
      };
      const found = after !== null && after.order_date === null ? [] : await byDate(db, dateDescending, more);
      if (dated || found.length === rows) return found;
      const id = after !== null && after.order_date === null ? after.id : largestId;
      return [...found, ...(await db.all(undatedDescending, { ...filter, id, rows: rows - found.length }))];
    }
  }
}

function later(a: DateTime, b: DateTime): DateTime {
  return a > b ? a : b;
}

function earlier(a: DateTime, b: DateTime): DateTime {
  return a < b ? a : b;
}

/** Chooses the query whose index fits the narrowest filter given. */
function byId(
  db: Database,
  queries: typeof idAscending | typeof idDescending,
  filter: Filter,
  place: { readonly id: number; readonly rows: number },
): Promise<readonly Key[]> {
  const { customer_id, status_id, employee_id, shipper_id } = filter;
  const params = { ...filter, ...place };
  if (customer_id !== null) return db.all(queries.customer, { ...params, customer_id });
  if (status_id !== null) return db.all(queries.status, { ...params, status_id });
  if (employee_id !== null) return db.all(queries.employee, { ...params, employee_id });
  if (shipper_id !== null) return db.all(queries.shipper, { ...params, shipper_id });
  return db.all(queries.any, params);
}

function byDate(
  db: Database,
  queries: typeof dateAscending | typeof dateDescending,
  params: Filter & { readonly id: number; readonly rows: number; readonly first: DateTime; readonly last: DateTime },
): Promise<readonly Key[]> {
  const { customer_id, status_id, employee_id, shipper_id } = params;
  if (customer_id !== null) return db.all(queries.customer, { ...params, customer_id });
  if (status_id !== null) return db.all(queries.status, { ...params, status_id });
  if (employee_id !== null) return db.all(queries.employee, { ...params, employee_id });
  if (shipper_id !== null) return db.all(queries.shipper, { ...params, shipper_id });
  return db.all(queries.any, params);
}
