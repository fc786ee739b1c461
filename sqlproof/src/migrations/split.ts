/** One statement of a file without its semicolon, and the line where it begins. */
export interface SplitStatement {
  readonly text: string;
  readonly line: number;
}

/**
 * Whitespace, comments (those with # are MariaDB's, and SQLite refuses the sign), the kinds of quotes (with doubled quotes
 * inside, SQLite's brackets among them), words, any other character.
 */
const tokenPattern =
  /\s+|--[^\n]*|#[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^']|'')*'|"(?:[^"]|"")*"|`(?:[^`]|``)*`|\[[^\]]*\]|[A-Za-z_][\w$]*|[\s\S]/gy;

/** Statements that contain statements: semicolons do not end them before the closing END. */
const compoundPattern =
  /^(BEGIN NOT ATOMIC|CREATE (OR REPLACE )?(DEFINER = \S+ (@ \S+ |\( \) )?)?(TEMP |TEMPORARY |AGGREGATE )?(TRIGGER|PROCEDURE|FUNCTION|EVENT))\b/;

/** The most words that the pattern reads: of `CREATE OR REPLACE DEFINER = a @ b AGGREGATE FUNCTION`. */
const mostWords = 10;

/** After END these words close a block that was not counted when it opened. */
const uncountedBlocks = new Set(["IF", "LOOP", "WHILE", "REPEAT", "FOR"]);

/** Splits a file into statements as both engines do, respecting comments, quotes and trigger bodies. */
export function splitStatements(source: string): SplitStatement[] {
  const statements: SplitStatement[] = [];
  let current = new StatementReader();
  let line = 1;
  for (const [token] of source.matchAll(tokenPattern)) {
    if (token === ";" && !current.inBlock) {
      if (current.started) statements.push(current.statement());
      current = new StatementReader();
    } else {
      current.add(token, line);
    }
    for (const character of token) if (character === "\n") line += 1;
  }
  if (current.started) statements.push(current.statement());
  return statements;
}

class StatementReader {
  #text = "";
  #line = 0;
  #words: string[] = [];
  #depth = 0;
  #previous = "";

  get started(): boolean {
    return this.#line > 0;
  }

  get inBlock(): boolean {
    return this.#depth > 0;
  }

  add(token: string, line: number): void {
    const blank = /^(\s|--|#|\/\*)/.test(token);
    if (!this.started && blank) return;
    if (!this.started) this.#line = line;
    this.#text += token;
    if (blank) return;
    const word = token.toUpperCase();
    if (this.#words.length < mostWords) this.#words.push(word.replace(/\s/g, "_"));
    if (compoundPattern.test(`${this.#words.join(" ")} `)) this.#count(word);
    this.#previous = word;
  }

  statement(): SplitStatement {
    return { text: this.#text.trimEnd(), line: this.#line };
  }

  #count(word: string): void {
    // BEGIN NOT ATOMIC is recognized as a block only at its third word.
    if (word === "ATOMIC" && this.#words.length === 3) this.#depth = 1;
    else if (word === "BEGIN" || (word === "CASE" && this.#previous !== "END")) this.#depth += 1;
    else if (word === "END") this.#depth -= 1;
    else if (this.#previous === "END" && uncountedBlocks.has(word)) this.#depth += 1;
  }
}
