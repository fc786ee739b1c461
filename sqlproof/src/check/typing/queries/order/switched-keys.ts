import type { Expression, OrderItem, Source } from "../../../tree/nodes.ts";
import { type Context, quoted, refuse } from "../../context.ts";
import type { Constants, Scope } from "../../scope.ts";
import { attributeOf, attributesIn, hasParameter } from "../../walk.ts";
import { closure, conjuncts, type Dependency, isOneRow } from "../keys.ts";
import type { Selected, TypedSelect } from "../typed-select.ts";

/*
 * MariaDB leaves a key out of ORDER BY when it has one value in an execution, as `b` has in
 * `(:b IS NULL OR b = :b) ORDER BY a, b`. A prepared statement never gets the key back, unless it was the first.
 */

/** A column, and whether the comparison holds where the condition does not. */
type Signed = { readonly node: Expression; readonly not: boolean };

/** With more than so many conditions that a parameter switches, they are only tried one by one and all together. */
const mostSubsets = 8;

/** Refuses a sort key behind another one that has a single value in some executions and several in others. */
export function checkSwitchedKeys(typed: TypedSelect, order: readonly OrderItem[], context: Context): void {
  const groups = switchedIn(typed, context);
  if (groups.length === 0) return;
  const keys = order.map(({ value }) => keyOf(value, typed, context));
  const isPlain = joinsTables(typed.select.source, typed.scope, context);
  for (const subset of subsets(groups)) {
    const among = [...typed.dependencies, ...subset.flatMap(({ dependencies }) => dependencies)];
    // Where MariaDB reads the one row of each table first, all keys go, and all come back.
    const sure = subset.flatMap((group) => (group.sure ? group.dependencies : []));
    const known = closure([], [...typed.dependencies, ...sure]);
    if (isPlain && keys.every((key) => within(key.uses, known))) continue;
    for (const [index, { node, uses }] of keys.entries()) {
      const plain = keys.slice(0, index).flatMap((key) => key.plain);
      const goes = (dependencies: readonly Dependency[]): boolean => within(uses, closure(plain, dependencies));
      if (index === 0 || uses.length === 0 || !goes(among) || goes(typed.dependencies)) continue;
      refuse(
        context,
        "order",
        `${quoted(node)} has one value where a condition with a parameter says so, and MariaDB never sorts by it again: make it the first key, or write two queries`,
        node,
      );
    }
  }
}

/** The selected columns that have one value in all rows, always or where parameters say so. */
export function constantsOf(typed: TypedSelect, context: Context): Constants {
  const names = (groups: readonly Dependency[]): string[] => {
    const known = closure([], [...typed.dependencies, ...groups]);
    return typed.selected.flatMap((item) => (within(usesOf(item, typed, context), known) ? [item.name] : []));
  };
  const always = names([]);
  const switched = switchedIn(typed, context).map(({ dependencies }) => names(dependencies));
  return { always, found: always, switched };
}

/** All columns of a query that MariaDB stores, when a parameter leaves one row of it. */
export function switchedRows(typed: TypedSelect, context: Context): string[][] {
  const { select, selected, scope, dependencies, scopes, grouped } = typed;
  const all = selected.map(({ name }) => name);
  return switchedIn(typed, context).flatMap((group) => {
    const known = closure([], [...dependencies, ...group.dependencies]);
    const groups = grouped && select.group.every((one) => within(attributesIn(one, context.bound, scopes), known));
    return groups || isOneRow(scope.relations, known) ? [all] : [];
  });
}

function usesOf({ alias, node }: Selected, typed: TypedSelect, context: Context): string[] {
  return alias.bound === null ? attributesIn(node, context.bound, typed.scopes) : [attributeOf(alias.bound)];
}

/** MariaDB ends after the first row of a DISTINCT that has one value in all columns, and then skips none. */
export function checkSkipped(typed: TypedSelect, offset: Expression, context: Context): void {
  const known = closure(
    [],
    [...typed.dependencies, ...switchedIn(typed, context).flatMap((group) => group.dependencies)],
  );
  if (typed.selected.every((item) => within(usesOf(item, typed, context), known)))
    refuse(
      context,
      "order",
      "MariaDB skips no rows of a DISTINCT whose columns all have one value: leave out DISTINCT or OFFSET",
      offset,
    );
}

function within(uses: readonly string[], known: ReadonlySet<string>): boolean {
  return uses.every((one) => known.has(one));
}

interface Key {
  readonly node: Expression;
  readonly uses: readonly string[];
  /** The column, when the key is nothing else. */
  readonly plain: readonly string[];
}

function keyOf(node: Expression, typed: TypedSelect, context: Context): Key {
  const named =
    node.kind === "column" && node.table === null
      ? typed.selected.find(({ name }) => name.toLowerCase() === node.name.toLowerCase())
      : undefined;
  const bound = (node.kind === "column" ? context.bound.get(node) : undefined) ?? named?.alias.bound ?? null;
  if (bound !== null) return { node, uses: [attributeOf(bound)], plain: [attributeOf(bound)] };
  return { node, uses: attributesIn(named?.node ?? node, context.bound, typed.scopes), plain: [] };
}

/** What follows from what where a parameter says so. */
interface Group {
  readonly dependencies: readonly Dependency[];
  /** By `=`, with which MariaDB finds the one row of a unique key. */
  readonly sure: boolean;
}

/** True for an inner join of tables. */
function joinsTables(source: Source | null, scope: Scope, context: Context): boolean {
  if (source?.kind === "join")
    return source.how === "inner" && [source.left, source.right].every((side) => joinsTables(side, scope, context));
  if (source?.kind !== "table" || scope.named.has(source.name.toLowerCase())) return false;
  return context.catalog.get(source.name)?.view === false;
}

function subsets(groups: readonly Group[]): Group[][] {
  if (groups.length > mostSubsets) return [...groups.map((one) => [one]), [...groups]];
  const all: Group[][] = [[]];
  for (const one of groups) all.push(...all.map((subset) => [...subset, one]));
  return all;
}

/** What follows from what only where the parameters say so. */
function switchedIn(typed: TypedSelect, context: Context): Group[] {
  const { select, scope, dependencies, scopes } = typed;
  const fixed = closure([], dependencies);
  // MariaDB moves what HAVING says of groups to WHERE.
  const conditions = [select.where, select.having, ...onsIn(select.source)].filter((one) => one !== null);
  const look: Look = { fixed, scopes, context };
  const inner = scope.relations.flatMap(({ alias, constants }) =>
    constants.switched.map((names): Group => {
      const to = names.map((name) => `${alias}.${name}`.toLowerCase());
      return { dependencies: [{ from: [], to }], sure: false };
    }),
  );
  return [...conditions.flatMap(conjuncts).flatMap((node) => groupsIn({ node, not: false }, false, look)), ...inner];
}

/** The conditions after ON. */
export function onsIn(source: Source | null): Expression[] {
  if (source === null || source.kind !== "join") return [];
  return [...onsIn(source.left), ...onsIn(source.right), ...(source.on === null ? [] : [source.on])];
}

interface Look {
  readonly fixed: ReadonlySet<string>;
  readonly scopes: ReadonlySet<Scope>;
  readonly context: Context;
}

/** The equalities behind a switch: of several conditions with OR, those that remain when a parameter decides the rest. */
function groupsIn({ node, not }: Signed, switched: boolean, look: Look): Group[] {
  if (node.kind === "unary" && node.operator === "NOT")
    return groupsIn({ node: node.operand, not: !not }, switched, look);
  if (node.kind === "binary" && (node.operator === "AND" || node.operator === "OR")) {
    const sides = [node.left, node.right].map((side) => ({ node: side, not }));
    const isOr = (node.operator === "OR") !== not;
    if (!isOr) return sides.flatMap((side) => groupsIn(side, switched, look));
    const [left, right] = sides;
    if (left === undefined || right === undefined) return [];
    return [
      ...(isDecided(right, look) ? groupsIn(left, true, look) : []),
      ...(isDecided(left, look) ? groupsIn(right, true, look) : []),
    ];
  }
  const equal = equalIn({ node, not }, look);
  // MariaDB takes BETWEEN of equal bounds for an equality.
  return equal.length > 0 && (switched || (node.kind === "between" && hasParameter(node)))
    ? [{ dependencies: equal, sure: isSure(node) }]
    : [];
}

function isSure(node: Expression): boolean {
  return node.kind === "in-list" || (node.kind === "binary" && (node.operator === "=" || node.operator === "<>"));
}

/** True when it may be decided before any row is read. */
function isDecided({ node, not }: Signed, look: Look): boolean {
  if (node.kind === "unary" && node.operator === "NOT") return isDecided({ node: node.operand, not: !not }, look);
  if (node.kind === "binary" && (node.operator === "AND" || node.operator === "OR")) {
    const sides = [node.left, node.right].map((side) => isDecided({ node: side, not }, look));
    return (node.operator === "AND") !== not ? sides.some(Boolean) : sides.every(Boolean);
  }
  return isFixed(node, look) && (hasParameter(node) || attributesIn(node, look.context.bound, look.scopes).length > 0);
}

function isFixed(node: Expression, { fixed, scopes, context }: Look): boolean {
  return within(attributesIn(node, context.bound, scopes), fixed);
}

/** `a = 5`, `a = b`, `a IS NULL`, `a IN (5)`, `a BETWEEN 5 AND 5` and `(a, b) = (5, 6)`. */
function equalIn({ node, not }: Signed, look: Look): Dependency[] {
  switch (node.kind) {
    case "null-test":
      return node.not === not ? one(node.operand, look) : [];
    case "between":
      return !not && isFixed(node.low, look) && isFixed(node.high, look) ? one(node.operand, look) : [];
    case "in-list":
      return !not && node.items.length === 1 ? pair(node.operand, node.items[0] ?? node.operand, look) : [];
    case "binary": {
      const isEqual = not ? ["<>", "IS DISTINCT FROM"] : ["=", "<=>"];
      return isEqual.includes(node.operator) ? pair(node.left, node.right, look) : [];
    }
    default:
      return [];
  }
}

function pair(left: Expression, right: Expression, look: Look): Dependency[] {
  if (left.kind === "row" && right.kind === "row")
    return left.items.flatMap((item, index) => pair(item, right.items[index] ?? item, look));
  const both = [...one(left, look), ...one(right, look)].flatMap(({ to }) => to);
  const [here, there] = both;
  if (isFixed(left, look) || isFixed(right, look)) return both.length === 0 ? [] : [{ from: [], to: both }];
  if (here === undefined || there === undefined) return [];
  return [
    { from: [here], to: [there] },
    { from: [there], to: [here] },
  ];
}

/** A column of the query that has one value then. */
function one(node: Expression, { context, scopes }: Look): Dependency[] {
  const bound = node.kind === "column" ? context.bound.get(node) : undefined;
  return bound !== undefined && scopes.has(bound.scope) ? [{ from: [], to: [attributeOf(bound)] }] : [];
}
