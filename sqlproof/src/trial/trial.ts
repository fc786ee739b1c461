import type { DatabasePlace } from "../copy/index.ts";

/** A copy of a database for trying steps. */
export interface Trial {
  /** Where the copy is. */
  readonly place: DatabasePlace;
  /** What the copy takes on the disk now. */
  bytes(): Promise<number>;
  /** The number of rows of each table. */
  counts(): Promise<ReadonlyMap<string, number>>;
  /** What is wrong with the copy, each in a sentence: rows whose parent is missing, or damage. */
  problems(): Promise<readonly string[]>;
  /** Removes the copy, whatever is being done with it. */
  remove(): Promise<void>;
}

/** A trial cannot be made. */
export class TrialError extends Error {
  override readonly name = "TrialError";
}
