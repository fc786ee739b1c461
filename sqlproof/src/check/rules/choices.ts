import {
  decimalOf,
  integerType,
  isGiven,
  isUnsigned,
  type Range,
  rangeOf,
  signedAs,
  type Type,
  textOf,
  union,
  valuesOf,
  widened,
  withGiven,
  withMostBytes,
} from "../typing/type.ts";
import { anyNullable, type Operand, type Rule, scaleOf } from "./rule.ts";
import { collationOf } from "./texts.ts";

function ranges(types: readonly Type[]): Range {
  return types.map((type) => rangeOf(type) ?? { min: 0n, max: 0n }).reduce(union);
}

function numbers(types: readonly Type[]): Type {
  const nullable = anyNullable(types);
  // Of numbers with and without a sign, MariaDB makes a decimal.
  const isMixed = types.some(isUnsigned) && !types.every(isUnsigned);
  const isDecimal = isMixed || types.some((type) => type.kind === "decimal");
  return isDecimal
    ? decimalOf(scaleOf(types[0]), ranges(types), nullable)
    : signedAs(integerType(ranges(types), nullable), types);
}

function texts(types: readonly Type[]): Type {
  const lengths = types.map((type) => (type.kind === "text" ? type.length : null));
  const length = lengths.some((one) => one === null) ? null : Math.max(...lengths.map((one) => one ?? 0));
  const type = withGiven(textOf(collationOf(types), length, anyNullable(types)), types.some(isGiven));
  const values = types.filter(({ kind }) => kind !== "null").map(valuesOf);
  const known = values.every((one) => one !== null) ? { values: [...new Set(values.flat())] } : {};
  const isLimited = types.some((one) => one.kind === "text" && one.bytes !== undefined);
  return { ...(isLimited ? withMostBytes(type, types) : type), ...known };
}

function blobs(types: readonly Type[]): Type {
  return withMostBytes({ kind: "blob", nullable: anyNullable(types) }, types);
}

const sameScale = (types: readonly Type[]): boolean => types.every((type) => scaleOf(type) === scaleOf(types[0]));
const first = (types: readonly Type[]): Type => ({
  ...widened(types[0] ?? { kind: "unknown", nullable: true }),
  nullable: anyNullable(types),
});

function choose(operand: Operand, shown: string, extra: Partial<Rule> = {}): Rule {
  return {
    id: `choose-${operand}`,
    of: ["choose"],
    takes: [operand],
    repeats: true,
    gives: first,
    why: "All values have one type, so MariaDB converts none of them, and neither does SQLite.",
    shown,
    ...extra,
  };
}

/**
 * One value out of several: CASE, COALESCE, IFNULL, NULLIF, GREATEST and LEAST, LAG and LEAD, and the branches of a
 * UNION.
 */
export const choices: readonly Rule[] = [
  choose(
    "whole",
    "SELECT id, COALESCE(m, n, 0) AS p, CASE WHEN b THEN n END AS q, IFNULL(m, c) AS r FROM a ORDER BY id",
    {
      gives: numbers,
    },
  ),
  choose(
    "decimal",
    "SELECT id, COALESCE(e, d) AS p, COALESCE(e, 1) AS q, CASE WHEN b THEN d ELSE 0.5 END AS r FROM a ORDER BY id",
    {
      when: sameScale,
      gives: numbers,
    },
  ),
  choose("double", "SELECT id, COALESCE(g, f) AS p, COALESCE(g, 0) AS q FROM a ORDER BY id"),
  choose("truth", "SELECT id, COALESCE(b, n > 0) AS p, CASE WHEN n > 0 THEN b ELSE FALSE END AS q FROM a ORDER BY id"),
  choose(
    "text",
    "SELECT id, COALESCE(s, t) AS p, CASE WHEN b THEN t ELSE 'none' END AS q, COALESCE(u, '') AS r FROM a ORDER BY id",
    {
      gives: texts,
    },
  ),
  choose("datetime", "SELECT id, COALESCE(v, w) AS p, COALESCE(v, '2024-02-29 12:00:00') AS q FROM a ORDER BY id"),
  choose("date", "SELECT id, COALESCE(z, y) AS p, COALESCE(z, '2024-02-29') AS q FROM a ORDER BY id"),
  choose("blob", "SELECT id, COALESCE(o, x'41') AS p FROM a ORDER BY id", { gives: blobs }),
];
