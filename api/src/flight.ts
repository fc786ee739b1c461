import { ApiError } from "./answer.ts";

/** A request gets its answer within this time. Shorter than the server's idle time-out, which cuts without an answer. */
export const deadlineMs = 4500;
const sweepEveryMs = 50;
/** So many requests may be waiting for the database when nothing else is configured. */
export const defaultMaxInFlight = 1024;

interface Waiting {
  readonly startedAt: number;
  /** Gives the client its answer although the work goes on; the work's own answer is then dropped. */
  readonly expire: () => void;
}

/**
 * The requests being worked on: how many there may be, and for how long. One timer watches all of them and rests when
 * there are none: a timer per request would cost each of them.
 */
export class Flight {
  readonly #waiting = new Set<Waiting>();
  /** Those whose deadline is kept elsewhere: they are only counted. */
  #counted = 0;
  #timer: ReturnType<typeof setInterval> | null = null;

  constructor(
    private readonly most = defaultMaxInFlight,
    private readonly limitMs = deadlineMs,
  ) {}

  /** True when one more would only make all the others late. */
  isFull(): boolean {
    return this.#waiting.size + this.#counted >= this.most;
  }

  enter(): void {
    this.#counted += 1;
  }

  leave(): void {
    this.#counted -= 1;
  }

  begin(waiting: Waiting): void {
    this.#waiting.add(waiting);
    this.#timer ??= this.#watch();
  }

  /** False when it has expired already. */
  end(waiting: Waiting): boolean {
    return this.#waiting.delete(waiting);
  }

  close(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
  }

  #watch(): ReturnType<typeof setInterval> {
    const timer = setInterval(() => this.#sweep(), sweepEveryMs);
    timer.unref();
    return timer;
  }

  #sweep(): void {
    const limit = performance.now() - this.limitMs;
    // In the order in which they began: behind the first that has time left there is nothing to do.
    for (const waiting of this.#waiting) {
      if (waiting.startedAt >= limit) break;
      waiting.expire();
    }
    if (this.#waiting.size === 0) this.close();
  }
}

/** The refusal of a request that is late. */
export function late(): ApiError {
  const message =
    "The answer took too long: try again. A write may still be carried out: repeat it with the same Idempotency-Key, and it is done once.";
  return new ApiError("timeout", message, { headers: { "retry-after": "1" } });
}

/** The refusal at once of a request that would have to wait too long. */
export function overloaded(): ApiError {
  const message = "Too many requests at the moment, nothing was done: try again.";
  return new ApiError("overloaded", message, { headers: { "retry-after": "1" } });
}
