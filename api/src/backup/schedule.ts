import type { Log } from "../http/log.ts";
import { databaseUrl } from "../start/database-url.ts";
import { homeFolder, isSingleFile } from "../start/paths.ts";
import type { Config } from "../start/settings.ts";
import { backupsIn, takenAtOf } from "./places/names.ts";
import { placeAt } from "./places/open.ts";
import type { BackupPlace } from "./places/place.ts";

export interface ScheduleOptions {
  /** A folder or a bucket. */
  readonly to: string;
  readonly everyMs: number;
  /** The rules of retention as given, or null to keep all. */
  readonly keep: string | null;
  /** Of the database, with the password: it is handed over in the environment, which other users do not see. */
  readonly databaseUrl: string;
  /** The program of the commands, beside which nothing is needed in the single file. */
  readonly program: string;
  readonly onTaken: (about: { readonly name: string; readonly took_ms: number }) => void;
  readonly onFailed: (reason: string) => void;
}

/** Backups that are taken while the server runs. */
export interface Schedule {
  /** When the last good backup was taken, in seconds since 1970; null if there is none, or it is not known yet. */
  lastAt(): number | null;
  stop(): void;
}

/** Begins the backups that the settings ask for; null if they ask for none. `program` is the file of the commands. */
export function backupsOf(config: Config, log: Log, program: string): Schedule | null {
  const { backupEveryMs: everyMs, backupTo: to, backupKeep: keep, database } = config;
  if (everyMs === null || to === null) return null;
  return backUpRegularly({
    ...{ everyMs, to, keep, databaseUrl: databaseUrl(database), program },
    onTaken: (about) => log.write("info", "backup", about),
    onFailed: (reason) => log.write("error", "failure", { code: "backup-failed", reason }),
  });
}

/** A timer cannot wait longer. */
const longestMs = 2 ** 31 - 1;
/** After a backup that failed, another one is taken so much later at the latest. */
const retryMs = 5 * 60_000;

/**
 * Takes a backup as soon as the newest one is older than it may be, so that restarts neither add nor delay any. Each is
 * taken by a process of its own, which cannot slow down or break the server.
 */
export function backUpRegularly(options: ScheduleOptions): Schedule {
  return new RegularBackups(options);
}

class RegularBackups implements Schedule {
  #last: Date | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #process: ReturnType<typeof Bun.spawn> | null = null;
  #isStopped = false;

  constructor(private readonly options: ScheduleOptions) {
    void this.#begin();
  }

  lastAt(): number | null {
    return this.#last === null ? null : this.#last.getTime() / 1000;
  }

  stop(): void {
    this.#isStopped = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#process?.kill();
  }

  async #begin(): Promise<void> {
    try {
      await this.#look(await placeAt(this.options.to, homeFolder));
      this.#waitForNext();
    } catch (error) {
      this.#failed(error instanceof Error ? error.message : String(error));
    }
  }

  async #look(place: BackupPlace): Promise<string | null> {
    const newest = backupsIn((await place.list()).map(({ name }) => name)).at(-1) ?? null;
    this.#last = newest === null ? null : takenAtOf(newest);
    return newest;
  }

  #waitForNext(): void {
    const due = this.#last === null ? 0 : this.#last.getTime() + this.options.everyMs - Date.now();
    this.#after(Math.min(Math.max(due, 0), longestMs), due > longestMs ? () => this.#waitForNext() : undefined);
  }

  #after(ms: number, then: () => void = () => void this.#take()): void {
    if (this.#isStopped) return;
    this.#timer = setTimeout(then, ms);
    this.#timer.unref();
  }

  async #take(): Promise<void> {
    const { program, keep, databaseUrl, to } = this.options;
    const begin = performance.now();
    const child = Bun.spawn([process.execPath, ...(isSingleFile ? [] : [program]), "backup"], {
      cwd: homeFolder,
      env: { ...process.env, DATABASE_URL: databaseUrl, BACKUP_TO: to, BACKUP_KEEP: keep ?? "" },
      stdio: ["ignore", "ignore", "pipe"],
    });
    this.#process = child;
    const said = await new Response(child.stderr).text();
    const code = await child.exited;
    this.#process = null;
    if (this.#isStopped) return;
    if (code !== 0) return this.#failed(said.trim() || `the process ended with ${code}`);
    await this.#done(Math.round(performance.now() - begin));
  }

  async #done(took_ms: number): Promise<void> {
    try {
      const name = await this.#look(await placeAt(this.options.to, homeFolder));
      this.options.onTaken({ name: name ?? "", took_ms });
      this.#waitForNext();
    } catch (error) {
      this.#failed(error instanceof Error ? error.message : String(error));
    }
  }

  #failed(reason: string): void {
    this.options.onFailed(reason);
    this.#after(Math.min(this.options.everyMs, retryMs));
  }
}
