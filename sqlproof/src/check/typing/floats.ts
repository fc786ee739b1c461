import { enclosed } from "../parse/statement.ts";
import { overflow } from "../rules/rule.ts";
import type { Expression } from "../tree/nodes.ts";
import { type Context, editAround, isInUnits } from "./context.ts";
import { mayExceed, type Range, rangeOf, storedRange, type Type } from "./type.ts";

// Where a sum or product of whole numbers or units exceeds 64 bits, SQLite goes on with a rounded float. Such a float
// stays one in every further sum and product, and the decoders refuse it while it is too large for a whole number. Only
// when another large value is taken from it again, or when it is divided, could it be taken for a right one.

/** The least float that SQLite makes of whole numbers. */
const firstFloat = 2n ** 63n;

/** Beyond what the decoders take for a whole number, however the float is rounded. */
const told = 2n ** 54n;

/** The least distance from 0 at which SQLite may have a rounded float for the value; null where it never has one. */
export function leastFloat(type: Type): bigint | null {
  const known = type.kind === "whole" || type.kind === "decimal" ? type.leastFloat : undefined;
  return known ?? (mayExceed(type) ? firstFloat : null);
}

/** Operators whose result is a float where an operand is one. */
const carrying: ReadonlySet<string> = new Set([
  ...["+", "-", "*", "NEGATE", "ABS", "SUM", "choose"],
  ...["MIN", "MAX", "FIRST_VALUE", "LAST_VALUE", "COUNT", "ASSIGN"],
]);

/** Quotients, which look themselves whether a value is too large. */
const looking: ReadonlySet<string> = new Set(["SELECTED /", "ROUND /", "ROUND"]);

/** True where the operator would take a float for a right number. */
export function mistakes(operator: string, type: Type): boolean {
  const least = leastFloat(type);
  return least !== null && !carrying.has(operator) && (least < firstFloat || !looking.has(operator));
}

/** True where the decoders, or a column that it is stored in, could take a float for a right number. */
export function isMistaken(type: Type): boolean {
  const least = leastFloat(type);
  return least !== null && least < told;
}

/** The result of an operator with what its operands say of floats. */
export function withFloats(operator: string, given: Type, types: readonly Type[]): Type {
  if (given.kind !== "whole" && given.kind !== "decimal") return given;
  const found = leastOf(operator, given.range, types);
  return found === null ? given : { ...given, leastFloat: found };
}

function leastOf(operator: string, range: Range, types: readonly Type[]): bigint | null {
  if (!carrying.has(operator) || operator === "COUNT") return null;
  const least = types.map(leastFloat);
  const own = mayExceed({ kind: "whole", range, literal: null, nullable: false }) ? firstFloat : null;
  if (least.every((one) => one === null)) return own;
  const [first, second] = types.map((type) => rangeOf(type) ?? { min: 0n, max: 0n });
  if (first === undefined) return own;
  if (operator === "SUM") return isOneSided([first]) ? smallest([...least, own]) : 0n;
  if (second === undefined || (operator !== "+" && operator !== "-")) return smallest([...least, own]);
  const other = operator === "-" ? { min: -second.max, max: -second.min } : second;
  return smallest([apart(least[0], first, other), apart(least[1], other, first), own]);
}

/** The least distance from 0 of a sum of a float of the first and any value of the second. */
function apart(least: bigint | null | undefined, range: Range, other: Range): bigint | null {
  if (least === null || least === undefined) return null;
  if (isOneSided([range, other])) return least;
  const most = -other.min > other.max ? -other.min : other.max;
  return least > most ? least - most : 0n;
}

function isOneSided(ranges: readonly Range[]): boolean {
  return ranges.every(({ min }) => min >= 0n) || ranges.every(({ max }) => max <= 0n);
}

function smallest(all: readonly (bigint | null)[]): bigint | null {
  return all.reduce((a, b) => (a === null ? b : b === null || a < b ? a : b), null);
}

/** The value, or SQLite's own error of an overflow where it is a float. */
export function exactly(node: Expression, type: Type, context: Context): Type {
  if (!isInUnits(context) || (type.kind !== "whole" && type.kind !== "decimal")) return type;
  const value = enclosed(node);
  editAround(context, "sqlite", node, `(CASE typeof(${value}) WHEN 'real' THEN ${overflow} ELSE ${value} END)`);
  const { leastFloat: _, ...plain } = type;
  return { ...plain, range: narrowed(type.range) };
}

/** The choice of values that are no floats any more. */
export function withoutFloats(type: Type, exact: readonly Type[]): Type {
  if (type.kind !== "whole" && type.kind !== "decimal") return type;
  const { leastFloat: _, ...plain } = type;
  return exact.some((one) => leastFloat(one) !== null) ? type : { ...plain, range: narrowed(type.range) };
}

function narrowed({ min, max }: Range): Range {
  const within = (value: bigint): bigint =>
    value < storedRange.min ? storedRange.min : value > storedRange.max ? storedRange.max : value;
  return { min: within(min), max: within(max) };
}
