import { isSymbol, isWord, meaningful, type Token, tokenize } from "../../sqlproof/src/check/parse/tokenize.ts";

/** The clause that a token belongs to, as far as the operators need to know it. */
export type Clause =
  | "select"
  | "from"
  | "condition"
  | "group"
  | "order"
  | "limit"
  | "set"
  | "values"
  | "insert"
  | "conflict"
  | "other";

/** A text as tokens, each with its depth of parentheses, its clause and the SELECT that it is in. */
export interface Text {
  readonly sql: string;
  readonly tokens: readonly Token[];
  readonly depths: readonly number[];
  readonly clauses: readonly Clause[];
  /** The index of the first token of the innermost SELECT, or 0. */
  readonly scopes: readonly number[];
}

const clauseOfWord: ReadonlyMap<string, Clause> = new Map([
  ["SELECT", "select"],
  ["RETURNING", "select"],
  ["FROM", "from"],
  ["JOIN", "from"],
  ["LEFT", "from"],
  ["CROSS", "from"],
  ["UPDATE", "from"],
  ["INTO", "insert"],
  ["ON", "condition"],
  ["WHERE", "condition"],
  ["HAVING", "condition"],
  ["WHEN", "condition"],
  ["GROUP", "group"],
  ["ORDER", "order"],
  ["PARTITION", "group"],
  ["LIMIT", "limit"],
  ["SET", "set"],
  ["VALUES", "values"],
  ["CONFLICT", "conflict"],
  ["UNION", "other"],
]);

interface Level {
  readonly clause: Clause;
  readonly scope: number;
  /** The clauses around the CASE expressions that are open here. */
  readonly cases: readonly Clause[];
}

export function readText(sql: string): Text {
  const tokens = meaningful(tokenize(sql));
  const [depths, clauses, scopes]: [number[], Clause[], number[]] = [[], [], []];
  const outer: Level[] = [];
  let level: Level = { clause: "other", scope: 0, cases: [] };
  for (const [index, token] of tokens.entries()) {
    if (isSymbol(token, ")")) level = outer.pop() ?? level;
    level = entered(level, tokens, index);
    depths.push(outer.length);
    clauses.push(level.clause);
    scopes.push(level.scope);
    if (!isSymbol(token, "(")) continue;
    outer.push(level);
    const isSelect = isWord(tokens[index + 1], "SELECT");
    level = { clause: level.clause, scope: isSelect ? index + 1 : level.scope, cases: [] };
  }
  return { sql, tokens, depths, clauses, scopes };
}

/** Where the token at the index leads: into another clause, or out of a CASE. */
function entered(level: Level, tokens: readonly Token[], index: number): Level {
  const token = tokens[index];
  if (token?.kind !== "word") return level;
  const word = token.text.toUpperCase();
  if (word === "CASE") return { ...level, cases: [...level.cases, level.clause] };
  if (word === "THEN" || word === "ELSE") return { ...level, clause: level.cases.at(-1) ?? level.clause };
  if (word === "END") return { ...level, clause: level.cases.at(-1) ?? level.clause, cases: level.cases.slice(0, -1) };
  if (word === "UPDATE" && (isWord(tokens[index - 1], "FOR") || isWord(tokens[index - 1], "DO"))) return level;
  const clause = clauseOfWord.get(word);
  return clause === undefined ? level : { ...level, clause };
}

/** The index of the first token behind `from` that `ends` accepts at the same depth, or that leaves the parentheses. */
export function endOf({ tokens, depths }: Text, from: number, ends: (token: Token) => boolean): number {
  const depth = depths[from] ?? 0;
  for (let index = from; index < tokens.length; index += 1) {
    const [token, here] = [tokens[index], depths[index] ?? 0];
    if (token === undefined || here < depth || (here === depth && isSymbol(token, ")"))) return index;
    if (here === depth && ends(token)) return index;
  }
  return tokens.length;
}

/** The tokens from `from` until before `to`, split at those of the same depth that `separates` accepts. */
export function split(text: Text, from: number, to: number, separates: (index: number) => boolean): Range[] {
  const parts: Range[] = [];
  let start = from;
  for (let index = from; index < to; index += 1)
    if (text.depths[index] === text.depths[from] && separates(index)) {
      parts.push({ from: start, to: index });
      start = index + 1;
    }
  return [...parts, { from: start, to }];
}

/** Token indexes, the last not included. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

export function isOneOf(token: Token | undefined, words: readonly string[]): boolean {
  return token?.kind === "word" && words.includes(token.text.toUpperCase());
}
