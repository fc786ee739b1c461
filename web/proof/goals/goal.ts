// The measurements of `npm run goals`, one file per group of goals. Each returns rows of one table;
// parts.ts stores them between runs.

/** One row of the table: a target, and what was measured. */
export interface Goal {
  readonly row: string;
  readonly goal: string;
  readonly target: string;
  readonly measured: string;
  readonly isMet: boolean;
  /** A hard goal that is not met is a failure; the others vary with the load of the machine. */
  readonly isHard: boolean;
}

export const ms = (value: number) => `${value.toFixed(0)} ms`;
