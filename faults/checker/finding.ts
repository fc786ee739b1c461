import type { Store } from "../database/store.ts";
import type { Entry } from "../load/journal.ts";

export const invariants = ["V1", "V2", "V3", "V4", "V5", "V6", "V7", "V8", "V9", "V10", "V11", "V12", "V13"] as const;
export type Invariant = (typeof invariants)[number];

/** What a finding means for whoever sent the order. */
export const harms = ["lost", "twice", "partial"] as const;

/** One thing that is not as promised. */
export interface Finding {
  readonly invariant: Invariant;
  readonly harm?: (typeof harms)[number];
  readonly words: string;
}

/** All the checker looks at: the rows, what the clients were told, and what the API printed. */
export interface Evidence {
  /** One per database server; all must hold the same. */
  readonly stores: readonly [Store, ...Store[]];
  readonly journal: readonly Entry[];
  readonly log: string;
  /** What `stockOf` said before anything was done. */
  readonly stockAtStart: readonly string[];
  /** Words that must stand in no log: passwords. */
  readonly secrets: readonly string[];
}

/** One invariant: reads the evidence and says what breaks it. */
export type Check = (evidence: Evidence) => Promise<readonly Finding[]>;
