// The settings of what an operator watches.
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
} as const satisfies Readonly<Record<string, Setting<unknown>>>;

/** The values of these settings. */
export interface WatchConfig {
  readonly metricsNetworks: readonly string[];
}

export function watchConfig(read: <T>(one: Setting<T>) => T): WatchConfig {
  const { metricsNetworks } = watchSettings;
  return { metricsNetworks: read(metricsNetworks) };
}
