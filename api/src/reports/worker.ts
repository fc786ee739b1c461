/** The thread of the reports: see `thread.ts`, which starts it. */
import { parentPort, workerData } from "node:worker_threads";
import { type Database, DatabaseError, openSqlite } from "sqlproof";
import type { ReportSource, ThreadAnswer, ThreadOrder } from "./messages.ts";
import { report } from "./reports.ts";

const source: ReportSource = workerData;
const running = new Map<number, AbortController>();
let database: Promise<Database> | null = null;

parentPort?.on("message", (order: ThreadOrder) => {
  if (order.kind === "cancel") running.get(order.id)?.abort();
  else void make(order);
});

async function make({ id, name, request }: Extract<ThreadOrder, { kind: "report" }>): Promise<void> {
  const controller = new AbortController();
  running.set(id, controller);
  try {
    // A turn first: what was cancelled meanwhile is not begun.
    await new Promise((resolve) => setImmediate(resolve));
    controller.signal.throwIfAborted();
    database ??= open();
    answer({ kind: "found", id, found: await report(await database, name, request, controller.signal) });
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
  // The next report tries again.
  opened.catch(() => {
    database = null;
  });
  return opened;
}

async function connect(): Promise<Database> {
  if (source.engine === "sqlite") return openSqlite({ path: source.path, readOnly: true });
  const { openMariadb } = await import("sqlproof/mariadb");
  return openMariadb({ ...source.server, connectionLimit: 2 });
}

function answer(message: ThreadAnswer): void {
  parentPort?.postMessage(message);
}
