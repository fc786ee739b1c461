import { type Database, parametersOf } from "sqlproof";
import type { Report } from "../../reports/report.ts";
import { filterOf, firstMoment, lastMoment } from "../list/filter.ts";
import { roundsOfAll, sortedKeys } from "../list/keys.ts";
import { countByStatusOfIds } from "../list/queries.ts";
import type { Filters, Key, MoreFilters } from "../list/request.ts";
import { findByText, mostFound } from "../list/search.ts";
import { rangeOf } from "../list/ways/facts.ts";
import {
  countByStatus,
  countByStatusInDates,
  countByStatusOfCustomer,
  countByStatusOfEmployee,
  countByStatusOfMore,
  countByStatusOfShipper,
  countByStatusOfSome,
} from "./queries.ts";

export interface StatusCount {
  readonly status_id: number | null;
  readonly orders: number;
}

const idsAtOnce = 1000;

/** How many orders there are in each status, whatever status the filters name; a status without orders is left out. */
export async function countsOf(db: Database, filters: Filters): Promise<readonly StatusCount[]> {
  const { q, more } = filters;
  if (more !== null) return countsOfMore(db, filters, more);
  const few = q === null ? null : await findByText(db, { ...filters, status_id: null, q }, mostFound);
  return few === null ? countsOfAll(db, filters) : countsOfFew(db, few);
}

export const countsReport: Report<Filters, readonly StatusCount[]> = { name: "counts", make: countsOf };

async function countsOfMore(db: Database, filters: Filters, more: MoreFilters): Promise<readonly StatusCount[]> {
  const unlimited = { ...filters, status_id: null, more: { ...more, statuses: null } };
  for (const { sorted } of roundsOfAll) {
    const keys = await sortedKeys(db, { filters: unlimited, sort: "id", after: null }, sorted);
    if (keys !== null) return countsOfFew(db, keys);
  }
  const [shipped, paid] = [rangeOf(filters, "shipped_date"), rangeOf(filters, "paid_date")];
  const values = {
    ...filterOf(unlimited),
    ...{ shipped_first: shipped?.first ?? null, shipped_last: shipped?.last ?? null },
    ...{ paid_first: paid?.first ?? null, paid_last: paid?.last ?? null },
    ...{ is_shipped: flagOf(more.shipped), is_paid: flagOf(more.paid), country: more.ship_country_region },
    no_customer: flagOf(more.without.includes("customer_id")),
    no_employee: flagOf(more.without.includes("employee_id")),
    no_shipper: flagOf(more.without.includes("shipper_id")),
  };
  return db.all(countByStatusOfMore, parametersOf(countByStatusOfMore, values));
}

function flagOf(flag: boolean | null): number | null {
  return flag === null ? null : Number(flag);
}

async function countsOfFew(db: Database, keys: readonly Key[]): Promise<readonly StatusCount[]> {
  const counts = new Map<number | null, number>();
  for (let begin = 0; begin < keys.length; begin += idsAtOnce) {
    const ids = keys.slice(begin, begin + idsAtOnce).map(({ id }) => id);
    for (const { status_id, orders } of await db.all(countByStatusOfIds, { ids }))
      counts.set(status_id, (counts.get(status_id) ?? 0) + orders);
  }
  return [...counts]
    .map(([status_id, orders]) => ({ status_id, orders }))
    .sort((a, b) => (a.status_id ?? -1) - (b.status_id ?? -1));
}

function countsOfAll(db: Database, filters: Filters): Promise<readonly StatusCount[]> {
  const { customer_id, employee_id, shipper_id, q, order_date_from, order_date_to } = filters;
  const filter = filterOf({ ...filters, status_id: null });
  if (customer_id !== null)
    return db.all(countByStatusOfCustomer, parametersOf(countByStatusOfCustomer, { ...filter, customer_id }));
  if (employee_id !== null)
    return db.all(countByStatusOfEmployee, parametersOf(countByStatusOfEmployee, { ...filter, employee_id }));
  if (shipper_id !== null)
    return db.all(countByStatusOfShipper, parametersOf(countByStatusOfShipper, { ...filter, shipper_id }));
  if (q !== null) return db.all(countByStatusOfSome, parametersOf(countByStatusOfSome, filter));
  if (order_date_from === null && order_date_to === null) return db.all(countByStatus);
  return db.all(countByStatusInDates, {
    first: filter.first ?? firstMoment,
    last: filter.last ?? lastMoment,
  });
}
