import { join } from "node:path";
import type { ValueType } from "../../../sqlproof/src/runtime/proof.ts";
import type { SqlFault, Tool, UseFault, Verdict } from "../corpus/fault.ts";
import { argumentsOf, recordType, templateOf, useOf, withPlaceholders } from "../modules.ts";
import { linkPackages } from "../scratch.ts";
import { root } from "../subjects.ts";
import { judgePairs, moduleText, type Pair } from "./text-module.ts";

const types: Readonly<Record<ValueType, string>> = {
  integer: "number",
  bigint: "number",
  decimal: "string",
  double: "number",
  boolean: "number",
  text: "string",
  blob: "Uint8Array",
  datetime: "string",
  date: "string",
};

/** A driver with plain strings. Its rows are typed by hand, as careful authors do. */
export class Plain implements Tool {
  readonly name = "plain driver";
  readonly about = "npm mariadb with plain strings, rows declared by hand (rightly), and the compiler";

  constructor(private readonly folder: string) {}

  async judge(faults: readonly SqlFault[]): Promise<ReadonlyMap<string, Verdict>> {
    linkPackages(this.folder, join(root, "node_modules"));
    return judgePairs(this.folder, faults.map(pairOf));
  }
}

function pairOf(fault: SqlFault): Pair {
  const { subject } = fault;
  const sql = fault.kind === "query" ? fault.sql : subject.sql;
  const literal = fault.kind === "expression" ? fault.expression : templateOf(withPlaceholders(sql));
  const base = moduleOf(fault, templateOf(withPlaceholders(subject.sql)), null);
  const text = moduleOf(fault, literal, useOf(fault));
  // A change of the schema or of a proof does not change the program.
  return {
    fault,
    base,
    text,
    baseFile: `base/${subject.name}.ts`,
    file: `faults/${fault.id}.ts`,
    before: [],
    said: [],
  };
}

function moduleOf({ subject }: SqlFault, literal: string, use: UseFault | null): string {
  return moduleText(subject, use, {
    imports: ['import type { Connection } from "mariadb";'],
    parameters: recordType(subject.proof.parameters, types),
    row: recordType(subject.proof.columns, types),
    query: [`const query = ${literal};`],
    database: "Connection",
    call: [
      "const rows = await db.query<Row[]>(query, [",
      ...argumentsOf(subject, use).map(({ expression }) => `  ${expression},`),
      "]);",
    ],
  });
}
