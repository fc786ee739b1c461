/** Parses the URL of a request. It has no host if the request has no `Host` header. */
export function absoluteUrl(url: string): URL {
  return new URL(url, "http://localhost");
}
