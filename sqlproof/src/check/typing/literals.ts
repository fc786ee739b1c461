import { formatUnits } from "../../runtime/amounts.ts";
import type { Expression } from "../tree/nodes.ts";
import type { Argument } from "./argument.ts";
import { type Context, edit, isInUnits, quoted, refuse } from "./context.ts";
import { described, givenText, shownValues, type Type, valuesOf } from "./type.ts";

/** Digits and a point: its units and places. */
export function unitsOf(text: string): { readonly units: bigint; readonly scale: number } | null {
  const match = /^(-?)(\d*)(?:\.(\d*))?$/.exec(text);
  if (match === null) return null;
  const [, sign = "", before = "", after = ""] = match;
  const units = BigInt(`${before}${after}` || "0");
  return { units: sign === "-" ? -units : units, scale: after.length };
}

/**
 * Gives the literals and open parameters among operands the type of the others: a number becomes units beside a
 * decimal, 0 and 1 are false and true beside a boolean, and a text beside a date must be one.
 */
export function unified(args: readonly Argument[], context: Context): Type[] {
  const target = targetOf(args);
  return args.map((argument) => (target === null ? argument.type : adapted(argument, target, context)));
}

/** The first operand that is neither a literal nor open; among literals alone, the one with the most places. */
function targetOf(args: readonly Argument[]): Type | null {
  const firm = args.find(({ type }) => !isSoft(type));
  if (firm !== undefined) return firm.type;
  const literals = args.map(({ type }) => type).filter((type) => type.kind !== "null" && type.kind !== "open");
  const places = (type: Type): number => (type.kind === "decimal" ? type.scale : type.kind === "double" ? 99 : 0);
  return literals.reduce<Type | null>(
    (most, type) => (most === null || places(type) > places(most) ? type : most),
    null,
  );
}

function isSoft(type: Type): boolean {
  switch (type.kind) {
    case "open":
    case "null":
      return true;
    case "whole":
    case "decimal":
    case "text":
      return type.literal !== null;
    default:
      return false;
  }
}

/** The operand as a value of the target's type, if it can be one. */
export function adapted(argument: Argument, target: Type, context: Context): Type {
  const { node, type } = argument;
  if (type.kind === "open") return opened(type, target, context);
  if (type.kind === "null") return { ...target, nullable: true };
  if (type.kind === "text" && type.literal !== null && (target.kind === "datetime" || target.kind === "date"))
    return dated(type.literal, node, target.kind, context);
  if (type.kind !== "whole" && type.kind !== "decimal") return type;
  if (type.literal === null) return type;
  if (target.kind === "truth" && type.kind === "whole" && (type.literal === 0n || type.literal === 1n))
    return { kind: "truth", nullable: false };
  if (target.kind === "double") {
    if (node.kind === "number") spell(node, node.text, context);
    return { kind: "double", nullable: false };
  }
  return target.kind === "decimal" ? scaled(type, node, target, context) : type;
}

function opened(type: Type & { kind: "open" }, target: Type, context: Context): Type {
  context.parameters.used(type.name, target);
  if (target.kind === "unknown") context.parameters.besideRefused(type.name);
  if (target.kind === "text") return givenText(null, type.nullable);
  return { ...target, nullable: type.nullable };
}

/** A number beside a decimal: SQLite gets it in units of the decimal's places. */
function scaled(
  type: Type & { kind: "whole" | "decimal" },
  node: Expression,
  target: Type & { kind: "decimal" },
  context: Context,
): Type {
  const scale = type.kind === "decimal" ? type.scale : 0;
  if (scale > target.scale) {
    const factor = 10n ** BigInt(scale - target.scale);
    const down = (type.literal ?? 0n) / factor - ((type.literal ?? 0n) < 0n ? 1n : 0n);
    const near = [down, down + 1n].map((units) => formatUnits(units, target.scale)).join(" or ");
    const isExact = (type.literal ?? 0n) % factor === 0n;
    refuse(
      context,
      "no-rule",
      isExact
        ? `${quoted(node)} has more places than ${described(target)} beside it: write ${formatUnits((type.literal ?? 0n) / factor, target.scale)}`
        : `${quoted(node)} has more places than ${described(target)} beside it, which has no value between: write ${near}`,
      node,
    );
    return target;
  }
  const units = (type.literal ?? 0n) * 10n ** BigInt(target.scale - scale);
  spell(node, String(units), context);
  return { kind: "decimal", scale: target.scale, range: { min: units, max: units }, literal: units, nullable: false };
}

/** SQLite gets a number in one form, so it cannot stand beside values of two types, as in NULLIF(2.5, :x::double). */
function spell(node: Expression, text: string, context: Context): void {
  const known = context.spelled.get(node) ?? text;
  if (known !== text)
    refuse(context, "no-rule", `${quoted(node)} stands beside values of two types: use a parameter`, node);
  context.spelled.set(node, text);
  edit(context, "sqlite", node, text);
}

const forms = {
  date: /^(\d{4})-(\d\d)-(\d\d)$/,
  datetime: /^(\d{4})-(\d\d)-(\d\d) ([01]\d|2[0-3]):[0-5]\d:[0-5]\d$/,
} as const;

function dated(text: string, node: Expression, kind: "datetime" | "date", context: Context): Type {
  const match = forms[kind].exec(text);
  const example = kind === "date" ? "'2024-01-15'" : "'2024-01-15 10:30:00'";
  if (match === null && !isInUnits(context)) return { kind, nullable: false };
  if (match === null)
    refuse(
      context,
      "date-form",
      `'${text}' stands beside a ${kind}, which MariaDB reads as a ${kind} and SQLite as text: write it like ${example}`,
      node,
    );
  else if (!exists(Number(match[1]), Number(match[2]), Number(match[3])))
    refuse(
      context,
      "date-form",
      `'${text}' is not a day of the calendar: MariaDB refuses it and SQLite stores it`,
      node,
    );
  return { kind, nullable: false };
}

/** True for a day of the calendar from the year 1 on; MariaDB's year 0 is no year. */
function exists(year: number, month: number, day: number): boolean {
  const date = new Date(Date.UTC(2000, month - 1, day));
  date.setUTCFullYear(year, month - 1, day);
  return year > 0 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day && month >= 1;
}

/** Beside an ENUM or SET, a literal is one of its values, and so is a parameter. */
export function compareValues(args: readonly Argument[], context: Context): void {
  const listed = args.find(({ type }) => type.kind === "text" && type.listed !== undefined);
  const values = listed === undefined ? null : valuesOf(listed.type);
  if (listed === undefined || values === null) return;
  for (const { node, type } of args) {
    if (node.kind === "parameter") context.parameters.oneOf(node.token.name, values);
    if (type.kind === "text" && type.literal !== null && !values.includes(type.literal))
      refuse(context, "range", `${quoted(node)} is no value of ${quoted(listed.node)}: ${shownValues(values)}`, node);
  }
}
