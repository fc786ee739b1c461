import { ApiError } from "./answer.ts";

/** A request gets its answer within this time. Shorter than the server's idle time-out, which cuts without an answer. */
const deadlineMs = 15_000;
const sweepEveryMs = 1000;

interface Waiting {
  readonly startedAt: number;
  readonly expire: () => void;
}

/** The requests being worked on. One timer watches all of them: a timer per request would cost each of them. */
export class Flight {
  readonly #waiting = new Set<Waiting>();
  readonly #timer = setInterval(() => this.#sweep(), sweepEveryMs);

  constructor(private readonly limitMs = deadlineMs) {
    this.#timer.unref();
  }

  /** The work's result, or 503 `timeout` when it is late; late work runs to its end and its result is dropped. */
  within<T>(work: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const waiting = { startedAt: performance.now(), expire: () => reject(late()) };
      this.#waiting.add(waiting);
      work.then(resolve, reject).finally(() => this.#waiting.delete(waiting));
    });
  }

  close(): void {
    clearInterval(this.#timer);
  }

  #sweep(): void {
    const limit = performance.now() - this.limitMs;
    for (const waiting of this.#waiting) if (waiting.startedAt < limit) waiting.expire();
  }
}

function late(): ApiError {
  const message = "The answer took too long; a write may still be carried out.";
  return new ApiError("timeout", message, { headers: { "retry-after": "5" } });
}
