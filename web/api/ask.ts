import { headers } from "next/headers";
import { type Reply, readReply, unreachable } from "./reply.ts";
import { sessionCookies } from "./session/cookie.ts";

/** Where the API listens; the program that starts this one says so. */
export function apiUrl(): string {
  return process.env.API_URL ?? "http://127.0.0.1:8000";
}

const timeoutMs = 6000;
/** After a missed answer the API is asked again, but with a shorter wait. */
const shortMs = 2000;
const rememberMs = 10_000;
let missedAt = Number.NEGATIVE_INFINITY;

type NameHeaders = Readonly<Record<string, string>>;

/** The headers with which the API is asked in the name of whoever asks for this page. */
export async function nameHeaders(): Promise<NameHeaders> {
  return nameHeadersOf(await headers());
}

export function nameHeadersOf(given: Pick<Headers, "get">): NameHeaders {
  const cookie = sessionCookies(given.get("cookie"));
  const from = given.get("x-forwarded-for");
  // On one machine, packing and unpacking take longer than sending (decision 0086).
  const always = { "accept-encoding": "identity", ...(from === null ? {} : { "x-forwarded-for": from }) };
  return { ...always, ...(cookie === null ? {} : { cookie }) };
}

/** Reads from the API in somebody's name. */
export async function ask<T>(path: string, own: NameHeaders): Promise<Reply<T>> {
  try {
    const limitMs = performance.now() - missedAt < rememberMs ? shortMs : timeoutMs;
    const init = { headers: own, cache: "no-store", signal: AbortSignal.timeout(limitMs) } as const;
    const response = await fetch(apiUrl() + path, init);
    missedAt = Number.NEGATIVE_INFINITY;
    return await readReply<T>(response);
  } catch {
    missedAt = performance.now();
    // Refused, cut or too late: for a page all of them are an API that is not there.
    return unreachable();
  }
}
