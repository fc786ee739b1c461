import { join } from "node:path";
import type { Engine } from "../../../../sqlproof/src/runtime/types.ts";
import type { SqlFault, Subject, Tool, Verdict } from "../../corpus/fault.ts";
import { useOf, withPlaceholders } from "../../modules.ts";
import { changedNames, judged, type Message } from "../../verdict.ts";
import { engineText } from "../prepare.ts";
import type { Schemas } from "../schemas.ts";
import { unwritable } from "../text-module.ts";
import { type Crate, cargoCheck, type Errors } from "./cargo.ts";
import { type RowTypes, rustFunction, rustLiteral } from "./rust-function.ts";

/** SQLx itself: its macros on one engine, and the Rust compiler. */
export class Sqlx implements Tool {
  readonly name: string;
  readonly about: string;

  constructor(
    private readonly engine: Engine,
    private readonly schemas: Schemas,
    private readonly folder: string,
    private readonly cargo: string,
  ) {
    const title = engine === "mariadb" ? "MariaDB" : "SQLite";
    this.name = `SQLx ${title}`;
    this.about = `SQLx 0.8.6: query! with ${title} as DATABASE_URL, and the Rust compiler`;
  }

  async judge(faults: readonly SqlFault[]): Promise<ReadonlyMap<string, Verdict>> {
    const verdicts = new Map<string, Verdict>();
    const written: SqlFault[] = [];
    for (const fault of faults) {
      const why = notWritable(fault);
      if (why === null) written.push(fault);
      else verdicts.set(fault.id, unwritable(why));
    }
    const subjects = [...new Set(written.map(({ subject }) => subject))];
    const { types, refused } = await this.#typesOf(subjects);
    const texts = new Map(written.map((fault) => [fault.id, this.#text(fault, types.get(fault.subject.name))]));
    const errors = await cargoCheck(this.cargo, join(this.folder, "faults"), await this.#crates(written, texts));
    for (const fault of written) {
      const base = this.#base(fault.subject, types.get(fault.subject.name) ?? new Map());
      const before = refused.get(fault.subject.name) ?? [];
      const found = errors.get(fault.id) ?? [];
      verdicts.set(fault.id, verdictOn(fault, found, before, base, texts.get(fault.id) ?? ""));
    }
    return verdicts;
  }

  /** Asks the compiler which types the macro gives each column: it names them when another is expected. */
  async #typesOf(subjects: readonly Subject[]): Promise<{ types: Map<string, RowTypes>; refused: Errors }> {
    const url = await this.#url(null);
    const functions = subjects.map((subject) => ({ key: subject.name, text: this.#base(subject, null) }));
    const errors = await cargoCheck(this.cargo, join(this.folder, "correct"), [{ name: "correct", url, functions }]);
    const types = new Map<string, RowTypes>();
    const refused = new Map<string, readonly Message[]>();
    for (const { name, proof } of subjects) {
      const found = errors.get(name) ?? [];
      const named = found.flatMap(({ words }) => /expected `\(\)`, found `(.*)`$/.exec(words)?.[1] ?? []);
      if (found.length !== named.length || named.length !== proof.columns.length)
        refused.set(name, [
          found.find(({ words }) => !words.includes("expected `()`")) ?? { line: 1, words: "no types" },
        ]);
      types.set(name, new Map(proof.columns.map((column, index) => [column.name, named[index] ?? "_"])));
    }
    return { types, refused };
  }

  #base(subject: Subject, types: RowTypes | null): string {
    const literal = rustLiteral(engineText(subject.sql, this.engine));
    const name = functionName(subject.name);
    return rustFunction({ name, subject, engine: this.engine, literal, use: null, types });
  }

  #text(fault: SqlFault, types: RowTypes = new Map()): string {
    const { subject } = fault;
    const sql = fault.kind === "query" ? fault.sql : subject.sql;
    // A text that is put together is no literal, however it is put together.
    const literal = fault.kind === "expression" ? "name()" : rustLiteral(engineText(sql, this.engine));
    const name = functionName(subject.name);
    return rustFunction({ name, subject, engine: this.engine, literal, use: useOf(fault), types });
  }

  /** Each changed schema is a database of its own, so a crate of its own. */
  async #crates(faults: readonly SqlFault[], texts: ReadonlyMap<string, string>): Promise<Crate[]> {
    const functionOf = ({ id, subject }: SqlFault): Crate["functions"][number] => ({
      key: id,
      text: (texts.get(id) ?? "").replace(` ${functionName(subject.name)}(`, ` ${functionName(id)}(`),
    });
    const main = faults.filter(({ kind }) => kind !== "schema").map(functionOf);
    const crates: Crate[] = [{ name: "correct", url: await this.#url(null), functions: main }];
    for (const fault of faults)
      if (fault.kind === "schema")
        crates.push({ name: functionName(fault.id), url: await this.#url(fault), functions: [functionOf(fault)] });
    return crates;
  }

  async #url(fault: (SqlFault & { readonly kind: "schema" }) | null): Promise<string> {
    if (this.engine === "mariadb") return this.schemas.mariadbUrl(fault);
    return `sqlite://${this.schemas.sqlitePath(fault)}`;
  }
}

function notWritable(fault: SqlFault): string | null {
  if (fault.kind === "stale") return "it asks the engine at every build: nothing is stored that could be stale";
  const { subject } = fault;
  const place = (sql: string): string => withPlaceholders(sql);
  if (fault.kind === "query" && fault.use === null && place(fault.sql) === place(subject.sql))
    return "its parameters have no names";
  const use = useOf(fault);
  const isList =
    use?.kind === "value" && subject.proof.parameters.some(({ name, list }) => list && name === use.parameter);
  return isList ? "it has no lists of parameters" : null;
}

function verdictOn(
  fault: SqlFault,
  found: readonly Message[],
  before: readonly Message[],
  base: string,
  text: string,
): Verdict {
  const verdict = judged(found, before, base, text);
  if (fault.kind !== "schema") return verdict;
  const names = changedNames(fault.change);
  const lines = text.split("\n");
  // The macro reports at its own first line whatever the engine says, with the name in the words.
  const rightLine = found.some(({ line, words }) => names.test(lines[line - 1] ?? "") || names.test(words));
  return { ...verdict, rightLine, rightStatement: found.length > 0 };
}

function functionName(id: string): string {
  return `q_${id.replaceAll(/[^A-Za-z0-9]/g, "_").toLowerCase()}`;
}
