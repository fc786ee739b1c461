import type { Select } from "../../tree/nodes.ts";
import { type Context, edit } from "../context.ts";
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
    if (named.some(({ name }, index) => name !== columns[index]?.name))
      for (const [engine, quote] of [
        ["mariadb", '"'],
        ["sqlite", "`"],
      ] as const)
        edit(context, engine, item, named.map((one) => spelled(one, quote)).join(", "));
    return named;
  });
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
