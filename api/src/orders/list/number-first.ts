import { orderNumberIn } from "northwind-schema/search-words";
import type { Database } from "sqlproof";
import { type Keys, keysOf } from "./keys.ts";
import type { Filters, Key, KeysRequest, List, MoreFilters } from "./request.ts";

/*
 * A search for the number of an order answers this order first, whatever the sort; the others follow in the order of
 * the list. A cursor at this order leads to the first of the others.
 */

/** The number that a list searches for; null when it searches for none. */
export function searchedNumber({ q }: Filters): number | null {
  return q === null ? null : orderNumberIn(q);
}

/** Up to `rows` keys of a list, the searched number first; `read` gives the keys in the order of the list. */
export async function keysWithNumberFirst(
  db: Database,
  request: KeysRequest,
  read: (request: KeysRequest) => Promise<Keys>,
): Promise<Keys> {
  const number = searchedNumber(request.filters);
  if (number === null) return read(request);
  const after = request.after?.id === number ? null : request.after;
  // One more, because the order itself may be among them.
  const keys = await read({ ...request, after, rows: request.rows + 1 });
  if (typeof keys === "string") return keys;
  const first = request.after === null ? await keyOfNumber(db, request, number) : null;
  return [...(first === null ? [] : [first]), ...withoutNumber(keys, number)].slice(0, request.rows);
}

/** All keys of a list, the searched number first. */
export function withNumberFirst(keys: readonly Key[], filters: Filters): readonly Key[] {
  const number = searchedNumber(filters);
  const first = keys.find(({ id }) => id === number);
  return number === null || first === undefined ? keys : [first, ...withoutNumber(keys, number)];
}

function withoutNumber(keys: readonly Key[], number: number): readonly Key[] {
  return keys.filter(({ id }) => id !== number);
}

const noMore: MoreFilters = {
  ...{ statuses: null, without: [], paid: null, shipped: null, paid_date_from: null, paid_date_to: null },
  ...{ shipped_date_from: null, shipped_date_to: null, ship_country_region: null, ids: null },
};

/** The key of the order with this number, if it passes the other filters. */
async function keyOfNumber(db: Database, { filters, sort }: List, number: number): Promise<Key | null> {
  const more = filters.more ?? noMore;
  if (more.ids !== null && !more.ids.includes(number)) return null;
  const only = { ...filters, q: null, more: { ...more, ids: [number] } };
  const keys = await keysOf(db, { filters: only, sort, after: null, rows: 1 });
  return typeof keys === "string" ? null : (keys[0] ?? null);
}
