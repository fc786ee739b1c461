import type { EngineStatement, ParameterProof, StatementKind } from "../../runtime/proof.ts";
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
}

/** Stands in an edit for what an engine gets for that part of the text. */
export function written(from: number, to: number): string {
  return `\uE000${from},${to}\uE000`;
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
      `session variables such as ${variable.text} are not portable: use a parameter`,
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

/** A part of the text that is spelled differently for an engine. */
interface Rewrite {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** How a parameter is spelled in a rewritten text. */
export type Placeholder = (parameter: ParameterToken) => string;

/** The whole text for one engine, with each parameter spelled by `placeholder`. */
export function rewrite(statement: Statement, engine: Engine, placeholder: Placeholder): string {
  return rewritePart(statement, engine, placeholder, 0, statement.sql.length);
}

/** The text between two offsets for one engine. */
export function rewritePart(
  statement: Statement,
  engine: Engine,
  placeholder: Placeholder,
  start: number,
  end: number,
): string {
  const changes = outermost(
    changesFor(statement, engine, placeholder).filter(({ from, to }) => from >= start && to <= end),
  );
  let text = "";
  let offset = start;
  for (const change of changes) {
    const replaced = change.text.replace(/\uE000(\d+),(\d+)\uE000/g, (_, from: string, to: string) =>
      rewritePart(statement, engine, placeholder, Number(from), Number(to)),
    );
    text += statement.sql.slice(offset, change.from) + replaced;
    offset = change.to;
  }
  return text + statement.sql.slice(offset, end);
}

function inOrder(a: Rewrite, b: Rewrite): number {
  const insertion = ({ from, to }: Rewrite): number => (from === to ? 0 : 1);
  return a.from - b.from || insertion(a) - insertion(b) || b.to - a.to;
}

/** In order, what is inserted first; without those inside another one, which renders its parts itself. */
function outermost(changes: readonly Rewrite[]): Rewrite[] {
  const kept: Rewrite[] = [];
  for (const change of changes.toSorted(inOrder)) {
    const last = kept.at(-1);
    if (last === undefined || change.from >= last.to) kept.push(change);
  }
  return kept;
}

function changesFor(statement: Statement, engine: Engine, placeholder: Placeholder): Rewrite[] {
  const edits = statement.edits.filter((edit) => edit.engine === engine);
  const spelled = statement.parameters.map((token): Rewrite => {
    const place = { from: token.offset, to: token.offset + token.text.length };
    const around = edits.find(({ from, to }) => from === place.from && to === place.to)?.text ?? "?";
    return { ...place, text: around.replace("?", () => placeholder(token)) };
  });
  const others = edits.filter(({ from }) => spelled.every((one) => one.from !== from));
  const words = engine === "mariadb" ? mariadbRewrites(statement) : sqliteRewrites(statement);
  return [...spelled, ...others, ...words].sort((a, b) => a.from - b.from);
}

/** `ON CONFLICT (k) DO ..` becomes `ON DUPLICATE KEY UPDATE ..`; the standard's null-safe equality becomes `<=>`. */
function mariadbRewrites({ tokens }: Statement): Rewrite[] {
  const rewrites: Rewrite[] = nullSafeEqualities(tokens);
  const conflict = conflictClause(tokens);
  if (conflict === null) return rewrites;
  rewrites.push({ from: conflict.from, to: conflict.to, text: conflict.mariadb });
  for (const index of conflict.excluded) {
    const excluded = tokens[index];
    const column = tokens[index + 2];
    if (excluded === undefined || column === undefined) continue;
    rewrites.push({
      from: excluded.offset,
      to: column.offset + column.text.length,
      text: `VALUES(${column.text})`,
    });
  }
  return rewrites;
}

/** SQLite's writers are serialized, so there is nothing to lock; double quotes never fall back to strings. */
function sqliteRewrites({ tokens }: Statement): Rewrite[] {
  const rewrites: Rewrite[] = [];
  for (const [index, token] of tokens.entries()) {
    const last = endOfLock(tokens, index);
    if (last !== undefined) rewrites.push({ from: token.offset, to: last.offset + last.text.length, text: "" });
    // An unknown "name" is a string to SQLite; an unknown `name` is an error, as on MariaDB.
    if (token.kind === "quoted" && token.text.startsWith('"'))
      rewrites.push({
        from: token.offset,
        to: token.offset + token.text.length,
        text: `\`${(nameIn(token) ?? "").replaceAll("`", "``")}\``,
      });
  }
  return rewrites;
}

const locks = [
  ["FOR", "UPDATE"],
  ["LOCK", "IN", "SHARE", "MODE"],
] as const;
const skipLocked = ["SKIP", "LOCKED"] as const;

/** The last word of the lock that begins at the index, with `SKIP LOCKED` if that follows. */
function endOfLock(tokens: readonly Token[], index: number): Token | undefined {
  const begins = (words: readonly string[], from: number) =>
    words.every((word, place) => isWord(tokens[from + place], word));
  const lock = locks.find((words) => begins(words, index));
  if (lock === undefined) return undefined;
  const end = index + lock.length;
  return tokens[begins(skipLocked, end) ? end + 1 : end - 1];
}

function nullSafeEqualities(tokens: readonly Token[]): Rewrite[] {
  const rewrites: Rewrite[] = [];
  for (const [index, token] of tokens.entries()) {
    const words = [tokens[index + 1], tokens[index + 2], tokens[index + 3]];
    const last = words[2];
    if (!isWord(token, "IS") || last === undefined) continue;
    if (isWord(words[0], "NOT") && isWord(words[1], "DISTINCT") && isWord(last, "FROM"))
      rewrites.push({ from: token.offset, to: last.offset + last.text.length, text: "<=>" });
  }
  return rewrites;
}

/** The upsert clause of an INSERT. Offsets refer to the text, `excluded` holds token indexes. */
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
  return {
    from: start.offset,
    to: set.offset + set.text.length,
    mariadb: "ON DUPLICATE KEY UPDATE",
    columns,
    excluded,
    offset: start.offset,
  };
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

/** MariaDB compares a string with a DECIMAL as floats; a cast keeps the comparison exact. */
export function placeholder(engine: Engine, parameter: ParameterProof | undefined): string {
  return engine === "mariadb" && parameter?.type === "decimal" ? `CAST(? AS DECIMAL(38,${parameter.scale}))` : "?";
}

/** The text as the runtime prepares it: `?` for each parameter, split where a list is inserted. */
export function engineStatement(
  statement: Statement,
  engine: Engine,
  parameters: ReadonlyMap<string, ParameterProof>,
): EngineStatement {
  const cut = "\u0000";
  const text = rewrite(statement, engine, (token) => {
    if (token.list) return cut;
    return placeholder(engine, parameters.get(token.name));
  });
  return { parts: text.trim().split(cut), binds: statement.parameters.map((token) => token.name) };
}
