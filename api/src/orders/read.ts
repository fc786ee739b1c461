import type { Decimal, Queryable, RowOf } from "sqlproof";
import type { MinorUnit } from "../company/currency.ts";
import { rateNumber } from "../contract/decimal.ts";
import { changeableOf } from "./changeable.ts";
import type { Order, OrderContact, OrderCustomer } from "./fields.ts";
import {
  customersOfOrders,
  type detailsByOrderIds,
  employeesOfOrders,
  type lockOrders,
  type ordersByIds,
  shippersOfOrders,
} from "./queries.ts";
import { amountsOf } from "./rules.ts";
import { taxBreakdownOf } from "./taxes.ts";

export type OrderRow = RowOf<typeof ordersByIds>;
/** The row as a write reads it, with what it keeps of its customer. */
export type WrittenRow = RowOf<typeof lockOrders>;
export type DetailRow = RowOf<typeof detailsByOrderIds>;

/** The values of `include` for lists. The details bring the totals with them. */
export const includes = ["details", "totals", "customer", "employee", "shipper", "changeable"] as const;
/**
 * The values of `include` for one order: `actions` depend on who asks, and on more than the order; so do `promises`, the
 * dates of its details.
 */
export const includesOfOne = [...includes, "actions", "promises"] as const;
export type Includes = ReadonlySet<(typeof includesOfOne)[number]>;

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
    tax_rate: rateOrNull(row.tax_rate),
    tax_status_id: row.tax_status_id,
    status_id: row.status_id,
  };
}

function rateOrNull(rate: Decimal | null): number | null {
  return rate === null ? null : rateNumber(rate);
}

function breakdownOf({ row, details }: StoredOrder, minorUnit: MinorUnit): NonNullable<Order["tax_breakdown"]> {
  return taxBreakdownOf(row, details, minorUnit).map(({ taxRate, taxableAmount, taxes }) => ({
    ...{ tax_rate: rateNumber(taxRate), taxable_amount: taxableAmount, taxes },
  }));
}

/** An order row with its detail rows. */
export interface StoredOrder {
  readonly row: OrderRow;
  readonly details: readonly DetailRow[];
  /** Null for an order without one, undefined where it was not read. */
  readonly customer?: OrderCustomer | null;
}

/** An order as a write reads and stores it. */
export interface WrittenOrder extends StoredOrder {
  readonly row: WrittenRow;
}

/** Whether these includes need the details. */
export function needsDetails(wanted: Includes): boolean {
  return wanted.has("details") || wanted.has("totals") || wanted.has("actions") || wanted.has("promises");
}

function shownOrder(stored: StoredOrder, wanted: Includes, minorUnit: MinorUnit): Order {
  const order = withAmounts(stored, wanted, minorUnit);
  return wanted.has("changeable") ? { ...order, changeable: changeableOf(stored.row.status_id) } : order;
}

function withAmounts(stored: StoredOrder, wanted: Includes, minorUnit: MinorUnit): Order {
  if (wanted.has("details") || wanted.has("promises")) return detailedOrder(stored, minorUnit);
  if (!wanted.has("totals")) return plainOrder(stored.row);
  const { subtotal, orderTotal } = amountsOf(stored.row, stored.details, minorUnit);
  const tax_breakdown = breakdownOf(stored, minorUnit);
  return { ...plainOrder(stored.row), subtotal, tax_breakdown, order_total: orderTotal };
}

/** A stored order with its details, in the form of an answer. */
export function detailedOrder({ row, details }: StoredOrder, minorUnit: MinorUnit): Order {
  return { ...plainOrder(row), ...detailMembers(row, details, minorUnit) };
}

/** A stored order as an audit entry: with its details, its customer as sold, and the reason of its last correction. */
export function auditedOrder({ row, details }: WrittenOrder, minorUnit: MinorUnit): object {
  return auditedAs(row, detailMembers(row, details, minorUnit));
}

/** An order before and after a change, as its audit entry shows it. What no change can touch is computed once. */
export function auditedStates(before: WrittenOrder, after: WrittenOrder, minorUnit: MinorUnit) {
  const members = detailMembers(before.row, before.details, minorUnit);
  const isSame = haveSameAmounts(before, after);
  return {
    before: auditedAs(before.row, members),
    after: auditedAs(after.row, isSame ? members : detailMembers(after.row, after.details, minorUnit)),
  };
}

/** Whether everything that `detailMembers` shows of an order was left alone: a write keeps the rows of such details. */
function haveSameAmounts(before: StoredOrder, after: StoredOrder): boolean {
  const [one, other] = [before.row, after.row];
  return (
    one.taxes === other.taxes &&
    one.shipping_fee === other.shipping_fee &&
    one.tax_rate === other.tax_rate &&
    one.tax_status_id === other.tax_status_id &&
    before.details.length === after.details.length &&
    before.details.every((detail, place) => detail === after.details[place])
  );
}

function auditedAs(row: WrittenRow, members: ReturnType<typeof detailMembers>): object {
  const customer = {
    id: row.customer_id,
    company: row.customer_company,
    first_name: row.customer_first_name,
    last_name: row.customer_last_name,
    address: row.billing_address,
    city: row.billing_city,
    state_province: row.billing_state_province,
    zip_postal_code: row.billing_zip_postal_code,
    country_region: row.billing_country_region,
    vat_id: row.customer_vat_id,
    tax_treatment: row.tax_treatment,
    tax_exemption_reason: row.tax_exemption_reason,
  };
  return {
    ...plainOrder(row),
    ...members,
    customer: row.customer_id === null ? null : customer,
    ...(row.correction_reason === null ? {} : { correction_reason: row.correction_reason }),
    ...(row.shipping_policy === null ? {} : { shipping_policy: row.shipping_policy }),
  };
}

/** A stored order with its includes. */
export async function withIncludesOf(
  db: Queryable,
  stored: StoredOrder,
  wanted: Includes,
  minorUnit: MinorUnit,
): Promise<Order> {
  const [order] = await withIncludes(db, [stored], wanted, minorUnit);
  if (order === undefined) throw new Error("an order that vanished while it was answered");
  return order;
}

/** Stored orders with their includes, one query per table however many orders there are. */
export async function withIncludes(
  db: Queryable,
  stored: readonly StoredOrder[],
  wanted: Includes,
  minorUnit: MinorUnit,
): Promise<readonly Order[]> {
  const rows = stored.map(({ row }) => row);
  const orders = stored.map((each) => shownOrder(each, wanted, minorUnit));
  if (rows.length === 0) return orders;
  const [customers, employees, shippers] = await Promise.all([
    wanted.has("customer") ? customersOf(db, stored) : null,
    wanted.has("employee") ? contactsOf(rows, "employee_id", (ids) => db.all(employeesOfOrders, { ids })) : null,
    wanted.has("shipper") ? contactsOf(rows, "shipper_id", (ids) => db.all(shippersOfOrders, { ids })) : null,
  ]);
  if (customers === null && employees === null && shippers === null) return orders;
  return orders.map((order) => ({
    ...order,
    ...(customers === null ? {} : { customer: customers.get(order.id) ?? null }),
    ...(employees === null ? {} : { employee: employees.get(order.employee_id ?? 0) ?? null }),
    ...(shippers === null ? {} : { shipper: shippers.get(order.shipper_id ?? 0) ?? null }),
  }));
}

/** The customers of orders by the order's id, read now for those of which only the row and the details were read. */
async function customersOf(
  db: Queryable,
  stored: readonly StoredOrder[],
): Promise<ReadonlyMap<number, OrderCustomer | null>> {
  const known = new Map(stored.flatMap(({ row, customer }) => (customer === undefined ? [] : [[row.id, customer]])));
  const order_ids = stored.flatMap(({ row, customer }) => (customer === undefined ? [row.id] : []));
  if (order_ids.length > 0)
    for (const read of await db.all(customersOfOrders, { order_ids })) known.set(read.order_id, shownCustomer(read));
  return known;
}

/** A customer as read with its order, in the form of an answer. */
export function shownCustomer({
  order_id: _order,
  order_version: _version,
  ...customer
}: RowOf<typeof customersOfOrders>): OrderCustomer {
  return customer;
}

async function contactsOf(
  rows: readonly OrderRow[],
  key: "employee_id" | "shipper_id",
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
  minorUnit: MinorUnit,
): Pick<Order, "subtotal" | "tax_breakdown" | "order_total" | "order_details"> {
  const { extendedPrices, subtotal, orderTotal } = amountsOf(row, details, minorUnit);
  return {
    subtotal,
    tax_breakdown: breakdownOf({ row, details }, minorUnit),
    order_total: orderTotal,
    order_details: details.map(({ position: _, ...detail }, index) => ({
      ...detail,
      tax_rate: rateOrNull(detail.tax_rate),
      extended_price: extendedPrices[index] ?? subtotal,
    })),
  };
}
