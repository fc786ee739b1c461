import type { Expression } from "../tree/nodes.ts";
import type { Context } from "./context.ts";
import type { Scope } from "./scope.ts";
import type { Type } from "./type.ts";

/** An operand and its type so far. */
export interface Argument {
  readonly node: Expression;
  readonly type: Type;
}

/** Types an operand. */
export function argument(node: Expression, scope: Scope, context: Context): Argument {
  return { node, type: context.typers.expression(node, scope, context) };
}

/** NULLIF(x, 0), which is NULL where x is 0: so is the quotient, on both engines. */
export function isNullForZero(divisor: Argument | undefined): boolean {
  const node = divisor?.node;
  if (node?.kind !== "call" || node.name !== "NULLIF") return false;
  const [, zero] = node.arguments;
  return zero?.kind === "number" && /^0+$/.test(zero.text);
}
