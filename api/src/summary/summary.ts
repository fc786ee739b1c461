// The figures of the home page: `summary.ts` computes the report, which `routes.ts` serves from a cache when there are
// many orders.
import { type Database, type DateTime, type Decimal, dateTime } from "sqlproof";
import type { MinorUnit } from "../company/currency.ts";
import { fromUnits } from "../contract/decimal.ts";
import { nameOf } from "../orders/names.ts";
import { countByStatus } from "../orders/overview/queries.ts";
import { extendedUnits, isOpen } from "../orders/rules.ts";
import type { Report } from "../reports/report.ts";
import { Yielding } from "../reports/yielding.ts";
import { ordersStatus } from "../resources/statuses/queries.ts";
import { customerNames, lateCount, lateOrders, ordersPlaced, productNames, soldDetails, soldLines } from "./queries.ts";

const monthsShown = 12;
const topDays = 90;
const topShown = 5;
/** Order details are read for this number of days at a time. */
const sliceDays = 7;
const dayMs = 86_400_000;

export interface SummaryRequest {
  /** The time for which the summary is made. */
  readonly now: DateTime;
  /** The decimal places of the currency. */
  readonly minorUnit: MinorUnit;
  /** The number of days after which an open order is late. */
  readonly lateDays: number;
}

export type Summary = Awaited<ReturnType<typeof summaryOf>>;

/** Computes the orders that need attention and the sales figures. Rejects if the signal is aborted. */
export async function summaryOf(db: Database, request: SummaryRequest, signal: AbortSignal) {
  const yielding = new Yielding(signal);
  const { now, lateDays } = request;
  return {
    orders_by_status: await byStatus(db),
    late: await lateOf(db, now, lateDays),
    sales_by_month: await salesByMonth(db, request, yielding),
    ...(await topSellers(db, request, yielding)),
  };
}

export const summaryReport: Report<SummaryRequest, Summary> = { name: "summary", make: summaryOf };

async function byStatus(db: Database) {
  const [statuses, counts] = [await db.all(ordersStatus), await db.all(countByStatus)];
  const ordersIn = new Map(counts.map(({ status_id, orders }) => [status_id, orders]));
  const known = statuses.map(({ id, status_name }) => ({ status_id: id, status_name, orders: ordersIn.get(id) ?? 0 }));
  const none = ordersIn.get(null);
  const all = none === undefined ? known : [...known, { status_id: null, status_name: null, orders: none }];
  return all.map((entry) => ({ ...entry, open: isOpen(entry.status_id) }));
}

async function lateOf(db: Database, now: DateTime, days: number) {
  const before = daysBefore(now, days);
  const [{ orders }, first] = [await db.one(lateCount, { before }), await db.all(lateOrders, { before })];
  return { days, orders, first: first.map(brief) };
}

/** A short form of an order. */
export function brief({
  id,
  order_date,
  status_id,
  customer_id,
  ...customer
}: {
  readonly id: number;
  readonly order_date: DateTime | null;
  readonly status_id: number | null;
  readonly customer_id: number | null;
  readonly company: string | null;
  readonly first_name: string | null;
  readonly last_name: string | null;
}) {
  return { id, order_date, status_id, customer_id, customer: nameOf(customer) };
}

/** The orders and the sales of this month and the eleven before, by order date. */
async function salesByMonth(db: Database, { now, minorUnit }: SummaryRequest, yielding: Yielding) {
  const sales: { month: string; orders: number; sales: Decimal }[] = [];
  for (let back = monthsShown - 1; back >= 0; back -= 1) {
    const range = { first: firstOfMonth(now, back), end: firstOfMonth(now, back - 1) };
    let units = 0n;
    for (const line of await db.all(soldLines, range)) units += extendedUnits(line, minorUnit) * BigInt(line.details);
    const { orders } = await db.one(ordersPlaced, range);
    sales.push({ month: range.first.slice(0, 7), orders, sales: fromUnits(units) });
    await yielding.yieldIfDue();
  }
  return sales;
}

/** The products and customers with the highest sales in the last 90 days, including today. */
async function topSellers(db: Database, { now, minorUnit }: SummaryRequest, yielding: Yielding) {
  const products = new Map<number, bigint>();
  const customers = new Map<number, bigint>();
  const tomorrow = daysBefore(dateTime(`${now.slice(0, 10)}T00:00:00`), -1);
  for (let back = topDays; back > 0; back -= sliceDays) {
    const range = { first: daysBefore(tomorrow, back), end: daysBefore(tomorrow, Math.max(0, back - sliceDays)) };
    for (const detail of await db.all(soldDetails, range)) {
      const units = extendedUnits(detail, minorUnit);
      add(products, detail.product_id, units);
      add(customers, detail.customer_id, units);
    }
    await yielding.yieldIfDue();
  }
  const [topProducts, topCustomers] = [largest(products), largest(customers)];
  const product = new Map(
    (await db.all(productNames, { ids: topProducts.map(([id]) => id) })).map((row) => [row.id, row]),
  );
  const customer = new Map(
    (await db.all(customerNames, { ids: topCustomers.map(([id]) => id) })).map((row) => [row.id, row]),
  );
  return {
    top_days: topDays,
    top_products: topProducts.map(([id, units]) => {
      const { product_code = null, product_name = null } = product.get(id) ?? {};
      return { product_id: id, product_code, product_name, sales: fromUnits(units) };
    }),
    top_customers: topCustomers.map(([id, units]) => {
      const found = customer.get(id);
      return { customer_id: id, customer: found === undefined ? null : nameOf(found), sales: fromUnits(units) };
    }),
  };
}

function add(sums: Map<number, bigint>, id: number | null, units: bigint): void {
  if (id !== null) sums.set(id, (sums.get(id) ?? 0n) + units);
}

/** The largest sums with their ids. Equal sums are ordered by id. */
function largest(sums: ReadonlyMap<number, bigint>): readonly (readonly [number, bigint])[] {
  return [...sums].sort(([a, x], [b, y]) => (x === y ? a - b : x < y ? 1 : -1)).slice(0, topShown);
}

/** The same time of day so many days earlier. */
export function daysBefore(moment: DateTime, days: number): DateTime {
  return textOf(Date.parse(`${moment}Z`) - days * dayMs);
}

/** The start of the month that is `back` months before the given time. */
function firstOfMonth(moment: DateTime, back: number): DateTime {
  const [year = 0, month = 1] = moment.split("-", 2).map((digits) => Number.parseInt(digits, 10));
  return textOf(Date.UTC(year, month - 1 - back, 1));
}

function textOf(milliseconds: number): DateTime {
  return dateTime(new Date(milliseconds).toISOString().slice(0, 19));
}
