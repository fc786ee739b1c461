const tickMs = 10;
const idleTicks = 100;

interface Wait {
  /** May move while it is waited for. */
  readonly untilMs: () => number;
  readonly giveUp: () => void;
}

/**
 * Waits for bodies of transactions, but not for ever. One timer looks after all of them and goes on for a while after
 * the last: nearly every body ends before any timer could tell, and one started for each would cost more than the rest.
 */
export class Deadlines {
  readonly #waits = new Set<Wait>();
  #timer: ReturnType<typeof setInterval> | null = null;
  #idle = 0;

  /** True when the work has settled, which it does without rejecting; false when the time came first. */
  within(work: Promise<void>, untilMs: () => number): Promise<boolean> {
    this.#start();
    return new Promise((resolve) => {
      const wait = { untilMs, giveUp: () => resolve(false) };
      this.#waits.add(wait);
      void work.then(() => {
        this.#waits.delete(wait);
        resolve(true);
      });
    });
  }

  stop(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
  }

  #start(): void {
    this.#idle = 0;
    if (this.#timer !== null) return;
    this.#timer = setInterval(() => this.#tick(), tickMs);
    // What nothing else waits for is no reason to keep a program running.
    this.#timer.unref();
  }

  #tick(): void {
    if (this.#waits.size === 0) {
      this.#idle += 1;
      if (this.#idle > idleTicks) this.stop();
      return;
    }
    const now = performance.now();
    for (const wait of this.#waits) {
      if (wait.untilMs() > now) continue;
      this.#waits.delete(wait);
      wait.giveUp();
    }
  }
}
