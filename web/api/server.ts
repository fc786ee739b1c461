import { cache } from "react";
import { type Reply, readReply, unreachable } from "./reply.ts";

/** Where the API listens; the program that starts this one says so. */
export function apiUrl(): string {
  return process.env.API_URL ?? "http://127.0.0.1:8000";
}

/** On one machine, packing and unpacking take longer than sending (docs/decisions/0086-sent-back-and-conditional.md). */
const headers = { "accept-encoding": "identity" };
const timeoutMs = 6000;
/** After a missed answer the API is asked again, but with a shorter wait. */
const shortMs = 2000;
const rememberMs = 10_000;
let missedAt = Number.NEGATIVE_INFINITY;

/** Reads from the API for a server component; the same path is asked once per request. */
export const get = cache(async <T>(path: string): Promise<Reply<T>> => {
  try {
    const limitMs = performance.now() - missedAt < rememberMs ? shortMs : timeoutMs;
    const signal = AbortSignal.timeout(limitMs);
    const response = await fetch(apiUrl() + path, { cache: "no-store", headers, signal });
    missedAt = Number.NEGATIVE_INFINITY;
    return await readReply<T>(response);
  } catch {
    missedAt = performance.now();
    // Refused, cut or too late: for a page all of them are an API that is not there.
    return unreachable();
  }
});
