import { type ColumnElement, comparisons, type Element, placeOf, symbolAt, wordAt } from "../parse/canonical.ts";

/** A finding where a text column is compared, sorted or grouped and its collation has no equal on SQLite, else null. */
export function collationFinding(elements: readonly Element[], index: number, element: ColumnElement): string | null {
  const use = comparingUse(elements, index) ?? orderingUse(elements, index);
  if (use === null) return null;
  return (
    `${use} ${placeOf(element)}: its collation ${element.column.collation} has no equal on SQLite, so the answers differ; ` +
    "use a column that is utf8mb4_nopad_bin on MariaDB and BINARY on SQLite"
  );
}

function comparingUse(elements: readonly Element[], index: number): string | null {
  const next = wordAt(elements, index + 1) === "NOT" ? wordAt(elements, index + 2) : wordAt(elements, index + 1);
  if (comparisons.has(symbolAt(elements, index + 1)) || comparisons.has(symbolAt(elements, index - 1)))
    return "comparing";
  if (next === "LIKE" || next === "BETWEEN" || next === "IN") return `${next} on`;
  const call = symbolAt(elements, index - 1) === "(" ? wordAt(elements, index - 2) : "";
  if (call === "MIN" || call === "MAX" || call === "NULLIF") return `${call} of`;
  if (wordAt(elements, index - 1) === "CASE") return "CASE on";
  return wordAt(elements, index - 1) === "DISTINCT" || (call === "DISTINCT" && symbolAt(elements, index - 1) === "(")
    ? "DISTINCT of"
    : null;
}

/** A column directly in an ORDER BY or GROUP BY list. */
function orderingUse(elements: readonly Element[], index: number): string | null {
  const before = symbolAt(elements, index - 1);
  if (before !== "," && wordAt(elements, index - 1) !== "BY") return null;
  for (let at = index - 1; at >= 0; at -= 1) {
    const text = wordAt(elements, at);
    if (text === "BY") return wordAt(elements, at - 1) === "GROUP" ? "GROUP BY" : "ORDER BY";
    if (text !== "" && text !== "ASC" && text !== "DESC") return null;
    if (symbolAt(elements, at) === "(" || symbolAt(elements, at) === ")") return null;
  }
  return null;
}
