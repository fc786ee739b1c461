import { type Download, type Outcome, type SerializedBody, successBody } from "../contract/answer.ts";

/** What an answer may have behind its head. */
export type Body = SerializedBody | ReadableStream<Uint8Array> | null;

/** What every answer has. Which origin may read it depends on which one asks. */
export const bodilessHeaders = new Headers({
  "x-content-type-options": "nosniff",
  "cache-control": "no-store",
  vary: "Origin",
});
export const jsonHeaders = withType("application/json");
export const problemHeaders = withType("application/problem+json");

function withType(type: string): Headers {
  const headers = new Headers(bodilessHeaders);
  headers.set("content-type", type);
  return headers;
}

export function setAll(headers: Headers, values: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(values)) headers.set(name, value);
}

/** The body of an answer that is no file. */
export function bodyOf(answer: Exclude<Outcome<unknown>, Download>): Body {
  if ("serialized" in answer) return answer.serialized;
  return "body" in answer ? answer.body : successBody(answer);
}

/** What Bun gathers before it sends, less a head. */
const gatheredBytes = 15 * 1024;

/**
 * The body in a form that leaves in one piece, its head with it. A longer one that is answered later than in the turn in
 * which it was asked for would cost a call of the system for every word of the head (oven-sh/bun, pull request 41341).
 */
export function inOnePiece(body: Body): Body {
  if (body === null || body instanceof ReadableStream || body.length <= gatheredBytes) return body;
  const bytes = typeof body === "string" ? new TextEncoder().encode(body) : body;
  const whole = {
    type: "direct" as const,
    pull(controller: ReadableStreamDirectController) {
      controller.write(bytes);
      controller.end();
    },
  };
  // With room for all of it, its length is known when the head is sent.
  return new ReadableStream(whole, { highWaterMark: bytes.byteLength + 1 });
}
