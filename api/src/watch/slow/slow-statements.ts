import type { Database, ObservedStatement } from "sqlproof";
import type { MetricsPart } from "../metrics.ts";

/** What the log gets of a slow statement. It never holds a value of a parameter. */
export interface SlowStatement {
  /** Its text, with placeholders. */
  readonly statement: string;
  readonly duration_ms: number;
  readonly failed: boolean;
  /** How the engine carries it out; null if there was no time to ask. */
  readonly plan: string | null;
  /** Of the request for which it ran, if that is traced. */
  readonly trace_id: string | null;
  /** How many slow statements were left out since the line before. */
  readonly left_out: number;
}

interface SlowOptions {
  readonly fromMs: number;
  readonly write: (slow: SlowStatement) => void;
}

/** When everything is slow, the log must not become slow as well, and plans must not make it worse. */
const linesPerSecond = 10;
const secondMs = 1000;
/** Plans are asked for when the requests of the moment have been answered. */
const planAfterMs = 20;

/** Writes statements to the log that took long, with their plans: at most one plan and ten lines a second. */
export class SlowStatements {
  #database: Pick<Database, "explain"> | null = null;
  #count = 0;
  #second = 0;
  #lines = 0;
  #leftOut = 0;
  #plannedAt = Number.NEGATIVE_INFINITY;

  constructor(private readonly options: SlowOptions) {}

  /** From now on plans are asked for. */
  planWith(database: Pick<Database, "explain">): void {
    this.#database = database;
  }

  /** Call it with every statement. */
  saw({ text, values, startedAt, endedAt, failed }: ObservedStatement, traceId: string | null): void {
    const tookMs = endedAt - startedAt;
    if (tookMs < this.options.fromMs || text.startsWith("EXPLAIN ")) return;
    this.#count += 1;
    if (!this.#mayWrite(endedAt)) {
      this.#leftOut += 1;
      return;
    }
    const line = {
      statement: text.replace(/\s+/g, " ").trim(),
      duration_ms: Math.round(tookMs * 1000) / 1000,
      failed,
      trace_id: traceId,
      left_out: this.#leftOut,
    };
    this.#leftOut = 0;
    const database = this.#database;
    if (database?.explain === undefined || text === "COMMIT" || endedAt - this.#plannedAt < secondMs) {
      this.options.write({ ...line, plan: null });
      return;
    }
    this.#plannedAt = endedAt;
    const timer = setTimeout(async () => {
      const plan = await database.explain?.(text, values()).catch(noPlan);
      this.options.write({ ...line, plan: plan ?? null });
    }, planAfterMs);
    timer.unref();
  }

  metrics(): MetricsPart {
    const help = "Statements that took longer than --slow-statement-ms.";
    return (to) => to.counter("northwind_slow_statements_total", help, this.#count);
  }

  #mayWrite(now: number): boolean {
    const second = Math.trunc(now / secondMs);
    if (second !== this.#second) this.#lines = 0;
    this.#second = second;
    this.#lines += 1;
    return this.#lines <= linesPerSecond;
  }
}

/** The database is too busy to explain anything, or cannot explain this statement. */
function noPlan(): null {
  return null;
}
