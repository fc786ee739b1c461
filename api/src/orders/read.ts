import type { Queryable, RowOf } from "sqlproof";
import { currency } from "./currency.ts";
import type { Order, OrderContact } from "./fields.ts";
import {
  customersOfOrders,
  type detailsByOrderIds,
  employeesOfOrders,
  type ordersByIds,
  shippersOfOrders,
} from "./queries.ts";
import { amountsOf } from "./rules.ts";

export type OrderRow = RowOf<typeof ordersByIds>;
export type DetailRow = RowOf<typeof detailsByOrderIds>;

/** The values of `include`. The details bring the totals with them. */
export const includes = ["details", "totals", "customer", "employee", "shipper"] as const;
export type Includes = ReadonlySet<(typeof includes)[number]>;

/** A stored order in the form of an answer. */
export function plainOrder(row: OrderRow): Order {
  // Written out, because copying all but `version` costs more, and this is the hottest route.
  return {
    id: row.id,
    employee_id: row.employee_id,
    customer_id: row.customer_id,
    order_date: row.order_date,
    shipped_date: row.shipped_date,
    shipper_id: row.shipper_id,
    ship_name: row.ship_name,
    ship_address: row.ship_address,
    ship_city: row.ship_city,
    ship_state_province: row.ship_state_province,
    ship_zip_postal_code: row.ship_zip_postal_code,
    ship_country_region: row.ship_country_region,
    shipping_fee: row.shipping_fee,
    taxes: row.taxes,
    payment_type: row.payment_type,
    paid_date: row.paid_date,
    notes: row.notes,
    // A rate is not an amount, and a JSON number holds its four places exactly.
    tax_rate: row.tax_rate === null ? null : Number(row.tax_rate),
    tax_status_id: row.tax_status_id,
    status_id: row.status_id,
  };
}

/** An order row with its detail rows. */
export interface StoredOrder {
  readonly row: OrderRow;
  readonly details: readonly DetailRow[];
}

/** Whether these includes need the details. */
export function needsDetails(wanted: Includes): boolean {
  return wanted.has("details") || wanted.has("totals");
}

function shownOrder(stored: StoredOrder, wanted: Includes): Order {
  if (wanted.has("details")) return detailedOrder(stored);
  if (!wanted.has("totals")) return plainOrder(stored.row);
  const { subtotal, orderTotal } = amountsOf(stored.row, stored.details, currency.minorUnit);
  return { ...plainOrder(stored.row), subtotal, order_total: orderTotal };
}

/** A stored order with its details, in the form of an answer and of an audit entry. */
export function detailedOrder({ row, details }: StoredOrder): Order {
  return { ...plainOrder(row), ...detailMembers(row, details) };
}

/** A stored order with its includes. */
export async function withIncludesOf(db: Queryable, stored: StoredOrder, wanted: Includes): Promise<Order> {
  const [order] = await withIncludes(db, [stored], wanted);
  if (order === undefined) throw new Error("an order that vanished while it was answered");
  return order;
}

/** Stored orders with their includes, one query per table however many orders there are. */
export async function withIncludes(
  db: Queryable,
  stored: readonly StoredOrder[],
  wanted: Includes,
): Promise<readonly Order[]> {
  const rows = stored.map(({ row }) => row);
  const orders = stored.map((each) => shownOrder(each, wanted));
  if (rows.length === 0) return orders;
  const [customers, employees, shippers] = await Promise.all([
    wanted.has("customer") ? contactsOf(rows, "customer_id", (ids) => db.all(customersOfOrders, { ids })) : null,
    wanted.has("employee") ? contactsOf(rows, "employee_id", (ids) => db.all(employeesOfOrders, { ids })) : null,
    wanted.has("shipper") ? contactsOf(rows, "shipper_id", (ids) => db.all(shippersOfOrders, { ids })) : null,
  ]);
  if (customers === null && employees === null && shippers === null) return orders;
  return orders.map((order) => ({
    ...order,
    ...(customers === null ? {} : { customer: customers.get(order.customer_id ?? 0) ?? null }),
    ...(employees === null ? {} : { employee: employees.get(order.employee_id ?? 0) ?? null }),
    ...(shippers === null ? {} : { shipper: shippers.get(order.shipper_id ?? 0) ?? null }),
  }));
}

async function contactsOf(
  rows: readonly OrderRow[],
  key: "customer_id" | "employee_id" | "shipper_id",
  fetch: (ids: readonly number[]) => Promise<readonly OrderContact[]>,
): Promise<ReadonlyMap<number, OrderContact>> {
  const ids = new Set<number>();
  for (const { [key]: id } of rows) if (id !== null) ids.add(id);
  if (ids.size === 0) return new Map();
  return new Map((await fetch([...ids])).map((contact) => [contact.id, contact]));
}

function detailMembers(
  row: OrderRow,
  details: readonly DetailRow[],
): Pick<Order, "subtotal" | "order_total" | "order_details"> {
  const { extendedPrices, subtotal, orderTotal } = amountsOf(row, details, currency.minorUnit);
  return {
    subtotal,
    order_total: orderTotal,
    order_details: details.map((detail, index) => ({ ...detail, extended_price: extendedPrices[index] ?? subtotal })),
  };
}
