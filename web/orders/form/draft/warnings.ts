import { fromUnits, toUnits } from "northwind-api/src/contract/decimal.ts";
import { payableUnits } from "northwind-api/src/orders/rules.ts";
import { company } from "../../../api/company.ts";
import { amountText, readAmount, readMoney } from "../../../form/amount-text.ts";
import type { Locale } from "../../../messages/text.ts";
import { type Draft, detailPath, isBlank } from "./draft.ts";
import type { Shortage } from "./shortages.ts";
import { totalsOf } from "./totals.ts";

/** What is allowed but rarely meant: the form says so and saves it all the same. */
export type Warning =
  | { readonly kind: "future" | "paidEarly" | "noQuantity" | "discontinued" }
  | { readonly kind: "belowCost"; readonly cost: string }
  | { readonly kind: "unpayable"; readonly amount: string }
  | { readonly kind: "twice"; readonly line: number }
  | { readonly kind: "short"; readonly available: string; readonly missing: string };

/** What the warnings depend on beside the draft. */
interface Known {
  /** The day of the company, or null while it is not known. */
  readonly today: string | null;
  /** The lines that are short, as far as is known what is available. */
  readonly shortages: ReadonlyMap<string, Shortage>;
}

/** The warnings of a draft by the place of the field. */
export function warningsOf(draft: Draft, locale: Locale, { today, shortages }: Known): ReadonlyMap<string, Warning> {
  const warnings = new Map<string, Warning>(shortWarnings(shortages, locale));
  const { order_date, paid_date } = draft.texts;
  if (today !== null && isDay(order_date) && order_date > today) warnings.set("order_date", { kind: "future" });
  if (isDay(order_date) && isDay(paid_date) && paid_date < order_date) warnings.set("paid_date", { kind: "paidEarly" });
  for (const field of ["taxes", "shipping_fee"] as const) {
    const amount = payableInstead(draft.texts[field], locale);
    if (amount !== null) warnings.set(field, { kind: "unpayable", amount });
  }
  const details = draft.details.map((row) => (isOfNone(row, locale) ? { ...row, quantity: "1" } : row));
  const { extendedPrices } = totalsOf({ ...draft, details }, locale);
  const atCost = totalsOf({ ...draft, details: details.map((row) => costed(row, locale)) }, locale);
  for (const [at, row] of draft.details.entries()) {
    if (isBlank(row)) continue;
    const { key, product } = row;
    if (isOfNone(row, locale)) warnings.set(detailPath(key, "quantity"), { kind: "noQuantity" });
    if (product === null) continue;
    const line = draft.details.findIndex((other) => other.product?.id === product.id) + 1;
    if (line <= at) warnings.set(detailPath(key, "product_id"), { kind: "twice", line });
    if (row.id === null && product.mark === "combobox.discontinued")
      warnings.set(detailPath(key, "product_id"), { kind: "discontinued" });
    const [price, cost] = [extendedPrices[at], atCost.extendedPrices[at]];
    if (product.cost !== undefined && price !== undefined && cost !== undefined && toUnits(price) < toUnits(cost))
      warnings.set(detailPath(key, "unit_price"), { kind: "belowCost", cost: amountText(product.cost, locale) });
  }
  return warnings;
}

/** The lines that will be short. One that was short before says so by its state. */
function* shortWarnings(short: Known["shortages"], locale: Locale): Generator<readonly [string, Warning]> {
  for (const [key, { available, missing, isStored }] of short) {
    if (isStored) continue;
    const words = { available: quantityText(available, locale), missing: quantityText(missing, locale) };
    yield [detailPath(key, "quantity"), { kind: "short", ...words }];
  }
}

function quantityText(units: bigint, locale: Locale): string {
  return amountText(fromUnits(units), locale, 0);
}

/** What the totals count instead of an amount that nobody can pay, which is stored as typed; null if it can be paid. */
function payableInstead(typed: string, locale: Locale): string | null {
  const reading = readMoney(typed, locale);
  if ("refusal" in reading) return null;
  const units = toUnits(reading.decimal);
  const payable = payableUnits(units, company().currency.minorUnit);
  return payable === units ? null : amountText(fromUnits(payable), locale);
}

/** Its quantity is 0: its price is judged as that of one. */
function isOfNone({ quantity }: Draft["details"][number], locale: Locale): boolean {
  const reading = readAmount(quantity, locale);
  return "decimal" in reading && toUnits(reading.decimal) === 0n;
}

/** The row at the cost of its product, to be compared by extended prices: both are rounded alike. */
function costed(row: Draft["details"][number], locale: Locale): Draft["details"][number] {
  return { ...row, unit_price: amountText(row.product?.cost ?? "0.0000", locale), discount: "" };
}

function isDay(text: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(text);
}
