import { late } from "../contract/deadline.ts";
import type { Reporter } from "./reporter.ts";

/** How long and how much is cached. */
export interface CacheLimits {
  /** Up to this age a report is answered as it is. */
  readonly freshMs: number;
  /** Up to this age it is still answered, while it is made anew. */
  readonly staleMs: number;
  /** The largest sum of the weights of all cached reports. */
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

/** A report that nobody waits for is made on for so long, in case somebody asks for it again. */
const graceMs = 2000;
/** No report takes longer: those who wait for it have had their answer long before. */
const longestMs = 60_000;

/** A report and how many seconds old it is. */
export interface Aged<T> {
  readonly report: T;
  readonly age_seconds: number;
}

/**
 * Makes a report once for all who ask for it at the same time, and caches it for a while. In a small company nothing is
 * cached, so every answer is current.
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

  async get(key: string, gone: AbortSignal, make: (signal: AbortSignal) => Promise<T>): Promise<Aged<T>> {
    if (!(await this.reporter.isLarge())) return { report: await make(gone), age_seconds: 0 };
    const entry = this.#entries.get(key);
    const age = entry === undefined ? Number.POSITIVE_INFINITY : performance.now() - entry.madeAt;
    if (entry !== undefined && age <= this.limits.staleMs) {
      // The most recently used entry moves to the end.
      this.#entries.delete(key);
      this.#entries.set(key, entry);
      // If this fails, the error is answered when the entry has become too old.
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
