import { ApiError } from "../contract/answer.ts";
import { deadlineMs, defaultMaxInFlight } from "../contract/deadline.ts";
import { arrivingCount, isArriving } from "./request-body.ts";

const sweepEveryMs = 50;
/** Many requests that have waited so long are a queue; a few are reports, or writes that wait for a lock. */
const longWaitMs = 1000;
const fewLate = 64;
/** The longest that one turn of the event loop may take. */
const longestTurnMs = 250;
interface Waiting {
  readonly request: Request;
  readonly startedAt: number;
  /** Answers the client although the work goes on; the work's own answer is then dropped. */
  readonly expire: () => void;
}

/**
 * The requests in flight: how many there may be, and for how long. One timer watches all of them, because a timer per
 * request would cost each of them.
 *
 * The queue is bounded by number and by time: where requests take long, fewer may wait. A request that waits longer than
 * its client does is served for nobody, and then no request is served in time.
 */
export class LoadLimit {
  readonly #waiting = new Set<Waiting>();
  /** Requests with a deadline of their own are only counted. */
  #counted = 0;
  /** Too many requests have waited too long. */
  #isCrowded = false;
  #sweptAt = performance.now();
  /** How many requests have arrived since the timer became overdue. */
  #arrivedLate = 0;
  readonly #timer = setInterval(() => this.#sweep(), sweepEveryMs);

  constructor(
    private readonly most = defaultMaxInFlight,
    private readonly limitMs = deadlineMs,
  ) {
    this.#timer.unref();
  }

  /** True when one more request at this moment would only make all the others late. */
  isFull(now: number): boolean {
    const overdueMs = now - this.#sweptAt;
    if (overdueMs > 2 * sweepEveryMs) this.#arrivedLate += 1;
    return (
      this.#waiting.size + this.#counted - arrivingCount() >= this.most ||
      this.#isCrowded ||
      // The timer is overdue and many requests have arrived since: this turn of the event loop has served requests all
      // the time, and the next one has waited as well. If few have arrived, something else took the time, and a refusal
      // would help nobody.
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
    // In order of arrival: after the first recent one, all are recent.
    for (const waiting of this.#waiting) {
      const { startedAt } = waiting;
      if (startedAt >= deadline && startedAt >= longAgo) break;
      if (startedAt < deadline) waiting.expire();
      if (startedAt < longAgo && !isArriving(waiting.request)) late += 1;
    }
    this.#isCrowded = late > fewLate;
  }
}

/** The error of a request that would have to wait too long, answered at once. */
export function overloaded(): ApiError {
  const message = "Too many requests at the moment, nothing was done: try again.";
  return new ApiError("overloaded", message, { headers: { "retry-after": "1" } });
}
