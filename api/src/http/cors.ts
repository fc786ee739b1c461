/** The headers that let pages of an allowed origin read a response, or none. */
export function corsHeaders(origin: string, origins: readonly string[]): Record<string, string> {
  if (!isAllowed(origin, origins)) return {};
  return {
    "access-control-allow-origin": origin,
    "access-control-expose-headers":
      "ETag, Idempotency-Replayed, Link, Location, Retry-After, X-Client-Request-Id, X-Request-Id",
  };
}

/** The additional headers of the answer to a preflight: the allowed methods and request headers. */
export function preflightHeaders(
  request: Request,
  origins: readonly string[],
  methods: string,
): Record<string, string> {
  const origin = request.headers.get("origin");
  if (origin === null || !isAllowed(origin, origins)) return {};
  return {
    "access-control-allow-methods": methods,
    "access-control-allow-headers":
      "Content-Type, Idempotency-Key, If-Match, If-None-Match, If-Unmodified-Since, X-Request-Id",
    "access-control-max-age": "600",
  };
}

function isAllowed(origin: string, origins: readonly string[]): boolean {
  return origins.includes(origin) || origins.includes("*");
}
