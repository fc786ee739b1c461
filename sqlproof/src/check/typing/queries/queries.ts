import type { Expression, Item, OrderItem, Query, Select } from "../../tree/nodes.ts";
import { hasAggregate, hasWindow } from "../aggregates.ts";
import { argument } from "../argument.ts";
import { type Context, quoted, refuse } from "../context.ts";
import { checkNullMemberships } from "../expressions/null-memberships.ts";
import { isNullOfNulls } from "../expressions/null-of-nulls.ts";
import { comparable, comparableAsIs, condition } from "../operators.ts";
import { joinsIn, renamed } from "../relations.ts";
import {
  checkConstantTests,
  checkJoinedMemberships,
  checkSortedMemberships,
  forgottenColumn,
  joinedColumn,
  unfilledColumn,
} from "../reruns.ts";
import type { Aliased, Bound, RelationColumn, Result, Scope } from "../scope.ts";
import { type Type, textOf, unknown, widened, withNull } from "../type.ts";
import { hasParameter } from "../walk.ts";
import { checkBytes, checkGrouping, refuseBytes } from "./grouping.ts";
import { encloseOperands } from "./joins/filled-columns.ts";
import { checkFirstRow } from "./joins/first-rows.ts";
import { checkNullEqualities } from "./joins/null-equalities.ts";
import { isSwitched, separateQueries } from "./joins/semijoins.ts";
import { typeOfFrom } from "./joins/sources.ts";
import { closure, conjuncts, equalities, isOneRow, keyDependencies, nullableDependencies } from "./keys.ts";
import { checkDistinctWindows, checkSkippedGroups } from "./mariadb-groups.ts";
import { checkCommonAgain, checkLaterCommon, checkNames, checkUnionNames } from "./names.ts";
import { selectedOf } from "./numbered.ts";
import { boundedColumns, mayBeEmpty } from "./order/emptied.ts";
import { checkOrder, checkWindows } from "./order/order.ts";
import { onsIn } from "./order/switched-conditions.ts";
import { constantsOf, switchedRows } from "./order/switched-keys.ts";
import { checkUnread, recursiveResult } from "./recursion.ts";
import { keysOf } from "./selected-keys.ts";
import { groupedItem, hidingValues, storedRows } from "./stored-rows.ts";
import {
  askedSubquery,
  asksComputed,
  checkFilled,
  checkGroupedSubquery,
  checkJoinedSubqueries,
  checkSourceless,
  holdsSubquery,
} from "./subqueries.ts";
import type { Selected, TypedSelect } from "./typed-select.ts";
import { isDistinctUnion, unite } from "./unions.ts";

/** Types a query and everything in it. */
export function typeOfQuery(
  query: Query,
  parent: Scope | null,
  outerNamed: ReadonlyMap<string, Result>,
  context: Context,
): Result {
  const named = new Map(outerNamed);
  const stores = context.merges ? { ...context, merges: false } : context;
  checkLaterCommon(query, context);
  checkCommonAgain(query, outerNamed, context);
  for (const table of query.tables) {
    const result = query.recursive
      ? recursiveResult(table, parent, named, typeOfSelect, stores)
      : storedRows(typeOfQuery(table.query, parent, named, stores), context);
    named.set(table.name.toLowerCase(), renamed(result, table.columns));
  }
  checkUnread(query, named, context);
  const first = typeOfSelect(query.first, parent, named, context);
  if (query.others.length > 0) return typeOfUnion(query, first, parent, named, context);
  typeOfLimit(query, first.scope, context);
  const ordered = orderScope(first);
  const order = query.order.map((item) => ({ ...item, value: meantBy(item.value, first.selected) }));
  for (const item of order) typeOfOrder(item, ordered, context);
  checkGrouping(first, order, context);
  if (context.mode === "both" || context.paired) checkOrder(first, { ...query, order }, context);
  return resultOf(first, query, context);
}

function typeOfUnion(
  query: Query,
  first: TypedSelect,
  parent: Scope | null,
  named: ReadonlyMap<string, Result>,
  context: Context,
): Result {
  const others = query.others.map(({ select }) => typeOfSelect(select, parent, named, context));
  for (const branch of [first, ...others]) checkGrouping(branch, [], context);
  const columns = unite([first, ...others], query, context);
  typeOfLimit(query, first.scope, context);
  const aliases = new Map(columns.map(({ name, type }) => [name.toLowerCase(), { type, bound: null }]));
  const scope: Scope = { relations: [], parent: null, named, aliases, grouped: false };
  for (const item of query.order) if (positionOf(item.value) === null) typeOfOrder(item, scope, context);
  const sorted = new Set(query.order.map(({ value }) => nameOfKey(value, columns)));
  if (context.mode === "both") checkUnionNames(query, [first, ...others], context);
  const isCut = query.limit !== null && (context.mode === "both" || context.paired);
  if (isCut && !columns.every(({ name }) => sorted.has(name.toLowerCase())))
    refuse(context, "order", "LIMIT on a UNION needs an ORDER BY that names every column", query.limit);
  return {
    columns,
    keys: isDistinctUnion(query, context) ? [columns.map(({ name }) => name)] : [],
    mergeable: null,
    rows: "many",
  };
}

function nameOfKey(key: Expression, columns: readonly RelationColumn[]): string {
  const position = positionOf(key);
  if (position !== null) return columns[position - 1]?.name.toLowerCase() ?? "";
  return key.kind === "column" ? key.name.toLowerCase() : "";
}

/** Types one SELECT of a query, without its ORDER BY. */
export function typeOfSelect(
  select: Select,
  parent: Scope | null,
  named: ReadonlyMap<string, Result>,
  context: Context,
): TypedSelect {
  const joined = typeOfFrom(select.source, parent, named, context);
  const grouped = select.group.length > 0;
  const scope: Scope = { relations: joined.relations, parent, named, aliases: new Map(), grouped };
  const scopes = new Set([...joined.scopes, scope]);
  if (select.where !== null) condition(argument(select.where, scope, context), context);
  checkFilled(select, scopes, context);
  checkNullEqualities(select, context);
  separateQueries([select.where, ...onsIn(select.source)], scope, context);
  encloseOperands(select.where, context);
  const selected = selectedOf(select, scope, context);
  if (select.distinct)
    for (const { node, type, name } of selected)
      if (node !== null) comparable(type, node, "DISTINCT of", context);
      else comparableAsIs(type, nameNode(name, select), "DISTINCT of", context);
  const aliased: Scope = { ...scope, aliases: aliasesOf(selected) };
  scopes.add(aliased);
  checkNames(select, aliased, context);
  const group = select.group.map((one) => meantBy(one, selected));
  for (const one of group) {
    typeOfGroup(one, aliased, selected, context);
    checkGroupedSubquery(one, selected, context);
  }
  if (select.having !== null) condition(argument(select.having, aliased, context), context);
  if (select.source === null && parent !== null) checkSourceless(select, context);
  checkJoinedSubqueries(select, joined, context);
  const conditions = select.where === null ? [] : conjuncts(select.where);
  const where = equalities(conditions, context.bound, scopes);
  const certain = [...joined.dependencies, ...where, ...keyDependencies(scope.relations)];
  const dependencies = [...certain, ...nullableDependencies(scope.relations, conditions, context.bound, scopes)];
  const aggregated = !grouped && [...select.items, select.having].some(hasAggregate);
  const one = select.source === null || isOneRow(scope.relations, closure([], certain));
  const rows = aggregated && select.having === null ? "one" : aggregated || (one && !grouped) ? "one-at-most" : "many";
  const typed: TypedSelect = { select: { ...select, group }, selected, scopes, scope, dependencies, grouped, rows };
  checkBytes(typed, context);
  checkSkippedGroups(typed, context);
  checkDistinctWindows(typed, context);
  checkJoinedMemberships(typed, context);
  checkFirstRow(typed, context);
  checkConstantTests(typed, context);
  if (context.mode === "both" || context.paired) checkWindows(typed, select.items, context);
  return typed;
}

function nameNode(name: string, { from, to }: Select): Expression {
  return { kind: "column", table: null, name, from, to };
}

function typeOfGroup(node: Expression, scope: Scope, selected: readonly Selected[], context: Context): void {
  if (isConstant(node)) {
    position(node, context);
    return;
  }
  const type = context.typers.expression(node, scope, context);
  comparable(type, node, "GROUP BY", context);
  groupedItem(node, selected, context);
  // What stands in the list is checked there.
  if (type.kind === "blob" && node.kind !== "column") refuseBytes(node, context);
}

/** `GROUP BY 2` and `ORDER BY 2` mean the second item of the list. */
function meantBy(node: Expression, selected: readonly Selected[]): Expression {
  const position = positionOf(node);
  return position === null ? node : (selected[position - 1]?.node ?? node);
}

/** Of `1.0` and `1e0`, both engines take the value, which sorts nothing. */
function positionOf(node: Expression): number | null {
  return node.kind === "number" && /^\d+$/.test(node.text) ? Number(node.text) : null;
}

function isConstant(node: Expression): boolean {
  // SQLite reads `'x' IS NOT NULL` as 1.
  if (node.kind === "null-test") return node.operand.kind !== "parameter" && isConstant(node.operand);
  if (node.kind === "unary") return node.operator === "-" && isConstant(node.operand);
  return ["number", "text", "parameter", "truth", "null", "blob"].includes(node.kind);
}

/** A parameter names a column by its position on MariaDB alone. */
function position(node: Expression, context: Context): void {
  const words = quoted(node);
  if (node.kind !== "parameter")
    refuse(context, "order", `BY ${words} names no column of the list: write a column or an expression`, node);
  else {
    context.parameters.used(node.token.name, textOf("free", null));
    refuse(
      context,
      "order",
      `BY ${words} has one value for all rows: write CASE ${words} WHEN 'name' THEN name END, or a query for each order`,
      node,
    );
  }
}

function typeOfOrder({ value }: OrderItem, scope: Scope, context: Context): void {
  if (isConstant(value)) position(value, context);
  else comparable(context.typers.expression(value, scope, context), value, "ORDER BY", context);
  checkSortedMemberships(value, context);
  checkNullMemberships(value, scope, context);
}

function typeOfLimit({ limit, offset }: Query, scope: Scope, context: Context): void {
  for (const count of [limit, offset])
    if (count?.kind === "parameter") context.parameters.counting(count.token.name);
    else if (count !== null) context.typers.expression(count, scope, context);
}

/** The scope of ORDER BY, in which the aliases are visible. */
function orderScope({ scope, scopes }: TypedSelect): Scope {
  return [...scopes].find((one) => one.aliases.size > 0 && one.relations === scope.relations) ?? scope;
}

/** The aliases that are not a column's own name. */
function aliasesOf(selected: readonly Selected[]): ReadonlyMap<string, Aliased> {
  const own = ({ node, alias }: Selected): string | undefined =>
    node === null ? alias.bound?.column.name : node.kind === "column" ? node.name : undefined;
  return new Map(
    selected
      .filter((one) => own(one)?.toLowerCase() !== one.name.toLowerCase())
      .map(({ name, alias }): [string, Aliased] => [name.toLowerCase(), alias]),
  );
}

function resultOf(typed: TypedSelect, query: Query, context: Context): Result {
  const { rollup } = typed.select;
  const columns = typed.selected.map(({ name, type, node, alias }) => ({
    ...{ name, hides: hidingValues([{ node, type }]) },
    subquery: alias.bound?.column.subquery === true || holdsSubquery(node, context),
    asksComputed: alias.bound?.column.asksComputed === true || asksComputed(node, context),
    ...(alias.bound?.column.json === true ? { json: true } : {}),
    ...(alias.bound?.column.binary === true ? { binary: true } : {}),
    ...computedBy(typed, { node, type, bound: alias.bound }, context),
    type: type.kind === "open" ? unknown : rollup ? withNull(type, true) : widened(type),
  }));
  const isOne = query.limit?.kind === "number" && (query.limit.text === "1" || query.limit.text === "0");
  const cut = query.limit !== null || query.offset !== null;
  const rows =
    typed.rows === "one" && cut ? "one-at-most" : typed.rows === "many" && isOne ? "one-at-most" : typed.rows;
  const { select, grouped } = typed;
  const plain = !select.distinct && !grouped && select.having === null && !cut && !select.items.some(computesRows);
  const mergeable = plain && select.source !== null && context.merges ? constantsOf(typed, context) : null;
  const rowsLeft = mergeable === null ? switchedRows(typed, context) : null;
  const lost = {
    forgotten: forgottenColumn(typed, context),
    unfilled: unfilledColumn(typed, context),
    asked: askedSubquery(typed, context),
    readBelow: joinedColumn(typed, context),
    mayBeEmpty: hasParameter(query.limit) || mayBeEmpty(typed, context),
    bounds: boundedColumns(typed, context),
    decided: isSwitched(query) || typed.scope.relations.some(({ decided }) => decided === true),
  };
  return {
    columns,
    keys: keysOf(typed, context),
    mergeable,
    joins: joinsIn(select.source, typed.scope.relations),
    ...rowsLeft,
    ...lost,
    rows,
  };
}

/** A column stays what it is; where the query joins tables, that of another query is over a join, too. */
function computedBy(
  { select, scope }: TypedSelect,
  { node, type, bound }: { readonly node: Expression | null; readonly type: Type; readonly bound: Bound | null },
  context: Context,
): Pick<RelationColumn, "computed"> {
  const before = bound?.column.computed;
  if (bound !== null && before === undefined) return {};
  const overJoin = joinsIn(select.source, scope.relations) !== null || before?.overJoin === true;
  if (before !== undefined) return { computed: { ...before, overJoin } };
  const nullOfNulls = node !== null && isNullOfNulls(node, context);
  return { computed: { remains: !type.nullable || !nullOfNulls, nullOfNulls, overJoin } };
}

/** MariaDB stores a query with aggregates or windows. */
function computesRows(item: Item): boolean {
  return hasAggregate(item) || hasWindow(item);
}
