import { enclosed } from "../../parse/statement.ts";
import type { Expression } from "../../tree/nodes.ts";
import { hasWindow } from "../aggregates.ts";
import { type Context, editAround } from "../context.ts";

/**
 * Has MariaDB join an empty text with the first operand of `||` or CONCAT when that holds a window. Beside another
 * window, MariaDB otherwise appends to the window's own value, and answers only what was appended.
 */
export function joinWindow(first: Expression | undefined, context: Context): void {
  if (first === undefined || context.mode === "sqlite" || !hasWindow(first)) return;
  if (first.kind === "binary" && first.operator === "||") return;
  editAround(context, "mariadb", first, `('' || ${enclosed(first)})`);
}
