import { dateTime } from "sqlproof";
import { edgeOfDay, likePattern } from "../../contract/text.ts";
import type { Filters } from "./request.ts";

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
    pattern: likePattern(q),
    searched_id: q !== null && /^[1-9][0-9]{0,8}$/.test(q) ? Number(q) : null,
  };
}
