import { written } from "../../parse/statement.ts";
import { divisorPlaces, shownPlaces } from "../../rules/quotients.ts";
import type { Call, Expression } from "../../tree/nodes.ts";
import { type Argument, argument } from "../argument.ts";
import { type Context, edit, isInUnits, isSqliteOfPair, quoted, refuse } from "../context.ts";
import { apply } from "../operators.ts";
import type { Scope } from "../scope.ts";
import { mostPlaces, rangeOf, type Type, unknown, withHidden } from "../type.ts";
import { checkOwn } from "./own-columns.ts";

/**
 * The type of a quotient where it is selected as it is: `a / b` and `AVG(x)`. Null for any other expression, in which
 * MariaDB would compute with digits that it does not show.
 */
export function selectedQuotient(node: Expression, scope: Scope, context: Context): Type | null {
  if (!isInUnits(context) && !isMariadbOfPair(context)) return null;
  const found = quotientIn(node);
  if (found === null) return null;
  const args = found.operands.map((operand) => argument(operand, scope, context));
  if (isOwn(args, context)) return null;
  if (node.kind === "call" && refusesAverage(node, args, scope, context)) return unknown;
  const places = shownPlaces(args[0]?.type);
  if (places > mostPlaces) {
    const message = `${quoted(node)} has ${places} places, which is more than the 38 that MariaDB has: write ROUND(a / b, n)`;
    refuse(context, "range", message, node);
    return unknown;
  }
  const type = apply(`SELECTED ${found.name}`, args, node, null, context);
  compute(found, places, context);
  return withHidden(type, found.name);
}

/** True for MariaDB's text of a pair, which is to answer as SQLite's does. */
function isMariadbOfPair({ mode, paired }: Context): boolean {
  return mode === "mariadb" && paired;
}

/** A quotient of floats is SQLite's own: of these, no digits are hidden. MariaDB has others, and refuses to divide by 0. */
function isOwn(args: readonly Argument[], context: Context): boolean {
  if (isMariadbOfPair(context)) return context.writes || args.some(({ type }) => rangeOf(type) === null);
  return isSqliteOfPair(context) && args.some(({ type }) => type.kind === "double");
}

/** True for an average that no engine is asked for. */
function refusesAverage(node: Call, args: readonly Argument[], scope: Scope, context: Context): boolean {
  checkOwn(node, scope, context);
  const types = args.map(({ type }) => type);
  return checkAverage(node, types, context);
}

/** The type of `ROUND(a / b, 2)` and `ROUND(AVG(x), 2)`; null for any other call. */
export function roundedQuotient(node: Call, scope: Scope, context: Context): Type | null {
  const [first, places = null] = node.arguments;
  if ((!isInUnits(context) && !isMariadbOfPair(context)) || node.name !== "ROUND" || first === undefined) return null;
  const found = quotientIn(first);
  if (found === null) return null;
  const to: Expression = places ?? { kind: "number", text: "0", from: node.to, to: node.to };
  const args = [...found.operands, to].map((operand) => argument(operand, scope, context));
  if (isOwn(args, context)) return null;
  if (first.kind === "call" && refusesAverage(first, args, scope, context)) return unknown;
  const type = apply(`ROUND ${found.name}`, args, node, null, context);
  compute(found, to.kind === "number" ? Number(to.text) : 0, context);
  return type;
}

/** Has MariaDB compute digits behind those that it shows, where a divisor without places would leave it none. */
function compute({ node, name, operands: [first, second] }: Quotient, shown: number, context: Context): void {
  const places = divisorPlaces(shown);
  if (places === 0 || shown > mostPlaces || first === undefined) return;
  const [a, b] = [first, second ?? first].map(({ from, to }) => written(from, to));
  const [dividend, divisor] = name === "/" ? [`(${a})`, `(${b})`] : [`SUM(${a})`, `COUNT(${a})`];
  edit(context, "mariadb", node, `(${dividend} / (${divisor} * 1.${"0".repeat(places)}))`);
}

/** An average that no form of SQLite computes, and a quotient that one does. */
export function checkAverage(node: Call, types: readonly Type[], context: Context): boolean {
  const [type] = types;
  const isNumber = type !== undefined && (type.kind === "truth" || rangeOf(type) !== null);
  if (!isInUnits(context) || node.name !== "AVG" || !isNumber) return false;
  if (node.filter !== undefined) {
    refuse(
      context,
      "no-rule",
      "AVG(x) FILTER (WHERE ..) has no form in units: write AVG(CASE WHEN .. THEN x END)",
      node,
    );
    return true;
  }
  if (node.over === null && !node.distinct && type.kind !== "truth") return false;
  const x = `${node.distinct ? "DISTINCT " : ""}x`;
  const over = node.over === null ? "" : " OVER (..)";
  refuse(
    context,
    "no-rule",
    `MariaDB keeps digits of an average that SQLite does not have: write ROUND(SUM(${x})${over} / COUNT(${x})${over}, 2)`,
    node,
  );
  return true;
}

interface Quotient {
  readonly node: Expression;
  readonly name: "/" | "AVG";
  readonly operands: readonly Expression[];
}

function quotientIn(node: Expression): Quotient | null {
  if (node.kind === "binary" && node.operator === "/") return { node, name: "/", operands: [node.left, node.right] };
  const isAverage = node.kind === "call" && node.name === "AVG" && node.over === null && !node.distinct;
  if (isAverage && node.filter !== undefined) return null;
  return isAverage ? { node, name: "AVG", operands: node.arguments } : null;
}
