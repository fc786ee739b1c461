import type { ParameterProof, ValueType } from "../../sqlproof/src/runtime/proof.ts";
import type { SqlFault, Subject, UseFault, WrongRead, WrongValue } from "./corpus/fault.ts";

/** How the call of this fault differs from the correct call; null when it does not. */
export function useOf(fault: SqlFault): UseFault | null {
  return fault.kind === "use" || fault.kind === "query" ? fault.use : null;
}

/** One value of a call: the parameter it is for (null for one too many) and its expression. */
export interface Argument {
  readonly parameter: ParameterProof | null;
  readonly name: string;
  readonly expression: string;
}

/** The values of a call of the subject, with the fault if it is in a value. */
export function argumentsOf({ proof }: Subject, use: UseFault | null): readonly Argument[] {
  const given = proof.parameters.map((parameter): Argument => {
    const wrong = use?.kind === "value" && use.parameter === parameter.name;
    const expression = wrong ? wrongValue(parameter, use.value) : `p.${parameter.name}`;
    return { parameter, name: parameter.name, expression };
  });
  if (use?.kind === "omit") return given.filter(({ name }) => name !== use.parameter);
  return use?.kind === "extra" ? [...given, { parameter: null, name: use.name, expression: "1" }] : given;
}

function wrongValue({ name, type }: ParameterProof, value: WrongValue): string {
  switch (value) {
    case "text":
      return '"text"';
    case "number":
      return "0.1 + 0.2";
    case "null":
      return "null";
    case "truth":
      return "true";
    case "object":
      return "{}";
    case "list":
      return `[p.${name}]`;
    case "one":
      return type === "text" ? '"text"' : "1";
  }
}

/** The statements that read every column of the row, each on its line, with the fault if it is in a column. */
export function readsOf({ proof }: Subject, use: UseFault | null): readonly string[] {
  if (use?.kind === "missing-row") return ["const [first] = rows;", `show(first.${use.column});`];
  if (proof.columns.length === 0) return [];
  const reads = proof.columns.map(({ name }) =>
    use?.kind === "read" && use.column === name ? wrongRead(name, use.as) : `show<Row["${name}"]>(row.${name});`,
  );
  return ["for (const row of rows) {", ...reads.map((line) => `  ${line}`), "}"];
}

function wrongRead(name: string, as: WrongRead): string {
  switch (as) {
    case "missing":
      return `show(row.${name}_);`;
    case "non-null":
      return `show<NonNullable<Row["${name}"]>>(row.${name});`;
    case "text":
      return `show<string | null>(row.${name});`;
    case "number":
      return `show<number | null>(row.${name});`;
    case "truth":
      return `show<boolean | null>(row.${name});`;
    case "product":
      return `show(row.${name} * 2);`;
  }
}

/** `{ id: number; name: string | null }`, each value's type in the words of one tool. */
export function recordType(
  items: readonly {
    readonly name: string;
    readonly type: ValueType;
    readonly nullable: boolean;
    readonly list?: boolean;
  }[],
  types: Readonly<Record<ValueType, string>>,
): string {
  const fields = items.map(({ name, type, nullable, list }) => {
    const one = types[type] + (nullable ? " | null" : "");
    return `${name}: ${list === true ? `(${one})[]` : one}`;
  });
  return `{ ${fields.join("; ")} }`;
}

/** A text as a template literal without substitutions, with its lines. */
export function templateOf(sql: string): string {
  return `\`${sql.replaceAll("\\", "\\\\").replaceAll("`", "\\`").replaceAll("${", "\\${")}\``;
}

/** The first and the last line of `text` that differ from `base`. */
export function changedLines(base: string, text: string): { readonly from: number; readonly to: number } {
  const before = base.split("\n");
  const after = text.split("\n");
  let from = 0;
  while (from < after.length && before[from] === after[from]) from += 1;
  let behind = 0;
  while (behind < after.length - from - 1 && before.at(-1 - behind) === after.at(-1 - behind)) behind += 1;
  return { from: from + 1, to: Math.max(from + 1, after.length - behind) };
}

/** The SQL with `?` for each parameter, as drivers take it. */
export function withPlaceholders(sql: string): string {
  return sql.replaceAll(/:\w+(?:::\w+(?:\(\d+\))?\??)?(?:\.\.\.)?/g, "?");
}
