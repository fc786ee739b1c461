import type { ValueType } from "../../runtime/proof.ts";
import { type ColumnElement, type Element, placeOf, symbolAt, wordAt } from "../parse/canonical.ts";
import { isDivergent } from "./text.ts";

/*
 * Functions that return the same on both engines, by the type of their column. On SQLite a decimal is a whole number, a
 * date is text and a float has different digits, so all other functions would see different values there.
 */

const anyOf = "COUNT COALESCE IFNULL NULLIF LAG LEAD FIRST_VALUE LAST_VALUE NTH_VALUE VALUES EXISTS".split(" ");
const ordered = [...anyOf, "MIN", "MAX"];
const textual = [...ordered, "SUBSTR", "SUBSTRING", "TRIM", "LTRIM", "RTRIM", "REPLACE", "CONCAT"];

const alike: Readonly<Record<ValueType, ReadonlySet<string>>> = {
  integer: new Set([...textual, "SUM", "ABS", "SIGN"]),
  bigint: new Set([...textual, "SUM", "ABS", "SIGN"]),
  boolean: new Set([...textual, "SUM", "ABS", "SIGN"]),
  decimal: new Set([...ordered, "SUM", "ABS", "SIGN"]),
  double: new Set([...ordered, "ABS", "SIGN"]),
  text: new Set(textual),
  datetime: new Set([...ordered, "SUBSTR", "SUBSTRING", "CONCAT"]),
  date: new Set([...ordered, "SUBSTR", "SUBSTRING", "CONCAT"]),
  blob: new Set(anyOf),
};

/** Words before a bracket that are not functions. */
const keywords: ReadonlySet<string> = new Set(
  "IN AND OR NOT WHERE ON VALUE VALUES BY SELECT FROM JOIN EXISTS WHEN THEN ELSE CASE BETWEEN LIKE ESCAPE SET HAVING UNION ALL ANY SOME OVER AS INTO USING LIMIT".split(
    " ",
  ),
);

/** A finding about passing a column to a function or to CAST, or null. */
export function functionFinding(elements: readonly Element[], index: number, element: ColumnElement): string | null {
  const { type, declared } = element.column;
  if (type === null) return null;
  if (wordAt(elements, index - 2) === "CAST" && (type === "decimal" || type === "double"))
    return `CAST of ${placeOf(element)}, which is ${declared}: MariaDB rounds it and SQLite truncates it; convert in code`;
  const call = callAround(elements, index);
  if (call === "" || keywords.has(call) || alike[type].has(call) || isToldByText(call)) return null;
  return `${call} of ${placeOf(element)}, which is ${declared}, differs on SQLite; compute in code`;
}

/** MariaDB prints some functions under another name; the author's spelling is checked in the text. */
const printed: ReadonlyMap<string, string> = new Map([
  ["UCASE", "UPPER"],
  ["LCASE", "LOWER"],
  ["OCTET_LENGTH", "LENGTH"],
]);

function isToldByText(call: string): boolean {
  return call === "CONCAT" || call.startsWith("JSON_") || isDivergent(printed.get(call) ?? call);
}

/** The function whose argument is exactly the element at `index`, not an expression around it. */
export function callAround(elements: readonly Element[], index: number): string {
  const after = symbolAt(elements, index + 1);
  if (after !== "," && after !== ")") return "";
  const before = symbolAt(elements, index - 1);
  if (before !== "," && before !== "(" && wordAt(elements, index - 1) !== "DISTINCT") return "";
  let depth = 0;
  for (let at = index - 1; at >= 0; at -= 1) {
    const symbol = symbolAt(elements, at);
    if (symbol === ")") depth += 1;
    if (symbol === "(" && depth === 0) return wordAt(elements, at - 1);
    if (symbol === "(") depth -= 1;
  }
  return "";
}
