import type { Proof } from "../../../sqlproof/src/runtime/proof.ts";

/** A correct query that faults are made from: one of the project's own, or one of `queries.ts`. */
export interface Subject {
  readonly name: string;
  readonly sql: string;
  /** Where it stands in the repository. */
  readonly file: string;
  readonly line: number;
  /** What sqlproof says of the correct text; the modules of every tool pass its parameters and read its columns. */
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

/** One change to a migration: a statement that a further step adds, per engine; null where that engine gets none. */
export interface SchemaChange {
  readonly mariadb: string | null;
  readonly sqlite: string | null;
  /** The names whose uses become wrong. */
  readonly table: string;
  readonly column: string | null;
}

/** What is done behind the proofs' back. */
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

/** What one tool did about one fault. */
export interface Verdict {
  /**
   * `caught`: a red build. `missed`: green. `unwritable`: the tool gives no way to write the fault. `refuses`: the tool
   * refuses the correct program as well, so that its red says nothing.
   */
  readonly outcome: "caught" | "missed" | "unwritable" | "refuses";
  /** Whether a message stands at the changed line. */
  readonly rightLine: boolean;
  /** Whether a message stands at the changed line or at the statement that it belongs to. */
  readonly rightStatement: boolean;
  /** The tool's first words, or why it has none. */
  readonly words: string;
}

/** One tool under measurement. */
export interface Tool {
  readonly name: string;
  /** What stands behind the name, for the report. */
  readonly about: string;
  judge(faults: readonly SqlFault[]): Promise<ReadonlyMap<string, Verdict>>;
}
