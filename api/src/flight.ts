import { ApiError } from "./answer.ts";

/** A request gets its answer within this time. Shorter than the server's idle time-out, which cuts without an answer. */
export const deadlineMs = 15_000;
const sweepEveryMs = 1000;

interface Waiting {
  readonly startedAt: number;
  /** Gives the client its answer although the work goes on; the work's own answer is then dropped. */
  readonly expire: (error: ApiError) => void;
}

/** The requests being worked on. One timer watches all of them: a timer per request would cost each of them. */
export class Flight {
  readonly #waiting = new Set<Waiting>();
  readonly #timer = setInterval(() => this.#sweep(), sweepEveryMs);

  constructor(private readonly limitMs = deadlineMs) {
    this.#timer.unref();
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
    const limit = performance.now() - this.limitMs;
    for (const waiting of this.#waiting) if (waiting.startedAt < limit) waiting.expire(late());
  }
}

/** The refusal of a request that is late. */
export function late(): ApiError {
  const message = "The answer took too long; a write may still be carried out.";
  return new ApiError("timeout", message, { headers: { "retry-after": "5" } });
}
