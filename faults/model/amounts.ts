import type { Json, JsonObject, Row } from "./company.ts";
import { largestAmount, none } from "./fields.ts";
import { Rational } from "./rational.ts";
import type { Issue } from "./refusal.ts";

/** A stored amount; 0 when there is none. */
export function amountOf(value: Json | undefined): Rational {
  return typeof value === "string" ? Rational.parse(value) : none;
}

/** quantity x unit price x (1 - discount), rounded once to cents, half away from zero. */
export function extendedPrice({ quantity, unit_price, discount }: JsonObject): Rational {
  const share = Rational.of(1n).minus(amountOf(discount));
  return amountOf(quantity).times(amountOf(unit_price)).times(share).rounded();
}

/** The sum of the extended prices. */
export function subtotalOf(details: readonly JsonObject[]): Rational {
  return details.reduce((sum, detail) => sum.plus(extendedPrice(detail)), none);
}

/** subtotal + taxes + shipping fee, each as it can be paid. */
export function orderTotal(order: JsonObject, details: readonly JsonObject[]): Rational {
  return subtotalOf(details).plus(amountOf(order.taxes).rounded()).plus(amountOf(order.shipping_fee).rounded());
}

/** The rate of a detail: the order's, or else that of its class. */
function rateOf(order: JsonObject, detail: JsonObject): Json {
  return order.tax_rate ?? detail.tax_rate ?? null;
}

/** For each rate, the highest first: the sum of the extended prices, and its taxes, which are rounded once. */
function taxGroups(order: JsonObject, details: readonly JsonObject[]) {
  const byRate = Map.groupBy(details, (detail) => String(rateOf(order, detail) ?? "0.000000"));
  return [...byRate]
    .sort(([one], [other]) => Rational.parse(other).compare(Rational.parse(one)))
    .map(([rate, some]) => ({
      rate,
      base: subtotalOf(some),
      taxes: subtotalOf(some).times(Rational.parse(rate)).rounded(),
    }));
}

/** The sum of the taxes of each rate, without the shipping fee. */
export function taxesOf(order: JsonObject, details: readonly JsonObject[]): string {
  return taxGroups(order, details)
    .reduce((sum, { taxes }) => sum.plus(taxes), none)
    .toAmount();
}

/** The taxes by rate; none if the order is not taxable, or a client sent other taxes. */
function taxBreakdown(order: JsonObject, details: readonly JsonObject[]): Json {
  const groups = taxGroups(order, details);
  const isComputed = amountOf(order.taxes).rounded().toAmount() === taxesOf(order, details);
  if (order.tax_status_id !== 1 || !isComputed) return [];
  return groups.map(({ rate, base, taxes }) => ({
    ...{ tax_rate: JSON.parse(rate), taxable_amount: base.toAmount(), taxes: taxes.toAmount() },
  }));
}

/** Amounts that are too large for a column. */
export function amountIssues(order: JsonObject, details: readonly JsonObject[]): Issue[] {
  const tooLarge = (amount: Rational) => amount.compare(largestAmount) > 0;
  const issues = details.flatMap((detail, index) =>
    tooLarge(extendedPrice(detail)) ? [{ place: `#/order_details/${index}`, code: "range" }] : [],
  );
  return tooLarge(orderTotal(order, details)) ? [...issues, { place: "#", code: "range" }] : issues;
}

/** The computed members of an order that includes its details. */
export function amountMembers(order: JsonObject, details: readonly Row[]): JsonObject {
  const fields = details.map((detail) => detail.fields);
  return {
    subtotal: subtotalOf(fields).toAmount(),
    tax_breakdown: taxBreakdown(order, fields),
    order_total: orderTotal(order, fields).toAmount(),
  };
}
