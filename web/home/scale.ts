import { fromUnits, one, readDecimal, toUnits } from "northwind-api/src/contract/decimal.ts";

/** An axis from zero to a round amount, and the height of each amount on it. */
export interface Scale {
  /** Round amounts, the smallest first, each with its height. */
  readonly ticks: readonly { readonly amount: string; readonly height: number }[];
  /** The height of an amount, in per cent of the axis. */
  readonly heightOf: (amount: string) => number;
}

const mostTicks = 4n;

/** Fits the axis to the amounts. Amounts stay exact; only heights are floats. */
export function scaleOf(amounts: readonly string[]): Scale {
  const most = amounts.map(unitsOf).reduce((high, units) => (units > high ? units : high), 0n);
  const step = roundStep(most);
  const count = most === 0n ? 1n : (most + step - 1n) / step;
  const top = count * step;
  const height = (units: bigint) => Number((units * 10_000n) / top) / 100;
  const places = Array.from({ length: Number(count) + 1 }, (_, place) => BigInt(place) * step);
  return {
    ticks: places.map((units) => ({ amount: fromUnits(units), height: height(units) })),
    // Returns may exceed sales: nothing is drawn below the axis.
    heightOf: (amount) => Math.max(0, height(unitsOf(amount))),
  };
}

/** The next 1, 2 or 5 times a power of ten. */
function roundStep(most: bigint): bigint {
  for (let power = one; ; power *= 10n)
    for (const factor of [1n, 2n, 5n]) if (power * factor * mostTicks >= most) return power * factor;
}

/** The exact sum. */
export function sumOf(amounts: readonly string[]): string {
  return fromUnits(amounts.reduce((sum, amount) => sum + unitsOf(amount), 0n));
}

function unitsOf(amount: string): bigint {
  const reading = readDecimal(amount);
  return "decimal" in reading ? toUnits(reading.decimal) : 0n;
}
