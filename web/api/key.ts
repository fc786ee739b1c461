/**
 * A key for one intention to write. Not `crypto.randomUUID()`, which browsers have only on https and on this very
 * machine, and the order desk may be opened over a local network.
 */
export function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
