import type { Decimal } from "sqlproof";
import { formatUnits, scaledInteger } from "sqlproof/amounts";

/**
 * Exact amounts. Inside a computation an amount is a BigInt of ten-thousandths ("units"); everywhere else it is a
 * `Decimal`, text with four places. Nothing here is ever a float.
 */
export const scale = 4;

/** Ten-thousandths in one. */
export const one = 10_000n;

/** 0.0000 */
export const zero = canonical("0.0000");

/** The largest amount that both engines hold: 2^63 - 1 ten-thousandths, 922337203685477.5807. */
export const largestUnits = 2n ** 63n - 1n;

/** A decimal as ten-thousandths. */
export function toUnits(amount: Decimal): bigint {
  const units = scaledInteger(amount, scale);
  if (units === null) throw new RangeError(`not an amount with ${scale} places: ${amount}`);
  return units;
}

/** Ten-thousandths as a decimal. A computed sum may be larger than what can be stored: see `fits`. */
export function fromUnits(units: bigint): Decimal {
  return units === 0n ? zero : canonical(formatUnits(units, scale));
}

function canonical(text: string): Decimal {
  if (!isDecimal(text)) throw new RangeError(`not an amount: ${text}`);
  return text;
}

/** Whether an amount of this many ten-thousandths can be stored. */
export function fits(units: bigint): boolean {
  return units <= largestUnits && units >= -largestUnits;
}

/** True for text in the one canonical form: four places, no leading zeros, no negative zero. */
export function isDecimal(text: string): text is Decimal {
  return /^-?(?:0|[1-9][0-9]*)\.[0-9]{4}$/.test(text) && text !== "-0.0000";
}

/** Divides to the nearest whole number; an exact half goes to the even neighbour. `divisor` is positive. */
export function divideHalfEven(dividend: bigint, divisor: bigint): bigint {
  const quotient = dividend / divisor;
  const remainder = dividend % divisor;
  const twice = 2n * (remainder < 0n ? -remainder : remainder);
  if (twice < divisor || (twice === divisor && quotient % 2n === 0n)) return quotient;
  return dividend < 0n ? quotient - 1n : quotient + 1n;
}

/** A decimal written by a client, or why it is refused. */
export type DecimalReading = { readonly decimal: Decimal } | { readonly refusal: "decimal-format" | "scale" | "range" };

/** Reads `12`, `12.5` or `-0.25`, never rounding. No exponent, sign `+`, space, leading zero or negative zero. */
export function readDecimal(text: string): DecimalReading {
  const match = /^(-?)(0|[1-9][0-9]*)(?:\.([0-9]+))?$/.exec(text);
  if (match === null) return { refusal: "decimal-format" };
  const [, sign = "", whole = "", fraction = ""] = match;
  if (sign === "-" && /^[0.]*$/.test(whole + fraction)) return { refusal: "decimal-format" };
  if (fraction.length > scale) return { refusal: "scale" };
  const written = `${sign}${whole}.${fraction.padEnd(scale, "0")}`;
  return isDecimal(written) && scaledInteger(written, scale) !== null ? { decimal: written } : { refusal: "range" };
}
