// Reads whose cost grows with the data, apart from the requests: made in a thread of their own once there are many
// orders, shared by those who ask for the same, and cached for a while.
import type { Database } from "sqlproof";
import type { ReportSource } from "./messages.ts";
import type { Report } from "./report.ts";
import type { ReportThread } from "./thread.ts";

/** With fewer orders than this, every report takes milliseconds. */
const defaultLargeFrom = 10_000;

interface ReporterOptions {
  readonly database: Database;
  /** The database that the report thread opens for itself; null makes all reports in this thread. */
  readonly source: ReportSource | null;
  /** The program of the report thread. */
  readonly worker: URL;
  /** How many rows the reports read, at most. */
  readonly size: () => Promise<number>;
  /** From this size on the thread makes the reports. */
  readonly largeFrom?: number;
}

/** Makes reports: in this thread while the company is small, else in a thread of their own. */
export class Reporter {
  readonly #options: ReporterOptions;
  #thread: Promise<ReportThread> | null = null;
  #isLarge = false;

  constructor(options: ReporterOptions) {
    this.#options = options;
  }

  /** Whether reports take long enough to be cached. Asking costs next to nothing, and a yes is final. */
  async isLarge(): Promise<boolean> {
    const { size, largeFrom = defaultLargeFrom } = this.#options;
    if (!this.#isLarge) this.#isLarge = (await size()) >= largeFrom;
    return this.#isLarge;
  }

  async run<Request, Result>(
    report: Report<Request, Result>,
    request: Request,
    signal: AbortSignal = new AbortController().signal,
  ): Promise<Result> {
    const { database, source } = this.#options;
    if (source === null || !(await this.isLarge())) return report.make(database, request, signal);
    const thread = await this.#threadFor(source);
    return thread.run(report, request, signal);
  }

  async close(): Promise<void> {
    const thread = await this.#thread;
    await thread?.close();
  }

  /** Most programs never need the thread: its code is loaded with the first large report. */
  #threadFor(source: ReportSource): Promise<ReportThread> {
    const { worker } = this.#options;
    this.#thread ??= import("./thread.ts").then(({ ReportThread }) => new ReportThread(worker, source));
    return this.#thread;
  }
}
