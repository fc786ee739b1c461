import { closingIndex, isSymbol, isWord, type Token } from "../parse/tokenize.ts";

const endOfPattern = "AND OR THEN ELSE END WHEN GROUP ORDER HAVING LIMIT UNION AS RETURNING".split(" ");

/**
 * Without ESCAPE, a backslash escapes on MariaDB in every SQL mode and is a plain character on SQLite. A literal
 * pattern without a backslash means the same on both.
 */
export function likeWithoutEscape(tokens: readonly Token[], index: number): string | null {
  if (!isWord(tokens[index], "LIKE")) return null;
  const first = tokens[index + 1];
  const second = tokens[index + 2];
  const joined = isSymbol(second, "||") || isWord(second, "ESCAPE");
  if (first?.kind === "string" && !first.text.includes("\\") && !joined) return null;
  for (let at = index + 1; at < tokens.length; at += 1) {
    const token = tokens[at];
    if (isWord(token, "ESCAPE")) return null;
    if (isSymbol(token, "(")) at = closingIndex(tokens, at);
    else if (isSymbol(token, ")") || isSymbol(token, ",") || endOfPattern.some((word) => isWord(token, word))) break;
  }
  return "LIKE without ESCAPE: a backslash in the pattern escapes on MariaDB and is a plain character on SQLite: add ESCAPE '!'";
}
