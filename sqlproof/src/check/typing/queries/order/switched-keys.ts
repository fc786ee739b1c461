import type { Expression, OrderItem, Source } from "../../../tree/nodes.ts";
import { hasAggregate } from "../../aggregates.ts";
import { type Context, quoted, refuse } from "../../context.ts";
import type { Constants, Scope } from "../../scope.ts";
import { attributeIn, attributeOf, attributesIn, shapeOf } from "../../walk.ts";
import {
  closure,
  conjuncts,
  type Dependency,
  equalities,
  isList,
  isOfOneType,
  isOneRow,
  keyDependencies,
  nullableDependencies,
} from "../keys.ts";
import { groupsOf, type Selected, type TypedSelect } from "../typed-select.ts";
import { emptiedIn } from "./emptied.ts";
import { conditionsOf, type Group, onsIn, switchedBy } from "./switched-conditions.ts";

/*
 * MariaDB leaves a key out of ORDER BY when it has one value in an execution, as `b` has in
 * `(:b IS NULL OR b = :b) ORDER BY a, b`. A prepared statement never gets the key back, unless it was the first.
 */

/** A group, and what it says itself: without what follows where an outer join is read as an inner one. */
interface Switched extends Group {
  readonly own: readonly Dependency[];
  /** What holds at every execution of its statement. */
  readonly always?: readonly Dependency[];
}

/** With more than so many conditions that a parameter switches, they are only tried one by one and all together. */
const mostSubsets = 8;

/** Refuses a sort key behind another one that has a single value in some executions and several in others. */
export function checkSwitchedKeys(typed: TypedSelect, order: readonly OrderItem[], context: Context): void {
  const groups = switchedIn(typed, context);
  if (groups.length === 0) return;
  const keys = order.map(({ value }) => keyOf(value, typed, context));
  const isPlain = !typed.grouped && joinsTables(typed.select.source, typed.scope, context);
  const plain = plainDependencies(typed, context);
  for (const subset of subsets(groups)) {
    // Where MariaDB reads the one row of each table first, all keys go, and all come back.
    const sure = subset.flatMap((group) => (group.sure ? group.own : []));
    const known = closure([], [...plain, ...sure]);
    if (isPlain && keys.every(({ uses }) => uses.length > 0 && within(uses, known))) continue;
    for (const [index, { node, uses, itself, aggregates }] of keys.entries()) {
      const said = subset.filter(({ emptied }) => emptied !== true || !aggregates);
      const among = [...typed.dependencies, ...said.flatMap(({ dependencies }) => dependencies)];
      const before = keys.slice(0, index).map((key) => key.itself);
      const goes = (dependencies: readonly Dependency[]): boolean => {
        const gone = closure(before, dependencies);
        return within(uses, gone) || gone.has(itself);
      };
      const always = [...typed.dependencies, ...said.flatMap((group) => group.always ?? [])];
      if (index === 0 || uses.length === 0 || !goes(among) || goes(always)) continue;
      refuse(
        context,
        "order",
        `${quoted(node)} may have one value, or none, in an execution with other parameters, and MariaDB never sorts by it again: ${cureOf(subset)}sort around the query, SELECT .. FROM (.. WHERE ..) AS q ORDER BY .., or write a query for each case`,
        node,
      );
    }
  }
}

function cureOf(subset: readonly Switched[]): string {
  return subset.some(({ between }) => between === true) ? "write >= and <= for BETWEEN, " : "";
}

/** What MariaDB itself takes for constant: not what is NULL, and no column that equals one of another type. */
function plainDependencies({ select, scope, scopes }: TypedSelect, { bound }: Context): readonly Dependency[] {
  const equal = conditionsOf(select)
    .flatMap(conjuncts)
    .filter((one) => one.kind === "binary" && one.operator === "=" && isOfOneType(one, bound));
  const keys = [...keyDependencies(scope.relations), ...nullableDependencies(scope.relations, equal, bound, scopes)];
  return [...equalities(equal, bound, scopes), ...keys];
}

/** The selected columns that have one value in all rows, always or where parameters say so. */
export function constantsOf(typed: TypedSelect, context: Context): Constants {
  const names = (groups: readonly Dependency[]): string[] => {
    const known = closure([], [...typed.dependencies, ...groups]);
    return typed.selected.flatMap((item) => (within(usesOf(item, typed, context), known) ? [item.name] : []));
  };
  const always = names([]);
  const switched = switchedIn(typed, context).map(({ dependencies }) => names(dependencies));
  const found = typed.selected.flatMap(({ name, alias: { bound } }) =>
    bound?.relation.constants.found.includes(bound.column.name) === true ? [name] : [],
  );
  const single = names(switchedIn(typed, context, true).flatMap(({ dependencies }) => dependencies));
  return { always, found: [...always, ...found], switched, single, determined: determinedIn(typed) };
}

/** The selected columns of tables that follow from another one. */
function determinedIn({ selected, dependencies }: TypedSelect): NonNullable<Constants["determined"]> {
  const plain = selected.flatMap(({ name, type, alias: { bound } }) =>
    bound === null ? [] : [{ name, attribute: attributeOf(bound), nullable: type.nullable }],
  );
  return plain.flatMap(({ name: by, attribute, nullable }) => {
    if (nullable) return [];
    const known = closure([attribute], dependencies);
    const names = plain.filter((one) => one.name !== by && known.has(one.attribute)).map(({ name }) => name);
    return names.length === 0 ? [] : [{ by, names }];
  });
}

/** All columns of a query that MariaDB stores, when a parameter, or anything else, leaves one row of it. */
export function switchedRows(typed: TypedSelect, context: Context): Pick<Constants, "switched" | "single"> {
  const { selected, scope, dependencies, scopes, grouped } = typed;
  const all = selected.map(({ name }) => name);
  const isLeft = (groups: readonly Dependency[]): boolean => {
    const known = closure([], [...dependencies, ...groups]);
    const isOneGroup =
      grouped && groupsOf(typed, context).every((one) => within(attributesIn(one, context.bound, scopes), known));
    return isOneGroup || isOneRow(scope.relations, known);
  };
  const single = switchedIn(typed, context, true).flatMap((group) => group.dependencies);
  return {
    switched: switchedIn(typed, context).flatMap((group) => (isLeft(group.dependencies) ? [all] : [])),
    single: isLeft(single) ? all : [],
  };
}

/** Of a column around, none: in one execution of a subquery, it has one value. */
function usesOf({ alias, node }: Selected, typed: TypedSelect, context: Context): string[] {
  if (alias.bound === null) return attributesIn(node, context.bound, typed.scopes);
  return typed.scopes.has(alias.bound.scope) ? [attributeOf(alias.bound)] : [];
}

/** MariaDB ends after the first row of a DISTINCT that has one value in all columns, and then skips none. */
export function checkSkipped(typed: TypedSelect, offset: Expression, context: Context): void {
  const inner = typed.scope.relations.flatMap(({ alias, columns, constants, stored, filled }) => {
    // Where the query has no rows, the join fills all of its columns with NULL.
    const empty = stored && filled === true ? columns.map(({ name }) => name) : [];
    return [...constants.single, ...constants.found, ...empty].map((name) => attributeIn({ alias }, name));
  });
  const always = switchedIn(typed, context, true).flatMap((group) => group.dependencies);
  const known = closure(inner, [...typed.dependencies, ...always, ...withinQueries(typed)]);
  if (typed.selected.every((item) => within(usesOf(item, typed, context), known)))
    refuse(
      context,
      "order",
      "MariaDB skips no rows of a DISTINCT whose columns all have one value: leave out DISTINCT or OFFSET",
      offset,
    );
}

/** Where one column of a query in FROM has one value, all may, as far as is known. */
function withinQueries({ scope }: TypedSelect): Dependency[] {
  return scope.relations.flatMap(({ alias, columns, merged, stored }) => {
    const all = merged || stored ? columns.map(({ name }) => attributeIn({ alias }, name)) : [];
    return all.map((one) => ({ from: [one], to: all }));
  });
}

function within(uses: readonly string[], known: ReadonlySet<string>): boolean {
  return uses.every((one) => known.has(one));
}

interface Key {
  readonly node: Expression;
  readonly uses: readonly string[];
  /** The column, or the words of what is computed. */
  readonly itself: string;
  readonly aggregates: boolean;
}

function keyOf(node: Expression, typed: TypedSelect, context: Context): Key {
  const named =
    node.kind === "column" && node.table === null
      ? typed.selected.find(({ name }) => name.toLowerCase() === node.name.toLowerCase())
      : undefined;
  const bound = (node.kind === "column" ? context.bound.get(node) : undefined) ?? named?.alias.bound ?? null;
  if (bound !== null) return { node, uses: [attributeOf(bound)], itself: attributeOf(bound), aggregates: false };
  const meant = named?.node ?? node;
  const [uses, itself] = [attributesIn(meant, context.bound, typed.scopes), shapeOf(meant, context.bound)];
  return { node, uses, itself, aggregates: hasAggregate(meant) };
}

/** True for an inner join of tables. */
function joinsTables(source: Source | null, scope: Scope, context: Context): boolean {
  if (source?.kind === "join")
    return source.how === "inner" && [source.left, source.right].every((side) => joinsTables(side, scope, context));
  if (source?.kind !== "table" || scope.named.has(source.name.toLowerCase())) return false;
  return context.catalog.get(source.name)?.view === false;
}

function subsets(groups: readonly Switched[]): Switched[][] {
  if (groups.length > mostSubsets) return [...groups.map((one) => [one]), [...groups]];
  const all: Switched[][] = [[]];
  for (const one of groups) all.push(...all.map((subset) => [...subset, one]));
  return all;
}

/** The columns of `id IN (:ids...)`. */
function listedIn(conditions: readonly Expression[], scopes: ReadonlySet<Scope>, { bound }: Context): Group[] {
  return conditions.flatMap(conjuncts).flatMap((node) => {
    if (node.kind !== "in-list" || !isList(node.items[0])) return [];
    const to = attributesIn(node.operand, bound, scopes);
    return [{ dependencies: [{ from: [], to }], sure: false }];
  });
}

/** What follows from what only where the parameters say so. */
export function switchedIn(typed: TypedSelect, context: Context, always = false): Switched[] {
  const { select, scope, dependencies, scopes } = typed;
  const fixed = closure([], dependencies);
  // MariaDB moves what HAVING says of groups to WHERE.
  const conditions = conditionsOf(select);
  const inner = scope.relations.flatMap(({ alias, constants }) =>
    constants.switched.map((names): Group => {
      const to = names.map((name) => attributeIn({ alias }, name));
      return { dependencies: [{ from: [], to }], sure: false };
    }),
  );
  // Where WHERE leaves no row without a partner, MariaDB reads an outer join as an inner one.
  const joined = equalities(onsIn(select.source).flatMap(conjuncts), context.bound, scopes);
  const oneRow = scope.relations.flatMap(({ alias, columns, nullableKeys = [] }) => {
    const attribute = (name: string): string => attributeIn({ alias }, name);
    return nullableKeys.map((key) => ({ from: key.map(attribute), to: columns.map(({ name }) => attribute(name)) }));
  });
  const parts = conditions.flatMap(conjuncts);
  const by = (nodes: readonly Expression[], known: ReadonlySet<string>): Group[] =>
    switchedBy(nodes, { fixed: known, scopes, context, always });
  const switched = by(parts, fixed);
  const before = new Set(switched.flatMap((one) => one.dependencies.map((each) => JSON.stringify(each))));
  /** What one switch makes constant may decide another condition, as a parameter does. */
  const furtherOf = ({ dependencies: said }: Group): readonly Dependency[] => {
    const known = closure([], [...dependencies, ...said]);
    const fresh = known.difference(fixed);
    const asked = parts.filter((one) => attributesIn(one, context.bound, scopes).some((name) => fresh.has(name)));
    const all = by(asked, known).flatMap((one) => one.dependencies);
    return all.filter((one) => !before.has(JSON.stringify(one)));
  };
  const found = [...switched, ...inner].map((group) => {
    const said = [...group.dependencies, ...furtherOf(group), ...joined, ...oneRow];
    return { ...group, own: group.dependencies, dependencies: said };
  });
  // A list of one value has a statement of its own, in which it is always an equality.
  const lists = listedIn(conditions, scopes, context).flatMap((group) => {
    const further = furtherOf(group);
    return further.length === 0
      ? []
      : [{ ...group, own: [], always: group.dependencies, dependencies: [...group.dependencies, ...further] }];
  });
  return [...found, ...lists, ...emptiedIn(typed, context).map((group) => ({ ...group, own: group.dependencies }))];
}
