import type { Database } from "sqlproof";
import { newestOrderId } from "../orders/sheet-queries.ts";
import type { ReportSource } from "./messages.ts";
import { type FoundBy, type ReportName, type RequestOf, report } from "./reports.ts";
import { ReportThread } from "./thread.ts";

/** With fewer orders than this every report is a matter of milliseconds. */
const defaultLargeFrom = 10_000;

/** Makes reports: here while the company is small, else in a thread of their own. */
export class Reporter {
  readonly #thread: ReportThread | null;
  #isLarge = false;

  /** Without a source all reports are made here. */
  constructor(
    private readonly database: Database,
    source: ReportSource | null,
    private readonly largeFrom = defaultLargeFrom,
  ) {
    this.#thread = source === null ? null : new ReportThread(source);
  }

  /** Whether reports take long enough to be kept. The answer costs next to nothing, and once it is yes it stays. */
  async isLarge(): Promise<boolean> {
    if (!this.#isLarge) {
      const { newest } = await this.database.one(newestOrderId);
      this.#isLarge = (newest ?? 0) >= this.largeFrom;
    }
    return this.#isLarge;
  }

  async run<N extends ReportName>(
    name: N,
    request: RequestOf<N>,
    signal: AbortSignal = new AbortController().signal,
  ): Promise<FoundBy<N>> {
    if (this.#thread !== null && (await this.isLarge())) return this.#thread.run(name, request, signal);
    return report(this.database, name, request, signal);
  }

  async close(): Promise<void> {
    await this.#thread?.close();
  }
}
