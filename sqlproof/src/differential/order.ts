import { readStatement, type Statement } from "../check/parse/statement.ts";
import { isSymbol, isWord, nameIn, type Token } from "../check/parse/tokenize.ts";
import type { Proof } from "../runtime/proof.ts";

/** What a statement sorts by, as far as comparing its rows needs it. */
export type Ordering =
  /** No ORDER BY: the rows are a multiset. */
  | { readonly kind: "none" }
  /** Sorted by these columns of the result. */
  | { readonly kind: "visible"; readonly columns: readonly string[] }
  /** Sorted also by expressions that are not in the result; the text of each. */
  | { readonly kind: "hidden"; readonly columns: readonly string[]; readonly expressions: readonly string[] };

/** The ORDER BY of the whole statement, not of a subquery or a window. */
export function orderingOf(statement: Statement, proof: Proof): Ordering {
  const items = orderItems(statement.tokens);
  if (items.length === 0) return { kind: "none" };
  const names = proof.columns.map((column) => column.name);
  const columns: string[] = [];
  const expressions: string[] = [];
  for (const item of items) {
    const visible = visibleColumn(item, names, statement.tokens);
    if (visible === null) expressions.push(textOf(item, statement));
    else columns.push(visible);
  }
  return expressions.length === 0 ? { kind: "visible", columns } : { kind: "hidden", columns, expressions };
}

/** The items of the last ORDER BY outside all brackets, without ASC and DESC. */
function orderItems(tokens: readonly Token[]): Token[][] {
  const items: Token[][] = [];
  let depth = 0;
  for (const [index, token] of tokens.entries()) {
    if (isSymbol(token, "(")) depth += 1;
    if (isSymbol(token, ")")) depth -= 1;
    if (depth === 0 && isWord(token, "BY") && isWord(tokens[index - 1], "ORDER")) {
      items.splice(0, items.length, []);
      continue;
    }
    if (items.length === 0) continue;
    if (depth === 0 && ["LIMIT", "FOR", "UNION"].some((word) => isWord(token, word))) break;
    if (depth === 0 && isSymbol(token, ",")) items.push([]);
    else if (!(depth === 0 && (isWord(token, "ASC") || isWord(token, "DESC")))) items.at(-1)?.push(token);
  }
  return items.filter((item) => item.length > 0);
}

/** The result column of an item, by position or by a name that the select list does not use for something else. */
function visibleColumn(item: readonly Token[], names: readonly string[], tokens: readonly Token[]): string | null {
  const [first] = item;
  if (item.length === 1 && first?.kind === "number" && /^\d+$/.test(first.text))
    return names[Number(first.text) - 1] ?? null;
  const name = nameIn(item.at(-1));
  if (name === null || !names.includes(name)) return null;
  if (item.length === 1) return name;
  const isPath = item.length === 3 && isSymbol(item[1], ".");
  const renamed = tokens.some((token, index) => isWord(token, "AS") && nameIn(tokens[index + 1]) === name);
  // Of several columns of that name, `*` gives the others a number.
  const repeated = names.some((other) => other.startsWith(`${name}_`) && /^\d+$/.test(other.slice(name.length + 1)));
  return isPath && !renamed && !repeated && !isOfAnother(nameIn(first), name, tokens) ? name : null;
}

/** True when the select list has this column of another table: `SELECT b.name .. ORDER BY a.name`. */
function isOfAnother(table: string | null, name: string, tokens: readonly Token[]): boolean {
  const end = endOfSelectList(tokens) ?? 0;
  return tokens.some((token, index) => {
    const path = tokens[index - 1];
    if (token.offset >= end || !isSymbol(path, ".") || nameIn(tokens[index - 2]) === table) return false;
    return isSymbol(token, "*") || nameIn(token) === name;
  });
}

function textOf(item: readonly Token[], statement: Statement): string {
  const [first] = item;
  const last = item.at(-1);
  return first === undefined || last === undefined
    ? ""
    : statement.sql.slice(first.offset, last.offset + last.text.length);
}

/** The prefix of the columns that show what a statement sorts by. */
export const keyPrefix = "sqlproof_key_";

/**
 * The same statement with its hidden sort keys in the result, so that ties can be distinguished from a wrong order. Null
 * where that would change the meaning (DISTINCT, UNION) or the parameters.
 */
export function withSortKeys(statement: Statement, expressions: readonly string[]): Statement | null {
  const { tokens, sql } = statement;
  const blocked = ["DISTINCT", "UNION", "EXCEPT", "INTERSECT"].some((word) =>
    tokens.some((token) => isWord(token, word)),
  );
  if (blocked || expressions.some((expression) => expression.includes(":"))) return null;
  const at = endOfSelectList(tokens);
  if (at === null) return null;
  const keys = expressions.map((expression, index) => `, ${expression} AS ${keyPrefix}${index}`).join("");
  return readStatement(`${sql.slice(0, at)}${keys} ${sql.slice(at)}`);
}

/** Offset of the first FROM outside all brackets; a WITH keeps its selects in brackets. */
function endOfSelectList(tokens: readonly Token[]): number | null {
  let depth = 0;
  for (const token of tokens) {
    if (isSymbol(token, "(")) depth += 1;
    if (isSymbol(token, ")")) depth -= 1;
    if (depth === 0 && isWord(token, "FROM")) return token.offset;
  }
  return null;
}
