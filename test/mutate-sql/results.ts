import { appendFileSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import type { Proof } from "../../sqlproof/src/runtime/proof.ts";
import type { Mutant } from "./mutants.ts";

/** A mutant after the check: refused, or proven with the types of the original or with others. */
export interface CheckedMutant extends Mutant {
  /** Why the check refuses it; null when it is proven. */
  readonly refusal: string | null;
  readonly proof: Proof | null;
  readonly hasOtherTypes: boolean;
}

/** What stopped a mutant, or that nothing did. */
export type Verdict =
  | { readonly id: string; readonly by: "types" | "differential"; readonly detail: string }
  /** Without a test: some test of the file. */
  | { readonly id: string; readonly by: "test"; readonly file: string; readonly test: string | null }
  | {
      readonly id: string;
      readonly by: "nothing";
      /** The test files that ran its query, and those where it had another result and nothing failed. */
      readonly reached: number;
      readonly differs: number;
    };

/** A test that a mutant did not make fail, as its file was then. */
export interface Tried {
  readonly id: string;
  readonly file: string;
  readonly test: string | null;
  readonly of: string;
}

export interface Judged {
  readonly mutant: CheckedMutant;
  /** Null when the check refuses it. */
  readonly verdict: Verdict | null;
}

/** Lines of JSON that a run adds to, so that an interrupted run goes on where it was. */
export class Lines<T> {
  constructor(readonly path: string) {
    mkdirSync(dirname(path), { recursive: true });
  }

  read(): T[] {
    if (!existsSync(this.path)) return [];
    const lines = readFileSync(this.path, "utf8").split("\n");
    return lines.filter((line) => line.endsWith("}")).map((line): T => JSON.parse(line));
  }

  add(one: T): void {
    appendFileSync(this.path, `${JSON.stringify(one)}\n`);
  }
}
