import { existsSync, mkdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { cacheFolder } from "../serve.ts";
import { numbersOf } from "./read-numbers.ts";
import { outputOf } from "./wrk.ts";

/** The latencies when requests arrive at a fixed rate, whatever the server does. */
export interface OpenLoop {
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly p999Ms: number;
  readonly maxMs: number;
  /** Requests that were due and got no good answer. */
  readonly failures: number;
}

const source = join(import.meta.dir, "open-loop.c");
const program = join(cacheFolder, "open-loop");

/** Compiles the client when it is missing or older than its source. */
export async function buildOpenLoop(): Promise<void> {
  if (existsSync(program) && statSync(program).mtimeMs > statSync(source).mtimeMs) return;
  mkdirSync(cacheFolder, { recursive: true });
  await outputOf("cc", ["-O2", "-Wall", "-o", program, source]);
}

export interface OpenLoopOptions {
  readonly port: number;
  readonly requestFile: string;
  readonly connections: number;
  readonly perSecond: number;
  readonly seconds: number;
  readonly warmUpSeconds: number;
}

export async function openLoop(options: OpenLoopOptions): Promise<OpenLoop> {
  const { port, requestFile, connections, perSecond, seconds, warmUpSeconds } = options;
  const words = [port, requestFile, connections, perSecond.toFixed(1), seconds, warmUpSeconds].map(String);
  const figures = numbersOf(await outputOf(program, words), [
    ...(["due", "answered", "failures", "p50Ms", "p99Ms", "p999Ms", "maxMs"] as const),
  ]);
  const { p50Ms, p99Ms, p999Ms, maxMs } = figures;
  // The first and the last request may fall outside the measured time.
  const missing = Math.max(0, figures.due - figures.answered - 2);
  return { p50Ms, p99Ms, p999Ms, maxMs, failures: figures.failures + missing };
}
