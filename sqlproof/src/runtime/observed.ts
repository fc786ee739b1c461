import type { Bound } from "./codec/encode.ts";

/** A statement that has just run, for whoever watches. Times are by `performance.now()`. */
export interface ObservedStatement {
  /** Its text, with placeholders for the parameters; `COMMIT` as well. */
  readonly text: string;
  /** The parameters, to explain the statement with them: they are nobody else's business. */
  readonly values: () => readonly Bound[];
  readonly startedAt: number;
  readonly endedAt: number;
  readonly failed: boolean;
}

/** Called after each statement, where it was called from. It must not throw and should return at once. */
export type StatementObserver = (statement: ObservedStatement) => void;

export function noValues(): readonly Bound[] {
  return [];
}
