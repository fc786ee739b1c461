import type { Finding } from "../parse/finding.ts";
import { type Edit, enclosed } from "../parse/statement.ts";
import type { ColumnName, Expression, Place, Query, Select } from "../tree/nodes.ts";
import type { Catalog } from "../types/catalog.ts";
import type { Trigger } from "../types/triggers.ts";
import type { Parameters } from "./parameters/parameters.ts";
import type { Bound, Result, Scope } from "./scope.ts";
import type { Type } from "./type.ts";

/** The reasons for which a text is refused. The fuzzer leaves out one of them to show that it is needed. */
export const refusals = [
  /** Comparisons or set operators in a row, which the engines read in different order. */
  "precedence",
  /** No row of the table of rules covers the operator with these types. */
  "no-rule",
  /** A literal date in another form, or of a day that does not exist. */
  "date-form",
  /** A value beyond its column's range or length. */
  "range",
  /** NULL where it is never right. */
  "null",
  /** A result beyond 64 bits that is compared or sorted. */
  "beyond-64-bits",
  /** A subquery of possibly several rows as one value. */
  "one-row",
  /** A LIMIT or window whose order leaves open which rows come first. */
  "order",
  /** A name that is both an alias and a column. */
  "alias",
  /** A column that GROUP BY does not determine. */
  "grouping",
  /** Text whose collation has no equal on the other engine. */
  "collation",
  /** LIKE without ESCAPE. */
  "escape",
  /** An INSERT, UPDATE or upsert that the engines carry out differently. */
  "write",
  /** A function that has no row. */
  "function",
  /** A recursive table whose columns MariaDB fixes by the first SELECT. */
  "recursion",
  /** What MariaDB answers once, and refuses when the same connection asks again. */
  "rerun",
] as const;

export type Refusal = (typeof refusals)[number];

/** Whose truth counts: both engines', or one engine's alone. */
export type Mode = "both" | "mariadb" | "sqlite";

/** The typers that call each other: an expression holds queries, and a query holds expressions. */
export interface Typers {
  expression(node: Expression, scope: Scope, context: Context): Type;
  query(query: Query, parent: Scope | null, named: Scope["named"], context: Context): Result;
}

/** What is collected about one statement while its types are computed. */
export interface Context {
  readonly mode: Mode;
  /** True for one text of a pair: both are to answer alike. */
  readonly paired: boolean;
  /** True when BIGINT has all its 64 bits for the program. */
  readonly exact: boolean;
  readonly typers: Typers;
  /** The tables; MariaDB's, unless only SQLite counts. */
  readonly catalog: Catalog;
  /** The SELECT of a view that both engines have; null where a text is for one engine. */
  readonly viewQuery: (name: string) => Query | null;
  /** True when both engines compare the text column alike. */
  readonly comparesAlike: (table: string, column: string) => boolean;
  /** True when every engine refuses a value beyond the column's range or length. */
  readonly refusesOutside: (table: string, column: string) => boolean;
  /** True when SQLite's CHECK asks for the whole length of a CHAR, which MariaDB does not. */
  readonly refusesShorter: (table: string, column: string) => boolean;
  /** SQLite's triggers on a table; MariaDB's stand in the catalog. None where a project has one engine. */
  readonly sqliteTriggers: (table: string) => readonly Trigger[];
  readonly without: ReadonlySet<Refusal>;
  readonly findings: Finding[];
  /** Functions that no rule names, and unknown columns: an engine's own refusal says more, if there is one. */
  readonly doubts: Finding[];
  readonly parameters: Parameters;
  readonly edits: Map<string, Edit>;
  /** What SQLite gets for a number that stands beside a value of a type. */
  readonly spelled: Map<Expression, string>;
  readonly bound: Map<ColumnName, Bound>;
  /** The SELECT whose columns are the fields of the program's rows; null where it is one of a UNION, or a write. */
  readonly outermost: Select | null;
  /** True inside INSERT, UPDATE, DELETE and WITH RECURSIVE, where MariaDB refuses a division by 0 that SQLite answers with NULL. */
  readonly writes: boolean;
  /** True for the SELECT of a view, which MariaDB reads as its tables. */
  readonly merges: boolean;
}

/** True for a text that no other engine has to answer. */
export function isSqliteAlone({ mode, paired }: Pick<Context, "mode" | "paired">): boolean {
  return mode === "sqlite" && !paired;
}

/** True for SQLite's text of a pair: it may use what SQLite alone has, and means what a plain text would mean. */
export function isSqliteOfPair({ mode, paired }: Pick<Context, "mode" | "paired">): boolean {
  return mode === "sqlite" && paired;
}

/** True where SQLite stores and computes for MariaDB's types: in a plain text, and in SQLite's text of a pair. */
export function isInUnits(context: Pick<Context, "mode" | "paired">): boolean {
  return context.mode === "both" || isSqliteOfPair(context);
}

/** The message for a text that only one engine has to answer: what the other one does is no reason there. */
export function byEngine(
  context: Pick<Context, "mode" | "paired">,
  both: string,
  mariadb: string,
  sqlite: string,
): string {
  if (context.mode === "both" || context.paired) return both;
  return context.mode === "mariadb" ? mariadb : sqlite;
}

/** Refuses the text. The place is null when it is the statement as a whole. */
export function refuse(context: Context, refusal: Refusal, message: string, place: Place | null): void {
  if (context.without.has(refusal)) return;
  const offset = place?.from ?? null;
  const known = context.findings.some((finding) => finding.message === message && finding.offset === offset);
  if (!known) context.findings.push({ message, offset, waiver: refusal });
}

/** Refuses what the checker does not know: a function that has no row in the table of rules, or a name. */
export function doubt(context: Context, refusal: Refusal, message: string, place: Place): void {
  if (context.without.has(refusal)) return;
  const known = context.doubts.some((finding) => finding.message === message && finding.offset === place.from);
  if (!known) context.doubts.push({ message, offset: place.from, waiver: refusal });
}

/** Replaces an earlier edit of the same place. A text for SQLite alone stays as it is written. */
export function edit(context: Context, engine: Edit["engine"], place: Place, text: string): void {
  if (engine === "sqlite" && isSqliteAlone(context)) return;
  const { from, to } = place;
  context.edits.set(keyOf(engine, place), { engine, from, to, text });
}

/** Writes something around what the engine gets at a place, whose own edits stay: `enclosed(place)` stands for that. */
export function editAround(context: Context, engine: Edit["engine"], place: Place, text: string): void {
  if (engine === "sqlite" && isSqliteAlone(context)) return;
  const { from, to } = place;
  context.edits.set(`${keyOf(engine, place)} around`, { engine, from, to, text, around: true });
}

/** Has MariaDB read a value inside a function, which its optimizer does not look through. */
export function enclose(context: Context, place: Place): void {
  editAround(context, "mariadb", place, `COALESCE(${enclosed(place)})`);
}

/** Where an edit stands among those of a statement. */
export function keyOf(engine: Edit["engine"], { from, to }: Place): string {
  return `${engine} ${from} ${to}`;
}

/** The words of an expression as a message quotes them. */
export function quoted(expression: Expression): string {
  switch (expression.kind) {
    case "column":
      return expression.table === null ? expression.name : `${expression.table}.${expression.name}`;
    case "number":
      return expression.text;
    case "text":
      return `'${expression.value}'`;
    case "parameter":
      return `:${expression.token.name}`;
    case "call":
      if (expression.arguments.length === 2 && /^\W/.test(expression.name))
        return expression.arguments.map(quoted).join(` ${expression.name} `);
      return `${expression.name}(${expression.star ? "*" : expression.distinct ? `DISTINCT ${expression.arguments.map(quoted).join(", ")}` : expression.arguments.map(quoted).join(", ")})${expression.over === null ? "" : " OVER (..)"}`;
    case "binary":
      return `${quoted(expression.left)} ${expression.operator} ${quoted(expression.right)}`;
    case "unary":
      return `${expression.operator}${expression.operator === "-" ? "" : " "}${quoted(expression.operand)}`;
    case "cast":
      return `CAST(${quoted(expression.operand)} AS ${expression.type})`;
    case "truth":
      return expression.holds ? "TRUE" : "FALSE";
    case "null":
      return "NULL";
    case "subquery":
      return "(SELECT ..)";
    case "exists":
      return "EXISTS (SELECT ..)";
    case "case":
      return "CASE .. END";
    case "row":
      return `(${expression.items.map(quoted).join(", ")})`;
    case "null-test":
      return `${quoted(expression.operand)} IS ${expression.not ? "NOT " : ""}NULL`;
    case "in-query":
      return `${quoted(expression.operand)} IN (SELECT ..)`;
    case "in-list":
      return `${quoted(expression.operand)} IN (..)`;
    case "like":
      return `${quoted(expression.operand)} LIKE ${quoted(expression.pattern)}`;
    default:
      return "..";
  }
}
