import { ApiError } from "../contract/answer.ts";
import { deadlineMs, defaultLoadLimit } from "../contract/deadline.ts";
import { Histogram, timeBounds } from "../watch/histogram.ts";
import { arrivingCount, isArriving } from "./request-body.ts";

const sweepEveryMs = 50;
/** More than `fewLate` requests that have waited this long are a queue; fewer may be reports or wait for a lock. */
const longWaitMs = 1000;
const fewLate = 64;
/** A turn of the event loop that takes longer is too long. */
const longTurnMs = 250;

interface Waiting {
  readonly request: Request;
  /** By `performance.now()`. */
  readonly startedAt: number;
  /** Answers the client although its work continues. The result of the work is then ignored. */
  readonly expire: () => void;
}

/**
 * Limits how many requests are in flight and for how long. One timer watches all of them, because a timer per request
 * would slow down each one.
 *
 * The queue is bounded by number and by time, so fewer requests may wait when each takes long. Serving a request after
 * its client has given up is wasted work that makes all later requests late too.
 */
export class LoadLimit {
  readonly #waiting = new Set<Waiting>();
  /** The number of requests that have their own deadline. */
  #counted = 0;
  /** Whether too many requests have waited too long. */
  #isCrowded = false;
  #sweptAt = performance.now();
  /** How many requests have arrived since the timer became overdue. */
  #arrivedLate = 0;
  /** How many requests were refused. */
  refused = 0;
  /** How late each sweep was. */
  readonly delays = new Histogram(timeBounds);
  readonly #timer = setInterval(() => this.#sweep(), sweepEveryMs);

  constructor(
    readonly maxInFlight = defaultLoadLimit,
    private readonly limitMs = deadlineMs,
  ) {
    this.#timer.unref();
  }

  /** Whether one more request, arriving `now` (by `performance.now()`), would only make the others late. */
  isFull(now: number): boolean {
    const overdueMs = now - this.#sweptAt;
    if (overdueMs > 2 * sweepEveryMs) this.#arrivedLate += 1;
    return (
      this.#waiting.size + this.#counted - arrivingCount() >= this.maxInFlight ||
      this.#isCrowded ||
      // The timer is overdue and many requests have arrived since, so this turn of the event loop is busy with requests
      // and this one has waited as well. If only a few have arrived, something else took the time, and refusing this
      // one would not help.
      (this.#arrivedLate > fewLate && overdueMs > longTurnMs)
    );
  }

  get inFlight(): number {
    return this.#waiting.size + this.#counted;
  }

  /** The error for a request that would have to wait too long. */
  refusal(): ApiError {
    this.refused += 1;
    const message = "There are too many requests at the moment, so nothing was done; try again.";
    return new ApiError("overloaded", message, { headers: { "retry-after": "1" } });
  }

  /** Counts a request that has its own deadline. Call `leave` when it ends. */
  enter(): void {
    this.#counted += 1;
  }

  leave(): void {
    this.#counted -= 1;
  }

  /** Starts to watch a request, which is expired at its deadline unless `end` is called before. */
  begin(waiting: Waiting): void {
    this.#waiting.add(waiting);
  }

  /** Stops watching a request. Returns false if it has already expired. */
  end(waiting: Waiting): boolean {
    return this.#waiting.delete(waiting);
  }

  close(): void {
    clearInterval(this.#timer);
  }

  #sweep(): void {
    const now = performance.now();
    this.delays.add(Math.max(0, now - this.#sweptAt - sweepEveryMs) / 1000);
    this.#sweptAt = now;
    this.#arrivedLate = 0;
    const deadline = this.#sweptAt - this.limitMs;
    const longAgo = this.#sweptAt - longWaitMs;
    let late = 0;
    // Requests are in order of arrival, so all that follow the first recent one are recent too.
    for (const waiting of this.#waiting) {
      const { startedAt } = waiting;
      if (startedAt >= deadline && startedAt >= longAgo) break;
      if (startedAt < deadline) waiting.expire();
      if (startedAt < longAgo && !isArriving(waiting.request)) late += 1;
    }
    this.#isCrowded = late > fewLate;
  }
}
