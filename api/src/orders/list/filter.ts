import { createHash } from "node:crypto";
import { orderNumberIn } from "northwind-schema/search-words";
import { type CalendarDate, dateTime } from "sqlproof";
import { edgeOfDay, searchPatterns } from "../../contract/text.ts";
import type { Filters, MoreFilters, Reference } from "./request.ts";

export const firstMoment = dateTime("0001-01-01T00:00:00");
export const lastMoment = dateTime("9999-12-31T23:59:59");

export function isDated({ order_date_from, order_date_to }: Filters): boolean {
  return order_date_from !== null || order_date_to !== null;
}

/** The filters as the queries take them. */
export function filterOf(filters: Filters) {
  const { status_id, customer_id, employee_id, shipper_id, q, order_date_from: from, order_date_to: to } = filters;
  return {
    ...{ status_id, customer_id, employee_id, shipper_id },
    first: from === null ? null : edgeOfDay(from, "start"),
    last: to === null ? null : edgeOfDay(to, "end"),
    ...searchPatterns(q),
    searched_id: q === null ? null : orderNumberIn(q),
  };
}

/** What the query parameters of a list say. */
interface FilterParameters {
  readonly status_id: readonly number[] | null;
  readonly customer_id: number | "none" | null;
  readonly employee_id: number | "none" | null;
  readonly shipper_id: number | "none" | null;
  readonly order_date_from: CalendarDate | null;
  readonly order_date_to: CalendarDate | null;
  readonly shipped_date_from: CalendarDate | null;
  readonly shipped_date_to: CalendarDate | null;
  readonly paid_date_from: CalendarDate | null;
  readonly paid_date_to: CalendarDate | null;
  readonly shipped: boolean | null;
  readonly paid: boolean | null;
  readonly ship_country_region: string | null;
  readonly ids: readonly number[] | null;
  readonly q: string | null;
}

const references = ["customer_id", "employee_id", "shipper_id"] as const;

/** The filters of a list as its parameters name them. */
export function filtersOf(given: FilterParameters): Filters {
  const { status_id, order_date_from, order_date_to, q } = given;
  const idOf = (reference: Reference) => {
    const id = given[reference];
    return id === "none" ? null : id;
  };
  const [status = null, ...others] = [...(status_id ?? [])].sort((a, b) => a - b);
  const more: MoreFilters = {
    statuses: others.length === 0 || status === null ? null : [status, ...others],
    without: references.filter((reference) => given[reference] === "none"),
    ...{ paid: given.paid, shipped: given.shipped },
    ...{ paid_date_from: given.paid_date_from, paid_date_to: given.paid_date_to },
    ...{ shipped_date_from: given.shipped_date_from, shipped_date_to: given.shipped_date_to },
    ...{ ship_country_region: given.ship_country_region, ids: given.ids },
  };
  const isGiven = Object.values(more).some((value) => (Array.isArray(value) ? value.length > 0 : value !== null));
  return {
    status_id: more.statuses === null ? status : null,
    ...{ customer_id: idOf("customer_id"), employee_id: idOf("employee_id"), shipper_id: idOf("shipper_id") },
    ...{ order_date_from, order_date_to, q },
    more: isGiven ? more : null,
  };
}

export const noFilters: Filters = {
  ...{ status_id: null, customer_id: null, employee_id: null, shipper_id: null },
  ...{ order_date_from: null, order_date_to: null, q: null, more: null },
};

export function isUnfiltered(filters: Filters): boolean {
  return filterValues(filters).every((value) => value === null);
}

/** A short text that is the same for the same filters, so that a cursor tells its list from others; null without any. */
export function tagOf(filters: Filters): string | null {
  if (isUnfiltered(filters)) return null;
  return createHash("sha256")
    .update(JSON.stringify(filterValues(filters)))
    .digest("base64url")
    .slice(0, 12);
}

function filterValues({ status_id, customer_id, employee_id, shipper_id, order_date_from, ...rest }: Filters) {
  const { order_date_to, q, more } = rest;
  return [status_id, customer_id, employee_id, shipper_id, order_date_from, order_date_to, q, more];
}
