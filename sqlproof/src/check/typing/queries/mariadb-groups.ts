// Queries with aggregates that MariaDB answers wrongly.
import type { ColumnName, Expression } from "../../tree/nodes.ts";
import { aggregateNames, hasAggregate, hasWindow } from "../aggregates.ts";
import { type Context, quoted, refuse } from "../context.ts";
import { attributeOf, attributesIn, columnsIn, nodesIn, queriesIn } from "../walk.ts";
import { groupsOf, type TypedSelect } from "./typed-select.ts";

/** Refuses them. `parts` are the values of the list and of ORDER BY, and `isConstant` is true for a constant of an outer join. */
export function checkMariadbGroups(
  typed: TypedSelect,
  parts: readonly Expression[],
  isConstant: (name: Expression) => boolean,
  context: Context,
): void {
  if (context.mode === "sqlite") return;
  checkMemberships(typed, parts, context);
  checkKeys(typed, isConstant, context);
  checkLoneHaving(typed, context);
  checkFilledHaving(typed, context);
  checkDistinct(typed, context);
}

/** Where DISTINCT stands beside a window and a subquery that parameters decide, MariaDB forgets the window. */
export function checkDistinctWindows({ select, selected }: TypedSelect, context: Context): void {
  if (context.mode === "sqlite" || !select.distinct || !hasWindow(select.items)) return;
  const node = selected.find((one) => queriesIn(one.node).length > 0)?.node ?? null;
  if (node !== null)
    refuse(
      context,
      "grouping",
      `${quoted(node)} beside DISTINCT and OVER (..), where MariaDB may miss rows: leave out DISTINCT, or select DISTINCT from that query in FROM`,
      node,
    );
}

/** Where DISTINCT stands beside GROUP BY, MariaDB takes aggregates, and what HAVING compares, from another group. */
function checkDistinct({ grouped, select, selected }: TypedSelect, context: Context): void {
  if (!grouped || !select.distinct) return;
  const node = selected.find((one) => one.node !== null && hasAggregate(one.node))?.node ?? select.having;
  if (node !== null)
    refuse(
      context,
      "grouping",
      `${quoted(node)} beside DISTINCT and GROUP BY, where MariaDB may take it from another group: leave out DISTINCT, or select DISTINCT from that query in FROM`,
      node,
    );
}

/** Where each table has one row, MariaDB takes what is computed for a value of a row that an outer join did not find. */
function checkFilledHaving({ grouped, select, scopes }: TypedSelect, context: Context): void {
  if (!grouped || select.having === null) return;
  for (const name of outsideAggregates(select.having)) {
    const bound = context.bound.get(name);
    if (bound === undefined || !scopes.has(bound.scope) || bound.column.computed?.remains !== true) continue;
    const { merged, filled, joins } = bound.relation;
    if (merged && (filled === true || joins === "outer"))
      refuse(
        context,
        "grouping",
        `${quoted(name)} is computed in an outer-joined view and asked for in HAVING, where MariaDB may not take it for NULL: write the condition in WHERE`,
        name,
      );
  }
}

/** MariaDB may read the groups of one table by an index, skipping from one to the next, and then misses rows of an OR. */
export function checkSkippedGroups({ select, selected, grouped, scopes, scope }: TypedSelect, context: Context): void {
  if (context.mode === "sqlite" || select.source?.kind !== "table") return;
  const columnsOf = (node: unknown): string[] => attributesIn(node, context.bound, scopes);
  const listed = selected.flatMap(({ node, alias }) =>
    alias.bound === null ? columnsOf(node) : [attributeOf(alias.bound)],
  );
  const counted = nodesIn([select.items, select.having]).filter((node) => "distinct" in node && node.distinct === true);
  const skipped = new Set([
    ...(select.distinct ? listed : []),
    ...(grouped ? [...columnsOf(select.group), ...listed] : []),
    ...counted.flatMap(columnsOf),
  ]);
  const conditions = select.where === null ? [] : alternatives(select.where, false);
  const isOfView = scope.relations.some(({ merged }) => merged);
  for (const { node, isEither } of conditions) {
    const either = new Set(columnsOf(node));
    if (!isEither || either.size < 2 || ![...either].some((column) => skipped.has(column))) continue;
    const others = conditions.filter((other) => other.node !== node).flatMap((other) => columnsOf(other.node));
    if (isOfView || others.some((one) => either.has(one)))
      refuse(
        context,
        "grouping",
        "DISTINCT or GROUP BY over one table, with an OR of several columns and another condition on one of them: MariaDB may miss rows; repeat that condition on both sides of the OR",
        node,
      );
  }
}

/** The conditions that AND joins, also where NOT makes it of an OR, and whether each is an OR. */
function alternatives(node: Expression, not: boolean): readonly { node: Expression; isEither: boolean }[] {
  if (node.kind === "unary" && node.operator === "NOT") return alternatives(node.operand, !not);
  if (node.kind !== "binary" || (node.operator !== "AND" && node.operator !== "OR")) return [{ node, isEither: false }];
  if ((node.operator === "AND") === not) return [{ node, isEither: true }];
  return [...alternatives(node.left, not), ...alternatives(node.right, not)];
}

/** MariaDB looks for the value of the group before or after. */
function checkMemberships({ grouped }: TypedSelect, parts: readonly Expression[], context: Context): void {
  if (!grouped) return;
  for (const part of parts) {
    const node = nodesIn(part).find((one) => "kind" in one && one.kind === "in-query");
    if (node !== undefined && !hasAggregate(part))
      refuse(
        context,
        "grouping",
        `IN (SELECT ..) in the list of a grouped query, where MariaDB looks for the value of another group: write EXISTS, or IN in a query around`,
        part,
      );
  }
}

/** MariaDB shows the constant also where the join found no row. */
function checkKeys(typed: TypedSelect, isConstant: (name: Expression) => boolean, context: Context): void {
  for (const key of groupsOf(typed, context)) {
    const constant = columnsIn(key).find(isConstant);
    if (constant !== undefined)
      refuse(
        context,
        "grouping",
        `GROUP BY ${quoted(constant)}, a constant of an outer join, which MariaDB shows where the join found no row: group by a column`,
        key,
      );
  }
}

/** MariaDB takes MIN and MAX from an index of one table, although the join finds no row. */
function checkLoneHaving({ grouped, select, scope }: TypedSelect, context: Context): void {
  if (grouped || select.having === null || scope.relations.length < 2) return;
  const edge = nodesIn(select.having).find((node) => "name" in node && (node.name === "MIN" || node.name === "MAX"));
  if (edge !== undefined)
    refuse(
      context,
      "grouping",
      "MIN or MAX in HAVING without GROUP BY, over a join: MariaDB takes it from an index although the join finds no row; write WHERE in a query around",
      select.having,
    );
}

/** The columns of a part but those within aggregates, and those by which a window divides and sorts. */
function outsideAggregates(part: Expression): readonly ColumnName[] {
  const inside = new Set(
    nodesIn(part).flatMap((node) => {
      if (!("kind" in node) || node.kind !== "call" || !("over" in node && "name" in node)) return [];
      if (node.over !== null) return columnsIn(node.over);
      return aggregateNames.has(String(node.name)) ? columnsIn(node) : [];
    }),
  );
  return columnsIn(part).filter((name) => !inside.has(name));
}
