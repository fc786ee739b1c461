import type { Database } from "sqlproof";
import type { CurrentAccess } from "./access/current.ts";
import type { FirstUserLink } from "./access/first-user/link.ts";
import type { PasskeySite } from "./access/passkeys/site.ts";
import type { Provider } from "./access/single-sign-on/provider.ts";
import type { CurrentCompany } from "./company/current.ts";
import type { Mailer } from "./mail/mailer.ts";
import type { Reporter } from "./reports/reporter.ts";
import type { WriteCounts } from "./watch/server.ts";

/** The services that the handlers of a running server share. */
export interface Api {
  readonly database: Database;
  /** The company behind the orders: its currency, and its clock. */
  readonly company: CurrentCompany;
  /** Who may use the API. */
  readonly access: CurrentAccess;
  /** The link with which the first user is created from another machine; null if none was printed. */
  readonly firstUserLink: FirstUserLink | null;
  /** The pages are public over HTTPS, so cookies are sent over nothing else. */
  readonly hasSecureCookies: boolean;
  /** Where passkeys belong. */
  readonly passkeySite: PasskeySite;
  /** The provider of single sign-on; null if it is not set up. */
  readonly singleSignOn: Provider | null;
  /** Sends mails; null if none are sent. */
  readonly mailer: Mailer | null;
  /** Orders of any status may be created, not only new ones. */
  readonly allowImport: boolean;
  /** Makes reports, which take long with much data. */
  readonly reporter: Reporter;
  /** Counts the batches of writes. */
  readonly writeCounts: WriteCounts;
  /** Returns why the server is not ready for requests, or null if it is. */
  readonly notReady: () => Promise<string | null>;
}
