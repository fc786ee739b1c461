/** The path of a URL without a trailing slash, which makes no difference. */
export function pathnameOf(url: string): string {
  return absoluteUrl(url).pathname.replace(/\/$/, "");
}

/** Parses the URL of a request. It has no host if the request has no `Host` header. */
export function absoluteUrl(url: string): URL {
  return new URL(url, "http://localhost");
}
