import { Worker } from "node:worker_threads";
import { DatabaseError, type StatementObserver } from "sqlproof";
import { ApiError } from "../contract/answer.ts";
import type { ReportSource, ThreadAnswer, ThreadStatement } from "./messages.ts";
import type { Report } from "./report.ts";
import { cancelled } from "./yielding.ts";

/** After this time without a report the thread is ended, because its memory is worth more than a quick next report. */
const idleMs = 60_000;

interface Waiting {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Makes reports in a thread with its own connections, because SQLite blocks the calling thread and would make all
 * requests wait. Starts the thread when it is first needed.
 */
export class ReportThread {
  #worker: Worker | null = null;
  #idle: ReturnType<typeof setTimeout> | undefined;
  #count = 0;
  readonly #waiting = new Map<number, Waiting>();

  constructor(
    private readonly program: URL,
    private readonly source: ReportSource,
    private readonly onStatement: StatementObserver | undefined,
  ) {}

  /** How many reports have not been finished. */
  get waiting(): number {
    return this.#waiting.size;
  }

  async run<Input, Result>(report: Report<Input, Result>, request: Input, signal: AbortSignal): Promise<Result> {
    if (signal.aborted) throw cancelled(signal);
    clearTimeout(this.#idle);
    this.#worker ??= this.#start();
    const worker = this.#worker;
    this.#count += 1;
    const id = this.#count;
    const cancel = () => {
      worker.postMessage({ kind: "cancel", id });
      this.#waiting.get(id)?.reject(cancelled(signal));
    };
    signal.addEventListener("abort", cancel);
    try {
      return await new Promise<Result>((resolve, reject) => {
        const settle = (result: unknown) =>
          isResultOf(report, result) ? resolve(result) : reject(new Error("the thread sent no report"));
        this.#waiting.set(id, { resolve: settle, reject });
        worker.postMessage({ kind: "report", id, name: report.name, request });
      });
    } finally {
      signal.removeEventListener("abort", cancel);
      this.#waiting.delete(id);
      if (this.#waiting.size === 0) this.#closeWhenIdle();
    }
  }

  async close(): Promise<void> {
    clearTimeout(this.#idle);
    const worker = this.#worker;
    this.#worker = null;
    await worker?.terminate();
    this.#rejectAll(new Error("the report thread was closed"));
  }

  #start(): Worker {
    const worker = new Worker(this.program, { workerData: this.source });
    worker.unref();
    worker.on("message", (answer: ThreadAnswer | ThreadStatement) => {
      if (answer.kind === "statement") return this.#observe(answer);
      const waiting = this.#waiting.get(answer.id);
      if (answer.kind === "done") waiting?.resolve(answer.result);
      else if (answer.kind === "refused") waiting?.reject(new DatabaseError(answer.error, answer.message));
      else waiting?.reject(new Error(answer.message));
    });
    const lost = (error: unknown) => {
      if (this.#worker !== worker) return;
      this.#worker = null;
      this.#rejectAll(error);
    };
    worker.on("error", lost);
    worker.on("exit", (code) => lost(new Error(`the report thread ended with ${code}`)));
    return worker;
  }

  #observe({ text, values, tookMs, failed }: ThreadStatement): void {
    const endedAt = performance.now();
    this.onStatement?.({ text, values: () => values, startedAt: endedAt - tookMs, endedAt, failed });
  }

  /** Rejects all reports of a lost thread. The next report starts another thread. */
  #rejectAll(cause: unknown): void {
    const message = "The report was lost; try again.";
    const error = new ApiError("db-unavailable", message, { cause, headers: { "retry-after": "1" } });
    for (const { reject } of this.#waiting.values()) reject(error);
  }

  #closeWhenIdle(): void {
    clearTimeout(this.#idle);
    this.#idle = setTimeout(() => void this.close(), idleMs);
    this.#idle.unref();
  }
}

/** Any result has the right type, because the thread runs the report of this name from the same source file. */
function isResultOf<Result>(_report: Report<never, Result>, result: unknown): result is Result {
  return result !== undefined;
}
