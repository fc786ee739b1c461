import { isSymbol, isWord } from "../parse/tokenize.ts";
import type { Cursor } from "./cursor.ts";

const parts: ReadonlySet<string> = new Set(["YEAR", "MONTH", "DAY", "HOUR", "MINUTE", "SECOND"]);

export const trimFrom = "TRIM(.. FROM x) is MariaDB's: write TRIM(x), LTRIM(x) or RTRIM(x), or cut in code";

/** Refuses a call whose brackets hold words, which one engine alone reads. */
export function refuseWordedCall(cursor: Cursor): void {
  if (cursor.dialect !== "both" || !cursor.seesSymbol("(", 1)) return;
  const [word, inside, next] = [0, 2, 3].map((ahead) => cursor.peek(ahead)?.text.toUpperCase() ?? "");
  switch (word) {
    case "EXTRACT":
      if (next === "FROM")
        cursor.fail(
          parts.has(inside ?? "")
            ? `EXTRACT is MariaDB's: write ${inside}(x)`
            : "EXTRACT is MariaDB's: select the datetime and compute in code",
        );
      break;
    case "TRIM":
      if (["BOTH", "LEADING", "TRAILING"].includes(inside ?? "") || next === "FROM") cursor.fail(trimFrom);
      break;
    case "MATCH":
      cursor.fail("MATCH is full text search, which is different on each engine: search with LIKE");
      break;
    case "ROW":
      cursor.fail("ROW(a, b) is MariaDB's: write (a, b)");
      break;
    case "POSITION":
      cursor.fail("POSITION(part IN x) is MariaDB's: write INSTR(x, part)");
  }
}

const dated: ReadonlySet<string> = new Set(["DATE", "TIME", "TIMESTAMP"]);

/** Refuses the words that MariaDB reads before a value. */
export function refusePrefix(cursor: Cursor): void {
  if (cursor.dialect !== "both") return;
  const next = cursor.peek(1);
  const begins = next !== undefined && (next.kind !== "symbol" || isSymbol(next, "-") || isSymbol(next, "("));
  const word = cursor.peek();
  if (word?.kind === "word" && next?.kind === "string") {
    const isJoined = next.offset === word.offset + word.text.length;
    if (dated.has(word.text.toUpperCase()))
      cursor.fail(`${word.text} '..' is MariaDB's: write the text alone, such as '2024-01-15'`);
    if (isJoined && !isWord(word, "X")) cursor.fail(`${word.text}'..' is MariaDB's: write the value alone`);
  }
  if (cursor.sees("SQL_CALC_FOUND_ROWS") && begins)
    cursor.fail("SQL_CALC_FOUND_ROWS is MariaDB's: count the rows in a query of its own");
  if (cursor.sees("INTERVAL") && begins)
    cursor.fail("INTERVAL is MariaDB's: compute the time in code and pass it as a parameter");
  if (cursor.sees("BINARY") && begins && !isWord(next, "AS") && next?.kind !== "symbol")
    cursor.fail("BINARY x is MariaDB's: give the column the collation utf8mb4_nopad_bin");
}
