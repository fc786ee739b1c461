import type { Entry } from "../journal.ts";
import type { Store } from "./store.ts";

export const invariants = ["V1", "V2", "V3", "V4", "V5", "V6", "V7", "V8", "V9", "V10", "V11", "V12", "V13"] as const;
export type Invariant = (typeof invariants)[number];

/** One thing that is not as promised. */
export interface Finding {
  readonly invariant: Invariant;
  readonly words: string;
}

/** All the checker looks at: the rows, what the clients were told, and what the API printed. */
export interface Evidence {
  /** One per database server; all must hold the same. */
  readonly stores: readonly [Store, ...Store[]];
  readonly journal: readonly Entry[];
  readonly log: string;
  /** Words that must stand in no log: passwords. */
  readonly secrets: readonly string[];
}

/** One invariant: reads the evidence and says what breaks it. */
export type Check = (evidence: Evidence) => Promise<readonly Finding[]>;
