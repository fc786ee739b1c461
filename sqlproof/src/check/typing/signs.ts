import { enclosed } from "../parse/statement.ts";
import type { Expression, Place } from "../tree/nodes.ts";
import { hasAggregate, hasWindow } from "./aggregates.ts";
import type { Argument } from "./argument.ts";
import { type Context, edit, editAround, quoted, refuse } from "./context.ts";
import { isUnsigned, rangeOf, type Type, withSign } from "./type.ts";
import { columnsIn, nodesIn } from "./walk.ts";

/** Operators that give no sign on MariaDB when one operand has none: a result below 0 is an error there. */
export const signless: ReadonlySet<string> = new Set(["+", "*", "DIV"]);

/** The result with a sign, where it may be below 0: MariaDB gets one for each operand that has none. */
export function signed(given: Type, args: readonly Argument[], types: readonly Type[], context: Context): Type {
  if (!isUnsigned(given) || (rangeOf(given)?.min ?? 0n) >= 0n) return given;
  for (const [index, { node }] of args.entries()) {
    const type = types[index];
    if (type === undefined || !isUnsigned(type)) continue;
    if (node.kind === "column" && node.table?.toLowerCase() !== "excluded") {
      const path = node.table === null ? `"${node.name}"` : `"${node.table}"."${node.name}"`;
      edit(context, "mariadb", node, `CAST(${path} AS SIGNED)`);
    } else
      refuse(
        context,
        "range",
        `${quoted(node)} is UNSIGNED, of which MariaDB computes nothing below 0: write CAST(.. AS INTEGER)`,
        node,
      );
  }
  return withSign(given, true);
}

/** Functions whose result MariaDB makes as wide as what they take; so are NULLIF, LAG and LEAD. */
const asWide: ReadonlySet<string> = new Set(["ABS", "MIN", "MAX", "FIRST_VALUE", "LAST_VALUE"]);

/**
 * MariaDB gives a literal and a part of a date no place for a sign, and takes one off what these functions make of
 * them: stored as a decimal, as beside a number that has no sign, ABS(99999) is 9999. A sum with 0 is wide enough.
 */
export function widen(name: string, [first, ...others]: readonly Argument[], place: Place, context: Context): void {
  if (context.mode === "sqlite" || first?.type.kind !== "whole" || first.node.kind === "parameter") return;
  const isCall = "kind" in place && place.kind === "call";
  const keepsWidth = asWide.has(name) || name === "DIV" || (name === "choose" && others.length === 0 && isCall);
  const isLiteral = !varies(first.node, context) && !hasAggregate(first.node) && !hasWindow(first.node);
  const isPart = name === "DIV" && nodesIn(first.node).some(isPartOfDate);
  if (keepsWidth && (isLiteral || isPart)) editAround(context, "mariadb", first.node, `(${enclosed(first.node)} + 0)`);
}

const parts: ReadonlySet<string> = new Set(["YEAR", "MONTH", "DAY", "DAYOFMONTH", "HOUR", "MINUTE", "SECOND"]);

function isPartOfDate(node: object): boolean {
  return "kind" in node && node.kind === "call" && "name" in node && parts.has(String(node.name));
}

/** True when a column stands in it that is not the same literal in all rows of a query in brackets. */
export function varies(node: Expression, context: Context): boolean {
  return columnsIn(node).some((name) => {
    const bound = context.bound.get(name);
    return bound !== undefined && !bound.relation.constants.found.includes(bound.column.name);
  });
}
