import { type ColumnElement, type Element, placeOf, symbolAt, wordAt } from "../parse/canonical.ts";
import type { Finding } from "../parse/finding.ts";
import type { Statement } from "../parse/statement.ts";
import type { Catalog } from "../types/catalog.ts";
import { comparesAlike } from "../types/parity.ts";
import { callAround } from "./functions.ts";

/** Divergences of computed values, each first found by the differential run. */
export function lintExpressions(
  statement: Statement,
  canonical: readonly (readonly Element[])[],
  sqlite: Catalog,
): Finding[] {
  const messages = new Set<string>();
  for (const elements of canonical)
    for (const [index, element] of elements.entries()) {
      if (element.kind === "parameter") add(messages, bareArithmetic(elements, index, element.name));
      if (element.kind !== "column") continue;
      add(messages, foldedExpression(elements, index, element, sqlite));
      if (element.column.type !== "double") continue;
      add(messages, floatRest(elements, index, element));
      if (statement.kind === "update") add(messages, roundedAssignment(elements, index, element));
    }
  return [...messages].map((message) => ({ message, offset: null }));
}

function add(messages: Set<string>, message: string | null): void {
  if (message !== null) messages.add(message);
}

const textFunctions: ReadonlySet<string> = new Set(
  "SUBSTR SUBSTRING TRIM LTRIM RTRIM REPLACE CONCAT COALESCE IFNULL NULLIF".split(" "),
);

/** `SUBSTR(column, 1, 1)` has the column's collation: it may be selected, but not compared, sorted or grouped by. */
function foldedExpression(
  elements: readonly Element[],
  index: number,
  element: ColumnElement,
  sqlite: Catalog,
): string | null {
  const other = sqlite.get(element.table)?.columns.get(element.column.name);
  if (element.column.type !== "text" || other === undefined || comparesAlike(element.column, other)) return null;
  const inside =
    textFunctions.has(callAround(elements, index)) || ["THEN", "ELSE"].includes(wordAt(elements, index - 1));
  const clause = inside ? clauseAround(elements, index) : "";
  if (!["WHERE", "ON", "HAVING", "BY", "DISTINCT"].includes(clause)) return null;
  return (
    `comparing, sorting or grouping by an expression of ${placeOf(element)}: its collation ${element.column.collation} has no equal on SQLite, ` +
    "so the answers differ; use a column that is utf8mb4_nopad_bin on MariaDB and BINARY on SQLite"
  );
}

const clauses: ReadonlySet<string> = new Set("SELECT DISTINCT FROM WHERE ON HAVING BY SET VALUES UPDATE".split(" "));

/** The clause that contains `index`, outside all brackets that are open there. */
function clauseAround(elements: readonly Element[], index: number): string {
  let closed = 0;
  for (let at = index - 1; at >= 0; at -= 1) {
    const symbol = symbolAt(elements, at);
    if (symbol === ")") closed += 1;
    else if (symbol === "(") closed = Math.max(0, closed - 1);
    else if (closed === 0 && clauses.has(wordAt(elements, at))) return wordAt(elements, at);
  }
  return "";
}

/** MariaDB prints % as MOD. */
function floatRest(elements: readonly Element[], index: number, element: ColumnElement): string | null {
  if (wordAt(elements, index + 1) !== "MOD" && wordAt(elements, index - 1) !== "MOD") return null;
  return `${placeOf(element)} % ..: MariaDB divides the float, SQLite its whole part; compute it in code`;
}

/** `SET whole_number = float`: MariaDB rounds, a STRICT table on SQLite refuses. */
function roundedAssignment(elements: readonly Element[], index: number, element: ColumnElement): string | null {
  const target = assignedColumn(elements, index);
  if (target === null || target.column.type === "double") return null;
  const { table, column } = target;
  return `${table}.${column.name} = ..: ${placeOf(element)} is a float, which MariaDB rounds and SQLite refuses; round in code`;
}

/** The column that the expression at `index` is assigned to; null outside SET. */
function assignedColumn(elements: readonly Element[], index: number): ColumnElement | null {
  let closed = 0;
  for (let at = index - 1; at > 0; at -= 1) {
    const symbol = symbolAt(elements, at);
    if (symbol === ")") closed += 1;
    if (symbol === "(") closed -= 1;
    if (closed < 0 || clauses.has(wordAt(elements, at))) return null;
    const target = elements[at - 1];
    const starts = symbolAt(elements, at - 2) === "," || wordAt(elements, at - 2) === "SET";
    if (closed === 0 && symbol === "=" && target?.kind === "column" && starts) return target;
  }
  return null;
}

const arithmetic: ReadonlySet<string> = new Set(["+", "-", "*"]);

/** MariaDB decides the type of `:x + 1` at each call; next to a column it is the column's type. */
function bareArithmetic(elements: readonly Element[], index: number, name: string): string | null {
  const operands = [-1, 1].flatMap((side) =>
    arithmetic.has(symbolAt(elements, index + side)) ? (elements[index + 2 * side] ?? []) : [],
  );
  const bare =
    operands.length > 0 && operands.every((operand) => operand.kind === "number" || operand.kind === "parameter");
  if (!bare || clauseAround(elements, index) !== "SELECT") return null;
  return `arithmetic on :${name} alone has no type that both engines keep: compute it in code`;
}
