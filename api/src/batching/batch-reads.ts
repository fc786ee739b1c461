import { deadlineMs, late } from "../contract/deadline.ts";
import { Lots } from "./batcher.ts";

interface Asked<R> {
  readonly id: number;
  readonly resolve: (row: R | null) => void;
  readonly reject: (error: unknown) => void;
}

/** So many ids go into one statement. */
const most = 256;
/** A read by id takes a tenth of it: what takes longer stands behind something else. */
const usualLongMs = 5;

/**
 * Joins reads by id that arrive in the same turn of the event loop, or while earlier ones are under way, into one query.
 * Each still sees every commit made before it arrived, because the query is sent after it.
 */
export function gathered<R extends { readonly id: number }>(
  fetch: (ids: readonly number[]) => Promise<readonly R[]>,
  longMs = usualLongMs,
): (id: number) => Promise<R | null> {
  const waiting: Asked<R>[] = [];
  const lots = new Lots(longMs, () => (waiting.length === 0 ? null : settle(waiting.splice(0, most), fetch)));
  return (id) =>
    new Promise((resolve, reject) => {
      waiting.push({ id, resolve, reject });
      lots.wake();
    });
}

/** Gives each its row. One timer serves all of them, so a route that only reads by id needs no other deadline. */
async function settle<R extends { readonly id: number }>(
  asked: readonly Asked<R>[],
  fetch: (ids: readonly number[]) => Promise<readonly R[]>,
): Promise<void> {
  const refuse = (error: unknown) => {
    for (const { reject } of asked) reject(error);
  };
  const timer = setTimeout(() => refuse(late()), deadlineMs);
  try {
    const [only] = asked;
    const ids = asked.length === 1 && only !== undefined ? [only.id] : [...new Set(asked.map(({ id }) => id))];
    const rows = new Map((await fetch(ids)).map((row) => [row.id, row]));
    for (const { id, resolve } of asked) resolve(rows.get(id) ?? null);
  } catch (error) {
    refuse(error);
  } finally {
    clearTimeout(timer);
  }
}
