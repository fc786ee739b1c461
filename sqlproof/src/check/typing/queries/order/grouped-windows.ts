import type { Call, OrderItem } from "../../../tree/nodes.ts";
import { aggregateNames, hasAggregate, hasWindow } from "../../aggregates.ts";
import { type Context, edit, quoted, refuse } from "../../context.ts";
import { nodesIn } from "../../walk.ts";
import type { TypedSelect } from "../typed-select.ts";

/** Windows over groups that MariaDB answers wrongly. */
export function checkGroupedWindow({ select, grouped }: TypedSelect, call: Call, context: Context): void {
  if (context.mode === "sqlite") return;
  if (!grouped && hasAggregate(call))
    refuse(
      context,
      "no-rule",
      `${quoted(call)} is over an aggregate of all rows, whose MIN or MAX MariaDB then forgets: select the aggregate in a query in FROM`,
      call,
    );
  const distinct = grouped ? nodesIn([select.items, select.having]).find(isDistinct) : undefined;
  if (distinct !== undefined)
    refuse(
      context,
      "no-rule",
      `${distinct.name}(DISTINCT ..) in a grouped query beside OVER (..), which MariaDB answers otherwise: group in a query in FROM, and write OVER around it`,
      distinct,
    );
}

function isDistinct(node: object): node is Call {
  return "kind" in node && node.kind === "call" && "distinct" in node && node.distinct === true && isAggregate(node);
}

function isAggregate(node: object): boolean {
  return "name" in node && typeof node.name === "string" && aggregateNames.has(node.name);
}

/**
 * Has MariaDB sort once more after the windows of a grouped query. Where the keys of ORDER BY are those of GROUP BY, it
 * otherwise leaves the rows in the order of a window. What is added decides nothing: the keys tell the groups apart, or
 * leave their order open.
 */
export function sortGroups(typed: TypedSelect, order: readonly OrderItem[], context: Context): void {
  const last = order.at(-1);
  if (context.mode === "sqlite" || !typed.grouped || last === undefined || typed.select.distinct) return;
  const values = order.map(({ value }) => {
    const named = value.kind === "column" && value.table === null ? value.name.toLowerCase() : null;
    return typed.selected.find(({ name }) => name.toLowerCase() === named)?.node ?? value;
  });
  if (values.some((value) => hasAggregate(value) || hasWindow(value))) return;
  edit(context, "mariadb", { from: last.to, to: last.to }, ", COUNT(*)");
}
