// Texts that MariaDB answers once per connection: while it executes a prepared statement it merges views, and the queries
// of IN and EXISTS, into the query around them, and does not find its way back when it executes the statement again.
import type {
  ColumnName,
  Expression,
  InQuery,
  Insert,
  NullTest,
  Query,
  Select,
  Source,
  SqlStatement,
} from "../tree/nodes.ts";
import { hasAggregate, hasWindow } from "./aggregates.ts";
import { type Context, edit, quoted, refuse } from "./context.ts";
import { conjuncts } from "./queries/keys.ts";
import { onsIn } from "./queries/order/switched-conditions.ts";
import type { TypedSelect } from "./queries/typed-select.ts";
import type { Relation, Result, Scope } from "./scope.ts";
import { columnsIn, nodesIn, queriesIn } from "./walk.ts";

/**
 * Refuses `IN (a SELECT with aggregates or windows)` where another SELECT of the statement makes one row of all rows,
 * also when the two come together through tables of FROM and WITH: "Mixing of GROUP columns".
 */
export function checkMemberships(statement: SqlStatement, context: Context): void {
  if (context.mode === "sqlite") return;
  const memberships = nodesIn(statement)
    .filter(isMembership)
    .filter(({ query }) => {
      const { items, having } = query.first;
      return query.others.length === 0 && [...items, having].some((part) => hasAggregate(part) || hasWindow(part));
    });
  if (memberships.length === 0) return;
  const own = new Set<object>(memberships.map(({ query }) => query.first));
  const isJoined = nodesIn(statement).some((node) => isSelect(node) && !own.has(node) && makesOneRow(node));
  if (!isJoined) return;
  for (const node of memberships)
    refuse(
      context,
      "rerun",
      `MariaDB answers ${quoted(node.operand)} IN (a SELECT with aggregates) beside another aggregate only once: write IN (SELECT v FROM (SELECT .. AS v ..) AS q)`,
      node,
    );
}

function makesOneRow({ items, group, having }: Select): boolean {
  return group.length === 0 && [...items, having].some(hasAggregate);
}

/**
 * MariaDB looks for the columns that an INSERT fills in its first SELECT, too. Where that makes one row of all rows, the
 * second execution is "Mixing of GROUP columns", so a SELECT of no rows stands before it. Of the table's own columns,
 * because one of NULLs makes CHAR of a parameter, and cuts spaces off its end.
 */
export function repeatInsert({ table, columns }: Insert, { first, order }: Query, context: Context): void {
  if (context.mode === "sqlite" || !makesOneRow(first)) return;
  const [key] = order;
  const none = `SELECT ${columns.map((name) => `"${name}"`).join(", ")} FROM "${table}" WHERE FALSE UNION ALL `;
  if (key === undefined) edit(context, "mariadb", { from: first.from, to: first.from }, none);
  else refuse(context, "rerun", "ORDER BY of one row, which MariaDB inserts only once: leave it out", key);
}

function isSelect(node: object): node is Select {
  return "items" in node && "group" in node && "having" in node;
}

function isMembership(node: object): node is InQuery {
  return "kind" in node && node.kind === "in-query";
}

/** Refuses ORDER BY `x IN (SELECT ..)` of a column of a merged view: executed again, it ends MariaDB's server. */
export function checkSortedMemberships(key: Expression, context: Context): void {
  if (context.mode === "sqlite") return;
  for (const node of nodesIn(key).filter(isMembership))
    for (const operand of node.operand.kind === "row" ? node.operand.items : [node.operand])
      if (operand.kind === "column" && context.bound.get(operand)?.relation.merged === true)
        refuse(
          context,
          "rerun",
          `ORDER BY ${quoted(operand)} IN (SELECT ..) of a column of a view, executed again, ends MariaDB's server: select it with an alias, and order by that`,
          node,
        );
}

/**
 * Refuses `q.n = (id IS NULL)` of a column that is never NULL, where MariaDB stores the rows of `q`: it takes the test for
 * a constant, asks the stored query for it, and refuses the second execution.
 */
export function checkConstantTests({ select, scope, scopes }: TypedSelect, context: Context): void {
  if (context.mode === "sqlite" || scope.relations.every(({ stored }) => !stored)) return;
  for (const condition of [select.where, ...onsIn(select.source)].filter((one) => one !== null).flatMap(conjuncts)) {
    if (columnsIn(condition).every((name) => context.bound.get(name)?.relation.stored !== true)) continue;
    for (const test of nodesIn(condition).filter(isNullTest))
      if (isOwn(test, scopes, context) && !context.typers.expression(test.operand, scope, context).nullable)
        refuse(
          context,
          "rerun",
          `${quoted(test)} is the same for every row, beside a query that MariaDB stores: leave it out`,
          test,
        );
  }
}

/** True for a part of this query, and not of a subquery, that names columns. */
function isOwn(node: unknown, scopes: ReadonlySet<Scope>, context: Context): boolean {
  const meant = columnsIn(node).map((name) => context.bound.get(name));
  return meant.length > 0 && meant.every((bound) => bound !== undefined && scopes.has(bound.scope));
}

function isNullTest(node: object): node is NullTest {
  return "kind" in node && node.kind === "null-test";
}

/** A column of a stored query that only a subquery of this SELECT reads: "Unknown column", once the SELECT is merged. */
export function forgottenColumn({ select, scopes }: TypedSelect, context: Context): ColumnName | null {
  for (const query of queriesIn([select.items, select.where]))
    for (const name of columnsIn(query)) {
      const bound = context.bound.get(name);
      if (bound !== undefined && scopes.has(bound.scope) && bound.relation.stored) return name;
    }
  return null;
}

/**
 * Refuses a column of a stored query in FROM that `WHERE x IN (SELECT ..)` reads: MariaDB makes a join of such a
 * membership. Of a table of WITH it finds the column each time.
 */
export function checkJoinedMemberships({ select, scope }: TypedSelect, context: Context): void {
  if (context.mode === "sqlite" || select.where === null) return;
  for (const node of conjuncts(select.where).map(affirmed)) {
    if (node.kind !== "in-query" || !becomesJoin(node.query)) continue;
    for (const name of columnsIn(node.query)) {
      const bound = context.bound.get(name);
      if (bound?.scope !== scope || !bound.relation.stored || bound.relation.bracketed !== true) continue;
      refuse(
        context,
        "rerun",
        `${quoted(name)} of a query in FROM, read in IN (SELECT ..): MariaDB finds it only once; write that query after WITH, or EXISTS`,
        name,
      );
    }
  }
}

/** `NOT (x NOT IN (SELECT ..))`, which MariaDB reads as IN. */
function affirmed(node: Expression): Expression {
  if (node.kind !== "unary" || node.operator !== "NOT") return node;
  const { operand } = node;
  return operand.kind === "unary" && operand.operator === "NOT" ? affirmed(operand.operand) : node;
}

function becomesJoin({ first, others }: Query): boolean {
  // MariaDB leaves out a GROUP BY that says nothing there.
  return others.length === 0 && first.having === null && !first.items.some(hasAggregate);
}

/** A column of a merged view that joins tables, which a subquery reads, of this SELECT or of a query that it merges. */
export function joinedColumn({ select, scopes, scope }: TypedSelect, context: Context): ColumnName | null {
  const own = columnsIn(queriesIn([select.items, select.where])).find((name) => {
    const bound = context.bound.get(name);
    return bound !== undefined && scopes.has(bound.scope) && bound.relation.merged && bound.relation.joins !== null;
  });
  return own ?? readBelowOf(scope.relations);
}

function readBelowOf(relations: readonly Relation[]): ColumnName | null {
  return relations.find(({ readBelow = null }) => readBelow !== null)?.readBelow ?? null;
}

/** Refuses such a column where the query that reads it so is merged in a subquery: there, it has no value any more. */
export function checkReadBelow(relations: readonly Relation[], source: Source, context: Context): void {
  if (context.mode === "sqlite") return;
  const name = readBelowOf(relations);
  if (name !== null)
    refuse(
      context,
      "rerun",
      `${quoted(name)} of a view that joins tables, read in a subquery of another view, all of it in a subquery: MariaDB finds other rows when it is executed again; join the tables themselves`,
      source,
    );
}

/** Refuses what MariaDB loses in a view that it reads as its tables. */
export function checkView({ forgotten = null, unfilled = null }: Result, context: Context): void {
  checkForgotten(forgotten, context);
  if (unfilled !== null && context.mode !== "sqlite")
    refuse(
      context,
      "rerun",
      `${quoted(unfilled)} is computed in an outer-joined view, and computed with in this one: MariaDB takes it for NULL only once; select it alone, and compute in the query that reads the view`,
      unfilled,
    );
}

/** A value of an outer-joined view that this SELECT computes with: it is never NULL, unless the join finds no row. */
export function unfilledColumn({ select, scopes }: TypedSelect, context: Context): ColumnName | null {
  const values = select.items.flatMap((item) =>
    item.kind === "value" && item.value.kind !== "column" ? [item.value] : [],
  );
  for (const name of columnsIn([values, select.where])) {
    const bound = context.bound.get(name);
    if (bound === undefined || !scopes.has(bound.scope)) continue;
    const { merged, filled } = bound.relation;
    if (merged && filled === true && bound.column.computed?.remains === true) return name;
  }
  return null;
}

/** Refuses a column that is forgotten where the query of it is merged. */
export function checkForgotten(name: ColumnName | null, context: Context): void {
  if (name !== null && context.mode !== "sqlite")
    refuse(
      context,
      "rerun",
      `${quoted(name)} of a query in FROM or of a view, in a subquery of a view, or of a query that is itself in IN or EXISTS: MariaDB finds it only once; write the condition in the outermost query`,
      name,
    );
}
