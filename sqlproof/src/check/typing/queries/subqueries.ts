import type { Expression, Select } from "../../tree/nodes.ts";
import { type Context, quoted, refuse } from "../context.ts";
import { columnsIn, queriesIn } from "../walk.ts";
import { onsIn } from "./order/switched-keys.ts";
import type { Joined } from "./sources.ts";

/** MariaDB reads such a subquery as its value, after it has chosen where to look for the names in it. */
export function checkSourceless(select: Select, context: Context): void {
  const [name] = columnsIn(select);
  if (name !== undefined && context.mode !== "sqlite")
    refuse(
      context,
      "no-rule",
      `${quoted(name)} of the query around, in a SELECT without FROM, which MariaDB may not find: write the value itself`,
      name,
    );
}

/** Grouped, MariaDB finds other rows from the second execution on. */
export function checkJoinedSubqueries({ where, source }: Select, { relations }: Joined, context: Context): void {
  if (context.mode === "sqlite" || relations.length < 2) return;
  for (const name of columnsIn([where, ...onsIn(source)])) {
    const bound = context.bound.get(name);
    if (bound?.relation.merged === true && bound.column.subquery === true)
      refuse(
        context,
        "no-rule",
        `${quoted(name)} is a subquery in the list of a query in brackets, by which MariaDB joins wrongly when it is executed again: join its table`,
        name,
      );
  }
}

/** True for a subquery, and for a column of a query in brackets that is one. */
export function holdsSubquery(node: Expression | null, context: Context): boolean {
  const names = [...columnsIn(node)].map((name) => context.bound.get(name)?.column.subquery === true);
  return names.includes(true) || queriesIn(node).next().done === false;
}
