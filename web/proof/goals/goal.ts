/** One row of the table: what was aimed at, and what it is. */
export interface Goal {
  readonly row: string;
  readonly goal: string;
  readonly target: string;
  readonly measured: string;
  readonly isMet: boolean;
  /** A hard goal that is not met is a failure; the others swing with what else the machine does. */
  readonly isHard: boolean;
}

export const ms = (value: number) => `${value.toFixed(0)} ms`;
