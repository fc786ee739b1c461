import type { Element } from "./canonical.ts";
import type { Catalog, Column, Table } from "./catalog.ts";
import type { LintFault } from "./lint-text.ts";
import { insertColumns, insertRows } from "./parameter-places.ts";
import { comparesAlike } from "./parity.ts";
import { conflictClause, type Statement } from "./statement.ts";
import type { Token } from "./tokenize.ts";

const comparisons: ReadonlySet<string> = new Set(["=", "<>", "!=", "<", ">", "<=", ">=", "<=>"]);
const additive: ReadonlySet<string> = new Set(["+", "-"]);

/** Divergences that need the column behind each name: collations of text and scales of decimals. */
export function lintColumns(
  statement: Statement,
  canonical: readonly (readonly Element[])[],
  mariadb: Catalog,
  sqlite: Catalog,
): LintFault[] {
  const messages = new Set<string>();
  for (const elements of canonical) {
    const assignments = assignmentRange(statement, elements);
    for (const [index, element] of elements.entries()) {
      if (element.kind !== "column") continue;
      const other = sqlite.get(element.table)?.columns.get(element.column.name);
      const assigned = index >= assignments.from && index < assignments.to && symbol(elements, index + 1) === "=";
      if (element.column.type === "text" && other !== undefined && !comparesAlike(element.column, other) && !assigned)
        add(messages, textFault(elements, index, `${element.table}.${element.column.name}`, element.column));
      if (element.column.type !== "decimal") continue;
      add(messages, assigned ? assignmentFault(elements, index, element) : decimalFault(elements, index, element));
    }
  }
  for (const message of [...insertFaults(statement, mariadb), ...conflictFaults(statement, mariadb, sqlite)])
    messages.add(message);
  return [...messages].map((message) => ({ message, offset: null }));
}

function add(messages: Set<string>, message: string | null): void {
  if (message !== null) messages.add(message);
}

interface Range {
  readonly from: number;
  readonly to: number;
}

/** The SET list of an UPDATE or of an upsert, where `=` assigns. */
function assignmentRange(statement: Statement, elements: readonly Element[]): Range {
  const at = (text: string): number =>
    elements.findIndex((element) => element.kind === "word" && element.text === text);
  if (statement.kind === "insert") return { from: at("DUPLICATE"), to: at("DUPLICATE") === -1 ? -1 : elements.length };
  if (statement.kind !== "update") return { from: 0, to: 0 };
  return { from: at("SET"), to: at("WHERE") === -1 ? elements.length : at("WHERE") };
}

function textFault(elements: readonly Element[], index: number, place: string, column: Column): string | null {
  const use = comparingUse(elements, index) ?? orderingUse(elements, index);
  if (use === null) return null;
  return (
    `${use} ${place}: its collation ${column.collation} has no equal on SQLite, so the answers differ; ` +
    "use a column that is utf8mb4_nopad_bin on MariaDB and BINARY on SQLite"
  );
}

function comparingUse(elements: readonly Element[], index: number): string | null {
  const next = word(elements, index + 1) === "NOT" ? word(elements, index + 2) : word(elements, index + 1);
  if (comparisons.has(symbol(elements, index + 1)) || comparisons.has(symbol(elements, index - 1))) return "comparing";
  if (next === "LIKE" || next === "BETWEEN" || next === "IN") return `${next} on`;
  const call = symbol(elements, index - 1) === "(" ? word(elements, index - 2) : "";
  if (call === "MIN" || call === "MAX") return `${call} of`;
  return word(elements, index - 1) === "DISTINCT" || (call === "DISTINCT" && symbol(elements, index - 1) === "(")
    ? "DISTINCT of"
    : null;
}

/** A column that stands directly in an ORDER BY or GROUP BY list. */
function orderingUse(elements: readonly Element[], index: number): string | null {
  const before = symbol(elements, index - 1);
  if (before !== "," && word(elements, index - 1) !== "BY") return null;
  for (let at = index - 1; at >= 0; at -= 1) {
    const text = word(elements, at);
    if (text === "BY") return word(elements, at - 1) === "GROUP" ? "GROUP BY" : "ORDER BY";
    if (text !== "" && text !== "ASC" && text !== "DESC") return null;
    if (symbol(elements, at) === "(" || symbol(elements, at) === ")") return null;
  }
  return null;
}

function decimalFault(
  elements: readonly Element[],
  index: number,
  element: Extract<Element, { kind: "column" }>,
): string | null {
  const place = `${element.table}.${element.column.name}`;
  const rightOperator = symbol(elements, index + 1);
  const leftOperator = symbol(elements, index - 1);
  if (joins(rightOperator)) {
    const fault = operandFault(elements, index + 2, element.column, symbol(elements, index + 3), leftOperator);
    if (fault !== null) return `${place} ${rightOperator} ..: ${fault}`;
  }
  if (joins(leftOperator)) {
    const fault = operandFault(elements, index - 2, element.column, symbol(elements, index - 3), rightOperator);
    if (fault !== null) return `.. ${leftOperator} ${place}: ${fault}`;
  }
  return literalBeside(elements, index) ? `${place} ${scaledLiteral}` : null;
}

const conditionalWords: ReadonlySet<string> = new Set(
  "CASE WHEN THEN ELSE END COALESCE IFNULL NULL AND OR NOT IS TRUE FALSE VALUES".split(" "),
);

/** `SET decimal = ..`: a parameter, a column of its scale, or a choice among such. */
function assignmentFault(
  elements: readonly Element[],
  index: number,
  target: Extract<Element, { kind: "column" }>,
): string | null {
  const place = `${target.table}.${target.column.name} = ..`;
  let depth = 0;
  for (let at = index + 2; at < elements.length; at += 1) {
    const element = elements[at];
    if (symbol(elements, at) === "(") depth += 1;
    if (symbol(elements, at) === ")") depth -= 1;
    if (depth < 0 || (depth === 0 && symbol(elements, at) === ",") || word(elements, at) === "WHERE") return null;
    if (element?.kind === "number" && Number(element.text) !== 0) return `${place} ${scaledLiteral}`;
    if (element?.kind === "column" && element.column.type === "decimal" && element.column.scale !== target.column.scale)
      return `${place}: ${element.table}.${element.column.name} is ${element.column.declared}, another scale; compute it in code`;
    if (element?.kind === "word" && !conditionalWords.has(element.text))
      return `${place}: its scale cannot be proven equal; compute it in code`;
    if (symbol(elements, at) === "*")
      return `${place}: a product has another scale than its factors; compute it in code`;
  }
  return null;
}

function joins(operator: string): boolean {
  return comparisons.has(operator) || additive.has(operator);
}

const scaledLiteral =
  "beside a number: SQLite holds decimals as whole units of their scale, so write the number as a parameter";

/** Why the other side of a comparison, sum or difference is not at the same scale on SQLite; null when it is. */
function operandFault(
  elements: readonly Element[],
  index: number,
  column: Column,
  beyond: string,
  ownOther: string,
): string | null {
  if (beyond === "*" || ownOther === "*") return "a product has another scale than its factors; compute it in code";
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
      return `${operand.table}.${operand.column.name} is ${operand.column.declared}, another scale; compute it in code`;
    default:
      return "its scale cannot be proven equal; compute it in code";
  }
}

/** `x between 1 and 5`, `x in (1,2)`, `coalesce(x,1)`: numbers that SQLite would read at scale 0. */
function literalBeside(elements: readonly Element[], index: number): boolean {
  const at = word(elements, index + 1) === "NOT" ? index + 2 : index + 1;
  const nonZero = (place: number): boolean => {
    const element = elements[place];
    return element?.kind === "number" && Number(element.text) !== 0;
  };
  if (word(elements, at) === "BETWEEN") return nonZero(at + 1) || nonZero(at + 3);
  const call = symbol(elements, index - 1) === "(" ? word(elements, index - 2) : "";
  const listStart =
    word(elements, at) === "IN"
      ? at + 2
      : ["COALESCE", "IFNULL", "NULLIF", "GREATEST", "LEAST"].includes(call)
        ? index + 1
        : -1;
  if (listStart === -1) return false;
  for (let place = listStart; place < elements.length && symbol(elements, place) !== ")"; place += 1)
    if (nonZero(place)) return true;
  return false;
}

function word(elements: readonly Element[], index: number): string {
  const element = elements[index];
  return element?.kind === "word" ? element.text : "";
}

function symbol(elements: readonly Element[], index: number): string {
  const element = elements[index];
  return element?.kind === "symbol" ? element.text : "";
}

/** What no engine checks at PREPARE: a NOT NULL column without default that an INSERT leaves out. */
function insertFaults(statement: Statement, mariadb: Catalog): string[] {
  const table = statement.kind === "insert" && statement.target !== null ? mariadb.get(statement.target) : undefined;
  if (table === undefined) return [];
  const target = insertColumns(statement.tokens);
  if (target === null) return [`name the columns: INSERT INTO ${table.name} (..)`];
  const missing = [...table.columns.values()].filter(
    (column) => !column.hasDefault && !target.names.includes(column.name),
  );
  return [
    ...missing.map(
      (column) => `INSERT INTO ${table.name} leaves out ${column.name}, which is NOT NULL without a default`,
    ),
    ...insertedNumbers(statement.tokens, target.names, table),
  ];
}

/** A number written for a decimal column would be stored as that many ten-thousandths on SQLite. */
function insertedNumbers(tokens: readonly Token[], names: readonly string[], table: Table): string[] {
  return insertRows(tokens).flatMap((items) =>
    items.flatMap((item, index) => {
      const column = table.columns.get(names[index] ?? "");
      const written = item.find((token) => token.kind === "number" && Number(token.text) !== 0);
      return column?.type === "decimal" && written !== undefined
        ? [`${table.name}.${column.name} ${scaledLiteral}`]
        : [];
    }),
  );
}

/** MariaDB updates on a conflict with any unique key, SQLite only with the named one: both must mean the same key. */
function conflictFaults(statement: Statement, mariadb: Catalog, sqlite: Catalog): string[] {
  const conflict = conflictClause(statement.tokens);
  const target = statement.target;
  if (conflict === null || target === null) return [];
  const key = conflict.columns.join(", ");
  const faults: string[] = [];
  for (const [engine, catalog] of [
    ["MariaDB", mariadb],
    ["SQLite", sqlite],
  ] as const) {
    const table = catalog.get(target);
    if (table !== undefined && !keysOf(table).some((columns) => sameSet(columns, conflict.columns)))
      faults.push(`ON CONFLICT (${key}): ${target} has no such unique key on ${engine}`);
  }
  const table = mariadb.get(target);
  const given = insertColumns(statement.tokens)?.names ?? [];
  const others = table === undefined ? [] : keysOf(table).filter((columns) => !sameSet(columns, conflict.columns));
  for (const other of others)
    if (other.every((column) => given.includes(column)))
      faults.push(
        `ON CONFLICT (${key}): the INSERT also fills the unique key (${other.join(", ")}), on which MariaDB would update too`,
      );
  return faults;
}

function keysOf(table: Table): readonly (readonly string[])[] {
  return [table.primaryKey, ...table.uniqueKeys].filter((key) => key.length > 0);
}

function sameSet(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((name) => b.includes(name));
}
