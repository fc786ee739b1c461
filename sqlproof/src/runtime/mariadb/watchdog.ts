const watched = new Set<Watchdog>();
let timer: ReturnType<typeof setInterval> | null = null;
let tick = 0;
const tickMs = 50;

/**
 * Closes a connection when the server stays silent for too long while something runs on it. All connections share one
 * timer, which runs only while one of them is busy: a timer per statement would cost more than the rest of the call.
 */
export class Watchdog {
  #running = 0;
  #since = 0;
  readonly #ticks: number;
  readonly #giveUp: () => void;

  /** A `limitMs` of 0 disables it. */
  constructor(limitMs: number, giveUp: () => void) {
    this.#ticks = limitMs === 0 ? Number.POSITIVE_INFINITY : Math.ceil(limitMs / tickMs);
    this.#giveUp = giveUp;
  }

  /** A statement was sent. */
  begin(): void {
    if (this.#running === 0) {
      this.#since = tick;
      watched.add(this);
      timer ??= start();
    }
    this.#running += 1;
  }

  /** A statement was answered, or failed. */
  end(): void {
    if (this.#running > 0) this.#running -= 1;
    this.#since = tick;
  }

  /** False when there is nothing left to watch. */
  look(): boolean {
    if (this.#running === 0) return false;
    if (tick - this.#since > this.#ticks) this.#giveUp();
    return true;
  }
}

function start(): ReturnType<typeof setInterval> {
  const started = setInterval(lookAtAll, tickMs);
  // A pending statement keeps the process alive through its socket; the timer need not.
  started.unref();
  return started;
}

function lookAtAll(): void {
  tick += 1;
  for (const watch of watched) if (!watch.look()) watched.delete(watch);
  if (watched.size > 0 || timer === null) return;
  clearInterval(timer);
  timer = null;
}
