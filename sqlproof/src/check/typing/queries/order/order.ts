import type { Expression, Item, OrderItem, Over, Query } from "../../../tree/nodes.ts";
import { hasWindow, rankNames } from "../../aggregates.ts";
import { type Context, refuse } from "../../context.ts";
import { sameName } from "../../scope.ts";
import { attributeIn, attributeOf, attributesIn, columnsIn, shapeOf } from "../../walk.ts";
import { closure, conjuncts } from "../keys.ts";
import { groupsOf, type TypedSelect } from "../typed-select.ts";
import { checkGroupedWindow, sortGroups } from "./grouped-windows.ts";
import { checkSkipped, checkSwitchedKeys } from "./switched-keys.ts";
import { checkSwitchedWindows } from "./switched-windows.ts";
import { checkSorts } from "./window-sorts.ts";

/** Where a LIMIT cuts, the order must not leave open which of two different rows is first. */
export function checkOrder(typed: TypedSelect, query: Query, context: Context): void {
  if (query.limit !== null && typed.rows === "many") checkLimit(typed, query, query.limit, context);
  if (context.mode !== "sqlite") {
    if (query.offset !== null && query.first.distinct) checkSkipped(typed, query.offset, context);
    if (query.order.length > 1) checkSwitchedKeys(typed, query.order, context);
    const sorting = [...windowsIn(query.order)];
    const listed = [...windowsIn(query.first.items)];
    if (sorting.length > 0) checkSwitchedWindows(typed, { listed, sorting }, context);
  }
  if (hasWindow([query.first.items, query.order])) {
    checkMerged(typed, query.order, context);
    sortGroups(typed, query.order, context);
  }
  checkWindows(typed, query.order, context);
  if (hasWindow(query.order)) checkSorts([...windowsIn([query.first.items, query.order])], context);
  if (query.first.distinct) checkDistinct(typed, query.order, context);
}

/** A row of DISTINCT stands for several, and each engine sorts it by another one of them. */
function checkDistinct(typed: TypedSelect, order: readonly OrderItem[], context: Context): void {
  const { selected, scopes, dependencies } = typed;
  const names = new Set(selected.map(({ name }) => name.toLowerCase()));
  const shapes = new Set(selected.flatMap(({ node }) => (node === null ? [] : [shapeOf(node, context.bound)])));
  const plain = selected.flatMap(({ alias }) => (alias.bound === null ? [] : [attributeOf(alias.bound)]));
  const known = closure(plain, dependencies);
  for (const { value } of order) {
    const isNamed = value.kind === "column" && !context.bound.has(value) && names.has(value.name.toLowerCase());
    const follows = attributesIn(value, context.bound, scopes).every((attribute) => known.has(attribute));
    if (isNamed || follows || shapes.has(shapeOf(value, context.bound))) continue;
    refuse(context, "order", "DISTINCT sorts by what it selects: each engine takes another row for equal ones", value);
  }
}

/** Where a window counts rows, its order must not leave open which of two different rows is first. */
export function checkWindows(typed: TypedSelect, part: readonly Item[] | readonly OrderItem[], context: Context): void {
  checkSorts([...windowsIn(part)], context);
  if (part === typed.select.items) checkSwitchedWindows(typed, { listed: [...windowsIn(part)], sorting: [] }, context);
  for (const call of windowsIn(part)) {
    if (call.over === null) continue;
    checkTwins(typed, call, context);
    checkGroupedWindow(typed, call, context);
    checkMerged(typed, call.over.order, context);
    checkAliases(typed, call.over, context);
    const counts =
      (rankNames.has(call.name) && call.name !== "RANK" && call.name !== "DENSE_RANK") || call.over.frame !== null;
    const keys = [...call.over.partition, ...call.over.order.map(({ value }) => value)];
    if (counts && !determinesRows(typed, keys, context))
      refuse(
        context,
        "order",
        `${call.name} OVER (ORDER BY ..) leaves rows of equal keys in any order: add ${whatIsUnique(typed)} to it`,
        call,
      );
  }
}

function checkLimit(typed: TypedSelect, query: Query, limit: Expression, context: Context): void {
  const keys = query.order.map(({ value }: OrderItem) => value);
  // Without keys: rows that are all alike are the same, whichever of them come first.
  if (isTotal(typed, keys, context)) return;
  const message =
    keys.length === 0
      ? "LIMIT without ORDER BY picks different rows on each engine: add ORDER BY"
      : `this ORDER BY leaves rows of equal keys in any order, and LIMIT cuts between them: add ${whatIsUnique(typed)} to it`;
  refuse(context, "order", message, limit);
}

function whatIsUnique({ grouped }: TypedSelect): string {
  return grouped ? "all keys of GROUP BY" : "a unique key";
}

/** Inside OVER, MariaDB takes a name for that of the select list, SQLite for a column. */
function checkAliases(typed: TypedSelect, over: Over, context: Context): void {
  for (const name of columnsIn([over.partition, over.order])) {
    const bound = context.bound.get(name);
    if (name.table !== null || bound === undefined) continue;
    const other = typed.selected.find((one) => sameName(one.name, name.name));
    if (other !== undefined && other.alias.bound?.column !== bound.column)
      refuse(
        context,
        "alias",
        `${name.name} is an alias and a column: each engine may take another one; rename the alias, or write ${bound.relation.alias}.${name.name} for the column`,
        name,
      );
  }
}

/** True when no two rows of the joined tables have equal keys. */
function determinesRows(typed: TypedSelect, keys: readonly Expression[], context: Context): boolean {
  if (typed.grouped) return isTotal(typed, keys, context);
  const plain = keys.map(moved).flatMap((key) => {
    const bound = key.kind === "column" ? context.bound.get(key) : undefined;
    return bound === undefined ? [] : [attributeOf(bound)];
  });
  const known = closure(plain, typed.dependencies);
  return typed.scope.relations.every(({ alias, columns }) =>
    columns.every(({ name }) => known.has(attributeIn({ alias }, name))),
  );
}

const joining: ReadonlySet<string> = new Set(["exists", "in-query"]);

/** Inside OVER, MariaDB may take a column of a merged view for that of a table of the same name beside it. */
function checkTwins({ scope, select }: TypedSelect, call: Window, context: Context): void {
  const merged = scope.relations.find((relation) => relation.merged);
  // MariaDB joins the tables of EXISTS and `IN (SELECT ..)`, too.
  const joined = select.where === null ? [] : conjuncts(select.where).filter(({ kind }) => joining.has(kind));
  if (context.mode !== "sqlite" && merged !== undefined && scope.relations.length + joined.length > 1)
    refuse(
      context,
      "order",
      `OVER (..) beside ${merged.alias}, a view that is read as its tables, and another table: MariaDB takes one's columns for the other's; join the tables themselves`,
      call,
    );
}

/** MariaDB finds a column of a merged view twice where a window sorts by it and it is not selected. */
function checkMerged(typed: TypedSelect, order: readonly OrderItem[], context: Context): void {
  for (const { value } of order) {
    const bound = value.kind === "column" ? context.bound.get(value) : undefined;
    const isSelected = typed.selected.some(({ alias }) => alias.bound?.column === bound?.column);
    if (bound?.relation.merged === true && !isSelected)
      refuse(context, "order", "a column that the query sorts by beside OVER (..) must be selected, too", value);
  }
}

/** True when rows that these keys leave equal have equal values in everything that is selected. */
function isTotal(typed: TypedSelect, keys: readonly Expression[], context: Context): boolean {
  const { selected, scopes, dependencies, grouped } = typed;
  const own = (node: unknown): string[] => attributesIn(node, context.bound, scopes);
  const aliases = new Map(selected.map((one) => [one.name.toLowerCase(), one]));
  const plain = keys.map(moved).flatMap((key) => {
    if (key.kind !== "column") return [];
    const aliased = key.table === null ? aliases.get(key.name.toLowerCase()) : undefined;
    const bound = context.bound.get(key) ?? aliased?.alias.bound ?? undefined;
    return bound === undefined || bound === null ? [] : [attributeOf(bound)];
  });
  const known = closure(plain, dependencies);
  const shapes = new Set(
    keys.flatMap((key) => {
      const aliased =
        key.kind === "column" && key.table === null ? aliases.get(key.name.toLowerCase())?.node : undefined;
      return [
        shapeOf(key, context.bound),
        ...(aliased === undefined || aliased === null ? [] : [shapeOf(aliased, context.bound)]),
      ];
    }),
  );
  const follows = (node: Expression): boolean =>
    shapes.has(shapeOf(node, context.bound)) || own(node).every((attribute) => known.has(attribute));
  // No two rows have one number.
  const isNumbered = (node: Expression): boolean =>
    node.kind === "call" && node.name === "ROW_NUMBER" && node.over?.partition.every(follows) === true;
  const meant = keys.map(moved).map((key) => {
    const isName = key.kind === "column" && key.table === null && !context.bound.has(key);
    return isName ? (aliases.get(key.name.toLowerCase())?.node ?? key) : key;
  });
  if (meant.some(isNumbered)) return true;
  if (grouped) return groupsOf(typed, context).every(follows);
  return selected.every(({ node, alias }) =>
    node === null ? alias.bound !== null && known.has(attributeOf(alias.bound)) : follows(node),
  );
}

/** `-id` and `id + 0` put the rows in as definite an order as `id`. */
function moved(key: Expression): Expression {
  if (key.kind === "unary" && key.operator === "-") return moved(key.operand);
  const shifts = key.kind === "binary" && (key.operator === "+" || key.operator === "-") && key.right.kind === "number";
  return shifts ? moved(key.left) : key;
}

type Window = Expression & { kind: "call" };

function* windowsIn(node: unknown): Generator<Window> {
  if (typeof node !== "object" || node === null) return;
  if ("kind" in node && (node.kind === "subquery" || node.kind === "exists" || node.kind === "in-query")) return;
  if (isWindow(node)) yield node;
  for (const child of Object.values(node)) yield* windowsIn(child);
}

function isWindow(node: object): node is Window {
  return "kind" in node && node.kind === "call" && "over" in node && node.over !== null;
}
