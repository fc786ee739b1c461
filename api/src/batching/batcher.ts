import { atEndOfTurn } from "./end-of-turn.ts";

/** Requests that arrive while two batches are running form a larger batch, which costs less per request. */
const maxRunning = 2;

/** Starts batches at the end of a turn of the event loop, at most two at a time. */
export class Batcher {
  #running = 0;
  #isScheduled = false;

  constructor(
    /** A batch that takes longer no longer counts as running, so that other batches do not wait for it. */
    private readonly longMs: number,
    /** Takes the waiting requests and runs them as a batch, or returns null if there are none. */
    private readonly begin: () => Promise<void> | null,
  ) {}

  /** Call it when a request waits. A batch starts at the end of this turn of the event loop, unless two are running. */
  wake(): void {
    if (this.#isScheduled || this.#running >= maxRunning) return;
    this.#isScheduled = true;
    atEndOfTurn(() => {
      this.#isScheduled = false;
      this.#next();
    });
  }

  #next(): void {
    const batch = this.begin();
    if (batch === null) return;
    this.#running += 1;
    let isCounted = true;
    const finish = () => {
      if (isCounted) this.#running -= 1;
      isCounted = false;
      this.wake();
    };
    const timer = setTimeout(finish, this.longMs);
    void batch.finally(() => {
      clearTimeout(timer);
      finish();
    });
    this.wake();
  }
}
