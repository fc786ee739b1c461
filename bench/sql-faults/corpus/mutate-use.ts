import type { Random } from "../../../schema/sample/random.ts";
import type { ColumnProof, ParameterProof } from "../../../sqlproof/src/runtime/proof.ts";
import type { SqlFault, StaleChange, Subject, UseFault } from "./fault.ts";

type Chooser = (subject: Subject, random: Random) => { readonly use: UseFault; readonly changed: string } | null;

const choosers: readonly (readonly [name: string, count: number, choose: Chooser])[] = [
  ["missing parameter", 12, parameterFault(() => true, omitted)],
  ["extra parameter", 10, extra],
  ["parameter of another type", 20, parameterFault((parameter) => !parameter.list, mistyped)],
  [
    "null for a parameter that cannot be null",
    12,
    parameterFault((parameter) => !parameter.nullable && !parameter.list, nulled),
  ],
  ["float for a decimal parameter", 8, parameterFault(({ type, list }) => type === "decimal" && !list, floated)],
  ["list and value mixed up", 10, parameterFault(() => true, listMixedUp)],
  [
    "row: column that is not there",
    14,
    columnFault(
      () => true,
      "missing",
      ({ name }) => `reads ${name}_, not ${name}`,
    ),
  ],
  [
    "row: nullable used as non-null",
    20,
    columnFault(
      ({ nullable }) => nullable,
      "non-null",
      ({ name }) => `takes ${name} as not null`,
    ),
  ],
  ["row: wrong type", 20, wrongType],
  [
    "row: arithmetic on a decimal",
    10,
    columnFault(
      ({ type, nullable }) => type === "decimal" && !nullable,
      "product",
      ({ name }) => `${name} * 2`,
    ),
  ],
  ["row: may be missing", 8, missingRow],
];

/** The seeded faults in the use of correct queries. */
export function useFaults(subjects: readonly Subject[], random: Random): SqlFault[] {
  return choosers.flatMap(([name, count, choose]) => {
    const faults: SqlFault[] = [];
    const seen = new Set<string>();
    for (let attempt = 0; faults.length < count && attempt < count * 200; attempt += 1) {
      const subject = random.pick(subjects);
      const chosen = choose(subject, random);
      const key = chosen === null ? "" : `${subject.name} ${JSON.stringify(chosen.use)}`;
      if (chosen === null || seen.has(key)) continue;
      seen.add(key);
      const id = `${name.replaceAll(/[: ]+/g, "-")}-${String(faults.length + 1).padStart(2, "0")}`;
      faults.push({ kind: "use", id, class: name, subject, ...chosen });
    }
    return faults;
  });
}

function parameterFault(
  fits: (parameter: ParameterProof) => boolean,
  fault: (parameter: ParameterProof) => UseFault,
): Chooser {
  return ({ proof }, random) => {
    const candidates = proof.parameters.filter(fits);
    if (candidates.length === 0) return null;
    const parameter = random.pick(candidates);
    const use = fault(parameter);
    return {
      use,
      changed: use.kind === "value" ? `:${parameter.name} gets ${use.value}` : `:${parameter.name} is not given`,
    };
  };
}

function omitted({ name }: ParameterProof): UseFault {
  return { kind: "omit", parameter: name };
}

function mistyped({ name, type }: ParameterProof): UseFault {
  const value = type === "integer" || type === "bigint" || type === "boolean" || type === "double" ? "text" : "truth";
  return { kind: "value", parameter: name, value };
}

function floated({ name }: ParameterProof): UseFault {
  return { kind: "value", parameter: name, value: "number" };
}

function nulled({ name }: ParameterProof): UseFault {
  return { kind: "value", parameter: name, value: "null" };
}

function listMixedUp({ name, list }: ParameterProof): UseFault {
  return { kind: "value", parameter: name, value: list ? "one" : "list" };
}

function extra(): ReturnType<Chooser> {
  return { use: { kind: "extra", name: "nothing" }, changed: "one parameter too many" };
}

function columnFault(
  fits: (column: ColumnProof) => boolean,
  as: "missing" | "non-null" | "product",
  words: (column: ColumnProof) => string,
): Chooser {
  return ({ proof }, random) => {
    const candidates = proof.columns.filter(fits);
    if (candidates.length === 0) return null;
    const column = random.pick(candidates);
    return { use: { kind: "read", column: column.name, as }, changed: words(column) };
  };
}

function wrongType({ proof }: Subject, random: Random): ReturnType<Chooser> {
  if (proof.columns.length === 0) return null;
  const { name, type } = random.pick(proof.columns);
  const as =
    type === "text" || type === "datetime" || type === "date" ? "number" : type === "boolean" ? "text" : "truth";
  return { use: { kind: "read", column: name, as }, changed: `reads ${name}, a ${type}, as ${as}` };
}

function missingRow({ proof }: Subject, random: Random): ReturnType<Chooser> {
  if (proof.kind !== "select") return null;
  const column = random.pick(proof.columns).name;
  return { use: { kind: "missing-row", column }, changed: `reads ${column} of a row that may not be there` };
}

/** Ways to compose a text at run time. `name` is a variable of the program. */
const expressions: readonly (readonly [changed: string, expression: (sql: string) => string])[] = [
  ["a template with a substitution", (sql) => `\`${sql} ORDER BY \${name}\``],
  ["a text put together with +", (sql) => `"${sql} ORDER BY " + name`],
  ["a variable", () => "name"],
  ["a call", (sql) => `"${sql}".trim()`],
  ["a conditional", (sql) => `name === "" ? "${sql}" : "${sql} ORDER BY id"`],
  ["an array joined", (sql) => `["${sql}", name].join(" ")`],
  ["a cast variable", () => "String(name)"],
  ["a text with replace", (sql) => `"${sql}".replace("id", name)`],
];

/** Queries that are composed at run time, so that any text may result. */
export function expressionFaults(subjects: readonly Subject[]): SqlFault[] {
  const subject = named(subjects, "ordersPerStatus");
  return expressions.map(([changed, expression], index) => ({
    kind: "expression",
    id: `query-built-at-run-time-${String(index + 1).padStart(2, "0")}`,
    class: "query built at run time",
    changed,
    subject,
    expression: expression(subject.sql.replaceAll(/\s+/g, " ").trim()),
  }));
}

const staleChanges: readonly (readonly [change: StaleChange, changed: string])[] = [
  ["migration", "a migration changed after the proofs were made"],
  ["query", "a query changed after the proofs were made"],
  ["proof-edited", "a proof was edited by hand"],
  ["proof-deleted", "a proof was deleted"],
  ["proof-left-over", "a proof whose query is gone"],
  ["no-proofs", "no proofs at all"],
];

/** What a build without a database must notice. */
export function staleFaults(subjects: readonly Subject[]): SqlFault[] {
  return staleChanges.flatMap(([change, changed]) =>
    ["orderWithCustomer", "pricesAbove"].map((name) => ({
      kind: "stale" as const,
      id: `stale-${change}-${name}`,
      class: "stale proof",
      changed,
      subject: named(subjects, name),
      change,
    })),
  );
}

/** The subject of this name. */
export function named(subjects: readonly Subject[], name: string): Subject {
  const subject = subjects.find((candidate) => candidate.name === name);
  if (subject === undefined) throw new Error(`there is no query named ${name}`);
  return subject;
}
