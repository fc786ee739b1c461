import { isWord } from "../parse/tokenize.ts";
import { type Cursor, GrammarError } from "./cursor.ts";
import type { Comparison, Expression } from "./nodes.ts";
import { readBits, readMatcher, seesMatcher } from "./own-calls.ts";
import { readPrimary } from "./values.ts";

const comparators: Readonly<Record<string, Comparison>> = {
  "=": "=",
  "<>": "<>",
  "!=": "<>",
  "<": "<",
  "<=": "<=",
  ">": ">",
  ">=": ">=",
};

/** One comparison, or the value alone when none follows. */
export function readComparison(cursor: Cursor): Expression {
  const from = cursor.offset;
  const operand = readBits(cursor);
  const compared = comparisonAfter(cursor, operand, from);
  if (compared === null) return operand;
  if (cursor.loose) return comparisonsAfter(cursor, compared, from);
  if (seesComparator(cursor))
    throw new GrammarError(
      "two comparisons in a row: MariaDB and SQLite read them in different order; put one in brackets",
      cursor.offset,
    );
  return compared;
}

function comparisonsAfter(cursor: Cursor, operand: Expression, from: number): Expression {
  const compared = comparisonAfter(cursor, operand, from);
  return compared === null ? operand : comparisonsAfter(cursor, compared, from);
}

function seesComparator(cursor: Cursor): boolean {
  const symbol = cursor.peek();
  if (symbol?.kind === "symbol" && (symbol.text in comparators || symbol.text === "<=>")) return true;
  const at = cursor.sees("NOT") ? 1 : 0;
  return seesMatcher(cursor, at) || ["IS", "BETWEEN", "IN", "LIKE"].some((word) => isWord(cursor.peek(at), word));
}

function comparisonAfter(cursor: Cursor, operand: Expression, from: number): Expression | null {
  const token = cursor.peek();
  const operator = token?.kind === "symbol" ? comparators[token.text] : undefined;
  if (operator !== undefined) return compare(cursor, operator, operand, from);
  if (cursor.seesSymbol("<=>")) {
    if (cursor.dialect === "both") cursor.fail("SQLite has no <=>: write IS NOT DISTINCT FROM");
    return compare(cursor, "<=>", operand, from);
  }
  if (cursor.sees("IS")) return readIs(cursor, operand, from);
  const isRange = ["BETWEEN", "IN", "LIKE"].some((word) => isWord(cursor.peek(1), word)) || seesMatcher(cursor, 1);
  if (cursor.sees("NOT") && !isRange) return null;
  const start = cursor.offset;
  const not = cursor.takes("NOT");
  const positive = readRange(cursor, operand, from);
  if (positive === null) return null;
  return not ? { kind: "unary", operator: "NOT", operand: positive, from: start, to: positive.to } : positive;
}

function compare(cursor: Cursor, operator: Comparison, left: Expression, from: number): Expression {
  const start = cursor.offset;
  cursor.take();
  const sign = cursor.since(start);
  const quantifier = ["ALL", "ANY", "SOME"].find((word) => cursor.sees(word));
  const list = cursor.peek();
  if (list?.kind === "parameter" && list.list)
    cursor.fail(`write ${operator === "<>" ? "NOT IN" : "IN"} (:${list.name}...): a list stands in brackets`);
  if (quantifier !== undefined) cursor.fail(`SQLite has no ${quantifier} (SELECT ..): write EXISTS or MAX and MIN`);
  const right = readBits(cursor);
  return { kind: "binary", operator, left, right, sign, ...cursor.since(from) };
}

/** IS [NOT] NULL, IS [NOT] DISTINCT FROM; for SQLite alone also IS with a value. */
function readIs(cursor: Cursor, operand: Expression, from: number): Expression {
  const start = cursor.offset;
  cursor.expect("IS");
  const not = cursor.takes("NOT");
  if (cursor.takes("NULL")) return { kind: "null-test", operand, not, ...cursor.since(from) };
  if (cursor.takes("DISTINCT", "FROM")) {
    const sign = cursor.since(start);
    const right = readBits(cursor);
    const operator = not ? "<=>" : "IS DISTINCT FROM";
    return { kind: "binary", operator, left: operand, right, sign, ...cursor.since(from) };
  }
  if (cursor.dialect === "mariadb" && ["TRUE", "FALSE", "UNKNOWN"].some((word) => cursor.takes(word)))
    return { kind: "null-test", operand, not, ...cursor.since(from) };
  if (cursor.dialect === "mariadb") cursor.fail("after IS, MariaDB has no value: write a <=> b, or NOT a <=> b");
  if (cursor.dialect !== "sqlite")
    cursor.fail("after IS only [NOT] NULL and [NOT] DISTINCT FROM are the same on both engines: write = instead");
  const sign = cursor.since(start);
  const right = readBits(cursor);
  const operator = not ? "IS DISTINCT FROM" : "<=>";
  return { kind: "binary", operator, left: operand, right, sign, ...cursor.since(from) };
}

function readRange(cursor: Cursor, operand: Expression, from: number): Expression | null {
  if (cursor.takes("BETWEEN")) {
    const low = readBits(cursor);
    cursor.expect("AND");
    const high = readBits(cursor);
    return { kind: "between", operand, low, high, ...cursor.since(from) };
  }
  if (cursor.takes("LIKE")) {
    const pattern = readBits(cursor);
    const escapedBy = cursor.takes("ESCAPE") ? readPrimary(cursor) : null;
    return { kind: "like", operand, pattern, escapedBy, ...cursor.since(from) };
  }
  if (seesMatcher(cursor)) return readMatcher(cursor, operand, from);
  if (!cursor.takes("IN")) return null;
  const list = cursor.peek();
  if (list?.kind === "parameter") cursor.fail(`write IN (:${list.name}...): a list stands in brackets`);
  cursor.expectSymbol("(");
  if (cursor.sees("SELECT") || cursor.sees("WITH")) {
    const query = cursor.query();
    cursor.expectSymbol(")");
    return { kind: "in-query", operand, query, ...cursor.since(from) };
  }
  if (cursor.seesSymbol(")"))
    cursor.fail("MariaDB has no empty IN (): write IN (:values...), whose array may be empty");
  const items = cursor.list(() => cursor.expression());
  cursor.expectSymbol(")");
  return { kind: "in-list", operand, items, ...cursor.since(from) };
}
