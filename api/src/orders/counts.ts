import type { Database } from "sqlproof";
import {
  countByStatus,
  countByStatusInDates,
  countByStatusOfCustomer,
  countByStatusOfEmployee,
  countByStatusOfShipper,
  countByStatusOfSome,
} from "./count-queries.ts";
import type { Filters } from "./list.ts";
import { filterOf, firstMoment, lastMoment } from "./page-keys.ts";

export interface StatusCount {
  readonly status_id: number | null;
  readonly orders: number;
}

/** How many orders there are in each status, whatever status the filters name; a status without orders is left out. */
export function countsOf(db: Database, filters: Filters): Promise<readonly StatusCount[]> {
  const { customer_id, employee_id, shipper_id, q, order_date_from, order_date_to } = filters;
  const filter = filterOf({ ...filters, status_id: null });
  if (customer_id !== null) return db.all(countByStatusOfCustomer, { ...filter, customer_id });
  if (employee_id !== null) return db.all(countByStatusOfEmployee, { ...filter, employee_id });
  if (shipper_id !== null) return db.all(countByStatusOfShipper, { ...filter, shipper_id });
  if (q !== null) return db.all(countByStatusOfSome, filter);
  if (order_date_from === null && order_date_to === null) return db.all(countByStatus);
  return db.all(countByStatusInDates, {
    first: filter.first ?? firstMoment,
    last: filter.last ?? lastMoment,
  });
}
