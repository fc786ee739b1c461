import type { ColumnName, Expression } from "../tree/nodes.ts";
import type { Type } from "./type.ts";

/** A column that a comparison bounds, and whether by what an execution knows before it reads rows. */
export interface ColumnBound {
  readonly name: string;
  readonly isGiven: boolean;
}

/** A column that a FROM clause offers. */
export interface RelationColumn {
  readonly name: string;
  readonly type: Type;
  /** The number of characters or bytes that every value has: a CHAR's or BINARY's. */
  readonly full?: number;
  /** True where SQLite takes shorter ones in such a column, too. */
  readonly short?: boolean;
  /** True for a subquery in the list of a query in brackets. */
  readonly subquery?: boolean;
  /** True where such a subquery reads what another query in brackets computes. */
  readonly asksComputed?: boolean;
  /** The quotients that are selected for it, of which MariaDB has more digits than it shows. */
  readonly hides?: readonly Expression[];
  /** True for a column that MariaDB calls JSON, whose text Bun's client parses. */
  readonly json?: boolean;
  /** True for a table's column whose texts SQLite compares byte by byte, also where a query in brackets selects it. */
  readonly binary?: boolean;
  /** What that list computes; absent where it selects a column of a table. */
  readonly computed?: Computed;
}

/** An expression in the list of a query in brackets. */
export interface Computed {
  /** True where MariaDB may take it for a value although an outer join found no row. */
  readonly remains: boolean;
  /** True where it is NULL when the columns of that query's tables are. */
  readonly nullOfNulls: boolean;
  /** True where that query joins tables. */
  readonly overJoin: boolean;
}

/** A table, or a query in brackets, in a FROM clause. */
export interface Relation {
  readonly alias: string;
  readonly columns: readonly RelationColumn[];
  /** The sets of columns that no two rows share. An empty set says that there is one row at most. */
  readonly keys: readonly (readonly string[])[];
  /** True for a view that MariaDB reads as if its tables stood here; a query in brackets it stores. */
  readonly merged: boolean;
  /** How such a view joins tables, or one that it reads; null where none does. */
  readonly joins: "inner" | "outer" | null;
  /** True for a query in brackets or of WITH, whose rows MariaDB stores first, and for a view, whose rows it may store. */
  readonly stored: boolean;
  /** True for a query in brackets, absent for a table of WITH. */
  readonly bracketed?: true;
  /** Columns of a unique key that may be NULL: MariaDB finds one of their rows at most by `<=> NULL`. */
  readonly loose: ReadonlySet<string>;
  /** The unique keys with such columns: `=` finds one row at most by them. */
  readonly nullableKeys?: readonly (readonly string[])[];
  /** True where an outer join may have found no row of it. */
  readonly filled?: boolean;
  /** A subquery in the list of a merged view, for which its WHERE asks. */
  readonly asked?: ColumnName | null;
  /** In a merged view, a column of another one that joins tables, read in a subquery. */
  readonly readBelow?: ColumnName | null;
  /** True for a query that an execution's parameters may leave without rows. */
  readonly mayBeEmpty?: boolean;
  /** The columns of a query that its own conditions bound: MariaDB adds those of the query around to them. */
  readonly bounds?: readonly ColumnBound[];
  /** True for a merged view with a condition that parameters alone may decide. */
  readonly decided?: boolean;
  /** Columns that USING shows only once. */
  readonly hidden: ReadonlySet<string>;
  readonly constants: Constants;
}

/** Columns of a merged view that may have one value in all of its rows. */
export interface Constants {
  readonly always: readonly string[];
  /** In all of its rows, where an outer join has found one. */
  readonly found: readonly string[];
  /** Where the values of parameters say so, group by group. */
  readonly switched: readonly (readonly string[])[];
  /** In some execution, or always. */
  readonly single: readonly string[];
  /** What follows from a column that is never NULL. */
  readonly determined?: readonly { readonly by: string; readonly names: readonly string[] }[];
}

/** What a name can mean at a place: the tables of this query, and those of the queries around it. */
export interface Scope {
  readonly relations: readonly Relation[];
  readonly parent: Scope | null;
  /** The WITH tables that are visible. */
  readonly named: ReadonlyMap<string, Result>;
  /** The aliases of the SELECT list, where they are visible: GROUP BY, HAVING and ORDER BY. */
  readonly aliases: ReadonlyMap<string, Aliased>;
  /** True in a query with GROUP BY, whose groups have one row at least. */
  readonly grouped: boolean;
}

/** An item of a SELECT list. */
export interface Aliased {
  readonly type: Type;
  /** The column that the item is, when it is nothing else. */
  readonly bound: Bound | null;
}

/** What a column name turned out to mean. */
export interface Bound {
  readonly scope: Scope;
  readonly relation: Relation;
  readonly column: RelationColumn;
}

/** The rows of a query. */
export interface Result {
  readonly columns: readonly RelationColumn[];
  readonly keys: readonly (readonly string[])[];
  /** Null unless it is the SELECT of a view, and no more than columns of tables and a WHERE. */
  readonly mergeable: Constants | null;
  /** How it joins tables, or a merged view that it reads. */
  readonly joins?: Relation["joins"];
  /** Columns of any other query to which a parameter may give one value, because it leaves one row. */
  readonly switched?: readonly (readonly string[])[];
  /** All columns of such a query, if an execution may leave one row of it. */
  readonly single?: readonly string[];
  /** What MariaDB does not find any more once it has merged this query. */
  readonly forgotten?: ColumnName | null;
  /** What MariaDB does not take for NULL any more once it has merged this query. */
  readonly unfilled?: ColumnName | null;
  /** A subquery in the list of a merged view, for which its WHERE asks. */
  readonly asked?: ColumnName | null;
  /** A column of a merged view that joins tables, read in a subquery. */
  readonly readBelow?: ColumnName | null;
  /** True where an execution's parameters may leave it without rows. */
  readonly mayBeEmpty?: boolean;
  /** The columns that its own conditions bound. */
  readonly bounds?: readonly ColumnBound[];
  /** True where parameters alone may decide one of its conditions. */
  readonly decided?: boolean;
  /** True for a table that WITH RECURSIVE makes of itself. */
  readonly recursive?: boolean;
  /** At most one row, or exactly one. */
  readonly rows: "many" | "one-at-most" | "one";
}

export function sameName(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

/** What a name means, from the innermost query outwards; null when no engine would know it, or it is ambiguous. */
export function lookUp(name: ColumnName, scope: Scope): Bound | null {
  for (let here: Scope | null = scope; here !== null; here = here.parent) {
    const found = candidates(name, here);
    if (found.length > 1) return null;
    const [only] = found;
    if (only !== undefined) return only;
  }
  return null;
}

/** What a name may mean among the tables of one query. */
export function candidates(name: ColumnName, scope: Scope): readonly Bound[] {
  return scope.relations.flatMap((relation) => {
    if (name.table !== null && !sameName(relation.alias, name.table)) return [];
    const column = relation.columns.find((one) => sameName(one.name, name.name));
    if (column === undefined || (name.table === null && relation.hidden.has(column.name.toLowerCase()))) return [];
    return [{ scope, relation, column }];
  });
}

/** True for a query around the one that a scope belongs to. */
export function isAround(outer: Scope, { parent }: Scope): boolean {
  for (let here = parent; here !== null; here = here.parent) if (here.relations === outer.relations) return true;
  return false;
}
