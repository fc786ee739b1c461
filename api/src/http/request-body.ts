import { maxBodyBytes } from "../border.ts";
import { ApiError } from "../contract/answer.ts";
import { deadlineMs } from "../contract/deadline.ts";
import type { BodyFormat } from "../contract/route.ts";

/** Requests whose bodies are still arriving. */
const arriving = new Set<Request>();

/** Whether the server is still waiting for the client to send the body. */
export function isArriving(request: Request): boolean {
  return arriving.has(request);
}

/** How many requests are still arriving. They cause no load yet: only complete requests wait for the database. */
export function arrivingCount(): number {
  return arriving.size;
}

/** The body of most routes. */
const json: BodyFormat = { types: ["application/json"], maxBytes: maxBodyBytes };
const jsonType = /^application\/json\s*(?:;\s*charset\s*=\s*"?utf-8"?\s*)?$/i;

/**
 * Reads the body of a request. Throws 415 `unsupported-media-type`, 413 `too-large`, or 400 `bad-request` if the
 * connection ends too early.
 */
export async function readBody(request: Request, format: BodyFormat = json): Promise<Uint8Array<ArrayBuffer>> {
  const { headers } = request;
  const { maxBytes } = format;
  checkType(headers, format);
  const length = headers.get("content-length");
  if (Number(length ?? 0) > maxBytes) throw tooLarge(maxBytes);
  arriving.add(request);
  try {
    const bytes = length === null ? await readPieces(request, maxBytes) : new Uint8Array(await request.arrayBuffer());
    await nextTurn();
    // If the same packet contains more than this request, Bun has cut the connection by now. The client would never get
    // the answer, so the write must not happen.
    if (request.signal.aborted) throw incomplete();
    return bytes;
  } catch (error) {
    throw error instanceof ApiError ? error : incomplete(error);
  } finally {
    arriving.delete(request);
  }
}

function checkType(headers: Headers, format: BodyFormat): void {
  const type = headers.get("content-type") ?? "";
  const isRight = format === json ? jsonType.test(type) : format.types.includes(type.trim().toLowerCase());
  if (isRight && !headers.has("content-encoding")) return;
  const wanted = format === json ? "application/json in UTF-8" : format.types.join(" or ");
  throw new ApiError("unsupported-media-type", `The body must be ${wanted}, not compressed.`, {
    headers: { accept: format.types.join(", ") },
  });
}

/** Reads a body of unannounced length up to the maximum. */
async function readPieces({ body }: Request, maxBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  if (body === null) return new Uint8Array();
  const reader = body.getReader();
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.length;
    if (length > maxBytes) {
      await discard(reader);
      throw tooLarge(maxBytes);
    }
    pieces.push(value);
  }
  return pieces.length === 1 && pieces[0] !== undefined ? pieces[0] : Buffer.concat(pieces);
}

/** How much of a refused body is read and thrown away, so that the client gets to the answer. */
export const maxDiscardedBytes = 16 * 1024 * 1024;
const discardTimeoutMs = 4000;
if (discardTimeoutMs >= deadlineMs) throw new Error("a refusal must be sent before the deadline");

/**
 * Delays the response to a request with `Connection: close` until its body was read and thrown away, within the limits.
 * Bun would close the connection with the response, and a client that is still sending would lose it.
 */
export function afterBody(request: Request, response: Response): Response | Promise<Response> {
  if (request.headers.get("connection")?.toLowerCase() !== "close" || request.bodyUsed) return response;
  const { body } = request;
  return body === null || body.locked ? response : discard(body.getReader()).then(() => response);
}

async function discard(reader: Pick<ReadableStreamDefaultReader<Uint8Array>, "read" | "cancel">): Promise<void> {
  const timer = setTimeout(() => void reader.cancel().catch(ignore), discardTimeoutMs);
  try {
    let length = 0;
    while (length <= maxDiscardedBytes) {
      const { done, value } = await reader.read();
      if (done) return;
      length += value.length;
    }
  } catch {
    // The client has ended the connection: there is nobody to answer.
  } finally {
    clearTimeout(timer);
  }
}

function ignore(): void {}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function tooLarge(maxBytes: number): ApiError {
  return new ApiError("too-large", `The body is larger than ${maxBytes / 1024} KB.`);
}

function incomplete(cause?: unknown): ApiError {
  return new ApiError("bad-request", "The connection ended before the body was complete.", { cause });
}

/** The error for a client that does not send the body it announced. */
export function slowBody(): ApiError {
  return new ApiError("slow-body", "The body did not arrive in time, so nothing was done.", {
    headers: { connection: "close" },
  });
}
