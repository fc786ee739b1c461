import type { Finding } from "./parse/finding.ts";
import type { Statement } from "./parse/statement.ts";
import { isSymbol, isWord, nameIn, type Token } from "./parse/tokenize.ts";
import { cureOf } from "./provers/engine-cures.ts";
import type { Side } from "./side.ts";
import { isCall, nodesIn } from "./typing/walk.ts";

/** The part of a statement that its place is found in. */
type Text = Pick<Statement, "sql" | "tokens">;

/**
 * Finds what an engine's message names in the text, so that the report can point at it, and gives the message the words
 * of the text: an engine reads `?` for `:name`. `unread` is where the grammar ends, if it does not have the text.
 */
export function located(message: string, text: Text, unread: number | null = null): Finding {
  const near = /near '([\s\S]*)' at line (\d+)$/.exec(message);
  if (near !== null) return nearLine(message, near[1] ?? "", Number(near[2]), text, unread);
  const token = /near "([\s\S]+)": syntax error$/.exec(message)?.[1];
  if (token !== undefined) return nearToken(message, token, text, unread);
  const named =
    /(?:column named|ambiguous column name:|Column) '?((?:\w+\.)*\w+)/.exec(message)?.[1] ??
    /(?:column|table|function|FUNCTION|Table)[^'"`]*?[:\s]['"`]?((?:\w+\.)*\w+)/.exec(message)?.[1];
  const clause = /' in '(\w+)/.exec(message)?.[1] ?? null;
  const offset = named === undefined ? unread : (placeOf(named, clause, text) ?? unread);
  const isQuoted = text.tokens.some((token) => token.offset === offset && token.text === `"${named}"`);
  const said = cureOf(message, text.sql);
  return { message: isQuoted ? `${said}; a text stands in single quotes, '${named}'` : said, offset };
}

const parameter = String.raw`(?::[A-Za-z_]\w*(?:::[a-z]+(?:\(\d+\))?\??)?(?:\.\.\.)?|\?)`;
/** MariaDB quotes no more of the text. */
const most = 80;

/** MariaDB quotes the text from the fault on. */
function nearLine(message: string, words: string, line: number, { sql }: Text, unread: number | null): Finding {
  const start = startOfLine(sql, line);
  const pattern = words
    .trim()
    .replace(/[.*+^${}()|[\]\\]/g, "\\$&")
    .replace(/\s+/g, "\\s+")
    .replaceAll("?", () => parameter);
  const match = pattern === "" ? null : new RegExp(`${pattern}${words.length < most ? "\\s*$" : ""}`).exec(sql);
  if (match === null) return { message, offset: unread ?? start };
  return { message: message.replace(`near '${words}'`, () => `near '${match[0].trim()}'`), offset: match.index };
}

/** SQLite names the token that it cannot read. */
function nearToken(message: string, words: string, { tokens }: Text, unread: number | null): Finding {
  const quoted = words.startsWith("`") ? words.slice(1, -1).replaceAll("``", "`") : null;
  const isMeant = (token: Token): boolean =>
    token.text === words ||
    (words === "?" && token.kind === "parameter") ||
    (quoted !== null && nameIn(token) === quoted);
  const meant = tokens.filter(isMeant);
  const token = meant.find(({ offset }) => offset >= (unread ?? 0)) ?? meant[0];
  if (token === undefined) return { message, offset: unread };
  return { message: message.replace(`near "${words}"`, () => `near "${token.text}"`), offset: token.offset };
}

/** The first place of a name that is no alias, behind the word of the clause that an engine names. */
function placeOf(name: string, clause: string | null, { tokens }: Text): number | null {
  const parts = name.split(".");
  const places = tokens.flatMap((token, index) => {
    if (isWord(tokens[index - 1], "AS") || isSymbol(tokens[index - 1], ".")) return [];
    const isThere = parts.every(
      (part, at) =>
        nameIn(tokens[index + 2 * at])?.toLowerCase() === part.toLowerCase() &&
        (at === 0 || isSymbol(tokens[index + 2 * at - 1], ".")),
    );
    return isThere ? [token.offset] : [];
  });
  const begin = clause === null ? undefined : tokens.find((token) => isWord(token, clause.toUpperCase()));
  const behind = places.find((offset) => begin !== undefined && offset > begin.offset);
  if (behind !== undefined || places[0] !== undefined) return behind ?? places[0] ?? null;
  // An engine may name the table that the text leaves out.
  return parts.length > 1 ? placeOf(parts.slice(1).join("."), clause, { sql: "", tokens }) : null;
}

/** The offset of a line's first character that is not a space. */
function startOfLine(sql: string, line: number): number {
  const before = sql.split("\n").slice(0, line - 1);
  const start = before.reduce((length, text) => length + text.length + 1, 0);
  return start + Math.max(0, sql.slice(start).search(/\S/));
}

/** Has one engine prepare a text; throws what it refuses. */
type Prepare = (text: string) => void | Promise<void>;

/** What an engine refuses, and the name in the text that it reads as a keyword instead. */
export interface Refused {
  readonly finding: Finding;
  readonly keyword: Token | null;
}

/**
 * The name at which an engine stops reading, if it takes the word for a keyword: there it refuses the word as an alias,
 * too. No list of words could follow the versions of the engines. The grammar has read the text, so that the word is
 * a name.
 */
export async function keywordAt(offset: number | null, side: Side, prepare: Prepare): Promise<Token | null> {
  const { tokens } = side.statement;
  const at =
    offset === side.statement.sql.length ? tokens.length : tokens.findIndex((token) => token.offset === offset);
  if (side.tree === null || at === -1) return null;
  const calls = new Set(
    nodesIn(side.tree)
      .filter(isCall)
      .map(({ from }) => from),
  );
  // INTERVAL begins an expression, and the engine stops at what follows.
  for (const place of [at, at - 1]) {
    const token = tokens[place];
    if (token?.kind !== "word" || calls.has(token.offset) || isSymbol(tokens[place - 1], ".")) continue;
    if (!isName(token, side) || (await prepares(`SELECT 1 AS ${token.text}`, prepare))) continue;
    return token;
  }
  return null;
}

/** True for a name of the tree, not for a word of the grammar such as FROM. */
function isName({ text }: Token, { tree }: Side): boolean {
  return nodesIn(tree).some((node) => Object.values(node).includes(text));
}

async function prepares(text: string, prepare: Prepare): Promise<boolean> {
  try {
    await prepare(text);
    return true;
  } catch {
    return false;
  }
}

/** The findings on a text, in which a keyword of both engines is named once. */
export function namingKeywords(refused: readonly Refused[]): readonly Finding[] {
  return refused.flatMap(({ finding, keyword }, index): readonly Finding[] => {
    if (keyword === null) return [finding];
    const alike = refused.filter((one) => one.keyword?.offset === keyword.offset);
    if (alike[0] !== refused[index]) return [];
    const engine = /^(MariaDB|SQLite)/.exec(finding.message)?.[1] ?? "MariaDB";
    const whose = alike.length > 1 ? "both engines" : engine;
    const message = `${keyword.text} is a keyword of ${whose}: write another name, or "${keyword.text}"`;
    return [{ ...finding, message, offset: keyword.offset }];
  });
}
