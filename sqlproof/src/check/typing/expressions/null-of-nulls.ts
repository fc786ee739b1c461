import type { Call, Expression } from "../../tree/nodes.ts";
import { aggregateNames } from "../aggregates.ts";
import type { Context } from "../context.ts";

/** True for a value that is NULL when every column in it is, as where an outer join finds no row. */
export function isNullOfNulls(node: Expression, context: Context): boolean {
  const isNull = (one: Expression): boolean => isNullOfNulls(one, context);
  switch (node.kind) {
    case "null":
      return true;
    case "column":
      return context.bound.get(node)?.column.computed?.nullOfNulls ?? true;
    case "unary":
    case "cast":
    case "between":
    case "in-list":
      return isNull(node.operand);
    case "like":
      return isNull(node.operand) || isNull(node.pattern);
    case "binary":
      if (node.operator === "<=>" || node.operator === "IS DISTINCT FROM") return false;
      if (node.operator === "AND" || node.operator === "OR") return isNull(node.left) && isNull(node.right);
      return isNull(node.left) || isNull(node.right);
    case "case":
      return [...node.branches.map(({ result }) => result), ...(node.otherwise === null ? [] : [node.otherwise])].every(
        isNull,
      );
    case "call":
      return isNullCall(node, isNull);
    default:
      return false;
  }
}

function isNullCall({ name, over, arguments: args }: Call, isNull: (node: Expression) => boolean): boolean {
  if (over !== null || aggregateNames.has(name)) return false;
  if (name === "COALESCE" || name === "IFNULL") return args.every(isNull);
  return name === "NULLIF" ? args.slice(0, 1).some(isNull) : args.some(isNull);
}
