import { isLoopback } from "../border.ts";
import type { Config } from "./settings.ts";

/**
 * The setting by which other machines reach the server, as it is typed; null if only this one does. A proxy on this
 * machine brings the requests of others, although the server listens on loopback.
 */
export function wayIn({
  host,
  publicUrl,
  trustedProxies,
  hostNames,
}: Pick<Config, "host" | "publicUrl" | "trustedProxies" | "hostNames">): string | null {
  if (!isLoopback(host)) return `--host ${host}`;
  if (publicUrl !== null && !isLoopback(publicUrl.hostname)) return `--public-url ${publicUrl.origin}`;
  if (trustedProxies.length > 0) return `--trusted-proxies ${trustedProxies.join()}`;
  const name = hostNames.find((one) => !isLoopback(one));
  return name === undefined ? null : `--host-names ${name}`;
}

/** The host for URLs. Browsers cannot use addresses that mean all interfaces. */
export function reachableHost(host: string): string {
  if (host === "0.0.0.0" || host === "::") return "localhost";
  return host.includes(":") ? `[${host}]` : host;
}
