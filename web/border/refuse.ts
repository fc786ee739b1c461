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

/** Answers with a refusal: in the API's form to those who asked for it, as one sentence to all others. */
export function refuse(request: IncomingMessage, response: ServerResponse, refusal: Refusal): void {
  const { status, code, message, headers = {} } = refusal;
  const isApi = request.url?.startsWith("/api/") === true;
  const body = { success: false, message, data: null, status, code, errors: [] };
  response.writeHead(status, {
    "content-type": isApi ? "application/problem+json" : "text/plain; charset=utf-8",
    "cache-control": "no-store",
    ...headers,
  });
  response.end(isApi ? JSON.stringify(body) : `${message}\n`);
  discard(request);
}

function discard(request: IncomingMessage): void {
  let bytes = 0;
  request.on("error", () => undefined);
  request.on("data", (piece: Buffer) => {
    bytes += piece.length;
    if (bytes > maxDiscardedBytes) request.destroy();
  });
  request.resume();
}
