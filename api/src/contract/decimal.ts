import type { Decimal } from "sqlproof";
import { formatUnits, scaledInteger } from "sqlproof/amounts";

/**
 * The decimal places of an amount. In computations an amount is a BigInt of ten-thousandths ("units"); elsewhere it is
 * a `Decimal`, text with four decimal places. Amounts are never floating-point numbers.
 */
export const scale = 4;

/** The decimal places of a tax rate: 8.425 % is 0.084250. */
export const rateScale = 6;

/** The decimal places of amounts and of tax rates. */
export type Places = typeof scale | typeof rateScale;

const canonicalForms: Readonly<Record<Places, RegExp>> = {
  [scale]: /^(?!-0\.0000$)-?(?:0|[1-9][0-9]*)\.[0-9]{4}$/,
  [rateScale]: /^(?!-0\.000000$)-?(?:0|[1-9][0-9]*)\.[0-9]{6}$/,
};

/** The rate 1, which is 100 %, in millionths. */
export const hundredPercent = 1_000_000n;

/** The amount 1 in ten-thousandths. */
export const one = 10_000n;

/** The amount 0.0000. */
export const zero = canonical("0.0000");

/** The rate 0.000000. */
export const rateZero = canonical("0.000000", rateScale);

/** The largest amount that both engines can store: 2^63 - 1 ten-thousandths, which is 922337203685477.5807. */
export const largestUnits = 2n ** 63n - 1n;

/** Converts a decimal to ten-thousandths. */
export function toUnits(amount: Decimal): bigint {
  const units = scaledInteger(amount, scale);
  if (units === null) throw new RangeError(`not an amount with ${scale} places: ${amount}`);
  return units;
}

/** Converts a tax rate to millionths. */
export function toMillionths(rate: Decimal): bigint {
  const millionths = scaledInteger(rate, rateScale);
  if (millionths === null) throw new RangeError(`not a rate with ${rateScale} places: ${rate}`);
  return millionths;
}

/** Converts millionths to a tax rate. */
export function fromMillionths(millionths: bigint): Decimal {
  return canonical(formatUnits(millionths, rateScale), rateScale);
}

/**
 * A tax rate as the JSON number that the original API answers: it holds six places exactly. No amount is computed from
 * it.
 */
export function rateNumber(rate: Decimal): number {
  return Number(rate);
}

/** Converts ten-thousandths to a decimal. A computed sum may be too large to be stored; see `fits`. */
export function fromUnits(units: bigint): Decimal {
  return units === 0n ? zero : canonical(formatUnits(units, scale));
}

/** A quantity in ten-thousandths as people write it: 4 or 2.5. For messages. */
export function quantityText(units: bigint): string {
  return fromUnits(units).replace(/\.?0+$/, "");
}

function canonical(text: string, places: Places = scale): Decimal {
  if (!isDecimal(text, places)) throw new RangeError(`not an amount: ${text}`);
  return text;
}

/** Whether an amount, given in ten-thousandths, can be stored. */
export function fits(units: bigint): boolean {
  return units <= largestUnits && units >= -largestUnits;
}

/** Whether text is in canonical form: all its decimal places, no leading zeros, no negative zero. */
export function isDecimal(text: string, places: Places = scale): text is Decimal {
  return canonicalForms[places].test(text);
}

/** Divides and rounds to the nearest integer, an exact half away from zero. `divisor` must be positive. */
export function divideHalfAwayFromZero(dividend: bigint, divisor: bigint): bigint {
  const twice = 2n * dividend;
  return (dividend < 0n ? twice - divisor : twice + divisor) / (2n * divisor);
}

/** A decimal that a client sent, or the reason why it is refused. */
export type DecimalReading = { readonly decimal: Decimal } | { readonly refusal: "decimal-format" | "scale" | "range" };

/**
 * Reads `12`, `12.5`, `-0.25` or `0.250000000` without rounding. Refuses exponents, `+`, spaces, leading zeros and
 * negative zero.
 */
export function readDecimal(text: string, places: Places = scale): DecimalReading {
  const match = /^(-?)(0|[1-9][0-9]*)(?:\.([0-9]+))?$/.exec(text);
  if (match === null) return { refusal: "decimal-format" };
  const [, sign = "", whole = "", digits = ""] = match;
  const fraction = withoutExtraZeros(digits, places);
  if (sign === "-" && /^[0.]*$/.test(whole + fraction)) return { refusal: "decimal-format" };
  if (fraction.length > places) return { refusal: "scale" };
  const written = `${sign}${whole}.${fraction.padEnd(places, "0")}`;
  const isStorable = isDecimal(written, places) && scaledInteger(written, places) !== null;
  return isStorable ? { decimal: written } : { refusal: "range" };
}

/**
 * A JSON number without its exponent: JavaScript and Python write 0.00005 as 5e-05. Text that has none, or so large a one
 * that no amount could be meant, stays as it is.
 */
export function withoutExponent(text: string): string {
  const match = /^(-?)([0-9]+)(?:\.([0-9]+))?[eE]([+-]?[0-9]{1,2})$/.exec(text);
  if (match === null) return text;
  const [, sign = "", whole = "", fraction = "", exponent = "0"] = match;
  const point = whole.length + Number(exponent);
  const digits = (whole + fraction).padStart(whole.length + fraction.length - Math.min(0, point - 1), "0");
  const at = Math.max(1, point);
  const places = digits.padEnd(at, "0").slice(at);
  const units = digits
    .padEnd(at, "0")
    .slice(0, at)
    .replace(/^0+(?=[0-9])/, "");
  return sign + units + (places === "" ? "" : `.${places}`);
}

/** Zeros beyond the last place change nothing. A regular expression would take quadratic time here. */
function withoutExtraZeros(fraction: string, places: Places): string {
  let end = fraction.length;
  while (end > places && fraction[end - 1] === "0") end -= 1;
  return fraction.slice(0, end);
}
