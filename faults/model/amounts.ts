import type { Json, JsonObject, Row } from "./company.ts";
import { largestAmount, none } from "./fields.ts";
import { Rational } from "./rational.ts";
import type { Fault } from "./refusal.ts";

/** An amount that is stored, or nothing where there is none. */
export function amountOf(value: Json | undefined): Rational {
  return typeof value === "string" ? Rational.parse(value) : none;
}

/** quantity x unit price x (1 - discount), rounded once to four places, half to even. */
export function extendedPrice({ quantity, unit_price, discount }: JsonObject): Rational {
  const share = Rational.of(1n).minus(amountOf(discount));
  return amountOf(quantity).times(amountOf(unit_price)).times(share).rounded();
}

/** The sum of the extended prices. */
export function subtotalOf(details: readonly JsonObject[]): Rational {
  return details.reduce((sum, detail) => sum.plus(extendedPrice(detail)), none);
}

/** subtotal + taxes + shipping fee: nothing is rounded again. */
export function orderTotal(order: JsonObject, details: readonly JsonObject[]): Rational {
  return subtotalOf(details).plus(amountOf(order.taxes)).plus(amountOf(order.shipping_fee));
}

/** subtotal x tax rate, without the shipping fee. */
export function taxesOf(order: JsonObject, details: readonly JsonObject[]): string {
  return subtotalOf(details).times(amountOf(order.tax_rate)).rounded().toAmount();
}

/** Amounts that no column could hold. */
export function amountFaults(order: JsonObject, details: readonly JsonObject[]): Fault[] {
  const tooLarge = (amount: Rational) => amount.compare(largestAmount) > 0;
  const faults = details.flatMap((detail, index) =>
    tooLarge(extendedPrice(detail)) ? [{ place: `#/order_details/${index}`, code: "range" }] : [],
  );
  return tooLarge(orderTotal(order, details)) ? [...faults, { place: "#", code: "range" }] : faults;
}

/** The three members that an order has beside its fields when its details are asked for. */
export function amountMembers(order: JsonObject, details: readonly Row[]): JsonObject {
  const fields = details.map((detail) => detail.fields);
  return { subtotal: subtotalOf(fields).toAmount(), order_total: orderTotal(order, fields).toAmount() };
}
