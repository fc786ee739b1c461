// The cookie that binds a sign-in at the provider to the browser that has begun it, as long as it may take.
const secureName = "__Host-northwind-sign-on";
const plainName = "northwind-sign-on";

/** How long a user may take at the provider. */
export const validSeconds = 600;

/** The secret in the `Cookie` header, or null. Where cookies are secure no other one counts. */
export function signOnCookie(header: string | null, isSecure: boolean): string | null {
  const wanted = isSecure ? secureName : plainName;
  for (const part of (header ?? "").split(";")) {
    const [name = "", value = ""] = part.trim().split("=", 2);
    if (name === wanted && value !== "") return value;
  }
  return null;
}

/** The `Set-Cookie` header that begins it, or with null ends it. */
export function signOnCookieOf(secret: string | null, isSecure: boolean): string {
  const name = isSecure ? secureName : plainName;
  const secure = isSecure ? "; Secure" : "";
  return `${name}=${secret ?? ""}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${secret === null ? 0 : validSeconds}${secure}`;
}
