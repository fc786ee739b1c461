import type { CalendarDate, DateTime } from "sqlproof";

/** The sorts that combine with every filter at any size. */
export const basicSorts = ["-id", "id", "-order_date", "order_date"] as const;
export type BasicSort = (typeof basicSorts)[number];

/** The columns that a list can be sorted by; no value comes before every value. */
export const columns = [
  "id",
  "order_date",
  "shipped_date",
  "paid_date",
  "status_id",
  "customer",
  "employee",
  "shipper",
  "ship_city",
  "ship_country_region",
  "order_total",
] as const;
export type Column = (typeof columns)[number];

/** The orders a list can have. */
export const sorts = [
  ...basicSorts,
  ...["shipped_date", "-shipped_date", "paid_date", "-paid_date", "status_id", "-status_id"],
  ...["customer", "-customer", "employee", "-employee", "shipper", "-shipper"],
  ...["ship_city", "-ship_city", "ship_country_region", "-ship_country_region", "order_total", "-order_total"],
] as const;
export type Sort = Column | `-${Column}`;

/** The columns of an order that refer to somebody. */
export type Reference = "customer_id" | "employee_id" | "shipper_id";

/** What every order of a list has in common. */
export interface Filters {
  readonly status_id: number | null;
  readonly customer_id: number | null;
  readonly employee_id: number | null;
  readonly shipper_id: number | null;
  readonly order_date_from: CalendarDate | null;
  readonly order_date_to: CalendarDate | null;
  readonly q: string | null;
  /** The filters that are rarely given: null when none of them is. */
  readonly more: MoreFilters | null;
}

export interface MoreFilters {
  /** Two statuses or more; one alone is `status_id`. */
  readonly statuses: readonly number[] | null;
  /** The references that are empty. */
  readonly without: readonly Reference[];
  readonly paid: boolean | null;
  readonly shipped: boolean | null;
  readonly paid_date_from: CalendarDate | null;
  readonly paid_date_to: CalendarDate | null;
  readonly shipped_date_from: CalendarDate | null;
  readonly shipped_date_to: CalendarDate | null;
  readonly ship_country_region: string | null;
  readonly ids: readonly number[] | null;
}

/** A list: which orders, and in which order. */
export interface List {
  readonly filters: Filters;
  readonly sort: Sort;
}

/** The value by which an order is sorted: a date, a name, a place, a total or an id. */
export type SortValue = string | number | null;

/** Where a page ended: the key of its last order in the list's order. */
export interface Key {
  readonly id: number;
  readonly order_date: DateTime | null;
  /** In the sorts that are not basic. A customer, an employee or a shipper is an id here. */
  readonly value?: SortValue;
}

/** Up to `rows` keys of a list, those after `after`. */
export interface KeysRequest extends List {
  readonly after: Key | null;
  readonly rows: number;
}

/** A request in a basic sort and without the rare filters. */
export interface BasicRequest extends KeysRequest {
  readonly sort: BasicSort;
}

export function isBasic(sort: Sort): sort is BasicSort {
  return basicSorts.some((basic) => basic === sort);
}

export function isDown(sort: Sort): boolean {
  return sort.startsWith("-");
}

export function columnOf(sort: Sort): Column {
  const name = isDown(sort) ? sort.slice(1) : sort;
  return columns.find((column) => column === name) ?? "id";
}
