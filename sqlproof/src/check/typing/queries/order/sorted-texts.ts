import type { Expression } from "../../../tree/nodes.ts";
import { type Context, quoted, refuse } from "../../context.ts";
import { sortsByDeclaration, type Type } from "../../type.ts";

const sorting: ReadonlySet<string> = new Set(["ORDER BY", "MIN of", "MAX of"]);

/** Refuses texts that each engine compares or sorts in its own order. Each text of a pair has that of its engine. */
export function refuseOrder(type: Type, node: Expression, use: string, context: Context): void {
  if (context.mode !== "both") return;
  refuseFolding(type, node, use, context);
  if (!sorting.has(use)) return;
  refuseDeclared(type, node, use, context);
  refusePadded(type, node, use, context);
}

function refuseFolding(type: Type, node: Expression, use: string, context: Context): void {
  if (type.kind === "text" && type.collation === "folding")
    refuse(
      context,
      "collation",
      `${use} ${quoted(node)}: its collation has no equal on SQLite, so the answers differ; ` +
        "in the migration for MariaDB, write COLLATE utf8mb4_nopad_bin at the column, or behind the last bracket of its table",
      node,
    );
}

function refuseDeclared(type: Type, node: Expression, use: string, context: Context): void {
  if (!sortsByDeclaration(type)) return;
  refuse(
    context,
    "order",
    `${use} ${quoted(node)}: MariaDB sorts it in the order of its declaration, SQLite by its text; write ${quoted(node)} || ''`,
    node,
  );
}

/** In a sort or an index of MariaDB, a tab comes before the end of a shorter CHAR. */
export function refusePadded(type: Type, node: Expression, use: string, context: Context): void {
  if (context.mode !== "both" || type.kind !== "text" || type.padded !== true) return;
  refuse(
    context,
    "order",
    `${use} ${quoted(node)}: MariaDB fills a CHAR up with spaces to sort it; write ${quoted(node)} || '', or give it CHECK (LENGTH(..) = n) on SQLite`,
    node,
  );
}
