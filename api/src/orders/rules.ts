import type { DateTime, Decimal } from "sqlproof";
import type { Issue } from "../contract/answer.ts";
import { divideHalfEven, fits, fromUnits, one, toUnits, zero } from "../contract/decimal.ts";

/** Order status, as the table `orders_status` has it. */
export const status = { new: 0, invoiced: 1, shipped: 2, closed: 3 } as const;

/** Tax status, as the table `orders_tax_status` has it. */
export const taxable = 1;

/** What an amount is computed from. Columns that the original left empty count as nothing. */
export interface PricedDetail {
  readonly quantity: Decimal;
  readonly unit_price: Decimal | null;
  readonly discount: Decimal;
}

export interface PricedOrder {
  readonly taxes: Decimal | null;
  readonly shipping_fee: Decimal | null;
}

/** Every amount of one order. */
export interface Amounts {
  /** One per order detail, in their order. */
  readonly extendedPrices: readonly Decimal[];
  readonly subtotal: Decimal;
  readonly orderTotal: Decimal;
}

/**
 * The one computation of an order's amounts, exact: an extended price is quantity x unit price x (1 - discount),
 * rounded once to four places, half to even; subtotal is their sum; order total = subtotal + taxes + shipping fee.
 */
export function amountsOf(order: PricedOrder, details: readonly PricedDetail[]): Amounts {
  const extended = details.map(extendedUnits);
  const subtotal = extended.reduce((sum, units) => sum + units, 0n);
  return {
    extendedPrices: extended.map(fromUnits),
    subtotal: fromUnits(subtotal),
    orderTotal: fromUnits(subtotal + toBigUnits(order.taxes ?? zero) + toUnits(order.shipping_fee ?? zero)),
  };
}

/** The extended price of one order detail, in units. */
export function extendedUnits({ quantity, unit_price, discount }: PricedDetail): bigint {
  return divideHalfEven(toUnits(quantity) * toUnits(unit_price ?? zero) * (one - toUnits(discount)), one * one);
}

/** Taxes of a taxable order: subtotal x tax rate, without the shipping fee, rounded as everything else. */
export function taxesOf(subtotal: Decimal, taxRate: Decimal | null): Decimal {
  return fromUnits(divideHalfEven(toBigUnits(subtotal) * toUnits(taxRate ?? zero), one));
}

/** What decides the taxes of an order. */
export interface Taxation {
  readonly tax_status_id: number | null;
  readonly tax_rate: Decimal | null;
  readonly taxes: Decimal | null;
}

/**
 * The taxes to store when the client gave none: computed while the order is taxable and something they follow from
 * was written, nothing once it is no longer taxable, else what they were.
 */
export function taxesToStore(
  before: Taxation,
  after: Taxation,
  subtotal: Decimal,
  wrote: "basis" | "other",
): Decimal | null {
  if (wrote === "other") return before.taxes;
  if (after.tax_status_id === taxable) return taxesOf(subtotal, after.tax_rate);
  return before.tax_status_id === taxable ? zero : before.taxes;
}

/** Amounts that no column could hold. */
export function amountIssues(order: PricedOrder, details: readonly PricedDetail[]): Issue[] {
  const { extendedPrices, orderTotal } = amountsOf(order, details);
  const message = "The amount is beyond 922337203685477.5807.";
  const issues = extendedPrices.flatMap((price, index): Issue[] =>
    fits(toBigUnits(price)) ? [] : [{ pointer: `#/order_details/${index}`, code: "range", message }],
  );
  if (!fits(toBigUnits(orderTotal))) issues.push({ pointer: "#", code: "range", message });
  return issues;
}

/** Units of a computed amount, which may be larger than a stored one. */
function toBigUnits(amount: Decimal): bigint {
  return BigInt(amount.replace(".", ""));
}

/** An order is not shipped on a day before it was made. Asked only when one of the two dates is written. */
export function dateIssues(order: {
  readonly order_date: DateTime | null;
  readonly shipped_date: DateTime | null;
}): Issue[] {
  const { order_date: ordered, shipped_date: shipped } = order;
  if (ordered === null || shipped === null || dayOf(shipped) >= dayOf(ordered)) return [];
  return [{ pointer: "#/shipped_date", code: "rule", message: "Must not be before the day of order_date." }];
}

function dayOf(time: DateTime): string {
  return time.slice(0, 10);
}

/** Where an order may go from each status: only forward. An order without a status counts as new. */
const transitions: ReadonlyMap<number, readonly number[]> = new Map([
  [status.new, [status.invoiced, status.shipped, status.closed]],
  [status.invoiced, [status.shipped, status.closed]],
  [status.shipped, [status.closed]],
  [status.closed, []],
]);

interface Guarded {
  readonly status_id: number | null;
  readonly customer_id: number | null;
  readonly employee_id: number | null;
}

/** What the state of an order forbids a client to change. Writing the value that is there changes nothing. */
export function stateIssues(before: Guarded, after: Guarded, detailsChange: boolean): Issue[] {
  const issues: Issue[] = [];
  const from = before.status_id ?? status.new;
  const refuse = (field: string, message: string) => issues.push({ pointer: `#/${field}`, code: "state", message });
  if (after.status_id !== before.status_id && !mayBecome(from, after.status_id))
    refuse("status_id", "An order only goes forward: New, Invoiced, Shipped, Closed.");
  if (from === status.new) return issues;
  const locked = "Cannot be changed once the order is invoiced.";
  if (after.customer_id !== before.customer_id) refuse("customer_id", locked);
  if (after.employee_id !== before.employee_id) refuse("employee_id", locked);
  if (detailsChange) refuse("order_details", locked);
  return issues;
}

function mayBecome(from: number, to: number | null): boolean {
  return to !== null && (transitions.get(from) ?? []).includes(to);
}

/** Whether an order may be deleted: only before it is shipped. */
export function isDeletable(statusId: number | null): boolean {
  return statusId === null || statusId === status.new || statusId === status.invoiced;
}

/** Whether something is left to ship. An order without a status counts as new. */
export function isOpen(statusId: number | null): boolean {
  return statusId === null || statusId === status.new || statusId === status.invoiced;
}
