import { type FileHandle, open } from "node:fs/promises";
import type { MetricsPart } from "./metrics.ts";

/** The log may name customers' resources, so only its owner reads it, like the database. */
const ownerOnly = 0o600;

/** The log file cannot be opened; the message says what to do. */
export class LogFileError extends Error {
  override readonly name = "LogFileError";
}

/**
 * A file to which a log is appended. `reopen` lets go of a file that was moved away, as logrotate does: what was being
 * written goes into the moved file and what follows into a new one, so no line is lost or split.
 */
export class LogFile {
  /** Lines that could not be written. */
  linesLost = 0;
  /** After a failure the file may end in the middle of a line. */
  #isTorn = false;
  #last: Promise<void> = Promise.resolve();

  private constructor(
    private readonly path: string,
    private file: FileHandle,
  ) {}

  /** Throws a `LogFileError` if the file can be neither appended to nor created. */
  static async open(path: string): Promise<LogFile> {
    return new LogFile(path, await opened(path));
  }

  /** Appends lines. Rejects if they were lost, and goes on with those that follow. */
  write(lines: string): Promise<void> {
    return this.#inOrder(async () => {
      try {
        await this.file.appendFile(this.#isTorn ? `\n${lines}` : lines);
        this.#isTorn = false;
      } catch (error) {
        this.#isTorn = true;
        this.linesLost += lines.split("\n").length - 1;
        throw error;
      }
    });
  }

  /** Opens the path again. Rejects with a `LogFileError` if that fails, and then keeps the file that it has. */
  reopen(): Promise<void> {
    return this.#inOrder(async () => {
      const old = this.file;
      this.file = await opened(this.path);
      this.#isTorn = false;
      await old.close();
    });
  }

  close(): Promise<void> {
    return this.#inOrder(() => this.file.close());
  }

  metrics(): MetricsPart {
    const help = "Lines of the log that could not be written, because the disk was full or the like.";
    return (to) => to.counter("northwind_log_lines_lost_total", help, this.linesLost);
  }

  #inOrder(work: () => Promise<void>): Promise<void> {
    const done = this.#last.then(work);
    this.#last = done.catch(() => undefined);
    return done;
  }
}

async function opened(path: string): Promise<FileHandle> {
  try {
    return await open(path, "a", ownerOnly);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
    throw new LogFileError(
      `The log file ${path} cannot be written (${code}): make its folder, or choose another file.`,
    );
  }
}
