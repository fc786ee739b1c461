const tickMs = 10;
const idleTicks = 100;

interface Wait {
  /** The deadline may move while the wait is on. */
  readonly untilMs: () => number;
  readonly giveUp: () => void;
}

/**
 * Waits for transaction bodies up to a deadline. One timer serves all of them and keeps running for a while after the
 * last: nearly every body ends before a timer fires, and starting one for each would cost more than everything else.
 */
export class Deadlines {
  readonly #waits = new Set<Wait>();
  #timer: ReturnType<typeof setInterval> | null = null;
  #idle = 0;

  /** True when the work, which never rejects, has settled; false when the deadline came first. */
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
    // The timer alone is no reason to keep the process running.
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
