import type { IncomingMessage, ServerResponse } from "node:http";

interface Refusal {
  readonly status: number;
  readonly code: string;
  /** One sentence that says what to do. */
  readonly message: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** How much of a refused body is read and thrown away, so that the client gets to the answer; then the line is cut. */
const maxDiscardedBytes = 16 * 1024 * 1024;
/** Shorter than the time that a request has to arrive. */
const discardTimeoutMs = 4000;

/** Answers with a refusal: in the API's form to those who asked for it, as one sentence to all others. */
export async function refuse(request: IncomingMessage, response: ServerResponse, refusal: Refusal): Promise<void> {
  const { status, code, message, headers = {} } = refusal;
  const discarded = discard(request);
  // The connection is closed with the answer, and a client that is still sending would lose it.
  if (request.headers.connection?.toLowerCase() === "close") await discarded;
  const isApi = request.url?.startsWith("/api/") === true;
  const body = { success: false, message, data: null, status, code, errors: [] };
  response.writeHead(status, {
    "content-type": isApi ? "application/problem+json" : "text/plain; charset=utf-8",
    "cache-control": "no-store",
    ...headers,
  });
  response.end(isApi ? JSON.stringify(body) : `${message}\n`);
}

/** Reads the rest of a body and throws it away. Resolves when it is complete, was cut, or has taken too long. */
function discard(request: IncomingMessage): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, discardTimeoutMs);
    const done = () => {
      clearTimeout(timer);
      resolve();
    };
    let bytes = 0;
    request.on("error", done);
    request.on("data", (piece: Buffer) => {
      bytes += piece.length;
      if (bytes > maxDiscardedBytes) request.destroy();
    });
    request.on("end", done);
    request.on("close", done);
    request.resume();
    if (request.complete || request.readableEnded) done();
  });
}
