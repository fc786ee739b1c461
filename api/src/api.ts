import type { Database } from "sqlproof";
import type { Reporter } from "./reports/reporter.ts";

/** The services that the handlers of a running server share. */
export interface Api {
  readonly database: Database;
  /** Makes what takes long with much data. */
  readonly reporter: Reporter;
  /** Why the server is not ready for requests, or null. */
  readonly notReady: () => Promise<string | null>;
}
