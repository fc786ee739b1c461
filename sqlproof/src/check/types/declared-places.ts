// Where the migrations declare tables, views and columns: the last statement that wrote each. It is read for messages
// only, so a statement in an unusual form costs no more than a place.
import type { MigrationStep } from "../../migrations/files.ts";

/** The places of one engine's tables, views and columns, e.g. `schema/sqlite/0001_library.sql:3`. */
export class DeclaredPlaces {
  readonly #tables = new Map<string, string>();
  readonly #columns = new Map<string, Map<string, string>>();

  constructor(steps: readonly MigrationStep[]) {
    for (const { path, statements } of steps)
      for (const { text, line } of statements) this.#read(new Words(text, line, path));
  }

  /** Null when the migrations do not show it. */
  table(name: string): string | null {
    return this.#tables.get(name.toLowerCase()) ?? null;
  }

  /** The place of the column; that of its table when the migrations do not show it. */
  column(table: string, name: string): string | null {
    return this.#columns.get(table.toLowerCase())?.get(name.toLowerCase()) ?? this.table(table);
  }

  #read(words: Words): void {
    if (words.take("CREATE")) {
      while (words.take("OR", "REPLACE", "TEMP", "TEMPORARY"));
      if (words.take("TABLE")) this.#create(words, (name) => this.#define(name, words));
      else if (words.take("VIEW")) this.#create(words, () => undefined);
    } else if (words.take("ALTER") && words.take("TABLE")) this.#alter(words);
    else if (words.take("DROP") && words.take("TABLE", "VIEW")) {
      words.skipCondition();
      this.#forget(words.name());
    } else if (words.take("RENAME") && words.take("TABLE")) {
      const from = words.name();
      if (words.take("TO")) this.#rename(from, words.name());
    }
  }

  #create(words: Words, define: (name: string) => void): void {
    words.skipCondition();
    const place = words.place;
    const name = words.name();
    this.#forget(name);
    this.#tables.set(name, place);
    define(name);
  }

  /** The columns between the brackets of a CREATE TABLE. */
  #define(table: string, words: Words): void {
    if (!words.take("(")) return;
    while (!words.ended) {
      if (!words.isOneOf(constraints)) this.#set(table, words.place, words.name());
      if (words.skipTo(",", ")") === ")") return;
    }
  }

  /** Each action of an ALTER TABLE: its last statement about a column says what it is now. */
  #alter(words: Words): void {
    words.skipCondition();
    let table = words.name();
    do {
      const { place } = words;
      const action = words.next().toUpperCase();
      const named = words.take("COLUMN");
      words.skipCondition();
      if (action === "RENAME" && !named && !words.isOneOf(constraints)) {
        words.take("TO", "AS");
        const name = words.name();
        this.#rename(table, name);
        table = name;
      } else if (action === "CHANGE" || (action === "RENAME" && named)) {
        this.#columns.get(table)?.delete(words.name());
        words.take("TO");
        this.#set(table, place, words.name());
      } else if (action === "ADD" || action === "MODIFY" || action === "ALTER") {
        if (!words.isOneOf(constraints)) this.#set(table, place, words.name());
      }
    } while (words.skipTo(",") === ",");
  }

  #set(table: string, place: string, column: string): void {
    const columns = this.#columns.get(table) ?? new Map<string, string>();
    this.#columns.set(table, columns.set(column, place));
  }

  #forget(table: string): void {
    this.#tables.delete(table);
    this.#columns.delete(table);
  }

  #rename(from: string, to: string): void {
    const [place, columns] = [this.#tables.get(from), this.#columns.get(from)];
    this.#forget(from);
    if (place !== undefined) this.#tables.set(to, place);
    if (columns !== undefined) this.#columns.set(to, columns);
  }
}

const constraints = ["PRIMARY", "UNIQUE", "KEY", "INDEX", "CONSTRAINT", "FOREIGN", "CHECK", "FULLTEXT", "SPATIAL"];

const wordPattern =
  /(?<blank>\s+|--[^\n]*|#[^\n]*|\/\*[\s\S]*?\*\/)|'(?:[^']|'')*'|"(?:[^"]|"")*"|`(?:[^`]|``)*`|\[[^\]\n]*\]|[\w$]+|[\s\S]/g;

/** The words of one statement, in their order. */
class Words {
  readonly #words: readonly { readonly text: string; readonly place: string }[];
  #at = 0;

  constructor(text: string, line: number, path: string) {
    let now = line;
    this.#words = [...text.matchAll(wordPattern)].flatMap(({ 0: word, groups }) => {
      const place = `${path}:${now}`;
      now += word.split("\n").length - 1;
      return groups?.blank === undefined ? [{ text: word, place }] : [];
    });
  }

  get ended(): boolean {
    return this.#at >= this.#words.length;
  }

  get place(): string {
    return this.#words[this.#at]?.place ?? "";
  }

  next(): string {
    this.#at += 1;
    return this.#words[this.#at - 1]?.text ?? "";
  }

  isOneOf(words: readonly string[]): boolean {
    return words.includes(this.#words[this.#at]?.text.toUpperCase() ?? "");
  }

  /** Steps over one of the words if it comes next. */
  take(...words: readonly string[]): boolean {
    const comes = this.isOneOf(words);
    if (comes) this.#at += 1;
    return comes;
  }

  /** IF EXISTS, IF NOT EXISTS. */
  skipCondition(): void {
    while (this.take("IF", "NOT", "EXISTS"));
  }

  /** A name without its quotes and, if it has one, its schema. */
  name(): string {
    let name = this.next();
    if (this.take(".")) name = this.next();
    return name.replace(/^(["`[])(.*)["`\]]$/s, "$2").toLowerCase();
  }

  /** Steps over everything up to one of the marks outside brackets, and over that. */
  skipTo(...marks: readonly string[]): string | null {
    for (let depth = 0; !this.ended; ) {
      const word = this.next();
      if (depth === 0 && marks.includes(word)) return word;
      depth += word === "(" ? 1 : word === ")" ? -1 : 0;
    }
    return null;
  }
}
