/** The times of spans are by `performance.now()`. */
export interface SpanOptions {
  readonly name: string;
  /** `server`: a request that came in; `client`: what another program does for us; `internal`: our own work. */
  readonly type: "server" | "client" | "internal";
  readonly traceId: string;
  /** Null at the beginning of a trace. */
  readonly parentId: string | null;
  /** What the caller's tracing system wants to be passed on. */
  readonly traceState: string | null;
  readonly startedAt: number;
  /** Spans of other traces that this one worked for as well. */
  readonly links?: readonly Span[];
}

export type Attributes = Readonly<Record<string, string | number | boolean>>;

/** One step of a request, from its beginning to its end. */
export class Span {
  readonly id = randomHex(8);
  attributes: Attributes = {};
  endedAt = Number.NaN;
  failed = false;

  constructor(readonly options: SpanOptions) {}

  /** The options of a span within this one. */
  within(name: string, type: SpanOptions["type"], startedAt: number): SpanOptions {
    const { traceId, traceState } = this.options;
    return { name, type, traceId, parentId: this.id, traceState, startedAt };
  }
}

/** Random bytes as text, never all zero, which no id may be. */
export function randomHex(bytes: number): string {
  const text = crypto.getRandomValues(new Uint8Array(bytes)).toHex();
  return /[^0]/.test(text) ? text : randomHex(bytes);
}
