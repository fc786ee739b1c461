// `backup`, `restore` and `verify` as an operator runs them, and a start, each a process of its own that can be killed.
import { join } from "node:path";

const root = join(import.meta.dir, "..", "..");

/** How a command ended. */
export interface Ended {
  /** Null if it was killed. */
  readonly code: number | null;
  /** What it printed. */
  readonly output: string;
  readonly tookMs: number;
}

/** A running command of the program. */
export class Command {
  readonly ended: Promise<Ended>;
  readonly #process: ReturnType<typeof Bun.spawn>;

  constructor(words: readonly string[], environment: Readonly<Record<string, string>> = {}) {
    const begin = performance.now();
    const child = Bun.spawn([process.execPath, "api/src/main.ts", ...words], {
      cwd: root,
      env: { ...process.env, DATABASE_URL: "", BACKUP_TO: "", BACKUP_KEEP: "", ...environment },
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.#process = child;
    const texts = [child.stdout, child.stderr].map((stream) => new Response(stream).text());
    this.ended = Promise.all([...texts, child.exited]).then(([out, error]) => ({
      code: child.signalCode === null ? child.exitCode : null,
      output: `${out}${error}`,
      tookMs: performance.now() - begin,
    }));
  }

  /** kill -9. */
  kill(): void {
    this.#process.kill("SIGKILL");
  }
}

/** Runs a command to its end. */
export function run(words: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<Ended> {
  return new Command(words, environment).ended;
}

/** Runs a command that must succeed, before and between the faults. */
export async function must(words: readonly string[]): Promise<Ended> {
  const ended = await run(words);
  if (ended.code !== 0) throw new Error(`\`${words.join(" ")}\` ended with ${ended.code}:\n${ended.output}`);
  return ended;
}

/** The last part of what a command said, for a sentence about it. */
export function lastWords({ output }: Ended): string {
  return output.trim().split("\n").at(-1) ?? "";
}

const startTimeoutMs = 60_000;

/** Starts the server on a database, and ends it at once: whether it served, and what it said. */
export async function tryStart(url: string): Promise<{ readonly isServed: boolean; readonly said: string }> {
  const child = Bun.spawn([process.execPath, "api/src/main.ts", "--database", url, "--port", "0", "--no-sample"], {
    ...{ cwd: root, env: { ...process.env, DATABASE_URL: "" }, stdio: ["ignore", "pipe", "pipe"] },
  });
  const timer = setTimeout(() => child.kill("SIGKILL"), startTimeoutMs);
  const errors = new Response(child.stderr).text();
  let said = "";
  const decoder = new TextDecoder();
  for await (const chunk of child.stdout) {
    said += decoder.decode(chunk, { stream: true });
    if (/ready in/.test(said)) child.kill("SIGKILL");
  }
  await child.exited;
  clearTimeout(timer);
  return { isServed: /ready in/.test(said), said: said + (await errors) };
}
