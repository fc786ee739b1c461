/** The path in its one form: a trailing slash means the same as none. */
export function pathnameOf(url: string): string {
  return absoluteUrl(url).pathname.replace(/\/$/, "");
}

/** A request without a Host has a URL without one. */
export function absoluteUrl(url: string): URL {
  return new URL(url, "http://localhost");
}
