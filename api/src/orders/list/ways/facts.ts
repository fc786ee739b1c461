import { sql } from "northwind-schema/sql";
import { type Database, type DateTime, type Decimal, isDateTime, type RowOf } from "sqlproof";
import { currencyOf } from "../../../company/currency.ts";
import { companyCurrency } from "../../../company/queries.ts";
import { isDecimal, toUnits } from "../../../contract/decimal.ts";
import { edgeOfDay, searchPatterns } from "../../../contract/text.ts";
import { detailsByOrderIds, ordersByIds } from "../../queries.ts";
import { amountsOf } from "../../rules.ts";
import { textFilter } from "../conditions.ts";
import { filterOf, firstMoment, lastMoment } from "../filter.ts";
import type { Column, Filters, SortValue } from "../request.ts";
import { namesOfContacts } from "./groups.ts";

/*
 * What the filters and the sorts of a list look at, read for some orders by id.
 *
 * Scans products: once in a statement, to see whether any has a word (`../conditions.ts`).
 */

const factsByIds = sql(`
  SELECT o.id, o.order_date, o.shipped_date, o.paid_date, o.status_id, o.customer_id, o.employee_id, o.shipper_id,
    o.ship_city_key, o.ship_country_key, CASE WHEN ${textFilter} THEN 1 ELSE 0 END AS has_text
  FROM orders o WHERE o.id IN (:ids...)
`);

export type Facts = RowOf<typeof factsByIds>;

/** The most values in one statement. */
const mostAtOnce = 1000;

export function chunksOf<T>(values: readonly T[]): readonly (readonly T[])[] {
  const count = Math.ceil(values.length / mostAtOnce);
  return Array.from({ length: count }, (_, index) => values.slice(index * mostAtOnce, (index + 1) * mostAtOnce));
}

/** Those of the orders that pass every filter, in no particular order. */
export async function wantedOf(db: Database, ids: readonly number[], filters: Filters): Promise<readonly Facts[]> {
  const patterns = searchPatterns(filters.q);
  const { searched_id } = filterOf(filters);
  const wanted: Facts[] = [];
  for (const some of chunksOf(ids)) {
    const facts = await db.all(factsByIds, { ids: some, ...patterns, searched_id });
    wanted.push(...facts.filter((order) => isWanted(order, filters)));
  }
  return wanted;
}

function isWanted(order: Facts, filters: Filters): boolean {
  const { status_id, customer_id, employee_id, shipper_id, more } = filters;
  return (
    order.has_text === 1 &&
    (status_id === null || order.status_id === status_id) &&
    (customer_id === null || order.customer_id === customer_id) &&
    (employee_id === null || order.employee_id === employee_id) &&
    (shipper_id === null || order.shipper_id === shipper_id) &&
    isBetween(order.order_date, rangeOf(filters, "order_date")) &&
    (more === null || hasMore(order, filters, more))
  );
}

function hasMore(order: Facts, filters: Filters, more: NonNullable<Filters["more"]>): boolean {
  return (
    (more.statuses === null || (order.status_id !== null && more.statuses.includes(order.status_id))) &&
    more.without.every((reference) => order[reference] === null) &&
    (more.paid === null || (order.paid_date !== null) === more.paid) &&
    (more.shipped === null || (order.shipped_date !== null) === more.shipped) &&
    (more.ship_country_region === null || order.ship_country_key === more.ship_country_region) &&
    (more.ids === null || more.ids.includes(order.id)) &&
    isBetween(order.paid_date, rangeOf(filters, "paid_date")) &&
    isBetween(order.shipped_date, rangeOf(filters, "shipped_date"))
  );
}

export type DateColumn = "order_date" | "shipped_date" | "paid_date";

export interface DateRange {
  readonly first: DateTime;
  readonly last: DateTime;
}

/** The moments to which the filters confine a date; null when they do not, and orders without that date pass. */
export function rangeOf({ order_date_from, order_date_to, more }: Filters, column: DateColumn): DateRange | null {
  const [from, to] =
    column === "order_date"
      ? [order_date_from, order_date_to]
      : column === "paid_date"
        ? [more?.paid_date_from ?? null, more?.paid_date_to ?? null]
        : [more?.shipped_date_from ?? null, more?.shipped_date_to ?? null];
  if (from === null && to === null) return null;
  return {
    first: from === null ? firstMoment : edgeOfDay(from, "start"),
    last: to === null ? lastMoment : edgeOfDay(to, "end"),
  };
}

function isBetween(date: DateTime | null, range: DateRange | null): boolean {
  return range === null || (date !== null && date >= range.first && date <= range.last);
}

/** An order with the value by which it is sorted. */
export interface Place {
  readonly id: number;
  readonly value: SortValue;
}

const contactIds = { customer: "customer_id", employee: "employee_id", shipper: "shipper_id" } as const;

/** The list cannot go on after a customer, an employee or a shipper that was deleted in the meantime. */
export class PlaceIsGone extends Error {}

/** The places of orders in the order of a list, those after `after`. */
export async function sortedPlaces(
  db: Database,
  orders: readonly Facts[],
  { column, isDown, after }: { readonly column: Column; readonly isDown: boolean; readonly after: Place | null },
): Promise<readonly Place[]> {
  const totals = column === "order_total" ? await totalsOf(db, orders) : null;
  const places = orders.map((order) => ({
    id: order.id,
    value: totals === null ? sortValueOf(order, column) : (totals.get(order.id) ?? null),
  }));
  const compare = await comparison(db, after === null ? places : [...places, after], column);
  const direction = isDown ? -1 : 1;
  const rest = after === null ? places : places.filter((place) => direction * compare(place, after) > 0);
  return rest.sort((a, b) => direction * compare(a, b));
}

/** The value by which an order is sorted; its total is computed apart. */
function sortValueOf(order: Facts, column: Column): SortValue {
  switch (column) {
    case "id":
    case "order_total":
      return null;
    case "customer":
    case "employee":
    case "shipper":
      return order[contactIds[column]];
    case "ship_city":
      return order.ship_city_key;
    case "ship_country_region":
      return order.ship_country_key;
    default:
      return order[column];
  }
}

type Compare = (a: Place, b: Place) => number;

async function comparison(db: Database, places: readonly Place[], column: Column): Promise<Compare> {
  if (column !== "customer" && column !== "employee" && column !== "shipper")
    return (a, b) => compareValues(a.value, b.value, column === "order_total") || a.id - b.id;
  const ids = new Set(places.flatMap(({ value }) => (typeof value === "number" ? [value] : [])));
  const names = await namesOf(db, column, ids);
  const nameOf = ({ value }: Place) => {
    if (typeof value !== "number") return null;
    const name = names.get(value);
    if (name === undefined) throw new PlaceIsGone();
    return name;
  };
  return (a, b) => compareValues(nameOf(a), nameOf(b)) || compareValues(a.value, b.value) || a.id - b.id;
}

/** The names by which contacts are sorted. */
export async function namesOf(
  db: Database,
  contact: keyof typeof namesOfContacts,
  ids: ReadonlySet<number>,
): Promise<ReadonlyMap<number, string>> {
  const names = new Map<number, string>();
  for (const some of chunksOf([...ids]))
    for (const { id, search_text } of await db.all(namesOfContacts[contact], { ids: some }))
      names.set(id, search_text ?? "");
  return names;
}

async function totalsOf(db: Database, orders: readonly Facts[]): Promise<ReadonlyMap<number, Decimal>> {
  const totals = new Map<number, Decimal>();
  const { minorUnit } = currencyOf((await db.one(companyCurrency)).currency);
  for (const ids of chunksOf(orders.map(({ id }) => id))) {
    const details = Map.groupBy(await db.all(detailsByOrderIds, { order_ids: ids }), ({ order_id }) => order_id);
    for (const order of await db.all(ordersByIds, { ids }))
      totals.set(order.id, amountsOf(order, details.get(order.id) ?? [], minorUnit).orderTotal);
  }
  return totals;
}

/**
 * No value comes before every value. Texts compare by code point, as both engines compare their keys; a text that looks
 * like an amount is none unless the column has amounts.
 */
function compareValues(a: SortValue, b: SortValue, isAmount = false): number {
  if (a === b) return 0;
  if (a === null || b === null) return a === null ? -1 : 1;
  if (typeof a === "number" && typeof b === "number") return a - b;
  const [one, other] = [String(a), String(b)];
  if (isAmount && isDecimal(one) && isDecimal(other)) return compareAmounts(one, other);
  return Buffer.compare(Buffer.from(one), Buffer.from(other));
}

function compareAmounts(a: Decimal, b: Decimal): number {
  const [one, other] = [toUnits(a), toUnits(b)];
  return one < other ? -1 : one > other ? 1 : 0;
}

/** Reads a date that a key holds. */
export function dateIn(value: SortValue): DateTime | null {
  return typeof value === "string" && isDateTime(value) ? value : null;
}
