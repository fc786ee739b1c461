// Queries and tables that the parameters of an execution leave without rows. MariaDB knows it before it sorts, takes the
// NULLs that an outer join fills in for constants, and never sorts a prepared statement by them again.
import type { Expression, Join, Source } from "../../../tree/nodes.ts";
import type { Context } from "../../context.ts";
import type { ColumnBound, Relation, Scope } from "../../scope.ts";
import { rangeOf, within } from "../../type.ts";
import { attributeIn, attributeOf, attributesIn, hasParameter, isGiven, queriesIn } from "../../walk.ts";
import { comparesOnce } from "../joins/semijoins.ts";
import { closure, conjuncts, equalities, isKeyKnown, keyDependencies } from "../keys.ts";
import type { TypedSelect } from "../typed-select.ts";
import { type Asked, boundsOf, compares, mayMeetNothing } from "./ranges.ts";
import { conditionsOf, type Group, onsIn } from "./switched-conditions.ts";

/** True for a query that an execution's parameters may leave without rows before any is read. */
export function mayBeEmpty(typed: TypedSelect, context: Context): boolean {
  const { select, scope, dependencies } = typed;
  const conditions = conditionsOf(select).flatMap(conjuncts);
  const isDecided = conditions.some((one) => hasParameter(one) && (!comparesOnce(one) || queriesIn(one).length > 0));
  const isInner = scope.relations.some(({ filled, mayBeEmpty: inner }) => inner === true && filled !== true);
  const known = closure([], dependencies);
  const isLookedUp = scope.relations.some((relation) =>
    [...relation.keys, ...(relation.nullableKeys ?? [])].some(
      (key) => key.length > 0 && isKeyKnown(relation, key, known),
    ),
  );
  return isDecided || isInner || isLookedUp || mayFindNothing(conditions, lookOf(typed, context));
}

/** All columns of each such query or table that an outer join fills. */
export function emptiedIn(typed: TypedSelect, context: Context): Group[] {
  const look = lookOf(typed, context);
  const emptied = new Set<Relation>();
  for (let size = -1; size !== emptied.size; ) {
    size = emptied.size;
    for (const join of outerJoinsIn(typed.select.source)) {
      const filled = filledBy(join);
      const relations = typed.scope.relations.filter(({ alias }) => aliasesIn(filled).includes(alias.toLowerCase()));
      const conditions = [...onsIn(filled), ...(join.on === null ? [] : [join.on])].flatMap(conjuncts);
      const isEmpty = relations.some((one) => one.mayBeEmpty === true) || mayFindNothing(conditions, look, emptied);
      if (isEmpty) for (const relation of relations) emptied.add(relation);
    }
  }
  return [...emptied].map((relation) => ({
    dependencies: [{ from: [], to: columnsOf(relation) }],
    sure: false,
    emptied: true,
  }));
}

function outerJoinsIn(source: Source | null): readonly Join[] {
  if (source?.kind !== "join") return [];
  return [...outerJoinsIn(source.left), ...outerJoinsIn(source.right), ...(source.how === "inner" ? [] : [source])];
}

function filledBy({ how, left, right }: Join): Source {
  return how === "right" ? left : right;
}

function aliasesIn(source: Source): readonly string[] {
  return source.kind === "join"
    ? [...aliasesIn(source.left), ...aliasesIn(source.right)]
    : [source.alias.toLowerCase()];
}

function columnsOf({ alias, columns }: Relation): readonly string[] {
  return columns.map(({ name }) => attributeIn({ alias }, name));
}

/** What is known of a SELECT before its rows are read. */
interface Look {
  readonly all: readonly Expression[];
  readonly relations: readonly Relation[];
  readonly scopes: ReadonlySet<Scope>;
  readonly context: Context;
}

function lookOf({ select, scope, scopes }: TypedSelect, context: Context): Look {
  return { all: conditionsOf(select).flatMap(conjuncts), relations: scope.relations, scopes, context };
}

function mayFindNothing(conditions: readonly Expression[], look: Look, emptied = new Set<Relation>()): boolean {
  if (conditions.some((one) => mayBeFalse(one, false, look))) return true;
  return mayMeetNothing(conditions, look.all, askedOf(look)) || isBeyondByAnother(conditions, look, emptied);
}

function askedOf(look: Look): Asked {
  const { all, relations, scopes, context } = look;
  const found = closure([], [...equalities(all, context.bound, scopes), ...keyDependencies(relations)]);
  const inner = relations.flatMap(({ alias, bounds = [] }) =>
    bounds.map(({ name, isGiven: given }) => ({ attribute: attributeIn({ alias }, name), isGiven: given })),
  );
  return { scopes, context, found, inner, classOf: classesOf(look) };
}

/** The columns of a query in FROM that its conditions, or those of queries in it, bound. */
export function boundedColumns(typed: TypedSelect, context: Context): readonly ColumnBound[] {
  const asked = askedOf(lookOf(typed, context));
  const all = [...boundsOf(conditionsOf(typed.select).flatMap(conjuncts), asked), ...asked.inner];
  return typed.selected.flatMap(({ name, alias: { bound } }) => {
    if (bound === null) return [];
    const own = all.filter((one) => asked.classOf(one.attribute) === asked.classOf(attributeOf(bound)));
    return own.length === 0 ? [] : [{ name, isGiven: own.some((one) => one.isGiven) }];
  });
}

/** Columns that are equal share the name of the first of them. */
function classesOf({ all, scopes, context }: Look): (attribute: string) => string {
  const pairs = equalities(all, context.bound, scopes).filter(({ from }) => from.length > 0);
  return (attribute) => [...closure([attribute], pairs)].sort()[0] ?? attribute;
}

/** `:p`, and `NOT (:p OR n = 5)`, which no row need be read for. */
function mayBeFalse(node: Expression, not: boolean, look: Look): boolean {
  if (attributesIn(node, look.context.bound, look.scopes).length === 0)
    return isGiven(node, look.context.bound, look.scopes);
  if (node.kind === "unary") return mayBeFalse(node.operand, !not, look);
  if (node.kind !== "binary" || (node.operator !== "AND" && node.operator !== "OR")) return false;
  const sides = [node.left, node.right].map((side) => mayBeFalse(side, not, look));
  return (node.operator === "AND") === not ? sides.every((one) => one) : sides.includes(true);
}

/**
 * `n = a.m AND a.id = :id`, where `a.m` may be NULL, and where `n` holds less than it; also where an outer join that is
 * emptied fills it.
 */
function isBeyondByAnother(conditions: readonly Expression[], look: Look, emptied: ReadonlySet<Relation>): boolean {
  const { all, relations, scopes, context } = look;
  const given = equalities(all, context.bound, scopes);
  const equal = closure([], given);
  const found = closure([...emptied].flatMap(columnsOf), [...given, ...keyDependencies(relations)]);
  const boundOf = (node: Expression) => (node.kind === "column" ? context.bound.get(node) : undefined);
  return conditions.some((one) => {
    if (one.kind !== "binary" || !compares.has(one.operator)) return false;
    const both = [boundOf(one.left), boundOf(one.right)];
    const [left, right] = both;
    if (left === undefined || right === undefined || left.scope !== right.scope) return false;
    const isNull = both.some((side) => {
      if (side === undefined || !found.has(attributeOf(side)) || equal.has(attributeOf(side))) return false;
      return side.column.type.nullable || emptied.has(side.relation);
    });
    const [here, there] = [rangeOf(left.column.type), rangeOf(right.column.type)];
    const isUnlike = here !== null && there !== null && !(within(here, there) && within(there, here));
    return isNull || (isUnlike && (found.has(attributeOf(left)) || found.has(attributeOf(right))));
  });
}
