import { ruleFor } from "../../rules/index.ts";
import { scaleOf } from "../../rules/rule.ts";
import type { Binary, Expression } from "../../tree/nodes.ts";
import type { Column, Table } from "../../types/catalog.ts";
import type { Argument } from "../argument.ts";
import { byEngine, type Context, isSqliteAlone, quoted, refuse } from "../context.ts";
import { coalesceCure } from "../cures/null-parts.ts";
import { refuseQuotedParameter } from "../cures/quoted-parameters.ts";
import { refuseZeroDate } from "../cures/zero-dates.ts";
import { exactly, isMistaken } from "../floats.ts";
import { adapted } from "../literals.ts";
import { refuseBesideUnits } from "../pairs.ts";
import { columnType } from "../relations.ts";
import { sameName } from "../scope.ts";
import {
  bytesOf,
  described,
  integerType,
  isLiteral,
  rangeOf,
  safeRange,
  shownValues,
  type Type,
  valuesOf,
  widestCharacter,
  within,
} from "../type.ts";
import { mayBeNull } from "./perhaps-null.ts";

/** The column that a statement names, in capitals or not. */
export function columnNamed(table: Table, name: string | undefined): Column | undefined {
  return [...table.columns.values()].find((column) => name !== undefined && sameName(column.name, name));
}

/** Refuses a value that the engines would store differently, or that one of them would refuse. */
export function store(table: Table, name: string | undefined, value: Argument, context: Context): void {
  const column = columnNamed(table, name);
  if (column === undefined) return;
  const place = `${table.name}.${column.name}`;
  const target = columnType(table.name, column, context);
  storedParameters(table, column, target, value.node, context);
  if (value.type.kind === "null") {
    if (!column.nullable) refuse(context, "null", `${place} is NOT NULL and gets NULL`, value.node);
    return;
  }
  refuseQuotedParameter(value, context);
  refuseZeroDate(value.node, context);
  const given = adapted(value, target, context);
  const type = asSqlite(isMistaken(given) ? exactly(value.node, given, context) : given, target, context);
  refuseBesideUnits("ASSIGN", [{ node: value.node, type: target }, value], [target, type], context);
  const isUntyped = type.kind === "unknown";
  const isCondition = type.kind === "truth" && target.kind !== "truth" && target.kind !== "unknown";
  if (isCondition && value.node.kind === "binary" && value.node.operator === "AND") {
    refuse(context, "no-rule", joinedByAnd(column, place, value.node), value.node);
    return;
  }
  const isNullable = isUntyped ? context.mode !== "both" && mayBeNull(value.node, context) : type.nullable;
  if (isNullable && !column.nullable && value.node.kind !== "parameter")
    refuse(
      context,
      "null",
      `${place} is NOT NULL and gets ${mayBeNullWords(value.node, isUntyped, context)}`,
      value.node,
    );
  if (isUntyped || type.kind === "open" || target.kind === "unknown") return;
  if (ruleFor("ASSIGN", [target, type]) === null) mismatch(column, place, target, { node: value.node, type }, context);
  else checkSize(table, column, { node: value.node, type }, context);
}

/**
 * What SQLite alone stores as it is: its TRUE and FALSE are the whole numbers 1 and 0, and a REAL column makes of a whole
 * number the float that is equal to it, which there is up to 2^53 (sqlite.org/datatype3.html).
 */
function asSqlite(type: Type, target: Type, context: Context): Type {
  if (!isSqliteAlone(context)) return type;
  const number = type.kind === "truth" ? integerType({ min: 0n, max: 1n }, type.nullable) : type;
  if (number.kind !== "whole" || (target.kind !== "whole" && target.kind !== "double")) return type;
  if (target.kind === "whole") return number;
  return within(number.range, safeRange) ? { kind: "double", nullable: number.nullable } : type;
}

/** A column of a UNION has no words of its own. Of what has no type, nothing says which part may be NULL. */
function mayBeNullWords(node: Expression, isUntyped: boolean, context: Context): string {
  if (node.kind === "null") return "a value of the SELECT, which may be NULL: write COALESCE(.., value)";
  const cure = isUntyped ? `write COALESCE(${quoted(node)}, value)` : coalesceCure(node, context);
  return `${quoted(node)}, which may be NULL: ${cure}`;
}

/** `SET a = :a AND b = :b`, which assigns one condition to a. */
function joinedByAnd({ name, declared }: Column, place: string, node: Binary): string {
  const parts = (one: Expression): readonly Expression[] =>
    one.kind === "binary" && one.operator === "AND" ? [...parts(one.left), ...parts(one.right)] : [one];
  const assigned = parts(node).map(quoted).join(", ");
  return `${place} is ${declared} and gets the condition ${quoted(node)}: write commas between assignments, SET ${name} = ${assigned}`;
}

/** Parameters that go into the column as they are, also as one of several values: they share its type and limits. */
function storedParameters(table: Table, column: Column, target: Type, node: Expression, context: Context): void {
  const { parameters } = context;
  const limits = { ...column, ...wholeOf(table, column, context) };
  if (node.kind === "parameter") parameters.stored(node.token.name, limits);
  for (const value of choicesOf(node)) {
    if (value.kind !== "parameter") continue;
    parameters.limited(value.token.name, limits);
    parameters.hint(value.token.name, target);
    if (node.kind === "case" && column.nullable) parameters.besideNull(value.token.name);
  }
}

/** The values of which a CASE or COALESCE is one. */
function choicesOf(node: Expression): readonly Expression[] {
  if (node.kind === "case")
    return [...node.branches.map(({ result }) => result), node.otherwise].flatMap((value) => value ?? []);
  return node.kind === "call" && (node.name === "COALESCE" || node.name === "IFNULL") ? node.arguments : [];
}

/**
 * MariaDB drops spaces at the end of a CHAR and fills a BINARY up with zero bytes. SQLite does neither, and where its
 * CHECK asks for the length of a CHAR, it refuses what MariaDB takes.
 */
function wholeOf(table: Table, column: Column, context: Context): { full?: number | null; trimmed?: boolean } {
  if (!column.fixed || (context.mode !== "both" && !context.paired)) return {};
  const isText = column.type === "text";
  const isWhole = !isText || context.refusesShorter(table.name, column.name);
  return { full: isWhole ? column.length : null, trimmed: isText };
}

function mismatch(column: Column, place: string, target: Type, { node, type }: Argument, context: Context): void {
  if (target.kind === "truth" && type.kind === "whole" && type.literal !== null) {
    refuse(context, "no-rule", `${place} is true or false: write 0 or 1`, node);
    return;
  }
  const converting = byEngine(
    context,
    ": MariaDB converts it, SQLite stores or refuses it as it is",
    ": MariaDB converts it",
    ": SQLite stores or refuses it as it is",
  );
  if (context.mode === "mariadb" && target.kind === "decimal" && rangeOf(type) !== null) return;
  refuse(
    context,
    "no-rule",
    `${place} is ${column.declared} and gets ${quoted(node)}, which is ${described(type)}${converting}${conversion(target, quoted(node), type, context)}`,
    node,
  );
}

/** SQLite's name of what a STRICT column stores, to which its CAST converts. */
const storageOf: ReadonlyMap<Type["kind"], string> = new Map([
  ["whole", "INTEGER"],
  ["double", "REAL"],
  ["text", "TEXT"],
  ["blob", "BLOB"],
]);

/** What makes a value one of the column's type on the project's engines, or nothing. */
function conversion(target: Type, words: string, type: Type, context: Context): string {
  const value = /^[\w.:()]+$/.test(words) ? words : `(${words})`;
  const scales = [target, type].map(scaleOf);
  const [places = 0, given = 0] = scales;
  if (isLiteral(type)) return "; write it as a value of that type";
  const storage = isSqliteAlone(context) ? storageOf.get(target.kind) : undefined;
  if (storage !== undefined)
    return `; write CAST(${target.kind === "whole" && type.kind === "double" ? `ROUND(${words})` : words} AS ${storage})`;
  switch (target.kind) {
    case "decimal":
      if (rangeOf(type) === null) return "";
      return given > places
        ? `; write ROUND(${words}, ${places})`
        : `; write ${value} * 1.${"0".repeat(places - given)}`;
    case "whole":
      return type.kind === "decimal" ? `; write CAST(ROUND(${words}) AS INTEGER)` : "";
    case "date":
      return type.kind === "datetime" ? `; write DATE(${words})` : "";
    case "text":
      return ["whole", "datetime", "date"].includes(type.kind) ? `; write CAST(${words} AS CHAR)` : "";
    case "truth":
      return type.kind === "whole" ? `; write ${value} <> 0` : "";
    default:
      return "";
  }
}

/** The condition that holds a column of SQLite to the range of MariaDB's. */
function checkOf({ name, range, bytes }: Column): string {
  if (range !== null) return `${name} BETWEEN ${range.min} AND ${range.max}`;
  return bytes === null ? ".." : `LENGTH(${name}) <= ${bytes}`;
}

/** True for a text or bytes that may exceed what the column holds. */
function isLonger({ length, bytes }: Column, type: Type): boolean {
  if (type.kind === "text" && length !== null) return type.length === null || type.length > length;
  if (bytes === null || (type.kind !== "text" && type.kind !== "blob")) return false;
  const most = bytesOf(type);
  return most === null || most > bytes;
}

/** A value that neither engine changes, and that SQLite's CHECK of a CHAR does not refuse. */
function isFull(table: Table, column: Column, { node, type }: Argument, context: Context): boolean {
  if (!column.fixed || context.mode !== "both") return true;
  const { full, trimmed } = wholeOf(table, column, context);
  if (node.kind === "blob") return bytesOf(type) === full;
  if (type.kind === "text" && type.literal !== null)
    return (full === null || [...type.literal].length === full) && !(trimmed && type.literal.endsWith(" "));
  const bound = node.kind === "column" ? context.bound.get(node)?.column : undefined;
  return bound?.full === column.length && (full === null || bound.short !== true);
}

/** MariaDB also takes the number of a value, and cuts spaces off its end. */
function checkMember(table: Table, column: Column, { node, type }: Argument, context: Context): void {
  const values = valuesOf(type);
  const members = column.members ?? [];
  if (values?.every((value) => members.includes(value)) === true) return;
  if (type.kind === "text" && type.literal !== null) {
    refuse(
      context,
      "range",
      `${quoted(node)} is no value of ${table.name}.${column.name}: ${shownValues(members)}`,
      node,
    );
    return;
  }
  const isChoice = node.kind === "case" || node.kind === "call";
  const odd = isChoice ? values?.find((value) => !members.includes(value)) : undefined;
  if (odd !== undefined) {
    const place = `${table.name}.${column.name}`;
    refuse(context, "range", `'${odd}' is no value of ${place}: ${shownValues(members)}`, node);
    return;
  }
  const what = values === null ? "may be any text" : `is ${shownValues(values)}`;
  refuse(
    context,
    "range",
    `${table.name}.${column.name} is ${column.declared} and gets ${quoted(node)}, which ${what}: write a parameter, a literal, or CASE or COALESCE of these`,
    node,
  );
}

/** A value beyond the column's range or length: a literal never fits, a computed one only if every engine refuses. */
function checkSize(table: Table, column: Column, { node, type }: Argument, context: Context): void {
  if (node.kind === "parameter") return;
  if (column.members !== null) {
    checkMember(table, column, { node, type }, context);
    return;
  }
  const range = rangeOf(type);
  const outside = range !== null && column.range !== null && !within(range, column.range);
  const longer = isLonger(column, type);
  const unreadable = range !== null && isLiteral(type) && !within(range, safeRange);
  const place = `${table.name}.${column.name}`;
  const checkFull = (): void => {
    if (!isFull(table, column, { node, type }, context))
      refuse(
        context,
        "range",
        `${quoted(node)} may be shorter than ${place}, which is ${column.declared}: ${column.type === "blob" ? "MariaDB fills it up with zero bytes" : "MariaDB drops spaces at its end, and SQLite's CHECK may ask for its length"}; write a parameter`,
        node,
      );
  };
  if (!outside && !longer && !unreadable) {
    checkFull();
    return;
  }
  const isText = type.kind === "text";
  if (isLiteral(type) || node.kind === "blob")
    refuse(context, "range", `${quoted(node)} does not fit ${place}, which is ${column.declared}`, node);
  else if (longer && isText) {
    const most = column.length ?? Math.floor((column.bytes ?? 0) / widestCharacter);
    // Alone, MariaDB refuses what it would have to cut.
    if (context.mode === "both" || context.paired)
      refuse(
        context,
        "range",
        `${quoted(node)} may be longer than ${place}, which is ${column.declared}: ` +
          `MariaDB cuts spaces off its end, SQLite does not; write SUBSTR(${quoted(node)}, 1, ${most})`,
        node,
      );
  } else if (longer && column.declared === "mediumblob")
    refuse(
      context,
      "range",
      `${quoted(node)} may not fit ${place}, which is ${column.declared}: MariaDB refuses what does not fit, SQLite stores it; declare LONGBLOB`,
      node,
    );
  else if (!context.refusesOutside(table.name, column.name))
    refuse(
      context,
      "range",
      `${quoted(node)} may not fit ${place}, which is ${column.declared}: ` +
        `MariaDB refuses what does not fit, SQLite stores it; add CHECK (${checkOf(column)}) on SQLite`,
      node,
    );
  else checkFull();
}
