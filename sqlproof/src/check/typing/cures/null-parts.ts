import type { Call, Expression } from "../../tree/nodes.ts";
import { type Context, quoted } from "../context.ts";
import { strict } from "../writes/perhaps-null.ts";

/** What to write where a value may be NULL: COALESCE around the part for which it is, and not around the whole. */
export function coalesceCure(node: Expression, context: Context): string {
  const parts = nullParts(node, null, context);
  const [only, ...others] = new Map(parts.map((part) => [quoted(part.node), part])).values();
  if (only?.node.kind === "case" && only.node.otherwise === null) return "write ELSE and a value before END";
  if (only === undefined || only.node === node) return `write COALESCE(${quoted(node)}, value)`;
  const forms = [only, ...others].map(
    (part) => `COALESCE(${quoted(part.node)}, ${part.instead}) for ${quoted(part.node)}`,
  );
  return `write ${forms.join(" and ")}`;
}

/** A part that may be NULL, and the value that changes nothing where it stands. */
interface Part {
  readonly node: Expression;
  readonly instead: string;
}

/** The innermost operands that make a value NULL. A subquery counts as one: it may find no row. */
function nullParts(node: Expression, instead: string | null, context: Context): readonly Part[] {
  const part: readonly Part[] = [{ node, instead: instead ?? "value" }];
  switch (node.kind) {
    case "number":
    case "text":
    case "blob":
    case "truth":
      return [];
    case "column":
      return context.bound.get(node)?.column.type.nullable === false ? [] : part;
    case "parameter":
      return context.parameters.typeOf(node.token.name).nullable ? part : [];
    case "unary":
      return nullParts(node.operand, instead, context);
    case "cast":
      return nullParts(node.operand, null, context);
    case "binary": {
      const neutral = node.operator === "||" ? "''" : node.operator === "+" || node.operator === "-" ? "0" : null;
      if (neutral === null && node.operator !== "*") return part;
      return [node.left, node.right].flatMap((side) => nullParts(side, neutral, context));
    }
    case "call":
      return strict.has(node.name) && node.over === null
        ? node.arguments.flatMap((one) => nullParts(one, null, context))
        : isNeverNull(node, context)
          ? []
          : part;
    default:
      return part;
  }
}

/** COUNT, and COALESCE whose last value is never NULL. */
function isNeverNull({ name, arguments: items }: Call, context: Context): boolean {
  if (name === "COUNT") return true;
  return (name === "COALESCE" || name === "IFNULL") && items.some((one) => nullParts(one, null, context).length === 0);
}
