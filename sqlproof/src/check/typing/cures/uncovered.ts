import { countsOf, hasRules } from "../../rules/index.ts";
import type { Place } from "../../tree/nodes.ts";
import type { Argument } from "../argument.ts";
import { type Context, doubt, isSqliteOfPair, quoted, refuse } from "../context.ts";
import { besideUnits, needsRule, pairedType } from "../pairs.ts";
import { described, type Type, unknown } from "../type.ts";
import { cureFor, oneEach } from "./cures.ts";

/** Refuses an operator or function that no row covers with these operands. */
export function uncovered(
  name: string,
  args: readonly Argument[],
  types: readonly Type[],
  place: Place,
  context: Context,
): Type {
  // What a function makes of a text or a number, the engine itself says.
  const isFunction = /^[A-Z]/.test(name) && name !== "NEGATE";
  const isPair = isSqliteOfPair(context);
  const isAlike = context.mode === "both" || (isPair && needsRule(name, types));
  if (!isAlike && (isFunction || !hasRules(name) || !types.some(isMixed(types))))
    return isPair ? pairedType(name, types) : unknown;
  const words = args.map(({ node }, index) => `${quoted(node)} is ${described(types[index] ?? unknown)}`);
  const shown =
    name === "choose" ? "a choice between values" : name === "NEGATE" ? "-" : comparedBy(place, plainName(name));
  const written = args.map(({ node }) => quoted(node));
  const own = isPair ? besideUnits(name, args, types) : miscounted(name, shown, args.length);
  const cure = isAlike ? (own ?? cureFor(name, types, written, shown)) : null;
  const message =
    cure ??
    `${isAlike ? `${shown} is not the same on both engines here: ` : `${shown} has values of several types: `}${words.join(", ")}${name === "choose" ? `: give all of them one type, or in ORDER BY write ${oneEach}` : ""}`;
  if (hasRules(name)) refuse(context, "no-rule", message, place);
  else if (cure !== null) refuse(context, "function", message, place);
  else doubt(context, "function", message, place);
  return unknown;
}

/** A call with too few or too many values, about which no type says anything. */
function miscounted(name: string, shown: string, count: number): string | null {
  const counts = /^[A-Z_]+$/.test(name) && name !== "ASSIGN" && name !== "NEGATE" ? countsOf(name) : null;
  if (counts === null || counts.includes(count)) return null;
  if (name === "COUNT" && count > 1)
    return "COUNT of several values is MariaDB's: write SELECT COUNT(*) FROM (SELECT DISTINCT a, b .. WHERE a IS NOT NULL AND b IS NOT NULL) AS q";
  return `${shown} is called with ${count} values and takes ${counts.join(" or ")}`;
}

/** The word that compares, where no operator is written. */
function comparedBy(place: Place, operator: string): string {
  if (!/^[<=]/.test(operator) || !("kind" in place)) return operator;
  if (place.kind === "call" && "name" in place) return String(place.name);
  return comparing[String(place.kind)] ?? operator;
}

const comparing: Readonly<Record<string, string>> = {
  between: "BETWEEN",
  "in-list": "IN",
  "in-query": "IN",
  case: "CASE",
};

/** The name as it is written: the rules also say where it stands. */
function plainName(name: string): string {
  return /^(?:SELECTED|ROUND) (.+)$/.exec(name)?.[1] ?? name;
}

/** Numbers, texts, dates and bytes: values of two of these never belong together, on one engine either. */
function isMixed(types: readonly Type[]): (type: Type) => boolean {
  const family = (type: Type): string =>
    ["whole", "decimal", "double", "truth"].includes(type.kind) ? "number" : type.kind;
  const [first] = types;
  return (type) => first !== undefined && family(type) !== family(first);
}
