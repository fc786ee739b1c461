import type { RequestResult } from "../network/minimal-connection.ts";
import { formatMs, percentile } from "../report/figures.ts";

/** The results of many requests, with the time that each took. */
export class ResponseStatistics {
  readonly good: number[] = [];
  /** 429 and 503: refused at once, to be retried later. */
  readonly refused: number[] = [];
  /** Any other status. */
  readonly wrong: number[] = [];
  /** The connection ended without an answer. */
  cut = 0;
  /** No answer within the client's timeout. */
  late = 0;
  /** No connection was left to send them on. */
  unsent = 0;
  readonly statuses = new Map<number, number>();

  add(result: RequestResult, tookMs: number): void {
    if (result.kind === "cut") {
      this.cut += 1;
      return;
    }
    const { status } = result;
    this.statuses.set(status, (this.statuses.get(status) ?? 0) + 1);
    if (status >= 200 && status < 300) this.good.push(tookMs);
    else (status === 503 || status === 429 ? this.refused : this.wrong).push(tookMs);
  }

  get sent(): number {
    return this.good.length + this.refused.length + this.wrong.length + this.cut + this.late;
  }

  describe(): string {
    const parts = [`${this.good.length} good (p99 ${formatMs(percentile(this.good, 99))})`];
    if (this.refused.length > 0)
      parts.push(`${this.refused.length} refused (p99 ${formatMs(percentile(this.refused, 99))})`);
    if (this.wrong.length > 0) parts.push(`${this.wrong.length} wrong (${[...this.statuses.keys()].join(", ")})`);
    if (this.cut > 0) parts.push(`${this.cut} cut`);
    if (this.late > 0) parts.push(`${this.late} late`);
    if (this.unsent > 0) parts.push(`${this.unsent} without a connection`);
    return parts.join(", ");
  }
}
