import { type ChildProcess, spawn } from "node:child_process";

/** How a program ended. */
export interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

const patienceMs = 110_000;

/** A program under test, in its own process group like one started from a terminal. */
export class Program {
  #output = "";
  readonly #child: ChildProcess;
  /** Resolves when it has ended and everything it wrote was read. */
  readonly ended: Promise<Ending>;

  constructor(
    command: string,
    args: readonly string[],
    folder: string,
    environment: Readonly<Record<string, string>> = {},
  ) {
    const child = spawn(command, [...args], {
      cwd: folder,
      env: { ...plainEnvironment(), ...environment },
      detached: true,
    });
    for (const stream of [child.stdout, child.stderr]) stream?.on("data", (chunk) => (this.#output += String(chunk)));
    this.ended = new Promise((resolve, reject) => {
      child.once("error", reject);
      child.once("close", (code, signal) => resolve({ code, signal }));
    });
    this.#child = child;
  }

  /** Everything it wrote so far, to either stream. */
  get output(): string {
    return this.#output;
  }

  /** Waits until its output matches; fails when it ends without, or when patience does. */
  async until(pattern: RegExp): Promise<string> {
    let over = false;
    const end = () => {
      over = true;
    };
    this.ended.then(end, end);
    const deadline = performance.now() + patienceMs;
    for (;;) {
      const lastLook = over || performance.now() > deadline;
      const match = pattern.exec(this.#output);
      if (match !== null) return match[1] ?? match[0];
      if (lastLook) throw new Error(`${pattern} did not appear in:\n${this.#output}`);
      await Bun.sleep(20);
    }
  }

  /** Sends a signal to the program alone. */
  signal(name: NodeJS.Signals): void {
    this.#child.kill(name);
  }

  /** Sends a signal to everything it started as well, as Ctrl-C in a terminal does. */
  signalGroup(name: NodeJS.Signals): void {
    const { pid } = this.#child;
    if (pid === undefined) return;
    try {
      process.kill(-pid, name);
    } catch {
      // The whole group has ended already.
    }
  }
}

/** The environment without what npm and the developer's own settings would add. */
function plainEnvironment(): Record<string, string | undefined> {
  const ours =
    /^(npm_|INIT_CWD$|NODE_OPTIONS$|PORT$|HOST$|DATABASE_URL$|NO_SAMPLE$|SAMPLE_DATE$|WEB_PORT$|LOG_LEVEL$|CORS_ORIGINS$|POOL_SIZE$|MAX_IN_FLIGHT$|REUSE_PORT$|NOTICE_MS$)/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !ours.test(name)));
}
