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

export function quantile(numbers: readonly number[], part: number): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
}

export const ms = (value: number) => `${value.toFixed(0)} ms`;
