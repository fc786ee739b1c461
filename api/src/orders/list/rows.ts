import type { Database } from "sqlproof";
import type { OrderRow } from "../read.ts";
import { newestOfCustomer, newestOfEmployee, rowsAscending, rowsDescending } from "./queries.ts";
import type { KeysRequest } from "./request.ts";

const beforeAll = 0;
const behindAll = 2_147_483_648;

/**
 * The rows of a page in one query instead of two, where an index leads straight to them: all orders by id, and the
 * first page of a customer's or an employee's newest orders. These are the lists of the original. Null for every other
 * page.
 */
export function rowsOfPage(db: Database, { filters, sort, after, rows }: KeysRequest): Promise<OrderRow[]> | null {
  const { customer_id, employee_id, ...others } = filters;
  if (
    !isNothing(others.status_id, others.shipper_id, others.q, others.order_date_from, others.order_date_to, others.more)
  )
    return null;
  if (isNothing(customer_id, employee_id)) {
    if (sort === "id") return db.all(rowsAscending, { id: after?.id ?? beforeAll, rows });
    return sort === "-id" ? db.all(rowsDescending, { id: after?.id ?? behindAll, rows }) : null;
  }
  if (sort !== "-order_date" || after !== null) return null;
  if (employee_id === null) return customer_id === null ? null : db.all(newestOfCustomer, { customer_id, rows });
  return customer_id === null ? db.all(newestOfEmployee, { employee_id, rows }) : null;
}

function isNothing(...values: readonly (string | number | object | null)[]): boolean {
  return values.every((value) => value === null);
}
