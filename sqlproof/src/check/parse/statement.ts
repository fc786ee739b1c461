import type { StatementKind } from "../../runtime/proof.ts";
import type { Engine } from "../../runtime/types.ts";
import {
  closingIndex,
  isSymbol,
  isWord,
  meaningful,
  nameIn,
  type ParameterToken,
  type Token,
  TokenError,
  tokenize,
} from "./tokenize.ts";

/** One engine's text, parsed as far as the checker needs: its kind, parameters and clauses. */
export interface Statement {
  readonly sql: string;
  readonly kind: StatementKind;
  /** Without whitespace and comments. */
  readonly tokens: readonly Token[];
  readonly parameters: readonly ParameterToken[];
  /** Index in `tokens` of RETURNING, or -1. */
  readonly returning: number;
  /** The table that an INSERT, UPDATE or DELETE writes to, else null. */
  readonly target: string | null;
  /** What an engine gets in other words, as the typing found it. */
  readonly edits: readonly Edit[];
}

/** A part of the text that an engine gets in other words. Edits of one engine never overlap. */
export interface Edit {
  readonly engine: Engine;
  readonly from: number;
  readonly to: number;
  /** `?` stands for the parameter that is written at the place, and `written(from, to)` for a part of the text. */
  readonly text: string;
  /** True where `enclosed(place)` in the text stands for what the engine gets for the place itself, also several times. */
  readonly around?: boolean;
  /** True for an alias, which is inserted behind its item. */
  readonly alias?: true;
}

/** Stands in an edit for what an engine gets for that part of the text. */
export function written(from: number, to: number): string {
  return `\uE000${from},${to}\uE000`;
}

/** Stands in an edit around a place for what the engine gets there without it. */
export function enclosed({ from, to }: Pick<Edit, "from" | "to">): string {
  return `\uE000${from},${to},\uE000`;
}

const kinds: Readonly<Record<string, StatementKind>> = {
  SELECT: "select",
  WITH: "select",
  INSERT: "insert",
  REPLACE: "insert",
  UPDATE: "update",
  DELETE: "delete",
};

/** Reads one statement. Throws `TokenError` unless it is a SELECT, WITH, INSERT, REPLACE, UPDATE or DELETE. */
export function readStatement(sql: string): Statement {
  const tokens = meaningful(tokenize(sql));
  const first = tokens[0];
  const kind = first === undefined ? undefined : kinds[first.text.toUpperCase()];
  if (first === undefined || kind === undefined) {
    const found = first === undefined ? "nothing" : first.text;
    throw new TokenError(
      `only SELECT, WITH, INSERT, REPLACE, UPDATE and DELETE can be proven, found ${found}`,
      first?.offset ?? 0,
    );
  }
  const variable = tokens.find((token) => token.kind === "variable");
  if (variable !== undefined)
    throw new TokenError(
      `session variables such as ${variable.text} are not portable: use a parameter${/^@\w+$/.test(variable.text) ? `, :${variable.text.slice(1)}` : ""}`,
      variable.offset,
    );
  const returning = kind === "select" ? -1 : tokens.findIndex((token) => isWord(token, "RETURNING"));
  const parameters = tokens.filter((token) => token.kind === "parameter");
  return { sql, kind, tokens, parameters, returning, target: targetTable(kind, tokens), edits: [] };
}

function targetTable(kind: StatementKind, tokens: readonly Token[]): string | null {
  switch (kind) {
    case "select":
      return null;
    case "update":
      return nameIn(tokens[1]);
    case "insert":
    case "delete":
      return nameIn(tokens[tokens.findIndex((token) => isWord(token, "INTO") || isWord(token, "FROM")) + 1]);
  }
}

/** The upsert clause of an INSERT. Offsets refer to the text, `excluded` holds token indexes outside of subqueries. */
export interface ConflictClause {
  readonly from: number;
  readonly to: number;
  readonly mariadb: string;
  /** The columns named as the conflict target. */
  readonly columns: readonly string[];
  readonly excluded: readonly number[];
  readonly offset: number;
}

/** Finds `ON CONFLICT (k) DO UPDATE SET` or `DO NOTHING`; null when there is none. */
export function conflictClause(tokens: readonly Token[]): ConflictClause | null {
  const on = tokens.findIndex((token, index) => isWord(token, "ON") && isWord(tokens[index + 1], "CONFLICT"));
  const start = tokens[on];
  if (start === undefined) return null;
  if (!isSymbol(tokens[on + 2], "(")) throw new TokenError("name the key: ON CONFLICT (column) DO ..", start.offset);
  const close = closingIndex(tokens, on + 2);
  const columns = tokens.slice(on + 3, close).flatMap((token) => nameIn(token) ?? []);
  if (isWord(tokens[close + 2], "NOTHING")) return doNothing(start, columns, tokens[close + 2]);
  const set = tokens[close + 3];
  if (
    !isWord(tokens[close + 1], "DO") ||
    !isWord(tokens[close + 2], "UPDATE") ||
    set === undefined ||
    !isWord(set, "SET")
  )
    throw new TokenError("write ON CONFLICT (column) DO UPDATE SET .. or DO NOTHING", start.offset);
  const excluded = tokens.flatMap((token, index) => (index > close && isWord(token, "EXCLUDED") ? [index] : []));
  const below = subqueryEnds(tokens, close);
  return {
    from: start.offset,
    to: set.offset + set.text.length,
    mariadb: "ON DUPLICATE KEY UPDATE",
    columns,
    excluded: excluded.filter((index) => !below.some(([from, to]) => from < index && index < to)),
    offset: start.offset,
  };
}

/** The brackets of the subqueries after a token. */
function subqueryEnds(tokens: readonly Token[], start: number): [from: number, to: number][] {
  return tokens.flatMap((token, index): [number, number][] =>
    index > start && isSymbol(token, "(") && isWord(tokens[index + 1], "SELECT")
      ? [[index, closingIndex(tokens, index)]]
      : [],
  );
}

/** MariaDB has no DO NOTHING: setting the key to itself changes nothing and reports no error. */
function doNothing(start: Token, columns: readonly string[], last: Token | undefined): ConflictClause {
  const key = `"${columns[0] ?? ""}"`;
  return {
    from: start.offset,
    to: last === undefined ? start.offset : last.offset + last.text.length,
    mariadb: `ON DUPLICATE KEY UPDATE ${key} = ${key}`,
    columns,
    excluded: [],
    offset: start.offset,
  };
}
