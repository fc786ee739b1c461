/*
 * The checker's own arithmetic: the product must not compute what it is checked against. An amount is an integer
 * number of ten-thousandths.
 */

export const one = 10_000n;

/** The rate 1, in millionths. */
export const hundredPercent = 1_000_000n;

/** An amount in JSON in ten-thousandths, or a tax rate in millionths; null if it has more places. */
export function unitsOf(number: unknown, places = 4): bigint | null {
  const match = /^(-?)([0-9]+)(?:\.([0-9]+))?$/.exec(typeof number === "number" ? String(number) : textOf(number));
  const fraction = (match?.[3] ?? "").replace(/0+$/, "");
  if (match === null || fraction.length > places) return null;
  const units = BigInt(`${match[2]}${fraction.padEnd(places, "0")}`);
  return match[1] === "-" ? -units : units;
}

function textOf(amount: unknown): string {
  return typeof amount === "string" ? amount : "";
}

/** Ten-thousandths in the smallest amount that can be paid: a cent. */
const smallest = 100n;

/** The fraction in ten-thousandths, rounded to the nearest amount that can be paid, half away from zero. */
export function payable(numerator: bigint, divisor = 1n): bigint {
  const size = numerator < 0n ? -numerator : numerator;
  const step = divisor * smallest;
  const rest = size % step;
  const rounded = (size - rest) / step + (rest * 2n >= step ? 1n : 0n);
  return (numerator < 0n ? -rounded : rounded) * smallest;
}

/** Like `12.5000`. */
export function amountText(units: bigint, places = 4): string {
  const digits = (units < 0n ? -units : units).toString().padStart(places + 1, "0");
  return `${units < 0n ? "-" : ""}${digits.slice(0, -places)}.${digits.slice(-places)}`;
}
