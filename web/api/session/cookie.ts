/** The cookies in which the API keeps a session, and a sign-in at a provider; over TLS they are the first ones. */
const names: ReadonlySet<string> = new Set([
  ...["__Host-northwind", "northwind"],
  ...["__Host-northwind-sign-on", "northwind-sign-on"],
]);

/** Those of a `Cookie` header that are for the API, or null: a user's preferences stay with the pages. */
export function sessionCookies(header: string | null | undefined): string | null {
  const own = (header ?? "")
    .split(";")
    .map((part) => part.trim())
    .filter((part) => names.has(part.split("=", 1)[0] ?? ""));
  return own.length === 0 ? null : own.join("; ");
}
