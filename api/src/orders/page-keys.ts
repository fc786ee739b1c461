import { type Database, type DateTime, dateTime } from "sqlproof";
import { likePattern } from "../resource.ts";
import { edgeOfDay } from "../text.ts";
import { keysByDate, keysById } from "./leading-queries.ts";
import type { Filters, Key, Sort } from "./list.ts";
import {
  idAscendingInDates,
  idDescendingInDates,
  ordersInDates,
  undatedAscending,
  undatedDescending,
} from "./page-queries.ts";

/** So many keys of a list, those after `after`. */
export interface KeysRequest {
  readonly filters: Filters;
  readonly sort: Sort;
  readonly after: Key | null;
  readonly rows: number;
}

/** A list is one run of orders, or two: those with a date and those without, which stand before all dates. */
export type Part = "ids" | "dated" | "undated";

/** The next rows of one part; `skip` orders are passed over first. */
interface Place {
  readonly after: Key | null;
  readonly rows: number;
  readonly skip: number;
}

const smallestId = 0;
const largestId = 2_147_483_647;
export const firstMoment = dateTime("0001-01-01T00:00:00");
export const lastMoment = dateTime("9999-12-31T23:59:59");
/** So few orders are sorted faster than the list is walked to find them. */
const fewInDates = 20_000;

/** The keys of a page, in the order of the list. */
export async function keysOf(db: Database, { filters, sort, after, rows }: KeysRequest): Promise<readonly Key[]> {
  if (
    filters.customer_id === null &&
    isDated(filters) &&
    (sort === "id" || sort === "-id") &&
    (await areFewInDates(db, filters))
  )
    return inDates(db, filters, sort, { after, rows, skip: 0 });
  const found: Key[] = [];
  for (const part of partsFrom(filters, sort, after)) {
    const place = { after: found.length === 0 && partOf(after, sort) === part ? after : null, skip: 0 };
    if (found.length < rows)
      found.push(...(await keysOfPart(db, filters, sort, part, { ...place, rows: rows - found.length })));
  }
  return found;
}

/** The parts of a list in their order. */
export function partsOf(filters: Filters, sort: Sort): readonly Part[] {
  if (sort === "id" || sort === "-id") return ["ids"];
  if (isDated(filters)) return ["dated"];
  return sort === "order_date" ? ["undated", "dated"] : ["dated", "undated"];
}

/** Those in which there is something after this key. */
function partsFrom(filters: Filters, sort: Sort, after: Key | null): readonly Part[] {
  const parts = partsOf(filters, sort);
  return after === null ? parts : parts.slice(Math.max(0, parts.indexOf(partOf(after, sort))));
}

function partOf(key: Key | null, sort: Sort): Part {
  if (sort === "id" || sort === "-id") return "ids";
  return key === null || key.order_date === null ? "undated" : "dated";
}

function isDated({ order_date_from, order_date_to }: Filters): boolean {
  return order_date_from !== null || order_date_to !== null;
}

/** The next keys of one part. */
export function keysOfPart(
  db: Database,
  filters: Filters,
  sort: Sort,
  part: Part,
  { after, rows, skip }: Place,
): Promise<readonly Key[]> {
  const filter = filterOf(filters);
  const down = sort === "-id" || sort === "-order_date";
  const id = after?.id ?? (down ? largestId : smallestId);
  const place = { ...filter, id, rows, skip };
  if (part === "ids") return keysById(db, isDated(filters), down, place);
  if (part === "undated") return db.all(down ? undatedDescending : undatedAscending, place);
  const from = filter.first ?? firstMoment;
  const to = filter.last ?? lastMoment;
  const at = after?.order_date ?? (down ? lastMoment : firstMoment);
  const range = down ? { first: from, last: earlier(at, to) } : { first: later(at, from), last: to };
  return keysByDate(db, down, { ...place, ...range });
}

function inDates(db: Database, filters: Filters, sort: Sort, place: Place): Promise<readonly Key[]> {
  const filter = filterOf(filters);
  const down = sort === "-id";
  return db.all(down ? idDescendingInDates : idAscendingInDates, {
    ...filter,
    first: filter.first ?? firstMoment,
    last: filter.last ?? lastMoment,
    id: place.after?.id ?? (down ? largestId : smallestId),
    rows: place.rows,
  });
}

async function areFewInDates(db: Database, filters: Filters): Promise<boolean> {
  const { first, last } = filterOf(filters);
  const range = { first: first ?? firstMoment, last: last ?? lastMoment, most: fewInDates };
  const { orders } = await db.one(ordersInDates, range);
  return orders < fewInDates;
}

/** The filters as the queries take them. */
export function filterOf(filters: Filters) {
  const { status_id, customer_id, employee_id, shipper_id, q, order_date_from: from, order_date_to: to } = filters;
  return {
    ...{ status_id, customer_id, employee_id, shipper_id },
    first: from === null ? null : edgeOfDay(from, "start"),
    last: to === null ? null : edgeOfDay(to, "end"),
    pattern: likePattern(q),
    searched_id: q !== null && /^[1-9][0-9]{0,8}$/.test(q) ? Number(q) : null,
  };
}

function later(a: DateTime, b: DateTime): DateTime {
  return a > b ? a : b;
}

function earlier(a: DateTime, b: DateTime): DateTime {
  return a < b ? a : b;
}
