import { isDeepStrictEqual } from "node:util";
import { scaleOf } from "../../rules/rule.ts";
import type { Binary, ColumnName, CommonTable, Expression, Place, Query, Select } from "../../tree/nodes.ts";
import { type Context, isSqliteOfPair, quoted, refuse } from "../context.ts";
import { type RelationColumn, type Result, type Scope, sameName } from "../scope.ts";
import { isGiven, isUnsigned, rangeOf, safeRange, type Type, within } from "../type.ts";
import { columnsIn, hasParameter, nodesIn, tablesIn } from "../walk.ts";
import { conjuncts } from "./keys.ts";
import { storedRows, withoutHidden } from "./stored-rows.ts";
import type { TypedSelect } from "./typed-select.ts";
import { unite } from "./unions.ts";

const choices: ReadonlySet<string> = new Set(["NULLIF", "COALESCE", "IFNULL", "GREATEST", "LEAST"]);
const int32 = { min: -(2n ** 31n), max: 2n ** 31n - 1n };

/** A SELECT that reads the recursive table, and that table's name. */
interface Step {
  readonly select: Select;
  readonly table: string;
}

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
        const step = { select: other.select, table: table.name };
        const counts =
          node.kind === "binary" &&
          isOwn(node.left, column, step, context) &&
          countsWithin(column.type, start.type, node, other.select, context);
        const isCut = isPadded(start.node, context) && !keepsSpaces(node, context);
        // No type says how long bytes may be.
        const mustStay = isChosen(start.node) || isCut || column.type.kind === "blob";
        if (mustStay && !isOwn(node, column, step, context)) refuseStep(column, node, context);
        else checkStep(column, counts, node, type, context);
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
    if (column.type.kind !== type.kind || scaleOf(column.type) !== scaleOf(type)) refuseStep(column, node, context);
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

/** No recursion counts so far. */
const steps = 2n ** 24n;

/** True for the recursive table's own column at that place. */
function isOwn(node: Expression, { name }: RelationColumn, { select, table }: Step, context: Context): boolean {
  if (node.kind !== "column" || !sameName(node.name, name)) return false;
  const alias = context.bound.get(node)?.relation.alias;
  return nodesIn(select).some(
    (one) => isSource(one) && sameName(one.name, table) && alias !== undefined && sameName(one.alias, alias),
  );
}

function isSource(node: object): node is { readonly name: string; readonly alias: string } {
  return "kind" in node && node.kind === "table" && "name" in node && "alias" in node;
}

/** True for `i + 1`, `i - 1` and `i * 2` where the column has room for all steps, or WHERE says where they end. */
function countsWithin(column: Type, start: Type, node: Expression, { where }: Select, context: Context): boolean {
  if (node.kind !== "binary" || node.left.kind !== "column") return false;
  const { left } = node;
  const [limit, from, step] = [rangeOf(column), rangeOf(start), wholeOf(node.right)];
  if (limit === null || from === null || step === null || step < 0n) return false;
  const ends = (operators: readonly string[]): readonly bigint[] =>
    (where === null ? [] : conjuncts(where)).flatMap((one) =>
      one.kind === "binary" && operators.includes(one.operator) ? (endOf(one, left, context) ?? []) : [],
    );
  if (node.operator === "+")
    return (
      limit.max >= safeRange.max || [from.max + steps * step, ...ends(["<", "<="])].some((at) => at + step <= limit.max)
    );
  if (node.operator === "*")
    return step >= 1n && from.min >= 0n && ends(["<", "<="]).some((at) => at * step <= limit.max);
  const least = [from.min - steps * step, ...ends([">", ">="])];
  return node.operator === "-" && (limit.min <= safeRange.min || least.some((at) => at - step >= limit.min));
}

/** The number in `i < 1000`. */
function endOf({ left, right }: Binary, counted: ColumnName, { bound }: Context): bigint | null {
  if (left.kind !== "column") return null;
  const [one, other] = [bound.get(left), bound.get(counted)];
  return one?.relation === other?.relation && sameName(left.name, counted.name) ? wholeOf(right) : null;
}

function wholeOf(node: Expression): bigint | null {
  return node.kind === "number" && /^-?\d+$/.test(node.text) ? BigInt(node.text) : null;
}

/** An ENUM or SET takes only its own members. */
function isListedAlike(column: Type, type: Type): boolean {
  if (column.kind !== "text" || column.listed === undefined) return true;
  return type.kind === "text" && type.listed === column.listed && isDeepStrictEqual(type.values, column.values);
}

/** A step may count by a literal; any other computed value could outgrow the column that the first SELECT made. */
function checkStep(
  { name, type: column }: RelationColumn,
  counts: boolean,
  node: Expression,
  type: Type,
  context: Context,
): void {
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
    isListedAlike(column, type) &&
    (column.nullable || !type.nullable);
  if (!fits) refuseStep({ name }, node, context);
}

function refuseStep({ name }: Pick<RelationColumn, "name">, node: Expression, context: Context): void {
  refuse(
    context,
    "recursion",
    `${quoted(node)} may not fit "${name}", whose type MariaDB takes from the first SELECT: make that value as wide`,
    node,
  );
}

/** CASE, NULLIF and COALESCE: MariaDB gives them a width of its own. */
function isChosen(node: Expression | null): boolean {
  return node?.kind === "case" || (node?.kind === "call" && choices.has(node.name));
}

/** MariaDB cuts spaces off the end of a CHAR, and of what such a column gets in a later step. */
function isPadded(start: Expression | null, { bound }: Context): boolean {
  return columnsIn(start).some((name) => bound.get(name)?.column.full !== undefined);
}

function keepsSpaces(node: Expression, context: Context): boolean {
  if (node.kind === "null") return true;
  return node.kind === "column" ? isPadded(node, context) : node.kind === "text" && !node.value.endsWith(" ");
}
