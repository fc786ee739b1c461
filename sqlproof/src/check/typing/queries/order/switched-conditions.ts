import type { Binary, Exists, Expression, InList, InQuery, Select, Source } from "../../../tree/nodes.ts";
import type { Context } from "../../context.ts";
import type { Scope } from "../../scope.ts";
import { attributeOf, attributesIn, columnsIn, hasParameter, isGiven, queriesIn, shapeOf } from "../../walk.ts";
import { conjuncts, type Dependency, isList, isOfOneType } from "../keys.ts";
import { compares, comparisonsIn, mayMeetNothing } from "./ranges.ts";

/** A condition, and whether it holds where it says that it does not. */
type Signed = { readonly node: Expression; readonly not: boolean };

/** What follows from what where a parameter says so. */
export interface Group {
  readonly dependencies: readonly Dependency[];
  /** By `=`, with which MariaDB finds the one row of a unique key. */
  readonly sure: boolean;
  /** Of BETWEEN, for which `>=` and `<=` stand where MariaDB is to see no equality. */
  readonly between?: true;
  /** Because nothing is found: an aggregate of it is still computed for each group. */
  readonly emptied?: true;
}

/** The conditions after ON. */
export function onsIn(source: Source | null): Expression[] {
  if (source === null || source.kind !== "join") return [];
  return [...onsIn(source.left), ...onsIn(source.right), ...(source.on === null ? [] : [source.on])];
}

/** The conditions of a SELECT: of WHERE, of HAVING and after ON. */
export function conditionsOf({ where, having, source }: Select): readonly Expression[] {
  return [where, having, ...onsIn(source)].filter((one) => one !== null);
}

interface Look {
  /** The columns that have one value in every row anyway. */
  readonly fixed: ReadonlySet<string>;
  /** The scopes of the query, and of the subqueries that MariaDB joins to it. */
  readonly scopes: ReadonlySet<Scope>;
  readonly context: Context;
  /** Also what holds in every execution. */
  readonly always?: boolean;
}

/** What conditions say of columns only where the parameters of an execution say so. */
export function switchedBy(conditions: readonly Expression[], look: Look): Group[] {
  return conditions.flatMap(conjuncts).flatMap((node) => {
    if (node.kind === "in-query" || node.kind === "exists") return inSubquery(node, look);
    return groupsIn({ node, not: false }, look.always === true, look);
  });
}

/** MariaDB joins the query of EXISTS and `IN (SELECT ..)`, and what that says of its columns holds for those equal to them. */
function inSubquery(node: InQuery | Exists, look: Look): Group[] {
  const { first, others } = node.query;
  if (others.length > 0) return [];
  const own = columnsIn(node).flatMap((name) => look.context.bound.get(name)?.scope ?? []);
  const inner: Look = { ...look, scopes: new Set([...look.scopes, ...own]) };
  const conditions = [first.where, ...onsIn(first.source)].filter((one) => one !== null);
  const sides = node.kind === "exists" ? [] : node.operand.kind === "row" ? node.operand.items : [node.operand];
  const sought = sides.flatMap((side, index) => {
    const item = first.items[index];
    return item?.kind === "value" ? pair(side, item.value, inner) : [];
  });
  const equal = conditions.flatMap(conjuncts).flatMap((one) => equalIn({ node: one, not: false }, inner));
  return switchedBy(conditions, inner).map(({ dependencies }) => ({
    dependencies: [...dependencies, ...equal, ...sought],
    sure: false,
  }));
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
    const shared = isSwitch(node, look) ? sharedBy(left, right, look) : [];
    return [
      ...(shared.length > 0 ? [{ dependencies: [{ from: [], to: shared }], sure: false }] : []),
      ...beside(left, right, switched, look),
      ...beside(right, left, switched, look),
    ];
  }
  const equal = equalIn({ node, not }, look);
  return equal.length > 0 && (switched || (takesSeveral(node) && isSwitch(node, look)))
    ? [{ dependencies: equal, sure: isSure(node, look), ...(node.kind === "between" ? { between: true } : {}) }]
    : [];
}

/** True where its value may differ between executions. So may the columns of a row that constants find. */
function isSwitch(node: Expression, { context, scopes, fixed }: Look): boolean {
  return (
    isGiven(node, context.bound, scopes) || attributesIn(node, context.bound, scopes).some((one) => fixed.has(one))
  );
}

/** What one side of an OR says where the other one is decided. */
function beside(side: Signed, other: Signed, switched: boolean, look: Look): Group[] {
  if (isDecided(other.node, look)) {
    const isSure = !mayContradict(other.node, look);
    return groupsIn(side, true, look).map((group) => ({ ...group, sure: group.sure && isSure }));
  }
  return isConstant(other.node, look) ? groupsIn(side, switched, look) : [];
}

/** MariaDB finds only in an index that no value is meant, and has not read the one row of the other side then. */
function mayContradict(node: Expression, { context, scopes }: Look): boolean {
  return mayMeetNothing(comparisonsIn(node), [], {
    ...{ scopes, context, found: new Set<string>(), inner: [] },
    classOf: (attribute) => attribute,
  });
}

/** `7 > 3`, `a <> a`, and `-id IS NULL` of a column that is never NULL: MariaDB decides it when it prepares the statement. */
function isConstant(node: Expression, look: Look): boolean {
  const { context, scopes } = look;
  if (hasParameter(node) || queriesIn(node).length > 0) return false;
  if (node.kind === "unary" && node.operator === "NOT") return isConstant(node.operand, look);
  if (node.kind === "binary") {
    if (node.operator === "AND" || node.operator === "OR")
      return isConstant(node.left, look) || isConstant(node.right, look);
    if (comparesItself(node, look)) return true;
  }
  return columnsIn(node).every((name) => {
    const bound = context.bound.get(name);
    return node.kind === "null-test" && bound !== undefined && scopes.has(bound.scope) && !bound.column.type.nullable;
  });
}

function comparesItself({ operator, left, right }: Binary, { context, scopes }: Look): boolean {
  if (!compares.has(operator)) return false;
  const [mine, others] = [left, right].map((side) => new Set(attributesIn(side, context.bound, scopes)));
  return mine !== undefined && others !== undefined && mine.size > 0 && mine.symmetricDifference(others).size === 0;
}

/** MariaDB takes BETWEEN of equal bounds and IN of equal values for an equality. */
function takesSeveral(node: Expression): boolean {
  return node.kind === "between" || (node.kind === "in-list" && node.items.length > 1);
}

/** The columns that have one value in each side of an OR: `a = :p OR a = :q`. Where both are equal, MariaDB sees one. */
function sharedBy(left: Signed, right: Signed, look: Look): string[] {
  const others = sharedIn(right, look);
  return sharedIn(left, look).filter((one) => others.includes(one));
}

function sharedIn({ node, not }: Signed, look: Look): string[] {
  if (node.kind === "unary" && node.operator === "NOT") return sharedIn({ node: node.operand, not: !not }, look);
  if (node.kind === "binary" && (node.operator === "AND" || node.operator === "OR")) {
    const [left, right] = [
      { node: node.left, not },
      { node: node.right, not },
    ];
    if ((node.operator === "OR") === not) return [...sharedIn(left, look), ...sharedIn(right, look)];
    // A side that is decided may be false, and the other one remains.
    const [first, second] = [left, right].map((side) => isDecided(side.node, look) || isConstant(side.node, look));
    const remaining = [...(first ? sharedIn(right, look) : []), ...(second ? sharedIn(left, look) : [])];
    return [...remaining, ...sharedBy(left, right, look)];
  }
  return equalIn({ node, not }, look).flatMap(({ from, to }) => (from.length === 0 ? to : []));
}

function isSure(node: Expression, { context }: Look): boolean {
  if (node.kind === "in-list") return node.items.length === 1 && !isList(node.items[0]);
  return (
    node.kind === "binary" && (node.operator === "=" || node.operator === "<>") && isOfOneType(node, context.bound)
  );
}

/**
 * True where an execution may decide it before any row is read, as with a parameter that is NULL, or with
 * `id = :p AND id = :q`.
 */
function isDecided(node: Expression, look: Look): boolean {
  if (isGiven(node, look.context.bound, look.scopes)) return true;
  if (node.kind === "unary" && node.operator === "NOT") return isDecided(node.operand, look);
  if (node.kind === "binary" && (node.operator === "AND" || node.operator === "OR"))
    return isDecided(node.left, look) || isDecided(node.right, look);
  return isFixed(node, look) && attributesIn(node, look.context.bound, look.scopes).length > 0;
}

function isFixed(node: Expression, { fixed, scopes, context }: Look): boolean {
  return attributesIn(node, context.bound, scopes).every((one) => fixed.has(one));
}

/** `a = 5`, `a = b`, `a IS NULL`, `a IN (5)`, `a IN (5, 5)`, `a BETWEEN 5 AND 5` and `(a, b) = (5, 6)`. */
function equalIn({ node, not }: Signed, look: Look): Dependency[] {
  switch (node.kind) {
    case "column":
      // MariaDB reads NOT of a boolean as `= 0`.
      return not ? one(node, look) : [];
    case "null-test":
      return node.not === not ? one(node.operand, look) : [];
    case "between":
      return !not && isFixed(node.low, look) && isFixed(node.high, look) ? one(node.operand, look) : [];
    case "in-list":
      return inList(node, not, look);
    case "binary": {
      const isEqual = not ? ["<>", "IS DISTINCT FROM"] : ["=", "<=>"];
      return isEqual.includes(node.operator) ? pair(node.left, node.right, look) : [];
    }
    default:
      return [];
  }
}

/** Of several values, each is the same for every row. */
function inList({ operand, items }: InList, not: boolean, look: Look): Dependency[] {
  const [first] = items;
  if (not || first === undefined) return [];
  if (items.length === 1) return pair(operand, first, look);
  return items.every((item) => isFixed(item, look)) ? pair(operand, first, look) : [];
}

function pair(left: Expression, right: Expression, look: Look): Dependency[] {
  if (left.kind === "row" && right.kind === "row")
    return left.items.flatMap((item, index) => pair(item, right.items[index] ?? item, look));
  const both = [left, right].flatMap((side) => {
    const [column] = one(side, look);
    return column === undefined ? computed(side, look) : column.to;
  });
  const [here, there] = both;
  if (isFixed(left, look) || isFixed(right, look)) return both.length === 0 ? [] : [{ from: [], to: both }];
  if (here === undefined || there === undefined) return [];
  return [
    { from: [here], to: [there] },
    { from: [there], to: [here] },
  ];
}

/** What is computed of the query's columns: MariaDB knows it again, word for word, among the sort keys. */
function computed(node: Expression, { context, scopes }: Look): string[] {
  return node.kind !== "column" && attributesIn(node, context.bound, scopes).length > 0
    ? [shapeOf(node, context.bound)]
    : [];
}

/** A column of the query that has one value then. */
function one(node: Expression, { context, scopes }: Look): Dependency[] {
  const bound = node.kind === "column" ? context.bound.get(node) : undefined;
  return bound !== undefined && scopes.has(bound.scope) ? [{ from: [], to: [attributeOf(bound)] }] : [];
}
