import { ApiError } from "../contract/answer.ts";

const maxBodyBytes = 256 * 1024;

/** Whose body is still arriving. */
const arriving = new Set<Request>();

/** True while it is the client that lets us wait. */
export function isArriving(request: Request): boolean {
  return arriving.has(request);
}

/** Such requests burden nobody yet: only what is complete waits for the database. */
export function arrivingCount(): number {
  return arriving.size;
}

/** The bytes of the body: JSON by its content type, UTF-8, not too many. */
export async function readBody(request: Request): Promise<Uint8Array> {
  const { headers } = request;
  const type = headers.get("content-type") ?? "";
  if (!/^application\/json\s*(?:;\s*charset\s*=\s*"?utf-8"?\s*)?$/i.test(type) || headers.has("content-encoding"))
    throw new ApiError("unsupported-media-type", "The body must be application/json in UTF-8, not compressed.", {
      headers: { accept: "application/json" },
    });
  const length = headers.get("content-length");
  if (Number(length ?? 0) > maxBodyBytes) throw tooLarge();
  arriving.add(request);
  try {
    const bytes = length === null ? await readPieces(request) : new Uint8Array(await request.arrayBuffer());
    await nextTurn();
    // Bun goes on to what follows in the same packet, and has cut the connection if that was no HTTP, or a second
    // request: then nobody waits for an answer, and the write must not happen behind the client's back.
    if (request.signal.aborted) throw incomplete();
    return bytes;
  } catch (error) {
    throw error instanceof ApiError ? error : incomplete(error);
  } finally {
    arriving.delete(request);
  }
}

/** A body that does not tell its length is read only as far as it may be long. */
async function readPieces({ body }: Request): Promise<Uint8Array> {
  if (body === null) return new Uint8Array();
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of body) {
    length += piece.length;
    if (length > maxBodyBytes) throw tooLarge();
    pieces.push(piece);
  }
  return pieces.length === 1 && pieces[0] !== undefined ? pieces[0] : Buffer.concat(pieces);
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function tooLarge(): ApiError {
  return new ApiError("too-large", `The body is larger than ${maxBodyBytes / 1024} KB.`);
}

function incomplete(cause?: unknown): ApiError {
  return new ApiError("bad-request", "The connection ended before the body was complete.", { cause });
}

/** The refusal of a client that does not send what it announced. */
export function slowBody(): ApiError {
  return new ApiError("slow-body", "The body did not arrive in time: nothing was done.", {
    headers: { connection: "close" },
  });
}
