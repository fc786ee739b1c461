import type { MetricsPart } from "../metrics.ts";
import { Clock, otlpJson, type Resource } from "./otlp.ts";
import type { Span } from "./span.ts";

interface ExporterOptions {
  /** The base address of the collector; spans go to `v1/traces` below it. */
  readonly endpoint: URL;
  /** Sent with each batch, such as a token. */
  readonly headers: Readonly<Record<string, string>>;
  readonly resource: Resource;
  /** Called when spans cannot be sent, and when they can be sent again; not for each batch. */
  readonly onChange: (problem: string | null) => void;
  readonly everyMs?: number;
}

/** More spans are dropped: traces are worth less than the memory of the program. */
const maxWaiting = 4096;
const maxBatch = 512;
const defaultEveryMs = 2000;
const timeoutMs = 5000;
/** Statuses after which OTLP asks for another attempt. */
const worthRetrying: ReadonlySet<number> = new Set([429, 502, 503, 504]);
const mostWaits = 30;
/** How long the program waits for the collector when it stops. */
const closeWithinMs = 2000;

/** Sends spans to a collector by OTLP/HTTP with JSON: in batches, by a timer, one batch at a time. */
export class Exporter {
  exported = 0;
  dropped = 0;
  #waiting: Span[] = [];
  #sending: Promise<void> | null = null;
  #hasProblem = false;
  /** After a failure so many turns of the timer pass before the next attempt. */
  #waits = 0;
  #failures = 0;
  readonly #clock = new Clock();
  readonly #url: string;
  readonly #timer: ReturnType<typeof setInterval>;

  constructor(private readonly options: ExporterOptions) {
    this.#url = new URL("v1/traces", options.endpoint.href.replace(/\/?$/, "/")).href;
    this.#timer = setInterval(() => this.#tick(), options.everyMs ?? defaultEveryMs);
    this.#timer.unref();
  }

  /** Takes a span that has ended. It is dropped if too many wait. */
  readonly take = (span: Span): void => {
    if (this.#waiting.length < maxWaiting) this.#waiting.push(span);
    else this.dropped += 1;
  };

  /** Sends what waits, as far as the collector takes it at once, and stops. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    await Promise.race([this.#sendRest(), Bun.sleep(closeWithinMs)]);
  }

  async #sendRest(): Promise<void> {
    await this.#sending;
    while (this.#waiting.length > 0 && this.#failures === 0) await this.#send();
  }

  metrics(): MetricsPart {
    return (to) => {
      to.counter("northwind_trace_spans_exported_total", "Spans that the collector has taken.", this.exported);
      const dropped = "Spans that were dropped, because the collector did not take them or too many waited.";
      to.counter("northwind_trace_spans_dropped_total", dropped, this.dropped);
    };
  }

  #tick(): void {
    if (this.#sending !== null || this.#waiting.length === 0) return;
    if (this.#waits > 0) {
      this.#waits -= 1;
      return;
    }
    this.#sending = this.#sendAll().finally(() => {
      this.#sending = null;
    });
  }

  async #sendAll(): Promise<void> {
    do await this.#send();
    while (this.#waiting.length >= maxBatch && this.#failures === 0);
  }

  async #send(): Promise<void> {
    const batch = this.#waiting.splice(0, maxBatch);
    const problem = await this.#post(batch);
    this.#failures = problem === null ? 0 : this.#failures + 1;
    this.#waits = problem === null ? 0 : Math.min(mostWaits, 2 ** this.#failures - 1);
    if ((problem !== null) === this.#hasProblem) return;
    this.#hasProblem = problem !== null;
    this.options.onChange(problem);
  }

  /** Returns why the batch was not taken, or null. What may be taken later waits again. */
  async #post(batch: readonly Span[]): Promise<string | null> {
    const { headers, resource } = this.options;
    try {
      const reply = await fetch(this.#url, {
        method: "POST",
        headers: { ...headers, "content-type": "application/json" },
        body: otlpJson(batch, resource, this.#clock),
        signal: AbortSignal.timeout(timeoutMs),
      });
      const answer = await reply.text();
      if (reply.ok) {
        const rejected = Math.min(batch.length, rejectedIn(answer));
        this.exported += batch.length - rejected;
        this.dropped += rejected;
        return null;
      }
      if (worthRetrying.has(reply.status)) this.#putBack(batch);
      else this.dropped += batch.length;
      return `the collector answers ${reply.status}`;
    } catch (error) {
      this.#putBack(batch);
      return error instanceof Error ? error.message : String(error);
    }
  }

  /** Before what has come since; the latest are dropped if there is no room. */
  #putBack(batch: readonly Span[]): void {
    const all = [...batch, ...this.#waiting];
    this.#waiting = all.slice(0, maxWaiting);
    this.dropped += all.length - this.#waiting.length;
  }
}

/** How many spans of a batch the collector has refused although it answers 200. */
function rejectedIn(answer: string): number {
  try {
    const { partialSuccess }: { readonly partialSuccess?: { readonly rejectedSpans?: string | number } } =
      JSON.parse(answer);
    return Number(partialSuccess?.rejectedSpans ?? 0) || 0;
  } catch {
    // Some collectors answer without a body.
    return 0;
  }
}
