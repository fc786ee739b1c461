import type { Database } from "sqlproof";
import type { Report } from "../../reports/report.ts";
import { Yielding } from "../../reports/yielding.ts";
import { isUnfiltered } from "../list/filter.ts";
import { keyAt, placeAt, roundsOfAll, sortedKeys } from "../list/keys.ts";
import { keysOfPart, partsOf } from "../list/keyset.ts";
import { cursorOf } from "../list/list.ts";
import { withNumberFirst } from "../list/number-first.ts";
import { columnOf, isBasic, isDown, type Key, type List } from "../list/request.ts";
import { findByText, mostFound, sortKeys } from "../list/search.ts";
import { unconfined, partsOf as walkedParts } from "../list/ways/walk.ts";

/** Where a list can be read at any depth: `anchors[i]` is the cursor to what comes after row i * every. */
export interface Anchors {
  readonly total: number;
  readonly every: number;
  readonly anchors: readonly (string | null)[];
}

/** How far apart anchors are: `fewest` orders, more when there would be more than `most` of them. */
export interface Spacing {
  readonly fewest: number;
  /** So far apart every row is in the first page from its anchor: farther only when there are more than `mostOfAll`. */
  readonly onePage: number;
  readonly most: number;
  readonly mostOfAll: number;
}

const usual: Spacing = { fewest: 250, onePage: 1000, most: 5000, mostOfAll: 20_000 };

/**
 * Goes through the list from one anchor to the next. Each step is a query of constant cost: it skips `every` orders of
 * an index and reads one. When there are too many anchors, every second one is dropped.
 */
export async function anchorsOf(
  db: Database,
  list: List,
  signal: AbortSignal,
  spacing: Spacing = usual,
): Promise<Anchors | null> {
  const scan = new AnchorScan(spacing, new Yielding(signal));
  if (!(await readAll(db, list, scan))) return null;
  const { total, every, keys } = scan;
  // The first is the beginning; one at the very end would lead to nothing.
  const inner = keys.slice(0, Math.max(0, Math.ceil(total / every) - 1));
  return { total, every, anchors: [null, ...inner.map((key) => cursorOf(list, key))] };
}

export const anchorsReport: Report<List, Anchors | null> = {
  name: "anchors",
  make: (db, request, signal) => anchorsOf(db, request, signal),
};

/** Passes over the whole list; false if it has too many orders for its sort. */
async function readAll(db: Database, { filters, sort }: List, scan: AnchorScan): Promise<boolean> {
  const { q, more } = filters;
  if (!isBasic(sort) || more !== null) return readBySort(db, { filters, sort }, scan);
  const few = q === null ? null : await findByText(db, { ...filters, q }, mostFound);
  if (few !== null) await scan.read(keysIn(withNumberFirst(sortKeys(few, sort), filters)));
  else
    for (const part of partsOf(filters, sort))
      await scan.read((place) => keysOfPart(db, filters, sort, part, { ...place, until: null }));
  return true;
}

async function readBySort(db: Database, list: List, scan: AnchorScan): Promise<boolean> {
  const column = columnOf(list.sort);
  for (const { sorted } of roundsOfAll) {
    const keys = await sortedKeys(db, { ...list, after: null }, sorted);
    if (keys === null) continue;
    await scan.read(keysIn(withNumberFirst(keys, list.filters)));
    return true;
  }
  if (!isUnfiltered(list.filters) || column === "order_total") return false;
  const walk = { column, isDown: isDown(list.sort), from: null, ...unconfined };
  for await (const read of walkedParts(db, walk))
    await scan.read(async ({ after, ...cut }) => {
      const places = await read({ ...cut, after: after === null ? null : placeAt(after, column) });
      return places.map((place) => keyAt(place, column));
    });
  return true;
}

type ReadKeys = (place: {
  readonly after: Key | null;
  readonly rows: number;
  readonly skip: number;
}) => Promise<readonly Key[]>;

/** Reads from keys that are already known. */
function keysIn(keys: readonly Key[]): ReadKeys {
  const places = new Map(keys.map(({ id }, index) => [id, index]));
  return async ({ after, rows, skip }) => {
    const begin = (after === null ? 0 : (places.get(after.id) ?? keys.length) + 1) + skip;
    return keys.slice(begin, begin + rows);
  };
}

/** Passes over a list and notes an anchor after each `every` orders. */
class AnchorScan {
  every: number;
  total = 0;
  keys: Key[] = [];
  /** Orders to go until the next anchor. */
  #pending: number;

  constructor(
    private readonly spacing: Spacing,
    private readonly yielding: Yielding,
  ) {
    this.every = spacing.fewest;
    this.#pending = spacing.fewest;
  }

  /** Passes over one part of the list, to its end. */
  async read(keysAfter: ReadKeys): Promise<void> {
    let after: Key | null = null;
    for (;;) {
      await this.yielding.yieldIfDue();
      const [next]: readonly Key[] = await keysAfter({ after, rows: 1, skip: this.#pending - 1 });
      if (next === undefined) break;
      this.#pass(this.#pending, next);
      after = next;
    }
    // Fewer are left than lie between two anchors.
    const rest = await keysAfter({ after, rows: this.#pending, skip: 0 });
    const last = rest.at(-1);
    if (last !== undefined) this.#pass(rest.length, last);
  }

  #pass(orders: number, key: Key): void {
    this.total += orders;
    this.#pending -= orders;
    if (this.#pending > 0) return;
    this.keys.push(key);
    const { onePage, most, mostOfAll } = this.spacing;
    if (this.keys.length >= (this.every < onePage ? most : mostOfAll)) this.#thinOut();
    this.#pending = this.every - (this.total % this.every);
  }

  #thinOut(): void {
    this.keys = this.keys.filter((_, index) => index % 2 === 1);
    this.every *= 2;
  }
}
