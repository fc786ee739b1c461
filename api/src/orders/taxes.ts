// The taxes of orders. Pure functions; the pages compute with the same ones (docs/decisions/0093-tax-classes.md).
import type { Decimal } from "sqlproof";
import type { MinorUnit } from "../company/currency.ts";
import { fromUnits, hundredPercent, rateZero, toMillionths, zero } from "../contract/decimal.ts";
import { extendedUnits, type PricedDetail, payableUnits, roundedUnits, toBigUnits } from "./rules.ts";

/** The ids in `orders_tax_status`: an order that pays no taxes, and one whose taxes are computed. */
export const taxExempt = 0;
export const taxable = 1;

/**
 * Of the rates of a tax class, the newest first, the one that holds on the day of this time. The first one also holds
 * before its day.
 */
export function rateAt<R>(
  rates: readonly { readonly valid_from: string; readonly tax_rate: R }[],
  time: string,
): R | null {
  const day = time.slice(0, 10);
  return (rates.find(({ valid_from }) => valid_from <= day) ?? rates.at(-1))?.tax_rate ?? null;
}

/** A detail and the rate of its tax class when it was sold, if its product had a class. */
export interface TaxedDetail extends PricedDetail {
  readonly tax_rate: Decimal | null;
}

/** The taxes of all details with the same rate. */
export interface TaxGroup {
  readonly taxRate: Decimal;
  /** The sum of their extended prices. */
  readonly taxableAmount: Decimal;
  readonly taxes: Decimal;
}

/** A rate that an order has counts for all its details; without one, each has that of its class. */
function rateOf(order: { readonly tax_rate: Decimal | null }, detail: TaxedDetail): Decimal | null {
  return order.tax_rate ?? detail.tax_rate;
}

/**
 * The taxes of a taxable order by rate, the highest first: sum of the extended prices x rate, without the shipping fee,
 * rounded once per rate as an extended price is (EN 16931, BR-CO-17). A detail without a rate counts as 0 %.
 */
export function taxGroupsOf(
  order: { readonly tax_rate: Decimal | null },
  details: readonly TaxedDetail[],
  minorUnit: MinorUnit,
): readonly TaxGroup[] {
  const sums = new Map<Decimal, bigint>();
  for (const detail of details) {
    const rate = rateOf(order, detail) ?? rateZero;
    sums.set(rate, (sums.get(rate) ?? 0n) + extendedUnits(detail, minorUnit));
  }
  const groups = [...sums].map(([taxRate, units]): TaxGroup => {
    const taxableAmount = fromUnits(units);
    return { taxRate, taxableAmount, taxes: taxesOf(taxableAmount, taxRate, minorUnit) };
  });
  return groups.sort((one, other) => (toMillionths(one.taxRate) < toMillionths(other.taxRate) ? 1 : -1));
}

/** Amount x tax rate, rounded as an extended price is. */
export function taxesOf(amount: Decimal, taxRate: Decimal, minorUnit: MinorUnit): Decimal {
  return fromUnits(roundedUnits(toBigUnits(amount) * toMillionths(taxRate), hundredPercent, minorUnit));
}

/** The taxes of a taxable order with these details: the sum of those of each rate. */
export function computedTaxes(
  order: { readonly tax_rate: Decimal | null },
  details: readonly TaxedDetail[],
  minorUnit: MinorUnit,
): Decimal {
  return fromUnits(taxGroupsOf(order, details, minorUnit).reduce((sum, { taxes }) => sum + toBigUnits(taxes), 0n));
}

/** The columns that decide the taxes of an order. */
export interface Taxation {
  readonly tax_status_id: number | null;
  readonly tax_rate: Decimal | null;
  readonly taxes: Decimal | null;
}

/**
 * The taxes of an order by rate, as documents print them. None for an order that pays no taxes, or whose taxes a client
 * sent and are others than the computed ones.
 */
export function taxBreakdownOf(
  order: Taxation,
  details: readonly TaxedDetail[],
  minorUnit: MinorUnit,
): readonly TaxGroup[] {
  if (order.tax_status_id !== taxable) return [];
  const groups = taxGroupsOf(order, details, minorUnit);
  const sum = groups.reduce((total, { taxes }) => total + toBigUnits(taxes), 0n);
  return sum === payableUnits(toBigUnits(order.taxes ?? zero), minorUnit) ? groups : [];
}

/**
 * The taxes to store when the client sends none. If the write touches their basis (details, tax rate, tax status) they
 * are computed while the order is taxable, and become zero once it is not; otherwise they stay.
 */
export function taxesToStore(
  before: Taxation,
  after: Taxation,
  computed: () => Decimal,
  wrote: "basis" | "other",
): Decimal | null {
  if (wrote === "other") return before.taxes;
  if (after.tax_status_id === taxable) return computed();
  return before.tax_status_id === taxable ? zero : before.taxes;
}

/** What a client sent of the taxation of an order. An empty value is none. */
interface SentTaxation {
  readonly tax_status_id?: number | null | undefined;
  readonly tax_rate?: Decimal | null | undefined;
  readonly taxes?: Decimal | null | undefined;
}

/** Whether any detail has a tax class. */
export function hasClass(details: readonly TaxedDetail[]): boolean {
  return details.some(({ tax_rate }) => tax_rate !== null);
}

function isForeign(treatment: string | null): boolean {
  return treatment !== null && treatment !== "domestic";
}

/**
 * How an order is taxed of which a client sent no rate: as soon as it has details with a tax class, at their rates. If
 * it sent no tax status and no taxes either, the order is taxable then, and exempt if its customer pays none. Orders
 * without classes, of customers without a treatment, are taxed as ever.
 */
export function taxationOf(
  order: Taxation,
  sent: SentTaxation,
  details: readonly TaxedDetail[],
  treatment: string | null,
): Pick<Taxation, "tax_rate" | "tax_status_id"> {
  const isByClass = hasClass(details) && sent.tax_rate == null;
  const tax_rate = isByClass ? null : order.tax_rate;
  if (sent.tax_status_id != null || sent.tax_rate != null || sent.taxes != null)
    return { tax_rate, tax_status_id: order.tax_status_id };
  if (isForeign(treatment)) return { tax_rate, tax_status_id: taxExempt };
  return { tax_rate, tax_status_id: isByClass ? taxable : order.tax_status_id };
}

/**
 * The tax status of an order that gets another customer, unless the client sends one: exempt for one who pays no taxes,
 * and no longer exempt when one who pays them takes the place of one who does not.
 */
function statusForCustomer(
  before: { readonly tax_status_id: number | null; readonly tax_treatment: string | null },
  treatment: string | null,
  details: readonly TaxedDetail[],
): number | null {
  if (isForeign(treatment)) return taxExempt;
  if (before.tax_status_id !== taxExempt || !isForeign(before.tax_treatment)) return before.tax_status_id;
  return hasClass(details) ? taxable : null;
}

/**
 * What a client changes of the taxation of an order. Who sends an order back as it was read means that the rest follows
 * from the change: an equal rate or status is none, nor are equal taxes that were computed.
 */
export function changedTaxation(
  { tax_rate, tax_status_id, taxes }: SentTaxation,
  before: Taxation,
  details: readonly TaxedDetail[],
  minorUnit: MinorUnit,
): SentTaxation {
  const computed = () => (before.tax_status_id === taxable ? computedTaxes(before, details, minorUnit) : zero);
  return {
    tax_rate: tax_rate === before.tax_rate ? undefined : tax_rate,
    tax_status_id: tax_status_id === before.tax_status_id ? undefined : tax_status_id,
    taxes: taxes === before.taxes && taxes === computed() ? undefined : taxes,
  };
}

/** An order as a change finds or leaves it. */
interface TaxedOrder extends Taxation {
  readonly customer_id: number | null;
  readonly tax_treatment: string | null;
}

/**
 * How an order is taxed after a change. The first detail with a tax class taxes it as if it had been created with it,
 * unless it has a rate or taxes already; another customer may be taxed otherwise.
 */
export function taxationAfter(
  { before, details }: { readonly before: TaxedOrder; readonly details: readonly TaxedDetail[] },
  wanted: TaxedOrder,
  sent: SentTaxation,
  after: readonly TaxedDetail[],
): Pick<Taxation, "tax_rate" | "tax_status_id"> {
  const isSent = sent.tax_status_id !== undefined || sent.tax_rate !== undefined || sent.taxes !== undefined;
  const { tax_rate, tax_treatment } = wanted;
  const tax_status_id =
    wanted.customer_id === before.customer_id || isSent
      ? wanted.tax_status_id
      : statusForCustomer(before, tax_treatment, after);
  const hasRate = tax_rate !== null && tax_rate !== rateZero;
  if (hasRate || hasClass(details) || !hasClass(after)) return { tax_rate, tax_status_id };
  const taxes = sent.taxes ?? (before.taxes === zero ? null : before.taxes);
  return taxationOf(
    { ...wanted, tax_status_id },
    { tax_rate: sent.tax_rate, taxes, tax_status_id },
    after,
    tax_treatment,
  );
}
