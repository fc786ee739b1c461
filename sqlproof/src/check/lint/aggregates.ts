import { type ColumnElement, comparisons, type Element, placeOf, symbolAt, wordAt } from "../parse/canonical.ts";
import type { Catalog } from "../types/catalog.ts";
import { comparesAlike } from "../types/parity.ts";
import { collationFinding } from "./collations.ts";
import { scaledLiteral } from "./decimals.ts";

/*
 * Findings that depend on the call, CASE or list around a column: SUM(amount) > 5, CASE .. ELSE 5, DISTINCT over
 * several columns, ORDER BY of a column that is not grouped.
 */

const keepsScale: ReadonlySet<string> = new Set(["SUM", "MIN", "MAX", "ABS", "COALESCE", "IFNULL"]);
const joining: ReadonlySet<string> = new Set([...comparisons, "+", "-"]);

/** The findings of one printed statement. */
export function aggregateFindings(elements: readonly Element[], sqlite: Catalog): string[] {
  const findings: (string | null)[] = [...distinctFindings(elements, sqlite), ...groupedOrderFindings(elements)];
  for (const [index, element] of elements.entries()) {
    if (element.kind !== "column" || element.column.type !== "decimal") continue;
    findings.push(callFinding(elements, index, element), choiceFinding(elements, index, element));
  }
  return findings.flatMap((finding) => finding ?? []);
}

interface Call {
  readonly name: string;
  readonly open: number;
  readonly close: number;
}

/** The innermost call around `index`. */
function callAt(elements: readonly Element[], index: number): Call | null {
  let depth = 0;
  for (let at = index - 1; at >= 0; at -= 1) {
    if (symbolAt(elements, at) === ")") depth += 1;
    if (symbolAt(elements, at) === "(") depth -= 1;
    if (depth < 0) return { name: wordAt(elements, at - 1), open: at, close: closing(elements, at) };
  }
  return null;
}

function closing(elements: readonly Element[], open: number): number {
  let depth = 0;
  for (let at = open; at < elements.length; at += 1) {
    if (symbolAt(elements, at) === "(") depth += 1;
    if (symbolAt(elements, at) === ")") depth -= 1;
    if (depth === 0) return at;
  }
  return elements.length;
}

/** `SUM(amount) > 5`: the call has the scale of its column, and so must the other operand. */
function callFinding(elements: readonly Element[], index: number, element: ColumnElement): string | null {
  const call = callAt(elements, index);
  if (call === null || !keepsScale.has(call.name)) return null;
  const place = `${call.name}(${placeOf(element)})`;
  const after = symbolAt(elements, call.close + 1);
  if (joining.has(after)) {
    const finding = comparisonFinding(elements, call, call.close + 2, element);
    if (finding !== null) return `${place} ${after} ..: ${finding}`;
  }
  const before = symbolAt(elements, call.open - 2);
  const met = elements[call.open - 3];
  if (!joining.has(before) || met?.kind !== "number" || Number(met.text) === 0) return null;
  return `.. ${before} ${place}: ${scaledLiteral}`;
}

const unproven = "its scale cannot be proven equal; compute it in code";

function comparisonFinding(
  elements: readonly Element[],
  call: Call,
  at: number,
  element: ColumnElement,
): string | null {
  const met = elements[at];
  if (met?.kind === "number") return Number(met.text) === 0 ? null : scaledLiteral;
  if (met?.kind !== "word") return null;
  if (!keepsScale.has(met.text) || symbolAt(elements, at + 1) !== "(") return unproven;
  const other = { open: at + 1, close: closing(elements, at + 1) };
  const scales = [call, other].map(({ open, close }) => elements.slice(open, close));
  if (scales.some((inside) => inside.some((part) => part.kind === "symbol" && part.text === "*"))) return unproven;
  const equal = scales[1]?.some(
    (part) => part.kind === "column" && part.column.type === "decimal" && part.column.scale === element.column.scale,
  );
  return equal === true ? null : unproven;
}

/** `CASE WHEN .. THEN amount ELSE 5 END`. */
function choiceFinding(elements: readonly Element[], index: number, element: ColumnElement): string | null {
  const chosen = (at: number): boolean => ["THEN", "ELSE"].includes(wordAt(elements, at - 1));
  if (!chosen(index)) return null;
  const from = elements.findLastIndex((_, at) => at < index && wordAt(elements, at) === "CASE");
  const to = elements.findIndex((_, at) => at > index && wordAt(elements, at) === "END");
  const number = elements
    .slice(0, to)
    .some((other, at) => at > from && other.kind === "number" && Number(other.text) !== 0 && chosen(at));
  return number ? `${placeOf(element)} ${scaledLiteral}` : null;
}

/** `SELECT DISTINCT a, b`: every text column of the row is compared, not only the first. */
function distinctFindings(elements: readonly Element[], sqlite: Catalog): string[] {
  const findings: string[] = [];
  for (const start of elements.keys()) {
    if (wordAt(elements, start) !== "DISTINCT" || wordAt(elements, start - 1) !== "SELECT") continue;
    for (let at = start + 1; at < elements.length && wordAt(elements, at) !== "FROM"; at += 1) {
      // Calls and expressions have their own lint.
      if (symbolAt(elements, at) === "(") at = closing(elements, at);
      const element = elements[at];
      const other =
        element?.kind === "column" ? sqlite.get(element.table)?.columns.get(element.column.name) : undefined;
      if (element?.kind !== "column" || other === undefined || comparesAlike(element.column, other)) continue;
      // Reported like a column directly after DISTINCT.
      const finding = collationFinding([{ kind: "word", text: "DISTINCT" }, element], 1, element);
      if (finding !== null) findings.push(finding);
    }
  }
  return findings;
}

/** The plain columns of the list after BY, and where the list ends. */
function listBehind(elements: readonly Element[], by: number): { columns: ColumnElement[]; end: number } {
  const columns: ColumnElement[] = [];
  let at = by + 1;
  for (; at < elements.length; at += 1) {
    const symbol = symbolAt(elements, at);
    const word = wordAt(elements, at);
    if (symbol === ")" || (word !== "" && !["ASC", "DESC"].includes(word) && symbolAt(elements, at + 1) !== "(")) break;
    const element = elements[at];
    if (element?.kind === "column") columns.push(element);
    if (symbol === "(") at = closing(elements, at);
  }
  return { columns, end: at };
}

/** `GROUP BY a ORDER BY b`: each engine takes b from a different row of the group. */
function groupedOrderFindings(elements: readonly Element[]): string[] {
  const findings: string[] = [];
  for (const start of elements.keys()) {
    if (wordAt(elements, start) !== "GROUP" || wordAt(elements, start + 1) !== "BY") continue;
    const grouped = listBehind(elements, start + 1);
    let order = grouped.end;
    if (wordAt(elements, order) === "HAVING")
      while (
        order < elements.length &&
        !["ORDER", "LIMIT", "UNION"].includes(wordAt(elements, order)) &&
        symbolAt(elements, order) !== ")"
      )
        order = symbolAt(elements, order) === "(" ? closing(elements, order) + 1 : order + 1;
    if (wordAt(elements, order) !== "ORDER") continue;
    const names = new Set(grouped.columns.map(placeOf));
    const odd = listBehind(elements, order + 1).columns.find((column) => !names.has(placeOf(column)));
    if (odd !== undefined)
      findings.push(
        `ORDER BY ${placeOf(odd)}, which GROUP BY does not list: each engine takes it from a different row`,
      );
  }
  return findings;
}
