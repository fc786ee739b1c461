// Traces of requests, down to their statements. `tracer.ts` decides which requests are traced and makes their spans,
// `context.ts` carries them along, and `exporter.ts` sends them in batches. None of it is loaded unless it is asked for.
import { AsyncLocalStorage } from "node:async_hooks";
import type { ObservedStatement } from "sqlproof";
import { type Active, active, traceWith } from "./context.ts";
import { randomHex, Span } from "./span.ts";
import { describeStatement } from "./statement.ts";
import { readTraceparent, writeTraceparent } from "./traceparent.ts";

interface TracerOptions {
  /** Which share of the requests is traced whose callers have not decided. */
  readonly share: number;
  readonly engine: string;
  /** Takes each span that has ended. */
  readonly take: (span: Span) => void;
}

/** What a request knows of its trace. */
export interface RequestTrace {
  readonly traceId: string;
  /** Null if this request is not traced. */
  readonly span: Span | null;
  /** What the client gets as `traceresponse`. */
  readonly response: string;
}

const maxStateLength = 512;

/** Begins and ends the spans of requests, statements and transactions. */
export class Tracer {
  constructor(private readonly options: TracerOptions) {
    traceWith(new AsyncLocalStorage<Active | null>(), options.take);
  }

  /** Begins the trace of a request, or continues that of its caller, who then decides whether it is traced. */
  begin({ headers }: Request, method: string, route: string, startedAt: number): RequestTrace {
    const caller = readTraceparent(headers.get("traceparent"));
    const traceId = caller?.traceId ?? randomHex(16);
    const isSampled = caller?.isSampled ?? Math.random() < this.options.share;
    if (!isSampled) return { traceId, span: null, response: "" };
    const state = caller === null ? null : headers.get("tracestate");
    const span = new Span({
      ...{ name: `${method} ${route}`, type: "server", traceId, startedAt },
      parentId: caller?.spanId ?? null,
      traceState: state !== null && state.length <= maxStateLength ? state : null,
    });
    return { traceId, span, response: writeTraceparent({ traceId, spanId: span.id, isSampled }) };
  }

  /** Ends the span of a request. */
  end(span: Span, requestId: string, method: string, route: string, status: number): void {
    span.attributes = {
      "http.request.method": method,
      "http.route": route,
      "http.response.status_code": status,
      "northwind.request_id": requestId,
    };
    span.failed = status >= 500;
    this.finish(span);
  }

  finish(span: Span): void {
    span.endedAt = performance.now();
    this.options.take(span);
  }

  /** Adds a statement that has run to the span of the request for which it ran, if there is one. */
  readonly saw = ({ text, startedAt, endedAt, failed }: ObservedStatement): void => {
    // A transaction has a span for its commit, which on SQLite it may share with others.
    if (text === "COMMIT") return;
    const current = active();
    if (current === null) return;
    const { name, attributes } = describeStatement(text);
    const span = new Span({ ...current.span.within(name, "client", startedAt), links: current.links });
    span.attributes = { "db.system.name": this.options.engine, ...attributes };
    span.failed = failed;
    span.endedAt = endedAt;
    this.options.take(span);
  };
}
