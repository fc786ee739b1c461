import { type Database, type DateTime, parametersOf } from "sqlproof";
import { filterOf, firstMoment, isDated, lastMoment } from "./filter.ts";
import { keysByDate, keysById, undatedKeys } from "./pages.ts";
import { firstIdInDates, idAscendingInDates, idDescendingInDates, lastIdInDates, ordersInDates } from "./queries.ts";
import type { BasicRequest, BasicSort, Filters, Key } from "./request.ts";
import { findByText, keysAfter, mostFound, sortKeys } from "./search.ts";

/** A list has one part, or two: orders with a date and those without, which come before all dates. */
export type Part = "ids" | "dated" | "undated";

/** The next rows of one part, after `skip` orders; none behind `until` is read. */
interface Place {
  readonly after: Key | null;
  readonly until: Key | null;
  readonly rows: number;
  readonly skip: number;
}

const smallestId = 0;
/** Behind every id there can be. */
const largestId = 2_147_483_648;
/** Up to so many orders are sorted faster than the list is scanned for them. */
const mostSorted = 20_000;

export interface ScanLimit {
  readonly found: number;
  readonly scanned: number;
}

/**
 * Two ways take turns, each up to its limit, until one of them has the page: reading and sorting the orders that have a
 * text, and scanning the list. The first is quick for a text in few orders, the second for a text in many, and neither
 * costs more the more orders there are.
 */
const usual: readonly ScanLimit[] = [
  { found: 250, scanned: 2_000 },
  { found: 2_500, scanned: 15_000 },
  { found: mostFound, scanned: 100_000 },
  { found: 200_000, scanned: 0 },
];

/** The keys of a page in a basic sort, in the order of the list; the rare filters are left out. */
export async function basicKeysOf(db: Database, request: BasicRequest, limits = usual): Promise<readonly Key[]> {
  const { filters, sort } = request;
  const isDatedById = filters.customer_id === null && isDated(filters) && (sort === "id" || sort === "-id");
  if (!isDatedById) return searchOrScan(db, request, limits);
  const page = await keysWithin(db, request, limits.slice(0, 1));
  if (page !== null) return page;
  if (await areFewInDates(db, filters)) return inDates(db, request);
  // Orders by id are nearly in the order of their dates: those of a few days are close to the first of them.
  const first = await firstInDates(db, request);
  return first === null ? [] : searchOrScan(db, { ...request, after: first }, limits);
}

async function searchOrScan(
  db: Database,
  request: BasicRequest,
  limits: readonly ScanLimit[],
): Promise<readonly Key[]> {
  const page = request.filters.q === null ? null : await keysWithin(db, request, limits);
  return page ?? scan(db, request);
}

/** The page, or null when neither way has found it within these limits. */
async function keysWithin(
  db: Database,
  request: BasicRequest,
  limits: readonly ScanLimit[],
): Promise<readonly Key[] | null> {
  const { sort, after, rows, filters } = request;
  const { q } = filters;
  for (const limit of limits) {
    const found = q === null ? null : await findByText(db, { ...filters, q }, limit.found);
    if (found !== null) return sortKeys(keysAfter(found, after, sort), sort).slice(0, rows);
    const page = await scanWithin(db, request, limit.scanned);
    if (page !== null) return page;
  }
  return null;
}

/** The page, however many orders must be scanned. */
async function scan(db: Database, { filters, sort, after, rows }: BasicRequest): Promise<readonly Key[]> {
  const found: Key[] = [];
  for (const part of partsFrom(filters, sort, after)) {
    const place = { after: found.length === 0 && partOf(after, sort) === part ? after : null, until: null, skip: 0 };
    if (found.length < rows)
      found.push(...(await keysOfPart(db, filters, sort, part, { ...place, rows: rows - found.length })));
  }
  return found;
}

/** The page if it is full, or the list ends, within the first `most` orders of a part; else null. */
async function scanWithin(
  db: Database,
  { filters, sort, after, rows }: BasicRequest,
  most: number,
): Promise<readonly Key[] | null> {
  if (most === 0) return null;
  const found: Key[] = [];
  for (const part of partsFrom(filters, sort, after)) {
    const from = { after: partOf(after, sort) === part ? after : null, until: null };
    const last = { ...from, rows: 1, skip: most - 1 };
    const [until = null] = await keysOfPart(db, leadingFilter(filters, part), sort, part, last);
    const place = { ...from, until, rows: rows - found.length, skip: 0 };
    found.push(...(await keysOfPart(db, filters, sort, part, place)));
    if (found.length >= rows) return found;
    if (until !== null) return null;
  }
  return found;
}

/** The filters that an index of this part leads with: orders are then skipped without being read. */
function leadingFilter(filters: Filters, part: Part): Filters {
  const { customer_id, status_id, employee_id, shipper_id, order_date_from, order_date_to } = filters;
  const all = { ...{ customer_id: null, status_id: null, employee_id: null, shipper_id: null }, q: null, more: null };
  if (part === "undated") return { ...all, order_date_from: null, order_date_to: null };
  const dates = part === "dated" ? { order_date_from, order_date_to } : { order_date_from: null, order_date_to: null };
  if (customer_id !== null) return { ...all, ...dates, customer_id };
  if (status_id !== null) return { ...all, ...dates, status_id };
  if (employee_id !== null) return { ...all, ...dates, employee_id };
  return { ...all, ...dates, shipper_id };
}

/** The parts of a list in their order. */
export function partsOf(filters: Filters, sort: BasicSort): readonly Part[] {
  if (sort === "id" || sort === "-id") return ["ids"];
  if (isDated(filters)) return ["dated"];
  return sort === "order_date" ? ["undated", "dated"] : ["dated", "undated"];
}

/** Those in which there is something after this key. */
function partsFrom(filters: Filters, sort: BasicSort, after: Key | null): readonly Part[] {
  const parts = partsOf(filters, sort);
  return after === null ? parts : parts.slice(Math.max(0, parts.indexOf(partOf(after, sort))));
}

function partOf(key: Key | null, sort: BasicSort): Part {
  if (sort === "id" || sort === "-id") return "ids";
  return key === null || key.order_date === null ? "undated" : "dated";
}

/** The next keys of one part. */
export function keysOfPart(
  db: Database,
  filters: Filters,
  sort: BasicSort,
  part: Part,
  { after, until, rows, skip }: Place,
): Promise<readonly Key[]> {
  const filter = filterOf(filters);
  const down = sort === "-id" || sort === "-order_date";
  const id = after?.id ?? (down ? largestId : smallestId);
  const place = { ...filter, id, until: until?.id ?? (down ? smallestId : largestId), rows, skip };
  if (part === "ids") return keysById(db, isDated(filters), down, place);
  if (part === "undated") return undatedKeys(db, down, place);
  const from = filter.first ?? firstMoment;
  const to = filter.last ?? lastMoment;
  const at = after?.order_date ?? (down ? lastMoment : firstMoment);
  const end = until?.order_date ?? (down ? firstMoment : lastMoment);
  const range = down
    ? { first: later(end, from), last: earlier(at, to) }
    : { first: later(at, from), last: earlier(end, to) };
  return keysByDate(db, down, { ...place, ...range });
}

function inDates(db: Database, { filters, sort, after, rows }: BasicRequest): Promise<readonly Key[]> {
  const place = { ...datesOf(filters), id: idAfter(after, sort), rows };
  const query = sort === "-id" ? idDescendingInDates : idAscendingInDates;
  return db.all(query, parametersOf(query, place));
}

/** The place in a list by id right before the first order of its dates; null when there is none. */
async function firstInDates(db: Database, { filters, sort, after }: BasicRequest): Promise<Key | null> {
  const down = sort === "-id";
  const place = { ...datesOf(filters), id: idAfter(after, sort) };
  const query = down ? lastIdInDates : firstIdInDates;
  const { id } = await db.one(query, parametersOf(query, place));
  return id === null ? null : { id: down ? id + 1 : id - 1, order_date: null };
}

function idAfter(after: Key | null, sort: BasicSort): number {
  return after?.id ?? (sort === "-id" ? largestId : smallestId);
}

function datesOf(filters: Filters) {
  const filter = filterOf(filters);
  return { ...filter, first: filter.first ?? firstMoment, last: filter.last ?? lastMoment };
}

async function areFewInDates(db: Database, filters: Filters): Promise<boolean> {
  const values = { ...datesOf(filters), most: mostSorted };
  const { orders } = await db.one(ordersInDates, parametersOf(ordersInDates, values));
  return orders < mostSorted;
}

function later(a: DateTime, b: DateTime): DateTime {
  return a > b ? a : b;
}

function earlier(a: DateTime, b: DateTime): DateTime {
  return a < b ? a : b;
}
