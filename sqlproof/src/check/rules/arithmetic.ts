import {
  combined,
  decimalOf,
  integerType,
  isUnscaled,
  type Range,
  rangeOf,
  signedAs,
  storedRange,
  type Type,
  within,
} from "../typing/type.ts";
import { anyNullable, type Rule, scaleOf } from "./rule.ts";

const none: Range = { min: 0n, max: 0n };

function range(type: Type | undefined): Range {
  return (type === undefined ? null : rangeOf(type)) ?? none;
}

/** A whole number, or a decimal where an operand is one. */
function number(types: readonly Type[], scale: number, result: Range): Type {
  const nullable = anyNullable(types);
  const isDecimal = scale > 0 || types.some((type) => type.kind === "decimal");
  return isDecimal ? decimalOf(scale, result, nullable) : integerType(result, nullable);
}

function computed(types: readonly Type[], scale: number, compute: (x: bigint, y: bigint) => bigint): Type {
  return number(types, scale, combined(range(types[0]), range(types[1]), compute));
}

function negated({ min, max }: Range): Range {
  return { min: -max, max: -min };
}

function magnitude({ min, max }: Range): bigint {
  return -min > max ? -min : max;
}

/** The sum of two billion rows at most, which no table that is summed at once exceeds. */
export function summed(type: Type | undefined): Range {
  const { min, max } = range(type);
  const rows = 2n ** 31n;
  const sum = { min: min < 0n ? min * rows : 0n, max: max > 0n ? max * rows : 0n };
  // SQLite refuses a sum of whole numbers beyond 64 bits, and does not round it.
  return within({ min, max }, storedRange) && !within(sum, storedRange) ? storedRange : sum;
}

/** Whole numbers and decimals of one scale. Floats are not computed: MariaDB refuses infinity, which SQLite stores. */
export const arithmetic: readonly Rule[] = [
  {
    id: "add",
    of: ["+"],
    takes: ["whole", "whole"],
    gives: (types) =>
      signedAs(
        computed(types, 0, (x, y) => x + y),
        types,
      ),
    why: "Whole numbers within 64 bits.",
    shown: "SELECT id, n + c AS s, n + 1 AS t, m + n AS u, q + n AS v FROM a ORDER BY id",
  },
  {
    id: "add-decimal",
    of: ["+"],
    takes: ["decimal", "decimal"],
    when: ([left, right]) => scaleOf(left) === scaleOf(right),
    gives: (types) => computed(types, scaleOf(types[0]), (x, y) => x + y),
    why: "Units of the same place add up to units of that place.",
    shown: "SELECT id, d + e AS s, d + 1 AS t, d + 0.5 AS u FROM a ORDER BY id",
  },
  {
    id: "subtract",
    of: ["-"],
    takes: ["whole", "whole"],
    gives: (types) => computed(types, 0, (x, y) => x - y),
    why: "Whole numbers within 64 bits.",
    shown: "SELECT id, n - c AS s, 1 - n AS t FROM a ORDER BY id",
  },
  {
    id: "subtract-decimal",
    of: ["-"],
    takes: ["decimal", "decimal"],
    when: ([left, right]) => scaleOf(left) === scaleOf(right),
    gives: (types) => computed(types, scaleOf(types[0]), (x, y) => x - y),
    why: "Units of the same place.",
    shown: "SELECT id, d - e AS s, 1 - d AS t FROM a ORDER BY id",
  },
  {
    id: "multiply",
    of: ["*"],
    takes: ["whole", "whole"],
    gives: (types) =>
      signedAs(
        computed(types, 0, (x, y) => x * y),
        types,
      ),
    why: "Whole numbers within 64 bits.",
    shown: "SELECT id, n * 1000 AS s, n * -3 AS t, m * 2 AS u, n * n >= c AS v, q * -3 AS w FROM a ORDER BY id",
  },
  {
    id: "multiply-decimal",
    of: ["*"],
    takes: ["any", "any"],
    when: ([left, right]) =>
      [left, right].every((type) => type?.kind === "decimal" || type?.kind === "whole") &&
      scaleOf(left) + scaleOf(right) <= 30,
    gives: (types) => computed(types, scaleOf(types[0]) + scaleOf(types[1]), (x, y) => x * y),
    why: "The places of a product are the places of its factors together, in MariaDB's types and in SQLite's units.",
    shown: "SELECT id, d * e AS s, d * n AS t, d * 2 AS u, d * 1.5 AS v FROM a ORDER BY id",
  },
  {
    id: "remainder",
    of: ["%"],
    takes: ["whole", "whole"],
    // Of decimals MariaDB also gives -0.
    when: (types) => types.every(({ kind }) => kind === "whole"),
    gives: (types) => {
      const most = magnitude(range(types[1]));
      const min = range(types[0]).min >= 0n ? 0n : -most;
      const type = integerType({ min, max: most }, anyNullable(types) || !isNonZero(types[1]));
      return signedAs(type, types.slice(0, 1));
    },
    why: "Both keep the sign of the dividend; by 0 both give NULL when reading.",
    shown: "SELECT id, n % 7 AS r, n % -7 AS s, c % n AS u FROM a ORDER BY id",
  },
  {
    id: "mod",
    of: ["MOD"],
    takes: ["whole", "whole"],
    // Of decimals MariaDB also gives -0.
    when: (types) => types.every(({ kind }) => kind === "whole"),
    gives: (types) => {
      const most = magnitude(range(types[1]));
      const min = range(types[0]).min >= 0n ? 0n : -most;
      const type = integerType({ min, max: most }, anyNullable(types) || !isNonZero(types[1]));
      return signedAs(type, types.slice(0, 1));
    },
    form: (operand) => `((${operand(0)}) % (${operand(1)}))`,
    why: "As % on both; SQLite's MOD computes floats.",
    shown: "SELECT id, MOD(n, 7) AS r, MOD(c, n) AS s FROM a ORDER BY id",
  },
  {
    id: "divide-whole",
    of: ["DIV"],
    takes: ["whole", "whole"],
    when: ([left, right]) => left?.kind === "whole" && right?.kind === "whole",
    gives: (types) => {
      const most = magnitude(range(types[0]));
      const min = types.every((type) => range(type).min >= 0n) ? 0n : -most;
      return signedAs(integerType({ min, max: most }, anyNullable(types) || !isNonZero(types[1])), types);
    },
    sqlite: ["/"],
    why: "Both cut off toward 0; by 0 both give NULL when reading.",
    shown: "SELECT id, n DIV 7 AS q, n DIV -7 AS r, c DIV n AS s, q DIV -7 AS t FROM a ORDER BY id",
  },
  {
    id: "negate",
    of: ["NEGATE"],
    takes: ["whole"],
    gives: (types) => number(types, 0, negated(range(types[0]))),
    why: "Whole numbers within 64 bits.",
    shown: "SELECT id, -n AS s, -c AS t FROM a ORDER BY id",
  },
  {
    id: "negate-decimal",
    of: ["NEGATE"],
    takes: ["decimal"],
    gives: (types) => number(types, scaleOf(types[0]), negated(range(types[0]))),
    why: "Units of the same place.",
    shown: "SELECT id, -d AS s, -e AS t FROM a ORDER BY id",
  },
  {
    id: "abs",
    of: ["ABS"],
    takes: ["any"],
    when: ([type]) => type?.kind === "whole" || type?.kind === "decimal",
    gives: (types) => signedAs(number(types, scaleOf(types[0]), { min: 0n, max: magnitude(range(types[0])) }), types),
    why: "Whole numbers or units without their sign.",
    shown: "SELECT id, ABS(n) AS s, ABS(d) AS t, ABS(m) AS u FROM a ORDER BY id",
  },
  {
    id: "sign",
    of: ["SIGN"],
    takes: ["any"],
    when: ([type]) => type?.kind === "whole" || type?.kind === "decimal",
    gives: (types) => integerType({ min: -1n, max: 1n }, anyNullable(types)),
    why: "-1, 0 or 1 on both.",
    shown: "SELECT id, SIGN(n) AS s, SIGN(d) AS t FROM a ORDER BY id",
  },
  {
    id: "sum",
    of: ["SUM"],
    takes: ["any"],
    when: ([type]) => type !== undefined && (isUnscaled(type) || type.kind === "decimal"),
    gives: ([type]) => decimalOf(scaleOf(type), summed(type), true),
    why: "Exact on both: whole numbers or units. Beyond 64 bits SQLite refuses.",
    shown: "SELECT SUM(n) AS s, SUM(d) AS t, SUM(m) AS u FROM a",
  },
  {
    id: "sum-truth",
    of: ["SUM"],
    takes: ["truth"],
    gives: () => decimalOf(0, { min: 0n, max: 2n ** 31n }, true),
    why: "Counts the ones.",
    shown: "SELECT SUM(b) AS s, SUM(n > 0) AS t FROM a",
  },
];

/** A literal other than 0, or a value that cannot be 0. */
export function isNonZero(type: Type | undefined): boolean {
  const { min, max } = range(type);
  return min > 0n || max < 0n;
}
