import type { ValueType } from "../../runtime/proof.ts";
import { type ColumnElement, comparisons, type Element, placeOf, symbolAt, wordAt } from "../parse/canonical.ts";
import { callAround, functionFinding } from "./functions.ts";

/*
 * MariaDB converts between types where SQLite compares storage classes, so mixed types give different results. Values
 * may be combined only with values of the same kind.
 */

type Kind = "number" | "decimal" | "text" | "datetime" | "date" | "bytes";

const kinds: Readonly<Record<ValueType, Kind>> = {
  integer: "number",
  bigint: "number",
  boolean: "number",
  double: "number",
  decimal: "decimal",
  text: "text",
  datetime: "datetime",
  date: "date",
  blob: "bytes",
};

const forms: { readonly [kind in Kind]?: RegExp } = {
  datetime: /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/,
  date: /^\d{4}-\d\d-\d\d$/,
};

const arithmetic: ReadonlySet<string> = new Set(["+", "-", "*", "%"]);

/** A finding about combining a column with other types, or about arithmetic on text or dates, else null. */
export function typeFinding(elements: readonly Element[], index: number, element: ColumnElement): string | null {
  const kind = kindOf(element);
  if (kind === null) return null;
  const left = symbolAt(elements, index - 1);
  const right = symbolAt(elements, index + 1);
  if (kind !== "number" && kind !== "decimal" && (arithmetic.has(left) || arithmetic.has(right)))
    return `arithmetic on ${placeOf(element)}, which is ${element.column.declared}: compute in code`;
  for (const [operator, other] of [
    [left, elements[index - 2]],
    [right, elements[index + 2]],
  ] as const)
    if (comparisons.has(operator) && other !== undefined) {
      const finding = mismatch(element, kind, other);
      if (finding !== null) return finding;
    }
  return (
    functionFinding(elements, index, element) ??
    likeFinding(elements, index, element, kind) ??
    rangeFinding(elements, index, element, kind) ??
    concatFinding(elements, index, element, kind)
  );
}

function kindOf(element: Element): Kind | null {
  if (element.kind === "number") return "number";
  if (element.kind === "string") return "text";
  return element.kind === "column" && element.column.type !== null ? kinds[element.column.type] : null;
}

/** Why two values must not be combined; null when they are of the same kind or the other is not a plain value. */
function mismatch(element: ColumnElement, kind: Kind, other: Element): string | null {
  const found = kindOf(other);
  if (found === null || found === kind) return null;
  // The scales of decimals have their own lint.
  if ((kind === "decimal" && found === "number") || (kind === "number" && found === "decimal")) return null;
  const place = placeOf(element);
  if (other.kind === "string") {
    const finding = stringFinding(element.column.type, other.text.replace(/^[^']*'|'$/g, ""));
    return finding === null ? null : `${place} ${finding}`;
  }
  const what = other.kind === "column" ? `${placeOf(other)}, which is ${other.column.declared}` : "a number";
  return `${place} is ${element.column.declared} and is combined with ${what}: the engines convert differently`;
}

/** Why a string literal does not fit a column; null when it does. */
export function stringFinding(type: ValueType | null, text: string): string | null {
  if (type === null) return null;
  const kind = kinds[type];
  if (kind === "text") return null;
  const form = forms[kind];
  if (form === undefined) return `is ${type} and is combined with the text '${text}': write it as a parameter`;
  if (form.test(text)) return null;
  const example = kind === "date" ? "'2024-01-15'" : "'2024-01-15 10:30:00'";
  return `is combined with '${text}', which MariaDB reads as a ${type} and SQLite as text: write it like ${example}`;
}

function likeFinding(elements: readonly Element[], index: number, element: ColumnElement, kind: Kind): string | null {
  const at = wordAt(elements, index + 1) === "NOT" ? index + 2 : index + 1;
  if (wordAt(elements, at) !== "LIKE" || kind === "text") return null;
  return `LIKE on ${placeOf(element)}, which is ${element.column.declared}: compare it by its own type`;
}

/** `column BETWEEN a AND b` and `column IN (a, b)` with literals of a different kind. */
function rangeFinding(elements: readonly Element[], index: number, element: ColumnElement, kind: Kind): string | null {
  const at = wordAt(elements, index + 1) === "NOT" ? index + 2 : index + 1;
  const members: Element[] = [];
  if (wordAt(elements, at) === "BETWEEN")
    members.push(...[elements[at + 1], elements[at + 3]].flatMap((member) => member ?? []));
  if (wordAt(elements, at) === "IN" && symbolAt(elements, at + 1) === "(")
    for (let place = at + 2; place < elements.length && symbolAt(elements, place) !== ")"; place += 1) {
      const member = elements[place];
      if (member !== undefined) members.push(member);
    }
  for (const member of members) {
    if (member.kind !== "number" && member.kind !== "string") continue;
    const finding = mismatch(element, kind, member);
    if (finding !== null) return finding;
  }
  return null;
}

/** `||`, which MariaDB prints as concat(): a decimal or a float becomes different text on SQLite. */
function concatFinding(elements: readonly Element[], index: number, element: ColumnElement, kind: Kind): string | null {
  const call = callAround(elements, index);
  if (call !== "CONCAT") return null;
  const unequal = kind === "decimal" || kind === "bytes" || element.column.type === "double";
  return unequal
    ? `${placeOf(element)} || ..: ${element.column.declared} is different text on SQLite; join in code`
    : null;
}

const choices: ReadonlySet<string> = new Set(["COALESCE", "IFNULL", "NULLIF"]);

/** `COALESCE(number, 'text')` and the like: MariaDB finds one common type, SQLite keeps each value's own. */
export function choiceFindings(elements: readonly Element[]): string[] {
  const findings: string[] = [];
  for (const [index, element] of elements.entries()) {
    if (element.kind !== "word") continue;
    const values = choices.has(element.text)
      ? argumentsOf(elements, index + 1)
      : element.text === "CASE"
        ? branchesOf(elements, index)
        : [];
    const found = new Set(values.flatMap((value) => kindOf(value) ?? []));
    // 0 is the same at every scale; other number literals next to a decimal have their own lint.
    const numbers = values.filter((value) => kindOf(value) === "number");
    if (found.has("decimal") && numbers.every((value) => value.kind === "number")) found.delete("number");
    const times = [...found].filter((kind) => kind === "datetime" || kind === "date");
    if (
      times.length === 1 &&
      found.has("text") &&
      values.every((value) => value.kind !== "string" || fits(value.text, times[0]))
    )
      found.delete("text");
    const scales = new Set(
      values.flatMap((value) =>
        value.kind === "column" && value.column.type === "decimal" ? value.column.declared : [],
      ),
    );
    const mixed = scales.size > 1 ? scales : found;
    if (mixed.size > 1)
      findings.push(`${element.text} chooses between ${[...mixed].join(" and ")}: give all values the same type`);
  }
  return findings;
}

function fits(text: string, kind: Kind | undefined): boolean {
  return kind !== undefined && forms[kind]?.test(text.replace(/^[^']*'|'$/g, "")) === true;
}

/** The plain values among the arguments of the call whose bracket opens at `open`. */
function argumentsOf(elements: readonly Element[], open: number): Element[] {
  if (symbolAt(elements, open) !== "(") return [];
  const values: Element[] = [];
  let depth = 0;
  for (let at = open; at < elements.length; at += 1) {
    const symbol = symbolAt(elements, at);
    if (symbol === "(") depth += 1;
    if (symbol === ")") depth -= 1;
    if (depth === 0) break;
    const before = symbolAt(elements, at - 1);
    const after = symbolAt(elements, at + 1);
    const element = elements[at];
    if (depth === 1 && (before === "(" || before === ",") && (after === "," || after === ")") && element !== undefined)
      values.push(element);
  }
  return values;
}

/** The plain values after THEN and ELSE of the CASE at `start`. */
function branchesOf(elements: readonly Element[], start: number): Element[] {
  const values: Element[] = [];
  let depth = 0;
  for (let at = start; at < elements.length; at += 1) {
    const word = wordAt(elements, at);
    if (word === "CASE") depth += 1;
    if (word === "END") depth -= 1;
    if (depth === 0) break;
    const after = wordAt(elements, at + 2);
    const value = elements[at + 1];
    if (
      depth === 1 &&
      (word === "THEN" || word === "ELSE") &&
      ["WHEN", "ELSE", "END"].includes(after) &&
      value !== undefined
    )
      values.push(value);
  }
  return values;
}
