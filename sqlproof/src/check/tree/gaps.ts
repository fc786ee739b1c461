import { isSymbol, isWord, type Token } from "../parse/tokenize.ts";

/** The tokens around a place in a text; those behind it have places below 0. */
interface Around {
  peek(ahead?: number): Token | undefined;
}

/** The clauses of a query in the order in which they are written. */
const clauses = [
  ["FROM", "INTO", "SET", "VALUES"],
  ["JOIN", "INNER JOIN", "LEFT JOIN", "LEFT OUTER", "RIGHT JOIN", "RIGHT OUTER", "CROSS JOIN", "ON", "USING"],
  ["WHERE"],
  ["GROUP BY"],
  ["HAVING"],
  ["UNION", "EXCEPT", "INTERSECT"],
  ["ORDER BY"],
  ["LIMIT"],
  ["FOR UPDATE", "LOCK IN"],
  ["RETURNING"],
] as const;

export type Clause = (typeof clauses)[number][number];

const all: readonly Clause[] = clauses.flat();

/** Words that belong to a write, too. */
const written: ReadonlySet<Clause> = new Set(["INTO", "SET", "VALUES", "RETURNING"]);

/** The clause that begins at the next word; null where none does. */
export function clauseAt(cursor: Around): Clause | null {
  return all.find((clause) => clause.split(" ").every((word, at) => isWord(cursor.peek(at), word))) ?? null;
}

/** Where the next word begins a clause that stands before one of those that are there, or is there already. */
export function misplaced(cursor: Around, there: readonly Clause[]): string | null {
  const clause = clauseAt(cursor);
  if (clause === null || written.has(clause) || isWord(cursor.peek(1), "CONFLICT")) return null;
  if (isWord(cursor.peek(1), "DUPLICATE")) return null;
  const orderOf = (one: Clause): number => clauses.findIndex((alike) => alike.some((word) => word === one));
  const later = there.find((one) => orderOf(one) > orderOf(clause));
  if (later !== undefined) return `write ${clause} before ${later}`;
  if (!there.includes(clause)) return null;
  const between = clause === "WHERE" || clause === "HAVING" ? "AND" : "commas";
  return `${clause} stands here twice: write it once, with ${between} between its parts`;
}

const conditions: ReadonlySet<string> = new Set(["WHERE", "HAVING", "ON", "WHEN"]);
const ends: ReadonlySet<string> = new Set(["THEN", "ELSE", "END", "WHEN", "AS", "AND", "OR"]);

/** What the token before waits for, where a clause or the end of the text follows instead; null where neither does. */
export function missing(cursor: Around): { readonly message: string; readonly offset: number } | null {
  const [last, next] = [cursor.peek(-1), cursor.peek()];
  if (last === undefined || isSymbol(last, "(")) return null;
  const isEnd = next === undefined || isSymbol(next, ")") || isSymbol(next, ",") || isAmong(next, ends);
  if (!isEnd && clauseAt(cursor) === null) return null;
  const word = last.text.toUpperCase();
  if (last.kind === "word" && conditions.has(word)) return { message: `${word} has no condition`, offset: last.offset };
  const words = isWord(last, "BY") ? `${cursor.peek(-2)?.text.toUpperCase() ?? ""} BY` : word;
  return { message: `nothing stands after ${words}`, offset: last.offset };
}

/** True where a bracket that is still open was meant to end: at a clause, at AS, or at the end of the text. */
export function endsBracket(cursor: Around): boolean {
  return cursor.peek() === undefined || isWord(cursor.peek(), "AS") || clauseAt(cursor) !== null;
}

const comparators: ReadonlySet<string> = new Set(["=", "<", ">", "<=", ">=", "<>", "!=", ",", ")"]);

/** A keyword where a name belongs, and how to write the name; null where the word is no such name. */
export function keywordAsName(cursor: Around, what: string): string | null {
  const [word, next] = [cursor.peek(), cursor.peek(1)];
  if (word?.kind !== "word") return null;
  if (what === "a value") {
    const isCompared = next?.kind === "symbol" && comparators.has(next.text);
    if (isAmong(word, ends) || !(isCompared || isWord(next, "AS") || isWord(next, "FROM"))) return null;
  }
  return `${word.text} is a keyword: write another name, or "${word.text}"`;
}

/** `%s` or `%(id)s`, which other programs replace by a value. */
export function formatMark(cursor: Around): string | null {
  const [sign, next] = [cursor.peek(), cursor.peek(1)];
  if (!isSymbol(sign, "%") || next?.offset !== (sign?.offset ?? 0) + 1) return null;
  if (next.kind === "word") return `'%${next.text}' is not portable here: write parameters as :name`;
  return isSymbol(next, "(") ? "'%(' is not portable here: write parameters as :name" : null;
}

function isAmong(token: Token | undefined, words: ReadonlySet<string>): boolean {
  return token?.kind === "word" && words.has(token.text.toUpperCase());
}
