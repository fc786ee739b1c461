import type { Finding } from "../parse/finding.ts";
import { closingIndex, isSymbol, isWord, type Token } from "../parse/tokenize.ts";
import { likeWithoutEscape } from "./like.ts";

/** Functions that differ between the engines, each with the difference and what to write instead. */
const functions: Readonly<Record<string, string>> = {
  AVG: "AVG is exact on MariaDB and a float on SQLite: select SUM and COUNT and divide in code",
  GROUP_CONCAT:
    "GROUP_CONCAT(x, separator) reads its second argument differently on each engine: select rows and join in code",
  CONCAT: "CONCAT with a NULL is NULL on MariaDB and skips it on SQLite: write a || b",
  CONCAT_WS: "CONCAT_WS differs with NULL separators and collations: write a || b",
  LENGTH: "LENGTH counts bytes on MariaDB and characters on SQLite: measure in code",
  UPPER: "UPPER handles all letters on MariaDB and only ASCII on SQLite: change the case in code",
  LOWER: "LOWER handles all letters on MariaDB and only ASCII on SQLite: change the case in code",
  ROUND: "ROUND is exact on MariaDB and a float on SQLite: round in code",
  INSTR: "INSTR follows the collation on MariaDB and bytes on SQLite: use LIKE on a binary column",
  NOW: "NOW() is not portable: pass the time as a parameter",
  DATE: "DATE() parses differently on each engine: compare with parameters",
  STRFTIME: "strftime is SQLite only: use SUBSTR on the text of the date",
  RANDOM: "RANDOM() is a different number on each engine: generate it in code",
  RAND: "RAND() is a different number on each engine: generate it in code",
  MOD: "MOD() is a float on SQLite: write a % b on integers",
  CEIL: "CEIL() is a float on SQLite: round in code",
  CEILING: "CEILING() is a float on SQLite: round in code",
  FLOOR: "FLOOR() is a float on SQLite: round in code",
  POW: "POW() is a float: compute in code",
  POWER: "POWER() is a float: compute in code",
  SQRT: "SQRT() is a float: compute in code",
  FORMAT: "FORMAT() groups digits on MariaDB and is printf on SQLite: format in code",
  CHAR: "CHAR() gives bytes on MariaDB and characters on SQLite: use a parameter",
  HEX: "HEX of a number differs on each engine: convert in code",
  UNHEX: "UNHEX gives text on MariaDB and bytes on SQLite: use a parameter",
  LOG: "LOG is the natural logarithm on MariaDB and base 10 on SQLite: compute in code",
  EXP: "EXP is a float: compute in code",
  LN: "LN is a float: compute in code",
  QUOTE: "QUOTE writes NULL and backslashes differently: it has no use beside parameters",
  SOUNDEX: "SOUNDEX has another length on each engine: compute in code",
  TIME: "TIME() parses differently on each engine: use SUBSTR on the text of the time",
  TRUNCATE: "TRUNCATE is MariaDB only: compute in code",
};

/** True when a function is always refused. */
export function isDivergent(name: string): boolean {
  return Object.hasOwn(functions, name);
}

/** Functions whose result depends on the order of their rows. */
const ranking: ReadonlySet<string> = new Set(
  "ROW_NUMBER RANK DENSE_RANK PERCENT_RANK CUME_DIST NTILE LAG LEAD FIRST_VALUE LAST_VALUE NTH_VALUE".split(" "),
);

/** Returns the message when the rule is broken at `index`. */
type Rule = (tokens: readonly Token[], index: number) => string | null;

const rules: readonly Rule[] = [
  (tokens, index) => {
    const token = tokens[index];
    if (token?.kind !== "word" || !isSymbol(tokens[index + 1], "(")) return null;
    const name = token.text.toUpperCase();
    if (name.startsWith("JSON_"))
      return `${name} returns quoted text on one engine and values on the other: parse the text in code`;
    return Object.hasOwn(functions, name) ? (functions[name] ?? null) : null;
  },
  (tokens, index) =>
    isWord(tokens[index], "FULL") && (isWord(tokens[index + 1], "JOIN") || isWord(tokens[index + 1], "OUTER"))
      ? "FULL JOIN is read by MariaDB as an alias named FULL and an INNER JOIN: write two LEFT JOINs with UNION"
      : null,
  (tokens, index) =>
    isSymbol(tokens[index], "/")
      ? "int / int is 2.5 on MariaDB and 2 on SQLite, and decimals lose their scale: divide in code"
      : null,
  (tokens, index) => {
    const compares = ["=", "<>", "!=", "<", ">", "<=", ">="].some((symbol) => isSymbol(tokens[index], symbol));
    if (!compares || !isWord(tokens[index + 1], "NULL") || isAssignment(tokens, index)) return null;
    return "a comparison with NULL is never true: write IS NULL or IS NOT NULL";
  },
  (tokens, index) => {
    const token = tokens[index];
    return token?.kind === "number" && /[.e]/i.test(token.text)
      ? `${token.text} is exact on MariaDB and a float on SQLite: use a parameter`
      : null;
  },
  (tokens, index) => {
    if (!isWord(tokens[index], "CAST") || !isSymbol(tokens[index + 1], "(")) return null;
    const target = tokens[closingIndex(tokens, index + 1) - 1];
    return isWord(target, "INTEGER")
      ? null
      : "CAST gives a different type or scale on SQLite: only CAST(x AS INTEGER) is portable";
  },
  (tokens, index) =>
    isWord(tokens[index], "LIMIT") && !isOrdered(tokens, index)
      ? "LIMIT without ORDER BY picks different rows on each engine: add ORDER BY"
      : null,
  (tokens, index) => {
    if (!isWord(tokens[index], "OVER") || !isSymbol(tokens[index + 1], "(")) return null;
    const ranked = ranking.has(functionBefore(tokens, index));
    const inside = tokens.slice(index + 2, closingIndex(tokens, index + 1));
    if (!ranked || inside.some((token) => isWord(token, "ORDER"))) return null;
    return "a ranking function OVER unordered rows differs on each engine: add ORDER BY inside OVER (..)";
  },
  (tokens, index) =>
    ["&", "|", "~", "<<", ">>"].some((symbol) => isSymbol(tokens[index], symbol))
      ? "bit operators are unsigned on MariaDB and signed on SQLite: compute in code"
      : null,
  (tokens, index) =>
    tokens[index]?.kind === "string" && tokens[index + 1]?.kind === "string"
      ? "two strings side by side are joined by MariaDB and read as an alias by SQLite: write one string"
      : null,
  (tokens, index) => {
    const token = tokens[index];
    const next = tokens[index + 1];
    if (token?.kind !== "word" || next?.kind !== "string" || next.offset !== token.offset + token.text.length)
      return null;
    return `${token.text}'..' is text on MariaDB and bytes on SQLite: use a parameter`;
  },
  likeWithoutEscape,
  (tokens, index) => {
    const isSubstr = isWord(tokens[index], "SUBSTR") || isWord(tokens[index], "SUBSTRING");
    if (!isSubstr || !isSymbol(tokens[index + 1], "(")) return null;
    const start = secondArgument(tokens, index + 1);
    if (isSymbol(start, "-"))
      return "SUBSTR from the end of a shorter text is empty on MariaDB and the whole text on SQLite: cut it in code";
    return start?.kind === "number" && Number(start.text) === 0
      ? "SUBSTR from 0 is empty on MariaDB and one character short on SQLite: positions count from 1"
      : null;
  },
];

/** True when the SELECT that ends with this LIMIT has an ORDER BY. */
function isOrdered(tokens: readonly Token[], limit: number): boolean {
  let depth = 0;
  for (let at = limit - 1; at >= 0; at -= 1) {
    const token = tokens[at];
    if (isSymbol(token, ")")) depth += 1;
    if (isSymbol(token, "(")) depth -= 1;
    if (depth < 0) return false;
    if (depth === 0 && isWord(token, "ORDER")) return true;
  }
  return false;
}

/** The function whose call ends right before `index`. */
function functionBefore(tokens: readonly Token[], index: number): string {
  let depth = 0;
  for (let at = index - 1; at >= 0; at -= 1) {
    if (isSymbol(tokens[at], ")")) depth += 1;
    if (isSymbol(tokens[at], "(")) depth -= 1;
    if (depth === 0) return tokens[at - 1]?.text.toUpperCase() ?? "";
  }
  return "";
}

/** The first token of a call's second argument. */
function secondArgument(tokens: readonly Token[], open: number): Token | undefined {
  let depth = 0;
  for (let at = open; at < tokens.length; at += 1) {
    if (isSymbol(tokens[at], "(")) depth += 1;
    if (isSymbol(tokens[at], ")")) depth -= 1;
    if (depth === 0) return undefined;
    if (depth === 1 && isSymbol(tokens[at], ",")) return tokens[at + 1];
  }
  return undefined;
}

/** `SET column = NULL` assigns, which is fine; after WHERE or ON the same text compares. */
function isAssignment(tokens: readonly Token[], index: number): boolean {
  for (let at = index; at >= 0; at -= 1) {
    const token = tokens[at];
    if (isWord(token, "SET")) return true;
    if (["WHERE", "ON", "HAVING", "WHEN", "AND", "OR", "SELECT", "CASE"].some((word) => isWord(token, word)))
      return false;
  }
  return false;
}

/** Divergences that are visible in the text alone. */
export function lintText(tokens: readonly Token[]): Finding[] {
  const findings: Finding[] = [];
  for (const [index, token] of tokens.entries())
    for (const rule of rules) {
      const message = rule(tokens, index);
      if (message !== null) findings.push({ message, offset: token.offset });
    }
  return findings;
}
