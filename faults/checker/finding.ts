import type { Store } from "../database/store.ts";
import type { Entry } from "../load/journal.ts";

export const invariants = [
  ...(["V1", "V2", "V3", "V4", "V5", "V6", "V7", "V8", "V9", "V10", "V11", "V12", "V13"] as const),
  ...(["V14", "V15", "V16", "V17", "V18", "V19"] as const),
] as const;
export type Invariant = (typeof invariants)[number];

/** What a finding means for the sender of the order. */
export const harms = ["lost", "twice", "partial"] as const;

/** One broken promise. */
export interface Finding {
  readonly invariant: Invariant;
  readonly harm?: (typeof harms)[number];
  readonly words: string;
}

/** Everything the checker looks at: the rows, the journal of the clients, and the API's log. */
export interface Evidence {
  /** One per database server; all must hold the same rows. */
  readonly stores: readonly [Store, ...Store[]];
  readonly journal: readonly Entry[];
  readonly log: string;
  /** The ledger of the stock at the start, from `ledgerOf`. */
  readonly stockAtStart: readonly string[];
  /** Passwords, which no log may contain. */
  readonly secrets: readonly string[];
}

/** The check of one invariant: returns what breaks it. */
export type Check = (evidence: Evidence) => Promise<readonly Finding[]>;
