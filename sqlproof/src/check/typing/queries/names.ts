// Names that each engine takes for something else, because they look in another order for what a name means.
import type { ColumnName, Expression, Query, Select, Source } from "../../tree/nodes.ts";
import { byEngine, type Context, quoted, refuse } from "../context.ts";
import { type Bound, candidates, isAround, type Relation, type Scope, sameName } from "../scope.ts";
import { columnsIn, nodesIn } from "../walk.ts";
import { onsIn } from "./order/switched-conditions.ts";
import type { Selected, TypedSelect } from "./typed-select.ts";

/** Refuses names in WHERE and ON that each engine takes for something else; the scope holds the aliases of the list. */
export function checkNames({ where, source }: Select, scope: Scope, context: Context): void {
  if (context.mode === "mariadb" || scope.parent === null) return;
  checkLaterTables(onsIn(source), scope, context);
  checkAliases([...onsIn(source), ...(where === null ? [] : [where])], scope, context);
}

/**
 * A name in ON means a table of that join, else one of the query around it; SQLite looks among the tables that are
 * joined later, too.
 */
function checkLaterTables(conditions: readonly Expression[], scope: Scope, context: Context): void {
  for (const name of columnsIn(conditions)) {
    const bound = context.bound.get(name);
    if (bound === undefined || !isAround(bound.scope, scope) || candidates(name, scope).length === 0) continue;
    refuse(
      context,
      "alias",
      `${quoted(name)} in ON is a column of the query around and of a table that is joined later: name it by an alias that only one of them has`,
      name,
    );
  }
}

/** In WHERE and ON, SQLite takes an alias of the list before a column of the query around; MariaDB knows no alias there. */
function checkAliases(conditions: readonly Expression[], scope: Scope, context: Context): void {
  for (const name of columnsIn(conditions)) {
    const bound = context.bound.get(name);
    if (bound === undefined || name.table !== null || !scope.aliases.has(name.name.toLowerCase())) continue;
    if (isAround(bound.scope, scope)) refuseAlias(name, bound, context);
  }
}

/** A name in a subquery of HAVING or ORDER BY, where an alias of that SELECT stands between it and its column. */
export function checkAliasBetween(name: ColumnName, bound: Bound, { parent }: Scope, context: Context): void {
  if (name.table !== null || context.mode === "mariadb") return;
  for (let here = parent; here !== null && here.relations !== bound.scope.relations; here = here.parent)
    if (here.aliases.has(name.name.toLowerCase())) refuseAlias(name, bound, context);
}

function refuseAlias(name: ColumnName, { relation }: Bound, context: Context): void {
  refuse(
    context,
    "alias",
    `${name.name} is an alias of a SELECT and a column of a query around it: SQLite takes the alias, MariaDB the column; write ${relation.alias}.${name.name}`,
    name,
  );
}

/** MariaDB tells `o` and `O` apart, so that `O.id` may mean the query around; SQLite takes the nearest of the two. */
export function checkCase(
  relations: readonly Relation[],
  parent: Scope | null,
  source: Source,
  context: Context,
): void {
  if (context.mode === "sqlite") return;
  for (let here = parent; here !== null; here = here.parent)
    for (const { alias } of relations) {
      const other = here.relations.find((one) => sameName(one.alias, alias) && one.alias !== alias);
      if (other !== undefined)
        refuse(
          context,
          "alias",
          `${alias} and ${other.alias} of the query around differ only in case, which MariaDB tells apart and SQLite does not: rename one`,
          source,
        );
    }
}

/** In a query of WITH, SQLite takes a name for what WITH names later, and MariaDB for a table of the schema. */
export function checkLaterCommon({ tables }: Query, context: Context): void {
  if (context.mode === "mariadb") return;
  for (const [at, { query, name }] of tables.entries())
    for (const source of nodesIn(query).filter(isTable))
      if (tables.slice(at + 1).some((later) => sameName(later.name, source.name)))
        refuse(
          context,
          "alias",
          `WITH defines ${source.name} after ${name}, which reads it: SQLite takes that one, MariaDB a table of the schema; rename it, or define it before ${name}`,
          source,
        );
}

/** In a table of WITH whose own WITH uses the name of an earlier table again, MariaDB takes the earlier one. */
export function checkCommonAgain({ tables }: Query, around: ReadonlyMap<string, unknown>, context: Context): void {
  if (context.mode === "sqlite") return;
  for (const table of tables)
    if (around.has(table.name.toLowerCase()))
      refuse(
        context,
        "alias",
        byEngine(
          context,
          `a WITH inside another one names ${table.name} again: MariaDB may take the earlier table, and SQLite takes this one; rename it`,
          `a WITH inside another one names ${table.name} again: MariaDB may take the earlier table; rename it`,
          "",
        ),
        table,
      );
}

function isTable(node: object): node is Extract<Source, { kind: "table" }> {
  return "kind" in node && node.kind === "table" && "alias" in node;
}

/** SQLite looks for a name of ORDER BY in every SELECT of a UNION, MariaDB in the first one alone. */
export function checkUnionNames(query: Query, branches: readonly TypedSelect[], context: Context): void {
  for (const { value } of query.order) {
    if (value.kind === "number") continue;
    const name = value.kind === "column" && value.table === null ? value.name.toLowerCase() : null;
    const places = branches.map(({ selected }) => selected.flatMap((item, at) => (isNamed(item, name) ? [at] : [])));
    const [first = []] = places;
    if (first.length !== 1 || places.flat().some((place) => place !== first[0]))
      refuse(
        context,
        "order",
        "ORDER BY of a UNION takes a name that the first SELECT alone gives, or a position",
        value,
      );
  }
}

function isNamed({ name, node }: Selected, wanted: string | null): boolean {
  return name.toLowerCase() === wanted || (node?.kind === "column" && node.name.toLowerCase() === wanted);
}
