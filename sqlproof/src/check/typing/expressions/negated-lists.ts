import type { Expression, InList } from "../../tree/nodes.ts";
import { type Context, enclose } from "../context.ts";
import { isNarrow } from "../type.ts";
import { nodesIn } from "../walk.ts";

/**
 * `n NOT IN (:ids...)`: where an index has the column, MariaDB cuts a number below the column's type off at its least
 * value, and misses the rows of that. Inside a function, it reads the rows, as SQLite does.
 */
export function encloseNegated(negated: Expression, context: Context): void {
  if (context.mode !== "both") return;
  for (const node of nodesIn(negated)) {
    if (!isList(node) || node.operand.kind !== "column") continue;
    const type = context.bound.get(node.operand)?.column.type;
    if (type !== undefined && isNarrow(type)) enclose(context, node.operand);
  }
}

function isList(node: object): node is InList {
  return "kind" in node && node.kind === "in-list" && "operand" in node;
}
