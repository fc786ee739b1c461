import { type EngineStatement, type ParameterProof, placeholder } from "../../runtime/proof.ts";
import type { Engine } from "../../runtime/types.ts";
import { conflictClause, type Edit, type Statement } from "./statement.ts";
import { isWord, nameIn, type ParameterToken, type Token } from "./tokenize.ts";

/** A part of the text that is spelled differently for an engine. */
interface Rewrite {
  readonly from: number;
  readonly to: number;
  readonly text: string;
  readonly around?: boolean;
  readonly alias?: true;
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
  isEnclosed = false,
): string {
  // What is inserted behind an enclosed place stands behind all that is written around it.
  const isOutside = ({ from, to, around = false }: Rewrite): boolean =>
    isEnclosed && to === end && ((around && from === start) || from === end);
  // An alias ends its item: it is no part of the item's last operand, which ends at the same place.
  const isPart = start > 0 || end < statement.sql.length;
  const applies = (one: Rewrite): boolean =>
    one.from >= start && one.to <= end && !isOutside(one) && !(isPart && one.alias === true && one.to === end);
  const changes = outermost(changesFor(statement, engine, placeholder).filter(applies));
  let text = "";
  let offset = start;
  for (const change of changes) {
    const replaced = change.text.replace(/\uE000(\d+),(\d+)(,?)\uE000/g, (_, from: string, to: string, own: string) =>
      rewritePart(statement, engine, placeholder, Number(from), Number(to), own !== ""),
    );
    text += statement.sql.slice(offset, change.from) + replaced;
    offset = change.to;
  }
  return text + statement.sql.slice(offset, end);
}

function inOrder(a: Rewrite, b: Rewrite): number {
  const insertion = ({ from, to }: Rewrite): number => (from === to ? 0 : 1);
  const inside = ({ around = false }: Rewrite): number => (around ? 0 : 1);
  return a.from - b.from || insertion(a) - insertion(b) || b.to - a.to || inside(a) - inside(b);
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
    const own = edits.find(({ from, to, around }) => around !== true && from === place.from && to === place.to);
    return { ...place, text: (own?.text ?? "?").replace("?", () => placeholder(token)) };
  });
  const others = edits
    .filter(({ from, to, around }) => around === true || spelled.every((one) => one.from !== from || one.to !== to))
    .map((edit) => (edit.around === true ? edit : inBrackets(edit, statement.parameters, placeholder)));
  const words = engine === "mariadb" ? mariadbRewrites(statement) : sqliteRewrites(statement);
  return [...spelled, ...others, ...words].sort((a, b) => a.from - b.from);
}

/** `?` in an edit of `(:x)` is that parameter. */
function inBrackets(edit: Edit, parameters: readonly ParameterToken[], placeholder: Placeholder): Rewrite {
  const inside = parameters.find(({ offset }) => offset >= edit.from && offset < edit.to);
  return inside === undefined ? edit : { ...edit, text: edit.text.replace("?", () => placeholder(inside)) };
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

/** The text as the runtime prepares it: `?` for each parameter, split where a list is inserted. */
export function engineStatement(
  statement: Statement,
  engine: Engine,
  parameters: ReadonlyMap<string, ParameterProof>,
): EngineStatement {
  const cut = "\u0000";
  // An engine may get a part of the text several times, and its parameters with it.
  const bound = (name: string): string => `\uE001${name}\uE001`;
  const text = rewrite(statement, engine, (token) => {
    const placed = token.list ? cut : placeholder(engine, parameters.get(token.name));
    return placed + bound(token.name);
  });
  const binds = [...text.matchAll(/\uE001([^\uE001]*)\uE001/g)].map(([, name = ""]) => name);
  return {
    parts: text
      .replace(/\uE001[^\uE001]*\uE001/g, "")
      .trim()
      .split(cut),
    binds,
  };
}
