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

/** subtotal x tax rate, without the shipping fee. */
export function taxesOf(order: JsonObject, details: readonly JsonObject[]): string {
  return subtotalOf(details).times(amountOf(order.tax_rate)).rounded().toAmount();
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
  return { subtotal: subtotalOf(fields).toAmount(), order_total: orderTotal(order, fields).toAmount() };
}
