// The rules of the trade for orders: amounts, dates, and what each status allows. Pure functions; the pages compute with
// the same ones.
import type { DateTime, Decimal } from "sqlproof";
import type { MinorUnit } from "../company/currency.ts";
import type { Issue } from "../contract/answer.ts";
import { divideHalfAwayFromZero, fits, fromUnits, one, toUnits, zero } from "../contract/decimal.ts";

/** The ids of `orders_status`. */
export const status = { new: 0, invoiced: 1, shipped: 2, closed: 3, cancelled: 4 } as const;

/** The columns from which an extended price is computed. An empty unit price counts as zero. */
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
 * Computes all amounts of an order, exactly. An extended price is quantity x unit price x (1 - discount), rounded once
 * to the minor unit of the currency, half away from zero. The subtotal is their sum; order total = subtotal + taxes +
 * shipping fee, each as it is printed, so that the total can be paid and equals the sum of what is printed.
 */
export function amountsOf(order: PricedOrder, details: readonly PricedDetail[], minorUnit: MinorUnit): Amounts {
  const extended = details.map((detail) => extendedUnits(detail, minorUnit));
  const subtotal = extended.reduce((sum, units) => sum + units, 0n);
  const taxes = payableUnits(toBigUnits(order.taxes ?? zero), minorUnit);
  const shippingFee = payableUnits(toUnits(order.shipping_fee ?? zero), minorUnit);
  return {
    extendedPrices: extended.map(fromUnits),
    subtotal: fromUnits(subtotal),
    orderTotal: fromUnits(subtotal + taxes + shippingFee),
  };
}

/** The extended price of one order detail, in units. */
export function extendedUnits({ quantity, unit_price, discount }: PricedDetail, minorUnit: MinorUnit): bigint {
  const product = toUnits(quantity) * toUnits(unit_price ?? zero) * (one - toUnits(discount));
  return roundedUnits(product, one * one, minorUnit);
}

/** An amount as it is printed and paid: most are stored so, but a client may send one with four places. */
export function payableUnits(units: bigint, minorUnit: MinorUnit): bigint {
  return roundedUnits(units, 1n, minorUnit);
}

/** The units in one minor unit. */
const unitsPerMinor: Readonly<Record<MinorUnit, bigint>> = { 0: 10_000n, 2: 100n, 3: 10n };

/** dividend / divisor units, rounded to the minor unit, half away from zero. */
export function roundedUnits(dividend: bigint, divisor: bigint, minorUnit: MinorUnit): bigint {
  const minor = unitsPerMinor[minorUnit];
  return divideHalfAwayFromZero(dividend, divisor * minor) * minor;
}

/** An issue for each amount that no column could hold. */
export function amountIssues(order: PricedOrder, details: readonly PricedDetail[], minorUnit: MinorUnit): Issue[] {
  const { extendedPrices, orderTotal } = amountsOf(order, details, minorUnit);
  const message = "The amount is beyond 922337203685477.5807.";
  const issues = extendedPrices.flatMap((price, index): Issue[] =>
    fits(toBigUnits(price)) ? [] : [{ pointer: `#/order_details/${index}`, code: "range", message }],
  );
  if (!fits(toBigUnits(orderTotal))) issues.push({ pointer: "#", code: "range", message });
  return issues;
}

/** Units of a computed amount, which may be larger than a stored one. */
export function toBigUnits(amount: Decimal): bigint {
  return BigInt(amount.replace(".", ""));
}

/** An order cannot be shipped before the day of its order date. Checked only when one of the two dates is written. */
export function dateIssues(order: {
  readonly order_date: DateTime | null;
  readonly shipped_date: DateTime | null;
}): Issue[] {
  const { order_date: ordered, shipped_date: shipped } = order;
  if (!isBeforeOrder(shipped, ordered)) return [];
  return [{ pointer: "#/shipped_date", code: "rule", message: "Must not be before the day of order_date." }];
}

/** Whether something is dated before the day of its order. */
export function isBeforeOrder(date: DateTime | null, order_date: DateTime | null): boolean {
  return date !== null && order_date !== null && dayOf(date) < dayOf(order_date);
}

function dayOf(time: DateTime): string {
  return time.slice(0, 10);
}

/** The statuses that may follow each status: an order only moves forward. Without a status it counts as new. */
const transitions: ReadonlyMap<number, readonly number[]> = new Map([
  [status.new, [status.invoiced, status.shipped, status.closed]],
  [status.invoiced, [status.shipped, status.closed]],
  [status.shipped, [status.closed]],
  [status.closed, []],
  [status.cancelled, []],
]);

/** The columns that a status can lock. */
interface LockableFields {
  readonly status_id: number | null;
  readonly customer_id: number | null;
  readonly employee_id: number | null;
}

/** What a write does to the details of an order, and what has become of them before. */
interface DetailsFacts {
  readonly change: boolean;
  /** Some of it has left the house, to the customer that it has. */
  readonly isShippedInPart: boolean;
}

/**
 * An issue for each change that the status of the order, or what of it is shipped, forbids. Writing the stored value
 * again is no change.
 */
export function stateIssues(before: LockableFields, after: LockableFields, details: DetailsFacts): Issue[] {
  const issues: Issue[] = [];
  const from = before.status_id ?? status.new;
  const refuse = (field: string, message: string) => issues.push({ pointer: `#/${field}`, code: "state", message });
  if (after.status_id !== before.status_id && !mayBecome(from, after.status_id))
    refuse("status_id", refusedStep(from, after.status_id));
  const isOtherBuyer = after.customer_id !== before.customer_id;
  if (from === status.new) {
    if (isOtherBuyer && details.isShippedInPart) refuse("customer_id", "Cannot be changed once some of it is shipped.");
    return issues;
  }
  const isCancelled = from === status.cancelled;
  const locked = isCancelled ? overMessage : "Cannot be changed once the order is invoiced.";
  if (isOtherBuyer) refuse("customer_id", locked);
  if (after.employee_id !== before.employee_id) refuse("employee_id", locked);
  if (details.change) refuse("order_details", locked);
  return issues;
}

/** Why a cancelled order does not change. */
export const overMessage = "The order is cancelled. Reopen it to change it.";

function refusedStep(from: number, to: number | null): string {
  if (to === status.cancelled) return "Is no status to write: cancel the order with POST /api/orders/{id}/cancel.";
  const isReopened = to === status.new && (from === status.invoiced || from === status.cancelled);
  const what = isReopened ? " Reopen it with POST /api/orders/{id}/reopen." : "";
  return `An order only moves forward: New, Invoiced, Shipped, Closed.${what}`;
}

function mayBecome(from: number, to: number | null): boolean {
  return to !== null && nextStatuses(from).includes(to);
}

/** The statuses that may follow this one. */
export function nextStatuses(from: number): readonly number[] {
  return transitions.get(from) ?? [];
}

/** What an order may need before a status, in the order in which a form shows it. */
export interface NeededFields {
  readonly customer_id: number | null;
  readonly employee_id: number | null;
  readonly shipper_id: number | null;
  readonly ship_name: string | null;
  readonly ship_address: string | null;
  readonly ship_city: string | null;
  readonly ship_zip_postal_code: string | null;
  readonly ship_country_region: string | null;
  readonly payment_type: string | null;
  readonly paid_date: string | null;
}

export type Needed = keyof NeededFields | "order_details";

/** Not every country has states or provinces, so an address needs none. */
const neededToInvoice = [
  ...(["customer_id", "employee_id", "shipper_id"] as const),
  ...(["ship_name", "ship_address", "ship_city", "ship_zip_postal_code", "ship_country_region"] as const),
] satisfies readonly Needed[];
const neededToClose = [...neededToInvoice, "payment_type", "paid_date"] as const satisfies readonly Needed[];

/** Everything that an order with so many details still needs before it may get this status. */
export function missingFor(statusId: number, order: NeededFields, details: number): readonly Needed[] {
  if (statusId === status.cancelled) return [];
  const needed = statusId >= status.closed ? neededToClose : statusId >= status.invoiced ? neededToInvoice : [];
  const missing: Needed[] = needed.filter((field) => String(order[field] ?? "").trim() === "");
  return details === 0 && needed.length > 0 ? [...missing, "order_details"] : missing;
}

const stepNames: ReadonlyMap<number, string> = new Map([
  [status.invoiced, "invoiced"],
  [status.shipped, "shipped"],
  [status.closed, "closed"],
]);

/** These cannot be taken away from an order that needs them: `stateIssues` refuses every change of them. */
const lockedByInvoice = ["customer_id", "employee_id", "order_details"] as const satisfies readonly Needed[];

/**
 * An issue for everything that an order needs for its next status, and for what its status needed and a write takes away.
 * What it lacked before is no fault of a write without a step: it is older than the rule.
 */
export function stepIssues(before: Stepping, after: Stepping, details: DetailCounts): Issue[] {
  const to = after.status_id ?? status.new;
  const isStep = to > (before.status_id ?? status.new);
  const lacking: readonly Needed[] = isStep ? [] : [...lockedByInvoice, ...missingFor(to, before, details.before)];
  const name = stepNames.get(to) ?? "moved on";
  const message = isStep ? `Is needed before the order can be ${name}.` : `Is needed as long as the order is ${name}.`;
  return missingFor(to, after, details.after)
    .filter((field) => !lacking.includes(field))
    .map((field): Issue => ({ pointer: `#/${field}`, code: "state", message }));
}

interface Stepping extends NeededFields {
  readonly status_id: number | null;
}

interface DetailCounts {
  readonly before: number;
  readonly after: number;
}

/** Whether an order may be deleted: only before it is shipped. */
export function isDeletable(statusId: number | null): boolean {
  return statusId === null || statusId === status.new || statusId === status.invoiced;
}

/** Whether all of an order has left the house. */
export function isOnItsWay(statusId: number | null): boolean {
  return statusId === status.shipped || statusId === status.closed;
}

/** Whether there is something left to ship. An order without a status counts as new. */
export function isOpen(statusId: number | null): boolean {
  return statusId === null || statusId === status.new || statusId === status.invoiced;
}
