import type { ParameterProof, ValueType } from "../../runtime/proof.ts";
import type { Catalog, Column } from "../types/catalog.ts";
import { comparisons, type Element, symbolAt, wordAt } from "./canonical.ts";
import type { Finding } from "./finding.ts";
import { type Evidence, sourceEvidence, typeOf } from "./parameter-places.ts";
import type { Statement } from "./statement.ts";
import type { Annotation } from "./tokenize.ts";

export interface InferredParameters {
  readonly parameters: readonly ParameterProof[];
  readonly findings: readonly Finding[];
}

/**
 * Infers the type of every parameter from where it is used: next to a column, in an INSERT or SET, in LIMIT, or as the
 * author declares it. A type is never guessed: without evidence, the finding asks for `:x::type`.
 */
export function inferParameters(
  statement: Statement,
  canonical: readonly (readonly Element[])[],
  catalog: Catalog,
): InferredParameters {
  const evidence = [
    ...canonical.flatMap((elements) => [...canonicalEvidence(elements)]),
    ...sourceEvidence(statement, catalog),
  ];
  const names = [...new Set(statement.parameters.map((parameter) => parameter.name))];
  const parameters: ParameterProof[] = [];
  const findings: Finding[] = [];
  for (const name of names) {
    const result = decide(
      name,
      statement,
      evidence.filter((item) => item.name === name),
    );
    if ("message" in result) findings.push(result);
    else parameters.push(result);
  }
  return { parameters, findings };
}

function decide(name: string, statement: Statement, evidence: readonly Evidence[]): ParameterProof | Finding {
  const tokens = statement.parameters.filter((parameter) => parameter.name === name);
  const offset = tokens[0]?.offset ?? 0;
  const list = tokens.some((token) => token.list);
  if (list && tokens.some((token) => !token.list))
    return { offset, message: `:${name} is used as a list (:${name}...) and as one value` };
  const annotations = tokens.flatMap((token) => token.annotation ?? []);
  const types = new Map(
    evidence.flatMap(({ type }) =>
      type === undefined ? [] : [[type.type === "decimal" ? `decimal(${type.scale})` : type.type, type]],
    ),
  );
  const asked =
    annotations.some((annotation) => annotation.nullable) ||
    evidence.some((item) => item.type === undefined && item.nullable === true);
  const written = evidence.some((item) => item.type !== undefined && item.nullable === false);
  if (asked && written)
    return { offset, message: `:${name} may be null here and is written to a column that is NOT NULL` };
  const nullable = !written && (asked || evidence.some((item) => item.nullable === true));
  const decided = typeFrom(name, annotations[0], types);
  return "message" in decided ? { offset, ...decided } : { name, ...decided, nullable, list };
}

type Types = ReadonlyMap<string, { readonly type: ValueType; readonly scale: number }>;

/** The one type on which the author and all places agree, or a finding. */
function typeFrom(
  name: string,
  annotation: Annotation | undefined,
  types: Types,
): { readonly type: ValueType; readonly scale: number } | { readonly message: string } {
  const [first] = types.values();
  const used = [...types.keys()];
  if (types.size > 1) return { message: `:${name} is used as ${used.join(" and as ")}: use two parameters` };
  if (annotation === undefined) {
    if (first !== undefined) return first;
    return { message: `the type of :${name} cannot be inferred here: declare it, for example :${name}::integer` };
  }
  const { type, scale } = annotation;
  if (first !== undefined && first.type !== type && !bothWhole(first.type, type))
    return { message: `:${name} is declared as ${type} and used as ${used.join("")}` };
  if (type !== "decimal") return { type, scale: 0 };
  if (scale === null && first === undefined)
    return { message: `declare the places of :${name}, for example :${name}::decimal(4)` };
  if (scale !== null && first !== undefined && first.scale !== scale)
    return { message: `:${name} is declared as decimal(${scale}) and used as ${used.join("")}` };
  return { type, scale: scale ?? first?.scale ?? 0 };
}

function bothWhole(a: ValueType, b: ValueType): boolean {
  return ["integer", "bigint"].includes(a) && ["integer", "bigint"].includes(b);
}

/** Patterns around a parameter in the statement as MariaDB prints it, fully resolved. */
function* canonicalEvidence(elements: readonly Element[]): Generator<Evidence> {
  for (const [index, element] of elements.entries()) {
    if (element.kind !== "parameter") continue;
    const { name } = element;
    const column = neighbour(elements, index);
    if (column !== null) yield { name, type: typeOf(column) };
    const branch = branchColumn(elements, index);
    if (branch !== null) yield { name, type: typeOf(branch), nullable: branch.nullable };
    if (wordAt(elements, index - 1) === "WHEN" && wordAt(elements, index + 1) === "THEN")
      yield { name, type: { type: "boolean", scale: 0 } };
    if (wordAt(elements, index - 1) === "ESCAPE" || symbolAt(elements, index - 1) === "||")
      yield { name, type: { type: "text", scale: 0 } };
    if (symbolAt(elements, index - 1) === "<=>" || symbolAt(elements, index + 1) === "<=>")
      yield { name, nullable: true };
  }
}

/** The column that a parameter is compared with, listed with, or replaces. */
function neighbour(elements: readonly Element[], index: number): Column | null {
  return (
    comparedColumn(elements, index) ??
    betweenColumn(elements, index) ??
    listColumn(elements, index) ??
    rowColumn(elements, index) ??
    summedColumn(elements, index)
  );
}

function comparedColumn(elements: readonly Element[], index: number): Column | null {
  const before = elements[index - 1];
  if (isComparison(before)) return columnAt(elements, index - 2);
  const after = elements[index + 1];
  if (isComparison(after)) return columnAt(elements, index + 2);
  if (wordAt(elements, index - 1) === "LIKE")
    return columnAt(elements, wordAt(elements, index - 2) === "NOT" ? index - 3 : index - 2);
  return null;
}

function isComparison(element: Element | undefined): boolean {
  return element?.kind === "symbol" && comparisons.has(element.text);
}

function betweenColumn(elements: readonly Element[], index: number): Column | null {
  const column = (between: number): Column | null =>
    columnAt(elements, wordAt(elements, between - 1) === "NOT" ? between - 2 : between - 1);
  if (wordAt(elements, index - 1) === "BETWEEN") return column(index - 1);
  if (wordAt(elements, index - 1) === "AND" && wordAt(elements, index - 3) === "BETWEEN") return column(index - 3);
  if (wordAt(elements, index + 1) === "BETWEEN") return columnAt(elements, index + 2);
  return null;
}

/** `column in (@a,@b)` and `coalesce(column,@a)`: the column before or inside the brackets. */
function listColumn(elements: readonly Element[], index: number): Column | null {
  const open = openingIndex(elements, index);
  const word = wordAt(elements, open - 1);
  if (word === "IN") return columnAt(elements, wordAt(elements, open - 2) === "NOT" ? open - 3 : open - 2);
  if (word !== "COALESCE" && word !== "IFNULL" && word !== "NULLIF" && word !== "GREATEST" && word !== "LEAST")
    return null;
  for (let at = open + 1; at < elements.length && symbolAt(elements, at) !== ")"; at += 1) {
    const column = columnAt(elements, at);
    if (column !== null) return column;
  }
  return null;
}

/** `(c1,c2) < (@a,@b)`: the column at the same position of the other row. */
function rowColumn(elements: readonly Element[], index: number): Column | null {
  const open = openingIndex(elements, index);
  if (open < 0) return null;
  const place = index - open;
  if (isComparison(elements[open - 1]) && symbolAt(elements, open - 2) === ")") {
    const other = openingIndex(elements, open - 2);
    return columnAt(elements, other + place);
  }
  return null;
}

/** `column + @x` and `column - @x`: a sum has the type and scale of its parts, unless one of them is a product. */
function summedColumn(elements: readonly Element[], index: number): Column | null {
  const additive = (at: number): boolean => symbolAt(elements, at) === "+" || symbolAt(elements, at) === "-";
  const isProduct = (at: number): boolean => symbolAt(elements, at) === "*";
  const before = additive(index - 1) && !isProduct(index - 3) ? columnAt(elements, index - 2) : null;
  const after = additive(index + 1) && !isProduct(index + 3) ? columnAt(elements, index + 2) : null;
  const column = before ?? after;
  return column !== null && ["integer", "bigint", "decimal", "double"].includes(column.type ?? "") ? column : null;
}

/** `case when .. then @x else column end` and the reverse. */
function branchColumn(elements: readonly Element[], index: number): Column | null {
  if (wordAt(elements, index - 1) === "THEN" && wordAt(elements, index + 1) === "ELSE")
    return columnAt(elements, index + 2);
  if (wordAt(elements, index - 1) === "ELSE" && wordAt(elements, index - 3) === "THEN")
    return columnAt(elements, index - 2);
  return null;
}

/** Index of the bracket that is open at `index`, or -1. */
function openingIndex(elements: readonly Element[], index: number): number {
  let depth = 0;
  for (let at = index - 1; at >= 0; at -= 1) {
    const symbol = symbolAt(elements, at);
    if (symbol === ")") depth += 1;
    if (symbol === "(" && depth === 0) return at;
    if (symbol === "(") depth -= 1;
  }
  return -1;
}

function columnAt(elements: readonly Element[], index: number): Column | null {
  const element = elements[index];
  return element?.kind === "column" ? element.column : null;
}
