import { existsSync, mkdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { cacheFolder } from "../serve.ts";
import { numbersOf } from "./read-numbers.ts";
import { outputOf } from "./wrk.ts";

/** What users wait when requests come at a fixed rate, whatever the server does. */
export interface OpenLoop {
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly p999Ms: number;
  readonly maxMs: number;
  /** Requests that were due and not answered well. */
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

export interface OpenLoopWish {
  readonly port: number;
  readonly requestFile: string;
  readonly connections: number;
  readonly perSecond: number;
  readonly seconds: number;
  readonly warmUpSeconds: number;
}

export async function openLoop(wish: OpenLoopWish): Promise<OpenLoop> {
  const { port, requestFile, connections, perSecond, seconds, warmUpSeconds } = wish;
  const words = [port, requestFile, connections, perSecond.toFixed(1), seconds, warmUpSeconds].map(String);
  const told = numbersOf(await outputOf(program, words), [
    ...(["due", "answered", "failures", "p50Ms", "p99Ms", "p999Ms", "maxMs"] as const),
  ]);
  const { p50Ms, p99Ms, p999Ms, maxMs } = told;
  // The first and the last request may fall to either side of an edge.
  const missing = Math.max(0, told.due - told.answered - 2);
  return { p50Ms, p99Ms, p999Ms, maxMs, failures: told.failures + missing };
}
