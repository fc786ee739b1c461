// MariaDB joins the query of `x IN (SELECT ..)` and EXISTS to the one around it (a semi-join), or stores and looks up its
// rows. Where an execution's parameters decided a condition of that query, the prepared statement answers later executions
// by it, too; and with an outer join in it, later executions find other rows, do not know columns any more, or end the
// server. Of a query that MariaDB reads as its tables, it may look for the columns of another row.
import { enclosed } from "../../../parse/statement.ts";
import type { Exists, Expression, InQuery, Query } from "../../../tree/nodes.ts";
import { hasAggregate } from "../../aggregates.ts";
import { type Context, editAround, refuse } from "../../context.ts";
import type { Relation, Scope } from "../../scope.ts";
import { columnsIn, hasParameter, joinsOuter, nodesIn, queriesIn, tablesIn } from "../../walk.ts";
import { conjuncts } from "../keys.ts";
import { conditionsOf } from "../order/switched-conditions.ts";

/**
 * Keeps MariaDB from joining such a query: only what stands directly in a condition becomes a join. EXISTS beside or
 * over another query is answered row by row, as SQLite does.
 */
export function separateQueries(conditions: readonly (Expression | null)[], scope: Scope, context: Context): void {
  if (context.mode === "sqlite") return;
  const isBeside = scope.relations.some(isQuery);
  const given = conditions.flatMap((one) => (one === null ? [] : [one]));
  for (const node of given.flatMap(conjuncts))
    if ((node.kind === "exists" || node.kind === "in-query") && isSeparate(node.query, context))
      editAround(context, "mariadb", node, `(${enclosed(node)} OR FALSE)`);
  for (const node of nodesIn(given))
    if (isMembership(node) && joinsStored(node.query, context))
      refuse(
        context,
        "no-rule",
        "IN (SELECT ..) of a join with a query in FROM or a view, of which MariaDB may compute too few rows: write EXISTS",
        node,
      );
  for (const node of given.flatMap(existsIn))
    if (isBeside || readsQueries(node.query, context) || namesQuery(node.query, context))
      editAround(context, "mariadb", node, `(${enclosed(node)} IS TRUE)`);
}

function isMembership(node: object): node is InQuery {
  return "kind" in node && node.kind === "in-query";
}

/** True for a join with a query whose rows MariaDB stores. */
function joinsStored({ first }: Query, context: Context): boolean {
  if (first.source?.kind !== "join") return false;
  return columnsIn(first).some((name) => {
    const relation = context.bound.get(name)?.relation;
    return relation?.stored === true && !relation.merged;
  });
}

function isQuery({ merged, stored }: Relation): boolean {
  return merged || stored;
}

/** True where the query names a column of a query in FROM around it. */
function namesQuery(query: Query, context: Context): boolean {
  return columnsIn(query).some((name) => {
    const relation = context.bound.get(name)?.relation;
    return relation !== undefined && isQuery(relation);
  });
}

/** Every EXISTS that is part of the condition itself. */
function existsIn(node: unknown): Exists[] {
  if (typeof node !== "object" || node === null) return [];
  if (isExists(node)) return [node];
  return "first" in node && "others" in node ? [] : Object.values(node).flatMap(existsIn);
}

function isExists(node: object): node is Exists {
  return "kind" in node && node.kind === "exists";
}

/** True for a query that reads another one: in brackets, of WITH, or a view. */
function readsQueries(query: Query, context: Context): boolean {
  const isStored = tablesIn(query).some((name) => context.catalog.get(name)?.view !== false);
  return isStored || nodesIn(query).some((node) => "kind" in node && node.kind === "derived");
}

/** True for a query that MariaDB must not join to the one around it. */
export function isSeparate(query: Query, context: Context): boolean {
  const isNested = queriesIn(query).length > 1;
  const readsMore = readsQueries(query, context) && !readsOneStored(query);
  return isSwitched(query) || readsMore || (joinsOuter(query) && isNested);
}

/** `SELECT v FROM (SELECT MAX(id) AS v ..) AS q`, whose rows MariaDB stores: the cure for an aggregate in IN. */
function readsOneStored({ first, others }: Query): boolean {
  const { source, where, group, having } = first;
  if (source?.kind !== "derived" || where !== null || having !== null || group.length + others.length > 0) return false;
  return hasAggregate(source.query.first.items) && queriesIn(source.query).length === 1;
}

/** True where a condition of the query, or of a query within it, may be decided by parameters alone. */
export function isSwitched(query: Query): boolean {
  return queriesIn(query).some(({ first, others }) =>
    [first, ...others.map(({ select }) => select)].some((select) =>
      conditionsOf(select)
        .flatMap(conjuncts)
        .some((one) => hasParameter(one) && !comparesOnce(one)),
    ),
  );
}

/** A comparison of a column with a parameter: it holds for some rows and not for others, whatever the value is. */
export function comparesOnce(node: Expression): boolean {
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
