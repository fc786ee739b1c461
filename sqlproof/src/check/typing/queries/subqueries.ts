import type { Call, ColumnName, Expression, Query, Select } from "../../tree/nodes.ts";
import { aggregateNames, hasAggregate } from "../aggregates.ts";
import { type Context, quoted, refuse } from "../context.ts";
import { joinsIn } from "../relations.ts";
import { type Bound, type Scope, sameName } from "../scope.ts";
import { columnsIn, isCall, nodesIn, queriesIn } from "../walk.ts";
import type { Joined } from "./joins/sources.ts";
import { onsIn } from "./order/switched-conditions.ts";
import type { Selected, TypedSelect } from "./typed-select.ts";

/** In EXISTS, MariaDB leaves out a GROUP BY that decides nothing, and OFFSET then counts rows in place of groups. */
export function checkGroupsInExists({ first, others, offset }: Query, context: Context): void {
  if (context.mode === "sqlite" || offset === null || others.length > 0 || first.group.length === 0) return;
  if (first.having === null && !first.items.some(hasAggregate))
    refuse(
      context,
      "grouping",
      "OFFSET of groups in EXISTS, where MariaDB skips rows in place of groups: write HAVING COUNT(*) > 0",
      offset,
    );
}

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
  if (context.mode === "sqlite" || joinsIn(source, relations) === null) return;
  for (const name of columnsIn([where, ...onsIn(source)])) {
    const bound = context.bound.get(name);
    if (bound?.relation.merged === true && bound.column.subquery === true)
      refuse(
        context,
        "no-rule",
        `${quoted(name)} is a subquery in the list of a view, by which MariaDB joins wrongly when it is executed again: join its table`,
        name,
      );
  }
}

/** A subquery in the list of a merged view for which the WHERE of this query asks, or that of a query that it merges. */
export function askedSubquery({ select, scopes, scope }: TypedSelect, context: Context): ColumnName | null {
  const own = columnsIn([select.where, ...onsIn(select.source)]).find((name) => {
    const bound = context.bound.get(name);
    return bound !== undefined && scopes.has(bound.scope) && bound.relation.merged && bound.column.subquery === true;
  });
  return own ?? scope.relations.find(({ asked = null }) => asked !== null)?.asked ?? null;
}

/** Executed again, a grouped query that asks for one, and is itself in another query, finds other rows. */
export function checkAsked(typed: TypedSelect, context: Context): void {
  if (context.mode === "sqlite" || !typed.grouped || typed.select === context.outermost) return;
  const name = askedSubquery(typed, context);
  if (name !== null)
    refuse(
      context,
      "rerun",
      `${quoted(name)} is a subquery in the list of a view, asked for in WHERE below a GROUP BY that is not the outermost query's: MariaDB finds other rows when it is executed again; join its table`,
      name,
    );
}

/** Grouped by a subquery, a statement that is executed again may be refused, or end MariaDB's server. */
export function checkGroupedSubquery(group: Expression, selected: readonly Selected[], context: Context): void {
  if (context.mode === "sqlite") return;
  const alias = group.kind === "column" && group.table === null && !context.bound.has(group) ? group.name : null;
  const meant = alias === null ? group : (selected.find(({ name }) => sameName(name, alias))?.node ?? group);
  if (holdsSubquery(meant, context))
    refuse(
      context,
      "rerun",
      `GROUP BY ${quoted(group)}, which holds a subquery: MariaDB may refuse its second execution, or end; join the table`,
      group,
    );
}

/** MariaDB finds another value of such a column there than that of the group. */
export function checkHaving({ having }: Select, scopes: ReadonlySet<Scope>, context: Context): void {
  if (context.mode === "sqlite") return;
  checkAggregatesAround(having, scopes, context);
  for (const name of queriesIn(having).flatMap(columnsIn)) {
    const bound = context.bound.get(name);
    if (bound === undefined || !scopes.has(bound.scope) || !bound.relation.merged) continue;
    refuse(
      context,
      "no-rule",
      `${quoted(name)} of a view that is read as its tables, in a subquery of HAVING, where MariaDB finds another value: write the condition in WHERE`,
      name,
    );
    return;
  }
}

/** `HAVING (SELECT MAX(k.n + a.n) FROM k) > 5`: the aggregate takes `a.n` of another group. */
function checkAggregatesAround(having: Expression | null, scopes: ReadonlySet<Scope>, context: Context): void {
  for (const call of nodesIn(queriesIn(having)).filter(isAggregate)) {
    const name = columnsIn(call).find((one) => {
      const bound = context.bound.get(one);
      return bound !== undefined && scopes.has(bound.scope);
    });
    if (name === undefined) continue;
    refuse(
      context,
      "no-rule",
      `${quoted(call)} computes with ${quoted(name)} of the query around, in a subquery of HAVING, where MariaDB takes it from another group: write ${quoted(name)} outside ${call.name}(..), or select the subquery in a query in FROM and filter around it`,
      call,
    );
    return;
  }
}

function isAggregate(node: object): node is Call {
  return isCall(node) && (node.over !== null || aggregateNames.has(node.name));
}

/** True for a subquery, and for a column of a query in brackets that is one. */
export function holdsSubquery(node: Expression | null, context: Context): boolean {
  const names = columnsIn(node).map((name) => context.bound.get(name)?.column.subquery === true);
  return names.includes(true) || queriesIn(node).length > 0;
}

/** True where a subquery in it reads a column that a merged view computes. */
export function asksComputed(node: Expression | null, context: Context): boolean {
  return queriesIn(node)
    .flatMap(columnsIn)
    .some((name) => {
      const bound = context.bound.get(name);
      return bound?.relation.merged === true && bound.column.computed !== undefined;
    });
}

/**
 * MariaDB takes such a value for one of a row that was found: where it orders nested outer joins in another way, and in
 * a subquery.
 */
export function checkFilled({ where }: Select, scopes: ReadonlySet<Scope>, context: Context): void {
  if (context.mode === "sqlite") return;
  for (const name of columnsIn(where)) {
    const bound = context.bound.get(name);
    if (bound === undefined || !scopes.has(bound.scope)) continue;
    const { relation, column, scope } = bound;
    if (!relation.merged || relation.filled !== true) continue;
    const { remains = false, overJoin = false } = column.computed ?? {};
    if (remains && overJoin)
      refuse(
        context,
        "no-rule",
        `${quoted(name)} is computed over a join in a query that is outer-joined itself, and MariaDB answers a condition on it otherwise: join the tables themselves`,
        name,
      );
    else if (remains && scope.parent !== null) refuseComputed(name, context);
  }
}

/** Columns of the query around that MariaDB does not read rightly in a subquery. */
export function checkReadAround(name: ColumnName, { relation, column }: Bound, context: Context): void {
  if (context.mode === "sqlite" || !relation.merged) return;
  if (relation.filled === true && column.computed !== undefined) refuseComputed(name, context);
  else if (column.subquery === true)
    refuse(
      context,
      "rerun",
      `${quoted(name)} is a subquery in the list of a view, and read in another subquery: beside a condition on it, MariaDB finds rows only once; join its table`,
      name,
    );
}

function refuseComputed(name: ColumnName, context: Context): void {
  refuse(
    context,
    "no-rule",
    `${quoted(name)} is computed in an outer-joined view and read in a subquery, where MariaDB may not take it for NULL: join the tables themselves`,
    name,
  );
}
