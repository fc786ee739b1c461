import type { Argument } from "./argument.ts";
import { type Context, edit, quoted, refuse } from "./context.ts";
import { isUnsigned, rangeOf, type Type, withSign } from "./type.ts";

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
