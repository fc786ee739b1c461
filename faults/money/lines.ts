import type { Random } from "../load/random.ts";
import { Rational } from "../model/rational.ts";

/** One order detail as it is sent: amounts as text, or as numbers where a number is exact. */
export interface Line {
  readonly quantity: string | number;
  readonly unit_price: string | number;
  readonly discount: string | number;
}

const largest = 9_223_372_036_854_775_807n;

/** Details of all sizes; the exact price of every third one lies halfway between two cents. */
export function line(random: Random): Line {
  if (random.integer(1, 3) === 1) return halfway(random);
  const { units, discount } = {
    units: sized(random),
    discount: random.pick([0, 0, 500, 825, 3333, 5000, 9999, 10_000]),
  };
  return written(random, units, sized(random), BigInt(discount));
}

/** quantity x price = an odd number of half cents: rounding must go up. */
function halfway(random: Random): Line {
  const odd = BigInt(random.integer(0, 50_000)) * 2n + 1n;
  const whole = BigInt(random.integer(0, 999)) * 10_000n;
  return random.pick([
    written(random, 5000n, odd * 100n + whole * 2n, 0n),
    written(random, 2500n, odd * 200n, 0n),
    written(random, 10_000n, odd * 100n, 5000n),
    written(random, odd * 500n, 1000n, 0n),
    written(random, odd * 500n * 7n, 1000n, 0n),
  ]);
}

/** A number of ten-thousandths with a random number of digits. */
function sized(random: Random): bigint {
  const digits = random.pick([1, 2, 3, 5, 6, 7, 8, 9, 12, 19]);
  const text = Array.from({ length: digits }, () => `${random.integer(0, 9)}`).join("");
  const units = BigInt(text);
  return units > largest ? largest - BigInt(random.integer(0, 9)) : units;
}

function written(random: Random, quantity: bigint, price: bigint, discount: bigint): Line {
  return { quantity: amount(random, quantity), unit_price: amount(random, price), discount: amount(random, discount) };
}

/** An amount with four places, or without trailing zeros, or as a JSON number of at most 15 digits. */
export function amount(random: Random, units: bigint): string | number {
  const text = Rational.of(units, 10_000n).toAmount();
  const short = text.replace(/\.?0+$/, "");
  const digits = short.replace(/[-.]/g, "").replace(/^0+/, "").length;
  // JavaScript writes a number below 0.000001 with an exponent; amounts have four places, so none is that small.
  if (digits <= 15 && random.integer(1, 4) === 1) return Number(short);
  return random.pick([text, short]);
}

/** The value of a written amount. */
export function worth(written: string | number): Rational {
  return Rational.parse(`${written}`);
}
