import type { Source } from "../tree/nodes.ts";
import type { Column, Table } from "../types/catalog.ts";
import { type Context, isSqliteAlone } from "./context.ts";
import { type Constants, type Relation, type Result, sameName } from "./scope.ts";
import {
  decimalOf,
  integerType,
  type Range,
  safeRange,
  storedRange,
  type Type,
  textOf,
  truth,
  unknown,
  withBytes,
  withNull,
  withSign,
} from "./type.ts";
import { joinsOuter } from "./walk.ts";

const nothing: ReadonlySet<string> = new Set();
const none: Constants = { always: [], found: [], switched: [], single: [] };

/** A table of the schema as a relation. */
export function tableRelation(table: Table, alias: string, context: Context): Relation {
  const columns = [...table.columns.values()].map((column) => ({
    name: column.name,
    type: isOfAnyType(table, column, context) ? unknown : columnType(table.name, column, context),
    ...(column.json === true ? { json: true } : {}),
    ...(isBinary(table, column, context) ? { binary: true } : {}),
    ...(column.fixed && column.length !== null ? { full: column.length } : {}),
    ...(column.fixed && column.type === "text" && !context.refusesShorter(table.name, column.name)
      ? { short: true }
      : {}),
  }));
  const never = (name: string): boolean => table.columns.get(name)?.nullable === false;
  const keys = [table.primaryKey, ...table.uniqueKeys].filter((key) => key.length > 0 && key.every(never));
  const loose = new Set(table.uniqueKeys.flat().filter((name) => !never(name)));
  const nullableKeys = table.uniqueKeys.filter((key) => !key.every(never));
  const { view } = table;
  const result = view ? viewResult(table, context) : null;
  if (result !== null) return { ...resultRelation(result, alias), stored: true };
  const joins = view ? "outer" : null;
  const merging = { merged: view, joins, stored: view, constants: none } as const;
  return { alias, columns, keys, ...merging, loose, nullableKeys, hidden: nothing };
}

/** True for a text that SQLite compares by its bytes. Beside MariaDB, the catalog is that one's. */
function isBinary({ name, view }: Table, { name: column, collation, type }: Column, context: Context): boolean {
  if (type !== "text" || view) return false;
  return isSqliteAlone(context) ? collation === "BINARY" : context.comparesAlike(name, column);
}

/** The rows of a view, which MariaDB reads as it reads a query in brackets; what is wrong with it is said of the view. */
function viewResult({ name, columns }: Table, context: Context): Result | null {
  const query = context.viewQuery(name);
  if (query === null) return null;
  const own = { findings: [], doubts: [], edits: new Map(), spelled: new Map(), bound: new Map(), outermost: null };
  const result = context.typers.query(query, null, new Map(), {
    ...context,
    ...own,
    writes: false,
    merges: true,
  });
  return renamed(
    result,
    [...columns.values()].map(({ name: column }) => column),
  );
}

/**
 * The type that SQLite gives a column of a view whose text is not read. BLOB and NUM stand for what may be of any type,
 * such as a UNION of numbers and texts (sqlite3SubqueryColumnTypes in SQLite's select.c).
 */
function isOfAnyType({ view }: Table, { declared }: Column, context: Context): boolean {
  return view && isSqliteAlone(context) && /^(BLOB|NUM)?$/i.test(declared);
}

/** The type of a column's values. */
export function columnType(table: string, column: Column, context: Context): Type {
  const { nullable } = column;
  switch (column.type) {
    case "integer":
    case "bigint": {
      const type = integerType(context.exact ? (column.range ?? storedRange) : readRange(column.range), nullable);
      return withSign(type, !column.declared.includes("unsigned"));
    }
    case "boolean":
      return truth(nullable);
    case "decimal":
      return decimalOf(column.scale, readRange(column.range), nullable);
    case "text":
      return padded(columnText(column, context.comparesAlike(table, column.name)), table, column, context);
    case "double":
    case "datetime":
    case "date":
      return { kind: column.type, nullable };
    case "blob":
      return withBytes({ kind: "blob", nullable }, column.bytes);
    case null:
      return withNull(unknown, nullable);
  }
}

function columnText({ declared, members, length, bytes, nullable }: Column, isExact: boolean): Type {
  // The members of a SET are all its combinations.
  const longest = members === null ? length : Math.max(0, ...members.map((member) => [...member].length));
  const type = withBytes(textOf(isExact ? "exact" : "folding", longest, nullable), bytes);
  const [, listed] = /^(enum|set)\(/.exec(declared) ?? [];
  if (type.kind !== "text" || (listed !== "enum" && listed !== "set")) return type;
  return { ...type, listed, ...(members === null ? {} : { values: members }) };
}

/** Where SQLite's CHECK asks for the whole length, nothing is filled up. */
function padded(type: Type, table: string, column: Column, context: Context): Type {
  const isWhole = !column.fixed || context.refusesShorter(table, column.name);
  return type.kind === "text" && !isWhole ? { ...type, padded: true } : type;
}

/** No program writes or reads a number beyond 2^53, so no stored value is beyond it. */
function readRange(range: Range | null): Range {
  if (range === null) return safeRange;
  return {
    min: range.min < safeRange.min ? safeRange.min : range.min,
    max: range.max > safeRange.max ? safeRange.max : range.max,
  };
}

/** The rows of a query under an alias. */
export function resultRelation(result: Result, alias: string): Relation {
  const keys = result.rows === "many" ? result.keys : [[], ...result.keys];
  const { mergeable, switched = [], single = [] } = result;
  const stored = result.columns.map(({ name, type, json, binary }) => ({
    ...{ name, type },
    ...(json === true ? { json } : {}),
    ...(binary === true ? { binary } : {}),
  }));
  return {
    alias,
    columns: mergeable === null ? stored : result.columns,
    keys,
    merged: mergeable !== null,
    joins: mergeable === null ? null : (result.joins ?? null),
    asked: mergeable === null ? null : (result.asked ?? null),
    readBelow: mergeable === null ? null : (result.readBelow ?? null),
    decided: mergeable !== null && result.decided === true,
    mayBeEmpty: result.mayBeEmpty === true,
    bounds: result.bounds ?? [],
    stored: mergeable === null,
    loose: nothing,
    hidden: nothing,
    constants: mergeable ?? { ...none, switched, single },
  };
}

/** How MariaDB joins the tables of a FROM clause, also those of the queries that it merges. */
export function joinsIn(source: Source | null, relations: readonly Relation[]): Relation["joins"] {
  const inner = relations.map(({ joins }) => joins);
  if (joinsOuter(source) || inner.includes("outer")) return "outer";
  return relations.length > 1 || inner.includes("inner") ? "inner" : null;
}

/** The rows under other names. */
export function renamed(result: Result, names: readonly string[] | null): Result {
  if (names === null || names.length !== result.columns.length) return result;
  const { columns: before } = result;
  if (before.every(({ name }, index) => name === names[index])) return result;
  const newName = (name: string): string => names[before.findIndex((one) => sameName(one.name, name))] ?? name;
  const columns = result.columns.map((column, index) => ({ ...column, name: names[index] ?? "" }));
  const { mergeable: inner } = result;
  const mergeable = inner && {
    always: inner.always.map(newName),
    found: inner.found.map(newName),
    switched: inner.switched.map((group) => group.map(newName)),
    single: inner.single.map(newName),
    determined: (inner.determined ?? []).map(({ by, names: all }) => ({ by: newName(by), names: all.map(newName) })),
  };
  const switched = (result.switched ?? []).map((group) => group.map(newName));
  const single = (result.single ?? []).map(newName);
  return { ...result, columns, keys: [], mergeable, switched, single };
}

/** The relation when an outer join can fill it with NULLs. */
export function outer(relation: Relation): Relation {
  const columns = relation.columns.map((column) => ({ ...column, type: withNull(column.type, true) }));
  return { ...relation, columns, filled: true, constants: { ...relation.constants, always: [] } };
}
