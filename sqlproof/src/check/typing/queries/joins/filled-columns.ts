// MariaDB reads some columns of merged views past their outer join, as what the query computes: where the join found
// no row, `COALESCE(m, 5)` is 5 to it, and a constant is there. Inside a function, it reads the column itself.
import type { ColumnName, Expression } from "../../../tree/nodes.ts";
import { aggregateNames, hasAggregate, hasWindow } from "../../aggregates.ts";
import { type Context, edit, enclose } from "../../context.ts";
import { type Bound, sameName } from "../../scope.ts";
import { columnsIn, isCall, isColumn, nodesIn } from "../../walk.ts";
import type { TypedSelect } from "../typed-select.ts";

/** Columns that stand alone beside an aggregate or a window, and those of which MIN, MAX or a window is. */
export function encloseBesideAggregates({ scopes }: TypedSelect, parts: readonly Expression[], context: Context): void {
  if (context.mode === "sqlite") return;
  for (const part of parts) if (hasAggregate(part) || hasWindow(part)) visit(part);

  function visit(node: object): void {
    if (isCall(node) && node.over !== null) {
      visit(node.arguments);
      for (const one of node.arguments)
        if (one.kind === "column" && boundOf(one)?.relation.merged) enclose(context, one);
    } else if (isCall(node) && aggregateNames.has(node.name)) {
      // Of a plain column, MariaDB finds them in an index.
      if (node.name === "MIN" || node.name === "MAX")
        for (const one of node.arguments) if (isComputedColumn(one)) visitChild(one);
    } else for (const child of Object.values(node)) visitChild(child);
  }
  function visitChild(child: unknown): void {
    if (typeof child !== "object" || child === null) return;
    if (isColumn(child)) {
      if (boundOf(child)?.relation.merged) enclose(context, child);
    } else if (!("kind" in child) || hasAggregate(child) || hasWindow(child)) visit(child);
  }
  function isComputedColumn(node: Expression): boolean {
    const bound = node.kind === "column" ? boundOf(node) : undefined;
    return bound !== undefined && isComputed(bound);
  }
  function boundOf(name: ColumnName): Bound | undefined {
    const bound = context.bound.get(name);
    return bound !== undefined && scopes.has(bound.scope) ? bound : undefined;
  }
}

/** Computed columns that are grouped or distinct: MariaDB reads them past the join where each table has one row. */
export function encloseGrouped({ select, scopes, grouped }: TypedSelect, context: Context): void {
  if (context.mode === "sqlite" || !(grouped || select.distinct)) return;
  for (const item of select.items) {
    if (item.kind !== "value" || item.value.kind !== "column") continue;
    const bound = context.bound.get(item.value);
    if (bound === undefined || !scopes.has(bound.scope) || !isComputed(bound)) continue;
    enclose(context, item.value);
    if (item.alias === null) edit(context, "mariadb", { from: item.to, to: item.to }, ` AS "${item.value.name}"`);
  }
}

/** Computed columns that IN looks up. */
export function encloseOperands(where: Expression | null, context: Context): void {
  if (context.mode === "sqlite") return;
  for (const node of nodesIn(where)) {
    if (!("kind" in node && node.kind === "in-query" && "operand" in node)) continue;
    const { operand } = node;
    if (typeof operand !== "object" || operand === null || !isColumn(operand)) continue;
    const bound = context.bound.get(operand);
    if (bound !== undefined && isComputed(bound)) enclose(context, operand);
  }
}

function isComputed({ relation, column }: Bound): boolean {
  return relation.merged && column.computed !== undefined;
}

/** Constants of an outer join by which another one finds its rows. */
export function encloseInJoin(on: Expression, context: Context): void {
  if (context.mode === "sqlite") return;
  for (const name of columnsIn(on)) {
    const bound = context.bound.get(name);
    if (bound === undefined) continue;
    const { always, found } = bound.relation.constants;
    if (found.includes(bound.column.name) && !always.includes(bound.column.name)) enclose(context, name);
  }
}

/**
 * Aliases of such columns with which a sort key computes: where MariaDB sorts what it has stored, it takes the column of
 * another row. The column's own name it reads rightly.
 */
export function nameInKeys({ selected, scopes }: TypedSelect, keys: readonly Expression[], context: Context): void {
  if (context.mode === "sqlite") return;
  for (const name of keys.flatMap((key) => (key.kind === "column" ? [] : columnsIn(key)))) {
    const bound = name.table === null ? context.bound.get(name) : undefined;
    if (bound === undefined || !scopes.has(bound.scope) || !bound.relation.merged) continue;
    const node = selected.find((one) => sameName(one.name, name.name))?.node;
    if (node?.kind === "column") edit(context, "mariadb", name, `"${bound.relation.alias}"."${bound.column.name}"`);
  }
}
