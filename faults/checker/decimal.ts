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

/** Rounds to the nearest integer, half to even. */
export function halfEven(numerator: bigint, divisor: bigint): bigint {
  const quotient = numerator / divisor;
  const twice = (numerator % divisor) * 2n;
  const size = twice < 0n ? -twice : twice;
  const up = size > divisor || (size === divisor && quotient % 2n !== 0n);
  if (!up) return quotient;
  return numerator < 0n ? quotient - 1n : quotient + 1n;
}

/** Like `12.5000`. */
export function amountText(units: bigint): string {
  const digits = (units < 0n ? -units : units).toString().padStart(5, "0");
  return `${units < 0n ? "-" : ""}${digits.slice(0, -4)}.${digits.slice(-4)}`;
}
