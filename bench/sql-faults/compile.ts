import { join } from "node:path";
import { write } from "./scratch.ts";
import { root } from "./subjects.ts";

/** One error of the compiler. Lines count from 1. */
export interface CompileError {
  readonly line: number;
  readonly message: string;
}

/** Compiles every module of the folder once, as strictly as the project itself, and answers the errors by file. */
export async function compile(folder: string): Promise<ReadonlyMap<string, readonly CompileError[]>> {
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
  write(folder, "tsconfig.json", JSON.stringify({ compilerOptions, include: ["**/*.ts"] }));
  const process = Bun.spawn([join(root, "node_modules/.bin/tsc"), "-p", "tsconfig.json"], {
    cwd: folder,
    stdout: "pipe",
  });
  return byFile(await new Response(process.stdout).text());
}

function byFile(output: string): Map<string, CompileError[]> {
  const errors = new Map<string, CompileError[]>();
  for (const [, file = "", line, message = ""] of output.matchAll(/^(\S[^(\n]*)\((\d+),\d+\): error (TS.*)$/gm)) {
    const error = { line: Number(line), message };
    errors.set(file, [...(errors.get(file) ?? []), error]);
  }
  return errors;
}
