// SQLite's text of a pair: a plain text that may also use what SQLite alone has. Its decimals are decimals, which SQLite
// stores in units of their last place, so nothing that the rules do not write in units may read them.
import { hasRules } from "../rules/index.ts";
import { isSubsecond, sqliteType } from "../rules/sqlite-alone.ts";
import { isNeverNull } from "../rules/sqlite-times.ts";
import type { Argument } from "./argument.ts";
import { type Context, isSqliteOfPair, quoted, refuse } from "./context.ts";
import { functionCures } from "./cures/functions.ts";
import { type Type, unknown } from "./type.ts";

/** What SQLite's own functions give as a text, and MariaDB as a time. */
const times: ReadonlyMap<string, "date" | "datetime"> = new Map([
  ["DATE", "date"],
  ["CURRENT_DATE", "date"],
  ["DATETIME", "datetime"],
  ["CURRENT_TIMESTAMP", "datetime"],
]);

/** Quotients of whole numbers and decimals, which SQLite's own division cuts off. */
const quotients: ReadonlySet<string> = new Set(["/", "AVG", "SELECTED /", "SELECTED AVG", "ROUND /", "ROUND AVG"]);

/** True for operands of which only a row of the table of rules may compute something. */
export function needsRule(name: string, types: readonly Type[]): boolean {
  if (types.some(({ kind }) => kind === "decimal")) return true;
  // Of empty bytes, a part is NULL on SQLite.
  if (name.startsWith("SUBSTR") && types[0]?.kind === "blob") return true;
  return quotients.has(name) && !types.some(({ kind }) => kind === "double");
}

/** The type of what SQLite alone computes. */
export function pairedType(name: string, types: readonly Type[]): Type {
  const time = times.get(name);
  // A modifier that is no literal may be 'subsec', too.
  const isWhole = types.slice(1).every((type) => type.kind === "text" && type.literal !== null && !isSubsecond(type));
  if (time !== undefined && (time === "date" || isWhole))
    return { kind: time, nullable: !name.startsWith("CURRENT_") && !isNeverNull(name, types) };
  return sqliteType(name, types) ?? unknown;
}

/** Why a function of SQLite's own, or its CAST, gets no decimal; null for what has rows. */
export function besideUnits(name: string, args: readonly Argument[], types: readonly Type[]): string | null {
  const decimal = args[types.findIndex(({ kind }) => kind === "decimal")];
  const other = types.length > 1 ? { MIN: "LEAST", MAX: "GREATEST" }[name] : undefined;
  if (decimal === undefined || quotients.has(name) || (hasRules(name) && other === undefined)) return null;
  const own = `${name} is SQLite's: `;
  const known = functionCures.get(name);
  const cure = known?.startsWith(own) ? known.slice(own.length) : "select the decimal and compute in code";
  const form = other === undefined ? cure : `write ${other}(..)`;
  return `${name} is SQLite's own here and would read ${quoted(decimal.node)} in units of its last place: ${form}`;
}

/** Refuses a value without a known type beside a decimal or in a quotient: it may be a float or a text, and no units. */
export function refuseBesideUnits(
  name: string,
  args: readonly Argument[],
  types: readonly Type[],
  context: Context,
): void {
  if (!isSqliteOfPair(context) || !needsRule(name, types)) return;
  for (const [index, { kind }] of types.entries()) {
    const node = args[index]?.node;
    if (kind !== "unknown" || node === undefined) continue;
    const { from, to } = node;
    // What is refused has no type either.
    if (context.findings.some(({ offset }) => offset !== null && offset >= from && offset < to)) continue;
    refuse(
      context,
      "no-rule",
      `${quoted(node)} has no type that sqlproof knows and stands ${quotients.has(name) ? "in a quotient" : "beside a decimal"}, which SQLite has in units of the last place: use a parameter, or CAST(.. AS INTEGER), * 1.00 for as many places`,
      node,
    );
  }
}
