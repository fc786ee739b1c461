/** The levels of log lines, least serious first. */
export const levels = ["debug", "info", "warn", "error"] as const;
export type Level = (typeof levels)[number];

/** The fields of a line. Bodies, headers and parameters are never logged, so that no secret gets into the log. */
export type LogFields = Readonly<Record<string, string | number | boolean | null>>;

/**
 * `outage-over` ends what a `failure` began: the database answers again. `node-down`, `node-up` and `writer` are events
 * of a cluster: a node is lost, is back, or now takes the writes. `backup` is one that was taken by schedule.
 * A `slow-statement` took longer than was asked for.
 */
export type LogEvent =
  | "request"
  | "failure"
  | "outage-over"
  | "node-down"
  | "node-up"
  | "writer"
  | "backup"
  | "slow-statement";

/** Writes one line of JSON per event. */
export interface Log {
  /** Whether lines of this level are written. */
  writes(level: Level): boolean;
  write(level: Level, event: LogEvent, fields: LogFields): void;
  /** Writes all buffered lines. */
  flush(): Promise<void>;
}

const flushAfterMs = 50;
const flushAtLength = 64 * 1024;

/** Writes several lines at once. */
export type LogSink = (lines: string) => Promise<unknown>;

/** The priorities of syslog, which the journal of systemd reads at the beginning of a line. */
const priorities: Readonly<Record<Level, string>> = { debug: "<7>", info: "<6>", warn: "<4>", error: "<3>" };

interface LogOptions {
  /** Default: standard output. */
  readonly sink?: LogSink;
  /** Begins each line with its priority. */
  readonly isJournal?: boolean;
}

/**
 * Creates a log that buffers lines for up to 50 ms and writes them together, because a system call per line would cost
 * more than the request itself. Errors are written at once.
 */
export function createLog(least: Level | "off", { sink = toStandardOutput, isJournal = false }: LogOptions = {}): Log {
  const rank = least === "off" ? levels.length : levels.indexOf(least);
  let waiting = "";
  let timer: ReturnType<typeof setTimeout> | null = null;
  let written: Promise<unknown> = Promise.resolve();
  const flush = async () => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    const lines = waiting;
    waiting = "";
    if (lines !== "") written = written.then(() => sink(lines)).catch(ignore);
    await written;
  };
  const writes = (level: Level) => levels.indexOf(level) >= rank;
  return {
    writes,
    write(level, event, fields) {
      if (!writes(level)) return;
      if (isJournal) waiting += priorities[level];
      waiting += `{"time":"${time()}","level":"${level}","event":"${event}",${JSON.stringify(fields).slice(1)}\n`;
      if (level === "error" || waiting.length > flushAtLength) void flush();
      else timer ??= setTimeout(flush, flushAfterMs);
    },
    flush,
  };
}

let timeAt = 0;
let timeText = "";

/** The current time as text, cached because many lines are written in the same millisecond. */
function time(): string {
  const at = Date.now();
  if (at !== timeAt) {
    timeAt = at;
    timeText = new Date(at).toISOString();
  }
  return timeText;
}

/** A failing log must not stop the server. */
function ignore(): void {}

/** Does not use `Bun.write`, which puts zero bytes before the lines if standard output is appended to a file. */
function toStandardOutput(lines: string): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.write(lines, (error) => (error ? reject(error) : resolve()));
  });
}
