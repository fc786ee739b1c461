import { isWithin } from "./networks.ts";

/**
 * The address that a request came from: its connection's, or if that is a trusted proxy's, the one that the proxy names
 * in `X-Forwarded-For`, and so on from proxy to proxy. Nobody else's header is believed.
 */
export function clientAddress(
  peer: string | null,
  forwardedFor: string | null,
  trusted: readonly string[],
): string | null {
  let address = peer;
  const named = (forwardedFor ?? "").split(",").map((part) => part.trim());
  while (address !== null && trusted.length > 0 && isWithin(address, trusted)) {
    const before = named.pop();
    if (before === undefined || !isWithin(before, everywhere)) break;
    // Without the zone of an address that holds on one machine only.
    address = before.replace(/%.*$/, "");
  }
  return address;
}

/** Whatever is an address at all. */
const everywhere = ["0.0.0.0/0", "::/0"];
