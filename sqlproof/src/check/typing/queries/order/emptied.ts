// Queries and tables that the parameters of an execution leave without rows. MariaDB knows it before it sorts, takes the
// NULLs that an outer join fills in for constants, and never sorts a prepared statement by them again.
import type { Expression } from "../../../tree/nodes.ts";
import type { Context } from "../../context.ts";
import type { Relation, Scope } from "../../scope.ts";
import { isNarrow, rangeOf, within } from "../../type.ts";
import { attributeOf, attributesIn, columnsIn, hasParameter, isParameter, nodesIn, queriesIn } from "../../walk.ts";
import { comparesOnce } from "../joins/semijoins.ts";
import { closure, conjuncts, equalities, isKeyKnown } from "../keys.ts";
import type { TypedSelect } from "../typed-select.ts";
import { compares, conditionsOf, type Group, onsIn } from "./switched-conditions.ts";

/** True for a query that an execution's parameters may leave without rows before any is read. */
export function mayBeEmpty({ select, scope, scopes, dependencies }: TypedSelect, context: Context): boolean {
  const conditions = conditionsOf(select).flatMap(conjuncts);
  const isDecided = conditions.some((one) => hasParameter(one) && (!comparesOnce(one) || queriesIn(one).length > 0));
  const isInner = scope.relations.some(({ filled, mayBeEmpty: inner }) => inner === true && filled !== true);
  const known = closure([], dependencies);
  const isLookedUp = scope.relations.some((relation) =>
    [...relation.keys, ...(relation.nullableKeys ?? [])].some(
      (key) => key.length > 0 && isKeyKnown(relation, key, known),
    ),
  );
  return isDecided || isInner || isLookedUp || mayFindNothing(conditions, conditions, scopes, context);
}

/** All columns of each such query or table that an outer join fills. */
export function emptiedIn({ select, scope, scopes }: TypedSelect, context: Context): Group[] {
  const ons = onsIn(select.source).flatMap(conjuncts);
  const all = conditionsOf(select).flatMap(conjuncts);
  return scope.relations.flatMap((relation): Group[] => {
    if (relation.filled !== true) return [];
    const own = columnsOf(relation);
    const about = ons.filter((one) => attributesIn(one, context.bound, scopes).some((name) => own.includes(name)));
    if (relation.mayBeEmpty !== true && !mayFindNothing(about, all, scopes, context)) return [];
    return [{ dependencies: [{ from: [], to: own }], sure: false, emptied: true }];
  });
}

function columnsOf({ alias, columns }: Relation): readonly string[] {
  return columns.map(({ name }) => `${alias}.${name}`.toLowerCase());
}

/**
 * `d >= :from AND d < :to`, `id IN (:ids)`, `d > :from` where `:from` may be NULL, and `n = :n`, which may be beyond what
 * the column holds.
 */
function mayFindNothing(
  conditions: readonly Expression[],
  all: readonly Expression[],
  scopes: ReadonlySet<Scope>,
  context: Context,
): boolean {
  const bounds = conditions.flatMap((one) => boundBy(one, scopes, context));
  const isTwice = bounds.some(
    (one, at) => bounds.some((other, place) => place !== at && other.attribute === one.attribute) && one.byParameter,
  );
  const isBeyond = bounds.some(({ byParameter, isNarrow }) => byParameter && isNarrow);
  if (isTwice || isBeyond || isBeyondByAnother(conditions, all, scopes, context)) return true;
  return conditions.some((one) => hasParameter(one) && (one.kind === "in-list" || mayBeNull(one, context)));
}

/** `n = a.id AND a.id = :id`, where `n` holds less than `a.id`. */
function isBeyondByAnother(
  conditions: readonly Expression[],
  all: readonly Expression[],
  scopes: ReadonlySet<Scope>,
  context: Context,
): boolean {
  const given = closure([], equalities(all.filter(hasParameter), context.bound, scopes));
  if (given.size === 0) return false;
  const known = closure([...given], equalities(all, context.bound, scopes));
  const boundOf = (node: Expression) => (node.kind === "column" ? context.bound.get(node) : undefined);
  return conditions.some((one) => {
    if (one.kind !== "binary" || !compares.has(one.operator)) return false;
    const [left, right] = [boundOf(one.left), boundOf(one.right)];
    if (left === undefined || right === undefined || !known.has(attributeOf(left))) return false;
    const [here, there] = [rangeOf(left.column.type), rangeOf(right.column.type)];
    return here !== null && there !== null && !(within(here, there) && within(there, here));
  });
}

interface Bounded {
  readonly attribute: string;
  readonly byParameter: boolean;
  readonly isNarrow: boolean;
}

/** The column that a comparison with constants and parameters bounds; BETWEEN bounds it twice. */
function boundBy(node: Expression, scopes: ReadonlySet<Scope>, context: Context): Bounded[] {
  const isBetween = node.kind === "between";
  if (!isBetween && (node.kind !== "binary" || !compares.has(node.operator))) return [];
  const [attribute, ...others] = new Set(attributesIn(node, context.bound, scopes));
  if (attribute === undefined || others.length > 0) return [];
  const types = columnsIn(node).flatMap((name) => context.bound.get(name)?.column.type ?? []);
  const bounded = { attribute, byParameter: hasParameter(node), isNarrow: types.some(isNarrow) };
  return isBetween ? [bounded, bounded] : [bounded];
}

function mayBeNull(node: Expression, { parameters }: Context): boolean {
  return nodesIn(node)
    .filter(isParameter)
    .some(({ token }) => parameters.typeOf(token.name).nullable);
}
