import { atTurnEnd } from "./end-of-turn.ts";

/** So many lots are under way at once: while they are, what comes gathers into a larger one, which costs less each. */
const mostUnderWay = 2;

/** Begins what has gathered as one lot after the other. */
export class Lots {
  #underWay = 0;
  #isDue = false;

  constructor(
    /** A lot that takes longer hinders nobody any more. */
    private readonly longMs: number,
    /** Takes a lot of those who wait; null when nobody does. */
    private readonly begin: () => Promise<void> | null,
  ) {}

  /** Somebody waits: at the end of this turn of the event loop a lot begins, unless enough are under way. */
  wake(): void {
    if (this.#isDue || this.#underWay >= mostUnderWay) return;
    this.#isDue = true;
    atTurnEnd(() => {
      this.#isDue = false;
      this.#next();
    });
  }

  #next(): void {
    const lot = this.begin();
    if (lot === null) return;
    this.#underWay += 1;
    let counts = true;
    const leave = () => {
      if (counts) this.#underWay -= 1;
      counts = false;
      this.wake();
    };
    const timer = setTimeout(leave, this.longMs);
    void lot.finally(() => {
      clearTimeout(timer);
      leave();
    });
    this.wake();
  }
}
