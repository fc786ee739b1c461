// The settings of what an operator watches.
import { resolve } from "node:path";
import { homeFolder } from "../start/paths.ts";
import { type Setting, setting } from "../start/setting.ts";
import { integerBetween, networks, SettingError } from "../start/setting-values.ts";

/** What the collector of traces asks for, such as a token: no option, because other users see command lines. */
export const otlpHeadersVariable = "OTEL_EXPORTER_OTLP_HEADERS";

const milliseconds = integerBetween("a time in milliseconds", 1, 60_000);

export const watchSettings = {
  metricsNetworks: setting({
    option: "metrics-networks",
    variable: "METRICS_NETWORKS",
    placeholder: "LIST",
    fallback: "none",
    meaning: "Addresses or networks that may read /metrics, separated by commas; this machine always may.",
    parse: networks,
  }),
  logFile: setting({
    option: "log-file",
    variable: "LOG_FILE",
    placeholder: "FILE",
    fallback: "none",
    meaning: "File to append the log to instead of standard output; SIGHUP opens it again.",
    parse: (value) => (value === "none" ? null : resolve(homeFolder, value)),
  }),
  slowStatementMs: setting({
    option: "slow-statement-ms",
    variable: "SLOW_STATEMENT_MS",
    placeholder: "NUMBER",
    fallback: "none",
    meaning: "Log statements that take at least so many milliseconds, with their plans.",
    parse: (value) => (value === "none" ? null : milliseconds(value)),
  }),
  otlpEndpoint: setting({
    option: "otlp-endpoint",
    variable: "OTEL_EXPORTER_OTLP_ENDPOINT",
    placeholder: "URL",
    fallback: "none",
    meaning: "Collector to send traces to by OTLP/HTTP, like http://localhost:4318.",
    parse: endpoint,
  }),
  traceSample: setting({
    option: "trace-sample",
    variable: "TRACE_SAMPLE",
    placeholder: "SHARE",
    fallback: "0.1",
    meaning: "Share of the requests to trace, from 0 to 1; a caller that sends traceparent decides for its own.",
    parse: share,
  }),
} as const satisfies Readonly<Record<string, Setting<unknown>>>;

/** The values of these settings. */
export interface WatchConfig {
  readonly metricsNetworks: readonly string[];
  /** Null for standard output. */
  readonly logFile: string | null;
  /** Null if slow statements are not logged. */
  readonly slowStatementMs: number | null;
  /** Null if nothing is traced. */
  readonly otlpEndpoint: URL | null;
  /** Only from the environment. */
  readonly otlpHeaders: Readonly<Record<string, string>>;
  readonly traceSample: number;
}

export function watchConfig(read: <T>(one: Setting<T>) => T, otlpHeaders: string | undefined): WatchConfig {
  const { metricsNetworks, logFile, slowStatementMs, otlpEndpoint, traceSample } = watchSettings;
  return {
    ...{ metricsNetworks: read(metricsNetworks), logFile: read(logFile), slowStatementMs: read(slowStatementMs) },
    ...{ otlpEndpoint: read(otlpEndpoint), traceSample: read(traceSample), otlpHeaders: headersIn(otlpHeaders ?? "") },
  };
}

function endpoint(value: string): URL | null | SettingError {
  if (value === "none") return null;
  const url = URL.canParse(value) ? new URL(value) : null;
  const isBase = url !== null && /^https?:$/.test(url.protocol) && url.username + url.password + url.search === "";
  return isBase ? url : new SettingError("must be the address of a collector, like http://localhost:4318.");
}

function share(value: string): number | SettingError {
  if (/^(?:0(?:\.\d+)?|1(?:\.0+)?)$/.test(value)) return Number(value);
  return new SettingError(`"${value}" is not a share from 0 to 1, like 0.1.`);
}

/** Reads `name=value,name=value`, percent-encoded, as OpenTelemetry writes them. What is not one is left out. */
function headersIn(text: string): Readonly<Record<string, string>> {
  const pairs = text.split(",").flatMap((pair) => {
    const [, name = "", value = ""] = /^\s*([\w-]+)\s*=(.*)$/.exec(pair) ?? [];
    return name === "" ? [] : [[name, decoded(value.trim())] as const];
  });
  return Object.fromEntries(pairs);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // It was not encoded.
    return text;
  }
}
