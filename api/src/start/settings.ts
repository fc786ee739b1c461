import type { CalendarDate } from "sqlproof";
import { defaultMaxInFlight } from "../contract/deadline.ts";
import { type DatabaseAddress, parseDatabaseUrl } from "./database-url.ts";
import {
  logLevels,
  oneOf,
  origins,
  type SettingError,
  sampleDay,
  text,
  wholeNumber,
  yesOrNo,
} from "./setting-values.ts";

/** One setting: an option, the environment variable beside it, and how its text becomes a value. */
export interface Setting<T> {
  readonly option: string;
  readonly variable: string;
  /** What stands for the value in `--help`; null for a switch, which takes none. */
  readonly placeholder: string | null;
  readonly fallback: string;
  readonly meaning: string;
  readonly parse: (value: string) => T | SettingError;
}

const setting = <T>(value: Setting<T>): Setting<T> => value;

/** Every setting there is. The command line, the environment and `--help` all come from this table. */
export const settings = {
  port: setting({
    option: "port",
    variable: "PORT",
    placeholder: "NUMBER",
    fallback: "8000",
    meaning: "Port to listen on; 0 takes a free one.",
    parse: wholeNumber("a port", 0, 65_535),
  }),
  host: setting({
    option: "host",
    variable: "HOST",
    placeholder: "ADDRESS",
    fallback: "127.0.0.1",
    meaning: "Address to listen on; 0.0.0.0 lets other machines in.",
    parse: text("an address"),
  }),
  webPort: setting({
    option: "web-port",
    variable: "WEB_PORT",
    placeholder: "NUMBER",
    fallback: "3000",
    meaning: "Port of the pages of the order desk; 0 takes a free one.",
    parse: wholeNumber("a port", 0, 65_535),
  }),
  pages: setting({
    option: "pages",
    variable: "PAGES",
    placeholder: "FILE",
    fallback: "none",
    meaning: "Program that serves the pages; npm start builds and gives it. none: the API alone.",
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
    meaning: "Leave a database that is created now empty: no sample company.",
    parse: yesOrNo,
  }),
  sampleDate: setting({
    option: "sample-date",
    variable: "SAMPLE_DATE",
    placeholder: "DAY",
    fallback: "today",
    meaning: "Day on which the sample company is made, like 2024-01-15; its last orders are of the working day before.",
    parse: (value) => (value === "today" ? null : sampleDay(value)),
  }),
  logLevel: setting({
    option: "log-level",
    variable: "LOG_LEVEL",
    placeholder: "LEVEL",
    fallback: "info",
    meaning: `Least serious lines to log: ${logLevels.join(", ")}.`,
    parse: oneOf(logLevels),
  }),
  requireIfMatch: setting({
    option: "require-if-match",
    variable: "REQUIRE_IF_MATCH",
    placeholder: null,
    fallback: "no",
    meaning: "Refuse to change or delete (428) without the ETag that was read.",
    parse: yesOrNo,
  }),
  requireIdempotencyKey: setting({
    option: "require-idempotency-key",
    variable: "REQUIRE_IDEMPOTENCY_KEY",
    placeholder: null,
    fallback: "no",
    meaning: "Refuse to write (400) without an Idempotency-Key.",
    parse: yesOrNo,
  }),
  corsOrigins: setting({
    option: "cors-origins",
    variable: "CORS_ORIGINS",
    placeholder: "LIST",
    fallback: "pages",
    meaning:
      "Origins that may call the API, separated by commas; pages stands for localhost on the port of the pages. Or none.",
    parse: origins,
  }),
  poolSize: setting({
    option: "pool-size",
    variable: "POOL_SIZE",
    placeholder: "NUMBER",
    fallback: "10",
    meaning: "Most connections to MariaDB at once.",
    parse: wholeNumber("a number of connections", 1, 1000),
  }),
  maxInFlight: setting({
    option: "max-in-flight",
    variable: "MAX_IN_FLIGHT",
    placeholder: "NUMBER",
    fallback: `${defaultMaxInFlight}`,
    meaning: "Most requests that may wait for the database; more get 503 at once.",
    parse: wholeNumber("a number of requests", 1, 1_000_000),
  }),
  acquireTimeoutMs: setting({
    option: "acquire-timeout-ms",
    variable: "ACQUIRE_TIMEOUT_MS",
    placeholder: "NUMBER",
    fallback: "2000",
    meaning: "How long a request waits for a connection to MariaDB.",
    parse: wholeNumber("a time in milliseconds", 1, 60_000),
  }),
  statementTimeoutMs: setting({
    option: "statement-timeout-ms",
    variable: "STATEMENT_TIMEOUT_MS",
    placeholder: "NUMBER",
    fallback: "3000",
    meaning: "How long MariaDB may work on one statement.",
    parse: wholeNumber("a time in milliseconds", 1, 60_000),
  }),
  reusePort: setting({
    option: "reuse-port",
    variable: "REUSE_PORT",
    placeholder: null,
    fallback: "no",
    meaning: "Share the port with other processes that say so too (Linux).",
    parse: yesOrNo,
  }),
  noticeMs: setting({
    option: "notice-ms",
    variable: "NOTICE_MS",
    placeholder: "NUMBER",
    fallback: "2000",
    meaning: "How long after SIGTERM requests are still taken while /readyz says no. Ctrl-C does not wait.",
    parse: wholeNumber("a time in milliseconds", 0, 60_000),
  }),
  stopTimeoutMs: setting({
    option: "stop-timeout-ms",
    variable: "STOP_TIMEOUT_MS",
    placeholder: "NUMBER",
    fallback: "10000",
    meaning: "How long requests in flight may take to finish when the program is stopped.",
    parse: wholeNumber("a time in milliseconds", 0, 600_000),
  }),
};

/** Everything that can be set, parsed once at the start. */
export interface Config {
  readonly port: number;
  readonly host: string;
  readonly webPort: number;
  /** Null when there are none to serve. */
  readonly pages: string | null;
  readonly database: DatabaseAddress;
  readonly noSample: boolean;
  /** Null for the day on which it is created. */
  readonly sampleDate: CalendarDate | null;
  readonly logLevel: (typeof logLevels)[number];
  readonly requireIfMatch: boolean;
  readonly requireIdempotencyKey: boolean;
  readonly corsOrigins: readonly string[];
  readonly poolSize: number;
  readonly maxInFlight: number;
  readonly acquireTimeoutMs: number;
  readonly statementTimeoutMs: number;
  readonly reusePort: boolean;
  readonly noticeMs: number;
  readonly stopTimeoutMs: number;
}
