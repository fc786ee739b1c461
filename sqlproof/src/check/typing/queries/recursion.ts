import { isDeepStrictEqual } from "node:util";
import { scaleOf } from "../../rules/rule.ts";
import type { CommonTable, Expression, Place, Query, Select } from "../../tree/nodes.ts";
import { type Context, isSqliteOfPair, quoted, refuse } from "../context.ts";
import type { RelationColumn, Result, Scope } from "../scope.ts";
import { isGiven, isUnsigned, safeRange, type Type, within } from "../type.ts";
import { hasParameter, tablesIn } from "../walk.ts";
import { checkStep, refuseStep } from "./recursion-steps.ts";
import { storedRows, withoutHidden } from "./stored-rows.ts";
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
  const first = anchor.selected.map(({ name, type, node }, index) => ({
    name: table.columns?.[index] ?? name,
    type: fixed(node === null ? type : withoutHidden(node, type, context), node),
  }));
  const typedWith = (columns: readonly RelationColumn[], used: Context): readonly TypedSelect[] => {
    const inner = new Map(named).set(table.name.toLowerCase(), { columns, keys: [], mergeable: null, rows: "many" });
    return query.others.map(({ select }) => typeOfSelect(select, parent, inner, used));
  };
  const columns = context.mode === "both" ? first : settled(first, anchor, typedWith, query, stores);
  const others = typedWith(columns, stores);
  if (context.mode === "both") {
    for (const other of others)
      for (const [index, { node, type }] of other.selected.entries()) {
        const [column, start] = [columns[index], anchor.selected[index]];
        if (column === undefined || start === undefined || node === null) continue;
        checkStep(column, start, { ...{ node, type }, select: other.select, table: table.name }, context);
      }
    for (const { name, node, type } of anchor.selected) checkStart(name, node, type, query.first, context);
    checkEnd(query, table, context);
    checkDistinctSteps(query, context);
    if (query.limit !== null || query.order.length > 0)
      refuse(context, "recursion", "ORDER BY and LIMIT do not belong inside a recursive table", table);
  }
  if (isSqliteOfPair(context)) for (const other of others) checkUnits(columns, other, context);
  const rows = { keys: [], mergeable: null, recursive: true, rows: "many" } as const;
  storedRows({ columns: unite([anchor, ...others], query, context), ...rows }, context);
  return { columns, ...rows };
}

/**
 * With one engine, a step may give NULL, and on SQLite a float, which the next step then reads. Either comes to stay, so
 * that few rounds tell all.
 */
function settled(
  first: readonly RelationColumn[],
  anchor: TypedSelect,
  typedWith: (columns: readonly RelationColumn[], context: Context) => readonly TypedSelect[],
  query: Query,
  context: Context,
): readonly RelationColumn[] {
  let columns = first;
  for (let round = 0; round < 2 * first.length; round += 1) {
    const trial = { ...context, findings: [], doubts: [], edits: new Map(), spelled: new Map(), bound: new Map() };
    const others = typedWith(columns, trial);
    const united = unite([anchor, ...others], query, trial);
    const before = columns;
    columns = before.map(({ name, type }, index) => {
      const given = context.mode === "sqlite" ? united[index]?.type : undefined;
      const nullable = type.nullable || others.some(({ selected }) => selected[index]?.type.nullable === true);
      return { name, type: { ...(given?.kind === "double" ? given : type), nullable } };
    });
    if (isDeepStrictEqual(before, columns)) break;
  }
  return columns;
}

/** A decimal of other places than the first SELECT's value, which each engine has in its own way. */
function checkUnits(columns: readonly RelationColumn[], { selected }: TypedSelect, context: Context): void {
  for (const [index, { node, type }] of selected.entries()) {
    const column = columns[index];
    if (column === undefined || node === null || ![column.type, type].some(({ kind }) => kind === "decimal")) continue;
    if (column.type.kind !== type.kind || scaleOf(column.type) !== scaleOf(type))
      refuseStep(column, node, context, `give "${column.name}" there as many places`);
  }
}

/** UNION ends where no new row comes, which is sure where no column is computed; anything else needs a condition. */
function checkEnd({ others }: Query, place: Place, context: Context): void {
  const open = others.filter(({ select }) => select.where === null);
  if (open.length === 0) return;
  const computes = open.some(({ select }) =>
    select.items.some((item) => item.kind === "value" && !plain.has(item.value.kind)),
  );
  if (computes)
    refuse(
      context,
      "recursion",
      "a recursive SELECT that computes a column may never end without WHERE: write a condition on that column, such as SELECT c.id, t.depth + 1 FROM c JOIN t ON c.up = t.id WHERE t.depth < 100",
      place,
    );
  else if (others.some(({ operator }) => operator !== "UNION"))
    refuse(
      context,
      "recursion",
      "a recursive SELECT after UNION ALL may never end without WHERE: write UNION, which leaves out rows that are there already",
      place,
    );
}

/** After UNION ALL, MariaDB reads all rows that it has so far again for a DISTINCT, and never ends. */
function checkDistinctSteps({ others }: Query, context: Context): void {
  const distinct = others.find(({ select }) => select.distinct);
  if (distinct !== undefined && others.some(({ operator }) => operator !== "UNION"))
    refuse(
      context,
      "recursion",
      "a recursive SELECT DISTINCT after UNION ALL never ends on MariaDB: leave out DISTINCT, or write UNION for UNION ALL",
      distinct.select,
    );
}

/** Values that are there before the recursion begins. */
const plain: ReadonlySet<string> = new Set(["column", "number", "text", "truth", "null", "blob", "parameter"]);

/** MariaDB's server ends at some of these: a table of WITH that nothing reads, and that reads a recursive one. */
export function checkUnread(query: Query, named: ReadonlyMap<string, Result>, context: Context): void {
  if (context.mode === "sqlite") return;
  const { tables, ...body } = query;
  const read = new Set(namesIn(body));
  // A table reads only those before it and itself.
  for (const { name, query: own } of tables.toReversed())
    if (read.has(name.toLowerCase())) for (const one of namesIn(own)) read.add(one);
  for (const table of tables) {
    const name = table.name.toLowerCase();
    const recursive = namesIn(table.query).find((one) => one !== name && named.get(one)?.recursive === true);
    if (recursive !== undefined && !read.has(name))
      refuse(
        context,
        "recursion",
        `nothing reads "${table.name}", which reads the recursive "${recursive}": MariaDB may end at that; leave it out`,
        table,
      );
  }
}

function namesIn(node: unknown): string[] {
  return tablesIn(node).map((name) => name.toLowerCase());
}

/** MariaDB takes the width of a column from the value that a parameter has at the first execution. */
function checkStart(name: string, node: Expression | null, type: Type, first: Select, context: Context): void {
  if (isGiven(type))
    refuse(
      context,
      "recursion",
      `${node === null ? name : quoted(node)} is a text parameter in the first SELECT, whose length MariaDB gives the column: write a column or a literal`,
      node ?? first,
    );
  if (node === null || !hasParameter(node)) return;
  if (type.kind === "whole" && (node.kind !== "parameter" || type.nullable))
    refuse(
      context,
      "recursion",
      `${quoted(node)} is computed with a parameter in the first SELECT, whose width MariaDB gives the column: write a column or a literal`,
      node,
    );
}

/** The column that MariaDB makes for the first SELECT's value: a copied column keeps its type, without its sign too. */
function fixed(type: Type, node: Expression | null): Type {
  switch (type.kind) {
    case "whole": {
      const computed = node?.kind === "number" || node?.kind === "binary";
      const range = !computed ? type.range : within(type.range, int32) ? int32 : safeRange;
      return { ...type, literal: null, range: isUnsigned(type) ? { ...range, min: 0n } : range };
    }
    case "decimal":
    case "text":
      return { ...type, literal: null };
    default:
      return type;
  }
}
