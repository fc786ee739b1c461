import { integerType, type Type, widened } from "../typing/type.ts";
import type { Operand, Rule } from "./rule.ts";

const counted = integerType({ min: 0n, max: 2n ** 53n - 1n });

function edge(operand: Operand, column: string): Rule {
  return {
    id: `edge-${operand}`,
    of: ["MIN", "MAX", "FIRST_VALUE", "LAST_VALUE"],
    takes: [operand],
    gives: ([type]): Type => ({ ...widened(type ?? { kind: "unknown", nullable: true }), nullable: true }),
    why: "The order of the values is the same on both, and no rows give NULL.",
    shown: `SELECT MIN(${column}) AS p, MAX(${column}) AS q FROM a`,
  };
}

/** Counts, and the least and greatest of what both engines sort alike. SUM is arithmetic. */
export const aggregates: readonly Rule[] = [
  {
    id: "count",
    of: ["COUNT"],
    takes: ["any"],
    gives: () => counted,
    why: "Both count the rows whose value is not NULL.",
    shown: "SELECT COUNT(*) AS p, COUNT(m) AS q, COUNT(u) AS r FROM a",
  },
  edge("whole", "m"),
  edge("decimal", "e"),
  edge("double", "f"),
  edge("truth", "b"),
  edge("exact", "t"),
  edge("datetime", "v"),
  edge("date", "z"),
  {
    id: "rank",
    of: ["ROW_NUMBER", "RANK", "DENSE_RANK"],
    takes: [],
    gives: () => counted,
    why: "Both count from 1 in the order of the window.",
    shown: "SELECT id, ROW_NUMBER() OVER (ORDER BY id) AS p, RANK() OVER (ORDER BY n) AS q FROM a ORDER BY id",
  },
];
