import type { Cursor } from "./cursor.ts";
import type { Call, Case, Expression, OrderItem, Over } from "./nodes.ts";
import { readSearch, readWordedArguments } from "./own-calls.ts";
import { refusePrefix, refuseWordedCall, trimFrom } from "./refused-calls.ts";

/** A keyword that begins a value, a column or a call. */
export function readWord(cursor: Cursor, word: string): Expression {
  const from = cursor.offset;
  refuseWordedCall(cursor);
  refusePrefix(cursor);
  switch (word) {
    case "NULL":
      cursor.take();
      return { kind: "null", ...cursor.since(from) };
    case "TRUE":
    case "FALSE":
      cursor.take();
      return { kind: "truth", holds: word === "TRUE", ...cursor.since(from) };
    case "CASE":
      return readCase(cursor);
    case "INTERVAL":
      return cursor.dialect === "mariadb" ? readInterval(cursor) : readNamed(cursor);
    case "MATCH":
      return cursor.dialect === "mariadb" ? readSearch(cursor) : readNamed(cursor);
    case "CAST":
      return readCast(cursor);
    case "EXISTS": {
      cursor.take();
      return { kind: "exists", query: cursor.bracketedQuery(), ...cursor.since(from) };
    }
    case "X": {
      const next = cursor.peek(1);
      if (next?.kind !== "string" || next.offset !== cursor.offset + 1) return readNamed(cursor);
      cursor.take();
      cursor.take();
      return { kind: "blob", ...cursor.since(from) };
    }
    default:
      return readNamed(cursor);
  }
}

/** `INTERVAL 1 DAY`, which only MariaDB has. */
function readInterval(cursor: Cursor): Call {
  const from = cursor.offset;
  cursor.expect("INTERVAL");
  const sign = cursor.since(from);
  const amount = cursor.expression();
  const none = { star: false, distinct: false, over: null };
  // The function INTERVAL(n, a, b), which says between which of them n is.
  if (amount.kind === "row")
    return { kind: "call", name: "INTERVAL", arguments: amount.items, ...none, sign, ...cursor.since(from) };
  cursor.take();
  return { kind: "call", name: "INTERVAL", arguments: [amount], ...none, sign, ...cursor.since(from) };
}

function readCase(cursor: Cursor): Case {
  const from = cursor.offset;
  cursor.expect("CASE");
  const subject = cursor.sees("WHEN") ? null : cursor.expression();
  const branches: { when: Expression; result: Expression }[] = [];
  while (cursor.takes("WHEN")) {
    const when = cursor.expression();
    cursor.expect("THEN");
    branches.push({ when, result: cursor.expression() });
  }
  const otherwise = cursor.takes("ELSE") ? cursor.expression() : null;
  cursor.expect("END");
  return { kind: "case", subject, branches, otherwise, ...cursor.since(from) };
}

function readCast(cursor: Cursor): Expression {
  const from = cursor.offset;
  cursor.expect("CAST");
  cursor.expectSymbol("(");
  const operand = cursor.expression();
  cursor.expect("AS");
  let type = cursor.take().text.toUpperCase();
  while (!cursor.seesSymbol(")") && cursor.peek() !== undefined && !cursor.sees("FROM")) {
    const token = cursor.take();
    type += token.kind === "word" ? ` ${token.text.toUpperCase()}` : token.text;
    if (token.text === "(") while (!cursor.seesSymbol(")")) type += cursor.take().text;
    if (type.includes("(") && cursor.takesSymbol(")")) type += ")";
  }
  cursor.expectSymbol(")");
  return { kind: "cast", operand, type, ...cursor.since(from) };
}

/** A column, a column of a table, or a call. */
export function readNamed(cursor: Cursor): Expression {
  const from = cursor.offset;
  const quoted = cursor.peek()?.kind === "quoted";
  // VALUES(column) and the like are words that only MariaDB reads as functions.
  const name = quoted || cursor.seesName() ? cursor.takeName("a name") : callWord(cursor);
  if (!quoted && cursor.seesSymbol("(")) return readCall(cursor, name.toUpperCase(), from);
  if (!cursor.takesSymbol(".")) return { kind: "column", table: null, name, ...cursor.since(from) };
  const column = cursor.takeName("a column");
  if (cursor.seesSymbol(".")) cursor.fail("write table.column, without the name of a database");
  return { kind: "column", table: name, name: column, ...cursor.since(from) };
}

function callWord(cursor: Cursor): string {
  const word = cursor.peek()?.text.toUpperCase() ?? "";
  if (cursor.seesSymbol("(", 1) && ["LEFT", "RIGHT", "VALUES", "REPLACE", "INSERT"].includes(word))
    return cursor.take().text;
  return cursor.expected("a value");
}

function readCall(cursor: Cursor, name: string, from: number): Call {
  const sign = { from, to: cursor.end };
  cursor.expectSymbol("(");
  const star = cursor.takesSymbol("*");
  const distinct = !star && cursor.takes("DISTINCT");
  const items = star || cursor.seesSymbol(")") ? [] : readArguments(cursor, name);
  const order = cursor.dialect === "both" ? [] : readOwnWords(cursor);
  if (cursor.dialect === "both" && cursor.sees("FROM")) refuseFrom(cursor, name);
  if (cursor.dialect === "both" && cursor.sees("USING"))
    cursor.fail(`${name}(x USING ..) is MariaDB's: leave it out, all text is utf8mb4`);
  if (cursor.dialect === "sqlite" && cursor.sees("SEPARATOR"))
    cursor.fail("SEPARATOR is MariaDB's: write GROUP_CONCAT(x, ',')");
  if (cursor.sees("ORDER") || cursor.sees("SEPARATOR"))
    cursor.fail("ORDER BY and SEPARATOR inside a call are different on each engine: select the rows and join in code");
  cursor.expectSymbol(")");
  const filter = cursor.dialect === "sqlite" ? readFilter(cursor) : null;
  if (cursor.sees("FILTER")) cursor.fail("MariaDB has no FILTER: write the condition as CASE inside the call");
  const over = cursor.takes("OVER") ? readOver(cursor) : null;
  const own = { ...(filter === null ? {} : { filter }), ...(order.length === 0 ? {} : { order }) };
  return { kind: "call", name, arguments: items, star, distinct, over, ...own, sign, ...cursor.since(from) };
}

/** `FILTER (WHERE ..)`, in a text for SQLite; null where there is none. */
function readFilter(cursor: Cursor): Expression | null {
  if (!cursor.takes("FILTER")) return null;
  cursor.expectSymbol("(");
  cursor.expect("WHERE");
  const filter = cursor.expression();
  cursor.expectSymbol(")");
  return filter;
}

/** MariaDB cuts texts by `SUBSTR(x FROM n FOR m)` and `TRIM(y FROM x)`. */
function refuseFrom(cursor: Cursor, name: string): void {
  if (name === "TRIM") cursor.fail(trimFrom);
  if (["SUBSTR", "SUBSTRING", "MID"].includes(name))
    cursor.fail(`${name}(x FROM n FOR m) is MariaDB's: write ${name === "MID" ? "SUBSTR" : name}(x, n, m)`);
}

function readArguments(cursor: Cursor, name: string): Expression[] {
  return readWordedArguments(cursor, name) ?? cursor.list(() => cursor.expression());
}

/** `GROUP_CONCAT(x ORDER BY y SEPARATOR ',')`, in a text for one engine. */
function readOwnWords(cursor: Cursor): readonly OrderItem[] {
  const order = cursor.takes("ORDER", "BY") ? readOrder(cursor) : [];
  if (cursor.dialect === "mariadb" && cursor.takes("SEPARATOR")) cursor.take();
  return order;
}

function readOver(cursor: Cursor): Over {
  const from = cursor.offset;
  if (!cursor.seesSymbol("(")) cursor.fail("write the window in brackets after OVER");
  cursor.expectSymbol("(");
  const partition = cursor.takes("PARTITION", "BY") ? cursor.list(() => cursor.expression()) : [];
  const order = cursor.takes("ORDER", "BY") ? readOrder(cursor) : [];
  if (cursor.sees("PARTITION")) cursor.fail("write PARTITION BY before ORDER BY");
  const start = cursor.offset;
  while (cursor.peek() !== undefined && !cursor.seesSymbol(")") && !cursor.sees("FROM")) cursor.take();
  const frame = cursor.offset === start ? null : cursor.sql.slice(start, cursor.end).replace(/\s+/g, " ").toUpperCase();
  cursor.expectSymbol(")");
  return { partition, order, frame, ...cursor.since(from) };
}

/** The items after ORDER BY. */
export function readOrder(cursor: Cursor): OrderItem[] {
  return cursor.list(() => {
    const from = cursor.offset;
    const value = cursor.expression();
    if (cursor.sees("COLLATE")) cursor.fail("COLLATE has other names on each engine: give the column the collation");
    const descending = cursor.takes("DESC");
    if (!descending) cursor.takes("ASC");
    if (cursor.sees("NULLS")) cursor.fail("MariaDB has no NULLS FIRST or LAST: order by x IS NULL before x");
    return { value, descending, ...cursor.since(from) };
  });
}
