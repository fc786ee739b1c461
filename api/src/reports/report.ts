import type { Database } from "sqlproof";

/** A read whose cost grows with the data. It rejects, sooner or later, once its signal is aborted. */
export interface Report<Request, Result> {
  /** The name under which the report thread finds it. */
  readonly name: string;
  readonly make: (db: Database, request: Request, signal: AbortSignal) => Promise<Result>;
}
