import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Engine } from "../../../sqlproof/src/runtime/types.ts";
import type { SqlFault, Subject, Tool, UseFault, Verdict } from "../corpus/fault.ts";
import { argumentsOf, useOf } from "../modules.ts";
import { inTurns, linkPackages, write } from "../scratch.ts";
import { engineText } from "./prepare.ts";
import type { Schemas } from "./schemas.ts";
import { judgePairs, moduleText, type Pair, unwritable } from "./text-module.ts";

/** A folder of .sql files and the database they are compiled against. */
interface Batch {
  readonly folder: string;
  readonly fault: (SqlFault & { readonly kind: "schema" }) | null;
  readonly texts: Map<string, string>;
  readonly refused: Map<string, string>;
  status: number;
}

/** typesql: one .sql file per query, compiled to a function. */
export class Typesql implements Tool {
  readonly name: string;
  readonly about: string;
  /** How many compile runs reported errors, and how many of those ended with an exit code other than 0. */
  readonly exits = { withErrors: 0, nonZero: 0 };

  constructor(
    private readonly engine: Engine,
    private readonly schemas: Schemas,
    private readonly folder: string,
    private readonly modules: string,
  ) {
    this.name = `typesql ${engine === "mariadb" ? "MariaDB" : "SQLite"}`;
    this.about = "typesql-cli compile, read for errors in its output and files, and the compiler on what it generated";
  }

  async judge(faults: readonly SqlFault[]): Promise<ReadonlyMap<string, Verdict>> {
    linkPackages(this.folder, this.modules);
    const verdicts = new Map<string, Verdict>();
    const main: Batch = { folder: "sql", fault: null, texts: new Map(), refused: new Map(), status: 0 };
    const batches = [main];
    const written: SqlFault[] = [];
    for (const fault of faults) {
      const why = notWritable(fault);
      if (why !== null) {
        verdicts.set(fault.id, unwritable(why));
        continue;
      }
      written.push(fault);
      main.texts.set(functionName(fault.subject.name), fault.subject.sql);
      if (fault.kind === "query") main.texts.set(functionName(fault.id), fault.sql);
      if (fault.kind !== "schema") continue;
      const name = functionName(fault.subject.name);
      const texts = new Map([[name, fault.subject.sql]]);
      batches.push({ folder: `schema-${fault.id}/sql`, fault, texts, refused: new Map(), status: 0 });
    }
    await inTurns(batches, (batch) => this.#compile(batch));
    const pairs = written.map((fault) =>
      this.#pair(fault, main, batches.find((batch) => batch.fault?.id === fault.id) ?? main),
    );
    for (const [id, verdict] of await judgePairs(this.folder, pairs)) verdicts.set(id, verdict);
    return verdicts;
  }

  async #compile(batch: Batch): Promise<void> {
    for (const [name, sql] of batch.texts)
      write(
        this.folder,
        `${batch.folder}/${name}.sql`,
        engineText(sql, this.engine, (parameter) => `:${parameter}`),
      );
    const isMariadb = this.engine === "mariadb";
    const config = {
      databaseUri: isMariadb ? await this.schemas.mariadbUrl(batch.fault) : this.schemas.sqlitePath(batch.fault),
      sqlDir: `./${batch.folder}`,
      client: isMariadb ? "mysql2" : "better-sqlite3",
      includeCrudTables: [],
    };
    const name = `${batch.folder.replaceAll("/", "-")}.json`;
    write(this.folder, name, JSON.stringify(config));
    const program = join(this.modules, ".bin/typesql");
    const run = Bun.spawn([program, "compile", "--config", name], { cwd: this.folder, stdout: "pipe", stderr: "pipe" });
    const [stdout, stderr] = await Promise.all([new Response(run.stdout).text(), new Response(run.stderr).text()]);
    batch.status = await run.exited;
    const output = stdout + stderr;
    for (const [, words = "", file = ""] of output.matchAll(/(?:ERROR|error):\s*(.*?)\s*\n\s*at\s+\S*?([^/\s]+)\.sql/g))
      batch.refused.set(file, words);
    for (const name of batch.texts.keys()) {
      const file = join(this.folder, batch.folder, `${name}.ts`);
      const invalid = !existsSync(file) || /^\/\/Invalid SQL/.test(readFileSync(file, "utf8"));
      if (invalid && !batch.refused.has(name)) batch.refused.set(name, "Invalid SQL");
    }
    if (batch.refused.size > 0) this.exits.withErrors += 1;
    if (batch.status !== 0) this.exits.nonZero += 1;
  }

  #pair(fault: SqlFault, main: Batch, batch: Batch): Pair {
    const { subject } = fault;
    const baseName = functionName(subject.name);
    const name = fault.kind === "query" ? functionName(fault.id) : baseName;
    const use = useOf(fault);
    const messages = (words: string | undefined) => (words === undefined ? [] : [{ line: 0, words }]);
    return {
      fault,
      base: this.#module(subject, null, main.folder, baseName),
      text: this.#module(subject, use, batch.folder, name),
      baseFile: `base/${subject.name}.ts`,
      file: `faults/${fault.id}.ts`,
      before: messages(main.refused.get(baseName)),
      said: batch === main && name === baseName ? [] : messages(batch.refused.get(name)),
    };
  }

  /** The row and the parameters must have the types that typesql gave the correct query. */
  #module(subject: Subject, use: UseFault | null, folder: string, name: string): string {
    const base = functionName(subject.name);
    const title = base.charAt(0).toUpperCase() + base.slice(1);
    const file = join(this.folder, "sql", `${base}.ts`);
    const generated = existsSync(file) ? readFileSync(file, "utf8") : "";
    const values = argumentsOf(subject, use).map(({ name: parameter, expression }) => `  ${parameter}: ${expression},`);
    const takes = generated.includes(`${title}Params`);
    return moduleText(subject, use, {
      imports: [
        `import { ${name} } from "../${folder}/${name}.ts";`,
        `import type * as correct from "../sql/${base}.ts";`,
      ],
      parameters: takes ? `correct.${title}Params` : "{}",
      row: `correct.${title}Result`,
      query: [
        `type Connection = Parameters_<typeof ${name}>[0];`,
        "type Parameters_<F> = F extends (...values: infer P) => unknown ? P : never;",
      ],
      database: "Connection",
      call: [
        `const rows = list(await ${name}(db${takes || values.length > 0 ? ", {" : ""}`,
        ...values,
        takes || values.length > 0 ? "}));" : "));",
      ],
    });
  }
}

function notWritable(fault: SqlFault): string | null {
  if (fault.kind === "expression") return "a query is a file: none can be put together at run time through the tool";
  if (fault.kind === "stale" && fault.change !== "migration" && fault.change !== "query") return "it stores no proofs";
  return null;
}

/** A file name becomes the name of a function, so it consists of letters and digits with at most one capital. */
function functionName(name: string): string {
  return `q${name.replaceAll(/[^A-Za-z0-9]/g, "").toLowerCase()}`;
}
