import { isSymbol, isWord, nameIn } from "../../../sqlproof/src/check/parse/tokenize.ts";
import type { Catalog, Column } from "../../../sqlproof/src/check/types/catalog.ts";
import { type Choose, type Mutation, mutation, replaced, replacing } from "../mutation.ts";
import { isOneOf, type Text } from "../text.ts";
import { columnsOf, type NamedTable, tablesOf } from "./names.ts";

/** Another column of the same table and type. In a list of results it keeps the name of the right one. */
export function columns(text: Text, catalog: Catalog, choose: Choose): Mutation[] {
  return columnsOf(text, catalog).flatMap(({ index, column, of }) => {
    const other = choose(`${index}`, like(column, [...of.table.columns.values()]));
    if (other === null) return [];
    const by = isResult(text, index) ? `${other.name} AS ${column.name}` : other.name;
    return [replacing(text, "column", { from: index, to: index + 1 }, by)];
  });
}

function like(column: Column, others: readonly Column[]): Column[] {
  const same = others.filter(
    ({ name, type, scale }) => name !== column.name && type === column.type && scale === column.scale,
  );
  const alike = same.filter(({ nullable }) => nullable === column.nullable);
  return alike.length > 0 ? alike : same;
}

/** True for a column that is selected or returned under its own name. */
function isResult({ tokens, clauses, depths, scopes }: Text, index: number): boolean {
  const next = tokens[index + 1];
  const before = isSymbol(tokens[index - 1], ".") ? tokens[index - 3] : tokens[index - 1];
  const begins = isOneOf(before, ["SELECT", "RETURNING", "DISTINCT"]) || isSymbol(before, ",");
  const ends = next === undefined || isSymbol(next, ",") || isWord(next, "FROM");
  // In parentheses without a SELECT of their own, a comma separates arguments.
  const scope = scopes[index] ?? 0;
  return clauses[index] === "select" && depths[index] === depths[scope] && begins && ends;
}

/** Another table that has all columns which the text takes from the right one. */
export function tables(text: Text, catalog: Catalog, choose: Choose): Mutation[] {
  const used = columnsOf(text, catalog);
  return tablesOf(text, catalog).flatMap((named) => {
    if (isWord(text.tokens[named.index - 1], "INTO")) return [];
    const names = used.filter(({ of }) => of === named).map(({ column }) => column.name);
    const fitting = [...catalog.values()].filter(
      (table) => table !== named.table && names.every((name) => table.columns.has(name)),
    );
    const other = choose(`${named.index}`, fitting);
    if (other === null) return [];
    return [renamed(text, named, other.name)];
  });
}

function renamed(text: Text, named: NamedTable, by: string): Mutation {
  const at = { from: named.index, to: named.index + 1 };
  const edits = [replaced(text, at, by)];
  if (named.alias === named.table.name)
    for (const [index, token] of text.tokens.entries())
      if (nameIn(token) === named.alias && isSymbol(text.tokens[index + 1], "."))
        edits.push(replaced(text, { from: index, to: index + 1 }, by));
  return mutation(text, "table", `${named.table.name} -> ${by}`, edits);
}

/** JOIN for LEFT JOIN and the reverse. */
export function joins(text: Text): Mutation[] {
  return text.tokens.flatMap((token, index) => {
    if (!isWord(token, "JOIN") || isWord(text.tokens[index - 1], "CROSS")) return [];
    if (isWord(text.tokens[index - 1], "LEFT"))
      return [replacing(text, "join", { from: index - 1, to: index + 1 }, "JOIN")];
    return [replacing(text, "join", { from: index, to: index + 1 }, "LEFT JOIN")];
  });
}
