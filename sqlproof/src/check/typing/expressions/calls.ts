import { written } from "../../parse/statement.ts";
import { hasRules } from "../../rules/index.ts";
import { scaleOf } from "../../rules/rule.ts";
import { sqliteType } from "../../rules/sqlite-alone.ts";
import type { Call, Expression } from "../../tree/nodes.ts";
import { aggregateNames, hasAggregate, rankNames } from "../aggregates.ts";
import { type Argument, argument } from "../argument.ts";
import { type Context, edit, isSqliteAlone, isSqliteOfPair, quoted, refuse } from "../context.ts";
import { cureFor } from "../cures/cures.ts";
import { functionCures } from "../cures/functions.ts";
import { uncovered } from "../cures/uncovered.ts";
import { withoutFloats } from "../floats.ts";
import { apply, comparable, compare, condition } from "../operators.ts";
import type { Scope } from "../scope.ts";
import { givenText, integerType, isGiven, rangeOf, type Type, unknown, widened, withNull } from "../type.ts";
import { columnsIn } from "../walk.ts";
import { chosen } from "./chosen.ts";
import { checkFrame, isCountable } from "./frames.ts";
import { hintDates, hintOpen } from "./hints.ts";
import { joinWindow } from "./joined-texts.ts";
import { checkConstantKey } from "./over-keys.ts";
import { checkOwn } from "./own-columns.ts";
import { checkAverage, roundedQuotient } from "./quotients.ts";

/** The type of a function call. */
export function typeOfCall(node: Call, scope: Scope, context: Context): Type {
  if (node.over !== null) typeOver(node, scope, context);
  else if (rankNames.has(node.name) && context.mode === "both")
    refuse(context, "function", `${node.name} needs OVER (ORDER BY ..)`, node);
  if (node.filter !== undefined) condition(argument(node.filter, scope, context), context);
  for (const { value } of node.order ?? []) context.typers.expression(value, scope, context);
  const rounded = roundedQuotient(node, scope, context);
  if (rounded !== null) return rounded;
  switch (node.name) {
    case "COALESCE":
    case "IFNULL":
      return coalesced(node, scope, context);
    case "NULLIF":
      return nullIf(node, scope, context);
    case "GREATEST":
    case "LEAST":
      return extreme(node, scope, context);
    case "LAG":
    case "LEAD":
      return neighbour(node, scope, context);
    case "COUNT":
      if (node.star) return integerType({ min: 0n, max: 2n ** 53n - 1n });
      break;
    case "MIN":
    case "MAX":
      if (node.arguments.length > 1 && context.mode === "both") {
        const name = node.name === "MIN" ? "LEAST" : "GREATEST";
        refuse(context, "function", `${node.name} of several values is SQLite's: write ${name}(..)`, node);
        return unknown;
      }
  }
  return plain(node, scope, context);
}

function plain(node: Call, scope: Scope, context: Context): Type {
  const sorted = node.distinct || node.name === "MIN" || node.name === "MAX";
  const args = node.arguments.map((one) => {
    const { type } = argument(one, scope, context);
    const use = `${node.name}${node.distinct ? " DISTINCT" : ""} of`;
    return { node: one, type: sorted ? comparable(type, one, use, context) : type };
  });
  if (aggregateNames.has(node.name)) checkOwn(node, scope, context);
  if (node.name === "CONCAT") joinWindow(node.arguments[0], context);
  if (node.name === "REPLACE") checkReplaced(args, context);
  if (node.distinct && context.mode !== "sqlite" && columnsIn(node.arguments).length === 0)
    refuse(
      context,
      "function",
      `${node.name}(DISTINCT ..) of no column, beside which MariaDB removes no equal rows: leave it out`,
      node,
    );
  const types = args.map(({ type }) => type);
  if (checkAverage(node, types, context)) return unknown;
  if (!hasRules(node.name) && context.mode !== "both") return ownType(node, args, context);
  const cure = hasRules(node.name) ? null : cureFor(node.name, types, node.arguments.map(quoted));
  // The function is none of both engines', whatever its operands are.
  if (cure !== null) {
    hintOpen(node.name, types, context);
    refuse(context, "function", cure, node);
    return unknown;
  }
  if (args.some(({ type }) => type.kind === "text" && type.collation === "folding") && sorted)
    return withNull(args[0]?.type ?? unknown, true);
  const type = apply(node.name, args, node, node.sign, context);
  // FILTER may leave out all rows of a group.
  const filled = node.filter === undefined && (node.over === null ? scope.grouped : node.over.frame === null);
  const never = filled && rowsOf.has(node.name) && args.every((one) => !one.type.nullable);
  return never && type.kind !== "unknown" ? withNull(type, false) : type;
}

/** What takes texts on either engine. */
const matching: ReadonlySet<string> = new Set(["REGEXP", "RLIKE", "GLOB", "MATCH"]);

/** What only one engine computes: MariaDB says its type itself. */
function ownType(node: Call, args: readonly Argument[], context: Context): Type {
  const { name } = node;
  const types = args.map(({ type }) => type);
  hintDates(args.slice(0, 1), context, name);
  if (matching.has(name))
    for (const { node: operand, type } of args)
      if (type.kind === "open" && operand.kind === "parameter") context.parameters.used(type.name, givenText(null));
  if (isSqliteOfPair(context)) return uncovered(name, args, types, node, context);
  return (isSqliteAlone(context) ? sqliteType(name, types) : null) ?? unknown;
}

/** MariaDB replaces inside the parameter of a query in brackets, and everything else that reads it finds that. */
function checkReplaced([first]: readonly Argument[], context: Context): void {
  if (context.mode === "sqlite" || first === undefined || !isGiven(first.type)) return;
  if (columnsIn(first.node).length > 0)
    refuse(
      context,
      "no-rule",
      `REPLACE in ${quoted(first.node)}, a parameter of a query in brackets, changes that for the whole statement on MariaDB: write the parameter itself`,
      first.node,
    );
}

/** Of values that are never NULL, these are not NULL either when there is a row. */
const rowsOf: ReadonlySet<string> = new Set(["SUM", "MIN", "MAX", "FIRST_VALUE", "LAST_VALUE"]);

/** The first value that is not NULL; all but the last may be NULL for that. */
function coalesced(node: Call, scope: Scope, context: Context): Type {
  const args = node.arguments.map((one) => argument(one, scope, context));
  for (const one of node.arguments.slice(0, -1))
    if (one.kind === "parameter") context.parameters.mayBeNull(one.token.name);
  const type = apply("choose", args, node, null, context);
  return withNull(type, args.every((one) => one.type.nullable) || type.kind === "unknown");
}

function nullIf(node: Call, scope: Scope, context: Context): Type {
  const args = node.arguments.map((one) => argument(one, scope, context));
  const [first, second] = args;
  if (first === undefined || second === undefined || args.length > 2) return unknown;
  compare("=", args, node, context);
  if (context.mode !== "sqlite" && hasAggregate(node.arguments)) withoutNullIf(node, context);
  // MariaDB gives it the places of the literal, SQLite has it in units of the other's.
  if (context.mode === "both" && first.node.kind === "number" && scaleOf(first.type) < scaleOf(second.type))
    refuse(context, "no-rule", `${quoted(node)}: write as many places in ${quoted(first.node)} as in the other`, node);
  if (first.node.kind === "number" && second.node.kind !== "number" && scaleOf(second.type) > 0)
    return withNull(widened(second.type), true);
  return withNull(apply("choose", [first], node, null, context), true);
}

/** MariaDB computes the operands of NULLIF again where it reads a group, and then takes an aggregate of other rows. */
function withoutNullIf({ arguments: [a, b], from, to }: Call, context: Context): void {
  if (a === undefined || b === undefined) return;
  const first = written(a.from, a.to);
  edit(
    context,
    "mariadb",
    { from, to },
    `CASE WHEN (${first}) = (${written(b.from, b.to)}) THEN NULL ELSE ${first} END`,
  );
}

function extreme(node: Call, scope: Scope, context: Context): Type {
  const found = chosen(node.arguments, node, scope, context);
  const exact = node.arguments.map((one) => {
    const own = context.typers.expression(one, scope, context);
    return comparable(rangeOf(own) === null ? found : own, one, `${node.name} of`, context);
  });
  const type = withoutFloats(found, exact);
  if (["text", "truth", "blob"].includes(type.kind) && context.mode === "both")
    refuse(
      context,
      "no-rule",
      `${node.name} takes numbers and dates on both engines: write CASE WHEN a > b THEN a ELSE b END`,
      node,
    );
  edit(context, "sqlite", node.sign, node.name === "GREATEST" ? "MAX" : "MIN");
  const ranges = node.arguments.flatMap((one) => rangeOf(context.typers.expression(one, scope, context)) ?? []);
  if (type.kind !== "whole" || ranges.length < node.arguments.length) return type;
  const pick = (values: readonly bigint[]): bigint =>
    values.reduce((a, b) => ((node.name === "GREATEST") === a > b ? a : b));
  return { ...type, range: { min: pick(ranges.map(({ min }) => min)), max: pick(ranges.map(({ max }) => max)) } };
}

/** `LAG(x)` and `LAG(x, 2)`. */
function neighbour(node: Call, scope: Scope, context: Context): Type {
  const [first, distance, ...others] = node.arguments;
  if (first === undefined) return unknown;
  const literal = distance === undefined || (distance.kind === "number" && /^\d+$/.test(distance.text));
  if (isSqliteAlone(context)) return withNull(argument(first, scope, context).type, true);
  if (distance?.kind === "number" && literal && !isCountable(distance.text))
    refuse(
      context,
      "range",
      `${node.name} looks ${distance.text} rows away, more than an INT holds: write fewer`,
      distance,
    );
  if (!literal || others.length > 0)
    refuse(
      context,
      "function",
      `${node.name} takes a value and a literal distance; choose a default with COALESCE`,
      node,
    );
  return withNull(apply("choose", [argument(first, scope, context)], node, null, context), true);
}

function typeOver(node: Call, scope: Scope, context: Context): void {
  const { over } = node;
  if (over === null) return;
  const sorted: [Expression, string][] = [
    ...over.partition.map((one): [Expression, string] => [one, "PARTITION BY"]),
    ...over.order.map((item): [Expression, string] => [item.value, "ORDER BY"]),
  ];
  for (const [one, use] of sorted) comparable(context.typers.expression(one, scope, context), one, use, context);
  checkUnitFrame(node, scope, context);
  if (context.mode !== "both") return;
  for (const [one, use] of sorted) checkConstantKey(one, use, scope, context);
  const isKnown = aggregateNames.has(node.name) || rankNames.has(node.name) || functionCures.has(node.name);
  if (!isKnown) refuse(context, "function", `${node.name} OVER (..) has no form that both engines share`, node);
  if (node.distinct) refuse(context, "function", `${quoted(node)}: MariaDB has no DISTINCT with OVER`, node);
  if (rankNames.has(node.name) && over.order.length === 0)
    refuse(
      context,
      "order",
      "a ranking function OVER unordered rows differs on each engine: add ORDER BY inside OVER (..)",
      node,
    );
  checkFrame(over, context);
}

/** A frame as wide as a number, which SQLite would take for units of a decimal. */
function checkUnitFrame({ over, name }: Call, scope: Scope, context: Context): void {
  if (over?.frame == null || !isSqliteOfPair(context) || !/^RANGE/.test(over.frame)) return;
  if (!/PRECEDING|FOLLOWING/.test(over.frame.replace(/UNBOUNDED \w+/g, ""))) return;
  if (over.order.some(({ value }) => context.typers.expression(value, scope, context).kind === "decimal"))
    refuse(
      context,
      "function",
      `${name} OVER (.. ${over.frame}) counts units of a decimal on SQLite: write ROWS`,
      over,
    );
}
