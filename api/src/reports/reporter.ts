// Reports are reads whose cost grows with the data. With many orders they are made in a separate thread, coalesced for
// clients that request the same one, and cached for a while.
import type { Database, StatementObserver } from "sqlproof";
import { activeSpan, inStep } from "../watch/trace/context.ts";
import type { ReportSource } from "./messages.ts";
import type { Report } from "./report.ts";
import type { ReportThread } from "./thread.ts";

/** With fewer orders, every report takes only milliseconds. */
const defaultLargeFrom = 10_000;

export interface ReporterOptions {
  readonly database: Database;
  /** The database for the report thread; null makes all reports in this thread. */
  readonly source: ReportSource | null;
  /** The program of the report thread. */
  readonly worker: URL;
  /** Returns an upper bound of the number of orders. */
  readonly size: () => Promise<number>;
  /** The size from which on the report thread makes the reports. Default: 10,000. */
  readonly largeFrom?: number;
  /** Called with the slow statements of the report thread. Default: nobody. */
  readonly onStatement?: StatementObserver | undefined;
}

/** Makes reports in this thread while there are few orders, otherwise in the report thread. */
export class Reporter {
  readonly #options: ReporterOptions;
  #thread: Promise<ReportThread> | null = null;
  #isLarge = false;
  #started: ReportThread | null = null;

  constructor(options: ReporterOptions) {
    this.#options = options;
  }

  /** Whether reports take long enough to be cached. The check is cheap, and once true, the result stays true. */
  async isLarge(): Promise<boolean> {
    const { size, largeFrom = defaultLargeFrom } = this.#options;
    if (!this.#isLarge) this.#isLarge = (await size()) >= largeFrom;
    return this.#isLarge;
  }

  /** How many reports the report thread has yet to finish. */
  get waiting(): number {
    return this.#started?.waiting ?? 0;
  }

  /** Makes a report, or rejects if it fails or the signal is aborted. */
  async run<Input, Result>(
    report: Report<Input, Result>,
    request: Input,
    signal: AbortSignal = new AbortController().signal,
  ): Promise<Result> {
    const { database, source } = this.#options;
    if (source === null || !(await this.isLarge())) return report.make(database, request, signal);
    const thread = await this.#threadFor(source);
    const run = () => thread.run(report, request, signal);
    return activeSpan() === null ? run() : inStep(`report ${report.name}`, "internal", run);
  }

  async close(): Promise<void> {
    const thread = await this.#thread;
    await thread?.close();
  }

  /** Loads the code of the thread only when it is needed, because most processes never make a large report. */
  #threadFor(source: ReportSource): Promise<ReportThread> {
    const { worker, onStatement } = this.#options;
    this.#thread ??= import("./thread.ts").then(({ ReportThread }) => {
      this.#started = new ReportThread(worker, source, onStatement);
      return this.#started;
    });
    return this.#thread;
  }
}
