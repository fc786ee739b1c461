import { type SpawnOptions, spawn } from "node:child_process";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { numbersOf } from "./read-numbers.ts";

export const wrkSource = "apt-get install wrk, or github.com/wg/wrk";

/** What wrk counted: a closed loop, every connection asks again as soon as it was answered. */
export interface Load {
  readonly requests: number;
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Answers with a status of 400 and above, and connections that broke or timed out. */
  readonly failures: number;
}

/** Few: the client shall leave the cores to those who are measured. */
const mostThreads = Math.max(1, Math.min(8, Math.floor(availableParallelism() / 4)));

export async function wrk(url: string, requestFile: string, connections: number, seconds: number): Promise<Load> {
  const script = join(import.meta.dir, "requests.lua");
  const threads = Math.min(connections, mostThreads);
  const counts = [`-t${threads}`, `-c${connections}`, `-d${seconds}s`, "--timeout", "10s"];
  const output = await outputOf("wrk", [...counts, "-s", script, url, "--", requestFile]);
  const told = numbersOf(output.trim().split("\n").at(-1) ?? "", [
    ...(["requests", "microseconds", "p50Us", "p99Us", "refused", "broken"] as const),
  ]);
  return {
    requests: told.requests,
    perSecond: told.requests / (told.microseconds / 1e6),
    p50Ms: told.p50Us / 1000,
    p99Ms: told.p99Us / 1000,
    failures: told.refused + told.broken,
  };
}

/** What a program wrote; throws its words when it fails. */
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
