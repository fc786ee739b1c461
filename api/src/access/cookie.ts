/** The prefix makes browsers refuse a cookie that is not Secure, or that another host or path has set. */
const secureName = "__Host-northwind";
const plainName = "northwind";
const longestSeconds = 30 * 24 * 60 * 60;

/**
 * The secret of the session in the `Cookie` header, or null. Where cookies are Secure no other one is believed: any host
 * of the same domain can set a cookie without the prefix.
 */
export function sessionCookie(header: string | null, isSecure: boolean): string | null {
  if (header === null) return null;
  const wanted = isSecure ? secureName : plainName;
  for (const part of header.split(";")) {
    const pair = part.trim();
    if (pair.startsWith(`${wanted}=`) && pair.length > wanted.length + 1) return pair.slice(wanted.length + 1);
  }
  return null;
}

/** The `Set-Cookie` header that begins a session. */
export function beginningCookie(secret: string, isSecure: boolean): string {
  return cookie(secret, isSecure, longestSeconds);
}

/** The `Set-Cookie` header that ends it. */
export function endingCookie(isSecure: boolean): string {
  return cookie("", isSecure, 0);
}

function cookie(value: string, isSecure: boolean, maxAgeSeconds: number): string {
  const name = isSecure ? secureName : plainName;
  const secure = isSecure ? "; Secure" : "";
  return `${name}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${maxAgeSeconds}${secure}`;
}
