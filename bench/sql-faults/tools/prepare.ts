import type { Database as SqliteDatabase } from "bun:sqlite";
import { join } from "node:path";
import type * as driver from "mariadb";
import { extract } from "../../../sqlproof/src/check/parse/extract.ts";
import { rewrite } from "../../../sqlproof/src/check/parse/rewrite.ts";
import { readStatement } from "../../../sqlproof/src/check/parse/statement.ts";
import { statementOn } from "../../../sqlproof/src/runtime/proof.ts";
import type { Engine } from "../../../sqlproof/src/runtime/types.ts";
import type { SqlFault, Subject, Tool, UseFault, Verdict } from "../corpus/fault.ts";
import { argumentsOf, templateOf, useOf, withPlaceholders } from "../modules.ts";
import { linkPackages, write } from "../scratch.ts";
import { root } from "../subjects.ts";
import type { Schemas } from "./schemas.ts";
import { judgePairs, moduleText, type Pair, unwritable } from "./text-module.ts";

/** What an engine says about a text: the number of parameters and the types of the columns, or an error. */
export type Prepared = { readonly parameters: number; readonly row: string } | { readonly refused: string };

const library = `export type Text<S, Prepared> = S extends keyof Prepared ? S : never;
export interface Database {
  all<P extends readonly unknown[], R>(query: { readonly parameters: P; readonly row: R }, parameters: NoInfer<P>): Promise<R[]>;
}
`;

/** PREPARE on one engine at build time: a simple stand-in for SQLx's MySQL and SQLite macros. */
export class PrepareOnly implements Tool {
  readonly name: string;
  readonly about: string;

  constructor(
    private readonly engine: Engine,
    private readonly schemas: Schemas,
    private readonly folder: string,
  ) {
    const title = engine === "mariadb" ? "MariaDB" : "SQLite";
    this.name = `PREPARE ${title}`;
    this.about = `stand-in for SQLx's macros: ${title} prepares the literal, counts parameters, types and nullability of columns`;
  }

  async judge(faults: readonly SqlFault[]): Promise<ReadonlyMap<string, Verdict>> {
    linkPackages(this.folder, join(root, "node_modules"));
    write(this.folder, "library.ts", library);
    const verdicts = new Map<string, Verdict>();
    const pairs: Pair[] = [];
    const said = new Map<string, Prepared>();
    for (const fault of faults) {
      if (fault.kind === "stale") {
        verdicts.set(fault.id, unwritable("it asks the engine at every build: nothing is stored that could be stale"));
        continue;
      }
      const { subject } = fault;
      const base = said.get(subject.name) ?? (await this.#prepare(null, subject.sql));
      said.set(subject.name, base);
      pairs.push(await this.#pair(fault, base));
    }
    for (const [id, verdict] of await judgePairs(this.folder, pairs)) verdicts.set(id, verdict);
    return verdicts;
  }

  async #pair(fault: SqlFault, base: Prepared): Promise<Pair> {
    const { subject } = fault;
    const literal = fault.kind === "expression" ? fault.expression : templateOf(textOf(fault));
    const changed =
      fault.kind === "expression"
        ? refusedExpression(fault.expression)
        : fault.kind === "use"
          ? base
          : await this.#prepare(
              fault.kind === "schema" ? fault : null,
              fault.kind === "query" ? fault.sql : subject.sql,
            );
    const use = useOf(fault);
    const baseText = moduleOf(subject, templateOf(withPlaceholders(subject.sql)), null, base, base);
    const text = moduleOf(subject, literal, use, base, changed);
    const file = `faults/${fault.id}.ts`;
    const words = (prepared: Prepared, module: string) =>
      "refused" in prepared
        ? [{ line: module.split("\n").findIndex((line) => line.startsWith("const text")) + 1, words: prepared.refused }]
        : [];
    return {
      fault,
      base: baseText,
      text,
      baseFile: `base/${subject.name}.ts`,
      file,
      before: words(base, baseText),
      said: words(changed, text),
    };
  }

  async #prepare(schema: (SqlFault & { readonly kind: "schema" }) | null, sql: string): Promise<Prepared> {
    const text = engineText(sql, this.engine);
    try {
      return this.engine === "mariadb"
        ? await onMariadb(await this.schemas.mariadb(schema), text)
        : onSqlite(this.schemas.sqlite(schema), text);
    } catch (error) {
      return { refused: error instanceof Error ? error.message.replace(/ - sql:[\s\S]*/, "") : String(error) };
    }
  }
}

function textOf(fault: SqlFault): string {
  return withPlaceholders(fault.kind === "query" ? fault.sql : fault.subject.sql);
}

/** The text for this engine; a text that cannot be parsed goes to the engine with only its parameters replaced. */
export function engineText(sql: string, engine: Engine, placeholder: (name: string) => string = () => "?"): string {
  try {
    return rewrite(readStatement(sql), engine, (parameter) => placeholder(parameter.name));
  } catch {
    return sql.replaceAll(/:(\w+)(?:::\w+(?:\(\d+\))?\??)?(?:\.\.\.)?/g, (_, name: string) => placeholder(name));
  }
}

/** A macro takes a literal and nothing else. */
function refusedExpression(expression: string): Prepared {
  const [error] = extract("query.ts", `sql(${expression})`).errors;
  return error === undefined ? { parameters: 0, row: "never" } : { refused: "the macro takes one string literal" };
}

function moduleOf(subject: Subject, literal: string, use: UseFault | null, base: Prepared, changed: Prepared): string {
  const shape = "refused" in changed ? base : changed;
  const parameters = "refused" in shape ? 0 : shape.parameters;
  const row = "refused" in shape ? "never" : shape.row;
  return moduleText(subject, use, {
    imports: ['import type { Database } from "../library.ts";'],
    parameters: "any",
    row: "refused" in base ? "never" : base.row,
    query: [
      `const text = ${literal};`,
      `declare const query: { readonly text: typeof text; readonly parameters: [${Array<string>(parameters).fill("unknown").join(", ")}]; readonly row: ${row} };`,
    ],
    database: "Database",
    call: ["const rows = await db.all(query, [", ...bound(subject, use).map((expression) => `  ${expression},`), "]);"],
  });
}

/** Each position of a parameter gets its value, so a name that occurs twice is passed twice. */
export function bound(subject: Subject, use: UseFault | null, engine: Engine = "sqlite"): string[] {
  const given = argumentsOf(subject, use);
  const places = statementOn(subject.proof, engine).binds.flatMap((name) =>
    given.filter((argument) => argument.name === name),
  );
  return [...places, ...given.filter(({ parameter }) => parameter === null)].map(({ expression }) => expression);
}

async function onMariadb(connection: driver.Connection, text: string): Promise<Prepared> {
  const prepared = await connection.prepare(text);
  const { parameterCount, columns }: { parameterCount: number; columns: driver.FieldInfo[] } = Object(prepared);
  const fields = columns.map((column) => {
    const nullable = (Number(column.flags) & 1) === 0 ? " | null" : "";
    return `"${column.name()}": ${mariadbType(String(column.type), column.columnLength)}${nullable}`;
  });
  prepared.close();
  return { parameters: parameterCount, row: `{ ${fields.join("; ")} }` };
}

function mariadbType(type: string, length: number): string {
  if (type === "TINY") return length === 1 ? "boolean" : "number";
  if (/INT|SHORT|LONG$|FLOAT|DOUBLE/.test(type)) return "number";
  if (/DECIMAL/.test(type)) return '(string & { readonly decimal: "decimal" })';
  return /DATE|TIMESTAMP/.test(type) ? "Date" : "string";
}

/** Types from the declared types; NOT NULL from the table that declares the column, unless a join may make it NULL. */
function onSqlite(database: SqliteDatabase, text: string): Prepared {
  const statement = database.prepare(text);
  const required = requiredColumns(database, text);
  const fields = statement.columnNames.map((name, index) => {
    const declared = statement.declaredTypes[index] ?? null;
    if (declared === null) return `"${name}": unknown`;
    const type = /INT|REAL/.test(declared) ? "number" : declared === "BLOB" ? "Uint8Array" : "string";
    return `"${name}": ${type}${required.has(name) && !/\b(LEFT|FULL)\b/.test(text) ? "" : " | null"}`;
  });
  const parameters = statement.paramsCount;
  statement.finalize();
  return { parameters, row: `{ ${fields.join("; ")} }` };
}

function requiredColumns(database: SqliteDatabase, text: string): ReadonlySet<string> {
  const tables = [...text.matchAll(/\b(?:FROM|JOIN|INTO|UPDATE)\s+(\w+)/g)].map((match) => match[1] ?? "");
  const rows = tables.flatMap((table) =>
    database
      .query<{ name: string; notnull: number }, [string]>('SELECT name, "notnull" FROM pragma_table_xinfo(?)')
      .all(table),
  );
  return new Set(rows.filter(({ notnull }) => notnull === 1).map(({ name }) => name));
}
