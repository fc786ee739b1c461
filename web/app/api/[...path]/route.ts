import { apiUrl } from "../../../api/server.ts";

/*
 * The browser talks to one origin: requests to /api are passed on to the API, unchanged both ways. Not a rewrite in
 * next.config.ts, because that fixes the API's address when the pages are built.
 */

/** Headers that belong to one connection (RFC 9110, 7.6.1), or that fetch sets itself. */
const hopHeaders = [
  "connection",
  "keep-alive",
  "transfer-encoding",
  "upgrade",
  "te",
  "trailer",
  "host",
  "content-length",
];
const timeoutMs = 30_000;

async function forward(request: Request): Promise<Response> {
  const { pathname, search } = new URL(request.url);
  const headers = new Headers(request.headers);
  for (const name of [...hopHeaders, "cookie", "accept-encoding"]) headers.delete(name);
  const hasBody = request.method !== "GET" && request.method !== "HEAD";
  // The answer must begin in time; a long file may then take as long as it needs.
  const slow = new AbortController();
  const timer = setTimeout(() => slow.abort(), timeoutMs);
  try {
    const answer = await fetch(apiUrl() + pathname + search, {
      method: request.method,
      headers,
      redirect: "manual",
      signal: AbortSignal.any([request.signal, slow.signal]),
      ...(hasBody ? { body: await request.arrayBuffer() } : {}),
    });
    const answerHeaders = new Headers(answer.headers);
    for (const name of [...hopHeaders, "content-encoding"]) answerHeaders.delete(name);
    return new Response(answer.body, { status: answer.status, headers: answerHeaders });
  } catch {
    return unreachable();
  } finally {
    clearTimeout(timer);
  }
}

function unreachable(): Response {
  const message = "The API cannot be reached at the moment: try again.";
  return Response.json(
    { success: false, message, data: null, status: 503, code: "unreachable", errors: [] },
    { status: 503, headers: { "content-type": "application/problem+json", "retry-after": "2" } },
  );
}

export { forward as DELETE, forward as GET, forward as HEAD, forward as OPTIONS, forward as POST, forward as PUT };
