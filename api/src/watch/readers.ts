import { isWithin } from "../access/networks.ts";
import { ApiError } from "../contract/answer.ts";

/** Where a request comes from, as far as that is known. */
export interface Reader {
  /** The address of the connection. */
  readonly peer: string | null;
  /** That of the client behind trusted proxies. */
  readonly address: string | null;
  /** A proxy says that it has passed the request on. */
  readonly isForwarded: boolean;
}

const ownMachine = ["127.0.0.0/8", "::1"];

/**
 * Throws 403 `forbidden` unless the metrics may be read from this address: from this machine, and from the networks that
 * are listed. What a proxy passes on that is not trusted comes from anywhere, even if the proxy is on this machine.
 */
export function checkReader({ peer, address, isForwarded }: Reader, listed: readonly string[]): void {
  const isKnown = address !== null && !(isForwarded && address === peer);
  if (isKnown && isWithin(address, [...ownMachine, ...listed])) return;
  throw new ApiError("forbidden", "Metrics are read from this machine, or from an address in --metrics-networks.");
}
