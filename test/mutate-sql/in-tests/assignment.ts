import { readFileSync } from "node:fs";
import type { Proof } from "../../../sqlproof/src/runtime/proof.ts";

/** A mutant as a test process gets it: what would run in place of the query. */
export interface LoadedMutant {
  readonly id: string;
  readonly query: string;
  readonly proof: Proof;
}

/** What a test process is to do, written by the tool into a file. */
export type Assignment = {
  /** A database with the current schema, to copy. */
  readonly template: string;
  /** False to run on both engines, as `npm test` does. */
  readonly sqliteOnly: boolean;
} /** The file runs once for each of them (`--rerun-each`); null stands for the program as it is. */ & (
  | { readonly task: "run"; readonly mutants: readonly (LoadedMutant | null)[] }
  | { readonly task: "record"; readonly mutants: string; readonly to: string }
);

/** The variable with the path of the assignment. */
export const assignmentVariable = "MUTATE_SQL";

export function readAssignment(): Assignment {
  const path = process.env[assignmentVariable];
  if (path === undefined) throw new Error(`${assignmentVariable} names no file`);
  const assignment: Assignment = JSON.parse(readFileSync(path, "utf8"));
  return assignment;
}
