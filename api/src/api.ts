import type { Database } from "sqlproof";
import type { CurrentCompany } from "./company/current.ts";
import type { Reporter } from "./reports/reporter.ts";

/** The services that the handlers of a running server share. */
export interface Api {
  readonly database: Database;
  /** The company behind the orders: its currency, and its clock. */
  readonly company: CurrentCompany;
  /** Orders of any status may be created, not only new ones. */
  readonly allowImport: boolean;
  /** Makes reports, which take long with much data. */
  readonly reporter: Reporter;
  /** Returns why the server is not ready for requests, or null if it is. */
  readonly notReady: () => Promise<string | null>;
}
