// Talking to the API: browser.ts from the browser, server.ts from the server. An answer is read here, into either
// its data or an error.
import type { Issue, Page } from "./types.ts";

/** A good answer. */
export interface Success<T> {
  readonly ok: true;
  readonly status: number;
  readonly data: T;
  readonly page: Page | null;
  /** The version of the resource, to be sent back as If-Match. */
  readonly etag: string | null;
  readonly replayed: boolean;
}

/** An error of the API, or that it could not be reached: `status` 0. */
export interface ApiError {
  readonly ok: false;
  readonly status: number;
  readonly code: string;
  readonly message: string;
  /** The message in the language of the page, as that of an issue. */
  readonly said?: string;
  readonly issues: readonly Issue[];
  /** With 412 the resource as it is now. */
  readonly current: unknown;
  readonly etag: string | null;
  readonly requestId: string | null;
}

export type Reply<T> = Success<T> | ApiError;

/** Reads an answer of the API. Anything but its envelope (a proxy's page, a broken connection) is an error, too. */
export async function readReply<T>(response: Response): Promise<Reply<T>> {
  const { status, headers } = response;
  const etag = headers.get("etag");
  const body: unknown = await response.json().catch(() => null);
  if (!isEnvelope(body)) return unreachable(status);
  if (body.success) {
    const replayed = headers.get("idempotency-replayed") === "true";
    // The types of the routes are those of the API itself; a contract test holds its answers to them.
    return { ok: true, status, data: body.data as T, page: body.page ?? null, etag, replayed };
  }
  return {
    ok: false,
    status,
    code: body.code ?? "internal",
    message: body.message,
    issues: body.errors ?? [],
    current: body.data,
    etag,
    requestId: body.request_id ?? null,
  };
}

/** The error of an API that does not answer. */
export function unreachable(status = 0): ApiError {
  const words = { message: "", issues: [], current: null, etag: null, requestId: null };
  return { ok: false, status, code: "unreachable", ...words };
}

interface Envelope {
  readonly success: boolean;
  readonly message: string;
  readonly data: unknown;
  readonly page?: Page;
  readonly code?: string;
  readonly errors?: readonly Issue[];
  readonly request_id?: string;
}

function isEnvelope(body: unknown): body is Envelope {
  return typeof body === "object" && body !== null && "success" in body && "data" in body && "message" in body;
}
