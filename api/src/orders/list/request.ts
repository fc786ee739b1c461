import type { CalendarDate, DateTime } from "sqlproof";

/** The orders a list can have. */
export const sorts = ["-id", "id", "-order_date", "order_date"] as const;
export type Sort = (typeof sorts)[number];

/** What every order of a list has in common. */
export interface Filters {
  readonly status_id: number | null;
  readonly customer_id: number | null;
  readonly employee_id: number | null;
  readonly shipper_id: number | null;
  readonly order_date_from: CalendarDate | null;
  readonly order_date_to: CalendarDate | null;
  readonly q: string | null;
}

export interface ListRequest extends Filters {
  readonly sort: Sort;
  readonly limit: number;
  readonly cursor: string | null;
  readonly skip: number;
}

/** Where a page ended: the key of its last order in the list's order. */
export interface Key {
  readonly id: number;
  readonly order_date: DateTime | null;
}
