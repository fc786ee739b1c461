import { join } from "node:path";

/*
 * The API and the pages as programs, for tests in a real browser.
 */

const root = join(import.meta.dir, "..", "..");
const startTimeoutMs = 60_000;

interface ServerOptions {
  readonly database: string;
  /** The extra delay of every answer of the API, as over a slow line. */
  readonly apiDelayMs?: number | undefined;
  /** Further arguments of the API, which may name the address of the pages. */
  readonly apiArgs?: ((pagesUrl: string) => readonly string[]) | undefined;
}

/** The API and the program that serves the pages. */
export class Servers {
  readonly #apiPort = freePort();
  readonly #pagesPort = freePort();
  readonly #api: Bun.Subprocess;
  readonly #line: ReturnType<typeof slowLine> | null;
  #pages: Bun.Subprocess;

  constructor({ database, apiDelayMs, apiArgs = () => [] }: ServerOptions) {
    this.#line = apiDelayMs === undefined ? null : slowLine(this.apiUrl, apiDelayMs);
    const ports = ["--port", String(this.#apiPort), "--web-port", String(this.#pagesPort)];
    const where = [...ports, "--database", database];
    const args = [...where, "--log-level", "off", "--allow-import", ...apiArgs(this.url)];
    this.#api = program(["api/src/main.ts", ...args], {});
    this.#pages = this.#drawPages({});
  }

  get url(): string {
    return `http://127.0.0.1:${this.#pagesPort}`;
  }

  get apiUrl(): string {
    return `http://127.0.0.1:${this.#apiPort}`;
  }

  get pagesPid(): number {
    return this.#pages.pid;
  }

  async answering(): Promise<void> {
    await Promise.all([answering(`${this.apiUrl}/readyz`, this.#api), this.#pagesAnswering()]);
  }

  /** Ends the program that serves the pages: its port is free, as after a crash. */
  async stopPages(): Promise<void> {
    this.#pages.kill("SIGKILL");
    await this.#pages.exited;
  }

  /** Starts it again at the same address. */
  async startPages(environment: Readonly<Record<string, string>> = {}): Promise<void> {
    this.#pages = this.#drawPages(environment);
    await this.#pagesAnswering();
  }

  signalApi(signal: "SIGSTOP" | "SIGCONT"): void {
    this.#api.kill(signal);
  }

  async stop(): Promise<void> {
    for (const each of [this.#pages, this.#api]) each.kill("SIGKILL");
    await Promise.all([this.#pages.exited, this.#api.exited, this.#line?.stop(true)]);
  }

  #drawPages(more: Readonly<Record<string, string>>): Bun.Subprocess {
    const apiUrl = this.#line?.url.origin ?? this.apiUrl;
    const where = { PORT: String(this.#pagesPort), HOSTNAME: "127.0.0.1", API_URL: apiUrl };
    return program(["web/serve.mjs"], { ...where, ...more });
  }

  #pagesAnswering(): Promise<void> {
    return answering(`${this.url}/api/health`, this.#pages);
  }
}

/** Its input is a pipe of ours: it ends when this process does, however that was. */
function program(args: readonly string[], environment: Readonly<Record<string, string>>) {
  const env = { ...process.env, ...environment, NODE_ENV: "production", END_WITH_INPUT: "1" };
  return Bun.spawn([process.execPath, ...args], { cwd: root, env, stdin: "pipe", stdout: "ignore", stderr: "inherit" });
}

/** Hands every request on to the API, later. */
function slowLine(apiUrl: string, delayMs: number) {
  return Bun.serve({
    hostname: "127.0.0.1",
    port: 0,
    async fetch(request) {
      await Bun.sleep(delayMs);
      const { pathname, search } = new URL(request.url);
      // As it comes: an answer that was unpacked here would still be said to be packed.
      const passed = fetch(new Request(apiUrl + pathname + search, request), { decompress: false });
      // The API is still starting: an error here would fail the test that waits for it.
      return passed.catch(() => new Response(null, { status: 503 }));
    },
  });
}

/** Fills a database with so many believable orders. */
export async function generate(orders: number, database: string): Promise<void> {
  const args = ["api/generate-data.ts", "--orders", String(orders), "--database", database];
  if ((await program(args, {}).exited) !== 0) throw new Error("the orders could not be generated");
}

function freePort(): number {
  const probe = Bun.listen({ hostname: "127.0.0.1", port: 0, socket: { data() {} } });
  const { port } = probe;
  probe.stop(true);
  return port;
}

/** Waits for a program's first answer, and not any longer than it lives. */
async function answering(url: string, server: Bun.Subprocess): Promise<void> {
  const deadline = performance.now() + startTimeoutMs;
  for (;;) {
    const answer = await fetch(url).catch(() => null);
    if (answer?.ok === true) return;
    if (server.exitCode !== null || performance.now() > deadline) throw new Error(`${url} does not answer`);
    await Bun.sleep(50);
  }
}
