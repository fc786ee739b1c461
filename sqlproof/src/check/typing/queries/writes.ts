import { written } from "../../parse/statement.ts";
import { ruleFor } from "../../rules/index.ts";
import type { Assignment, Conflict, Delete, Expression, Insert, Place, Query, Update } from "../../tree/nodes.ts";
import type { Column, Table } from "../../types/catalog.ts";
import { type Argument, argument } from "../argument.ts";
import { type Context, edit, quoted, refuse } from "../context.ts";
import { adapted } from "../literals.ts";
import { condition } from "../operators.ts";
import { columnType, tableRelation } from "../relations.ts";
import { type Relation, type Scope, sameName } from "../scope.ts";
import { described, isLiteral, rangeOf, safeRange, type Type, within } from "../type.ts";
import { columnsIn, hasParameter, queriesIn, tablesIn } from "../walk.ts";
import { closure, conjuncts, equalities, isOneRow, keyDependencies } from "./keys.ts";
import { typeOfReturning } from "./returning.ts";
import type { Selected } from "./typed-select.ts";

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
  return typeOfReturning(node.returning, scopeOf([tableRelation(table, table.name, context)]), context);
}

function columnNamed(table: Table, name: string | undefined): Column | undefined {
  return [...table.columns.values()].find((column) => name !== undefined && sameName(column.name, name));
}

function checkColumns(node: Insert, table: Table, context: Context): void {
  // Of a column that does not exist, the engines tell.
  if (node.columns.some((name) => columnNamed(table, name) === undefined)) return;
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
  const items = query.first.items;
  const plain = query.others.length === 0 && items.every((item) => item.kind === "value");
  for (const [index, { type }] of columns.entries()) {
    const item = plain ? items[index] : undefined;
    const value: Expression = item?.kind === "value" ? item.value : { kind: "null", from: query.from, to: query.to };
    const literal = item?.kind === "value" && ["number", "text", "truth", "null"].includes(item.value.kind);
    if (item?.kind === "value" && item.value.kind === "parameter") {
      // It takes the column's type, so MariaDB needs no cast.
      context.edits.delete(`mariadb ${value.from} ${value.to}`);
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

/** Refuses a value that the engines would store differently, or that one of them would refuse. */
function store(table: Table, name: string | undefined, value: Argument, context: Context): void {
  const column = columnNamed(table, name);
  if (column === undefined) return;
  const place = `${table.name}.${column.name}`;
  const target = columnType(table.name, column, context);
  storedParameters(column, value.node, context);
  if (value.type.kind === "null") {
    if (!column.nullable) refuse(context, "null", `${place} is NOT NULL and gets NULL`, value.node);
    return;
  }
  const type = adapted(value, target, context);
  if (type.kind === "unknown" || type.kind === "open" || target.kind === "unknown") return;
  if (type.nullable && !column.nullable && value.node.kind !== "parameter")
    refuse(
      context,
      "null",
      `${place} is NOT NULL and gets ${quoted(value.node)}, which may be NULL: write COALESCE(.., value)`,
      value.node,
    );
  if (ruleFor("ASSIGN", [target, type]) === null) mismatch(column, place, target, { node: value.node, type }, context);
  else checkSize(table, column, { node: value.node, type }, context);
}

/** Parameters that go into the column as they are, also as one of several values: they share its type and limits. */
function storedParameters(column: Column, node: Expression, context: Context): void {
  const { parameters } = context;
  const { nullable, range, length } = column;
  if (node.kind === "parameter") parameters.stored(node.token.name, nullable, range, length);
  if (node.kind === "case")
    for (const value of [...node.branches.map(({ result }) => result), node.otherwise])
      if (value?.kind === "parameter") {
        parameters.limited(value.token.name, range, length);
        if (nullable) parameters.besideNull(value.token.name);
      }
  if (node.kind === "call" && (node.name === "COALESCE" || node.name === "IFNULL"))
    for (const value of node.arguments)
      if (value.kind === "parameter") parameters.limited(value.token.name, range, length);
}

function mismatch(column: Column, place: string, target: Type, { node, type }: Argument, context: Context): void {
  if (target.kind === "truth" && type.kind === "whole" && type.literal !== null) {
    refuse(context, "no-rule", `${place} is true or false: write 0 or 1`, node);
    return;
  }
  if (context.mode === "mariadb" && target.kind === "decimal" && rangeOf(type) !== null) return;
  refuse(
    context,
    "no-rule",
    `${place} is ${column.declared} and gets ${quoted(node)}, which is ${described(type)}: MariaDB converts it, SQLite stores or refuses it as it is`,
    node,
  );
}

/** A value beyond the column's range or length: a literal never fits, a computed one only if every engine refuses. */
function checkSize(table: Table, column: Column, { node, type }: Argument, context: Context): void {
  if (node.kind === "parameter") return;
  const range = rangeOf(type);
  const outside = range !== null && column.range !== null && !within(range, column.range);
  const length = type.kind === "text" ? type.length : 0;
  const longer = column.length !== null && type.kind === "text" && (length === null || length > column.length);
  const unreadable = range !== null && isLiteral(type) && !within(range, safeRange);
  if (!outside && !longer && !unreadable) return;
  const place = `${table.name}.${column.name}`;
  if (isLiteral(type))
    refuse(context, "range", `${quoted(node)} does not fit ${place}, which is ${column.declared}`, node);
  else if (longer)
    refuse(
      context,
      "range",
      `${quoted(node)} may be longer than ${place}, which is ${column.declared}: ` +
        `MariaDB cuts spaces off its end, SQLite does not; write SUBSTR(.., 1, ${column.length})`,
      node,
    );
  else if (!context.refusesOutside(table.name, column.name))
    refuse(
      context,
      "range",
      `${quoted(node)} may not fit ${place}, which is ${column.declared}: ` +
        "MariaDB refuses what does not fit, SQLite stores it; add a CHECK on SQLite",
      node,
    );
}

export function typeOfUpdate(node: Update, context: Context): Selected[] {
  const table = context.catalog.get(node.table);
  if (table === undefined) return [];
  const scope = scopeOf([tableRelation(table, node.alias, context)]);
  if (node.where !== null) condition(argument(node.where, scope, context), context);
  for (const { column, value } of node.assignments) assignTo(table, column, value, scope, context);
  checkTwice(node.assignments, context);
  if (context.mode === "both") {
    checkOwnRows([node.where, ...node.assignments.map(({ value }) => value)], table, scope, context);
    checkKeys(node, table, scope, context);
  }
  return typeOfReturning(node.returning, scopeOf([tableRelation(table, table.name, context)]), context);
}

function checkTwice(assignments: readonly Assignment[], context: Context): void {
  for (const [index, one] of assignments.entries())
    if (assignments.findIndex(({ column }) => sameName(column, one.column)) < index)
      refuse(context, "write", `${one.column} is assigned twice`, one);
}

/** A unique key that is computed row by row collides or not by the order of the rows, which no engine promises. */
function checkKeys(node: Update, table: Table, scope: Scope, context: Context): void {
  const own = new Set([scope]);
  const where = node.where === null ? [] : equalities(conjuncts(node.where), context.bound, own);
  if (isOneRow(scope.relations, closure([], [...where, ...keyDependencies(scope.relations)]))) return;
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
function checkOwnRows(parts: readonly (Expression | null)[], table: Table, scope: Scope, context: Context): void {
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

export function typeOfDelete(node: Delete, context: Context): Selected[] {
  const table = context.catalog.get(node.table);
  if (table === undefined) return [];
  const scope = scopeOf([tableRelation(table, node.table, context)]);
  if (node.where !== null) condition(argument(node.where, scope, context), context);
  if (context.mode === "both") checkOwnRows([node.where], table, scope, context);
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
  checkTwice(conflict.assignments, context);
  if (conflict.where !== null) {
    condition(argument(conflict.where, scope, context), context);
    if (context.mode !== "sqlite") conditional(node, conflict, conflict.where, context);
  }
  if (context.mode === "both") checkConflict(node, conflict, table, context);
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
  if (!keys.some((columns) => sameSet(columns, conflict.columns)))
    say(`ON CONFLICT (${key}): ${table.name} has no such unique key`);
  for (const other of keys)
    if (!sameSet(other, conflict.columns) && other.every((column) => isFilled(table, column, node.columns)))
      say(
        `ON CONFLICT (${key}): the INSERT also fills the unique key (${other.join(", ")}), on which MariaDB would update too`,
      );
  if (node.source.kind === "query")
    say(
      "INSERT .. SELECT .. ON CONFLICT: MariaDB does not report how many rows it stored; select first, then INSERT .. VALUES",
    );
  if (conflict.assignments.length === 0 && node.returning.length > 0)
    say("DO NOTHING .. RETURNING returns the existing row on MariaDB and no row on SQLite: leave out RETURNING");
}

/** The INSERT gives the column a value: its own, or a default that is not NULL. */
function isFilled(table: Table, name: string, given: readonly string[]): boolean {
  return given.some((one) => sameName(one, name)) || table.columns.get(name)?.filled === true;
}

function sameSet(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((name) => b.some((other) => sameName(name, other)));
}
