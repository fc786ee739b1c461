import { parentPort, workerData } from "node:worker_threads";
import { type Database, DatabaseError, openSqlite, type StatementObserver } from "sqlproof";
import type { ReportSource, ThreadAnswer, ThreadRequest, ThreadStatement } from "./messages.ts";
import type { Report } from "./report.ts";

const source: ReportSource = workerData;
const running = new Map<number, AbortController>();
let database: Promise<Database> | null = null;

/** Makes the listed reports on request of `thread.ts`, which starts this thread. */
export function serveReports(reports: readonly Report<never, unknown>[]): void {
  const byName = new Map(reports.map((report) => [report.name, report]));
  parentPort?.on("message", (message: ThreadRequest) => {
    if (message.kind === "cancel") running.get(message.id)?.abort();
    else void make(byName.get(message.name), message);
  });
}

async function make(
  report: Report<never, unknown> | undefined,
  { id, name, request }: Extract<ThreadRequest, { kind: "report" }>,
): Promise<void> {
  const controller = new AbortController();
  running.set(id, controller);
  try {
    // Let the event loop receive a cancellation first, so that a cancelled report is not started.
    await new Promise((resolve) => setImmediate(resolve));
    controller.signal.throwIfAborted();
    database ??= open();
    if (report === undefined) throw new Error(`no report is named ${name}`);
    answer({ kind: "done", id, result: await report.make(await database, request, controller.signal) });
  } catch (error) {
    if (error instanceof DatabaseError) answer({ kind: "refused", id, error: error.kind, message: error.message });
    else
      answer({ kind: "failed", id, message: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  } finally {
    running.delete(id);
  }
}

function open(): Promise<Database> {
  const opened = connect();
  // Let the next report open the database again.
  opened.catch(() => {
    database = null;
  });
  return opened;
}

async function connect(): Promise<Database> {
  const { slowFromMs } = source;
  const onStatement = slowFromMs === undefined ? undefined : reportFrom(slowFromMs);
  if (source.engine === "sqlite") return openSqlite({ path: source.path, readOnly: true, onStatement });
  const { openMariadb } = await import("sqlproof/mariadb");
  return openMariadb({ ...source.server, connectionLimit: 2, onStatement });
}

function reportFrom(slowFromMs: number): StatementObserver {
  return ({ text, values, startedAt, endedAt, failed }) => {
    const tookMs = endedAt - startedAt;
    if (tookMs >= slowFromMs) answer({ kind: "statement", text, values: values(), tookMs, failed });
  };
}

function answer(message: ThreadAnswer | ThreadStatement): void {
  parentPort?.postMessage(message);
}
