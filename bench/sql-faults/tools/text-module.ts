import { type CompileError, compile } from "../compile.ts";
import type { SqlFault, Subject, UseFault, Verdict } from "../corpus/fault.ts";
import { readsOf } from "../modules.ts";
import { write } from "../scratch.ts";
import { changedNames, judged, type Message } from "../verdict.ts";

/** What differs between the tools' modules; the rest is the same program for each. */
export interface ModuleParts {
  readonly imports: readonly string[];
  readonly parameters: string;
  readonly row: string;
  /** Before the function: the query. */
  readonly query: readonly string[];
  readonly database: string;
  /** Ends with a line that gives `rows` its value. */
  readonly call: readonly string[];
}

/** The module of one query, written with the tool, with a use of every parameter and column. */
export function moduleText(subject: Subject, use: UseFault | null, parts: ModuleParts): string {
  return [
    ...parts.imports,
    "declare function show<T>(value: T): void;",
    "declare function list<T>(rows: readonly T[] | T | null): T[];",
    "declare const name: string;",
    `type Parameters = ${parts.parameters};`,
    `type Row = ${parts.row};`,
    ...parts.query,
    `export async function use(db: ${parts.database}, p: Parameters) {`,
    ...[...parts.call, ...readsOf(subject, use)].map((line) => `  ${line}`),
    "}",
    "export type Used = [typeof name, typeof list, Row];",
    "",
  ].join("\n");
}

/** One module of the tool for one fault, and the same without the fault. */
export interface Pair {
  readonly fault: SqlFault;
  readonly baseFile: string;
  readonly base: string;
  readonly file: string;
  readonly text: string;
  /** The errors of the tool itself, before the compiler, for the base and for the fault. */
  readonly before: readonly Message[];
  readonly said: readonly Message[];
}

/** Compiles all modules at once and judges each pair. */
export async function judgePairs(folder: string, pairs: readonly Pair[]): Promise<Map<string, Verdict>> {
  for (const { baseFile, base, file, text } of pairs) {
    write(folder, baseFile, base);
    write(folder, file, text);
  }
  const compiled = await compile(folder);
  const messages = (file: string): Message[] => (compiled.get(file) ?? []).map(message);
  return new Map(
    pairs.map((pair) => {
      const found = [...pair.said, ...messages(pair.file)];
      const before = [...pair.before, ...messages(pair.baseFile)];
      if (pair.fault.kind !== "schema")
        return [pair.fault.id, judged(found, before, withoutImports(pair.base), withoutImports(pair.text))];
      const names = changedNames(pair.fault.change);
      const verdict = judged(found, before, pair.base, pair.text);
      const lines = pair.text.split("\n");
      const rightLine = found.some(({ line }) => names.test(lines[line - 1] ?? ""));
      return [pair.fault.id, { ...verdict, rightLine, rightStatement: found.length > 0 }];
    }),
  );
}

/** The line that imports different files does not count as a difference between two modules. */
function withoutImports(text: string): string {
  return text.replaceAll(/^import .*$/gm, "");
}

function message({ line, message: words }: CompileError): Message {
  return { line, words };
}

/** The verdict on a fault that the tool has no way to write. */
export function unwritable(words: string): Verdict {
  return { outcome: "unwritable", rightLine: false, rightStatement: false, words };
}
