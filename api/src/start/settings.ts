import type { CalendarDate } from "sqlproof";
import { type BackupConfig, backupSettings } from "../backup/settings.ts";
import { defaultLoadLimit } from "../contract/deadline.ts";
import { upgradeSettings } from "../upgrade/settings.ts";
import { type WatchConfig, watchSettings } from "../watch/settings.ts";
import { type DatabaseAddress, parseDatabaseUrl } from "./database-url.ts";
import { setting } from "./setting.ts";
import {
  hostNames,
  integerBetween,
  logLevels,
  networks,
  oneOf,
  origins,
  publicUrl,
  sampleDay,
  text,
  yesOrNo,
} from "./setting-values.ts";
import { signOnSettings } from "./sign-on-settings.ts";

/** More than this nobody may do without signing in. */
const anonymousRole = oneOf(["viewer", "order-clerk", "warehouse"]);

/** All settings. The command line, the environment and `--help` are derived from this table. */
export const settings = {
  port: setting({
    option: "port",
    variable: "PORT",
    placeholder: "NUMBER",
    fallback: "8000",
    meaning: "Port to listen on; 0 picks a free one.",
    parse: integerBetween("a port", 0, 65_535),
  }),
  host: setting({
    option: "host",
    variable: "HOST",
    placeholder: "ADDRESS",
    fallback: "127.0.0.1",
    meaning: "Address to listen on; 0.0.0.0 lets other machines in, once there is a user who can sign in.",
    parse: text("an address"),
  }),
  hostNames: setting({
    option: "host-names",
    variable: "HOST_NAMES",
    placeholder: "LIST",
    fallback: "none",
    meaning:
      "Names that lead here besides localhost, separated by commas; requests with another Host are refused (421).",
    parse: hostNames,
  }),
  openToEveryone: setting({
    option: "open-to-everyone",
    variable: "OPEN_TO_EVERYONE",
    placeholder: null,
    fallback: "no",
    meaning: "Without a user, let whoever reaches the server read and change everything, from other machines too.",
    parse: yesOrNo,
  }),
  anonymous: setting({
    option: "anonymous",
    variable: "ANONYMOUS",
    placeholder: "ROLE",
    fallback: "none",
    meaning: "What clients may do that do not sign in, as this role: viewer, order-clerk or warehouse.",
    parse: (value) => (value === "none" ? null : anonymousRole(value)),
  }),
  anonymousNetworks: setting({
    option: "anonymous-networks",
    variable: "ANONYMOUS_NETWORKS",
    placeholder: "LIST",
    fallback: "none",
    meaning: "Addresses or networks of those clients, separated by commas.",
    parse: networks,
  }),
  requireSecondFactor: setting({
    option: "require-second-factor",
    variable: "REQUIRE_SECOND_FACTOR",
    placeholder: null,
    fallback: "no",
    meaning: "Let users do nothing before they have set up an authenticator app or a passkey.",
    parse: yesOrNo,
  }),
  publicUrl: setting({
    option: "public-url",
    variable: "PUBLIC_URL",
    placeholder: "URL",
    fallback: "none",
    meaning: "Where browsers find the pages behind a TLS proxy, like https://orders.example.",
    parse: publicUrl,
  }),
  trustedProxies: setting({
    option: "trusted-proxies",
    variable: "TRUSTED_PROXIES",
    placeholder: "LIST",
    fallback: "none",
    meaning: "Addresses or networks of proxies whose X-Forwarded-For is believed, separated by commas.",
    parse: networks,
  }),
  ...signOnSettings,
  ...backupSettings,
  webPort: setting({
    option: "web-port",
    variable: "WEB_PORT",
    placeholder: "NUMBER",
    fallback: "3000",
    meaning: "Port of the order desk's pages; 0 picks a free one.",
    parse: integerBetween("a port", 0, 65_535),
  }),
  pages: setting({
    option: "pages",
    variable: "PAGES",
    placeholder: "FILE",
    fallback: "none",
    meaning: "Program that serves the pages; npm start builds and sets it. none serves the API only.",
    parse: (value) => (value === "none" ? null : value),
  }),
  database: setting({
    option: "database",
    variable: "DATABASE_URL",
    placeholder: "URL",
    fallback: "sqlite:data/northwind.db",
    meaning: "sqlite:FILE, or mysql://USER:PASSWORD@HOST:PORT/NAME for MariaDB.",
    parse: parseDatabaseUrl,
  }),
  noSample: setting({
    option: "no-sample",
    variable: "NO_SAMPLE",
    placeholder: null,
    fallback: "no",
    meaning: "Leave a new database empty instead of loading the sample company.",
    parse: yesOrNo,
  }),
  sampleDate: setting({
    option: "sample-date",
    variable: "SAMPLE_DATE",
    placeholder: "DAY",
    fallback: "today",
    meaning:
      "Day for which the sample company is made, like 2024-01-15; its last orders are from the working day before.",
    parse: (value) => (value === "today" ? null : sampleDay(value)),
  }),
  ...upgradeSettings,
  logLevel: setting({
    option: "log-level",
    variable: "LOG_LEVEL",
    placeholder: "LEVEL",
    fallback: "info",
    meaning: `Lowest level to log: ${logLevels.join(", ")}.`,
    parse: oneOf(logLevels),
  }),
  ...watchSettings,
  requireIfMatch: setting({
    option: "require-if-match",
    variable: "REQUIRE_IF_MATCH",
    placeholder: null,
    fallback: "no",
    meaning: "Refuse updates and deletions without If-Match (428).",
    parse: yesOrNo,
  }),
  requireIdempotencyKey: setting({
    option: "require-idempotency-key",
    variable: "REQUIRE_IDEMPOTENCY_KEY",
    placeholder: null,
    fallback: "no",
    meaning: "Refuse writes without an Idempotency-Key (400).",
    parse: yesOrNo,
  }),
  corsOrigins: setting({
    option: "cors-origins",
    variable: "CORS_ORIGINS",
    placeholder: "LIST",
    fallback: "pages",
    meaning:
      "Origins that may call the API, separated by commas. pages: localhost on the port of the pages; none: none.",
    parse: origins,
  }),
  poolSize: setting({
    option: "pool-size",
    variable: "POOL_SIZE",
    placeholder: "NUMBER",
    fallback: "10",
    meaning: "Maximum number of connections to MariaDB.",
    parse: integerBetween("a number of connections", 1, 1000),
  }),
  maxInFlight: setting({
    option: "max-in-flight",
    variable: "MAX_IN_FLIGHT",
    placeholder: "NUMBER",
    fallback: `${defaultLoadLimit}`,
    meaning: "Maximum number of requests that wait for the database; further ones get 503 at once.",
    parse: integerBetween("a number of requests", 1, 1_000_000),
  }),
  acquireTimeoutMs: setting({
    option: "acquire-timeout-ms",
    variable: "ACQUIRE_TIMEOUT_MS",
    placeholder: "NUMBER",
    fallback: "2000",
    meaning: "How long a request waits for a connection to MariaDB, in milliseconds.",
    parse: integerBetween("a time in milliseconds", 1, 60_000),
  }),
  statementTimeoutMs: setting({
    option: "statement-timeout-ms",
    variable: "STATEMENT_TIMEOUT_MS",
    placeholder: "NUMBER",
    fallback: "3000",
    meaning: "How long MariaDB may work on one statement, in milliseconds.",
    parse: integerBetween("a time in milliseconds", 1, 60_000),
  }),
  allowImport: setting({
    option: "allow-import",
    variable: "ALLOW_IMPORT",
    placeholder: null,
    fallback: "no",
    meaning: "Let clients create orders that are invoiced, shipped or closed already, to import them.",
    parse: yesOrNo,
  }),
  reusePort: setting({
    option: "reuse-port",
    variable: "REUSE_PORT",
    placeholder: null,
    fallback: "no",
    meaning: "Share the port with other processes that use this option too (Linux).",
    parse: yesOrNo,
  }),
  noticeMs: setting({
    option: "notice-ms",
    variable: "NOTICE_MS",
    placeholder: "NUMBER",
    fallback: "2000",
    meaning: "How long requests are served after SIGTERM while /readyz fails, in milliseconds. Ctrl-C does not wait.",
    parse: integerBetween("a time in milliseconds", 0, 60_000),
  }),
  stopTimeoutMs: setting({
    option: "stop-timeout-ms",
    variable: "STOP_TIMEOUT_MS",
    placeholder: "NUMBER",
    fallback: "10000",
    meaning: "How long requests in flight may take to finish when the program stops, in milliseconds.",
    parse: integerBetween("a time in milliseconds", 0, 600_000),
  }),
};

/** The parsed values of all settings. */
export interface Config extends BackupConfig, WatchConfig {
  readonly port: number;
  readonly host: string;
  readonly hostNames: readonly string[];
  readonly openToEveryone: boolean;
  readonly requireSecondFactor: boolean;
  /** What clients may do that do not sign in; null if everybody has to. */
  readonly anonymous: "viewer" | "order-clerk" | "warehouse" | null;
  readonly anonymousNetworks: readonly string[];
  /** Null if there is no proxy in front. */
  readonly publicUrl: URL | null;
  readonly trustedProxies: readonly string[];
  /** Null if there is no provider of OpenID Connect. */
  readonly oidcIssuer: URL | null;
  readonly oidcClientId: string | null;
  /** Only from the environment. */
  readonly oidcClientSecret: string | null;
  readonly oidcName: string;
  readonly oidcRolesClaim: string | null;
  /** Null if no mail is sent. */
  readonly smtpUrl: URL | null;
  readonly mailFrom: string | null;
  readonly webPort: number;
  /** The program that serves the pages, or null to serve none. */
  readonly pages: string | null;
  readonly database: DatabaseAddress;
  readonly noSample: boolean;
  /** Null means the day on which the database is created. */
  readonly sampleDate: CalendarDate | null;
  readonly checkUpgrade: boolean;
  /** Null means beside the file. */
  readonly checkFolder: string | null;
  readonly logLevel: (typeof logLevels)[number];
  readonly requireIfMatch: boolean;
  readonly requireIdempotencyKey: boolean;
  readonly corsOrigins: readonly string[];
  readonly poolSize: number;
  readonly maxInFlight: number;
  readonly acquireTimeoutMs: number;
  readonly statementTimeoutMs: number;
  readonly allowImport: boolean;
  readonly reusePort: boolean;
  readonly noticeMs: number;
  readonly stopTimeoutMs: number;
}
