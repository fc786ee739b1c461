import type { ApiError, Reply } from "./reply.ts";

/** Puts what the API says in English into the language of the page. */
export type Speaker = (error: ApiError) => Promise<ApiError>;

let speaker: Speaker | null = null;

/** The provider of the texts sets it; null for an English page. */
export function speakWith(given: Speaker | null): void {
  speaker = given;
}

/** A refusal with its sentences in the language of the page, where they are known there. */
export async function inLanguage<T>(reply: Reply<T>): Promise<Reply<T>> {
  if (reply.ok || speaker === null) return reply;
  // Without a network, the texts of the codes have to do.
  return speaker(reply).catch(() => reply);
}
