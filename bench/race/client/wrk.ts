// The load generators of the race: wrk for throughput (here), a client in C for latency at a fixed rate (open-loop.ts).
// Both send the requests of a file that requests.ts writes.
import { type SpawnOptions, spawn } from "node:child_process";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { numbersOf } from "./read-numbers.ts";

export const wrkSource = "apt-get install wrk, or github.com/wg/wrk";

/** The counts of wrk, a closed loop: each connection sends its next request once it is answered. */
export interface Load {
  readonly requests: number;
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Answers with a status of 400 or above, and connections that broke or timed out. */
  readonly failures: number;
}

/** Few, to leave the cores to the contestants. */
const mostThreads = Math.max(1, Math.min(8, Math.floor(availableParallelism() / 4)));

export async function wrk(url: string, requestFile: string, connections: number, seconds: number): Promise<Load> {
  const script = join(import.meta.dir, "requests.lua");
  const threads = Math.min(connections, mostThreads);
  const counts = [`-t${threads}`, `-c${connections}`, `-d${seconds}s`, "--timeout", "10s"];
  const output = await outputOf("wrk", [...counts, "-s", script, url, "--", requestFile]);
  const figures = numbersOf(output.trim().split("\n").at(-1) ?? "", [
    ...(["requests", "microseconds", "p50Us", "p99Us", "refused", "broken"] as const),
  ]);
  return {
    requests: figures.requests,
    perSecond: figures.requests / (figures.microseconds / 1e6),
    p50Ms: figures.p50Us / 1000,
    p99Ms: figures.p99Us / 1000,
    failures: figures.refused + figures.broken,
  };
}

/** The output of a program; throws it as an error if the program fails. */
export function outputOf(program: string, args: readonly string[], where: SpawnOptions = {}): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, [...args], { ...where, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    let words = "";
    child.stdout.on("data", (chunk) => (output += String(chunk)));
    child.stderr.on("data", (chunk) => (words += String(chunk)));
    child.once("error", reject);
    child.once("close", (code) =>
      code === 0
        ? resolve(output)
        : reject(new Error(`${program} ended with ${code}: ${(words || output).slice(-800)}`)),
    );
  });
}
