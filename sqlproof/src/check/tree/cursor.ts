import { isSymbol, isWord, meaningful, nameIn, type Token, tokenize } from "../parse/tokenize.ts";
import { cureAt, cureForParameter } from "./forms.ts";
import { clauseAt, endsBracket, formatMark, keywordAsName, missing } from "./gaps.ts";
import type { Expression, Place, Query } from "./nodes.ts";

/** The text is not in the grammar; the message says what to write instead where that is known. */
export class GrammarError extends Error {
  override readonly name = "GrammarError";
  constructor(
    message: string,
    readonly offset: number,
    /** False when the message only says what was expected, so that an engine's own message may say more. */
    readonly isCure = true,
  ) {
    super(message);
  }
}

/** Which engines a text is for: `both` leaves out what only one of them reads. */
export type Dialect = "both" | "mariadb" | "sqlite";

/** The readers that call each other: an expression holds queries, and a query holds expressions. */
export interface Grammar {
  expression(cursor: Cursor): Expression;
  query(cursor: Cursor): Query;
  sum(cursor: Cursor): Expression;
}

/** Words that cannot be a name without quotes, because one engine or the grammar reads them as something else. */
const reserved: ReadonlySet<string> = new Set(
  (
    "ALL AND AS ASC BETWEEN BY CASE CAST COLLATE CONFLICT CROSS DELETE DESC DISTINCT DIV DO ELSE END ESCAPE EXCEPT EXISTS " +
    "FOR FORCE FROM FULL GROUP HAVING IN INDEXED INNER INSERT INTERSECT INTO IS JOIN LEFT LIKE LIMIT LOCK NATURAL NOT " +
    "NULL ON OR ORDER OUTER OVER PARTITION RECURSIVE RETURNING RIGHT SELECT SET SOUNDS STRAIGHT_JOIN THEN TRUE FALSE " +
    "UNION UPDATE USE IGNORE USING VALUES WHEN WHERE WINDOW WITH XOR REGEXP RLIKE GLOB MATCH"
  ).split(" "),
);

/** Reads the tokens of one statement from left to right. */
export class Cursor {
  readonly tokens: readonly Token[];
  #at = 0;
  /** Where each bracket begins that is not closed yet. */
  readonly #open: number[] = [];

  constructor(
    readonly sql: string,
    readonly dialect: Dialect,
    private readonly grammar: Grammar,
    /** True to read what the engines read in different order, to show that it must be refused. */
    readonly loose = false,
  ) {
    this.tokens = meaningful(tokenize(sql));
  }

  /** The token `ahead` places further on. */
  peek(ahead = 0): Token | undefined {
    return this.tokens[this.#at + ahead];
  }

  /** Where the next token begins, or the end of the text. */
  get offset(): number {
    return this.peek()?.offset ?? this.sql.length;
  }

  /** Where the token before ended. */
  get end(): number {
    const last = this.tokens[this.#at - 1];
    return last === undefined ? 0 : last.offset + last.text.length;
  }

  /** The place from `from` to the token before. */
  since(from: number): Place {
    return { from, to: this.end };
  }

  take(): Token {
    const token = this.peek();
    if (token === undefined) throw new GrammarError("the statement ends too early", this.sql.length, false);
    this.#at += 1;
    if (isSymbol(token, "(")) this.#open.push(token.offset);
    if (isSymbol(token, ")")) this.#open.pop();
    return token;
  }

  /** True when the next words are these. */
  sees(...words: readonly string[]): boolean {
    return words.every((word, index) => isWord(this.peek(index), word));
  }

  seesSymbol(symbol: string, ahead = 0): boolean {
    return isSymbol(this.peek(ahead), symbol);
  }

  /** Takes these words if they come next. */
  takes(...words: readonly string[]): boolean {
    if (!this.sees(...words)) return false;
    this.#at += words.length;
    return true;
  }

  takesSymbol(symbol: string): boolean {
    if (!this.seesSymbol(symbol)) return false;
    this.take();
    return true;
  }

  expect(...words: readonly string[]): void {
    if (!this.takes(...words)) this.expected(words.join(" "));
  }

  expectSymbol(symbol: string): void {
    if (this.takesSymbol(symbol)) return;
    const open = this.#open.at(-1);
    if (symbol === ")" && open !== undefined && endsBracket(this)) {
      const next = clauseAt(this) ?? this.peek()?.text;
      const message = next === undefined ? "this ( is never closed" : `this ( is not closed before ${next}`;
      throw new GrammarError(message, open);
    }
    this.expected(`'${symbol}'`);
  }

  /** True when the next token can be a name. */
  seesName(ahead = 0): boolean {
    const token = this.peek(ahead);
    return token?.kind === "quoted" || (token?.kind === "word" && !reserved.has(token.text.toUpperCase()));
  }

  takeName(what: string): string {
    if (!this.seesName()) this.expected(what);
    return nameIn(this.take()) ?? "";
  }

  fail(message: string): never {
    throw new GrammarError(this.own(message), this.offset);
  }

  /** The message for a text that is for one engine: what the other one has is no reason there. */
  own(message: string): string {
    const other = this.dialect === "mariadb" ? "SQLite" : "MariaDB";
    const engine = this.dialect === "mariadb" ? "MariaDB" : "SQLite";
    if (this.dialect === "both") return message;
    return message.replace(
      new RegExp(`^(?:${other} has no (.+?)|(.+?) (?:is|are) ${engine}'s): `),
      (_, ...[a, b]: (string | undefined)[]) => `sqlproof does not read ${a ?? b}: `,
    );
  }

  /** The next token is not what the grammar has at this place. */
  expected(what: string): never {
    const name = what === "a table" ? cureForParameter(this.peek(), what) : null;
    if (name !== null) this.fail(name);
    if (/^(?:an? |the name)/.test(what)) this.#refuseGap(what);
    const cure = this.dialect === "both" ? cureAt(this) : null;
    if (cure !== null) this.fail(cure);
    const found = this.peek()?.text ?? "the end";
    throw new GrammarError(`expected ${what}, found ${found}`, this.offset, false);
  }

  /** Refuses a place where a name or value belongs and none stands. */
  #refuseGap(what: string): void {
    const gap = missing(this);
    if (gap !== null) throw new GrammarError(gap.message, gap.offset);
    const word = this.peek();
    const isReserved = word?.kind === "word" && reserved.has(word.text.toUpperCase());
    const message = formatMark(this) ?? (isReserved ? keywordAsName(this, what) : null);
    if (message !== null) this.fail(message);
  }

  /** Reads an expression of any kind. */
  expression(): Expression {
    return this.grammar.expression(this);
  }

  /** Reads a value without comparisons. */
  sum(): Expression {
    return this.grammar.sum(this);
  }

  /** Reads a query up to the bracket or the end that closes it. */
  query(): Query {
    return this.grammar.query(this);
  }

  /** `(SELECT ..)`. */
  bracketedQuery(): Query {
    this.expectSymbol("(");
    const query = this.query();
    this.expectSymbol(")");
    return query;
  }

  /** Items separated by commas. */
  list<T>(item: () => T): T[] {
    const items = [item()];
    while (this.takesSymbol(",")) items.push(item());
    return items;
  }
}
