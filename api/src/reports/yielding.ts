import { ApiError } from "../contract/answer.ts";
import { late } from "../contract/deadline.ts";

const everyMs = 5;

/**
 * Lets a long report yield to the event loop every few milliseconds, because SQLite answers at once and never would; and
 * ends a report that nobody waits for any more.
 */
export class Yielding {
  #yieldedAt = performance.now();

  constructor(private readonly signal: AbortSignal) {}

  /** Call it often: it yields only when it is due. */
  async yieldIfDue(): Promise<void> {
    if (performance.now() - this.#yieldedAt < everyMs) return;
    await new Promise((resolve) => setImmediate(resolve));
    this.#yieldedAt = performance.now();
    if (this.signal.aborted) throw cancelled(this.signal);
  }
}

/** The error of an aborted report: the one that the signal gives, or that it is late. */
export function cancelled({ reason }: AbortSignal): ApiError {
  return reason instanceof ApiError ? reason : late();
}
