import type { Ending } from "../network/minimal-connection.ts";
import { ms, percentile } from "../report/figures.ts";

/** What came of many requests, by kind, with how long each took. */
export class Tally {
  readonly good: number[] = [];
  /** 429 and 503: told at once to come again later. */
  readonly refused: number[] = [];
  /** Any other status. */
  readonly wrong: number[] = [];
  /** No answer, but an end of the connection. */
  cut = 0;
  /** No answer in the client's time. */
  late = 0;
  /** There was no connection left to send them on. */
  unsent = 0;
  readonly statuses = new Map<number, number>();

  add(ending: Ending, tookMs: number): void {
    if (ending.kind === "cut") {
      this.cut += 1;
      return;
    }
    const { status } = ending;
    this.statuses.set(status, (this.statuses.get(status) ?? 0) + 1);
    if (status >= 200 && status < 300) this.good.push(tookMs);
    else (status === 503 || status === 429 ? this.refused : this.wrong).push(tookMs);
  }

  get sent(): number {
    return this.good.length + this.refused.length + this.wrong.length + this.cut + this.late;
  }

  describe(): string {
    const parts = [`${this.good.length} good (p99 ${ms(percentile(this.good, 99))})`];
    if (this.refused.length > 0) parts.push(`${this.refused.length} refused (p99 ${ms(percentile(this.refused, 99))})`);
    if (this.wrong.length > 0) parts.push(`${this.wrong.length} wrong (${[...this.statuses.keys()].join(", ")})`);
    if (this.cut > 0) parts.push(`${this.cut} cut`);
    if (this.late > 0) parts.push(`${this.late} late`);
    if (this.unsent > 0) parts.push(`${this.unsent} without a connection`);
    return parts.join(", ");
  }
}
