/** How serious a line is, least serious first. */
export const levels = ["debug", "info", "warn", "error"] as const;
export type Level = (typeof levels)[number];

/** What a line may hold. Nobody logs a body, a header or a parameter: no secret can get in. */
export type LogFields = Readonly<Record<string, string | number | boolean | null>>;

/** The nodes of a cluster come and go, and writes move from one to another. */
export type LogEvent = "request" | "failure" | "node-down" | "node-up" | "writer";

/** Writes one line of JSON per event. An event is a plain word. */
export interface Log {
  /** Whether a line of this level would be written at all. */
  writes(level: Level): boolean;
  write(level: Level, event: LogEvent, fields: LogFields): void;
  /** Writes what is still waiting. */
  flush(): Promise<void>;
}

const flushAfterMs = 50;
const flushAtLength = 64 * 1024;

/** Where lines go, many at once. */
export type LogSink = (lines: string) => Promise<unknown>;

/**
 * A log that gathers lines for a moment and writes them together: a system call per line would cost more than
 * the request it tells of. Errors are written at once.
 */
export function createLog(least: Level | "off", sink: LogSink = toStandardOutput): Log {
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
      waiting += `{"time":"${time()}","level":"${level}","event":"${event}",${JSON.stringify(fields).slice(1)}\n`;
      if (level === "error" || waiting.length > flushAtLength) void flush();
      else timer ??= setTimeout(flush, flushAfterMs);
    },
    flush,
  };
}

let timeAt = 0;
let timeText = "";

/** Now, as text. Many lines fall into one millisecond. */
function time(): string {
  const at = Date.now();
  if (at !== timeAt) {
    timeAt = at;
    timeText = new Date(at).toISOString();
  }
  return timeText;
}

/** A log that cannot be written must not stop the work that it tells of. */
function ignore(): void {}

/** Not `Bun.write`: into a file that is appended to it puts zero bytes before the lines. */
function toStandardOutput(lines: string): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.write(lines, (error) => (error ? reject(error) : resolve()));
  });
}
