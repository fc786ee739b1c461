import type { Delete, Expression, Insert, Place, Update } from "../../tree/nodes.ts";
import type { Catalog, ForeignKey, Table } from "../../types/catalog.ts";
import { isOfSeveral, setByTriggers, withDerived } from "../../types/derived.ts";
import { isIn } from "../../types/triggers.ts";
import { type Context, quoted, refuse } from "../context.ts";
import { closure, conjuncts, equalities, isOneRow, keyDependencies } from "../queries/keys.ts";
import { type Scope, sameName } from "../scope.ts";
import { columnsIn, nodesIn, queriesIn, tablesIn } from "../walk.ts";

/** True when a condition names a unique key of the one table. */
export function isOnlyRow(where: Expression | null, scope: Scope, context: Context): boolean {
  const known = where === null ? [] : equalities(conjuncts(where), context.bound, new Set([scope]));
  return isOneRow(scope.relations, closure([], [...known, ...keyDependencies(scope.relations)]));
}

/** A unique key that is computed row by row collides or not by the order of the rows, which no engine promises. */
export function checkKeys(node: Update, table: Table, scope: Scope, context: Context): void {
  if (isOnlyRow(node.where, scope, context)) return;
  const say = (words: string, place: Place | null): void =>
    refuse(
      context,
      "write",
      `${table.name}.${words} is part of a unique key and is computed for several rows, which collide in another order on each engine: update one row by its key`,
      place,
    );
  const keys = [table.primaryKey, ...table.uniqueKeys].flat();
  for (const { column, value } of node.assignments) {
    const isComputed = columnsIn(value).some((one) => context.bound.has(one));
    const key = withDerived(table, [column]).find(
      (name) => isIn(keys, name) && (isComputed || isOfSeveral(table, name)),
    );
    if (key !== undefined) say(sameName(key, column) ? column : `${key}, which is generated from ${column},`, value);
  }
  const key = setByTriggers(table, "UPDATE").find((name) => isIn(keys, name));
  if (key !== undefined) say(`${key}, which a trigger sets,`, null);
}

/** SIMULTANEOUS_ASSIGNMENT keeps the old values for what follows, but not for the subqueries in it. */
export function checkAssigned(node: Update, scope: Scope, context: Context): void {
  for (const { column, value } of node.assignments)
    for (const query of queriesIn(value))
      for (const name of columnsIn(query)) {
        const bound = context.bound.get(name);
        const isOther = node.assignments.some(
          (other) => other.column !== column && sameName(other.column, bound?.column.name ?? ""),
        );
        if (bound?.scope.relations === scope.relations && isOther)
          refuse(
            context,
            "write",
            `${quoted(name)} is assigned too, and MariaDB shows this subquery its new value: read first, then write`,
            name,
          );
      }
}

/** The tables that a part of the tree reads, also those behind the views that it names. */
export function tablesRead(node: unknown, catalog: Catalog): ReadonlySet<string> {
  const names = new Set(tablesIn(node));
  for (const name of names) for (const read of catalog.get(name)?.reads ?? []) names.add(read);
  return names;
}

/** A subquery over the written table that looks at the row being written sees rows that SQLite has already changed. */
export function checkOwnRows(
  parts: readonly (Expression | null)[],
  table: Table,
  scope: Scope,
  context: Context,
): void {
  for (const query of queriesIn(parts)) {
    const reads = tablesRead(query, context.catalog).has(table.name);
    const looks = columnsIn(query).some((one) => context.bound.get(one)?.scope.relations === scope.relations);
    if (reads && looks)
      refuse(
        context,
        "write",
        `this subquery reads ${table.name} anew for each row that is written, and SQLite shows it what was written before: find the rows in one query, WHERE id IN (SELECT o.id FROM .. JOIN ..), or read first, then write`,
        query,
      );
  }
}

/**
 * MariaDB asks at each row whether another one refers to it, SQLite at the end of the statement, when the row that
 * refers to it may be gone, too.
 */
export function checkReferences(node: Delete, table: Table, scope: Scope, context: Context): void {
  const going = new Set([table]);
  for (const gone of going)
    for (const other of context.catalog.values())
      if (other.foreignKeys.some((key) => key.table === gone.name && key.onDelete === "CASCADE")) going.add(other);
  checkReads(node, going, scope, context);
  if (going.size === 1 && isOnlyRow(node.where, scope, context)) return;
  const names = new Set([...going].map(({ name }) => name));
  for (const { name, foreignKeys } of going) {
    const stays = foreignKeys.find(
      (key) => names.has(key.table) && (key.onDelete === "RESTRICT" || key.onDelete === "SET DEFAULT"),
    );
    if (stays === undefined) continue;
    const what = `DELETE FROM ${table.name}: ${name}.${stays.columns.join(", ")} forbids what also deletes the rows of`;
    refuse(
      context,
      "write",
      going.size === 1
        ? `${what} ${name}: MariaDB refuses it, SQLite may not; delete one row by its key, or give that key ON DELETE CASCADE or SET NULL`
        : `${what} ${name}: MariaDB refuses it, SQLite may not; give that key ON DELETE CASCADE or SET NULL, or write /* waive write: reason */ where no row is left that it forbids`,
      null,
    );
  }
}

/** MariaDB looks into the subqueries of WHERE again for each row, when the rows that referred to the last one are gone. */
function checkReads(node: Delete, going: ReadonlySet<Table>, scope: Scope, context: Context): void {
  if (isOnlyRow(node.where, scope, context)) return;
  const names = new Set([...going].map(({ name }) => name));
  const changed = [...context.catalog.values()].filter(({ foreignKeys }) =>
    foreignKeys.some((key) => names.has(key.table) && (key.onDelete === "CASCADE" || key.onDelete === "SET NULL")),
  );
  for (const query of queriesIn(node.where)) {
    const read = changed.find(({ name }) => tablesRead(query, context.catalog).has(name));
    if (read !== undefined)
      refuse(
        context,
        "write",
        `this subquery reads ${read.name}, whose rows go with those of ${node.table}, and MariaDB misses them: read first, then delete`,
        query,
      );
  }
}

/**
 * MariaDB looks for the parent of each row at once, SQLite at the end of the statement, when a later row may be that
 * parent, or may have taken the reference back.
 */
export function checkParents({ columns, source, conflict }: Insert, table: Table, context: Context): void {
  if (source.kind === "rows" && source.rows.length === 1) return;
  const assigned = withDerived(table, conflict?.assignments.map(({ column }) => column) ?? []);
  const changed = assigned.length === 0 ? [] : [...assigned, ...setByTriggers(table, "UPDATE")];
  const filled = [...filledBeside(columns, table), ...setByTriggers(table, "INSERT")];
  for (const key of table.foreignKeys) {
    const isSet = (name: string): boolean => isIn(changed, name);
    const isGiven = (name: string): boolean =>
      columns.some((column, at) => sameName(column, name) && !isNull(source, at)) || isIn(filled, name);
    if (key.columns.some(isSet))
      refuse(
        context,
        "write",
        `ON CONFLICT of several rows sets ${key.columns.join(", ")}, which MariaDB looks up for each row and SQLite at the end: write one row at a time`,
        conflict,
      );
    else if (key.table === table.name && key.columns.every(isGiven) && !readsParents(columns, source, key, context))
      refuse(
        context,
        "write",
        `${table.name}.${key.columns.join(", ")} refers to ${table.name} itself: MariaDB refuses a row before its parent, SQLite does not; insert one row at a time`,
        null,
      );
  }
}

/** The columns that an INSERT leaves out and that get a value all the same: a default or what they are computed from. */
function filledBeside(columns: readonly string[], table: Table): readonly string[] {
  return [...table.columns.values()].flatMap(({ name, filled }) => (filled && !isIn(columns, name) ? [name] : []));
}

/** True for INSERT .. SELECT whose parents are the rows that it reads, which are there before. */
function readsParents(
  columns: readonly string[],
  source: Insert["source"],
  key: ForeignKey,
  { bound }: Context,
): boolean {
  if (source.kind !== "query") return false;
  const { first, others, tables } = source.query;
  if (others.length > 0 || tables.length > 0 || !first.items.every(({ kind }) => kind === "value")) return false;
  const read = key.columns.map((name, place) => {
    const item = first.items[columns.findIndex((column) => sameName(column, name))];
    const meant = item?.kind === "value" && item.value.kind === "column" ? bound.get(item.value) : undefined;
    return sameName(meant?.column.name ?? "", key.referenced[place] ?? "-") ? meant?.relation : undefined;
  });
  const [relation] = read;
  if (relation === undefined || relation.merged || relation.stored || read.some((one) => one !== relation))
    return false;
  return nodesIn(first.source).some(
    (node) =>
      "kind" in node &&
      node.kind === "table" &&
      "name" in node &&
      "alias" in node &&
      node.alias === relation.alias &&
      sameName(String(node.name), key.table),
  );
}

/** From the second row on, each engine shows a subquery over the written table other rows. */
export function checkRows({ source, conflict }: Insert, table: Table, context: Context): void {
  if (source.kind !== "rows" || source.rows.length === 1) return;
  for (const query of queriesIn([source.rows.slice(1), conflict]))
    if (tablesRead(query, context.catalog).has(table.name))
      refuse(
        context,
        "write",
        `this subquery reads ${table.name}, into which several rows go, and each engine shows it others of them: read first, then write`,
        query,
      );
}

function isNull(source: Insert["source"], at: number): boolean {
  return source.kind === "rows" && source.rows.every((row) => row[at]?.kind === "null");
}
