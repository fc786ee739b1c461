import type { Proof } from "../../../sqlproof/src/runtime/proof.ts";

/** A correct query that faults are made from: one of the project's own, or one of `queries.ts`. */
export interface Subject {
  readonly name: string;
  readonly sql: string;
  /** Where it is in the repository. */
  readonly file: string;
  readonly line: number;
  /** The proof of the correct text; the modules of every tool pass its parameters and read its columns. */
  readonly proof: Proof;
}

/** How one call differs from the correct call of its query. */
export type UseFault =
  | { readonly kind: "omit"; readonly parameter: string }
  | { readonly kind: "extra"; readonly name: string }
  | { readonly kind: "value"; readonly parameter: string; readonly value: WrongValue }
  | { readonly kind: "read"; readonly column: string; readonly as: WrongRead }
  | { readonly kind: "missing-row"; readonly column: string };

export type WrongValue = "text" | "number" | "null" | "one" | "list" | "truth" | "object";
export type WrongRead = "missing" | "non-null" | "text" | "number" | "truth" | "product";

/** A statement that another migration adds, per engine; null where an engine gets none. */
export interface SchemaChange {
  readonly mariadb: string | null;
  readonly sqlite: string | null;
  /** The names whose use becomes wrong. */
  readonly table: string;
  readonly column: string | null;
}

/** A change that the proofs do not know about. */
export type StaleChange = "migration" | "query" | "proof-edited" | "proof-deleted" | "proof-left-over" | "no-proofs";

interface Common {
  readonly id: string;
  readonly class: string;
  /** What was changed, in words. */
  readonly changed: string;
  /** The correct query that the fault was made from or that shows it. */
  readonly subject: Subject;
}

/** One fault of the corpus. */
export type SqlFault =
  | (Common & { readonly kind: "query"; readonly sql: string; readonly use: UseFault | null })
  | (Common & { readonly kind: "expression"; readonly expression: string })
  | (Common & { readonly kind: "use"; readonly use: UseFault })
  | (Common & { readonly kind: "schema"; readonly change: SchemaChange })
  | (Common & { readonly kind: "stale"; readonly change: StaleChange });

/** The verdict of one tool on one fault. */
export interface Verdict {
  /**
   * `caught`: the build fails. `missed`: it passes. `unwritable`: the tool has no way to write the fault.
   * `refuses`: the tool refuses the correct program as well, so its errors mean nothing.
   */
  readonly outcome: "caught" | "missed" | "unwritable" | "refuses";
  /** Whether an error is at the changed line. */
  readonly rightLine: boolean;
  /** Whether an error is at the changed line or at its statement. */
  readonly rightStatement: boolean;
  /** The first error of the tool, or why it has none. */
  readonly words: string;
}

/** A measured tool. */
export interface Tool {
  readonly name: string;
  /** A description for the report. */
  readonly about: string;
  judge(faults: readonly SqlFault[]): Promise<ReadonlyMap<string, Verdict>>;
}
