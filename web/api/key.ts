/**
 * A key for one intended write. Not `crypto.randomUUID()`, which browsers have only on https and on localhost:
 * the order desk may be opened over a local network.
 */
export function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
