import type { Expression, OrderItem, Select } from "../../tree/nodes.ts";
import { aggregateNames, hasAggregate } from "../aggregates.ts";
import { byEngine, type Context, quoted, refuse } from "../context.ts";
import { type Bound, candidates, type RelationColumn } from "../scope.ts";
import {
  attributeIn,
  attributeOf,
  attributesIn,
  columnsIn,
  hasParameter,
  nodesIn,
  queriesIn,
  shapeByName,
  shapeOf,
} from "../walk.ts";
import { encloseExtremes } from "./extremes.ts";
import { encloseBesideAggregates, encloseGrouped, nameInKeys } from "./joins/filled-columns.ts";
import { closure } from "./keys.ts";
import { checkMariadbGroups } from "./mariadb-groups.ts";
import { checkAsked, checkHaving } from "./subqueries.ts";
import { groupsOf, type Selected, type TypedSelect } from "./typed-select.ts";

/**
 * In a grouped query, every column outside of an aggregate must be one of GROUP BY: each engine takes any other one from
 * a different row of the group.
 */
export function checkGrouping(typed: TypedSelect, order: readonly OrderItem[], context: Context): void {
  checkHaving(typed.select, typed.scopes, context);
  checkAsked(typed, context);
  const { select, selected, scopes, grouped } = typed;
  const values = select.items.flatMap((item) => (item.kind === "value" ? [item.value] : []));
  const sorted = order.map(({ value }) => value);
  const parts = [...values, ...(select.having === null ? [] : [select.having]), ...sorted];
  encloseBesideAggregates(typed, parts, context);
  encloseExtremes(typed, parts, context);
  encloseGrouped(typed, context);
  nameInKeys(typed, sorted, context);
  if (!grouped && !parts.some(hasAggregate)) return;
  checkConstants([...values, ...sorted], scopes, context);
  checkEdges(parts, scopes, context);
  checkMariadbGroups(typed, [...values, ...sorted], (name) => isFilledConstant(name, scopes, context), context);
  checkNestedExists(parts, scopes, context);
  const aliased = new Map(selected.flatMap(({ name, node }) => (node === null ? [] : [[name.toLowerCase(), node]])));
  const groups = new Set(
    select.group.flatMap((one) => {
      const meant =
        one.kind === "column" && one.table === null && !context.bound.has(one)
          ? aliased.get(one.name.toLowerCase())
          : undefined;
      return [shapeOf(one, context.bound), ...(meant === undefined ? [] : [shapeOf(meant, context.bound)])];
    }),
  );
  const visit = (node: unknown): void => {
    if (typeof node !== "object" || node === null) return;
    if (isExpression(node)) {
      if (groups.has(shapeOf(node, context.bound)) || isAgainBound(node, typed, context)) return;
      if (node.kind === "call" && node.over === null && aggregateNames.has(node.name)) return;
      if (node.kind === "column") {
        ungrouped(node);
        return;
      }
    }
    for (const child of Object.values(node)) visit(child);
  };
  const grouping = determined(typed, context);
  const ungrouped = (node: Expression & { kind: "column" }): void => {
    const bound = context.bound.get(node);
    if (bound === undefined || !scopes.has(bound.scope)) return;
    // An alias of the list is checked where it is selected.
    if (sorted.includes(node) && node.table === null && aliased.has(node.name.toLowerCase())) return;
    if (context.mode === "sqlite" && grouping.has(attributeOf(bound))) return;
    refuse(
      context,
      "grouping",
      grouping.has(attributeOf(bound))
        ? `${quoted(node)} follows from a key in GROUP BY, which MariaDB does not see: add it to GROUP BY`
        : byEngine(
            context,
            `${quoted(node)} is not in GROUP BY: each engine takes it from a different row of the group`,
            ...ofAnyRow(quoted(node)),
          ),
      node,
    );
  };
  for (const part of parts) visit(part);
}

/**
 * The columns that have one value in each group, as the columns of GROUP BY determine them: SQLite takes that one, and
 * MariaDB refuses them, as its ONLY_FULL_GROUP_BY knows no keys. Without GROUP BY, a group may have no row, and they are
 * NULL. Texts of another collation than BINARY count as equal where they differ.
 */
function determined(typed: TypedSelect, context: Context): ReadonlySet<string> {
  const { scope, scopes, grouped, dependencies } = typed;
  if (!grouped) return new Set();
  const keys = groupsOf(typed, context).flatMap((key, at) => {
    if (key.kind !== "column") return [];
    // SQLite looks for a column first, and then for an alias of that name.
    const written = typed.select.group[at];
    const own = written?.kind === "column" && written.table === null ? candidates(written, scope).map(attributeOf) : [];
    const meant = attributesIn(key, context.bound, scopes);
    return own.length === 0 ? meant : meant.filter((one) => own.includes(one));
  });
  const sure = new Set(
    scope.relations.flatMap((relation) =>
      relation.columns.flatMap((column) => (isSure(column) ? [attributeIn(relation, column.name)] : [])),
    ),
  );
  return closure(
    keys.filter((key) => sure.has(key)),
    dependencies.filter(({ from }) => from.every((name) => sure.has(name))),
  );
}

function isSure({ type, binary }: RelationColumn): boolean {
  return type.kind === "text" ? binary === true : type.kind !== "unknown";
}

/** Refuses an expression of GROUP BY with a parameter, which the server gets as two that may differ. */
function isAgainBound(node: Expression, { select, selected }: TypedSelect, context: Context): boolean {
  if (context.mode === "sqlite" || node.kind === "parameter" || !hasParameter(node)) return false;
  const shape = shapeByName(node, context.bound);
  if (!select.group.some((one) => shapeByName(one, context.bound) === shape)) return false;
  const alias = selected.find((item) => item.node !== null && shapeByName(item.node, context.bound) === shape)?.name;
  const cure =
    alias === undefined || alias === ""
      ? "give it an alias in the list, and write that in GROUP BY, HAVING and ORDER BY"
      : `write ${alias} in GROUP BY, HAVING and ORDER BY`;
  refuse(
    context,
    "grouping",
    `${quoted(node)} holds a parameter, of which MariaDB does not see that GROUP BY has it, too: ${cure}`,
    node,
  );
  return true;
}

function ofAnyRow(words: string): readonly [string, string] {
  const say = (engine: string): string => `${words} is not in GROUP BY: ${engine} takes it from any row of the group`;
  return [say("MariaDB"), say("SQLite")];
}

/** MariaDB's server ends when it executes such a statement again. */
function checkNestedExists(parts: readonly Expression[], scopes: TypedSelect["scopes"], context: Context): void {
  if (context.mode === "sqlite") return;
  for (const node of queriesIn(parts).flatMap((query) => nodesIn(query))) {
    if (!isExpression(node) || node.kind !== "exists") continue;
    const name = columnsIn(node).find((one) => isBoundIn(scopes, context.bound.get(one)));
    if (name !== undefined)
      refuse(
        context,
        "rerun",
        `${quoted(name)} of a grouped query, in an EXISTS within another subquery: MariaDB may end when it executes that again; write the subquery around a query in FROM that groups`,
        name,
      );
  }
}

/** MariaDB takes computed bytes of different lengths for equal, also those of a query that it reads as its tables. */
export function checkBytes({ select, selected }: TypedSelect, context: Context): void {
  const isGroup = ({ name }: Selected): boolean =>
    select.group.some((one) => one.kind === "column" && one.name.toLowerCase() === name.toLowerCase());
  for (const item of selected) {
    const { node, type, alias } = item;
    if (type.kind !== "blob" || node?.kind === "blob" || !(select.distinct || isGroup(item))) continue;
    const bound = node?.kind === "column" ? context.bound.get(node) : alias.bound;
    if (bound === undefined || bound === null || bound.relation.merged) refuseBytes(node ?? select, context);
  }
}

/** Refuses bytes of which MariaDB takes different ones for equal. */
export function refuseBytes(node: Expression | Select, context: Context): void {
  if (context.mode === "sqlite") return;
  refuse(
    context,
    "grouping",
    "MariaDB takes different bytes for equal in DISTINCT and GROUP BY, unless they are a table's own column: compare them in code",
    node,
  );
}

/**
 * Refuses a constant that an outer join may fill with NULL beside an aggregate in one expression: MariaDB computes it
 * with the constant.
 */
function checkConstants(parts: readonly Expression[], scopes: TypedSelect["scopes"], context: Context): void {
  if (context.mode === "sqlite") return;
  const visit = (node: unknown): void => {
    if (typeof node !== "object" || node === null) return;
    if (isExpression(node)) {
      if (node.kind === "call" && node.over === null && aggregateNames.has(node.name)) return;
      if (isFilledConstant(node, scopes, context))
        refuse(
          context,
          "grouping",
          `${quoted(node)} is a constant of an outer join beside an aggregate, which MariaDB shows where the join found no row: compute with both in a query around`,
          node,
        );
    }
    for (const child of Object.values(node)) visit(child);
  };
  for (const part of parts) if (hasAggregate(part)) visit(part);
}

/** Refuses MIN and MAX of such a constant, which MariaDB answers without looking at the rows. */
function checkEdges(parts: readonly Expression[], scopes: TypedSelect["scopes"], context: Context): void {
  if (context.mode === "sqlite") return;
  for (const node of nodesIn(parts)) {
    if (!isExpression(node) || node.kind !== "call" || (node.name !== "MIN" && node.name !== "MAX")) continue;
    const constant = columnsIn(node.arguments).find((name) => isFilledConstant(name, scopes, context));
    if (constant !== undefined)
      refuse(
        context,
        "grouping",
        `${quoted(node)} is of a constant of an outer join, which MariaDB shows where the join found no row: aggregate in the query that is joined`,
        node,
      );
  }
}

function isFilledConstant(node: Expression, scopes: TypedSelect["scopes"], context: Context): boolean {
  const bound = node.kind === "column" ? context.bound.get(node) : undefined;
  if (bound === undefined || !scopes.has(bound.scope)) return false;
  const { always, found } = bound.relation.constants;
  return found.includes(bound.column.name) && !always.includes(bound.column.name);
}

function isBoundIn(scopes: TypedSelect["scopes"], bound: Bound | undefined): boolean {
  return bound !== undefined && scopes.has(bound.scope);
}

function isExpression(node: object): node is Expression {
  return "kind" in node && "from" in node && node.kind !== "table" && node.kind !== "derived" && node.kind !== "join";
}
