import { safeRange, type Type, within } from "../typing/type.ts";
import { type Rule, scaleOf } from "./rule.ts";

/** SQLite rounds more units than 2^53 once as it makes a double of them, and again as it divides by their places. */
const isNumber = (type: Type | undefined): boolean => {
  if (type?.kind !== "decimal") return type?.kind === "whole" || type?.kind === "double";
  return type.scale === 0 || (type.scale <= 22 && within(type.range, safeRange));
};

/** The number as the nearest double, as MariaDB converts it: 10^22 and less is exact as a double. */
function asDouble(operand: string, type: Type | undefined): string {
  return type?.kind === "decimal" ? `((${operand}) / ${10n ** BigInt(scaleOf(type))}.0)` : `((${operand}) * 1.0)`;
}

/** The one function of floats whose last bit IEEE 754 fixes. Others depend on the mathematical library. */
export const floats: readonly Rule[] = [
  {
    id: "sqrt",
    of: ["SQRT"],
    takes: ["any"],
    when: ([type]) => isNumber(type),
    gives: (): Type => ({ kind: "double", nullable: true }),
    form: (operand, [type]) => `SQRT(${asDouble(operand(0), type)})`,
    why: "IEEE 754 fixes the last bit of a square root; of a negative number it is NULL on both.",
    shown: "SELECT id, SQRT(n) AS p, SQRT(d) AS q, SQRT(f) AS r FROM a ORDER BY id",
  },
];
