import { written } from "../parse/statement.ts";
import { isNonZero } from "../rules/arithmetic.ts";
import { ruleFor, wanted } from "../rules/index.ts";
import type { Rule } from "../rules/rule.ts";
import { sqliteType } from "../rules/sqlite-alone.ts";
import type { Expression, Place, Unary } from "../tree/nodes.ts";
import { type Argument, isNullForZero } from "./argument.ts";
import { type Context, edit, isInUnits, isSqliteAlone, isSqliteOfPair, quoted, refuse } from "./context.ts";
import { hiddenCure } from "./cures/hidden-digits.ts";
import { refuseQuotedParameter } from "./cures/quoted-parameters.ts";
import { uncovered } from "./cures/uncovered.ts";
import { hintDates, hintOpen } from "./expressions/hints.ts";
import { exactly, leastFloat, mistakes, withFloats } from "./floats.ts";
import { compareValues, unified } from "./literals.ts";
import { pairedType, refuseBesideUnits } from "./pairs.ts";
import { refuseOrder, refusePadded } from "./queries/order/sorted-texts.ts";
import { signed, signless, varies, widen } from "./signs.ts";
import { described, givenText, hiddenIn, isUnscaled, type Type, truth, unknown, withHidden } from "./type.ts";

/** Operators whose literals and parameters take the type of the other side. */
const unifying: ReadonlySet<string> = new Set(["+", "-", "choose"]);
const computing: ReadonlySet<string> = new Set([
  ...["+", "-", "*", "%", "MOD", "DIV", "NEGATE", "ABS", "choose"],
  ...["SELECTED /", "ROUND /", "SELECTED AVG", "ROUND AVG"],
]);
const dividing: ReadonlySet<string> = new Set(["%", "MOD", "DIV", "SELECTED /", "ROUND /"]);

/** The type of an operator or function over its operands, by the table of rules. */
export function apply(
  name: string,
  args: readonly Argument[],
  place: Place,
  sign: Place | null,
  context: Context,
): Type {
  // Beside a float, a number is one on SQLite too, whatever the operator.
  const isFloat = isSqliteOfPair(context) && args.some(({ type }) => type.kind === "double");
  const found =
    unifying.has(name) || (isFloat && (computing.has(name) || name === "/"))
      ? unified(args, context)
      : args.map((argument, index) => expected(name, args.length, index, argument, context));
  const types = found.map((type, index) => {
    const node = args[index]?.node;
    return node !== undefined && mistakes(name, type) ? exactly(node, type, context) : type;
  });
  onServer(name, args, types, context);
  widen(name, args, place, context);
  hintOpen(name, types, context);
  const own = isSqliteAlone(context) ? sqliteType(name, types) : null;
  if (own !== null) return own;
  refuseBesideUnits(name, args, types, context);
  // A CAST gives a type to what has none.
  if (isSqliteOfPair(context) && name.startsWith("CAST ") && types[0]?.kind === "unknown")
    return pairedType(name, types);
  if (types.some((type) => type.kind === "unknown" || type.kind === "open")) return unknown;
  if (name === "choose" && types.every((type) => type.kind === "null")) return types[0] ?? unknown;
  if (dividing.has(name) && context.writes && !isNonZero(types[1]) && !isNullForZero(args[1]))
    refuse(
      context,
      "write",
      "by 0 MariaDB refuses the statement and SQLite stores NULL: divide by a literal, or by NULLIF(x, 0) for NULL",
      place,
    );
  const rule = ruleFor(name, types);
  if (rule === null) return uncovered(name, args, types, place, context);
  if (rule.sqlite !== undefined && sign !== null) spelled(rule, sign, place, context);
  if (rule.form !== undefined) formed(rule.form, args, types, place, context);
  const given = withFloats(name, withDigits(name, rule.gives(types), args, types, context), types);
  return context.mode !== "sqlite" && signless.has(name) ? signed(given, args, types, context) : given;
}

/** Chosen, a quotient keeps the digits that MariaDB does not show; nothing else is computed with them. */
function withDigits(
  name: string,
  given: Type,
  args: readonly Argument[],
  types: readonly Type[],
  context: Context,
): Type {
  if (name === "choose") return withHidden(given, types.map(hiddenIn).find((one) => one !== null) ?? null);
  refuseHidden(args, types, context);
  return given;
}

function refuseHidden(args: readonly Argument[], types: readonly Type[], context: Context): void {
  if (!isInUnits(context)) return;
  for (const [index, { node }] of args.entries()) {
    const type = types[index];
    const hidden = type === undefined ? null : hiddenIn(type);
    if (hidden !== null) refuse(context, "no-rule", hiddenCure(hidden, node), node);
  }
}

/** A function's operand: an open parameter takes the type that every row for the function asks for. */
function expected(name: string, count: number, index: number, { node, type }: Argument, context: Context): Type {
  if (type.kind !== "open") return type;
  const operand = name === "||" || name === "CONCAT" ? "text" : wanted(name, count, index);
  const wants: Readonly<Record<string, Type>> = {
    text: givenText(null),
    exact: givenText(null),
    truth: truth(false),
    datetime: { kind: "datetime", nullable: false },
    date: { kind: "date", nullable: false },
  };
  const want = operand === null ? undefined : wants[operand];
  if (want === undefined) return type;
  context.parameters.used(type.name, want);
  return node.kind === "parameter" ? { ...want, nullable: type.nullable } : type;
}

/** MariaDB makes a decimal of `-x` when x has one value, and that is below 0; of the least BIGINT, `0 - x` is itself. */
export function negated(node: Unary, type: Type, context: Context): void {
  if (context.mode === "sqlite" || type.kind !== "whole" || varies(node.operand, context)) return;
  edit(context, "mariadb", node, `(-1 * ${written(node.operand.from, node.operand.to)})`);
}

/** MariaDB gives `? + 1` and a chosen date the type of the value that is bound: a cast keeps it what it is. */
function onServer(name: string, args: readonly Argument[], types: readonly Type[], context: Context): void {
  const alone = args.every(({ node }) => ["parameter", "number", "null"].includes(node.kind));
  for (const [index, { node }] of args.entries()) {
    const type = types[index];
    // MariaDB makes a text of a date and a text literal.
    if (name === "choose" && node.kind === "text" && type?.kind === "datetime")
      edit(context, "mariadb", node, `TIMESTAMP'${node.value}'`);
    if (name === "choose" && node.kind === "text" && type?.kind === "date")
      edit(context, "mariadb", node, `DATE'${node.value}'`);
    const isDate = name === "choose" && (type?.kind === "datetime" || type?.kind === "date");
    if (type !== undefined && (alone || isDate || (type.kind === "whole" && computing.has(name))))
      castOnServer(node, type, context);
  }
}

const casts: Readonly<Record<string, string>> = {
  whole: "SIGNED",
  truth: "SIGNED",
  double: "DOUBLE",
  text: "CHAR",
  datetime: "DATETIME",
  date: "DATE",
  blob: "BINARY",
};

/** A parameter whose type MariaDB would otherwise take from the value that is bound. */
export function castOnServer(node: Expression, type: Type, context: Context): void {
  const cast = type.kind === "decimal" ? `DECIMAL(${Math.max(20, type.scale)},${type.scale})` : casts[type.kind];
  if (node.kind === "parameter" && cast !== undefined) edit(context, "mariadb", node, `CAST(? AS ${cast})`);
}

function spelled(rule: Rule, sign: Place, place: Place, context: Context): void {
  const [name, close] = rule.sqlite ?? [""];
  edit(context, "sqlite", sign, name);
  if (close !== undefined) edit(context, "sqlite", { from: place.to - 1, to: place.to }, `${close})`);
}

/** Writes SQLite's form. */
function formed(
  form: NonNullable<Rule["form"]>,
  args: readonly Argument[],
  types: readonly Type[],
  place: Place,
  context: Context,
): void {
  const mark = ({ from, to }: Place): string => written(from, to);
  const text = form((index) => mark(args[index]?.node ?? place), types);
  edit(context, "sqlite", place, text);
}

/** A comparison, also as part of BETWEEN, IN, CASE and NULLIF. The first operand may meet several others. */
export function compare(operator: string, args: readonly Argument[], place: Place, context: Context): Type {
  const literalNull = args.find(({ type }) => type.kind === "null");
  if (literalNull !== undefined && operator !== "<=>") {
    refuse(context, "null", "a comparison with NULL is never true: write IS NULL or IS NOT NULL", place);
    return truth(true);
  }
  const types = unified(args, context);
  hintDates(args, context);
  refuseHidden(args, types, context);
  if (equalities.has(operator)) compareValues(args, context);
  for (const one of args) refuseQuotedParameter(one, context);
  const [left, ...others] = types;
  const [leftArgument, ...otherArguments] = args;
  if (left === undefined || leftArgument === undefined) return truth(true);
  for (const [index, right] of others.entries())
    comparePair(operator, [left, right], [leftArgument, otherArguments[index] ?? leftArgument], place, context);
  const nullable = operator !== "<=>" && operator !== "IS DISTINCT FROM" && types.some((type) => type.nullable);
  return truth(nullable);
}

const equalities: ReadonlySet<string> = new Set(["=", "<>", "<=>", "IS DISTINCT FROM"]);

function comparePair(
  operator: string,
  types: readonly [Type, Type],
  args: readonly [Argument, Argument],
  place: Place,
  context: Context,
): void {
  refuseBesideUnits(operator, args, types, context);
  if (types.some(({ kind }) => kind === "unknown" || kind === "open")) return;
  for (const [index, type] of types.entries())
    comparable(type, args[index]?.node ?? args[0].node, "comparing", context);
  // Its digits are refused already; the places that it shows say nothing more.
  if (isInUnits(context) && types.some((type) => hiddenIn(type) !== null)) return;
  const name = operator === "<=>" ? "=" : operator;
  const swapped = [types[1], types[0]];
  if (!equalities.has(operator))
    for (const [index, type] of types.entries())
      refusePadded(type, args[index]?.node ?? args[0].node, operator, context);
  const folding = types.every((type) => type.kind === "text");
  if (folding || ruleFor(name, types) !== null || ruleFor(name, swapped) !== null) return;
  uncovered(name, args, types, place, context);
}

/**
 * Refuses values that the engines compare or sort differently, although their types are equal. What could be a float on
 * SQLite is an error there instead.
 */
export function comparable(type: Type, node: Expression, use: string, context: Context): Type {
  if (!isInUnits(context)) return type;
  refuseOrder(type, node, use, context);
  return leastFloat(type) === null ? type : exactly(node, type, context);
}

/** The same for a value that has no place in the text, so that SQLite cannot be told to look whether it is a float. */
export function comparableAsIs(type: Type, node: Expression, use: string, context: Context): Type {
  if (!isInUnits(context)) return type;
  refuseOrder(type, node, use, context);
  if (leastFloat(type) !== null)
    refuse(
      context,
      "beyond-64-bits",
      `${use} ${quoted(node)}: it may exceed 64 bits, where SQLite computes a rounded float: write columns instead of *, and EXISTS instead of IN`,
      node,
    );
  return type;
}

/** An operand that must be a truth value: WHERE, AND, OR, NOT, WHEN. */
export function condition({ node, type }: Argument, context: Context): Type {
  if (type.kind === "open") {
    context.parameters.used(type.name, truth(false));
    return truth(type.nullable);
  }
  if (type.kind === "truth" || type.kind === "unknown") return truth(type.nullable);
  if (type.kind === "null") return truth(true);
  const bit = type.kind === "whole" && (type.literal === 0n || type.literal === 1n);
  if (!bit && context.mode === "both") {
    refuse(
      context,
      "no-rule",
      `${quoted(node)} is ${described(type)}, not a condition: ${isUnscaled(type) ? `write ${quoted(node)} <> 0` : "compare it with a value"}`,
      node,
    );
  }
  return truth(type.nullable);
}
