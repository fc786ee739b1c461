import type { Delete, Expression, Update } from "../../tree/nodes.ts";
import type { Table } from "../../types/catalog.ts";
import { type Context, refuse } from "../context.ts";
import { type Scope, sameName } from "../scope.ts";
import { columnsIn, queriesIn, tablesIn } from "../walk.ts";
import { closure, conjuncts, equalities, isOneRow, keyDependencies } from "./keys.ts";

/** True when a condition names a unique key of the one table. */
function isOnlyRow(where: Expression | null, scope: Scope, context: Context): boolean {
  const known = where === null ? [] : equalities(conjuncts(where), context.bound, new Set([scope]));
  return isOneRow(scope.relations, closure([], [...known, ...keyDependencies(scope.relations)]));
}

/** A unique key that is computed row by row collides or not by the order of the rows, which no engine promises. */
export function checkKeys(node: Update, table: Table, scope: Scope, context: Context): void {
  if (isOnlyRow(node.where, scope, context)) return;
  const keys = [table.primaryKey, ...table.uniqueKeys].flat();
  for (const { column, value } of node.assignments)
    if (keys.some((name) => sameName(name, column)) && [...columnsIn(value)].some((one) => context.bound.has(one)))
      refuse(
        context,
        "write",
        `${table.name}.${column} is part of a unique key and is computed for several rows, which collide in another order on each engine: update one row by its key`,
        value,
      );
}

/** A subquery over the written table that looks at the row being written sees rows that SQLite has already changed. */
export function checkOwnRows(
  parts: readonly (Expression | null)[],
  table: Table,
  scope: Scope,
  context: Context,
): void {
  for (const query of queriesIn(parts)) {
    const reads = tablesIn(query).some((name) => name === table.name);
    const looks = [...columnsIn(query)].some((one) => context.bound.get(one)?.scope.relations === scope.relations);
    if (reads && looks)
      refuse(
        context,
        "write",
        `this subquery reads ${table.name} for each row of it that is written, and SQLite shows it the rows written before: read first, then write`,
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
  if (going.size === 1 && isOnlyRow(node.where, scope, context)) return;
  const names = new Set([...going].map(({ name }) => name));
  for (const { name, foreignKeys } of going) {
    const stays = foreignKeys.find(
      (key) => names.has(key.table) && (key.onDelete === "RESTRICT" || key.onDelete === "SET DEFAULT"),
    );
    if (stays !== undefined)
      refuse(
        context,
        "write",
        `DELETE FROM ${table.name}: ${name}.${stays.columns.join(", ")} forbids what also deletes the rows of ${name}: MariaDB refuses it, SQLite may not; delete the rows that refer first`,
        null,
      );
  }
}
