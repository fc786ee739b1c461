import type { ApiError } from "../contract/answer.ts";
import type { Log, LogFields } from "./log.ts";

/** The errors of a request that the database does not answer. Under load there may be thousands per second. */
const codes: ReadonlySet<string> = new Set(["db-unavailable", "query-timeout", "timeout"]);
/** Single successes among failures, as on a cluster that loses a node, do not end an outage. */
const calmMs = 1000;
/** Paths that are answered without the database. */
const withoutDatabase = /^\/livez$|\/health$/;

/** Logs one line when the database stops answering and one when it answers again, not one for every request. */
export class Outage {
  #failures = 0;
  #startedAt = 0;
  #latestAt = 0;

  constructor(private readonly log: Log) {}

  /** Returns whether the failure belongs to an outage that the log has already. */
  isKnown({ code }: ApiError): boolean {
    if (!codes.has(code)) return false;
    this.#latestAt = performance.now();
    if (this.#failures === 0) this.#startedAt = this.#latestAt;
    this.#failures += 1;
    return this.#failures > 1;
  }

  /** Call it when a request to this path has been answered. */
  answered(path: string): void {
    if (this.#failures === 0 || withoutDatabase.test(path) || performance.now() - this.#latestAt < calmMs) return;
    const fields: LogFields = {
      failures: this.#failures,
      duration_ms: Math.round(this.#latestAt - this.#startedAt),
    };
    this.#failures = 0;
    this.log.write("warn", "outage-over", fields);
  }
}
