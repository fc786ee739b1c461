import { ApiError } from "../../contract/answer.ts";
import type { Config } from "../../start/settings.ts";
import { startError } from "../../start/start-errors.ts";

const progressEveryMs = 2000;

/** Says on standard error how far it is, when it takes longer. */
export class Rows {
  #saidAt = performance.now();

  at(count: number): void {
    if (performance.now() - this.#saidAt < progressEveryMs) return;
    this.#saidAt = performance.now();
    console.error(`          ${count} rows ...`);
  }
}

/** A size in bytes for people. */
export function sizeText(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`;
  const units = ["kB", "MB", "GB", "TB"];
  const power = Math.min(Math.floor(Math.log10(bytes) / 3), units.length);
  return `${Math.round((bytes / 1000 ** power) * 10) / 10} ${units[power - 1]}`;
}

/** Says why a command failed, and what to do; the exit code. */
export function failed(error: unknown, config: Config): number {
  const isOurs = error instanceof Error && ["BackupError", "CopyError"].includes(error.name);
  console.error(isOurs || error instanceof ApiError ? error.message : startError(error, config));
  if (process.env.LOG_LEVEL === "debug" && error instanceof Error) console.error(error.stack);
  return 1;
}
