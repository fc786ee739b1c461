import type { Histogram } from "./histogram.ts";
import type { MetricsPart } from "./metrics.ts";
import type { Requests } from "./requests.ts";

/** What the HTTP server counts. */
export interface ServerCounts {
  readonly requests: Requests;
  readonly load: {
    readonly inFlight: number;
    readonly maxInFlight: number;
    /** Requests that were answered 503 at once. */
    readonly refused: number;
    /** How late the event loop was, every 50 ms. */
    readonly delays: Histogram;
  };
  readonly reads: {
    /** Answered from the cache. */
    readonly cached: number;
    /** Read for one request. */
    readonly read: number;
    /** Answered by the read of another, equal request. */
    readonly coalesced: number;
  };
  readonly writes: WriteCounts;
  readonly reports: { readonly waiting: number };
  /** Null if the server is ready for requests, else why it is not. */
  readonly notReady: () => Promise<string | null>;
}

/** What is counted where writes form batches. */
export interface WriteCounts {
  /** How many writes shared a transaction. */
  readonly sizes: Histogram;
  /** How many wait for their batch. */
  waiting: number;
}

const readyWithinMs = 1000;

/** The metrics of the HTTP server. */
export function serverMetrics({ requests, load, reads, writes, reports, notReady }: ServerCounts): MetricsPart {
  return async (to) => {
    const histograms = [...requests.paths].flatMap((one) =>
      one.read().map(({ method, status, times }) => [{ route: one.path, method, status }, times] as const),
    );
    const duration = "Time from the arrival of a request until its answer was ready to be sent.";
    to.histograms("northwind_http_request_duration_seconds", duration, histograms);
    to.gauge("northwind_http_requests_in_flight", "Requests that are being answered.", load.inFlight);
    const limit = "Further requests are refused at once (--max-in-flight).";
    to.gauge("northwind_http_requests_in_flight_limit", limit, load.maxInFlight);
    const refused = "Requests that were refused with 503, because they would have had to wait too long.";
    to.counter("northwind_http_requests_refused_total", refused, load.refused);
    to.add("counter", "northwind_reads_total", "Reads that equal requests may share, by where the answer came from.", [
      [{ from: "cache" }, reads.cached],
      [{ from: "database" }, reads.read],
      [{ from: "equal_read" }, reads.coalesced],
    ]);
    const sizes = "Writes of orders that shared one transaction.";
    to.histograms("northwind_write_batch_size", sizes, [[{}, writes.sizes]]);
    to.gauge("northwind_write_batch_waiting", "Writes of orders that wait for their batch.", writes.waiting);
    to.gauge(
      "northwind_reports_waiting",
      "Reports that the report thread is making or has yet to make.",
      reports.waiting,
    );
    const delays = "How late a timer of the event loop was, every 50 ms.";
    to.histograms("northwind_event_loop_delay_seconds", delays, [[{}, load.delays]]);
    to.gauge("northwind_ready", "1 if the server is ready for requests, as /readyz says.", await isReady(notReady));
  };
}

/** A database that does not answer soon is not ready. */
async function isReady(notReady: () => Promise<string | null>): Promise<number> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve("The database does not answer."), readyWithinMs);
  });
  const reason = await Promise.race([notReady().catch((error: unknown) => String(error)), late]);
  clearTimeout(timer);
  return reason === null ? 1 : 0;
}
