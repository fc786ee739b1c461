import type { Query } from "../../tree/nodes.ts";
import type { Argument } from "../argument.ts";
import { type Context, refuse } from "../context.ts";
import { leastFloat, withoutFloats } from "../floats.ts";
import { apply, comparable, comparableAsIs } from "../operators.ts";
import type { RelationColumn } from "../scope.ts";
import { described, type Type, unknown } from "../type.ts";
import { hidingValues, widenTexts } from "./stored-rows.ts";
import type { TypedSelect } from "./typed-select.ts";

/** The columns of several SELECTs: place by place, all need one type. */
export function unite(branches: readonly TypedSelect[], query: Query, context: Context): RelationColumn[] {
  const [first] = branches;
  if (first === undefined || branches.some(({ selected }) => selected.length !== first.selected.length)) return [];
  for (const { select } of branches) widenTexts(select, context);
  const removing = query.others.find(({ operator }) => operator !== "UNION ALL");
  return first.selected.map(({ name }, place) => {
    const column = columnOf(branches, place, name, context);
    if (removing !== undefined && column.kind === "text" && column.collation === "folding" && context.mode === "both")
      refuse(
        context,
        "collation",
        `${removing.operator} compares the text "${name}" by each engine's own collation: use UNION ALL`,
        removing.sign,
      );
    const hides = hidingValues(branches.flatMap(({ selected }) => selected[place] ?? []));
    return { name, type: column, hides };
  });
}

function columnOf(branches: readonly TypedSelect[], place: number, name: string, context: Context): Type {
  const args = branches.flatMap(({ selected, select }) => {
    const item = selected[place];
    if (item === undefined) return [];
    return [
      {
        node: item.node ?? { kind: "null" as const, from: select.from, to: select.to },
        type: item.type,
      },
    ];
  });
  const kinds = new Set(
    args.map(({ type }) =>
      type.kind === "whole" ? "truth or whole" : type.kind === "truth" ? "truth or whole" : type.kind,
    ),
  );
  // A comparison is a whole number on both engines.
  if (kinds.size === 1 && kinds.has("truth or whole") && args.some(({ type }) => type.kind === "whole"))
    return exactUnion(
      apply(
        "choose",
        args.map(({ node, type }) => ({ node, type: wholeFrom(type) })),
        args[0]?.node ?? query(),
        null,
        context,
      ),
      args,
      name,
      context,
    );
  const found = context.findings.length;
  const type = apply("choose", args, args[0]?.node ?? query(), null, context);
  if (context.findings.length > found) {
    context.findings.length = found;
    const words = [...new Set(args.map((one) => described(one.type)))].join(" and ");
    refuse(
      context,
      "no-rule",
      `"${name}" is ${words} in the SELECTs of one statement: give all of them the same type`,
      args[1]?.node ?? query(),
    );
    return unknown;
  }
  return exactUnion(type, args, name, context);
}

/** The column without the floats that SQLite could take for equal. A column of a `*` has no place of its own. */
function exactUnion(type: Type, args: readonly Argument[], name: string, context: Context): Type {
  if (leastFloat(type) === null) return type;
  const use = "a UNION of";
  const exact = args.map(({ node, type: own }) =>
    node.kind === "null"
      ? comparableAsIs(own, { ...node, kind: "column", table: null, name }, use, context)
      : comparable(own, node, use, context),
  );
  return withoutFloats(type, exact);
}

function query(): { readonly kind: "null"; readonly from: number; readonly to: number } {
  return { kind: "null", from: 0, to: 0 };
}

function wholeFrom(type: Type): Type {
  return type.kind === "truth"
    ? { kind: "whole", range: { min: 0n, max: 1n }, literal: null, nullable: type.nullable }
    : type;
}

/** Whether no two rows are equal: the last operator decides; MariaDB computes INTERSECT before the others. */
export function isDistinctUnion({ others }: Query, { mode }: Context): boolean {
  const operators = others.map(({ operator }) => operator);
  const last = mode === "mariadb" ? operators.findLast((one) => one !== "INTERSECT") : undefined;
  return (last ?? operators.at(-1)) !== "UNION ALL";
}
