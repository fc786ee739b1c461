import type { Database } from "sqlproof";
import { utcAt } from "../contract/text.ts";
import { deleteOldFailures, deleteOldLinks, deleteOldSessions, setBackBeginnings, setBackUses } from "./queries.ts";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
/** A session ends when nobody has used it for so long, */
export const idleMs = 12 * hourMs;
/** and in any case after so long. */
export const longestMs = 30 * 24 * hourMs;
/** The clocks of several machines differ a little; a time this far in the future is wrong. */
const aheadMs = hourMs;
/** The clock was set, rather than running on, if it has advanced by this much more than the time that has passed. */
const setMs = 5 * minuteMs;

export interface Clocks {
  /** The clock, in milliseconds since 1970. Default: that of the machine. */
  readonly now?: () => number;
  /** The milliseconds that have passed, whatever the clock says. Default: those of the machine. */
  readonly passed?: () => number;
}

/** Forgets once an hour what has ended: sessions, links, and failures that no longer count. */
export class Ended {
  readonly #clock: () => { readonly now: number; readonly passed: number };
  readonly #timer: ReturnType<typeof setInterval>;
  #looked: { readonly now: number; readonly passed: number };

  constructor(
    private readonly database: Database,
    { now = Date.now, passed = () => performance.now() }: Clocks,
  ) {
    this.#clock = () => ({ now: now(), passed: passed() });
    this.#looked = this.#clock();
    this.#timer = setInterval(() => void this.forget().catch(() => undefined), hourMs);
    this.#timer.unref();
  }

  /** Not when the clock has been set since the last time: it may be wrong for a while, and would end everything at once. */
  async forget(): Promise<void> {
    const before = this.#looked;
    this.#looked = this.#clock();
    const { now, passed } = this.#looked;
    if (Math.abs(now - before.now - (passed - before.passed)) > setMs) return;
    const future = { now: utcAt(now), ahead: utcAt(now + aheadMs) };
    await this.database.run(setBackBeginnings, future);
    await this.database.run(setBackUses, future);
    const used_before = utcAt(now - idleMs);
    await this.database.run(deleteOldSessions, { used_before, began_before: utcAt(now - longestMs) });
    await this.database.run(deleteOldLinks, { now: utcAt(now) });
    await this.database.run(deleteOldFailures, { before: utcAt(now - 24 * hourMs) });
  }

  close(): void {
    clearInterval(this.#timer);
  }
}
