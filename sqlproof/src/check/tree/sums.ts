import type { Cursor } from "./cursor.ts";
import type { Arithmetic, Binary, Expression } from "./nodes.ts";
import { callOf, signOf } from "./own-calls.ts";
import { readPrimary } from "./values.ts";

/** A value without comparisons. */
export function readSum(cursor: Cursor): Expression {
  return leftToRight(cursor, readTerm, () => symbolIn(cursor, ["+", "-"]));
}

function readTerm(cursor: Cursor): Expression {
  return leftToRight(cursor, readFactor, () => symbolIn(cursor, ["*", "/", "%"]) ?? wordIn(cursor));
}

function wordIn(cursor: Cursor): Arithmetic | null {
  if (cursor.sees("DIV")) return "DIV";
  return cursor.dialect === "mariadb" && cursor.sees("MOD") && !cursor.seesSymbol("(", 1) ? "%" : null;
}

function symbolIn(cursor: Cursor, symbols: readonly Arithmetic[]): Arithmetic | null {
  return symbols.find((symbol) => cursor.seesSymbol(symbol)) ?? null;
}

function readFactor(cursor: Cursor): Expression {
  const from = cursor.offset;
  // `LIMIT +:rows` keeps SQLite from planning for the number.
  if (cursor.dialect === "sqlite" && cursor.takesSymbol("+")) return readFactor(cursor);
  if (cursor.dialect !== "both" && cursor.seesSymbol("~")) {
    const sign = signOf(cursor);
    return callOf("~", [readJoined(cursor)], sign, cursor.since(from));
  }
  if (!cursor.takesSymbol("-")) return readJoined(cursor);
  if (cursor.seesSymbol("-")) cursor.fail("write brackets between two signs");
  const operand = readJoined(cursor);
  if (operand.kind === "number") return { ...operand, text: `-${operand.text}`, from };
  return { kind: "unary", operator: "-", operand, ...cursor.since(from) };
}

function readJoined(cursor: Cursor): Expression {
  return leftToRight(cursor, readPrimary, () => (cursor.seesSymbol("||") ? "||" : null));
}

/** Operands that one kind of operator joins from left to right. */
export function leftToRight(
  cursor: Cursor,
  read: (cursor: Cursor) => Expression,
  next: () => Binary["operator"] | null,
): Expression {
  const from = cursor.offset;
  let left = read(cursor);
  for (let operator = next(); operator !== null; operator = next()) {
    const sign = signOf(cursor);
    const right = read(cursor);
    left = { kind: "binary", operator, left, right, sign, ...cursor.since(from) };
  }
  return left;
}
