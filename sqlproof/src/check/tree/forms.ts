import { isWord, type Token } from "../parse/tokenize.ts";

/** The tokens that follow a place in a text. */
interface Ahead {
  readonly sql: string;
  peek(ahead?: number): Token | undefined;
}

/** What people write on one engine or the other where the grammar has nothing, and what to write instead. */
const cures: readonly (readonly [words: string, cure: string])[] = [
  [
    "ON DUPLICATE",
    "ON DUPLICATE KEY UPDATE is MariaDB's: write ON CONFLICT (key) DO UPDATE SET column = excluded.column",
  ],
  ["ON CONFLICT", "ON CONFLICT follows the VALUES of an INSERT"],
  ["COLLATE", "COLLATE has other names on each engine: give the column the collation"],
  ["INTO", "SELECT .. INTO is MariaDB's: read the row and write it"],
  ["PROCEDURE", "PROCEDURE is MariaDB's"],
  ["RETURNING", "RETURNING belongs to INSERT and DELETE"],
  ["SEPARATOR", "SEPARATOR is MariaDB's: join in code"],
  ["XOR", "SQLite has no XOR: write a <> b"],
  ["MOD", "SQLite has no a MOD b: write a % b"],
  ["REGEXP", "SQLite has no REGEXP: use LIKE, or match in code"],
  ["RLIKE", "SQLite has no RLIKE: use LIKE, or match in code"],
  ["NOT REGEXP", "SQLite has no REGEXP: use LIKE, or match in code"],
  ["NOT RLIKE", "SQLite has no RLIKE: use LIKE, or match in code"],
  ["SOUNDS LIKE", "SOUNDS LIKE is MariaDB's: compare in code"],
  ["GLOB", "MariaDB has no GLOB: use LIKE"],
  ["NOT GLOB", "MariaDB has no GLOB: use LIKE"],
  ["MATCH", "MATCH is full text search, which is different on each engine: search with LIKE"],
  ["ISNULL", "ISNULL is SQLite's: write IS NULL"],
  ["NOTNULL", "NOTNULL is SQLite's: write IS NOT NULL"],
  ["NOT NULL", "NOT NULL is SQLite's here: write IS NOT NULL"],
  ["ILIKE", "ILIKE is on neither engine: use LIKE"],
  ["STRAIGHT_JOIN", "STRAIGHT_JOIN is MariaDB's: write JOIN"],
  ["ALL", "ALL is what SELECT does anyway: leave it out"],
  ["FOR SHARE", "FOR SHARE is on neither engine: write LOCK IN SHARE MODE"],
  ["NOWAIT", "NOWAIT is MariaDB's: leave it out, or write SKIP LOCKED"],
  ["WAIT", "WAIT is MariaDB's: leave it out, or write SKIP LOCKED"],
  ["OFFSET", "OFFSET follows LIMIT: write LIMIT n OFFSET m"],
  ["FETCH", "FETCH FIRST is MariaDB's: write LIMIT n"],
];

const symbols: Readonly<Record<string, string>> = {
  "&&": "&& is MariaDB's: write AND",
  "->": "-> reads JSON on each engine in another way: select the text and parse it in code",
  "->>": "->> reads JSON on each engine in another way: select the text and parse it in code",
  "!": "! is MariaDB's: write NOT",
  "=": "== is SQLite's: write =",
};

const bits: ReadonlySet<string> = new Set(["|", "&", "~", "<<", ">>"]);

/** What to write instead of the next words, or null where nothing in particular is known. */
export function cureAt(cursor: Ahead): string | null {
  const token = cursor.peek();
  if (token?.kind === "symbol") {
    if (bits.has(token.text)) return "bit operators are unsigned on MariaDB and signed on SQLite: compute in code";
    // Two of them, without a space between.
    if (token.text === "=" && cursor.sql[token.offset - 1] !== "=") return null;
    return symbols[token.text] ?? null;
  }
  if (token?.kind === "parameter")
    return `:${token.name} is a value, and a word or an operator belongs here: write it, in a query for each word`;
  return cures.find(([words]) => words.split(" ").every((word, at) => isWord(cursor.peek(at), word)))?.[1] ?? null;
}

/** What to write instead of a parameter where a name belongs, or null where there is none. */
export function cureForParameter(token: Token | undefined, what: string): string | null {
  if (token?.kind !== "parameter") return null;
  return `:${token.name} stands for a value, and ${what} has none: write one query for each name`;
}
