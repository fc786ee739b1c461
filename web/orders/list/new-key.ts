/**
 * A key for one intended write. Not `crypto.randomUUID()`, which a browser only has on HTTPS and localhost: an order
 * desk may well be reached by the plain name of a machine.
 */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
