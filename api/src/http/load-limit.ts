import { ApiError } from "../contract/answer.ts";
import { deadlineMs, defaultMaxInFlight } from "../contract/deadline.ts";
import { arrivingCount, isArriving } from "./request-body.ts";

const sweepEveryMs = 50;
/** More than a few requests that have waited so long are a queue. A few are reports, or writes behind a lock. */
const longWaitMs = 1000;
const fewLate = 64;
/** What the event loop may have to do in one turn. */
const longestTurnMs = 250;
interface Waiting {
  readonly request: Request;
  readonly startedAt: number;
  /** Gives the client its answer although the work goes on; the work's own answer is then dropped. */
  readonly expire: () => void;
}

/**
 * The requests being worked on: how many there may be, and for how long. One timer watches all of them: a timer per
 * request would cost each of them.
 *
 * A queue is bounded by number and by time: where a request takes long, fewer may wait. What has to wait longer than its
 * client does is served for nobody, and then nobody is served in time.
 */
export class Flight {
  readonly #waiting = new Set<Waiting>();
  /** Those whose deadline is kept elsewhere: they are only counted. */
  #counted = 0;
  /** Too many are waiting for too long. */
  #isCrowded = false;
  #sweptAt = performance.now();
  /** How many have come since the timer became overdue. */
  #arrivedLate = 0;
  readonly #timer = setInterval(() => this.#sweep(), sweepEveryMs);

  constructor(
    private readonly most = defaultMaxInFlight,
    private readonly limitMs = deadlineMs,
  ) {
    this.#timer.unref();
  }

  /** True when one more, come at this moment, would only make all the others late. */
  isFull(now: number): boolean {
    const overdueMs = now - this.#sweptAt;
    if (overdueMs > 2 * sweepEveryMs) this.#arrivedLate += 1;
    return (
      this.#waiting.size + this.#counted - arrivingCount() >= this.most ||
      this.#isCrowded ||
      // The timer is overdue, and many have been served since: this turn of the event loop has been at it all the time,
      // and who comes now has waited. Where few were, something else took the time: nobody is the better for a refusal.
      (this.#arrivedLate > fewLate && overdueMs > longestTurnMs)
    );
  }

  enter(): void {
    this.#counted += 1;
  }

  leave(): void {
    this.#counted -= 1;
  }

  begin(waiting: Waiting): void {
    this.#waiting.add(waiting);
  }

  /** False when it has expired already. */
  end(waiting: Waiting): boolean {
    return this.#waiting.delete(waiting);
  }

  close(): void {
    clearInterval(this.#timer);
  }

  #sweep(): void {
    this.#sweptAt = performance.now();
    this.#arrivedLate = 0;
    const deadline = this.#sweptAt - this.limitMs;
    const longAgo = this.#sweptAt - longWaitMs;
    let late = 0;
    // In the order in which they began: behind the first that is young there is nothing to see.
    for (const waiting of this.#waiting) {
      const { startedAt } = waiting;
      if (startedAt >= deadline && startedAt >= longAgo) break;
      if (startedAt < deadline) waiting.expire();
      if (startedAt < longAgo && !isArriving(waiting.request)) late += 1;
    }
    this.#isCrowded = late > fewLate;
  }
}

/** The refusal at once of a request that would have to wait too long. */
export function overloaded(): ApiError {
  const message = "Too many requests at the moment, nothing was done: try again.";
  return new ApiError("overloaded", message, { headers: { "retry-after": "1" } });
}
