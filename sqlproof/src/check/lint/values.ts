import type { Finding } from "../parse/finding.ts";
import { closingIndex, isSymbol, isWord, type Token } from "../parse/tokenize.ts";

const comparisons = ["=", "<>", "!=", "<", ">", "<=", ">="];

/** Divergences and mistakes in single values that are visible in the text alone. */
export function lintValues(tokens: readonly Token[]): Finding[] {
  const rules = [nullFirst, nullInList, numberAgainstText, today];
  const findings = [...tokens.keys()].flatMap((index) =>
    rules.flatMap((rule) => {
      const message = rule(tokens, index);
      return message === null ? [] : [{ message, offset: tokens[index]?.offset ?? null }];
    }),
  );
  return [...findings, ...positions(tokens)];
}

function compares(token: Token | undefined): boolean {
  return comparisons.some((symbol) => isSymbol(token, symbol));
}

function nullFirst(tokens: readonly Token[], index: number): string | null {
  return compares(tokens[index]) && isWord(tokens[index - 1], "NULL")
    ? "a comparison with NULL is never true: write IS NULL or IS NOT NULL"
    : null;
}

function nullInList(tokens: readonly Token[], index: number): string | null {
  if (!isWord(tokens[index], "IN") || !isSymbol(tokens[index + 1], "(")) return null;
  const list = tokens.slice(index + 2, closingIndex(tokens, index + 1));
  return list.some((token, at) => isWord(token, "NULL") && (at === 0 || isSymbol(list[at - 1], ",")))
    ? "NULL in an IN list matches nothing and makes NOT IN never true: write IS NULL beside it"
    : null;
}

/** `x + 1 = '2'`: an expression has no column affinity, so only MariaDB converts. */
function numberAgainstText(tokens: readonly Token[], index: number): string | null {
  if (!compares(tokens[index])) return null;
  const sides = [tokens[index - 1], tokens[index + 1]];
  const text = sides.some(
    (side) => side?.kind === "string" || (side?.kind === "parameter" && side.annotation?.type === "text"),
  );
  return text && sides.some((side) => side?.kind === "number")
    ? "a number and a text are equal on MariaDB after conversion and never on SQLite: compare values of the same type"
    : null;
}

function today(tokens: readonly Token[], index: number): string | null {
  const token = tokens[index];
  const name = ["CURRENT_DATE", "CURRENT_TIME"].find((word) => isWord(token, word));
  return name === undefined ? null : `${name} is a date on MariaDB and text on SQLite: pass the time as a parameter`;
}

/** `ORDER BY 3`: the sort key would be hidden from the lints, and from the reader. */
function positions(tokens: readonly Token[]): Finding[] {
  const findings: Finding[] = [];
  // In a UNION, a position is the only form of ORDER BY that both engines accept.
  if (tokens.some((token) => isWord(token, "UNION"))) return findings;
  for (const [start, token] of tokens.entries()) {
    if (!isWord(token, "BY")) continue;
    for (let at = start + 1; at < tokens.length; at += 1) {
      const item = tokens[at];
      const begins = at === start + 1 || isSymbol(tokens[at - 1], ",");
      if (isSymbol(item, "(")) at = closingIndex(tokens, at);
      else if (isSymbol(item, ")") || ["LIMIT", "HAVING", "ORDER", "UNION"].some((word) => isWord(item, word))) break;
      else if (begins && item?.kind === "number")
        findings.push({
          message: `BY ${item.text} names a column by its position: write its name`,
          offset: item.offset,
        });
    }
  }
  return findings;
}
