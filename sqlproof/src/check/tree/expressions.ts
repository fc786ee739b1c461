import { readComparison } from "./comparisons.ts";
import type { Cursor } from "./cursor.ts";
import type { Expression } from "./nodes.ts";
import { leftToRight } from "./sums.ts";

/*
 * or         = and { OR and }
 * and        = not { AND not }
 * not        = [ NOT ] not | comparison
 * comparison = sum [ comparator sum | IS [NOT] NULL | [NOT] BETWEEN sum AND sum | [NOT] IN (..) | [NOT] LIKE .. ]
 * sum        = term { (+ | -) term }
 * term       = factor { (* | / | % | DIV) factor }
 * factor     = [ - ] joined
 * joined     = primary { || primary }
 *
 * One comparison holds one comparator: the engines read `b = n > 0` differently, so brackets must decide.
 */

/** Reads an expression of any kind. */
export function readExpression(cursor: Cursor): Expression {
  return leftToRight(cursor, readAnd, () => (cursor.sees("OR") ? "OR" : null));
}

function readAnd(cursor: Cursor): Expression {
  return leftToRight(cursor, readNot, () => (cursor.sees("AND") ? "AND" : null));
}

function readNot(cursor: Cursor): Expression {
  const from = cursor.offset;
  if (!cursor.takes("NOT")) return readComparison(cursor);
  const operand = readNot(cursor);
  return { kind: "unary", operator: "NOT", operand, ...cursor.since(from) };
}
