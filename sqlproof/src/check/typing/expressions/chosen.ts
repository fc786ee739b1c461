import type { Expression } from "../../tree/nodes.ts";
import { argument } from "../argument.ts";
import type { Context } from "../context.ts";
import { apply } from "../operators.ts";
import type { Scope } from "../scope.ts";
import type { Type } from "../type.ts";

/** One of several values. A parameter among them may be NULL when the others may. */
export function chosen(nodes: readonly Expression[], place: Expression, scope: Scope, context: Context): Type {
  const args = nodes.map((node) => argument(node, scope, context));
  const nullable = args.some(({ node, type }) => node.kind !== "parameter" && type.nullable);
  if (nullable)
    for (const { node } of args) if (node.kind === "parameter") context.parameters.besideNull(node.token.name);
  return apply("choose", args, place, null, context);
}
