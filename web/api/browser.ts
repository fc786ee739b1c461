import { type Reply, readReply, unreachable } from "./reply.ts";
import { inLanguage } from "./said.ts";
import { ask, type Wanted } from "./session/question.ts";

interface Write {
  readonly method: "POST" | "PUT" | "DELETE";
  readonly path: string;
  /** Sent as JSON, unless it is a file. */
  readonly body?: object | File;
  /** The version that was read: refused when someone has changed it since. */
  readonly etag?: string | null;
  /** Made once per intended write, so that a repeated click or a retry cannot carry it out twice. */
  readonly key: string;
  /** The window may be closing: the write is sent all the same. */
  readonly keepalive?: boolean;
}

const timeoutMs = 8000;

/** Where a user proves once more who it is. */
export const proofPath = "/api/session/proof";

/** Reads from the API in the browser, through this page's own origin. */
export async function read<T>(path: string, signal?: AbortSignal): Promise<Reply<T>> {
  return send<T>(path, () => {
    const limit = AbortSignal.timeout(timeoutMs);
    return { signal: signal === undefined ? limit : AbortSignal.any([limit, signal]) };
  });
}

/** Writes with a key against doing it twice, and a version against overwriting what was not seen. */
export async function write<T>({ method, path, body, etag, key, keepalive = false }: Write): Promise<Reply<T>> {
  const headers: Record<string, string> = { "idempotency-key": key };
  const isFile = body instanceof File;
  if (body !== undefined) headers["content-type"] = isFile ? body.type : "application/json";
  if (etag) headers["if-match"] = etag;
  return send<T>(path, () => {
    const init = { method, headers, keepalive, signal: AbortSignal.timeout(timeoutMs) };
    return body === undefined ? init : { ...init, body: isFile ? body : JSON.stringify(body) };
  });
}

/** The refusals after which the user is asked who it is. */
const questions: ReadonlyMap<string, Wanted> = new Map([
  ["unauthenticated", "sign-in"],
  ["proof-required", "proof"],
]);

async function send<T>(path: string, init: () => RequestInit): Promise<Reply<T>> {
  return inLanguage(await sent<T>(path, init));
}

/**
 * Sends a request. If the session has ended, or a proof is needed, the user is asked over the page, and the request is
 * repeated: at most once for each question.
 */
async function sent<T>(path: string, init: () => RequestInit): Promise<Reply<T>> {
  const first = init();
  let reply = await sendOnce<T>(path, first);
  const asked = new Set<Wanted>();
  for (;;) {
    const question = reply.ok || first.keepalive === true ? undefined : questions.get(reply.code);
    if (question === undefined || asked.has(question)) return reply;
    asked.add(question);
    const isDone = await ask(question);
    // Whoever has signed in again has proved it, and another proof would end the session that the page now uses.
    if (!isDone || path === proofPath) return reply;
    reply = await sendOnce<T>(path, init());
  }
}

async function sendOnce<T>(path: string, init: RequestInit): Promise<Reply<T>> {
  try {
    return await readReply<T>(await fetch(path, init));
  } catch {
    return unreachable();
  }
}
