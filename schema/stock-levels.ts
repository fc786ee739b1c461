// When a product is to be reordered, and how much of it: one rule for the program and for the sample company.
import type { Decimal } from "sqlproof";
import { formatUnits, scaledInteger } from "sqlproof/amounts";

/** What there is of a product: quantities with four places. */
export interface Balance {
  readonly on_hand: Decimal;
  readonly allocated: Decimal;
  readonly on_order: Decimal;
  readonly back_ordered: Decimal;
}

/** The levels of a product, in whole pieces; null counts as 0. */
export interface Levels {
  readonly reorder_level: number | null;
  readonly target_level: number | null;
  readonly minimum_reorder_quantity: number | null;
}

/** What follows from a balance and the levels. */
export interface Reorder {
  /** Below the reorder level. */
  readonly low: boolean;
  /** What lacks to the target level, at least the minimum of an order; 0 if nothing lacks. */
  readonly to_reorder: Decimal;
}

/**
 * The current level is what is available, plus what is on order, less what customers wait for. A product is low when it
 * is below its reorder level (the rule of Access Northwind).
 */
export function reorderOf(balance: Balance, levels: Levels): Reorder {
  const level =
    units(balance.on_hand) - units(balance.allocated) + units(balance.on_order) - units(balance.back_ordered);
  const { low, missing } = lacking(level, levels);
  return { low, to_reorder: decimal(missing) };
}

/** The same in units (ten-thousandths). */
export function lacking(level: bigint, levels: Levels): { readonly low: boolean; readonly missing: bigint } {
  const toTarget = pieces(levels.target_level) - level;
  const minimum = pieces(levels.minimum_reorder_quantity);
  const missing = toTarget <= 0n ? 0n : toTarget > minimum ? toTarget : minimum;
  return { low: level < pieces(levels.reorder_level), missing };
}

const places = 4;
const perPiece = 10_000n;

function pieces(count: number | null): bigint {
  return BigInt(count ?? 0) * perPiece;
}

function units(quantity: Decimal): bigint {
  const scaled = scaledInteger(quantity, places);
  if (scaled === null) throw new RangeError(`not a quantity with ${places} places: ${quantity}`);
  return scaled;
}

function decimal(count: bigint): Decimal {
  const text = formatUnits(count, places);
  if (!isDecimal(text)) throw new RangeError(`not a quantity: ${count}`);
  return text;
}

function isDecimal(text: string): text is Decimal {
  return /^-?\d+\.\d{4}$/.test(text);
}
