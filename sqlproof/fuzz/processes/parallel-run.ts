import type { Server } from "../../src/differential/engines.ts";
import type { Asked } from "../command-line.ts";
import { type Counts, noCounts, sumOf } from "../run/counts.ts";
import { allBlocks } from "../run/run.ts";
import { type Reported, runPortion, type Watch } from "./portion.ts";

/** What a process needs to know, in the variable FUZZ_JOB: the password of the server is in no list of processes. */
export interface Job {
  readonly server: Server;
  readonly at: number;
}

/** What a process says: a find, or what it has counted so far. */
export type Message = { readonly reported: Reported } | { readonly counts: Counts };

/** What a process is told when the others have found or done enough. */
export const end = "end";

/** Runs all that the command line asks for, in as many processes as it says. */
export async function runInProcesses(server: Server, asked: Asked, watch: Watch): Promise<Counts> {
  if (asked.processes === 1) return runPortion(server, asked, allBlocks, watch);
  const counts = new Map<number, Counts>();
  const known = new Set<string>();
  const finished = new Set<number>();
  const sum = (): Counts => sumOf(counts.values());
  const children = Array.from({ length: asked.processes }, (_, at) => {
    counts.set(at, noCounts());
    return Bun.spawn([process.execPath, "run", entry, ...asked.args], {
      stdio: ["ignore", "inherit", "inherit"],
      env: { ...process.env, FUZZ_JOB: JSON.stringify({ server, at } satisfies Job) },
      onDisconnect: () => {
        finished.add(at);
      },
      ipc(message: unknown) {
        if (!isMessage(message)) throw new TypeError("a process of the run said something unknown");
        if ("counts" in message) counts.set(at, message.counts);
        // What two processes find is shown once.
        else if (!known.has(message.reported.signature)) {
          known.add(message.reported.signature);
          watch.onFind(message.reported);
        }
        if (watch.enough(sum())) endAll();
      },
    });
  });
  const endAll = (): void => {
    for (const [at, child] of children.entries())
      try {
        if (!finished.has(at)) child.send(end);
      } catch {
        // It has ended in this moment.
        finished.add(at);
      }
  };
  const codes = await Promise.all(children.map((child) => child.exited));
  if (codes.some((code) => code !== 0)) throw new Error(`a process of the run ended with ${codes.join(", ")}`);
  return sum();
}

const entry = new URL("./process.ts", import.meta.url).pathname;

function isMessage(value: unknown): value is Message {
  return typeof value === "object" && value !== null && ("reported" in value || "counts" in value);
}
