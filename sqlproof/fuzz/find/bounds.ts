import { depths, tokensOf } from "./tokens.ts";

/** With 14 rows in a table, a join of so many is done in about a second. */
const mostTables = 6;

/** From so many tables on, a statement may take long: all of their rows together are half a million. */
const manyTables = 5;

/** Whether a statement ends at all: SQLite runs in this process, and nothing could stop it. */
export function isBounded(text: string): boolean {
  return recursionsEnd(text) && tablesOf(tokensOf(text)) <= mostTables;
}

/** Whether MariaDB, which can be stopped, is asked first how long it takes. */
export function mayTakeLong(text: string): boolean {
  return tablesOf(tokensOf(text)) >= manyTables;
}

/** A recursion without its limits never ends. */
function recursionsEnd(text: string): boolean {
  if (!/\bRECURSIVE\b/i.test(text)) return true;
  const count = (pattern: RegExp): number => text.match(pattern)?.length ?? 0;
  const begun = count(/\(i, j\) AS \(SELECT (DISTINCT )?(1|[\w.]*\bid), /g);
  const counted = count(/ SELECT i \+ 1, /g);
  return begun > 0 && begun === counted && counted === count(/ WHERE i < \d{1,4}\)/g);
}

/** How many tables would be joined if every subquery ran once per row around it. */
function tablesOf(tokens: readonly string[]): number {
  const depth = depths(tokens);
  const ctes = new Map<string, number>();
  let most = 0;
  let rest = 0;
  for (const [at, token] of tokens.entries()) {
    if (!/^(WITH|RECURSIVE|,)$/.test(tokens[at - 1] ?? "") || !/^\w+$/.test(token) || depth[at] !== 0) continue;
    const open = bodyOf(tokens, depth, at);
    if (open === null) continue;
    const close = tokens.findIndex((other, index) => index > open && other === ")" && depth[index] === depth[open]);
    const body = tokens.slice(open, close);
    const weight = references(body, new Map([...ctes, [token, recursionOf(body)]]));
    ctes.set(token, weight);
    most = Math.max(most, weight);
    rest = close;
  }
  return Math.max(most, references(tokens.slice(rest), ctes));
}

/** The bracket that opens the body of the CTE whose name stands here; null for any other name. */
function bodyOf(tokens: readonly string[], depth: readonly number[], at: number): number | null {
  const columns = tokens[at + 1] === "(";
  const end = tokens.findIndex((other, index) => index > at + 1 && other === ")" && depth[index] === depth[at]);
  const as = columns ? end + 1 : at + 1;
  return tokens[as] === "AS" && tokens[as + 1] === "(" ? as + 1 : null;
}

/** A recursion makes as many rows as a join of so many tables. */
function recursionOf(body: readonly string[]): number {
  return body.some((token) => /^\d{4}$/.test(token)) ? 4 : 2;
}

function references(tokens: readonly string[], ctes: ReadonlyMap<string, number>): number {
  const named = tokens.filter((token, at) => /^(FROM|JOIN|UPDATE)$/.test(tokens[at - 1] ?? "") && token !== "(");
  return named.reduce((sum, name) => sum + (ctes.get(name) ?? 1), 0);
}
