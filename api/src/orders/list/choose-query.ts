import type { Database, DateTime } from "sqlproof";
import { dateAscending, dateDescending, idAscending, idDescending } from "./queries.ts";
import type { Key } from "./request.ts";
import { plainDateAscending, plainDateDescending, plainIdAscending, plainIdDescending } from "./unfiltered-queries.ts";

/*
 * Chooses the query of a page whose index leads with the narrowest filter given, and which checks nothing on the way
 * that was not asked.
 */

interface Filter {
  readonly status_id: number | null;
  readonly customer_id: number | null;
  readonly employee_id: number | null;
  readonly shipper_id: number | null;
  readonly pattern: string | null;
  readonly searched_id: number | null;
  readonly first: DateTime | null;
  readonly last: DateTime | null;
  readonly id: number;
  readonly until: number;
  readonly rows: number;
  readonly skip: number;
}

/** Keys by id. */
export function keysById(db: Database, isDated: boolean, down: boolean, params: Filter): Promise<readonly Key[]> {
  if (!isDated && isPlain(params)) return plainById(db, down, params);
  const { customer_id, status_id, employee_id, shipper_id } = params;
  const queries = down ? idDescending : idAscending;
  if (customer_id !== null) return db.all(queries.customer, { ...params, customer_id });
  if (status_id !== null) return db.all(queries.status, { ...params, status_id });
  if (employee_id !== null) return db.all(queries.employee, { ...params, employee_id });
  if (shipper_id !== null) return db.all(queries.shipper, { ...params, shipper_id });
  return db.all(queries.any, params);
}

type DateFilter = Filter & { readonly first: DateTime; readonly last: DateTime };

/** Keys by date and id. */
export function keysByDate(db: Database, down: boolean, params: DateFilter): Promise<readonly Key[]> {
  if (isPlain(params)) return plainByDate(db, down, params);
  const { customer_id, status_id, employee_id, shipper_id } = params;
  const queries = down ? dateDescending : dateAscending;
  if (customer_id !== null) return db.all(queries.customer, { ...params, customer_id });
  if (status_id !== null) return db.all(queries.status, { ...params, status_id });
  if (employee_id !== null) return db.all(queries.employee, { ...params, employee_id });
  if (shipper_id !== null) return db.all(queries.shipper, { ...params, shipper_id });
  return db.all(queries.any, params);
}

/** Whether one index answers all that is asked. A customer's orders are few enough to be checked. */
function isPlain({ customer_id, status_id, employee_id, shipper_id, pattern }: Filter): boolean {
  const leads = [status_id, employee_id, shipper_id].filter((id) => id !== null).length;
  return customer_id === null && pattern === null && leads <= 1;
}

async function plainById(db: Database, down: boolean, params: Filter): Promise<readonly Key[]> {
  // A list by id needs no dates, and its indexes have none.
  return (await idsOf(db, down, params)).map(({ id }) => ({ id, order_date: null }));
}

function idsOf(db: Database, down: boolean, params: Filter): Promise<readonly { readonly id: number }[]> {
  const { status_id, employee_id, shipper_id } = params;
  const queries = down ? plainIdDescending : plainIdAscending;
  if (status_id !== null) return db.all(queries.status, { ...params, status_id });
  if (employee_id !== null) return db.all(queries.employee, { ...params, employee_id });
  if (shipper_id !== null) return db.all(queries.shipper, { ...params, shipper_id });
  return db.all(queries.any, params);
}

function plainByDate(db: Database, down: boolean, params: DateFilter): Promise<readonly Key[]> {
  const { status_id, employee_id, shipper_id } = params;
  const queries = down ? plainDateDescending : plainDateAscending;
  if (status_id !== null) return db.all(queries.status, { ...params, status_id });
  if (employee_id !== null) return db.all(queries.employee, { ...params, employee_id });
  if (shipper_id !== null) return db.all(queries.shipper, { ...params, shipper_id });
  return db.all(queries.any, params);
}
