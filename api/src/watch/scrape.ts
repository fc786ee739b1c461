import { type MetricsPart, metricsText, metricsType } from "./metrics.ts";
import { checkReader, type Reader } from "./readers.ts";

interface ScrapeOptions {
  readonly parts: readonly MetricsPart[];
  /** Who may read the metrics besides this machine. */
  readonly networks: readonly string[];
  readonly readerOf: (request: Request) => Reader;
}

/** Answers `GET /metrics`. Throws 403 `forbidden` for whoever may not read them. */
export function scrape({ parts, networks, readerOf }: ScrapeOptions): (request: Request) => Promise<Response> {
  const headers = { "content-type": metricsType, "cache-control": "no-store" };
  return (request) => {
    checkReader(readerOf(request), networks);
    return metricsText(parts).then((text) => new Response(text, { headers }));
  };
}
