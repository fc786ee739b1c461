import { type ColumnElement, comparisons, type Element, placeOf, symbolAt, wordAt } from "../parse/canonical.ts";
import type { Column } from "../types/catalog.ts";

/*
 * SQLite stores a decimal as whole units of its scale, so comparisons, sums and assignments are right only between
 * values of the same scale. Whatever cannot be shown to have the same scale is refused.
 */

const additive: ReadonlySet<string> = new Set(["+", "-"]);

/** A finding about the use of a decimal column, or null. */
export function decimalFinding(elements: readonly Element[], index: number, element: ColumnElement): string | null {
  const place = placeOf(element);
  const rightOperator = symbolAt(elements, index + 1);
  const leftOperator = symbolAt(elements, index - 1);
  if (joins(rightOperator)) {
    const finding = operandFinding(elements, index + 2, element.column, symbolAt(elements, index + 3), leftOperator);
    if (finding !== null) return `${place} ${rightOperator} ..: ${finding}`;
  }
  if (joins(leftOperator)) {
    const finding = operandFinding(elements, index - 2, element.column, symbolAt(elements, index - 3), rightOperator);
    if (finding !== null) return `.. ${leftOperator} ${place}: ${finding}`;
  }
  const factor = [elements[index - 2], elements[index + 2]].find(
    (other, side) => symbolAt(elements, side === 0 ? index - 1 : index + 1) === "*" && isFloat(other),
  );
  // MariaDB prints % as MOD.
  if (wordAt(elements, index + 1) === "MOD" || wordAt(elements, index - 1) === "MOD")
    return `${place} % ..: the remainder of scaled units is a different number; compute it in code`;
  if (factor !== undefined) return `${place} * ..: a float has no scale; compute it in code`;
  return literalBeside(elements, index) ? `${place} ${scaledLiteral}` : null;
}

const conditionalWords: ReadonlySet<string> = new Set(
  "CASE WHEN THEN ELSE END COALESCE IFNULL NULL AND OR NOT IS TRUE FALSE VALUES".split(" "),
);

/** `SET decimal = ..` takes a parameter, a column of the same scale, or a choice among these; then null. */
export function decimalAssignmentFinding(
  elements: readonly Element[],
  index: number,
  target: ColumnElement,
): string | null {
  const place = `${target.table}.${target.column.name} = ..`;
  let depth = 0;
  for (let at = index + 2; at < elements.length; at += 1) {
    const element = elements[at];
    if (symbolAt(elements, at) === "(") depth += 1;
    if (symbolAt(elements, at) === ")") depth -= 1;
    if (depth < 0 || (depth === 0 && symbolAt(elements, at) === ",") || wordAt(elements, at) === "WHERE") return null;
    // A literal on its own is checked in the author's own text.
    const alone = at === index + 2 && endsAssignment(elements, at + 1);
    if (element?.kind === "number" && Number(element.text) !== 0 && !alone) return `${place} ${scaledLiteral}`;
    if (element?.kind === "column" && element.column.type === "decimal" && element.column.scale !== target.column.scale)
      return `${place}: ${element.table}.${element.column.name} is ${element.column.declared}, a different scale; compute it in code`;
    if (element?.kind === "word" && !conditionalWords.has(element.text))
      return `${place}: its scale cannot be proven equal; compute it in code`;
    if (symbolAt(elements, at) === "*")
      return `${place}: a product has a different scale than its factors; compute it in code`;
  }
  return null;
}

function joins(operator: string): boolean {
  return comparisons.has(operator) || additive.has(operator);
}

function isFloat(element: Element | undefined): boolean {
  return element?.kind === "column" && element.column.type === "double";
}

function endsAssignment(elements: readonly Element[], index: number): boolean {
  return index >= elements.length || symbolAt(elements, index) === "," || wordAt(elements, index) === "WHERE";
}

/** The message for a number literal next to a decimal. */
export const scaledLiteral =
  "next to a number: SQLite stores decimals as whole units of their scale, so write the number as a parameter";

/** Why the other operand has a different scale on SQLite; null when it has the same. */
function operandFinding(
  elements: readonly Element[],
  index: number,
  column: Column,
  beyond: string,
  ownOther: string,
): string | null {
  if (beyond === "*" || ownOther === "*") return "a product has a different scale than its factors; compute it in code";
  const operand = elements[index];
  switch (operand?.kind) {
    case "parameter":
      return null;
    case "number":
      return Number(operand.text) === 0 ? null : scaledLiteral;
    case "word":
      return operand.text === "NULL" ? null : "its scale cannot be proven equal; compute it in code";
    case "column":
      if (operand.column.type === "decimal" && operand.column.scale === column.scale) return null;
      return `${operand.table}.${operand.column.name} is ${operand.column.declared}, a different scale; compute it in code`;
    default:
      return "its scale cannot be proven equal; compute it in code";
  }
}

/** `x between 1 and 5`, `x in (1,2)`, `coalesce(x,1)`: numbers that SQLite would read with scale 0. */
function literalBeside(elements: readonly Element[], index: number): boolean {
  const at = wordAt(elements, index + 1) === "NOT" ? index + 2 : index + 1;
  const nonZero = (place: number): boolean => {
    const element = elements[place];
    return element?.kind === "number" && Number(element.text) !== 0;
  };
  if (wordAt(elements, at) === "BETWEEN") return nonZero(at + 1) || nonZero(at + 3);
  const call = symbolAt(elements, index - 1) === "(" ? wordAt(elements, index - 2) : "";
  const listStart =
    wordAt(elements, at) === "IN"
      ? at + 2
      : ["COALESCE", "IFNULL", "NULLIF", "GREATEST", "LEAST"].includes(call)
        ? index + 1
        : -1;
  if (listStart === -1) return false;
  for (let place = listStart; place < elements.length && symbolAt(elements, place) !== ")"; place += 1)
    if (nonZero(place)) return true;
  return false;
}
