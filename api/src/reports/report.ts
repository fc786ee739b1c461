import type { Database } from "sqlproof";

/** A read whose cost grows with the data. `make` rejects some time after its signal is aborted. */
export interface Report<Input, Result> {
  /** The name by which the report thread finds the report. */
  readonly name: string;
  readonly make: (db: Database, request: Input, signal: AbortSignal) => Promise<Result>;
}
