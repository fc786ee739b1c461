import { ApiError } from "../contract/answer.ts";
import { late } from "../contract/deadline.ts";

const everyMs = 5;

/**
 * Makes a long report yield to the event loop every few milliseconds, because calls to SQLite never do, and ends the
 * report if its signal is aborted.
 */
export class Yielding {
  #yieldedAt = performance.now();

  constructor(private readonly signal: AbortSignal) {}

  /** Yields if that is due, so it may be called often. Throws the error of an aborted signal. */
  async yieldIfDue(): Promise<void> {
    if (performance.now() - this.#yieldedAt < everyMs) return;
    await new Promise((resolve) => setImmediate(resolve));
    this.#yieldedAt = performance.now();
    if (this.signal.aborted) throw cancelled(this.signal);
  }
}

/** The error of an aborted report: the reason of the signal, or else that the report is late. */
export function cancelled({ reason }: AbortSignal): ApiError {
  return reason instanceof ApiError ? reason : late();
}
