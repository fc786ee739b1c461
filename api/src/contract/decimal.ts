import type { Decimal } from "sqlproof";
import { formatUnits, scaledInteger } from "sqlproof/amounts";

/**
 * The decimal places of an amount. In computations an amount is a BigInt of ten-thousandths ("units"); elsewhere it is
 * a `Decimal`, text with four decimal places. Amounts are never floating-point numbers.
 */
export const scale = 4;

/** The amount 1 in ten-thousandths. */
export const one = 10_000n;

/** The amount 0.0000. */
export const zero = canonical("0.0000");

/** The largest amount that both engines can store: 2^63 - 1 ten-thousandths, which is 922337203685477.5807. */
export const largestUnits = 2n ** 63n - 1n;

/** Converts a decimal to ten-thousandths. */
export function toUnits(amount: Decimal): bigint {
  const units = scaledInteger(amount, scale);
  if (units === null) throw new RangeError(`not an amount with ${scale} places: ${amount}`);
  return units;
}

/** Converts ten-thousandths to a decimal. A computed sum may be too large to be stored; see `fits`. */
export function fromUnits(units: bigint): Decimal {
  return units === 0n ? zero : canonical(formatUnits(units, scale));
}

function canonical(text: string): Decimal {
  if (!isDecimal(text)) throw new RangeError(`not an amount: ${text}`);
  return text;
}

/** Whether an amount, given in ten-thousandths, can be stored. */
export function fits(units: bigint): boolean {
  return units <= largestUnits && units >= -largestUnits;
}

/** Whether text is in canonical form: four decimal places, no leading zeros, no negative zero. */
export function isDecimal(text: string): text is Decimal {
  return /^-?(?:0|[1-9][0-9]*)\.[0-9]{4}$/.test(text) && text !== "-0.0000";
}

/** Divides and rounds to the nearest integer, an exact half away from zero. `divisor` must be positive. */
export function divideHalfAwayFromZero(dividend: bigint, divisor: bigint): bigint {
  const twice = 2n * dividend;
  return (dividend < 0n ? twice - divisor : twice + divisor) / (2n * divisor);
}

/** A decimal that a client sent, or the reason why it is refused. */
export type DecimalReading = { readonly decimal: Decimal } | { readonly refusal: "decimal-format" | "scale" | "range" };

/** Reads `12`, `12.5` or `-0.25` without rounding. Refuses exponents, `+`, spaces, leading zeros and negative zero. */
export function readDecimal(text: string): DecimalReading {
  const match = /^(-?)(0|[1-9][0-9]*)(?:\.([0-9]+))?$/.exec(text);
  if (match === null) return { refusal: "decimal-format" };
  const [, sign = "", whole = "", fraction = ""] = match;
  if (sign === "-" && /^[0.]*$/.test(whole + fraction)) return { refusal: "decimal-format" };
  if (fraction.length > scale) return { refusal: "scale" };
  const written = `${sign}${whole}.${fraction.padEnd(scale, "0")}`;
  return isDecimal(written) && scaledInteger(written, scale) !== null ? { decimal: written } : { refusal: "range" };
}
