import { Worker } from "node:worker_threads";
import { DatabaseError } from "sqlproof";
import { ApiError } from "../contract/answer.ts";
import type { ReportSource, ThreadAnswer } from "./messages.ts";
import type { Report } from "./report.ts";
import { cancelled } from "./yielding.ts";

/** A thread that has nothing to do for so long is given up: its memory is worth more than its next start. */
const idleMs = 60_000;

interface Waiting {
  readonly resolve: (found: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Reports in a thread with connections of its own, so that no request waits for them: SQLite answers on the thread that
 * asks it. Started when it is first needed.
 */
export class ReportThread {
  #worker: Worker | null = null;
  #idle: ReturnType<typeof setTimeout> | undefined;
  #count = 0;
  readonly #waiting = new Map<number, Waiting>();

  constructor(
    private readonly program: URL,
    private readonly source: ReportSource,
  ) {}

  async run<Request, Result>(report: Report<Request, Result>, request: Request, signal: AbortSignal): Promise<Result> {
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
        const settle = (found: unknown) =>
          isResultOf(report, found) ? resolve(found) : reject(new Error("no report"));
        this.#waiting.set(id, { resolve: settle, reject });
        worker.postMessage({ kind: "report", id, name: report.name, request });
      });
    } finally {
      signal.removeEventListener("abort", cancel);
      this.#waiting.delete(id);
      if (this.#waiting.size === 0) this.#rest();
    }
  }

  async close(): Promise<void> {
    clearTimeout(this.#idle);
    const worker = this.#worker;
    this.#worker = null;
    await worker?.terminate();
    this.#refuse(new Error("the thread of the reports was closed"));
  }

  #start(): Worker {
    const worker = new Worker(this.program, { workerData: this.source });
    worker.unref();
    worker.on("message", (answer: ThreadAnswer) => {
      const waiting = this.#waiting.get(answer.id);
      if (answer.kind === "found") waiting?.resolve(answer.found);
      else if (answer.kind === "refused") waiting?.reject(new DatabaseError(answer.error, answer.message));
      else waiting?.reject(new Error(answer.message));
    });
    const lost = (error: unknown) => {
      if (this.#worker !== worker) return;
      this.#worker = null;
      this.#refuse(error);
    };
    worker.on("error", lost);
    worker.on("exit", (code) => lost(new Error(`the thread of the reports ended with ${code}`)));
    return worker;
  }

  /** What a lost thread was asked is refused; the next report starts another. */
  #refuse(cause: unknown): void {
    const message = "The report was lost: try again.";
    const error = new ApiError("db-unavailable", message, { cause, headers: { "retry-after": "1" } });
    for (const { reject } of this.#waiting.values()) reject(error);
  }

  #rest(): void {
    clearTimeout(this.#idle);
    this.#idle = setTimeout(() => void this.close(), idleMs);
    this.#idle.unref();
  }
}

/** The thread runs the report of this very name, from the same source file. */
function isResultOf<Result>(_report: Report<never, Result>, found: unknown): found is Result {
  return found !== undefined;
}
