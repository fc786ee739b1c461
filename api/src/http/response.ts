import {
  type Download,
  type Image,
  type Outcome,
  type Redirect,
  type SerializedBody,
  successBody,
} from "../contract/answer.ts";

/** After this time Bun cuts a silent connection without an answer, so every deadline must be shorter. */
export const idleTimeoutSeconds = 10;

/** The body of a response. */
export type Body = SerializedBody | ReadableStream<Uint8Array> | null;

/**
 * The headers of every response. An answer that a browser opens by itself may load nothing and stand in no frame, and no
 * foreign page may use it as an image or a script. `vary` is needed because the CORS headers depend on the origin of the
 * request, and because long bodies are compressed for clients that accept it.
 */
export const bodilessHeaders = new Headers({
  "x-content-type-options": "nosniff",
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
  "cross-origin-resource-policy": "same-origin",
  "cache-control": "no-store",
  vary: "Origin, Accept-Encoding",
  "keep-alive": `timeout=${idleTimeoutSeconds}`,
});
export const jsonHeaders = withType("application/json");
export const problemHeaders = withType("application/problem+json");
/** A browser keeps an image, but asks each time whether it has changed, which is answered without its bytes. */
export const imageHeaders = new Headers(bodilessHeaders);
imageHeaders.set("cache-control", "private, no-cache");

function withType(type: string): Headers {
  const headers = new Headers(bodilessHeaders);
  headers.set("content-type", type);
  return headers;
}

export function setAll(headers: Headers, values: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(values)) headers.set(name, value);
}

/** The body of an outcome that is no file. */
export function bodyOf(answer: Exclude<Outcome<unknown>, Download | Image | Redirect>): Body {
  if ("serialized" in answer) return answer.serialized;
  return "body" in answer ? answer.body : successBody(answer);
}

/** The size of the buffer in which Bun collects a response before sending it, minus the head. */
const bufferedBytes = 15 * 1024;

/**
 * Returns the body in a form that Bun sends together with the head. Otherwise Bun would need a system call for every
 * word of the head if a longer response is sent in a later turn of the event loop (oven-sh/bun, pull request 41341).
 */
export function inOnePiece(body: Body): Body {
  if (body === null || body instanceof ReadableStream || body.length <= bufferedBytes) return body;
  const bytes = typeof body === "string" ? new TextEncoder().encode(body) : body;
  const source = {
    type: "direct" as const,
    pull(controller: ReadableStreamDirectController) {
      controller.write(bytes);
      controller.end();
    },
  };
  // With room for the entire body, its length is known when the head is sent.
  return new ReadableStream(source, { highWaterMark: bytes.byteLength + 1 });
}
