import { late } from "../contract/deadline.ts";
import type { Reporter } from "./reporter.ts";

/** The limits of a cache. */
export interface CacheLimits {
  /** Up to this age a report is returned from the cache. */
  readonly freshMs: number;
  /** Up to this age a report is still returned from the cache, while a new one is made. */
  readonly staleMs: number;
  /** The maximum total weight of all cached reports. */
  readonly maxWeight: number;
}

interface Entry<T> {
  readonly report: T;
  readonly madeAt: number;
  readonly weight: number;
}

interface Running<T> {
  readonly promise: Promise<Entry<T>>;
  readonly abort: AbortController;
  waiting: number;
}

/** How long a report without waiting clients continues, in case a client requests it again. */
const graceMs = 2000;
/** After this time a report is aborted. All clients have missed their deadline long before. */
const longestMs = 60_000;

/** A report and its age in seconds. */
export interface Aged<T> {
  readonly report: T;
  readonly age_seconds: number;
}

/**
 * Makes each report once for all clients that request it at the same time, and caches it for a while. While there are
 * few orders, nothing is cached and every report is current.
 */
export class ReportCache<T> {
  readonly #entries = new Map<string, Entry<T>>();
  readonly #running = new Map<string, Running<T>>();
  #weight = 0;

  constructor(
    private readonly reporter: Pick<Reporter, "isLarge">,
    private readonly limits: CacheLimits,
    private readonly weigh: (report: T) => number,
  ) {}

  /** Returns the report with this key, made by `make` if necessary. `gone` is aborted when the client stops waiting. */
  async get(key: string, gone: AbortSignal, make: (signal: AbortSignal) => Promise<T>): Promise<Aged<T>> {
    if (!(await this.reporter.isLarge())) return { report: await make(gone), age_seconds: 0 };
    const entry = this.#entries.get(key);
    const age = entry === undefined ? Number.POSITIVE_INFINITY : performance.now() - entry.madeAt;
    if (entry !== undefined && age <= this.limits.staleMs) {
      // Move the most recently used entry to the end.
      this.#entries.delete(key);
      this.#entries.set(key, entry);
      // If this fails, clients get the error when the entry is too old to be returned.
      if (age > this.limits.freshMs) this.#run(key, make).promise.catch(() => null);
      return aged(entry);
    }
    return aged(await this.#await(this.#run(key, make), gone));
  }

  async #await(running: Running<T>, gone: AbortSignal): Promise<Entry<T>> {
    running.waiting += 1;
    const leave = () => {
      running.waiting -= 1;
      setTimeout(() => running.waiting === 0 && running.abort.abort(late()), graceMs).unref();
    };
    gone.addEventListener("abort", leave, { once: true });
    try {
      return await running.promise;
    } finally {
      gone.removeEventListener("abort", leave);
    }
  }

  #run(key: string, make: (signal: AbortSignal) => Promise<T>): Running<T> {
    const earlier = this.#running.get(key);
    if (earlier !== undefined && !earlier.abort.signal.aborted) return earlier;
    const abort = new AbortController();
    const running: Running<T> = { promise: this.#make(key, make(abort.signal)), abort, waiting: 0 };
    this.#running.set(key, running);
    const timer = setTimeout(() => abort.abort(late()), longestMs);
    const finish = () => {
      clearTimeout(timer);
      if (this.#running.get(key) === running) this.#running.delete(key);
    };
    running.promise.then(finish, finish);
    return running;
  }

  async #make(key: string, making: Promise<T>): Promise<Entry<T>> {
    const report = await making;
    const entry = { report, madeAt: performance.now(), weight: this.weigh(report) };
    this.#drop(key);
    this.#entries.set(key, entry);
    this.#weight += entry.weight;
    for (const oldest of this.#entries.keys()) {
      if (this.#weight <= this.limits.maxWeight) break;
      this.#drop(oldest);
    }
    return entry;
  }

  #drop(key: string): void {
    this.#weight -= this.#entries.get(key)?.weight ?? 0;
    this.#entries.delete(key);
  }
}

function aged<T>({ report, madeAt }: Entry<T>): Aged<T> {
  return { report, age_seconds: Math.floor((performance.now() - madeAt) / 1000) };
}
