// The lints: SQL that both engines accept but answer differently, and mistakes that no engine reports.
// One file per topic; each returns messages that say what to write instead.
import { type Element, symbolAt } from "../parse/canonical.ts";
import type { Finding } from "../parse/finding.ts";
import type { Statement } from "../parse/statement.ts";
import { nameIn } from "../parse/tokenize.ts";
import type { Catalog } from "../types/catalog.ts";
import { comparesAlike } from "../types/parity.ts";
import { aggregateFindings } from "./aggregates.ts";
import { collationFinding } from "./collations.ts";
import { decimalAssignmentFinding, decimalFinding } from "./decimals.ts";
import { choiceFindings, typeFinding } from "./types.ts";
import { assignedLiterals, conflictFindings, insertFindings } from "./writes.ts";

/** Divergences that depend on the columns: collations, scales, mixed types, and columns that a write leaves out. */
export function lintColumns(
  statement: Statement,
  canonical: readonly (readonly Element[])[],
  mariadb: Catalog,
  sqlite: Catalog,
): Finding[] {
  const messages = new Set<string>();
  for (const elements of canonical) {
    const assignments = assignmentRange(statement, elements);
    for (const finding of [...choiceFindings(elements), ...aggregateFindings(elements, sqlite)]) messages.add(finding);
    for (const index of elements.keys()) {
      const assigned = index >= assignments.from && index < assignments.to && symbolAt(elements, index + 1) === "=";
      for (const finding of columnFindings(elements, index, assigned, sqlite)) messages.add(finding);
    }
  }
  const writes = [
    ...insertFindings(statement, mariadb),
    ...assignedLiterals(statement, mariadb),
    ...conflictFindings(statement, mariadb, sqlite),
  ];
  for (const message of writes) messages.add(message);
  return [...messages].map((message) => ({ message, offset: offsetOf(message, statement) }));
}

/** The offset of the column that a message names, if the text contains it exactly once. */
function offsetOf(message: string, { tokens }: Statement): number | null {
  const column = /\b\w+\.(\w+)/.exec(message)?.[1];
  const places = tokens.filter((token) => nameIn(token) === column);
  return places.length === 1 ? (places[0]?.offset ?? null) : null;
}

function columnFindings(elements: readonly Element[], index: number, assigned: boolean, sqlite: Catalog): string[] {
  const element = elements[index];
  if (element?.kind !== "column") return [];
  const other = sqlite.get(element.table)?.columns.get(element.column.name);
  const findings: (string | null)[] = [];
  if (element.column.type === "text" && other !== undefined && !comparesAlike(element.column, other) && !assigned)
    findings.push(collationFinding(elements, index, element));
  if (element.column.type === "decimal")
    findings.push(
      assigned ? decimalAssignmentFinding(elements, index, element) : decimalFinding(elements, index, element),
    );
  // Assigned literals are checked in the author's own text.
  if (!assigned) findings.push(typeFinding(elements, index, element));
  return findings.flatMap((finding) => finding ?? []);
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
