import type { Database } from "sqlproof";
import { newestOrderId } from "../orders/export/queries.ts";
import type { ReportSource } from "./messages.ts";
import { type FoundBy, type ReportName, type RequestOf, report } from "./reports.ts";
import type { ReportThread } from "./thread.ts";

/** With fewer orders than this every report is a matter of milliseconds. */
const defaultLargeFrom = 10_000;

/** Makes reports: here while the company is small, else in a thread of their own. */
export class Reporter {
  #thread: Promise<ReportThread> | null = null;
  #isLarge = false;

  /** Without a source all reports are made here. */
  constructor(
    private readonly database: Database,
    private readonly source: ReportSource | null,
    private readonly largeFrom = defaultLargeFrom,
  ) {}

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
    if (this.source !== null && (await this.isLarge())) {
      const thread = await this.#threadFor(this.source);
      return thread.run(name, request, signal);
    }
    return report(this.database, name, request, signal);
  }

  async close(): Promise<void> {
    const thread = await this.#thread;
    await thread?.close();
  }

  /** Most programs never need it: what it takes is loaded with the first large report. */
  #threadFor(source: ReportSource): Promise<ReportThread> {
    this.#thread ??= import("./thread.ts").then(({ ReportThread }) => new ReportThread(source));
    return this.#thread;
  }
}
