import { deadlineMs, late } from "../contract/deadline.ts";
import { Batcher } from "./batcher.ts";

interface Waiting<R> {
  readonly id: number;
  readonly resolve: (row: R | null) => void;
  readonly reject: (error: unknown) => void;
}

/** One statement reads at most so many ids. */
const maxIds = 256;
/** A read by id takes a tenth of this: one that takes longer waits for something else. */
const usualLongMs = 5;

/**
 * Reads rows by id. Reads that arrive in the same turn of the event loop, or while earlier ones are running, share one
 * statement. Each sees every commit made before it arrived, because the statement is sent after that.
 */
export function batchReads<R extends { readonly id: number }>(
  fetch: (ids: readonly number[]) => Promise<readonly R[]>,
  longMs = usualLongMs,
): (id: number) => Promise<R | null> {
  const waiting: Waiting<R>[] = [];
  const batcher = new Batcher(longMs, () =>
    waiting.length === 0 ? null : readBatch(waiting.splice(0, maxIds), fetch),
  );
  return (id) =>
    new Promise((resolve, reject) => {
      waiting.push({ id, resolve, reject });
      batcher.wake();
    });
}

/** Gives each reader its row. One timer serves all of them, so a route that only reads by id needs no other deadline. */
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
    const rows = new Map((await fetch(ids)).map((row) => [row.id, row]));
    for (const { id, resolve } of readers) resolve(rows.get(id) ?? null);
  } catch (error) {
    refuse(error);
  } finally {
    clearTimeout(timer);
  }
}
