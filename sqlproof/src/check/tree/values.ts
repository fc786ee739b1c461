import { readNamed, readWord } from "./calls.ts";
import { type Cursor, type Dialect, GrammarError } from "./cursor.ts";
import type { Expression } from "./nodes.ts";
import { callOf, signOf } from "./own-calls.ts";

/** A value without operators. */
export function readPrimary(cursor: Cursor): Expression {
  const from = cursor.offset;
  let value = readValue(cursor);
  for (;;) {
    const isPath = cursor.dialect === "sqlite" && (cursor.seesSymbol("->") || cursor.seesSymbol("->>"));
    const isCollated = cursor.dialect !== "both" && cursor.sees("COLLATE");
    if (!isPath && !isCollated) return value;
    const sign = signOf(cursor);
    const name = isPath ? cursor.sql.slice(sign.from, sign.to) : "COLLATE";
    if (isCollated) cursor.takeName("a collation");
    value = callOf(name, isPath ? [value, readValue(cursor)] : [value], sign, cursor.since(from));
  }
}

function readValue(cursor: Cursor): Expression {
  const from = cursor.offset;
  const token = cursor.peek();
  switch (token?.kind) {
    case "parameter":
      cursor.take();
      return { kind: "parameter", token, ...cursor.since(from) };
    case "number":
      cursor.take();
      return readNumber(cursor, token.text, from);
    case "string":
      cursor.take();
      if (cursor.peek()?.kind === "string")
        cursor.fail("two strings side by side are joined by MariaDB and read as an alias by SQLite: write one string");
      return { kind: "text", value: token.text.slice(1, -1).replaceAll("''", "'"), ...cursor.since(from) };
    case "quoted":
      return readNamed(cursor);
    case "word":
      return readWord(cursor, token.text.toUpperCase());
    default:
      if (cursor.seesSymbol("(")) return readBrackets(cursor);
      return cursor.expected("a value");
  }
}

/** What is wrong with 0x41, or with 1abc. */
const oddNumber: Readonly<Record<Dialect, string>> = {
  both: "is bytes on MariaDB and a number on SQLite, or not one number: write digits, or x'..' for bytes",
  mariadb: "is bytes, or not one number: write digits, or x'..' for bytes",
  sqlite: "is a number in other digits, or not one number: write the digits 0 to 9",
};

function readNumber(cursor: Cursor, text: string, from: number): Expression {
  const next = cursor.peek();
  if (next?.kind === "word" && next.offset === cursor.end)
    throw new GrammarError(`${text}${next.text} ${oddNumber[cursor.dialect]}`, from);
  return { kind: "number", text, ...cursor.since(from) };
}

function readBrackets(cursor: Cursor): Expression {
  const from = cursor.offset;
  cursor.expectSymbol("(");
  if (cursor.sees("SELECT") || cursor.sees("WITH")) {
    const query = cursor.query();
    cursor.expectSymbol(")");
    return { kind: "subquery", query, ...cursor.since(from) };
  }
  const items = cursor.list(() => cursor.expression());
  cursor.expectSymbol(")");
  const [only] = items;
  if (items.length === 1 && only !== undefined) return { ...only, ...cursor.since(from) };
  return { kind: "row", items, ...cursor.since(from) };
}
