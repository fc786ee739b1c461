/*
 * The checker's own arithmetic: the product must not compute what it is checked against. An amount is an integer
 * number of ten-thousandths.
 */

export const one = 10_000n;

/** An amount in JSON (text, or a number for a rate) in ten-thousandths; null if it is no amount of four places. */
export function unitsOf(amount: unknown): bigint | null {
  const match = /^(-?)([0-9]+)(?:\.([0-9]{1,4}))?$/.exec(typeof amount === "number" ? String(amount) : textOf(amount));
  if (match === null) return null;
  const units = BigInt(`${match[2]}${(match[3] ?? "").padEnd(4, "0")}`);
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
export function amountText(units: bigint): string {
  const digits = (units < 0n ? -units : units).toString().padStart(5, "0");
  return `${units < 0n ? "-" : ""}${digits.slice(0, -4)}.${digits.slice(-4)}`;
}
