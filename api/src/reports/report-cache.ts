import { late } from "../contract/deadline.ts";
import type { Reporter } from "./reporter.ts";

/** How long what was found may be answered. */
export interface Keeping {
  /** So old it is answered as it is. */
  readonly freshMs: number;
  /** So old it is answered once more, while it is found anew. */
  readonly staleMs: number;
  /** The sum of the weights that are kept. */
  readonly most: number;
}

interface Entry<T> {
  readonly found: T;
  readonly foundAt: number;
  readonly weight: number;
}

interface Search<T> {
  readonly promise: Promise<Entry<T>>;
  readonly stop: AbortController;
  waiting: number;
}

/** A search that nobody waits for may still be waited for by whoever comes within this time. */
const graceMs = 2000;
/** No search takes longer: who waits for it has been told so long before. */
const longestMs = 60_000;

/** What was found, and how many seconds ago. */
export interface Aged<T> {
  readonly found: T;
  readonly age_seconds: number;
}

/**
 * What takes long to find: found once for all who ask at the same time, and kept for a while. In a small company
 * nothing is kept, so there every answer is of this moment.
 */
export class Kept<T> {
  readonly #entries = new Map<string, Entry<T>>();
  readonly #searches = new Map<string, Search<T>>();
  #weight = 0;

  constructor(
    private readonly reporter: Pick<Reporter, "isLarge">,
    private readonly keeping: Keeping,
    private readonly weigh: (found: T) => number,
  ) {}

  async get(key: string, gone: AbortSignal, find: (signal: AbortSignal) => Promise<T>): Promise<Aged<T>> {
    if (!(await this.reporter.isLarge())) return { found: await find(gone), age_seconds: 0 };
    const entry = this.#entries.get(key);
    const age = entry === undefined ? Number.POSITIVE_INFINITY : performance.now() - entry.foundAt;
    if (entry !== undefined && age <= this.keeping.staleMs) {
      // The most recently asked stands last.
      this.#entries.delete(key);
      this.#entries.set(key, entry);
      // Its failure shows when the entry is too old.
      if (age > this.keeping.freshMs) this.#search(key, find).promise.catch(() => null);
      return aged(entry);
    }
    return aged(await this.#await(this.#search(key, find), gone));
  }

  async #await(search: Search<T>, gone: AbortSignal): Promise<Entry<T>> {
    search.waiting += 1;
    const leave = () => {
      search.waiting -= 1;
      setTimeout(() => search.waiting === 0 && search.stop.abort(late()), graceMs).unref();
    };
    gone.addEventListener("abort", leave, { once: true });
    try {
      return await search.promise;
    } finally {
      gone.removeEventListener("abort", leave);
    }
  }

  #search(key: string, find: (signal: AbortSignal) => Promise<T>): Search<T> {
    const running = this.#searches.get(key);
    if (running !== undefined && !running.stop.signal.aborted) return running;
    const stop = new AbortController();
    const search: Search<T> = { promise: this.#find(key, find(stop.signal)), stop, waiting: 0 };
    this.#searches.set(key, search);
    const tooLong = setTimeout(() => stop.abort(late()), longestMs);
    const over = () => {
      clearTimeout(tooLong);
      if (this.#searches.get(key) === search) this.#searches.delete(key);
    };
    search.promise.then(over, over);
    return search;
  }

  async #find(key: string, finding: Promise<T>): Promise<Entry<T>> {
    const found = await finding;
    const entry = { found, foundAt: performance.now(), weight: this.weigh(found) };
    this.#drop(key);
    this.#entries.set(key, entry);
    this.#weight += entry.weight;
    for (const oldest of this.#entries.keys()) {
      if (this.#weight <= this.keeping.most) break;
      this.#drop(oldest);
    }
    return entry;
  }

  #drop(key: string): void {
    this.#weight -= this.#entries.get(key)?.weight ?? 0;
    this.#entries.delete(key);
  }
}

function aged<T>({ found, foundAt }: Entry<T>): Aged<T> {
  return { found, age_seconds: Math.floor((performance.now() - foundAt) / 1000) };
}
