import { atEndOfTurn } from "./end-of-turn.ts";

/** At most two batches run at once: what arrives meanwhile forms the next, larger one, which costs less per request. */
const maxRunning = 2;

/** Starts one batch after the other. */
export class Batcher {
  #running = 0;
  #isScheduled = false;

  constructor(
    /** A batch that takes longer no longer counts as running, so that the others do not wait for it. */
    private readonly longMs: number,
    /** Takes a batch from those who wait and runs it; null when nobody waits. */
    private readonly begin: () => Promise<void> | null,
  ) {}

  /** Somebody waits: a batch begins at the end of this turn of the event loop, unless enough are running. */
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
    let counts = true;
    const finish = () => {
      if (counts) this.#running -= 1;
      counts = false;
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
