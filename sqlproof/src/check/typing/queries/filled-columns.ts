// MariaDB reads some columns of merged queries past their outer join, as what the query computes: where the join found
// no row, `COALESCE(m, 5)` is 5 to it, and a constant is there. Inside a function, it reads the column itself.
import { enclosed } from "../../parse/statement.ts";
import type { Call, ColumnName, Expression } from "../../tree/nodes.ts";
import { aggregateNames, hasAggregate, hasWindow } from "../aggregates.ts";
import { type Context, editAround } from "../context.ts";
import type { Bound } from "../scope.ts";
import { columnsIn } from "../walk.ts";
import type { TypedSelect } from "./typed-select.ts";

/** Columns that stand alone beside an aggregate or a window, and those of which MIN, MAX or a window is. */
export function encloseBesideAggregates({ scopes }: TypedSelect, parts: readonly Expression[], context: Context): void {
  if (context.mode === "sqlite") return;
  for (const part of parts) if (hasAggregate(part) || hasWindow(part)) visit(part);

  function visit(node: object): void {
    if (isCall(node) && node.over !== null) visit(node.arguments);
    else if (isCall(node) && aggregateNames.has(node.name)) {
      if (node.name === "MIN" || node.name === "MAX") visit(node.arguments);
    } else for (const child of Object.values(node)) visitChild(child);
  }
  function visitChild(child: unknown): void {
    if (typeof child !== "object" || child === null) return;
    if (isColumn(child)) {
      const bound = context.bound.get(child);
      if (bound !== undefined && scopes.has(bound.scope) && isComputed(bound)) enclose(child, context);
    } else if (!("kind" in child) || hasAggregate(child) || hasWindow(child)) visit(child);
  }
}

/** Constants of an outer join by which another one finds its rows. */
export function encloseInJoin(on: Expression, context: Context): void {
  if (context.mode === "sqlite") return;
  for (const name of columnsIn(on)) {
    const bound = context.bound.get(name);
    if (bound === undefined) continue;
    const { always, found } = bound.relation.constants;
    if (found.includes(bound.column.name) && !always.includes(bound.column.name)) enclose(name, context);
  }
}

function isComputed({ relation, column }: Bound): boolean {
  return relation.merged && column.computed !== undefined;
}

function enclose(name: ColumnName, context: Context): void {
  editAround(context, "mariadb", name, `COALESCE(${enclosed(name)})`);
}

function isCall(node: object): node is Call {
  return "kind" in node && node.kind === "call" && "arguments" in node;
}

function isColumn(node: object): node is ColumnName {
  return "kind" in node && node.kind === "column" && "name" in node && "table" in node;
}
