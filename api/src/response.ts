import { type Download, type Outcome, successBody, type WrittenBody } from "./answer.ts";

/** What an answer may have behind its head. */
export type Body = WrittenBody | ReadableStream<Uint8Array> | null;

/** What every answer has. */
export const bodilessHeaders = new Headers({ "x-content-type-options": "nosniff", "cache-control": "no-store" });
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
  if ("written" in answer) return answer.written;
  return "body" in answer ? answer.body : successBody(answer);
}
