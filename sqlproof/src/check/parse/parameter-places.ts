import type { ValueType } from "../../runtime/proof.ts";
import type { Catalog, Column, Table } from "../types/catalog.ts";
import { conflictClause, type Statement } from "./statement.ts";
import { closingIndex, isSymbol, isWord, nameIn, type Token } from "./tokenize.ts";

/** What one place in the statement reveals about a parameter. */
export interface Evidence {
  readonly name: string;
  readonly type?: { readonly type: ValueType; readonly scale: number };
  readonly nullable?: boolean;
}

/** Evidence from the author's own text: LIMIT, null tests, INSERT values and SET lists. */
export function sourceEvidence(statement: Statement, catalog: Catalog): Evidence[] {
  const { tokens } = statement;
  return [...limitEvidence(tokens), ...nullTests(tokens), ...writeEvidence(statement, catalog)];
}

/** The parameter type that fits a column. */
export function typeOf(column: Column): { type: ValueType; scale: number } {
  const type = column.type ?? "text";
  // BIGINT and INT take the same JavaScript number; one parameter may be used with both.
  return { type: type === "bigint" ? "integer" : type, scale: column.scale };
}

function* limitEvidence(tokens: readonly Token[]): Generator<Evidence> {
  for (const [index, token] of tokens.entries())
    if (token.kind === "parameter" && (isWord(tokens[index - 1], "LIMIT") || isWord(tokens[index - 1], "OFFSET")))
      yield { name: token.name, type: { type: "integer", scale: 0 } };
}

/** `:x IS NULL` makes sense only if the parameter may be null; the same holds for a COALESCE with a fallback. */
function* nullTests(tokens: readonly Token[]): Generator<Evidence> {
  for (const [index, token] of tokens.entries()) {
    if (token.kind !== "parameter") continue;
    if (isWord(tokens[index + 1], "IS")) yield { name: token.name, nullable: true };
    if (isWord(tokens[index - 1], "FROM") && isWord(tokens[index - 2], "DISTINCT"))
      yield { name: token.name, nullable: true };
    if (isSymbol(tokens[index - 1], "(") && isWord(tokens[index - 2], "COALESCE"))
      yield { name: token.name, nullable: true };
  }
}

function writeEvidence(statement: Statement, catalog: Catalog): Evidence[] {
  const table = statement.target === null ? undefined : catalog.get(statement.target);
  if (table === undefined) return [];
  if (statement.kind === "insert")
    return [...insertEvidence(statement.tokens, table), ...conflictEvidence(statement.tokens, table)];
  return statement.kind === "update"
    ? [...setEvidence(statement.tokens, wordIndex(statement.tokens, "SET") + 1, table)]
    : [];
}

function wordIndex(tokens: readonly Token[], word: string): number {
  return tokens.findIndex((token) => isWord(token, word));
}

function* conflictEvidence(tokens: readonly Token[], table: Table): Generator<Evidence> {
  if (conflictClause(tokens) === null) return;
  const set = tokens.findLastIndex((token) => isWord(token, "SET"));
  if (set !== -1) yield* setEvidence(tokens, set + 1, table);
}

/** The columns named in an INSERT, in order; null when it names none. */
export function insertColumns(tokens: readonly Token[]): { names: readonly string[]; end: number } | null {
  const open = wordIndex(tokens, "INTO") + 2;
  if (!isSymbol(tokens[open], "(")) return null;
  const close = closingIndex(tokens, open);
  return { names: tokens.slice(open + 1, close).flatMap((token) => nameIn(token) ?? []), end: close };
}

function* insertEvidence(tokens: readonly Token[], table: Table): Generator<Evidence> {
  const names = insertColumns(tokens)?.names ?? [];
  for (const items of insertRows(tokens)) yield* itemEvidence(items, names, table);
}

/** The rows of an INSERT as lists of items: those of VALUES (..), (..), or the select list of its SELECT. */
export function insertRows(tokens: readonly Token[]): Token[][][] {
  const target = insertColumns(tokens);
  if (target === null) return [];
  if (isWord(tokens[target.end + 1], "SELECT")) return [itemsFrom(tokens, target.end + 2)];
  const rows: Token[][][] = [];
  for (let open = target.end + 2; isSymbol(tokens[open], "("); ) {
    rows.push(itemsFrom(tokens, open + 1));
    const close = closingIndex(tokens, open);
    if (!isSymbol(tokens[close + 1], ",")) break;
    open = close + 2;
  }
  return rows;
}

/** Comma-separated items from `start` to the bracket or clause that ends them. */
function itemsFrom(tokens: readonly Token[], start: number): Token[][] {
  const items: Token[][] = [[]];
  let depth = 0;
  for (const token of tokens.slice(start)) {
    if (depth === 0 && (isSymbol(token, ")") || isWord(token, "FROM"))) break;
    if (isSymbol(token, "(")) depth += 1;
    if (isSymbol(token, ")")) depth -= 1;
    if (depth === 0 && isSymbol(token, ",")) items.push([]);
    else items.at(-1)?.push(token);
  }
  return items;
}

function* itemEvidence(
  items: readonly (readonly Token[])[],
  columns: readonly string[],
  table: Table,
): Generator<Evidence> {
  for (const [index, item] of items.entries()) {
    const [token] = item;
    const column = table.columns.get(columns[index] ?? "");
    if (token?.kind === "parameter" && item.length === 1 && column !== undefined)
      yield { name: token.name, type: typeOf(column), nullable: column.nullable };
  }
}

/** `column = :x` in a SET list; other patterns cover longer expressions. */
function* setEvidence(tokens: readonly Token[], start: number, table: Table): Generator<Evidence> {
  let depth = 0;
  for (let index = start; index < tokens.length; index += 1) {
    const token = tokens[index];
    if (isSymbol(token, "(")) depth += 1;
    if (isSymbol(token, ")")) depth -= 1;
    if (depth === 0 && (isWord(token, "WHERE") || isWord(token, "RETURNING"))) return;
    if (token?.kind !== "parameter" || depth !== 0 || !isSymbol(tokens[index - 1], "=")) continue;
    const column = table.columns.get(nameIn(tokens[index - 2]) ?? "");
    const next = tokens[index + 1];
    const alone = next === undefined || isSymbol(next, ",") || isWord(next, "WHERE") || isWord(next, "RETURNING");
    if (column !== undefined && alone) yield { name: token.name, type: typeOf(column), nullable: column.nullable };
  }
}
