import { foldSearchText } from "northwind-schema/fold";
import type { Database } from "sqlproof";
import { filterOf } from "./filter.ts";
import {
  customersOfTexts,
  gramsOfText,
  orderByNumber,
  ordersOfCustomers,
  ordersOfTexts,
  textsOfRun,
} from "./queries.ts";
import type { BasicSort, Filters, Key } from "./request.ts";

/*
 * Finds the orders with a text by the index of texts, if there are few of them. A text that many orders have is found
 * sooner by scanning the list, where the next of them is never far.
 */

const gramLength = 3;
/** So many runs of characters are compared to find the rarest; more of a long text would hardly be rarer. */
const mostCompared = 12;
/** Up to so many orders are read and sorted sooner than a list is scanned to its end. */
export const mostFound = 20_000;
/** Sorts behind every text that begins alike. */
const behindAll = "\u{10ffff}";

/**
 * The wanted orders with a text, unsorted; null when more than `most` orders, wanted or not, or more than `most` texts
 * have it.
 */
export async function findByText(
  db: Database,
  filters: Filters & { readonly q: string },
  most: number,
): Promise<readonly Key[] | null> {
  const { pattern, searched_id, ...filter } = filterOf(filters);
  const run = await rarestRun(db, foldSearchText(filters.q));
  if (run === null || pattern === null) return null;
  const texts = (await db.all(textsOfRun, { ...run, pattern, most: most + 1 })).map(({ text }) => text);
  if (texts.length > most) return null;
  const found = new Found(most);
  for (const some of chunks([...new Set(texts)])) {
    found.add(await db.all(ordersOfTexts, { ...filter, texts: some, most: most + 1 }));
    const customers = (await db.all(customersOfTexts, { texts: some })).map(({ id }) => id);
    for (const few of chunks(customers))
      found.add(await db.all(ordersOfCustomers, { ...filter, customers: few, most: most + 1 }));
    if (found.isTooMany) return null;
  }
  if (searched_id !== null) found.add(await db.all(orderByNumber, { ...filter, searched_id }));
  return found.wanted;
}

/** The most values in one statement. */
const mostAtOnce = 4096;

function chunks<T>(values: readonly T[]): readonly (readonly T[])[] {
  const count = Math.ceil(values.length / mostAtOnce);
  return Array.from({ length: count }, (_, index) => values.slice(index * mostAtOnce, (index + 1) * mostAtOnce));
}

/** Collects orders, each once, until there are too many. */
class Found {
  readonly #all = new Map<number, Key & { readonly wanted: number | null }>();

  constructor(private readonly most: number) {}

  add(rows: readonly (Key & { readonly wanted: number | null })[]): void {
    for (const row of rows) this.#all.set(row.id, row);
  }

  get isTooMany(): boolean {
    return this.#all.size > this.most;
  }

  get wanted(): readonly Key[] {
    return [...this.#all.values()].flatMap(({ id, order_date, wanted }) => (wanted === 1 ? [{ id, order_date }] : []));
  }
}

/** The range of character runs to read: each text that contains this one has one of them. Null for every text. */
async function rarestRun(db: Database, text: string): Promise<{ from: string; to: string } | null> {
  const letters = [...text];
  if (letters.length === 0) return null;
  if (letters.length < gramLength) return { from: text, to: text + behindAll };
  const places = Math.min(letters.length - gramLength + 1, mostCompared);
  const grams = places === 1 ? [] : await db.all(gramsOfText, { text, places });
  // The farther 100 texts reach through the alphabet, the rarer they are.
  const rarest = grams.reduce<(typeof grams)[number] | null>(
    (best, gram) => (best === null || isRarer(gram.reach, best.reach) ? gram : best),
    null,
  );
  const begin = (rarest?.position ?? 1) - 1;
  const gram = letters.slice(begin, begin + gramLength).join("");
  return { from: gram, to: gram };
}

function isRarer(reach: string | null, than: string | null): boolean {
  return than !== null && (reach === null || reach > than);
}

/** Sorts keys as a list is sorted: orders without a date come before all dates. */
export function sortKeys(keys: readonly Key[], sort: BasicSort): readonly Key[] {
  const down = sort === "-id" || sort === "-order_date";
  return keys.toSorted((a, b) => (down ? compare(b, a, sort) : compare(a, b, sort)));
}

/** The keys that come after a place in the list. */
export function keysAfter(keys: readonly Key[], after: Key | null, sort: BasicSort): readonly Key[] {
  if (after === null) return keys;
  const down = sort === "-id" || sort === "-order_date";
  return keys.filter((key) => (down ? compare(key, after, sort) < 0 : compare(key, after, sort) > 0));
}

function compare(a: Key, b: Key, sort: BasicSort): number {
  if (sort === "id" || sort === "-id" || a.order_date === b.order_date) return a.id - b.id;
  return (a.order_date ?? "") < (b.order_date ?? "") ? -1 : 1;
}
