// Queries and tables that the parameters of an execution leave without rows. MariaDB knows it before it sorts, takes the
// NULLs that an outer join fills in for constants, and never sorts a prepared statement by them again.
import type { Expression } from "../../../tree/nodes.ts";
import type { Context } from "../../context.ts";
import type { Relation, Scope } from "../../scope.ts";
import { attributesIn, hasParameter, isParameter, nodesIn, queriesIn } from "../../walk.ts";
import { comparesOnce } from "../joins/semijoins.ts";
import { closure, conjuncts, isKeyKnown } from "../keys.ts";
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
  return isDecided || isInner || isLookedUp || mayFindNothing(conditions, scopes, context);
}

/** All columns of each such query or table that an outer join fills. */
export function emptiedIn({ select, scope, scopes }: TypedSelect, context: Context): Group[] {
  const ons = onsIn(select.source).flatMap(conjuncts);
  return scope.relations.flatMap((relation): Group[] => {
    if (relation.filled !== true) return [];
    const own = columnsOf(relation);
    const about = ons.filter((one) => attributesIn(one, context.bound, scopes).some((name) => own.includes(name)));
    if (relation.mayBeEmpty !== true && !mayFindNothing(about, scopes, context)) return [];
    return [{ dependencies: [{ from: [], to: own }], sure: false, emptied: true }];
  });
}

function columnsOf({ alias, columns }: Relation): readonly string[] {
  return columns.map(({ name }) => `${alias}.${name}`.toLowerCase());
}

/** `d >= :from AND d < :to`, `id IN (:ids)`, and `d > :from` where `:from` may be NULL. */
function mayFindNothing(conditions: readonly Expression[], scopes: ReadonlySet<Scope>, context: Context): boolean {
  const bounds = conditions.flatMap((one) => boundBy(one, scopes, context));
  const isTwice = bounds.some(
    (one, at) => bounds.some((other, place) => place !== at && other.attribute === one.attribute) && one.byParameter,
  );
  return isTwice || conditions.some((one) => hasParameter(one) && (one.kind === "in-list" || mayBeNull(one, context)));
}

interface Bounded {
  readonly attribute: string;
  readonly byParameter: boolean;
}

/** The column that a comparison with constants and parameters bounds; BETWEEN bounds it twice. */
function boundBy(node: Expression, scopes: ReadonlySet<Scope>, context: Context): Bounded[] {
  const isBetween = node.kind === "between";
  if (!isBetween && (node.kind !== "binary" || !compares.has(node.operator))) return [];
  const [attribute, ...others] = new Set(attributesIn(node, context.bound, scopes));
  if (attribute === undefined || others.length > 0) return [];
  const bounded = { attribute, byParameter: hasParameter(node) };
  return isBetween ? [bounded, bounded] : [bounded];
}

function mayBeNull(node: Expression, { parameters }: Context): boolean {
  return nodesIn(node)
    .filter(isParameter)
    .some(({ token }) => parameters.typeOf(token.name).nullable);
}
