import { isSymbol, isWord, nameIn } from "../../../sqlproof/src/check/parse/tokenize.ts";
import type { Catalog, Column, Table } from "../../../sqlproof/src/check/types/catalog.ts";
import { isOneOf, type Text } from "../text.ts";

const noAlias = [
  ...["WHERE", "ON", "SET", "JOIN", "LEFT", "CROSS", "INNER", "ORDER", "GROUP", "LIMIT", "UNION", "VALUES", "FORCE"],
  ...[
    "INDEXED",
    "FOR",
    "LOCK",
    "RETURNING",
    "SELECT",
    "HAVING",
    "USING",
    "EXCEPT",
    "INTERSECT",
    "NOT",
    "IGNORE",
    "USE",
  ],
];

/** A table as the text names it. */
export interface NamedTable {
  /** The token of its name. */
  readonly index: number;
  readonly table: Table;
  readonly alias: string;
  /** The SELECT that it is in. */
  readonly scope: number;
}

export function tablesOf(text: Text, catalog: Catalog): NamedTable[] {
  const { tokens, clauses, scopes } = text;
  return tokens.flatMap((token, index) => {
    const before = tokens[index - 1];
    const names =
      isOneOf(before, ["FROM", "JOIN", "INTO", "UPDATE"]) || (isSymbol(before, ",") && clauses[index] === "from");
    const table = names && token.kind === "word" ? catalog.get(token.text) : undefined;
    if (table === undefined || (isWord(before, "FROM") && isWord(tokens[index - 2], "DISTINCT"))) return [];
    const next = isWord(tokens[index + 1], "AS") ? tokens[index + 2] : tokens[index + 1];
    const alias = next?.kind === "word" && !isOneOf(next, noAlias) ? next.text : token.text;
    return [{ index, table, alias, scope: scopes[index] ?? 0 }];
  });
}

/** A column as the text names it. */
export interface NamedColumn {
  readonly index: number;
  readonly column: Column;
  readonly of: NamedTable;
}

/** The columns that are read; those that INSERT and SET name as targets are not among them. */
export function columnsOf(text: Text, catalog: Catalog): NamedColumn[] {
  const tables = tablesOf(text, catalog);
  const { tokens, clauses, depths } = text;
  return tokens.flatMap((token, index) => {
    const name = nameIn(token);
    const [before, next] = [tokens[index - 1], tokens[index + 1]];
    if (name === null || isSymbol(next, "(") || isSymbol(next, ".") || isWord(before, "AS")) return [];
    if (tables.some((table) => table.index === index)) return [];
    const isTarget =
      clauses[index] === "conflict" ||
      (clauses[index] === "insert" && (depths[index] ?? 0) > 0) ||
      (clauses[index] === "set" && isSymbol(next, "=") && (isWord(before, "SET") || isSymbol(before, ",")));
    if (isTarget) return [];
    const of = isSymbol(before, ".")
      ? qualified(text, tables, index)
      : nearest(text, tables, index).find(({ table }) => table.columns.has(name));
    const column = of?.table.columns.get(name);
    return of === undefined || column === undefined ? [] : [{ index, column, of }];
  });
}

function qualified(text: Text, tables: readonly NamedTable[], index: number): NamedTable | undefined {
  const qualifier = text.tokens[index - 2];
  if (isWord(qualifier, "EXCLUDED")) return tables[0];
  return nearest(text, tables, index).find(({ alias }) => alias === nameIn(qualifier));
}

/** The tables of the SELECT that the token is in come first, then those around it. */
function nearest({ scopes }: Text, tables: readonly NamedTable[], index: number): NamedTable[] {
  const own = tables.filter(({ scope }) => scope === scopes[index]);
  return [...own, ...tables.filter(({ scope }) => scope < (scopes[index] ?? 0)).toReversed()];
}
