// The keys of a list, whatever its sort and filters. Basic sorts without rare filters have queries of their own
// (`keyset.ts`). All other lists are found by one of several ways, which take turns.
import type { Database } from "sqlproof";
import type { Report } from "../../reports/report.ts";
import { isUnfiltered } from "./filter.ts";
import { basicKeysOf } from "./keyset.ts";
import { type BasicRequest, type Column, columnOf, isBasic, isDown, type Key, type KeysRequest } from "./request.ts";
import { dateIn, type Place, PlaceIsGone, sortedPlaces, wantedOf } from "./ways/facts.ts";
import { leadsOf, walksOf } from "./ways/leads.ts";

/** Keys, or why there are none: too many orders match for this sort, or the order of the cursor is gone. */
export type Keys = readonly Key[] | "too-many" | "gone";

/** How far each way goes in a round: the orders that are read and sorted, and those that are walked past. */
export interface Round {
  readonly sorted: number;
  readonly walked: number;
}

const usualRounds: readonly Round[] = [
  { sorted: 500, walked: 1_000 },
  { sorted: 4_000, walked: 10_000 },
  { sorted: 20_000, walked: 50_000 },
];

/** Of a whole list, more may be sorted: its anchors and its counts are cached. */
export const roundsOfAll: readonly Round[] = [
  { sorted: 1_000, walked: 0 },
  { sorted: 20_000, walked: 0 },
  { sorted: 200_000, walked: 0 },
];

/** The keys of a page, in the order of the list. */
export async function keysOf(db: Database, request: KeysRequest, rounds = usualRounds): Promise<Keys> {
  if (isBasicRequest(request)) return basicKeysOf(db, request);
  try {
    return await keysInRounds(db, request, rounds);
  } catch (error) {
    if (error instanceof PlaceIsGone) return "gone";
    throw error;
  }
}

export const keysReport: Report<KeysRequest, Keys> = { name: "keys", make: (db, request) => keysOf(db, request) };

function isBasicRequest(request: KeysRequest): request is BasicRequest {
  return isBasic(request.sort) && request.filters.more === null;
}

async function keysInRounds(db: Database, request: KeysRequest, rounds: readonly Round[]): Promise<Keys> {
  const { filters, sort, after, rows } = request;
  if (isUnfiltered(filters) && sort !== "order_total" && sort !== "-order_total")
    return (await walkWithin(db, request, Number.POSITIVE_INFINITY)) ?? [];
  for (const round of rounds) {
    const rest = await sortedKeys(db, { filters, sort, after }, round.sorted);
    if (rest !== null) return rest.slice(0, rows);
    const page = round.walked === 0 ? null : await walkWithin(db, request, round.walked);
    if (page !== null) return page;
  }
  return "too-many";
}

/** All keys of a list, those after `after`, if one of its filters leaves at most so many orders; else null. */
export async function sortedKeys(
  db: Database,
  { filters, sort, after }: Omit<KeysRequest, "rows">,
  most: number,
): Promise<readonly Key[] | null> {
  const column = columnOf(sort);
  const from = after === null ? null : placeAt(after, column);
  for (const lead of leadsOf(db, filters)) {
    const ids = await lead(most + 1);
    if (ids === null || ids.length > most) continue;
    const orders = await wantedOf(db, ids, filters);
    const places = await sortedPlaces(db, orders, { column, isDown: isDown(sort), after: from });
    return places.map((place) => keyAt(place, column));
  }
  return null;
}

/** The page if it is full, or the list ends, within so many orders along an index; else null. */
async function walkWithin(db: Database, request: KeysRequest, most: number): Promise<readonly Key[] | null> {
  const { filters, sort, after, rows } = request;
  const column = columnOf(sort);
  if (column === "order_total") return null;
  const isFree = isUnfiltered(filters);
  const from = after === null ? null : placeAt(after, column);
  for (const read of walksOf(db, filters, column, isDown(sort))) {
    const found: Key[] = [];
    let walked = 0;
    let place = from;
    while (walked < most) {
      const size = isFree ? rows - found.length : Math.min(1_000, most - walked);
      const next = await read(place, size);
      const wanted = isFree ? null : new Set((await wantedOf(db, idsOf(next), filters)).map(({ id }) => id));
      found.push(...next.filter(({ id }) => wanted?.has(id) ?? true).map((each) => keyAt(each, column)));
      if (found.length >= rows || next.length < size) return found.slice(0, rows);
      walked += next.length;
      place = next.at(-1) ?? null;
    }
  }
  return null;
}

function idsOf(places: readonly Place[]): readonly number[] {
  return places.map(({ id }) => id);
}

export function keyAt({ id, value }: Place, column: Column): Key {
  if (column === "id") return { id, order_date: null };
  return column === "order_date" ? { id, order_date: dateIn(value) } : { id, order_date: null, value };
}

export function placeAt({ id, order_date, value }: Key, column: Column): Place {
  if (column === "id") return { id, value: null };
  return { id, value: column === "order_date" ? order_date : (value ?? null) };
}
