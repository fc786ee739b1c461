import type { Database } from "sqlproof";
import { firstMoment, lastMoment } from "../filter.ts";
import { basicKeysOf } from "../keyset.ts";
import { pages } from "../pages.ts";
import type { Filters, Key, MoreFilters, Reference } from "../request.ts";
import { findByText, sortKeys } from "../search.ts";
import { type DateColumn, dateIn, type Place, rangeOf } from "./facts.ts";
import { datedOrders, undatedOrders } from "./indexes.ts";
import { groupPart, partsOf, type ReadPart, unconfined, type Walk, type WalkedColumn } from "./walk.ts";

/*
 * The ways to the orders of a list. A lead reads the orders that one of the filters leaves, in no particular order:
 * where they are few, they are filtered by the others and sorted. A walk reads orders in the order of the list.
 */

/** Reads the ids of up to so many orders, or null if there are more. */
export type Lead = (most: number) => Promise<readonly number[] | null>;

/** Reads the next orders in the order of the list. */
export type WalkOn = (after: Place | null, rows: number) => Promise<readonly Place[]>;

const referenceColumns = { customer_id: "customer", employee_id: "employee", shipper_id: "shipper" } as const;
const dateColumns = ["order_date", "shipped_date", "paid_date"] as const;

/** A lead for each filter, those first that usually leave the fewest orders. */
export function leadsOf(db: Database, filters: Filters): readonly Lead[] {
  const { status_id, q, more } = filters;
  const ids = more?.ids ?? null;
  if (ids !== null) return [async () => ids];
  const leads: Lead[] = [];
  if (q !== null)
    leads.push(async (most) => (await findByText(db, { ...filters, q }, most - 1))?.map(({ id }) => id) ?? null);
  leads.push(...equalParts(db, filters, false).map(leadOf));
  for (const column of dateColumns) {
    const range = rangeOf(filters, column);
    if (range !== null) leads.push((most) => idsInDates(db, column, range, most));
  }
  const statuses = more?.statuses ?? (status_id === null ? null : [status_id]);
  if (statuses !== null) leads.push((most) => idsOfStatuses(db, statuses, most));
  if (more?.paid === true) leads.push((most) => idsInDates(db, "paid_date", null, most));
  if (more?.shipped === true) leads.push((most) => idsInDates(db, "shipped_date", null, most));
  return leads.length > 0 ? leads : [(most) => firstIds(db, most)];
}

function leadOf(read: ReadPart): Lead {
  return async (rows) => (await read({ after: null, rows, skip: 0 })).map(({ id }) => id);
}

/** The filters that an index answers by id. */
function equalParts(db: Database, filters: Filters, isDown: boolean): readonly ReadPart[] {
  const parts: ReadPart[] = [];
  for (const reference of ["customer_id", "employee_id", "shipper_id"] as const) {
    const id = filters[reference];
    if (id !== null || isWithout(filters.more, reference))
      parts.push(groupPart(db, referenceColumns[reference], isDown, id, null));
  }
  const { more } = filters;
  if (more === null) return parts;
  if (more.ship_country_region !== null)
    parts.push(groupPart(db, "ship_country_region", isDown, more.ship_country_region, null));
  if (more.paid === false) parts.push(undatedPart(db, "paid_date", isDown));
  if (more.shipped === false) parts.push(undatedPart(db, "shipped_date", isDown));
  return parts;
}

function isWithout(more: MoreFilters | null, reference: Reference): boolean {
  return more?.without.includes(reference) === true;
}

function undatedPart(db: Database, column: DateColumn, isDown: boolean): ReadPart {
  return async ({ after, rows, skip }) => {
    const id = after?.id ?? (isDown ? behindAll : beforeAll);
    const found = await db.all(undatedOrders[column][isDown ? "down" : "up"], { id, rows, skip });
    return found.map((order) => ({ id: order.id, value: null }));
  };
}

const beforeAll = 0;
const behindAll = 2_147_483_648;

async function idsInDates(
  db: Database,
  column: DateColumn,
  range: ReturnType<typeof rangeOf>,
  rows: number,
): Promise<readonly number[]> {
  const { first, last } = range ?? { first: firstMoment, last: lastMoment };
  return (await db.all(datedOrders[column].up, { first, last, id: beforeAll, rows, skip: 0 })).map(({ id }) => id);
}

async function idsOfStatuses(db: Database, statuses: readonly number[], most: number): Promise<readonly number[]> {
  const ids: number[] = [];
  for (const status of statuses) {
    const read = groupPart(db, "status_id", false, status, null);
    if (ids.length < most) ids.push(...((await leadOf(read)(most - ids.length)) ?? []));
  }
  return ids;
}

async function firstIds(db: Database, rows: number): Promise<readonly number[]> {
  return (await db.all(pages.id.any, { id: beforeAll, rows, skip: 0 })).map(({ id }) => id);
}

/** The walks that lead through a list in its order; the other filters are looked at order by order. */
export function walksOf(db: Database, filters: Filters, column: WalkedColumn, isDown: boolean): readonly WalkOn[] {
  if (column !== "id" && column !== "order_date") {
    const left = leftBy(filters, column);
    return [(after, rows) => nextPlaces(partsOf(db, { column, isDown, from: after, ...left }), rows)];
  }
  const walks = [basicWalk(db, filters, column, isDown)];
  if (column === "id")
    for (const read of equalParts(db, filters, isDown)) walks.push((after, rows) => read({ after, rows, skip: 0 }));
  return walks;
}

/** What the filters leave of a column by which a list is sorted: a walk reads nothing else. */
function leftBy({ more, ...filters }: Filters, column: WalkedColumn): Pick<Walk, "range" | "isDated" | "groups"> {
  switch (column) {
    case "shipped_date":
    case "paid_date": {
      const isDated = (column === "paid_date" ? more?.paid : more?.shipped) ?? null;
      return { ...unconfined, range: rangeOf({ more, ...filters }, column), isDated };
    }
    case "status_id":
      return { ...unconfined, groups: more?.statuses ?? alone(filters.status_id) };
    case "customer":
    case "employee":
    case "shipper":
      return { ...unconfined, groups: isWithout(more, `${column}_id`) ? [null] : alone(filters[`${column}_id`]) };
    case "ship_country_region":
      return { ...unconfined, groups: alone(more?.ship_country_region ?? null) };
    default:
      return unconfined;
  }
}

function alone<T>(value: T | null): readonly T[] | null {
  return value === null ? null : [value];
}

async function nextPlaces(parts: AsyncGenerator<ReadPart>, rows: number): Promise<readonly Place[]> {
  const found: Place[] = [];
  for await (const read of parts) {
    found.push(...(await read({ after: null, rows: rows - found.length, skip: 0 })));
    if (found.length >= rows) break;
  }
  return found;
}

/** A list in a basic sort without the rare filters. Several statuses are several lists, which are merged. */
function basicWalk(db: Database, filters: Filters, column: "id" | "order_date", isDown: boolean): WalkOn {
  const sort = isDown ? (`-${column}` as const) : column;
  const statuses = filters.more?.statuses ?? [filters.status_id];
  return async (after, rows) => {
    const from = after === null ? null : { id: after.id, order_date: dateIn(after.value) };
    const keys: Key[] = [];
    for (const status_id of statuses)
      keys.push(
        ...(await basicKeysOf(db, { filters: { ...filters, status_id, more: null }, sort, after: from, rows })),
      );
    const sorted = statuses.length === 1 ? keys : sortKeys(keys, sort).slice(0, rows);
    return sorted.map(({ id, order_date }) => ({ id, value: column === "id" ? null : order_date }));
  };
}
