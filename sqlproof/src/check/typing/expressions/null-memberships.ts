import type { Case, InQuery, Item } from "../../tree/nodes.ts";
import { hasAggregate } from "../aggregates.ts";
import { argument } from "../argument.ts";
import { type Context, quoted, refuse } from "../context.ts";
import type { Scope } from "../scope.ts";
import { rangeOf, type Type, within } from "../type.ts";

const bits = { min: 0n, max: 1n };
const removing: ReadonlySet<string> = new Set(["INTERSECT", "EXCEPT"]);

/**
 * `NULL IN (SELECT ..)` is false when nothing is selected, else NULL, which matters behind NOT and where it is a value. A
 * prepared statement of MariaDB keeps the answer of its first execution.
 */
export function checkNullMemberships(node: unknown, scope: Scope, context: Context): void {
  if (context.mode === "sqlite") return;
  for (const { operand, query, from, to } of membershipsIn(node)) {
    const sides = operand.kind === "row" ? operand.items : [operand];
    const { columns } = context.typers.query(query, scope, scope.named, context);
    const wide = sides.find((one, at) => isWider(argument(one, scope, context).type, columns[at]?.type));
    if (wide !== undefined)
      refuse(
        context,
        "no-rule",
        `${quoted(wide)} may not fit what NOT IN selects, which may be NULL: MariaDB then forgets the NULL; write NOT EXISTS`,
        { from, to },
      );
    if (query.others.some(({ operator }) => removing.has(operator)) && columns.some(({ type }) => type.nullable))
      refuse(
        context,
        "no-rule",
        "INTERSECT or EXCEPT takes away a NULL that MariaDB still finds for NOT IN: put that query into FROM, or write NOT EXISTS",
        { from, to },
      );
    const dated = query.first.items.find((item, at) => isDay(columns[at]?.type) && isAggregated(item));
    if (dated !== undefined)
      refuse(
        context,
        "no-rule",
        "NOT IN looks for a day or time that an aggregate computes and that may be NULL, which MariaDB forgets: write NOT EXISTS, or <>",
        dated,
      );
    const side = sides.find((one) => argument(one, scope, context).type.nullable);
    if (side === undefined) continue;
    refuse(
      context,
      "no-rule",
      `${quoted(side)} may be NULL, for which MariaDB keeps an earlier answer of IN (SELECT ..): write NOT EXISTS (SELECT 1 .. WHERE y = x)`,
      { from, to },
    );
  }
}

/** MariaDB looks for the value in a table of the selected type, and finds none for what does not fit there. */
function isWider(type: Type, selected: Type | undefined): boolean {
  if (selected === undefined || !selected.nullable) return false;
  const [range, limit] = [type, selected].map((one) => (one.kind === "truth" ? bits : rangeOf(one)));
  if (range === undefined || limit === undefined) return false;
  if (range !== null && limit !== null) return !within(range, limit);
  if (type.kind !== "text" || selected.kind !== "text") return false;
  return selected.length !== null && (type.length === null || type.length > selected.length);
}

function isDay(type: Type | undefined): boolean {
  return type?.nullable === true && (type.kind === "date" || type.kind === "datetime");
}

function isAggregated(item: Item): boolean {
  return item.kind === "value" && hasAggregate(item.value);
}

/** Those of this query, outside of the queries inside it. */
function* membershipsIn(node: unknown): Generator<InQuery> {
  if (typeof node !== "object" || node === null) return;
  if ("kind" in node && (node.kind === "subquery" || node.kind === "exists")) return;
  if (isMembership(node)) yield node;
  else if (isCase(node))
    yield* membershipsIn([node.subject, node.branches.map(({ result }) => result), node.otherwise]);
  else for (const child of Object.values(node)) yield* membershipsIn(child);
}

function isCase(node: object): node is Case {
  return "kind" in node && node.kind === "case";
}

function isMembership(node: object): node is InQuery {
  return "kind" in node && node.kind === "in-query";
}
