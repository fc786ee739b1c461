import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ColumnProof, ParameterProof, Proof, ValueType } from "../runtime/proof.ts";
import type { Config } from "./config.ts";

/** The TypeScript type of each value type. */
const types: Readonly<Record<ValueType, string>> = {
  integer: "number",
  bigint: "number",
  decimal: "Decimal",
  double: "number",
  boolean: "boolean",
  text: "string",
  blob: "Uint8Array",
  datetime: "DateTime",
  date: "CalendarDate",
};

/**
 * Writes `generated/queries.ts`: the types in which `sql()` looks up its literals, the error messages of texts that
 * failed, and the proofs that the runtime reads. It is derived, so its folder keeps itself out of git.
 */
export function writeGenerated(
  config: Config,
  proofs: ReadonlyMap<string, Proof>,
  failures: ReadonlyMap<string, string>,
): void {
  const folder = join(config.proofs, "generated");
  const isNew = mkdirSync(folder, { recursive: true }) !== undefined;
  // Only once, so that a project may commit the folder after all.
  if (isNew) writeFileSync(join(folder, ".gitignore"), "*\n");
  const sorted = [...proofs].sort(([a], [b]) => (a < b ? -1 : 1));
  const lines = [
    "// Made by sqlproof from the committed proofs. Do not edit: run the check again.",
    'import type { CalendarDate, DateTime, Decimal, Proof } from "sqlproof";',
    "export type Imported = CalendarDate | DateTime | Decimal;",
    "export interface Queries {",
    ...sorted.map(([text, proof]) => `  ${JSON.stringify(text)}: ${entryType(proof)};`),
    "}",
    "export interface Failures {",
    ...[...failures].map(([text, message]) => `  ${JSON.stringify(text)}: ${JSON.stringify(message)};`),
    "}",
    "export const proofs: Readonly<Record<string, Proof>> = {",
    ...sorted.map(([text, proof]) => `  ${JSON.stringify(text)}: ${JSON.stringify(proof)},`),
    "};",
    "",
  ];
  writeFileSync(join(folder, "queries.ts"), lines.join("\n"));
}

function entryType(proof: Proof): string {
  const params = proof.parameters.map((parameter) => `${JSON.stringify(parameter.name)}: ${parameterType(parameter)}`);
  const row = proof.columns.map((column) => `${JSON.stringify(column.name)}: ${columnType(column)}`);
  const rowType = row.length === 0 ? "never" : `{ ${row.join("; ")} }`;
  const reads = proof.kind === "select" ? "; reads: true" : "";
  return `{ params: { ${params.join("; ")} }; row: ${rowType}${reads} }`;
}

function parameterType(parameter: ParameterProof): string {
  const given = parameter.exact === true ? "number | bigint" : typeOf(parameter);
  const type = given + (parameter.nullable ? " | null" : "");
  return parameter.list ? `readonly (${type})[]` : type;
}

function columnType(column: ColumnProof): string {
  return (column.exact === true ? "bigint" : typeOf(column)) + (column.nullable ? " | null" : "");
}

/** An ENUM or SET is the union of its values. */
function typeOf({ type, values }: Pick<ColumnProof, "type" | "values">): string {
  if (values === undefined) return types[type];
  return values.length === 0 ? "never" : values.map((value) => JSON.stringify(value)).join(" | ");
}
