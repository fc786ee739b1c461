// `SELECT MAX(n) FROM t WHERE n < :x`: MariaDB takes it from an index of `n`, and makes `:x` a value of that column first.
// A value beyond the column becomes the column's last one, so that MariaDB misses the greatest `n`, or finds one that is
// not there. With GROUP BY, it may look up each group in an index.
import { scaledInteger } from "../../../runtime/amounts.ts";
import type { Call, ColumnName, Expression, Select } from "../../tree/nodes.ts";
import { type Context, enclose } from "../context.ts";
import type { Bound, Scope } from "../scope.ts";
import { rangeOf, safeRange, storedRange, type Type, unknown, within } from "../type.ts";
import { columnsIn, isCall, isGiven, nodesIn } from "../walk.ts";
import { conjuncts } from "./keys.ts";
import { comparisonsIn } from "./order/ranges.ts";
import { conditionsOf } from "./order/switched-conditions.ts";
import type { TypedSelect } from "./typed-select.ts";

/** Has MariaDB read all rows for a MIN or MAX beside such a comparison. */
export function encloseExtremes({ select, scopes }: TypedSelect, parts: readonly Expression[], context: Context): void {
  if (context.mode === "sqlite") return;
  const columns = nodesIn(parts)
    .filter(isExtreme)
    .flatMap(({ arguments: [of] }) => (of?.kind === "column" ? [of] : []));
  const own = columns.filter((one) => {
    const bound = context.bound.get(one);
    return bound !== undefined && scopes.has(bound.scope);
  });
  if (own.length === 0) return;
  if (select.group.length > 0) {
    encloseSkipped(own, select, context);
    return;
  }
  const comparisons = conditionsOf(select).flatMap(comparisonsIn);
  if (comparisons.some((one) => mayBeBeyond(one, scopes, context))) for (const one of own) enclose(context, one);
}

/**
 * MariaDB may look up the MIN or MAX of each group in an index. Where a condition leaves more than one range of the
 * column, as `n <> 3` does, it finds a group once in each, or its NULL.
 */
function encloseSkipped(columns: readonly ColumnName[], select: Select, context: Context): void {
  const conditions = conditionsOf(select).flatMap(conjuncts);
  for (const column of columns) {
    const bound = context.bound.get(column);
    const isAbout = (node: Expression): boolean =>
      columnsIn(node).some((name) => {
        const other = context.bound.get(name);
        return other?.relation === bound?.relation && other?.column === bound?.column;
      });
    if (conditions.some((one) => isAbout(one) && !isOneRange(one))) enclose(context, column);
  }
}

function isOneRange(node: Expression): boolean {
  if (node.kind === "binary") return ["=", "<", "<=", ">", ">="].includes(node.operator);
  return node.kind === "between" || node.kind === "in-list";
}

function isExtreme(node: object): node is Call {
  return isCall(node) && node.over === null && (node.name === "MIN" || node.name === "MAX");
}

/** True of a column beside a value that is the same for all rows and that the column may not hold. */
function mayBeBeyond(node: Expression, scopes: ReadonlySet<Scope>, context: Context): boolean {
  return pairsOf(node).some(([column, value]) => {
    const bound = column.kind === "column" ? context.bound.get(column) : undefined;
    if (bound === undefined || !scopes.has(bound.scope)) return false;
    // A column of the query around is a constant, where that query has one row.
    const isFixed = columnsIn(value).length === 0 || isGiven(value, context.bound, scopes);
    return isFixed && !holds(bound, value, context);
  });
}

function pairsOf(node: Expression): readonly (readonly [Expression, Expression])[] {
  switch (node.kind) {
    case "binary":
      return [
        [node.left, node.right],
        [node.right, node.left],
      ];
    case "between":
      return [
        [node.operand, node.low],
        [node.operand, node.high],
      ];
    case "in-list":
      return node.items.map((item) => [node.operand, item] as const);
    default:
      return [];
  }
}

function holds({ column: { type } }: Bound, value: Expression, { bound }: Context): boolean {
  const range = rangeOf(type);
  if (range === null) return true;
  const given = value.kind === "column" ? rangeOf(bound.get(value)?.column.type ?? unknown) : null;
  if (given !== null) return within(given, range);
  const units = unitsOf(value, type);
  if (units !== null) return within({ min: units, max: units }, range);
  return within(type.kind === "decimal" ? storedRange : safeRange, range);
}

/** The number in units of the column's last place. */
function unitsOf(value: Expression, type: Type): bigint | null {
  if (value.kind === "unary" && value.operator === "-") {
    const units = unitsOf(value.operand, type);
    return units === null ? null : -units;
  }
  return value.kind === "number" ? scaledInteger(value.text, type.kind === "decimal" ? type.scale : 0) : null;
}
