import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { checkOffline, checkOnEngines, type Report } from "../../../sqlproof/src/check/check.ts";
import { readConfig } from "../../../sqlproof/src/check/config.ts";
import type { ValueType } from "../../../sqlproof/src/runtime/proof.ts";
import type { PrivateMariadb } from "../../../sqlproof/src/test-server/private-mariadb.ts";
import { type CompileError, compile } from "../compile.ts";
import type { SqlFault, StaleChange, Subject, Tool, UseFault, Verdict } from "../corpus/fault.ts";
import { argumentsOf, readsOf, recordType, templateOf, useOf } from "../modules.ts";
import { addStep, copyMigrations, linkPackages, write } from "../scratch.ts";
import { root } from "../subjects.ts";
import { changedNames, judged, type Message } from "../verdict.ts";

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

const sqlModule = `import { createSql } from "sqlproof";
import { type Failures, proofs, type Queries } from "./.sqlproof/generated/queries.ts";
export const sql = createSql<Queries, Failures>(proofs);
`;

/** The module of a subject: the query, and a use of every parameter and column. */
function moduleOf(subject: Subject, literal: string, use: UseFault | null): string {
  const values = argumentsOf(subject, use).map(({ name, expression }) => `    ${name}: ${expression},`);
  const method = subject.proof.columns.length === 0 ? "run" : "all";
  const call =
    values.length === 0 && subject.proof.parameters.length === 0 ? ["  query);"] : ["  query, {", ...values, "  });"];
  return [
    'import type { CalendarDate, DateTime, Decimal, Queryable } from "sqlproof";',
    'import { sql } from "../sql.ts";',
    "declare function show<T>(value: T): void;",
    "declare const name: string;",
    `type Parameters = ${recordType(subject.proof.parameters, types)};`,
    `type Row = ${recordType(subject.proof.columns, types)};`,
    `export const query = sql(${literal});`,
    "export async function use(db: Queryable, p: Parameters) {",
    `  const rows = await db.${method}(`,
    ...call,
    ...readsOf(subject, use).map((line) => `  ${line}`),
    "}",
    "export type Used = [typeof name, CalendarDate, DateTime, Decimal, Row];",
    "",
  ].join("\n");
}

/** sqlproof itself: the check on both engines or offline, and the compiler. */
export class Ours implements Tool {
  readonly name = "sqlproof";
  readonly about = "this package: `sqlproof check` on both engines, `check --offline`, and the compiler";

  constructor(
    private readonly server: PrivateMariadb,
    private readonly folder: string,
  ) {}

  async judge(faults: readonly SqlFault[]): Promise<ReadonlyMap<string, Verdict>> {
    linkPackages(this.folder, join(root, "node_modules"));
    this.#project("project");
    for (const subject of new Set(faults.map((fault) => fault.subject))) this.#base("project", subject);
    const stale = new Map<string, Report>();
    const reports = new Map<string, Report>();
    for (const fault of faults) {
      if (fault.kind === "stale") stale.set(fault.id, await this.#stale(fault.change, fault));
      else if (fault.kind === "schema") reports.set(fault.id, await this.#schema(fault));
      else write(this.folder, `project/faults/${fault.id}.ts`, this.#written(fault));
    }
    const report = await this.#check("project");
    if (report.projectErrors.length > 0) throw new Error(report.projectErrors.join("\n"));
    const compiled = await compile(this.folder);
    const verdicts = new Map<string, Verdict>();
    for (const fault of faults) {
      const found = stale.get(fault.id);
      if (found !== undefined) verdicts.set(fault.id, judgedStale(found));
      else if (fault.kind === "schema") verdicts.set(fault.id, judgedSchema(fault, reports.get(fault.id), compiled));
      else verdicts.set(fault.id, this.#judgedModule(fault, report, compiled));
    }
    return verdicts;
  }

  #project(folder: string): void {
    copyMigrations(join(this.folder, folder), null);
    this.#config(folder);
  }

  #config(folder: string): void {
    const migrations = { mariadb: "schema/mariadb", sqlite: "schema/sqlite" };
    // As in the project itself, whose schemas differ where it says so.
    const acceptedDifferences = Object.fromEntries(readConfig(root).acceptedDifferences);
    const include = ["base/*.ts", "faults/*.ts"];
    const config = { include, migrations, proofs: ".sqlproof", acceptedDifferences };
    write(this.folder, `${folder}/sqlproof.json`, JSON.stringify(config));
    write(this.folder, `${folder}/sql.ts`, sqlModule);
    // A pattern of "include" that matches no file is an error of its own.
    for (const part of ["base", "faults"]) write(this.folder, `${folder}/${part}/no-query.ts`, "export {};\n");
  }

  #base(folder: string, subject: Subject): void {
    write(this.folder, `${folder}/base/${subject.name}.ts`, moduleOf(subject, templateOf(subject.sql), null));
  }

  #written(fault: SqlFault): string {
    const { subject } = fault;
    if (fault.kind === "query") return moduleOf(subject, templateOf(fault.sql), fault.use);
    if (fault.kind === "expression") return moduleOf(subject, fault.expression, null);
    return moduleOf(subject, templateOf(subject.sql), useOf(fault));
  }

  async #check(folder: string): Promise<Report> {
    const { host, port, user, password } = this.server;
    const config = readConfig(join(this.folder, folder));
    // A busy machine may be slow to connect and to answer; how long it takes is not measured here.
    const server = { host, port, user, password, connectTimeoutMs: 300_000, silenceTimeoutMs: 300_000 };
    return checkOnEngines(config, { frozen: false, server });
  }

  async #schema(fault: SqlFault & { readonly kind: "schema" }): Promise<Report> {
    const folder = `schema-${fault.id}`;
    copyMigrations(join(this.folder, folder), fault.change);
    this.#config(folder);
    this.#base(folder, fault.subject);
    return this.#check(folder);
  }

  async #stale(change: StaleChange, { id, subject }: SqlFault): Promise<Report> {
    const folder = `stale-${id}`;
    this.#project(folder);
    this.#base(folder, subject);
    const root = join(this.folder, folder);
    if (change !== "no-proofs") await this.#check(folder);
    const queries = join(root, ".sqlproof/queries");
    const proof = change === "no-proofs" ? "" : join(queries, readdirSync(queries)[0] ?? "");
    const module = join(root, `base/${subject.name}.ts`);
    if (change === "migration") addStep(join(root, "schema/mariadb"), "ALTER TABLE orders ADD COLUMN later INT NULL");
    if (change === "query") writeFileSync(module, readFileSync(module, "utf8").replace("WHERE", "WHERE  "));
    if (change === "proof-edited")
      writeFileSync(proof, readFileSync(proof, "utf8").replace('"nullable": true', '"nullable": false'));
    if (change === "proof-deleted") rmSync(proof);
    if (change === "proof-left-over") rmSync(module);
    const report = checkOffline(readConfig(root));
    // A build would compile it next; here it is compiled together with all other modules.
    rmSync(root, { recursive: true });
    return report;
  }

  #judgedModule(fault: SqlFault, report: Report, compiled: ReadonlyMap<string, readonly CompileError[]>): Verdict {
    const at = (file: string): Message[] => [
      ...report.errors
        .filter(({ location }) => location.file === file)
        .map(({ location, message }) => ({ line: location.line, words: message })),
      ...(compiled.get(`project/${file}`) ?? []).map(({ line, message }) => ({ line, words: message })),
    ];
    const base = moduleOf(fault.subject, templateOf(fault.subject.sql), null);
    return judged(at(`faults/${fault.id}.ts`), at(`base/${fault.subject.name}.ts`), base, this.#written(fault));
  }
}

function judgedStale(report: Report): Verdict {
  const words = [...report.projectErrors, ...report.errors.map(({ message }) => message)];
  const caught = words.length > 0;
  return { outcome: caught ? "caught" : "missed", rightLine: caught, rightStatement: caught, words: words[0] ?? "" };
}

function judgedSchema(
  fault: SqlFault & { readonly kind: "schema" },
  report: Report | undefined,
  compiled: ReadonlyMap<string, readonly CompileError[]>,
): Verdict {
  const file = `base/${fault.subject.name}.ts`;
  const lines = moduleOf(fault.subject, templateOf(fault.subject.sql), null).split("\n");
  const found: Message[] = [
    ...(report?.errors ?? []).map(({ location, message }) => ({ line: location.line, words: message })),
    ...(compiled.get(`schema-${fault.id}/${file}`) ?? []).map(({ line, message }) => ({ line, words: message })),
  ];
  // The lines behind the first name places.
  const troubles = (report?.projectErrors ?? []).map((words) => words.split("\n")[0] ?? "");
  const refused = troubles.find((words) => words.includes("_fault.sql"));
  if (refused !== undefined) throw new Error(`${fault.id} is no fault: ${refused}`);
  const names = changedNames(fault.change);
  const named = troubles.some((words) => names.test(words));
  return {
    outcome: found.length + troubles.length > 0 ? "caught" : "missed",
    rightLine: named || found.some(({ line }) => names.test(lines[line - 1] ?? "")),
    rightStatement: named || found.length > 0,
    words: troubles[0] ?? found[0]?.words ?? "",
  };
}
