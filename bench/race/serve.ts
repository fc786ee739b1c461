import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { freePorts } from "../../sqlproof/src/test-server/server-process.ts";
import { type Contestant, type Place, root } from "./contestant.ts";
import { treeOf } from "./processes.ts";

/** For the results of incomplete runs, logs and built programs. */
export const cacheFolder = join(root, ".cache", "bench");

/** A running contestant. */
export interface Running {
  readonly port: number;
  readonly url: string;
  /** From the start of its process to the first good answer. */
  readonly startMs: number;
  /** Its current processes. */
  pids(): readonly number[];
  /** Throws if it has ended on its own. */
  mustLive(): void;
  stop(): Promise<void>;
}

const startTimeoutMs = 30_000;
const stopTimeoutMs = 10_000;
const running = new Set<ChildProcess>();
process.on("exit", () => {
  for (const child of running) killGroup(child, "SIGKILL");
});

/** Starts it, alone on a free port, and waits until `path` is answered with 200. */
export async function serve(
  contestant: Contestant,
  place: Omit<Place, "port">,
  path = "/api/health",
): Promise<Running> {
  const [port = 0] = await freePorts(1);
  const begin = performance.now();
  const { child, ended, log } = launch(contestant, { ...place, port });
  const url = `http://127.0.0.1:${port}`;
  const mustLive = () => {
    if (child.exitCode === null && child.signalCode === null) return;
    throw new Error(`${contestant.name} ended on its own: ${readFileSync(log, "utf8").trim().slice(-500)}`);
  };
  const stop = async () => {
    killGroup(child, "SIGTERM");
    const timer = setTimeout(() => killGroup(child, "SIGKILL"), stopTimeoutMs);
    await ended;
    clearTimeout(timer);
    // Children that it did not stop itself.
    killGroup(child, "SIGKILL");
  };
  try {
    while (!(await answers(url + path))) {
      mustLive();
      if (performance.now() - begin > startTimeoutMs) throw new Error(`${contestant.name} does not answer ${path}`);
      await Bun.sleep(1);
    }
  } catch (error) {
    await stop();
    throw error;
  }
  return { port, url, startMs: performance.now() - begin, pids: () => treeOf(child.pid ?? 0), mustLive, stop };
}

function launch({ name, folder, run }: Contestant, place: Place) {
  mkdirSync(cacheFolder, { recursive: true });
  const log = join(cacheFolder, `${name}.log`);
  const out = openSync(log, "w");
  const { port, databaseUrl, poolSize, cpus } = place;
  // As many connections as the system allows a program: some contestants raise the limit themselves, some do not.
  const shell = ["-c", 'ulimit -n "$(ulimit -Hn)"; exec "$@"', "sh"];
  const child = spawn("/bin/sh", [...shell, ...run(place)], {
    cwd: folder,
    detached: true,
    stdio: ["ignore", out, out],
    env: {
      ...{ PATH: process.env.PATH, HOME: process.env.HOME, NODE_ENV: "production" },
      ...{ PORT: `${port}`, HOST: "127.0.0.1", DATABASE_URL: databaseUrl },
      ...{ POOL_SIZE: `${poolSize}`, CPUS: `${cpus}` },
    },
  });
  closeSync(out);
  running.add(child);
  const ended = new Promise<void>((resolve) => {
    const end = () => {
      running.delete(child);
      resolve();
    };
    child.once("exit", end);
    child.once("error", end);
  });
  return { child, ended, log };
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { headers: { connection: "close" }, signal: AbortSignal.timeout(5000) });
    await response.arrayBuffer();
    return response.status === 200;
  } catch {
    // It does not listen yet.
    return false;
  }
}

function killGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch {
    // The whole group has ended already.
  }
}
