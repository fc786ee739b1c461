import type { CommonTable, Expression, Select } from "../../tree/nodes.ts";
import { type Context, quoted, refuse } from "../context.ts";
import type { RelationColumn, Result, Scope } from "../scope.ts";
import { safeRange, type Type, within } from "../type.ts";
import { hasParameter } from "../walk.ts";
import type { TypedSelect } from "./typed-select.ts";
import { unite } from "./unions.ts";

const int32 = { min: -(2n ** 31n), max: 2n ** 31n - 1n };

/** Types one SELECT. */
export type SelectTyper = (
  select: Select,
  parent: Scope | null,
  named: Scope["named"],
  context: Context,
) => TypedSelect;

/** A WITH RECURSIVE table. MariaDB gives its columns the types of the first SELECT; SQLite keeps whatever comes. */
export function recursiveResult(
  table: CommonTable,
  parent: Scope | null,
  named: ReadonlyMap<string, Result>,
  typeOfSelect: SelectTyper,
  context: Context,
): Result {
  const { query } = table;
  const refers = JSON.stringify(query.others, (_, value: unknown) => (typeof value === "bigint" ? "" : value))
    .toLowerCase()
    .includes(`"name":"${table.name.toLowerCase()}"`);
  if (!refers) return context.typers.query(query, parent, named, context);
  const stores: Context = { ...context, writes: true };
  const anchor = typeOfSelect(query.first, parent, named, stores);
  const columns = anchor.selected.map(({ name, type }, index) => ({
    name: table.columns?.[index] ?? name,
    type: fixed(type),
  }));
  const inner = new Map(named).set(table.name.toLowerCase(), { columns, keys: [], mergeable: null, rows: "many" });
  const others = query.others.map(({ select }) => typeOfSelect(select, parent, inner, stores));
  if (context.mode === "both") {
    for (const other of others)
      for (const [index, { node, type }] of other.selected.entries()) {
        const column = columns[index];
        if (column !== undefined && node !== null) checkStep(column, node, type, context);
      }
    for (const { node, type } of anchor.selected) if (node !== null) checkStart(node, type, context);
    if (query.others.some(({ select }) => select.where === null))
      refuse(context, "recursion", "a recursive SELECT without WHERE never ends: write a condition that does", table);
    if (query.limit !== null || query.order.length > 0)
      refuse(context, "recursion", "ORDER BY and LIMIT do not belong inside a recursive table", table);
  }
  unite([anchor, ...others], query, context);
  return { columns, keys: [], mergeable: null, rows: "many" };
}

/** MariaDB takes the width of a column from the value that a parameter has at the first execution. */
function checkStart(node: Expression, type: Type, context: Context): void {
  if (!hasParameter(node)) return;
  if (type.kind === "text" && type.length === null)
    refuse(
      context,
      "recursion",
      `${quoted(node)} is a text parameter in the first SELECT, whose length MariaDB gives the column: write a column or a literal`,
      node,
    );
  if (type.kind === "whole" && (node.kind !== "parameter" || type.nullable))
    refuse(
      context,
      "recursion",
      `${quoted(node)} is computed with a parameter in the first SELECT, whose width MariaDB gives the column: write a column or a literal`,
      node,
    );
}

/** The column that MariaDB makes for the first SELECT's value. */
function fixed(type: Type): Type {
  switch (type.kind) {
    case "whole":
      return { ...type, literal: null, range: within(type.range, int32) ? int32 : safeRange };
    case "decimal":
    case "text":
      return { ...type, literal: null };
    default:
      return type;
  }
}

/** A step may count by a literal; any other computed value could outgrow the column that the first SELECT made. */
function checkStep({ name, type: column }: RelationColumn, node: Expression, type: Type, context: Context): void {
  const counts =
    node.kind === "binary" &&
    (node.operator === "+" || node.operator === "-") &&
    node.left.kind === "column" &&
    node.right.kind === "number";
  const alike =
    type.kind === column.kind && (type.kind !== "decimal" || column.kind !== "decimal" || type.scale === column.scale);
  const fits =
    (alike || type.kind === "unknown" || type.kind === "open" || column.kind === "unknown") &&
    (column.kind !== "whole" || type.kind !== "whole" || counts || within(type.range, column.range)) &&
    (column.kind !== "decimal" || type.kind !== "decimal" || within(type.range, column.range)) &&
    (column.kind !== "text" ||
      type.kind !== "text" ||
      column.length === null ||
      (type.length !== null && type.length <= column.length)) &&
    (column.kind !== "blob" || node.kind === "column") &&
    (column.nullable || !type.nullable);
  if (!fits)
    refuse(
      context,
      "recursion",
      `${quoted(node)} may not fit "${name}", whose type MariaDB takes from the first SELECT: make that value as wide`,
      node,
    );
}
