import { ApiError } from "../contract/answer.ts";
import { late } from "../contract/deadline.ts";

const everyMs = 5;

/**
 * Taken often by a long report: gives the event loop its turn every few milliseconds, because SQLite answers at once
 * and never would, and ends what nobody waits for any more.
 */
export class Breath {
  #takenAt = performance.now();

  constructor(private readonly signal: AbortSignal) {}

  async take(): Promise<void> {
    if (performance.now() - this.#takenAt < everyMs) return;
    await new Promise((resolve) => setImmediate(resolve));
    this.#takenAt = performance.now();
    if (this.signal.aborted) throw cancelled(this.signal);
  }
}

/** Why a report is not finished: as the signal says, or because nobody is there to be told. */
export function cancelled({ reason }: AbortSignal): ApiError {
  return reason instanceof ApiError ? reason : late();
}
