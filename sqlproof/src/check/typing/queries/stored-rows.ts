import { enclosed } from "../../parse/statement.ts";
import type { Expression, Select } from "../../tree/nodes.ts";
import { type Context, edit, editAround } from "../context.ts";
import { type RelationColumn, type Result, sameName } from "../scope.ts";
import { hiddenIn, isGiven, type Type, withHidden } from "../type.ts";
import { isParameter, nodesIn } from "../walk.ts";
import type { Selected } from "./typed-select.ts";

/**
 * The rows of a query in FROM or WITH, which MariaDB stores, and rounds in doing so. Yet it carries conditions of the
 * query around into that query (`condition_pushdown_for_derived`, `condition_pushdown_from_having`), and computes a
 * quotient in them with digits that it does not store. ROUND to the places that it stores leaves none.
 */
export function storedRows(result: Result, context: Context): Result {
  const columns = result.columns.map(({ hides = [], ...column }): RelationColumn => {
    if (hides.length === 0) return column;
    for (const node of hides) withoutHidden(node, column.type, context);
    return { ...column, type: withHidden(column.type, null) };
  });
  return { ...result, columns };
}

/** `GROUP BY r`: beside a DISTINCT aggregate, MariaDB tells groups apart by the digits that it does not show. */
export function groupedItem(key: Expression, selected: readonly Selected[], context: Context): void {
  if (key.kind !== "column" || key.table !== null || context.bound.has(key)) return;
  const item = selected.find(({ name }) => sameName(name, key.name));
  if (item?.node != null) withoutHidden(item.node, item.type, context);
}

/** The type of a value whose hidden digits ROUND takes away; a view's column keeps them, as its text is not ours. */
export function withoutHidden(node: Expression, type: Type, context: Context): Type {
  if (hiddenIn(type) === null || type.kind !== "decimal" || node.kind === "column") return type;
  editAround(context, "mariadb", node, `ROUND(${enclosed(node)}, ${type.scale})`);
  return withHidden(type, null);
}

/** The values of a column that have hidden digits; none where one of them is of `*` or of a view. */
export function hidingValues(values: readonly Pick<Selected, "node" | "type">[]): readonly Expression[] {
  const hidden = values.filter(({ type }) => hiddenIn(type) !== null);
  const nodes = hidden.flatMap(({ node }) => (node === null || node.kind === "column" ? [] : [node]));
  return nodes.length === hidden.length ? nodes : [];
}

/** A LONGTEXT to MariaDB: each of its characters may have four bytes. It is never computed, as CHAR(n) would cut texts. */
const longText = `CAST('' AS CHAR(${2 ** 22}))`;

/**
 * Gives what holds a text parameter the width of a LONGTEXT. How MariaDB stores a column is decided by its width when
 * the statement is prepared, and a parameter is as wide as its value. Of one that outgrew the decision, IN (SELECT ..)
 * found no row or ended the server, and a UNION kept the length modulo 65536.
 */
export function widenTexts({ items }: Select, context: Context): void {
  if (context.mode === "sqlite") return;
  for (const item of items) {
    if (item.kind === "star" || item.value.kind === "parameter") continue;
    for (const parameter of nodesIn(item.value).filter(isParameter))
      if (isGiven(context.parameters.typeOf(parameter.token.name)))
        edit(context, "mariadb", parameter, `IF(TRUE, ?, ${longText})`);
  }
}
