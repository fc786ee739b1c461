import { askedBy } from "northwind-schema/search-words";
import { type Database, parametersOf } from "sqlproof";
import { searchPatterns, wordPattern } from "../../contract/text.ts";
import { filterOf } from "./filter.ts";
import {
  customersOfTexts,
  gramsOfText,
  orderByNumber,
  ordersOfCustomers,
  ordersOfIds,
  ordersOfProducts,
  ordersOfTexts,
  productsOfWord,
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
 * have the word that leads to them.
 */
export async function findByText(
  db: Database,
  filters: Filters & { readonly q: string },
  most: number,
): Promise<readonly Key[] | null> {
  const { words, phone } = askedBy(filters.q);
  // The word leads to nothing but orders with it.
  const isAlone = words.length === 1 && phone === null;
  const filter = isAlone ? { ...filterOf(filters), ...searchPatterns(null) } : filterOf(filters);
  const leads = await leadsOf(db, words, most);
  for (const lead of leads) {
    const found = new Found(most);
    const runs = [lead.run, ...(phone === null ? [] : [await rarestRun(db, [phone])])];
    const others = leads.filter((other) => other !== lead);
    const isWhole =
      (await findByRuns(db, filter, runs, found)) && (await findByProducts(db, filter, { lead, others }, found));
    if (!isWhole) continue;
    const { searched_id } = filter;
    if (searched_id !== null)
      found.add(await db.all(orderByNumber, parametersOf(orderByNumber, { ...filter, searched_id })));
    return found.wanted;
  }
  return null;
}

type Filter = ReturnType<typeof filterOf>;

/** A word by which orders are found: a run of it, which leads to texts, and the products that have it. */
interface WordLead {
  readonly run: Run | null;
  readonly products: readonly number[];
}

/** So many of the longest words are looked for among the products. */
const mostLooked = 5;

/** The words to begin with, those first that no product has: a product is in very many orders, a name in few. */
async function leadsOf(db: Database, words: readonly string[], most: number): Promise<readonly WordLead[]> {
  const names: string[] = [];
  const sold: WordLead[] = [];
  for (const word of words.toSorted((a, b) => b.length - a.length).slice(0, mostLooked)) {
    const products = (await db.all(productsOfWord, { pattern: wordPattern(word), most: most + 1 })).map(({ id }) => id);
    if (products.length === 0) names.push(word);
    else if (products.length <= most) sold.push({ run: await rarestRun(db, [word]), products });
  }
  return names.length === 0 ? sold : [{ run: await rarestRun(db, names), products: [] }, ...sold];
}

async function findByRuns(db: Database, filter: Filter, runs: readonly (Run | null)[], found: Found): Promise<boolean> {
  for (const run of runs) if (run === null || !(await findByRun(db, filter, run, found))) return false;
  return true;
}

interface ByProducts {
  readonly lead: WordLead;
  readonly others: readonly WordLead[];
}

/** So many details are read for each order that may be found: of two common products, few orders have both. */
const detailsPerOrder = 10;
const mostDetails = 200_000;

/** Collects the orders with one of the lead's products; false when there are too many of them. */
async function findByProducts(
  db: Database,
  filter: Filter,
  { lead, others }: ByProducts,
  found: Found,
): Promise<boolean> {
  if (lead.products.length === 0) return true;
  const most = Math.max(found.most, Math.min(found.most * detailsPerOrder, mostDetails));
  let orders = await ordersWith(db, lead, most);
  if (orders === null) return false;
  for (const other of others) {
    const theirs = (await isOnlySold(db, other)) ? await ordersWith(db, other, most) : null;
    if (theirs !== null) orders = orders.intersection(theirs);
  }
  if (orders.size > found.most) return false;
  for (const ids of chunks([...orders])) found.add(await db.all(ordersOfIds, { ...filter, ids }));
  return !found.isTooMany;
}

/** The orders with a product that has the word; null when there are more than `most` details of them. */
async function ordersWith(db: Database, { products }: WordLead, most: number): Promise<Set<number> | null> {
  const orders = new Set<number>();
  let read = 0;
  for (const some of chunks(products)) {
    const details = await db.all(ordersOfProducts, { products: some, most: most + 1 });
    read += details.length;
    if (read > most) return null;
    for (const { order_id } of details) if (order_id !== null) orders.add(order_id);
  }
  return orders;
}

/** Whether products have the word, but no order and no customer. */
async function isOnlySold(db: Database, { products, run }: WordLead): Promise<boolean> {
  return products.length > 0 && run !== null && (await db.all(textsOfRun, { ...run, most: 1 })).length === 0;
}

/** Collects the orders that a run of characters leads to; false when there are too many of them. */
async function findByRun(db: Database, filter: Filter, run: Run, found: Found): Promise<boolean> {
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
