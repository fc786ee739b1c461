import { join } from "node:path";
import { write } from "./scratch.ts";
import { root } from "./subjects.ts";

/** One error of the compiler. Lines count from 1. */
export interface CompileError {
  readonly line: number;
  readonly message: string;
}

/**
 * Compiles every module of the folder once, as strictly as the project itself, and returns the errors by file. The
 * compiler checks no types while a file cannot be parsed, so such files are emptied and the rest is compiled again.
 */
export async function compile(folder: string): Promise<ReadonlyMap<string, readonly CompileError[]>> {
  write(folder, "tsconfig.json", JSON.stringify({ compilerOptions, include: ["**/*.ts"] }));
  const first = byFile(await output(folder));
  const unreadable = [...first].filter(([, errors]) => errors.some(({ message }) => /^TS1\d{3}:/.test(message)));
  if (unreadable.length === 0) return first;
  for (const [file] of unreadable) write(folder, file, "export {};\n");
  return new Map([...byFile(await output(folder)), ...unreadable]);
}

const compilerOptions = {
  target: "ESNext",
  module: "ESNext",
  moduleResolution: "bundler",
  types: ["bun"],
  typeRoots: [join(root, "node_modules/@types")],
  noEmit: true,
  strict: true,
  noUncheckedIndexedAccess: true,
  skipLibCheck: true,
  preserveSymlinks: true,
  allowImportingTsExtensions: true,
};

async function output(folder: string): Promise<string> {
  const program = join(root, "node_modules/.bin/tsc");
  const run = Bun.spawn([program, "-p", "tsconfig.json"], { cwd: folder, stdout: "pipe" });
  return new Response(run.stdout).text();
}

function byFile(output: string): Map<string, CompileError[]> {
  const errors = new Map<string, CompileError[]>();
  for (const [, file = "", line, message = ""] of output.matchAll(/^(\S[^(\n]*)\((\d+),\d+\): error (TS.*)$/gm)) {
    const error = { line: Number(line), message };
    errors.set(file, [...(errors.get(file) ?? []), error]);
  }
  return errors;
}
