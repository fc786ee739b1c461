import type { Database } from "sqlproof";
import type { KeysRequest } from "./page-keys.ts";
import type { OrderRow } from "./read.ts";
import { rowsAscending, rowsDescending } from "./row-queries.ts";

const beforeAll = 0;
const behindAll = 2_147_483_647;

/**
 * The rows of a page whose index leads straight to them, in one query instead of two: all orders, or those of one customer or
 * employee, by id, which is what the original's lists are. Null for every other page.
 */
export function rowsOfPage(db: Database, { filters, sort, after, rows }: KeysRequest): Promise<OrderRow[]> | null {
  if (sort !== "id" && sort !== "-id") return null;
  const { customer_id, employee_id, ...others } = filters;
  if (!isNothing(others.status_id, others.shipper_id, others.q, others.order_date_from, others.order_date_to))
    return null;
  const down = sort === "-id";
  const queries = down ? rowsDescending : rowsAscending;
  const id = after?.id ?? (down ? behindAll : beforeAll);
  if (customer_id === null && employee_id === null) return db.all(queries.any, { id, rows });
  if (employee_id === null) return db.all(queries.customer, { customer_id: customer_id ?? 0, id, rows });
  return customer_id === null ? db.all(queries.employee, { employee_id, id, rows }) : null;
}

function isNothing(...values: readonly (string | number | null)[]): boolean {
  return values.every((value) => value === null);
}
