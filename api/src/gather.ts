import type { Query } from "sqlproof";
import { deadlineMs, late } from "./flight.ts";
import { atTurnEnd } from "./turn.ts";

/** The row type of a query. */
export type RowOf<Q> = Q extends Query<infer _P, infer R> ? R : never;

interface Asked<R> {
  readonly id: number;
  readonly resolve: (row: R | null) => void;
  readonly reject: (error: unknown) => void;
}

/** So many ids go into one statement. */
const most = 256;

/**
 * Joins reads by id that arrive in the same turn of the event loop into one query. Each still sees every commit made
 * before it arrived, because the query is sent after it.
 */
export function gathered<R extends { readonly id: number }>(
  fetch: (ids: readonly number[]) => Promise<readonly R[]>,
): (id: number) => Promise<R | null> {
  let asked: Asked<R>[] = [];
  const send = () => {
    const turn = asked;
    asked = [];
    for (let start = 0; start < turn.length; start += most) void settle(turn.slice(start, start + most), fetch);
  };
  return (id) =>
    new Promise((resolve, reject) => {
      if (asked.push({ id, resolve, reject }) === 1) atTurnEnd(send);
    });
}

/** Gives each its row. One timer serves the whole turn, so a route that only reads by id needs no other deadline. */
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
