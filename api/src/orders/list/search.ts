import { askedBy } from "northwind-schema/search-words";
import type { Database } from "sqlproof";
import { searchPatterns, wordPattern } from "../../contract/text.ts";
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
 * have its rarest word.
 */
export async function findByText(
  db: Database,
  filters: Filters & { readonly q: string },
  most: number,
): Promise<readonly Key[] | null> {
  const { words, phone } = askedBy(filters.q);
  // The runs lead to nothing but orders with the only word.
  const isAlone = words.length === 1 && phone === null;
  const filter = isAlone ? { ...filterOf(filters), ...searchPatterns(null) } : filterOf(filters);
  const found = new Found(most);
  const runs = [await rarestRun(db, words), ...(phone === null ? [] : [await rarestRun(db, [phone])])];
  for (const run of runs) {
    if (run === null || !(await findByRun(db, filter, run, found))) return null;
  }
  const { searched_id } = filter;
  if (searched_id !== null) found.add(await db.all(orderByNumber, { ...filter, searched_id }));
  return found.wanted;
}

/** Collects the orders that a run of characters leads to; false when there are too many of them. */
async function findByRun(db: Database, filter: ReturnType<typeof filterOf>, run: Run, found: Found): Promise<boolean> {
  const { most } = found;
  const texts = (await db.all(textsOfRun, { ...run, most: most + 1 })).map(({ text }) => text);
  if (texts.length > most) return false;
  for (const some of chunks([...new Set(texts)])) {
    found.add(await db.all(ordersOfTexts, { ...filter, texts: some, most: most + 1 }));
    const customers = (await db.all(customersOfTexts, { texts: some })).map(({ id }) => id);
    for (const few of chunks(customers))
      found.add(await db.all(ordersOfCustomers, { ...filter, customers: few, most: most + 1 }));
    if (found.isTooMany) return false;
  }
  return true;
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

  constructor(readonly most: number) {}

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

/** The range of character runs to read: each text that has the pattern has one of them. */
interface Run {
  readonly from: string;
  readonly to: string;
  readonly pattern: string;
}

/** The rarest run of the words; null for every text. */
async function rarestRun(db: Database, words: readonly string[]): Promise<Run | null> {
  const [longest, ...others] = words.toSorted((a, b) => b.length - a.length).map((word) => [...word]);
  if (longest === undefined) return null;
  const whole = longest.join("");
  const pattern = wordPattern(whole);
  if (longest.length < gramLength) return { from: whole, to: whole + behindAll, pattern };
  const second = others[0] ?? [];
  const two = [longest, ...(second.length < gramLength ? [] : [second])].map((letters) => letters.join(""));
  let best: { readonly run: Run; readonly reach: string | null } | null = null;
  for (const word of two) {
    const letters = [...word];
    const places = Math.min(letters.length - gramLength + 1, mostCompared);
    const only = places === 1 && two.length === 1;
    const grams = only ? [{ position: 1, reach: null }] : await db.all(gramsOfText, { text: word, places });
    for (const { position, reach } of grams) {
      const gram = letters.slice(position - 1, position - 1 + gramLength).join("");
      // The farther 100 texts reach through the alphabet, the rarer they are.
      if (best === null || isRarer(reach, best.reach))
        best = { run: { from: gram, to: gram, pattern: wordPattern(word) }, reach };
    }
  }
  return best?.run ?? null;
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
