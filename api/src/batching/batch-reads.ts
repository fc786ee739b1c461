import { deadlineMs, late } from "../contract/deadline.ts";
import { activeSpan, inSpans } from "../watch/trace/context.ts";
import type { Span } from "../watch/trace/span.ts";
import { Batcher } from "./batcher.ts";

interface Waiting<R> {
  readonly id: number;
  readonly resolve: (row: R | null) => void;
  readonly reject: (error: unknown) => void;
  /** Of the request that waits, if it is traced. */
  readonly span: Span | null;
}

/** The maximum number of ids in one statement. */
const maxIds = 256;
/** A batch that takes longer is waiting for something else. A read by id takes about a tenth of this. */
const defaultLongMs = 5;

/**
 * Returns a function that reads rows by id. Reads that arrive in the same turn of the event loop, or while two batches
 * are running, share one statement. A read sees every commit made before it arrived, because its statement follows.
 */
export function batchReads<R extends { readonly id: number }>(
  fetch: (ids: readonly number[]) => Promise<readonly R[]>,
  longMs = defaultLongMs,
): (id: number) => Promise<R | null> {
  const waiting: Waiting<R>[] = [];
  const batcher = new Batcher(longMs, () =>
    waiting.length === 0 ? null : readBatch(waiting.splice(0, maxIds), fetch),
  );
  return (id) =>
    new Promise((resolve, reject) => {
      waiting.push({ id, resolve, reject, span: activeSpan() });
      batcher.wake();
    });
}

/** Reads one batch. A single timer limits all its reads, so routes that only read by id need no other deadline. */
async function readBatch<R extends { readonly id: number }>(
  readers: readonly Waiting<R>[],
  fetch: (ids: readonly number[]) => Promise<readonly R[]>,
): Promise<void> {
  const refuse = (error: unknown) => {
    for (const { reject } of readers) reject(error);
  };
  const timer = setTimeout(() => refuse(late()), deadlineMs);
  try {
    const [only] = readers;
    const ids = readers.length === 1 && only !== undefined ? [only.id] : [...new Set(readers.map(({ id }) => id))];
    const spans = readers.map(({ span }) => span);
    const rows = new Map((await inSpans(spans, () => fetch(ids))).map((row) => [row.id, row]));
    for (const { id, resolve } of readers) resolve(rows.get(id) ?? null);
  } catch (error) {
    refuse(error);
  } finally {
    clearTimeout(timer);
  }
}
