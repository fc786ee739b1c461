// The settings of what an operator watches.

import { resolve } from "node:path";
import { homeFolder } from "../start/paths.ts";
import { type Setting, setting } from "../start/setting.ts";
import { networks } from "../start/setting-values.ts";

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
} as const satisfies Readonly<Record<string, Setting<unknown>>>;

/** The values of these settings. */
export interface WatchConfig {
  readonly metricsNetworks: readonly string[];
  /** Null for standard output. */
  readonly logFile: string | null;
}

export function watchConfig(read: <T>(one: Setting<T>) => T): WatchConfig {
  const { metricsNetworks, logFile } = watchSettings;
  return { metricsNetworks: read(metricsNetworks), logFile: read(logFile) };
}
