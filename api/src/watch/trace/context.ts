import { Span, type SpanOptions } from "./span.ts";

/** For which request the code that runs works. */
export interface Active {
  readonly span: Span;
  /** Requests of other traces that the same work is for, because they formed a batch. */
  readonly links: readonly Span[];
}

/** Carries what is active through awaits and timers. */
interface Storage {
  getStore(): Active | null | undefined;
  run<T>(active: Active | null, work: () => T): T;
}

/** Null while nothing is traced: then all of this costs one comparison. */
let storage: Storage | null = null;
let takeEnded: (span: Span) => void = () => undefined;

/** From now on work is carried out for spans, and `take` gets those of steps that have ended. */
export function traceWith(used: Storage, take: (span: Span) => void): void {
  storage ??= used;
  takeEnded = take;
}

export function active(): Active | null {
  return storage?.getStore() ?? null;
}

export function activeSpan(): Span | null {
  return storage === null ? null : (active()?.span ?? null);
}

/** Works for one span, or for none even if the caller works for one. */
export function inSpan<T>(span: Span | null, work: () => T): T {
  return storage === null ? work() : storage.run(span === null ? null : { span, links: [] }, work);
}

/** Works for a batch of requests: for the first that is traced, with links to the others. */
export function inSpans<T>(spans: readonly (Span | null)[], work: () => T): T {
  if (storage === null) return work();
  const [span, ...links] = spans.filter((one) => one !== null);
  return storage.run(span === undefined ? null : { span, links }, work);
}

/** Carries out one step of what is active, which must be something, with a span of its own. */
export async function inStep<T>(name: string, type: SpanOptions["type"], work: (span: Span) => Promise<T>): Promise<T> {
  const parent = activeSpan();
  if (parent === null) throw new Error("no span is active");
  const span = new Span(parent.within(name, type, performance.now()));
  span.failed = true;
  try {
    const result = await inSpan(span, () => work(span));
    span.failed = false;
    return result;
  } finally {
    span.endedAt = performance.now();
    takeEnded(span);
  }
}
