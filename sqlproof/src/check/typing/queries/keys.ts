import type { Binary, ColumnName, Expression } from "../../tree/nodes.ts";
import type { Bound, Relation, Scope } from "../scope.ts";
import { rangeOf } from "../type.ts";
import { attributeIn, attributeOf, columnsIn } from "../walk.ts";

/*
 * Which columns determine which: the textbook's functional dependencies. They decide whether a query has one row at
 * most, and whether an ORDER BY leaves no two different rows in either order.
 */

/** In every row, the columns of `to` follow from those of `from`. */
export interface Dependency {
  readonly from: readonly string[];
  readonly to: readonly string[];
  /** True where `to` is NULL in every row in which `from` is, so that rows that an outer join fills keep to it, too. */
  readonly nullTogether?: true;
}

/** What follows from two columns that are equal. */
export function equalColumns(one: string, other: string): Dependency[] {
  return [
    { from: [one], to: [other], nullTogether: true },
    { from: [other], to: [one], nullTogether: true },
  ];
}

/**
 * What is left where an outer join fills the tables: that `k.n = 5` in a row that is found says nothing of one that is
 * not. A column that is never NULL in the first tells the two apart.
 */
export function filledDependencies(relations: readonly Relation[], dependencies: readonly Dependency[]): Dependency[] {
  const present = relations.flatMap((relation) =>
    relation.columns.filter(({ type }) => !type.nullable).map(({ name }) => attributeIn(relation, name)),
  );
  const never = new Set(present);
  return dependencies.flatMap((one): Dependency[] => {
    if (one.nullTogether === true || one.from.some((name) => never.has(name))) return [{ ...one, nullTogether: true }];
    return present.map((name) => ({ from: [...one.from, name], to: one.to, nullTogether: true }));
  });
}

/** Everything that follows from the columns. */
export function closure(columns: readonly string[], dependencies: readonly Dependency[]): ReadonlySet<string> {
  const known = new Set(columns);
  for (let size = -1; size !== known.size; ) {
    size = known.size;
    for (const { from, to } of dependencies)
      if (from.every((one) => known.has(one))) for (const one of to) known.add(one);
  }
  return known;
}

/** A key of a table determines its row, and what is fixed follows from nothing. */
export function keyDependencies(relations: readonly Relation[]): Dependency[] {
  return relations.flatMap((relation) => {
    const attribute = (name: string): string => attributeIn(relation, name);
    const to = relation.columns.map(({ name }) => attribute(name));
    const fixed = { from: [], to: relation.constants.always.map(attribute) };
    const determined = (relation.constants.determined ?? []).map(({ by, names }) => ({
      from: [attribute(by)],
      to: names.map(attribute),
    }));
    // Of one row at most that an outer join fills, nothing says where it is found.
    const keys = relation.keys.filter((key) => key.length > 0 || relation.filled !== true);
    return [fixed, ...determined, ...keys.map((key) => ({ from: key.map(attribute), to }))];
  });
}

/** True when a key of every table is known, so that there is one row at most. */
export function isOneRow(relations: readonly Relation[], known: ReadonlySet<string>): boolean {
  return relations.every((relation) => relation.keys.some((key) => isKeyKnown(relation, key, known)));
}

/** True when every column of a table's key is known. */
export function isKeyKnown(relation: Relation, key: readonly string[], known: ReadonlySet<string>): boolean {
  return key.every((name) => known.has(attributeIn(relation, name)));
}

/** The conditions that AND joins. */
export function conjuncts(condition: Expression): readonly Expression[] {
  if (condition.kind !== "binary" || condition.operator !== "AND") return [condition];
  return [...conjuncts(condition.left), ...conjuncts(condition.right)];
}

/** The comparisons that are true of no NULL. */
export const comparing: ReadonlySet<string> = new Set(["=", "<>", "<", "<=", ">", ">="]);

/** Unique keys of columns that may be NULL determine the rows where the conditions are true of no NULL in them. */
export function nullableDependencies(
  relations: readonly Relation[],
  conditions: readonly Expression[],
  bound: ReadonlyMap<ColumnName, Bound>,
  own: ReadonlySet<Scope>,
): Dependency[] {
  const meant = conditions.flatMap(askedFor).flatMap((name) => bound.get(name) ?? []);
  const never = new Set(meant.filter(({ scope }) => own.has(scope)).map(attributeOf));
  return relations.flatMap(({ alias, columns, nullableKeys = [] }) => {
    const attribute = (name: string): string => attributeIn({ alias }, name);
    const mayBeNull = (name: string): boolean => columns.find((one) => one.name === name)?.type.nullable !== false;
    return nullableKeys
      .filter((key) => key.every((name) => !mayBeNull(name) || never.has(attribute(name))))
      .map((key) => ({ from: key.map(attribute), to: columns.map(({ name }) => attribute(name)) }));
  });
}

/** The columns that are not NULL where the condition is true. */
function askedFor(condition: Expression): ColumnName[] {
  const named = (...nodes: readonly Expression[]) => nodes.flatMap((node) => (node.kind === "column" ? [node] : []));
  if (condition.kind === "null-test") return condition.not ? named(condition.operand) : [];
  if (condition.kind === "between" || condition.kind === "in-list" || condition.kind === "like")
    return named(condition.operand);
  return condition.kind === "binary" && comparing.has(condition.operator) ? named(condition.left, condition.right) : [];
}

/**
 * False of two columns of different types, such as INT and BIGINT: MariaDB takes only columns of one type for equal, so
 * that a value of one says nothing of the other to it.
 */
export function isOfOneType({ left, right }: Binary, bound: ReadonlyMap<ColumnName, Bound>): boolean {
  const [here, there] = [left, right].map((side) =>
    side.kind === "column" ? bound.get(side)?.column.type : undefined,
  );
  if (here === undefined || there === undefined) return true;
  if (here.kind === "text" && there.kind === "text") return here.length === there.length;
  const [mine, other] = [rangeOf(here), rangeOf(there)];
  return here.kind === there.kind && mine?.min === other?.min && mine?.max === other?.max;
}

/** The sides of `a = b`, and of `a IN (b)`. */
function equated(node: Expression): readonly [Expression, Expression] | null {
  if (node.kind === "binary") return node.operator === "=" || node.operator === "<=>" ? [node.left, node.right] : null;
  if (node.kind !== "in-list") return null;
  const [item, ...others] = node.items;
  return item === undefined || others.length > 0 || isList(item) ? null : [node.operand, item];
}

/** True of `:ids...`, which may be several values. */
export function isList(node: Expression | undefined): boolean {
  return node?.kind === "parameter" && node.token.list;
}

/** What follows from `a = b`, `a = 5` and `a IS NULL`. */
export function equalities(
  conditions: readonly Expression[],
  bound: ReadonlyMap<ColumnName, Bound>,
  own: ReadonlySet<Scope>,
): Dependency[] {
  const attribute = (node: Expression): string | null => {
    const meant = node.kind === "column" ? bound.get(node) : undefined;
    return meant !== undefined && own.has(meant.scope) ? attributeOf(meant) : null;
  };
  /** A value that is the same for every row: it names no column of this query. */
  const isFixed = (node: Expression): boolean =>
    columnsIn(node).every((column) => {
      const meant = bound.get(column);
      return meant !== undefined && !own.has(meant.scope);
    }) && node.kind !== "subquery";
  return conditions.flatMap((condition): Dependency[] => {
    if (condition.kind === "null-test" && !condition.not) {
      const one = attribute(condition.operand);
      return one === null ? [] : [{ from: [], to: [one] }];
    }
    const both = equated(condition);
    if (both === null) return [];
    const [left, right] = both;
    const [here, there] = [attribute(left), attribute(right)];
    const dependencies: Dependency[] = [];
    if (here !== null && there !== null) dependencies.push(...equalColumns(here, there));
    if (here !== null && there === null && isFixed(right)) dependencies.push({ from: [], to: [here] });
    if (there !== null && here === null && isFixed(left)) dependencies.push({ from: [], to: [there] });
    return dependencies;
  });
}
