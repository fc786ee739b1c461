// MariaDB joins the query of `x IN (SELECT ..)` and EXISTS to the one around it (a semi-join). Where an execution's
// parameters decided a condition of that query, the prepared statement answers later executions by it, too; and with an
// outer join in it, later executions find other rows, do not know columns any more, or end the server.
import { enclosed } from "../../parse/statement.ts";
import type { Expression, Query, Select } from "../../tree/nodes.ts";
import { type Context, editAround } from "../context.ts";
import { hasParameter, joinsOuter, queriesIn, tablesIn } from "../walk.ts";
import { conjuncts } from "./keys.ts";
import { onsIn } from "./order/switched-conditions.ts";

/** Keeps MariaDB from joining such a query: only what stands directly in a condition becomes a join. */
export function separateQueries(conditions: readonly (Expression | null)[], context: Context): void {
  if (context.mode === "sqlite") return;
  for (const node of conditions.flatMap((one) => (one === null ? [] : conjuncts(one))))
    if ((node.kind === "exists" || node.kind === "in-query") && isSeparate(node.query, context))
      editAround(context, "mariadb", node, `(${enclosed(node)} OR FALSE)`);
}

/** True for a query that MariaDB must not join to the one around it. */
export function isSeparate(query: Query, context: Context): boolean {
  const named = tablesIn(query).some((name) => context.catalog.get(name)?.view !== false);
  const nested = queriesIn(query).length > 1;
  // A table of WITH, and a view, may have an outer join in it.
  const joinsMore = nested || query.first.source?.kind === "join";
  return isSwitched(query) || (joinsOuter(query) && (nested || named)) || (named && joinsMore);
}

/** True where a condition of the query, or of a query within it, may be decided by parameters alone. */
function isSwitched(query: Query): boolean {
  return queriesIn(query).some(({ first, others }) =>
    [first, ...others.map(({ select }) => select)].some((select) =>
      conditionsOf(select)
        .flatMap(conjuncts)
        .some((one) => hasParameter(one) && !comparesOnce(one)),
    ),
  );
}

function conditionsOf({ where, having, source }: Select): readonly Expression[] {
  return [where, having, ...onsIn(source)].filter((one) => one !== null);
}

/** A comparison of a column with a parameter: it holds for some rows and not for others, whatever the value is. */
function comparesOnce(node: Expression): boolean {
  switch (node.kind) {
    case "binary":
      return [node.left, node.right].some(({ kind }) => kind === "column") && isBare([node.left, node.right]);
    case "in-list":
      return node.operand.kind === "column" && node.items.length === 1 && isBare(node.items);
    case "like":
      return node.operand.kind === "column" && isBare([node.pattern]);
    case "exists":
    case "in-query":
      return true;
    default:
      return false;
  }
}

function isBare(sides: readonly Expression[]): boolean {
  return sides.every((side) => side.kind === "parameter" || !hasParameter(side));
}
