// INSERT, UPDATE and DELETE: `stored` checks each value that a column gets, `written-rows` what depends on the order in
// which an engine writes rows, `returning` what a write gives back, `triggers` and `actions` what they and foreign keys
// write besides.
import { written } from "../../parse/statement.ts";
import type { Assignment, Conflict, Cut, Delete, Expression, Insert, Place, Query, Update } from "../../tree/nodes.ts";
import type { Table } from "../../types/catalog.ts";
import { setByTriggers } from "../../types/derived.ts";
import { isIn } from "../../types/triggers.ts";
import { argument } from "../argument.ts";
import { type Context, edit, keyOf, quoted, refuse } from "../context.ts";
import { condition } from "../operators.ts";
import { separateQueries } from "../queries/joins/semijoins.ts";
import type { Selected } from "../queries/typed-select.ts";
import { tableRelation } from "../relations.ts";
import { repeatInsert } from "../reruns.ts";
import { type Relation, type Scope, sameName } from "../scope.ts";
import { columnsIn, hasParameter, queriesIn } from "../walk.ts";
import { checkEmptied, checkFollowing, checkOwnKeys } from "./actions.ts";
import { checkLateInserts, checkLateReads } from "./late-reads.ts";
import { checkNumbers, typeOfReturning } from "./returning.ts";
import { columnNamed, store } from "./stored.ts";
import { checkTriggers } from "./triggers.ts";
import { checkAssigned, checkKeys, checkOwnRows, checkParents, checkReferences, checkRows } from "./written-rows.ts";

const noNames: Scope["named"] = new Map();
const noAliases: Scope["aliases"] = new Map();

function scopeOf(relations: readonly Relation[]): Scope {
  return { relations, parent: null, named: noNames, aliases: noAliases, grouped: false };
}

export function typeOfInsert(node: Insert, context: Context): Selected[] {
  const table = context.catalog.get(node.table);
  if (table === undefined) return [];
  checkColumns(node, table, context);
  const empty = scopeOf([]);
  if (node.source.kind === "rows") {
    for (const row of node.source.rows)
      for (const [index, value] of row.entries()) assignTo(table, node.columns[index], value, empty, context);
  } else insertFrom(node, node.source.query, table, context);
  if (node.conflict !== null) typeOfConflict(node, node.conflict, table, context);
  if (context.mode === "both") {
    checkTriggers(node, table, context);
    checkOwnKeys(node.conflict?.assignments ?? [], table, context);
    checkParents(node, table, context);
    checkRows(node, table, context);
    checkLateInserts(node, table, context);
    checkNumbers(node, table, context);
  }
  return typeOfReturning(node.returning, scopeOf([tableRelation(table, table.name, context)]), context);
}

function checkColumns(node: Insert, table: Table, context: Context): void {
  // Of a column that does not exist, the engines tell.
  if (node.columns.some((name) => columnNamed(table, name) === undefined)) return;
  checkTwice(
    node.columns.map((column) => ({ column, place: null })),
    context,
  );
  for (const column of table.columns.values())
    if (!column.hasDefault && !node.columns.some((name) => sameName(name, column.name)))
      refuse(
        context,
        "write",
        `INSERT INTO ${table.name} leaves out ${column.name}, which is NOT NULL without a default`,
        null,
      );
}

/** INSERT .. SELECT: every selected value is stored in the column at its place. */
function insertFrom(node: Insert, query: Query, table: Table, context: Context): void {
  const { columns } = context.typers.query(query, null, noNames, context);
  repeatInsert(node, query, context);
  const items = query.first.items;
  const plain = query.others.length === 0 && items.every((item) => item.kind === "value");
  for (const [index, { type }] of columns.entries()) {
    const item = plain ? items[index] : undefined;
    const value: Expression = item?.kind === "value" ? item.value : { kind: "null", from: query.from, to: query.to };
    const literal = item?.kind === "value" && ["number", "text", "truth", "null"].includes(item.value.kind);
    if (item?.kind === "value" && item.value.kind === "parameter") {
      // It takes the column's type, so MariaDB needs no cast.
      context.edits.delete(keyOf("mariadb", value));
      const asked = context.parameters.typeOf(item.value.token.name);
      store(table, node.columns[index], { node: value, type: asked }, context);
    } else
      store(
        table,
        node.columns[index],
        { node: value, type: literal ? context.typers.expression(value, scopeOf([]), context) : type },
        context,
      );
  }
}

function assignTo(table: Table, name: string | undefined, value: Expression, scope: Scope, context: Context): void {
  store(table, name, argument(value, scope, context), context);
}

export function typeOfUpdate(node: Update, context: Context): Selected[] {
  const table = context.catalog.get(node.table);
  if (table === undefined) return [];
  const scope = scopeOf([tableRelation(table, node.alias, context)]);
  if (node.where !== null) condition(argument(node.where, scope, context), context);
  separateQueries([node.where], scope, context);
  typeOfCut(node.cut, scope, context);
  for (const { column, value } of node.assignments) assignTo(table, column, value, scope, context);
  checkTwice(placed(node.assignments), context);
  if (context.mode === "both") {
    checkTriggers(node, table, context);
    checkOwnKeys(node.assignments, table, context);
    checkOwnRows([node.where, ...node.assignments.map(({ value }) => value)], table, scope, context);
    checkLateReads(
      node.where,
      node.assignments.map(({ value }) => value),
      table,
      context,
    );
    checkKeys(node, table, scope, context);
    checkAssigned(node, scope, context);
    checkFollowing(node, table, scope, context);
  }
  return typeOfReturning(node.returning, scopeOf([tableRelation(table, table.name, context)]), context);
}

/** A column that gets a value, and where; null when the statement as a whole says so. */
interface Written {
  readonly column: string;
  readonly place: Place | null;
}

function typeOfCut({ order, limit }: Cut, scope: Scope, context: Context): void {
  for (const { value } of order) context.typers.expression(value, scope, context);
  if (limit?.kind === "parameter") context.parameters.counting(limit.token.name);
  else if (limit !== null) context.typers.expression(limit, scope, context);
}

function placed(assignments: readonly Assignment[]): readonly Written[] {
  return assignments.map((place) => ({ column: place.column, place }));
}

function checkTwice(given: readonly Written[], context: Context): void {
  for (const [index, { column, place }] of given.entries())
    if (given.findIndex((other) => sameName(other.column, column)) < index)
      refuse(context, "write", `${column} is assigned twice`, place);
}

export function typeOfDelete(node: Delete, context: Context): Selected[] {
  const table = context.catalog.get(node.table);
  if (table === undefined) return [];
  const scope = scopeOf([tableRelation(table, node.table, context)]);
  if (node.where !== null) condition(argument(node.where, scope, context), context);
  separateQueries([node.where], scope, context);
  typeOfCut(node.cut, scope, context);
  if (context.mode === "both") {
    checkTriggers(node, table, context);
    checkOwnRows([node.where], table, scope, context);
    checkLateReads(node.where, [], table, context);
    checkReferences(node, table, scope, context);
    checkEmptied(node, table, scope, context);
  }
  return typeOfReturning(node.returning, scopeOf([tableRelation(table, table.name, context)]), context);
}

/** MariaDB updates on a conflict with any unique key, SQLite only with the named one: it must be the only one. */
function typeOfConflict(node: Insert, conflict: Conflict, table: Table, context: Context): void {
  const scope = scopeOf([
    tableRelation(table, node.table, context),
    {
      ...tableRelation(table, "excluded", context),
      hidden: new Set([...table.columns.keys()].map((name) => name.toLowerCase())),
    },
  ]);
  for (const { column, value } of conflict.assignments) assignTo(table, column, value, scope, context);
  checkTwice(placed(conflict.assignments), context);
  if (conflict.where !== null) {
    condition(argument(conflict.where, scope, context), context);
    if (context.mode !== "sqlite") conditional(node, conflict, conflict.where, context);
  }
  if (context.mode === "both") {
    checkBelow(conflict, context);
    checkConflict(node, conflict, table, context);
    checkExcluded(node, conflict, table, context);
  }
}

/** MariaDB writes `excluded.x` as VALUES(x), which begins rows of their own in a subquery. */
function checkBelow(conflict: Conflict, context: Context): void {
  for (const name of columnsIn(queriesIn([conflict.assignments, conflict.where])))
    if (context.bound.get(name)?.relation.alias === "excluded")
      refuse(
        context,
        "write",
        `${quoted(name)} in a subquery, where MariaDB does not know the row: compare with what is inserted, a parameter or a value`,
        name,
      );
}

/** Of a row that is not inserted, MariaDB has no number yet, or one that it would have got. */
function checkExcluded({ columns }: Insert, conflict: Conflict, table: Table, context: Context): void {
  for (const name of columnsIn([conflict.assignments, conflict.where])) {
    const bound = context.bound.get(name);
    if (bound?.relation.alias !== "excluded" || columns.some((one) => sameName(one, name.name))) continue;
    if (columnNamed(table, name.name)?.numbered === true)
      refuse(
        context,
        "write",
        `${quoted(name)} is a number that this INSERT does not give: each engine has another one, or none`,
        name,
      );
  }
}

/** MariaDB has no WHERE after DO UPDATE: there, each column gets its value or keeps its own. */
function conditional(node: Insert, conflict: Conflict, where: Expression, context: Context): void {
  if (hasParameter(where))
    refuse(context, "write", "WHERE after DO UPDATE takes no parameter: compare with excluded.column", where);
  if (node.returning.length > 0)
    refuse(
      context,
      "write",
      "DO UPDATE .. WHERE .. RETURNING returns a row on MariaDB alone: leave out RETURNING",
      where,
    );
  const place = (at: number): Place => ({ from: at, to: at });
  for (const { column, value } of conflict.assignments) {
    edit(context, "mariadb", place(value.from), `CASE WHEN ${written(where.from, where.to)} THEN `);
    edit(context, "mariadb", place(value.to), ` ELSE "${column}" END`);
  }
  const last = conflict.assignments.at(-1);
  if (last !== undefined) edit(context, "mariadb", { from: last.to, to: conflict.to }, "");
}

function checkConflict(node: Insert, conflict: Conflict, table: Table, context: Context): void {
  const say = (message: string, place: Place = conflict): void => refuse(context, "write", message, place);
  const key = conflict.columns.join(", ");
  const keys = [table.primaryKey, ...table.uniqueKeys].filter((columns) => columns.length > 0);
  const isKey = keys.some((columns) => sameSet(columns, conflict.columns));
  const set = setByTriggers(table, "INSERT");
  const isSet = (column: string): boolean => isIn(set, column);
  if (conflict.columns.some(isSet))
    say(
      `ON CONFLICT (${key}): a trigger sets it, on MariaDB before it looks for the row and on SQLite after: select first, then INSERT or UPDATE in the same transaction`,
    );
  if (!isKey) say(`ON CONFLICT (${key}): ${table.name} has no such unique key`);
  for (const other of isKey ? keys : [])
    if (
      !sameSet(other, conflict.columns) &&
      other.every((column) => isFilled(table, column, node.columns) || isSet(column)) &&
      !other.some((column) => isNullIn(node, column) && !isSet(column))
    )
      say(
        `ON CONFLICT (${key}): the INSERT also fills the unique key (${other.join(", ")}), on which MariaDB would update too: ${keyCure(table, other, conflict.columns, set)}`,
      );
  if (node.source.kind === "query")
    say(
      "INSERT .. SELECT .. ON CONFLICT: MariaDB does not report how many rows it stored; select first, then INSERT .. VALUES",
    );
  if (conflict.assignments.length === 0 && node.returning.length > 0)
    say("DO NOTHING .. RETURNING returns the existing row on MariaDB and no row on SQLite: leave out RETURNING");
}

/** True where every row gets NULL there, which is equal to no other NULL in a unique key. */
function isNullIn({ columns, source }: Insert, column: string): boolean {
  const at = columns.findIndex((name) => sameName(name, column));
  return at !== -1 && source.kind === "rows" && source.rows.every((row) => row[at]?.kind === "null");
}

/** What fills only one of two unique keys. */
function keyCure(table: Table, other: readonly string[], named: readonly string[], set: readonly string[]): string {
  const idle = (key: readonly string[]): string | undefined =>
    key.find((name) => {
      const column = table.columns.get(name);
      return column?.hasDefault === true && !column.filled && !isIn(set, name);
    });
  const out = idle(other);
  if (out !== undefined) return `leave out ${out}`;
  const own = idle(named);
  if (own !== undefined && !other.some((name) => isIn(set, name)))
    return `leave out ${own}, and write ON CONFLICT (${other.join(", ")})`;
  return "select first, then INSERT or UPDATE in the same transaction";
}

/** The INSERT gives the column a value: its own, or a default that is not NULL. */
function isFilled(table: Table, name: string, given: readonly string[]): boolean {
  return given.some((one) => sameName(one, name)) || table.columns.get(name)?.filled === true;
}

function sameSet(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((name) => b.some((other) => sameName(name, other)));
}
