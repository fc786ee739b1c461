// Calls and operators that only one engine writes, in a text that is for it alone.
import type { Cursor, Dialect } from "./cursor.ts";
import type { Call, Expression, Place } from "./nodes.ts";

/** Operators that match a text with a pattern. */
const matchers: Readonly<Record<Dialect, readonly string[]>> = {
  both: [],
  mariadb: ["REGEXP", "RLIKE"],
  sqlite: ["GLOB", "REGEXP", "MATCH"],
};

/** True when the word `ahead` places further on is such an operator. */
export function seesMatcher(cursor: Cursor, ahead = 0): boolean {
  const word = cursor.peek(ahead);
  return word?.kind === "word" && matchers[cursor.dialect].includes(word.text.toUpperCase());
}

/** `name REGEXP pattern`, as a call. */
export function readMatcher(cursor: Cursor, operand: Expression, from: number): Call {
  const sign = signOf(cursor);
  const name = cursor.sql.slice(sign.from, sign.to).toUpperCase();
  return callOf(name, [operand, cursor.sum()], sign, cursor.since(from));
}

/** A value and what only one engine computes of its bits, from left to right. */
export function readBits(cursor: Cursor): Expression {
  const from = cursor.offset;
  let left = cursor.sum();
  if (cursor.dialect === "both") return left;
  while (["|", "&", "<<", ">>"].some((symbol) => cursor.seesSymbol(symbol))) {
    const sign = signOf(cursor);
    const name = cursor.sql.slice(sign.from, sign.to);
    left = callOf(name, [left, cursor.sum()], sign, cursor.since(from));
  }
  return left;
}

/** What stands in the brackets of MariaDB's calls with words between their arguments; null for any other call. */
export function readWordedArguments(cursor: Cursor, name: string): Expression[] | null {
  if (cursor.dialect !== "mariadb") return null;
  switch (name) {
    case "EXTRACT":
      cursor.take();
      cursor.expect("FROM");
      return [cursor.expression()];
    case "POSITION":
      return [cursor.sum(), ...after(cursor, "IN")];
    case "TRIM":
      return readTrimmed(cursor);
    case "SUBSTR":
    case "SUBSTRING":
    case "MID": {
      const of = cursor.expression();
      if (!cursor.sees("FROM")) return [of, ...(cursor.takesSymbol(",") ? cursor.list(() => cursor.expression()) : [])];
      return [of, ...after(cursor, "FROM"), ...(cursor.sees("FOR") ? after(cursor, "FOR") : [])];
    }
    case "CONVERT": {
      const from = cursor.offset;
      const of = cursor.expression();
      cursor.take();
      // The type, or the character set.
      const value = cursor.peek()?.text.toUpperCase() ?? "";
      while (cursor.peek() !== undefined && !cursor.seesSymbol(")")) cursor.take();
      return [of, { kind: "text", value, ...cursor.since(from) }];
    }
    default:
      return null;
  }
}

function readTrimmed(cursor: Cursor): Expression[] {
  const isSided = ["LEADING", "TRAILING", "BOTH"].some((word) => cursor.takes(word));
  if (isSided && cursor.sees("FROM")) return after(cursor, "FROM");
  const first = cursor.expression();
  return cursor.sees("FROM") ? [...after(cursor, "FROM"), first] : [first];
}

function after(cursor: Cursor, word: string): Expression[] {
  cursor.expect(word);
  return [cursor.expression()];
}

/** `MATCH (name, notes) AGAINST (:words IN BOOLEAN MODE)`. */
export function readSearch(cursor: Cursor): Call {
  const from = cursor.offset;
  cursor.expect("MATCH");
  const sign = cursor.since(from);
  cursor.expectSymbol("(");
  const columns = cursor.list(() => cursor.expression());
  cursor.expectSymbol(")");
  cursor.expect("AGAINST");
  cursor.expectSymbol("(");
  const words = cursor.sum();
  while (cursor.peek() !== undefined && !cursor.seesSymbol(")")) cursor.take();
  cursor.expectSymbol(")");
  return callOf("MATCH", [...columns, words], sign, cursor.since(from));
}

/** Takes an operator and says where it stands. */
export function signOf(cursor: Cursor): Place {
  const from = cursor.offset;
  cursor.take();
  return cursor.since(from);
}

/** An operator of one engine, as a call. */
export function callOf(name: string, items: readonly Expression[], sign: Place, place: Place): Call {
  return { kind: "call", name, arguments: items, star: false, distinct: false, over: null, sign, ...place };
}
