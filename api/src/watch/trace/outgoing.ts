import { activeSpan, inStep } from "./context.ts";
import { writeTraceparent } from "./traceparent.ts";

/** `fetch`, which hands the trace of the request on whose behalf it asks to whoever is asked. */
export function tracedFetch(url: string, options: RequestInit): Promise<Response> {
  if (activeSpan() === null) return fetch(url, options);
  const { host } = new URL(url);
  // The host alone: paths and parameters may hold secrets.
  return inStep(`${options.method ?? "GET"} ${host}`, "client", (span) => {
    const headers = new Headers(options.headers);
    headers.set("traceparent", writeTraceparent({ traceId: span.options.traceId, spanId: span.id, isSampled: true }));
    if (span.options.traceState !== null) headers.set("tracestate", span.options.traceState);
    return fetch(url, { ...options, headers });
  });
}
