import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dir, "..", "..");
const startTimeoutMs = 60_000;

export interface ApiOptions {
  /** As on the command line. */
  readonly databaseUrl: string;
  /** The output of every start is appended here. */
  readonly logPath: string;
  readonly settings: readonly string[];
  /** A command to start it with, e.g. `["prlimit", "--fsize=1000000"]`. */
  readonly wrapper: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** The port to listen on. Default: a free one, chosen at the first start. */
  readonly port?: number;
}

/** The API as a separate process that can be killed and restarted on the same port. */
export class ApiProcess {
  readonly #options: ApiOptions;
  #child: ChildProcess | null = null;
  #watcher: ChildProcess | null = null;
  #ended: Promise<number | null> = Promise.resolve(null);
  #port = 0;

  constructor(options: ApiOptions) {
    this.#options = options;
    this.#port = options.port ?? 0;
  }

  get pid(): number {
    return this.#child?.pid ?? 0;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** Resolves once the API reports that it is ready. Every later start reuses the port of the first. */
  async start(): Promise<void> {
    const { databaseUrl, logPath, settings, wrapper, environment } = this.#options;
    const log = openSync(logPath, "a");
    const before = readFileSync(logPath, "utf8").length;
    const options = ["--port", `${this.#port}`, "--database", databaseUrl, ...settings];
    const [program = process.execPath, ...args] = [...wrapper, process.execPath, "api/src/main.ts", ...options];
    const child = spawn(program, args, {
      cwd: root,
      stdio: ["ignore", log, log],
      env: { ...plainEnvironment(), ...environment },
      detached: true,
    });
    closeSync(log);
    this.#child = child;
    this.#watcher = watch(child);
    let over = false;
    this.#ended = new Promise((resolve) => {
      child.once("error", () => resolve(null));
      child.once("exit", (code) => resolve(code));
    });
    void this.#ended.then(() => {
      over = true;
    });
    for (const deadline = performance.now() + startTimeoutMs; ; await Bun.sleep(5)) {
      const output = readFileSync(logPath, "utf8").slice(before);
      const port = /^API\s+http:\S+:([0-9]+) /m.exec(output)?.[1];
      if (port !== undefined) {
        this.#port = Number(port);
        return;
      }
      if (over || performance.now() > deadline) throw new Error(`The API did not start:\n${output.slice(-2000)}`);
    }
  }

  /** Sends SIGKILL and waits for the end of the process. */
  async kill(): Promise<void> {
    this.#child?.kill("SIGKILL");
    await this.#gone();
  }

  /** Sends SIGTERM and returns the exit code. */
  async terminate(): Promise<number> {
    this.#child?.kill("SIGTERM");
    return (await this.#gone()) ?? -1;
  }

  async #gone(): Promise<number | null> {
    const code = await this.#ended;
    this.#watcher?.kill("SIGKILL");
    return code;
  }
}

/** A shell that kills the API when this process ends, however it ends. */
function watch(child: ChildProcess): ChildProcess {
  const script = 'trap "" INT TERM HUP; read -r line; kill -9 "$1" 2>/dev/null';
  const watcher = spawn("/bin/sh", ["-c", script, "watcher", `${child.pid}`], {
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
  });
  watcher.unref();
  child.unref();
  return watcher;
}

/** The environment without the developer's settings for the API. */
function plainEnvironment(): Record<string, string | undefined> {
  const settings = ["PORT", "HOST", "DATABASE_URL", "NO_SAMPLE", "LOG_LEVEL", "CORS_ORIGINS"];
  const limits = ["POOL_SIZE", "MAX_IN_FLIGHT", "REUSE_PORT", "NOTICE_MS"];
  const isSetting = (name: string) => [...settings, ...limits].includes(name) || /^[A-Z_]+_TIMEOUT_MS$/.test(name);
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !isSetting(name)));
}
