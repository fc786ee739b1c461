import type { StoreAddress } from "./database/store.ts";

/** What the API runs on: the embedded database, one MariaDB, or a MariaDB Galera cluster of three. */
export const engines = ["sqlite", "mariadb", "cluster"] as const;
export type Engine = (typeof engines)[number];

/** How many trials: at every change, every night, before a release. */
export const sizes = ["pr", "night", "release"] as const;
export type Size = (typeof sizes)[number];

/** One row of the programme: one fault, injected again and again under load. */
export interface Row {
  /** Like `F1`. */
  readonly id: string;
  readonly title: string;
  /** The engines on which it makes sense. */
  readonly engines: readonly Engine[];
  readonly trials: Readonly<Record<Size, number>>;
  /** Runs all trials on one engine. Throws only when the programme itself fails. */
  readonly run: (context: RowContext) => Promise<Result>;
}

export interface RowContext {
  readonly engine: Engine;
  readonly trials: number;
  readonly seed: number;
  /** An empty folder of its own, removed afterwards when nothing was broken. */
  readonly folder: string;
  readonly say: (line: string) => void;
  /** For tests: changes the data just before they are checked, to show that the row then fails. */
  readonly plant?: (store: StoreAddress) => Promise<void>;
}

export interface Result {
  /** How many trials were made: n trials without a failure bound its rate at 3/n. */
  readonly trials: number;
  /** What broke, one sentence each, with what repeats it. Empty means success. */
  readonly broken: readonly string[];
  /** Figures to publish, like `{ "acknowledged writes": "106,786", "longest gap": "2.0 s" }`. */
  readonly figures: Readonly<Record<string, string>>;
  /** Why nothing was tried, if this machine lacks something. */
  readonly skipped?: string;
}
