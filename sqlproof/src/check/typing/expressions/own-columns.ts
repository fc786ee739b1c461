import type { Call, Expression } from "../../tree/nodes.ts";
import { hasAggregate } from "../aggregates.ts";
import { type Context, quoted, refuse } from "../context.ts";
import type { Scope } from "../scope.ts";
import { columnsIn, hasParameter, tablesIn } from "../walk.ts";

function nameless(node: Call): string {
  const count = node.over === null ? "COUNT(*)" : "COUNT(*) OVER (..)";
  return hasAggregate(node.arguments)
    ? `${quoted(node)} names no column: MariaDB takes several of them for one; write COUNT(id), of a column that is never NULL, for COUNT(*) in it`
    : `${quoted(node)} names no column: MariaDB takes several of them for one; write ${count}, or compute with it, such as :x * ${count}`;
}

/** `COUNT(*)`, which differs from group to group. */
function isCount(node: Expression): boolean {
  return node.kind === "call" && node.star && node.over === null;
}

/** True for a view, and for a table of WITH. */
function isNamedQuery(name: string, scope: Scope, context: Context): boolean {
  return scope.named.has(name.toLowerCase()) || context.catalog.get(name)?.view === true;
}

/** Aggregates that the engines, or two executions on MariaDB, compute differently. */
export function checkOwn(node: Call, scope: Scope, context: Context): void {
  if (context.mode === "sqlite") return;
  const meant = columnsIn(node.arguments).flatMap((column) => context.bound.get(column) ?? []);
  if (meant.length > 0 && meant.every((bound) => bound.scope.relations !== scope.relations))
    refuse(
      context,
      "grouping",
      `${quoted(node)} names no column of its own query: each engine counts other rows`,
      node,
    );
  const read =
    node.over === null ? tablesIn(node.arguments).find((name) => isNamedQuery(name, scope, context)) : undefined;
  if (read !== undefined)
    refuse(
      context,
      "grouping",
      `${quoted(node)} is over a subquery that reads ${read}, a view or a table of WITH: MariaDB refuses it when it is executed; read it in FROM`,
      node,
    );
  const isFixed =
    node.over === null
      ? hasParameter(node.arguments)
      : node.arguments.length > 0 && !(scope.grouped && node.arguments.every(isCount));
  if (columnsIn(node.arguments).length === 0 && isFixed) refuse(context, "grouping", nameless(node), node);
  if (!scope.grouped && node.over === null && meant.some(({ relation }) => relation.merged))
    refuse(
      context,
      "grouping",
      `${quoted(node)} is over a view that is read as its tables: MariaDB refuses its second execution; aggregate over the table itself`,
      node,
    );
  const asking = meant.find(({ relation, column }) => relation.merged && column.asksComputed === true);
  if (asking !== undefined)
    refuse(
      context,
      "rerun",
      `${quoted(node)} is over a subquery of a view that reads what another view computes: MariaDB may take it of another row when it is executed again; join the table`,
      node,
    );
}
