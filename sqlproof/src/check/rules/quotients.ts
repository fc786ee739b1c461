import { decimalOf, integerType, isUnscaled, type Range, rangeOf, safeRange, type Type } from "../typing/type.ts";
import { isNonZero, summed } from "./arithmetic.ts";
import { anyNullable, overflow, type Rule, scaleOf } from "./rule.ts";

/** MariaDB gives a quotient four places more than the dividend: its div_precision_increment. */
const more = 4;

function isNumber(type: Type | undefined): boolean {
  return type !== undefined && (isUnscaled(type) || type.kind === "decimal");
}

function power(places: number): string {
  return String(10n ** BigInt(places));
}

/** Half away from zero, as MariaDB rounds: SQLite's own division cuts off. */
function rounded(dividend: string, divisor: string): string {
  const [a, b] = [`(${dividend})`, `(${divisor})`];
  return `((2 * ${a} + CASE WHEN (${a} < 0) = (${b} < 0) THEN ${b} ELSE -${b} END) / (2 * ${b}))`;
}

/** SQLite goes on with a rounded float where whole numbers exceed 64 bits, so each step of `rounded` stays far within. */
const room = 2n ** 61n;

/** A value that stands in the form of a quotient, and the power of ten that it is multiplied with there. */
interface Factor {
  readonly operand: string;
  readonly range: Range;
  readonly by: number;
}

function rangeIn(type: Type | undefined): Range {
  return (type === undefined ? null : rangeOf(type)) ?? { min: 0n, max: 0n };
}

/** The form, or SQLite's own error of an overflow for values with which it would be computed as a float. */
function fitting(form: string, factors: readonly Factor[]): string {
  const tests = factors.flatMap(({ operand, range: { min, max }, by }) => {
    const limit = room / 10n ** BigInt(Math.max(0, by));
    return max <= limit && -min <= limit ? [] : [`ABS(${operand}) > ${limit}`];
  });
  return tests.length === 0 ? form : `(CASE WHEN ${tests.join(" OR ")} THEN ${overflow} ELSE ${form} END)`;
}

/** The dividend in the units that make the quotient one of so many places. */
function scaled(operand: string, by: number): string {
  return by >= 0 ? `(${operand}) * ${power(by)}` : operand;
}

/**
 * The places that a divisor needs on MariaDB, so that its quotient has hidden digits behind the shown ones; 0 where any
 * divisor will do. do_div_mod of strings/decimal.c computes whole words of nine digits: one for each nine places of the
 * dividend and of the divisor that are begun, or as many as both have together and four more, if these are more words.
 * Behind the last one it cuts off, also where it shows that one. A value may have fewer places than its type, such as 1
 * in COALESCE(d, 1), so the divisor has to bring all the words.
 */
export function divisorPlaces(shown: number): number {
  return shown < word ? 0 : Math.floor(shown / word) * word + 1;
}

const word = 9;

/** The places that MariaDB shows of a quotient of this dividend. */
export function shownPlaces(dividend: Type | undefined): number {
  return scaleOf(dividend) + more;
}

/** The value with other places, where the last one is rounded in any way. */
function quotient(type: Type | undefined, scale: number, nullable = true): Type {
  const { min, max } = rangeIn(type);
  const [least, most] = [min < 0n ? min : 0n, max > 0n ? max : 0n];
  const by = scale - scaleOf(type);
  if (by >= 0) return decimalOf(scale, { min: least * 10n ** BigInt(by), max: most * 10n ** BigInt(by) }, nullable);
  const unit = 10n ** BigInt(-by);
  return decimalOf(
    scale,
    { min: least < 0n ? least / unit - 1n : 0n, max: most > 0n ? most / unit + 1n : 0n },
    nullable,
  );
}

/** By 0 the quotient is NULL. */
function divided(types: readonly Type[], scale: number): Type {
  const [a, b] = types;
  const { min, max } = rangeIn(a);
  const most = ((-min > max ? -min : max) * 10n ** BigInt(scaleOf(b))) / leastDivisor(b) + 1n;
  const dividend = decimalOf(scaleOf(a), { min: -most, max: most });
  return quotient(dividend, scale, anyNullable(types) || !isNonZero(b));
}

/** In units of its last place. */
function leastDivisor(type: Type | undefined): bigint {
  const { min, max } = rangeIn(type);
  return min > 0n ? min : max < 0n ? -max : 1n;
}

/** The literal that says how many places a value is rounded to. */
function places(type: Type | undefined): number {
  return type?.kind === "whole" && type.literal !== null ? Number(type.literal) : -1;
}

/** Ten to the power of more places is no number of 64 bits, and SQLite would go on with a float. */
const mostPower = 18;

/** True where a value can be brought to so many places. */
const reaches = (type: Type | undefined, to: number): boolean => scaleOf(type) - to <= mostPower;

const literalPlaces = (type: Type | undefined): boolean => places(type) >= 0 && places(type) <= 30;

/**
 * Divisions, which MariaDB computes with hidden digits and rounds when it sends them. So a quotient is the same only where
 * it is selected as it is, or where ROUND says to how many places.
 */
export const quotients: readonly Rule[] = [
  {
    id: "select-quotient",
    of: ["SELECTED /"],
    takes: ["any", "any"],
    when: ([a, b]) => isNumber(a) && isNumber(b) && more + scaleOf(b) <= mostPower,
    gives: (types) => divided(types, scaleOf(types[0]) + more),
    form: (operand, [a, b]) =>
      fitting(rounded(scaled(operand(0), more + scaleOf(b)), operand(1)), [
        { operand: operand(0), range: rangeIn(a), by: more + scaleOf(b) },
        { operand: operand(1), range: rangeIn(b), by: 0 },
      ]),
    why: "SQLite rounds the quotient of units to the places that MariaDB sends. Where MariaDB would cut off there, its divisor gets more places.",
    shown: "SELECT id, n / 7 AS p, d / n AS q, d / e AS r, n / m AS s, d * 0.001 / n AS u FROM a ORDER BY id",
  },
  {
    id: "select-average",
    of: ["SELECTED AVG"],
    takes: ["any"],
    when: ([a]) => isNumber(a),
    gives: ([a]) => quotient(a, scaleOf(a) + more),
    form: (operand, [a]) => {
      const sum = `SUM(${operand(0)})`;
      return fitting(rounded(scaled(sum, more), `COUNT(${operand(0)})`), [
        { operand: sum, range: summed(a), by: more },
      ]);
    },
    why: "The sum through the count, rounded as a quotient.",
    shown: "SELECT AVG(m) AS p, AVG(d) AS q, AVG(n - 5) AS r, AVG(d * 1.000) AS s FROM a",
  },
  {
    id: "round-quotient",
    of: ["ROUND /"],
    takes: ["any", "any", "natural"],
    when: ([a, b, to]) =>
      isNumber(a) &&
      isNumber(b) &&
      literalPlaces(to) &&
      places(to) <= scaleOf(a) + more &&
      reaches(a, places(to)) &&
      places(to) + scaleOf(b) - scaleOf(a) <= mostPower,
    gives: (types) => divided(types.slice(0, 2), places(types[2])),
    form: (operand, [a, b, to]) => {
      const by = places(to) + scaleOf(b) - scaleOf(a);
      const divisor = by >= 0 ? operand(1) : `(${operand(1)}) * ${power(-by)}`;
      return fitting(rounded(scaled(operand(0), by), divisor), [
        { operand: operand(0), range: rangeIn(a), by },
        { operand: operand(1), range: rangeIn(b), by: -by },
      ]);
    },
    why: "MariaDB's hidden digits are more than the places that are rounded to, also by a divisor of more places.",
    shown:
      "SELECT id, ROUND(n / 7, 2) AS p, ROUND(d / n, 0) AS q, ROUND(d / e, 1) = 1 AS r, ROUND(d * 0.001 / n, 9) AS s FROM a ORDER BY id",
  },
  {
    id: "round-average",
    of: ["ROUND AVG"],
    takes: ["any", "natural"],
    when: ([a, to]) => isNumber(a) && literalPlaces(to) && places(to) <= scaleOf(a) + more && reaches(a, places(to)),
    gives: ([a, to]) => quotient(a, places(to)),
    form: (operand, [a, to]) => {
      const by = places(to) - scaleOf(a);
      const [sum, count] = [`SUM(${operand(0)})`, `COUNT(${operand(0)})`];
      const form = rounded(scaled(sum, by), by >= 0 ? count : `${count} * ${power(-by)}`);
      return fitting(form, [{ operand: sum, range: summed(a), by }]);
    },
    why: "The sum through the count, rounded as a quotient.",
    shown: "SELECT ROUND(AVG(m), 1) AS p, ROUND(AVG(d), 3) AS q, ROUND(AVG(d * 0.001), 9) AS r FROM a",
  },
  {
    id: "round-decimal",
    of: ["ROUND"],
    takes: ["decimal", "natural"],
    when: ([a, to]) => literalPlaces(to) && places(to) < scaleOf(a) && reaches(a, places(to)),
    gives: ([a, to]) => quotient(a, places(to), a?.nullable),
    form: (operand, [a, to]) => {
      const form = rounded(operand(0), power(scaleOf(a) - places(to)));
      return fitting(form, [{ operand: operand(0), range: rangeIn(a), by: 0 }]);
    },
    why: "Half away from zero on both.",
    shown: "SELECT id, ROUND(d, 1) AS p, ROUND(e, 0) AS q, ROUND(d * e, 2) AS r FROM a ORDER BY id",
  },
  {
    id: "round-decimal-whole",
    of: ["ROUND"],
    takes: ["decimal"],
    when: ([a]) => scaleOf(a) > 0 && reaches(a, 0),
    gives: ([a]) => quotient(a, 0, a?.nullable),
    form: (operand, [a]) =>
      fitting(rounded(operand(0), power(scaleOf(a))), [{ operand: operand(0), range: rangeIn(a), by: 0 }]),
    why: "Half away from zero on both.",
    shown: "SELECT id, ROUND(d) AS p, ROUND(e) = 1 AS q FROM a ORDER BY id",
  },
  {
    id: "floor-decimal",
    of: ["FLOOR"],
    takes: ["decimal"],
    when: ([a]) => scaleOf(a) > 0 && reaches(a, 0),
    gives: ([a]) => integerType(rangeOf(quotient(a, 0)) ?? safeRange, a?.nullable),
    form: (operand, [a]) => {
      const unit = power(scaleOf(a));
      return `((${operand(0)}) / ${unit} - ((${operand(0)}) % ${unit} < 0))`;
    },
    why: "The whole part, one less for a negative rest.",
    shown: "SELECT id, FLOOR(d) AS p, FLOOR(e) AS q FROM a ORDER BY id",
  },
  {
    id: "ceiling-decimal",
    of: ["CEIL", "CEILING"],
    takes: ["decimal"],
    when: ([a]) => scaleOf(a) > 0 && reaches(a, 0),
    gives: ([a]) => integerType(rangeOf(quotient(a, 0)) ?? safeRange, a?.nullable),
    form: (operand, [a]) => {
      const unit = power(scaleOf(a));
      return `((${operand(0)}) / ${unit} + ((${operand(0)}) % ${unit} > 0))`;
    },
    why: "The whole part, one more for a positive rest.",
    shown: "SELECT id, CEIL(d) AS p, CEILING(e) AS q FROM a ORDER BY id",
  },
  {
    id: "truncate-decimal",
    of: ["TRUNCATE"],
    takes: ["decimal", "natural"],
    when: ([a, to]) => literalPlaces(to) && places(to) < scaleOf(a) && reaches(a, places(to)),
    gives: ([a, to]) => quotient(a, places(to), a?.nullable),
    form: (operand, [a, to]) => `((${operand(0)}) / ${power(scaleOf(a) - places(to))})`,
    why: "SQLite cuts units off toward zero, as TRUNCATE does.",
    shown: "SELECT id, TRUNCATE(d, 1) AS p, TRUNCATE(e, 0) AS q FROM a ORDER BY id",
  },
];
