import { enclosed } from "../../parse/statement.ts";
import type { Item, Select, Source } from "../../tree/nodes.ts";
import { type Context, edit, editAround } from "../context.ts";
import type { Scope } from "../scope.ts";
import { typeOfItem } from "./items.ts";
import type { Selected } from "./typed-select.ts";

/**
 * The columns of a SELECT list. Rows are objects, so in the outermost list a column of a `*` whose name is taken gets a
 * number: `id_2`. Each engine gets the columns of that `*` one by one, with that name as an alias.
 */
export function selectedOf(select: Select, scope: Scope, context: Context): readonly Selected[] {
  const lists = select.items.map((item) => ({ item, columns: typeOfItem(item, scope, context) }));
  // USING shows a column once, which a list of the columns of each table does not.
  const plain = scope.relations.every(({ hidden }) => hidden.size === 0);
  if (!plain) for (const { item, columns } of lists) writeColumns(item, columns, { select, scope }, context);
  if (select === context.outermost) for (const { item, columns } of lists) asText(item, columns, context);
  if (select !== context.outermost || !plain) return lists.flatMap(({ columns }) => columns);
  const seen = new Set<string>();
  const known = [...lists, ...scope.relations].flatMap(({ columns }): readonly { readonly name: string }[] => columns);
  const names = new Set(known.map(({ name }) => name.toLowerCase()));
  return lists.flatMap(({ item, columns }) => {
    const isStar = item.kind === "star" && columns.every(({ name }) => name !== "");
    const named = columns.map((one) => {
      const name = isStar ? numbered(one.name, seen, names) : one.name;
      seen.add(name);
      return { ...one, name };
    });
    if (named.some(({ name }, index) => name !== columns[index]?.name)) {
      edit(context, "mariadb", item, named.map((one) => textSpelled(one)).join(", "));
      edit(context, "sqlite", item, named.map((one) => spelled(one, "`")).join(", "));
    }
    return named;
  });
}

/**
 * True where the columns that USING shows once are the first of the first table: MariaDB puts them before all others,
 * and SQLite leaves them where they are.
 */
function sharesOrder({ relations: [first, ...others] }: Scope): boolean {
  const [names = new Set(), ...more] = others.map(({ hidden }) => hidden);
  const isFirst = first?.columns.slice(0, names.size).every(({ name }) => names.has(name.toLowerCase())) === true;
  return isFirst && more.every((hidden) => hidden.symmetricDifference(names).size === 0);
}

/**
 * Writes the columns of a `*` one by one for MariaDB, in the order that SQLite has; and for SQLite, too, which puts those
 * of USING first within brackets after the first table.
 */
function writeColumns(
  item: Item,
  columns: readonly Selected[],
  { select, scope }: { readonly select: Select; readonly scope: Scope },
  context: Context,
): void {
  const isNested = usesInBrackets(select.source);
  if (item.kind !== "star" || context.mode === "sqlite" || (!isNested && (item.table !== null || sharesOrder(scope))))
    return;
  // MariaDB alone has RIGHT JOIN .. USING, which shows the column of the right table.
  if (context.mode === "mariadb" && columns.some(({ alias }) => alias.bound?.relation.filled === true)) return;
  edit(context, "mariadb", item, columns.map((one) => spelled(one, '"')).join(", "));
  if (isNested) edit(context, "sqlite", item, columns.map(aliased).join(", "));
}

/** SQLite names a column of such brackets `u:1` by itself. */
function aliased(one: Selected): string {
  const column = spelled({ ...one, name: one.alias.bound?.column.name ?? one.name }, "`");
  return `${column} AS \`${one.name.replaceAll("`", "``")}\``;
}

function usesInBrackets(source: Source | null): boolean {
  if (source?.kind !== "join") return false;
  return usesInBrackets(source.left) || (source.right.kind === "join" && hasUsing(source.right));
}

function hasUsing(source: Source): boolean {
  return source.kind === "join" && (source.using.length > 0 || hasUsing(source.left) || hasUsing(source.right));
}

/** Has MariaDB answer JSON of an item as an expression: of a column that it calls JSON, Bun's client parses the text. */
export function asText(item: Item, columns: readonly Selected[], context: Context): void {
  if (context.mode === "sqlite" || !columns.some(isJson)) return;
  if (item.kind === "star") edit(context, "mariadb", item, columns.map((one) => textSpelled(one)).join(", "));
  else {
    editAround(context, "mariadb", item.value, `CONCAT(${enclosed(item.value)})`);
    const name = columns[0]?.name ?? "";
    if (item.alias === null) edit(context, "mariadb", { from: item.to, to: item.to }, ` AS "${name}"`);
  }
}

function isJson({ alias }: Selected): boolean {
  return alias.bound?.column.json === true;
}

/** As `spelled`, for MariaDB. */
function textSpelled(one: Selected): string {
  if (!isJson(one)) return spelled(one, '"');
  const column = spelled({ ...one, name: one.alias.bound?.column.name ?? one.name }, '"');
  return `CONCAT(${column}) AS "${one.name}"`;
}

/** The name, or the first number behind it that makes a name which nothing in the query has. */
function numbered(name: string, seen: ReadonlySet<string>, names: Set<string>): string {
  if (!seen.has(name)) return name;
  let number = 2;
  while (names.has(`${name}_${number}`.toLowerCase())) number += 1;
  names.add(`${name}_${number}`.toLowerCase());
  return `${name}_${number}`;
}

/** A column of a `*` on its own. */
function spelled({ name, alias }: Selected, quote: string): string {
  const quoted = (text: string): string => quote + text.replaceAll(quote, quote + quote) + quote;
  const { relation, column } = alias.bound ?? {};
  const text = `${quoted(relation?.alias ?? "")}.${quoted(column?.name ?? "")}`;
  return column?.name === name ? text : `${text} AS ${quoted(name)}`;
}
