import { join } from "node:path";
import type { ValueType } from "../../../sqlproof/src/runtime/proof.ts";
import type { Engine } from "../../../sqlproof/src/runtime/types.ts";
import type { SqlFault, Subject, Tool, UseFault, Verdict } from "../corpus/fault.ts";
import { argumentsOf, recordType, useOf } from "../modules.ts";
import { inTurns, linkPackages } from "../scratch.ts";
import { toKysely } from "./kysely-text.ts";
import type { Schemas } from "./schemas.ts";
import { judgePairs, moduleText, type Pair, unwritable } from "./text-module.ts";

const mariadbTypes: Readonly<Record<ValueType, string>> = {
  integer: "number",
  bigint: "number",
  decimal: "string",
  double: "number",
  boolean: "number",
  text: "string",
  blob: "Buffer",
  datetime: "Date",
  date: "Date",
};

const types: Readonly<Record<Engine, Readonly<Record<ValueType, string>>>> = {
  mariadb: mariadbTypes,
  sqlite: { ...mariadbTypes, decimal: "number", datetime: "string", date: "string" },
};

/** kysely's builder over the table types that kysely-codegen reads from each engine. */
export class Kysely implements Tool {
  readonly name: string;
  readonly about =
    "the builder by a fixed rule of translation, over types that kysely-codegen reads from the engine, and the compiler";

  constructor(
    private readonly engine: Engine,
    private readonly schemas: Schemas,
    private readonly folder: string,
    private readonly modules: string,
  ) {
    this.name = `kysely ${engine === "mariadb" ? "MariaDB" : "SQLite"}`;
  }

  async judge(faults: readonly SqlFault[]): Promise<ReadonlyMap<string, Verdict>> {
    linkPackages(this.folder, this.modules);
    await this.#codegen(null, "types");
    const schemas = faults.filter((fault) => fault.kind === "schema");
    await inTurns(schemas, (fault) => this.#codegen(fault, fault.id));
    const verdicts = new Map<string, Verdict>();
    const pairs: Pair[] = [];
    for (const fault of faults) {
      const pair = this.#pair(fault);
      if (typeof pair === "string") verdicts.set(fault.id, unwritable(pair));
      else pairs.push(pair);
    }
    for (const [id, verdict] of await judgePairs(this.folder, pairs)) verdicts.set(id, verdict);
    return verdicts;
  }

  async #codegen(fault: (SqlFault & { readonly kind: "schema" }) | null, name: string): Promise<void> {
    const dialect = this.engine === "mariadb" ? "mysql" : "sqlite";
    const url = this.engine === "mariadb" ? await this.schemas.mariadbUrl(fault) : this.schemas.sqlitePath(fault);
    const program = join(this.modules, ".bin/kysely-codegen");
    const command = [program, "--dialect", dialect, "--url", url, "--out-file", join(this.folder, `${name}.d.ts`)];
    const run = Bun.spawn(command, { cwd: this.folder, stdout: "pipe", stderr: "pipe" });
    const output = await new Response(run.stderr).text();
    if ((await run.exited) !== 0) throw new Error(`kysely-codegen failed: ${output}`);
  }

  /** The two modules, or why the builder cannot write the fault. */
  #pair(fault: SqlFault): Pair | string {
    const { subject } = fault;
    if (fault.kind === "stale" && fault.change !== "migration")
      return "it stores no proofs; a changed query is compiled again";
    const types = fault.kind === "schema" ? fault.id : "types";
    const base = this.#module(subject, subject.sql, null, "types");
    if (base === null) return "not translated: the builder has no methods for the correct query";
    const use = useOf(fault);
    if (use?.kind === "extra" && subject.proof.kind !== "insert") return "each value has its own place";
    const text =
      fault.kind === "expression"
        ? builtAtRunTime(base)
        : this.#module(subject, fault.kind === "query" ? fault.sql : subject.sql, use, types);
    if (text === null) return "the builder has no methods for it";
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

  #module(subject: Subject, sql: string, use: UseFault | null, typesFile: string): string | null {
    const given = argumentsOf(subject, use);
    const names = types[this.engine];
    const values = (name: string): string =>
      given.find((argument) => argument.name === name)?.expression ?? (use?.kind === "omit" ? "" : `p.${name}`);
    const rowType = (name: string): string => {
      const column = subject.proof.columns.find((candidate) => candidate.name === name);
      return column === undefined ? "unknown" : names[column.type] + (column.nullable ? " | null" : "");
    };
    const call = this.#call(sql, values, rowType, use);
    if (call === null) return null;
    const raw = call.some((line) => line.includes("sql<"));
    const isBase = use === null && sql === subject.sql && typesFile === "types";
    return moduleText(subject, use, {
      imports: [
        'import type { Kysely } from "kysely";',
        ...(raw ? ['import { sql } from "kysely";'] : []),
        `import type { DB } from "../${typesFile}.d.ts";`,
      ],
      parameters: recordType(subject.proof.parameters, names),
      row: isBase ? "Awaited<ReturnType<typeof select>>[number]" : `import("../base/${subject.name}.ts").Correct`,
      query: [
        "const select = (db: Kysely<DB>, p: Parameters) =>",
        ...call,
        ...(isBase ? ["export type Correct = Row;"] : []),
      ],
      database: "Kysely<DB>",
      call: ["const rows = await select(db, p);"],
    });
  }

  #call(
    sql: string,
    values: (name: string) => string,
    rowType: (name: string) => string,
    use: UseFault | null,
  ): string[] | null {
    try {
      const text = this.engine === "sqlite" ? sql.replace(/\s+FOR UPDATE/, "") : sql;
      const lines = toKysely(text, values, rowType);
      if (use?.kind === "extra") lines.splice(lines.indexOf("})"), 0, `  ${use.name}: 1,`);
      return ["  db", ...lines.map((line, at) => `    ${line}${at === lines.length - 1 ? ";" : ""}`)];
    } catch (error) {
      // A text outside this grammar cannot be written with the builder.
      if (error instanceof Error) return null;
      throw error;
    }
  }
}

/** The builder's way to use a name that is only known at run time, in place of a composed text. */
function builtAtRunTime(base: string): string {
  return base
    .replace(".execute()", ".orderBy(sql.raw(name)).execute()")
    .replace("import type { DB }", 'import { sql } from "kysely";\nimport type { DB }')
    .replace("export type Correct = Row;\n", "");
}
