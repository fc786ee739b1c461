import type { InQuery } from "../../tree/nodes.ts";
import { argument } from "../argument.ts";
import { type Context, quoted, refuse } from "../context.ts";
import type { Scope } from "../scope.ts";

/**
 * `NULL IN (SELECT ..)` is false when nothing is selected, else NULL, which matters behind NOT and where it is a value. A
 * prepared statement of MariaDB keeps the answer of its first execution.
 */
export function checkNullMemberships(node: unknown, scope: Scope, context: Context): void {
  if (context.mode === "sqlite") return;
  for (const { operand, from, to } of membershipsIn(node)) {
    const sides = operand.kind === "row" ? operand.items : [operand];
    const side = sides.find((one) => argument(one, scope, context).type.nullable);
    if (side === undefined) continue;
    refuse(
      context,
      "no-rule",
      `${quoted(side)} may be NULL, for which MariaDB keeps an earlier answer of IN (SELECT ..): write NOT EXISTS, or a CASE`,
      { from, to },
    );
  }
}

/** Those of this query, outside of the queries inside it. */
function* membershipsIn(node: unknown): Generator<InQuery> {
  if (typeof node !== "object" || node === null) return;
  if ("kind" in node && (node.kind === "subquery" || node.kind === "exists" || node.kind === "case")) return;
  if (isMembership(node)) yield node;
  else for (const child of Object.values(node)) yield* membershipsIn(child);
}

function isMembership(node: object): node is InQuery {
  return "kind" in node && node.kind === "in-query";
}
