import type { Statement } from "../check/parse/statement.ts";
import { closingIndex, isSymbol, isWord, nameIn, type Token } from "../check/parse/tokenize.ts";
import type { Catalog, Column, Table } from "../check/types/catalog.ts";

/**
 * How a parameter is used, as a hint for choosing good values. A wrong guess costs matches but never soundness: both
 * engines must agree on every value.
 */
export type Use =
  | { readonly kind: "write"; readonly table: Table; readonly column: Column }
  | { readonly kind: "compare"; readonly operator: string; readonly table: Table; readonly column: Column }
  | { readonly kind: "like"; readonly table: Table; readonly column: Column }
  | { readonly kind: "limit" }
  | { readonly kind: "offset" }
  | { readonly kind: "free" };

const priority: readonly Use["kind"][] = ["write", "like", "limit", "offset", "compare", "free"];

/** The most informative use of each parameter. */
export function parameterUses(statement: Statement, catalog: Catalog): ReadonlyMap<string, Use> {
  const scope = scopeOf(statement.tokens, catalog);
  const uses = new Map<string, Use>();
  const take = (name: string, use: Use): void => {
    const known = uses.get(name);
    if (known === undefined || priority.indexOf(use.kind) < priority.indexOf(known.kind)) uses.set(name, use);
  };
  for (const [name, use] of insertUses(statement, catalog)) take(name, use);
  for (const [index, token] of statement.tokens.entries())
    if (token.kind === "parameter") take(token.name, useAt(statement, index, scope));
  return uses;
}

/** The tables that a statement names, in order. */
export function namedTables(statement: Statement, catalog: Catalog): readonly Table[] {
  return [...new Set(scopeOf(statement.tokens, catalog).values())];
}

/** Tables by the names and aliases that the statement gives them. */
type Scope = ReadonlyMap<string, Table>;

const notAnAlias =
  /^(WHERE|LEFT|RIGHT|INNER|CROSS|NATURAL|JOIN|ON|SET|ORDER|GROUP|HAVING|LIMIT|UNION|VALUES|SELECT|USING|FOR|RETURNING|DEFAULT)$/i;

function scopeOf(tokens: readonly Token[], catalog: Catalog): Scope {
  const scope = new Map<string, Table>();
  for (const [index, token] of tokens.entries()) {
    const before = tokens[index - 1];
    const table = catalog.get(nameIn(token) ?? "");
    const names = ["FROM", "JOIN", "INTO", "UPDATE"].some((word) => isWord(before, word)) || isSymbol(before, ",");
    if (table === undefined || !names) continue;
    const next = isWord(tokens[index + 1], "AS") ? tokens[index + 2] : tokens[index + 1];
    const alias = nameIn(next);
    if (!scope.has(table.name)) scope.set(table.name, table);
    if (alias !== null && !notAnAlias.test(alias)) scope.set(alias, table);
  }
  return scope;
}

function* insertUses(statement: Statement, catalog: Catalog): Generator<readonly [string, Use]> {
  const table = catalog.get(statement.target ?? "");
  if (statement.kind !== "insert" || table === undefined) return;
  const names = insertColumns(statement.tokens)?.names ?? [];
  for (const items of insertRows(statement.tokens))
    for (const [index, item] of items.entries()) {
      const column = table.columns.get(names[index] ?? "");
      const [token] = item;
      if (token?.kind === "parameter" && item.length === 1 && column !== undefined)
        yield [token.name, { kind: "write", table, column }];
    }
}

const operators: ReadonlySet<string> = new Set(["=", "<>", "!=", "<", ">", "<=", ">="]);
const mirrored: ReadonlyMap<string, string> = new Map([
  ["<", ">"],
  [">", "<"],
  ["<=", ">="],
  [">=", "<="],
]);

function useAt({ tokens, target }: Statement, index: number, scope: Scope): Use {
  const before = tokens[index - 1];
  const after = tokens[index + 1];
  if (isWord(before, "LIMIT")) return { kind: "limit" };
  if (isWord(before, "OFFSET")) return { kind: "offset" };
  const found = (at: number): { table: Table; column: Column } | null => columnEndingAt(tokens, at, scope);
  const unlessNot = (at: number): number => (isWord(tokens[at], "NOT") ? at - 1 : at);
  if (isWord(before, "LIKE")) return orFree("like", "LIKE", found(unlessNot(index - 2)));
  if (isSymbol(before, "(") && isWord(tokens[index - 2], "IN"))
    return orFree("compare", "=", found(unlessNot(index - 3)));
  if (isWord(before, "BETWEEN")) return orFree("compare", ">=", found(unlessNot(index - 2)));
  if (isWord(before, "AND") && isWord(tokens[index - 3], "BETWEEN"))
    return orFree("compare", "<=", found(unlessNot(index - 4)));
  if (before?.kind === "symbol" && operators.has(before.text)) {
    const place = found(index - 2);
    const assigned = before.text === "=" && place?.table.name === target && inSetList(tokens, index);
    return orFree(assigned ? "write" : "compare", before.text, place);
  }
  if (after?.kind === "symbol" && operators.has(after.text))
    return orFree("compare", mirrored.get(after.text) ?? after.text, columnStartingAt(tokens, index + 2, scope));
  return { kind: "free" };
}

function orFree(
  kind: "write" | "compare" | "like",
  operator: string,
  place: { table: Table; column: Column } | null,
): Use {
  return place === null ? { kind: "free" } : { kind, operator, ...place };
}

function inSetList(tokens: readonly Token[], index: number): boolean {
  for (let at = index; at >= 0; at -= 1) {
    if (isWord(tokens[at], "SET")) return true;
    if (isWord(tokens[at], "WHERE")) return false;
  }
  return false;
}

function columnEndingAt(tokens: readonly Token[], index: number, scope: Scope): ReturnType<typeof resolve> {
  return resolve(tokens, index, index - 2, isSymbol(tokens[index - 1], "."), scope);
}

function columnStartingAt(tokens: readonly Token[], index: number, scope: Scope): ReturnType<typeof resolve> {
  const path = isSymbol(tokens[index + 1], ".");
  return resolve(tokens, path ? index + 2 : index, index, path, scope);
}

/** The column that `name` or `alias.name` refers to; without an alias, that of the first table that has it. */
function resolve(
  tokens: readonly Token[],
  nameAt: number,
  aliasAt: number,
  hasAlias: boolean,
  scope: Scope,
): { table: Table; column: Column } | null {
  const name = nameIn(tokens[nameAt]) ?? "";
  const owner = hasAlias ? scope.get(nameIn(tokens[aliasAt]) ?? "") : undefined;
  for (const table of owner === undefined ? scope.values() : [owner]) {
    const column = table.columns.get(name);
    if (column !== undefined) return { table, column };
  }
  return null;
}

/** The columns named in an INSERT, in order; null when it names none. */
function insertColumns(tokens: readonly Token[]): { names: readonly string[]; end: number } | null {
  const open = tokens.findIndex((token) => isWord(token, "INTO")) + 2;
  if (!isSymbol(tokens[open], "(")) return null;
  const close = closingIndex(tokens, open);
  return { names: tokens.slice(open + 1, close).flatMap((token) => nameIn(token) ?? []), end: close };
}

/** The rows of an INSERT as lists of items: those of VALUES (..), (..), or the select list of its SELECT. */
function insertRows(tokens: readonly Token[]): Token[][][] {
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
