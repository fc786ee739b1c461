import { dirname, join } from "node:path";
import { homeFolder, isSingleFile } from "../paths.ts";
import { unpackPages } from "./unpack.ts";

/** The running pages of the order desk: a separate program that is an ordinary client of the API. */
export interface Pages {
  readonly url: string;
  /** Serves on, but closes every connection with its next answer. */
  drain(): void;
  /** Takes no more requests, finishes those in flight, and ends. */
  stop(): Promise<void>;
}

interface PagesOptions {
  /** The path of the program that serves them, relative to the project's folder; the single file has its own. */
  readonly program: string;
  readonly host: string;
  /** Further names that lead to the pages. */
  readonly hostNames: readonly string[];
  /** Where browsers find them behind a proxy; null without one. */
  readonly publicUrl: URL | null;
  /** 0 picks a free port. */
  readonly port: number;
  /** The host as a user types it into a browser. */
  readonly shownHost: string;
  readonly apiUrl: string;
  /** Called with each line that the program writes to standard error, and when it is restarted. */
  readonly onLine: (line: string) => void;
}

const readyTimeoutMs = 20_000;
/** Longer than the API may take for an answer. */
const stopTimeoutMs = 5000;
const restartAfterMs = 1000;

/** Makes the single file run a script like Bun, which stores nothing in the user's home meanwhile. */
const asBun = { BUN_BE_BUN: "1", BUN_RUNTIME_TRANSPILER_CACHE_PATH: "0" };

/** Starts the pages and waits until they answer, or throws after 20 s. Restarts their program if it ends by itself. */
export async function startPages(options: PagesOptions): Promise<Pages> {
  const port = options.port === 0 ? freePort(options.host) : options.port;
  const file = isSingleFile ? await unpackPages(process.env) : join(homeFolder, options.program);
  const program = new PagesProgram({ ...options, program: file, port });
  program.start();
  if (!(await program.answering())) {
    await program.stop();
    throw new Error(`The pages did not answer within ${readyTimeoutMs / 1000} s.`);
  }
  return { url: `http://${options.shownHost}:${port}`, drain: () => program.drain(), stop: () => program.stop() };
}

function freePort(hostname: string): number {
  const probe = Bun.listen({ hostname, port: 0, socket: { data() {} } });
  const { port } = probe;
  probe.stop(true);
  return port;
}

class PagesProgram {
  #child: Bun.Subprocess<"pipe", "ignore", "pipe"> | null = null;
  #stopping = false;

  constructor(private readonly options: PagesOptions) {}

  start(): void {
    const { program, host, hostNames, publicUrl, port, apiUrl, onLine } = this.options;
    const names = { HOST_NAMES: hostNames.join() || "none", PUBLIC_URL: publicUrl?.origin ?? "none" };
    const own = { PORT: String(port), HOSTNAME: host, ...names, API_URL: apiUrl };
    const child = Bun.spawn([process.execPath, "--no-install", program], {
      // What lies in the current folder must not change what Bun runs.
      ...(isSingleFile ? { cwd: dirname(program) } : {}),
      env: { ...process.env, ...own, ...(isSingleFile ? asBun : {}), NEXT_TELEMETRY_DISABLED: "1" },
      // The program ends when this end of the pipe is closed.
      stdin: "pipe",
      stdout: "ignore",
      stderr: "pipe",
    });
    this.#child = child;
    void forwardLines(child.stderr, onLine);
    void child.exited.then((code) => {
      if (this.#stopping) return;
      onLine(`ended with ${code}; restarting`);
      setTimeout(() => this.#stopping || this.start(), restartAfterMs);
    });
  }

  async answering(): Promise<boolean> {
    const { host, port } = this.options;
    const limit = performance.now() + readyTimeoutMs;
    while (performance.now() < limit) {
      if (await accepts(host, port)) return true;
      await Bun.sleep(20);
    }
    return false;
  }

  drain(): void {
    this.#child?.stdin.write("drain\n");
    this.#child?.stdin.flush();
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    const child = this.#child;
    if (child === null) return;
    child.kill("SIGTERM");
    const timer = setTimeout(() => child.kill("SIGKILL"), stopTimeoutMs);
    await child.exited;
    clearTimeout(timer);
  }
}

async function accepts(hostname: string, port: number): Promise<boolean> {
  try {
    const socket = await Bun.connect({ hostname, port, socket: { data() {} } });
    socket.end();
    return true;
  } catch {
    // The program does not listen yet.
    return false;
  }
}

async function forwardLines(stream: ReadableStream<Uint8Array>, onLine: (line: string) => void): Promise<void> {
  const decoder = new TextDecoder();
  for await (const chunk of stream) {
    for (const line of decoder.decode(chunk).split("\n")) if (line.trim() !== "") onLine(line.trim());
  }
}
