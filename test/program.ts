import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";

/** The exit code of a program, or the signal that ended it. */
export interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** Installing the packages takes minutes where much else runs. */
const outputTimeoutMs = 280_000;

/** A program under test, in its own process group like one started from a terminal. */
export class Program {
  #output = "";
  readonly #child: ChildProcess;
  /** Resolves when the program has ended and all its output has been read. */
  readonly ended: Promise<Ending>;

  constructor(
    command: string,
    args: readonly string[],
    folder: string,
    environment: Readonly<Record<string, string>> = {},
  ) {
    const child = spawn(command, [...args], {
      cwd: folder,
      // Its input is a pipe of this process, with which it ends: no test leaves an API behind.
      env: { ...plainEnvironment(), END_WITH_INPUT: "1", ...environment },
      detached: true,
    });
    for (const stream of [child.stdout, child.stderr]) stream?.on("data", (chunk) => (this.#output += String(chunk)));
    this.ended = new Promise((resolve, reject) => {
      child.once("error", reject);
      child.once("close", (code, signal) => resolve({ code, signal }));
    });
    this.#child = child;
  }

  /** Everything that the program has written so far, to either stream. */
  get output(): string {
    return this.#output;
  }

  /**
   * Waits until the output matches, and returns the first group or the match. Throws if the program ends without a
   * match, or after 280 s unless another time is given.
   */
  async until(pattern: RegExp, timeoutMs = outputTimeoutMs): Promise<string> {
    let hasEnded = false;
    const end = () => {
      hasEnded = true;
    };
    this.ended.then(end, end);
    const deadline = performance.now() + timeoutMs;
    for (;;) {
      const isLastCheck = hasEnded || performance.now() > deadline;
      const match = pattern.exec(this.#output);
      if (match !== null) return match[1] ?? match[0];
      if (isLastCheck) throw new Error(`${pattern} did not appear in:\n${this.#output}`);
      await Bun.sleep(20);
    }
  }

  /** Sends a signal to the program only. */
  signal(name: NodeJS.Signals): void {
    this.#child.kill(name);
  }

  /** Sends a signal to the program and everything it started, like Ctrl-C in a terminal. */
  signalGroup(name: NodeJS.Signals): void {
    const { pid, exitCode, signalCode } = this.#child;
    if (pid === undefined) return;
    // An ended program's number may be another process's by now. While its group has members, nobody else gets it.
    if ((exitCode !== null || signalCode !== null) && existsSync(`/proc/${pid}`)) return;
    try {
      process.kill(-pid, name);
    } catch {
      // The group has already ended.
    }
  }
}

/** The environment without variables that npm sets or that configure the API. */
function plainEnvironment(): Record<string, string | undefined> {
  const removed = new Set([
    ...["INIT_CWD", "NODE_OPTIONS", "PORT", "HOST", "DATABASE_URL", "NO_SAMPLE", "SAMPLE_DATE", "WEB_PORT"],
    ...["END_WITH_INPUT", "LOG_LEVEL", "CORS_ORIGINS", "POOL_SIZE", "MAX_IN_FLIGHT", "REUSE_PORT", "NOTICE_MS"],
    ...["METRICS_NETWORKS", "LOG_FILE", "SLOW_STATEMENT_MS", "TRACE_SAMPLE", "JOURNAL_STREAM"],
    ...["OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_HEADERS"],
  ]);
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !name.startsWith("npm_") && !removed.has(name)),
  );
}
