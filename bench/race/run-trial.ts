// The race: starts one contestant after the other and measures start, memory, throughput and latency.
// contestant.ts lists them, client/ generates the load, report/ stores and prints the figures.
import { type ChildProcess, spawn } from "node:child_process";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import type { Route } from "./client/requests.ts";
import { warmUp } from "./client/warm-up.ts";
import { wrk } from "./client/wrk.ts";
import { root } from "./contestant.ts";
import { measureDatabase } from "./database-ceiling.ts";
import { measureLatency } from "./latency.ts";
import { cpuMs, residentBytes } from "./processes.ts";
import { atRestSubject, idleSubject, loadSubject, startSubject } from "./report/subjects.ts";
import { type Running, serve } from "./serve.ts";
import { record, type Trial } from "./trial.ts";

const settleMs = 500;
const megabyte = 1e6;

export async function runTrial(trial: Trial): Promise<void> {
  if (trial.contestant.database === "statement") {
    if (trial.effort.routes.includes("order by id")) await measureDatabase(trial);
    return;
  }
  const start = async (path?: string) => {
    const { contestant, databases, effort } = trial;
    const place = {
      databaseUrl: databases.urlFor(contestant),
      poolSize: effort.poolSize,
      cpus: availableParallelism(),
    };
    return serve(contestant, place, path);
  };
  const first = trial.contestant.database === "none" ? "/api/health" : "/api/orders/42";
  for (let count = 0; count < trial.effort.starts; count += 1) {
    const running = await start(first);
    record(trial, startSubject, "start_ms", running.startMs);
    if (count === trial.effort.starts - 1) await measureMemory(trial, running).finally(() => running.stop());
    else await running.stop();
  }
  if (trial.contestant.startOnly) return;
  const running = await start();
  try {
    for (const route of trial.effort.routes) await measureRoute(trial, running, route);
    if (trial.contestant.database !== "none") await measureLatency(trial, running, "order by id");
  } finally {
    await running.stop();
    await trial.databases.clear();
  }
}

async function measureMemory(trial: Trial, running: Running): Promise<void> {
  await Bun.sleep(settleMs);
  const atStart = residentBytes(running.pids());
  record(trial, atRestSubject, "resident_mb", atStart / megabyte);
  for (const count of trial.effort.idle) {
    const { held, release } = await holdIdle(running.port, count);
    const resident = residentBytes(running.pids());
    const closed = await release();
    if (held !== count || closed > 0) {
      trial.samples.note({ contestant: trial.contestant.name, idle: count, held, closed });
      trial.log(`  ${trial.contestant.name} held ${held - closed} of ${count} idle connections`);
      continue;
    }
    record(trial, idleSubject(count), "resident_mb", resident / megabyte);
    record(trial, idleSubject(count), "per_thousand_mb", (resident - atStart) / megabyte / (count / 1000));
  }
}

interface Held {
  readonly held: number;
  /** Closes them, and returns how many the server had closed before. */
  release(): Promise<number>;
}

async function holdIdle(port: number, count: number): Promise<Held> {
  const child = spawn(process.execPath, [join(root, "bench/race/client/hold-idle.ts"), `${port}`, `${count}`], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const held = Number(/held (\d+)/.exec(await nextOutput(child))?.[1] ?? 0);
  return {
    held,
    async release() {
      const output = nextOutput(child);
      child.stdin?.end("\n");
      return Number(/closed (\d+)/.exec(await output)?.[1] ?? 0);
    },
  };
}

function nextOutput(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.stdout?.once("data", (chunk) => resolve(String(chunk)));
    child.once("close", () => resolve(""));
  });
}

async function measureRoute(trial: Trial, running: Running, route: Route): Promise<void> {
  const { effort, requestFile, contestant, databases } = trial;
  // Bare Bun.serve gives the same answer to every request.
  if (contestant.database === "none" && route !== "health" && route !== "order by id") return;
  await warmUp(effort, running.url, requestFile(route));
  for (const connections of effort.connections) {
    const pids = running.pids();
    const before = { server: cpuMs(pids), database: cpuMs([databases.mariadbPid]) };
    const load = await wrk(running.url, requestFile(route), connections, effort.seconds);
    const server = cpuMs(pids) - before.server;
    const database = cpuMs([databases.mariadbPid]) - before.database;
    running.mustLive();
    const subject = loadSubject(route, connections);
    if (load.failures > 0) {
      trial.samples.note({ contestant: contestant.name, subject, round: trial.round, ...load });
      trial.log(`  ${contestant.name}: ${subject}: ${load.failures} of ${load.requests} requests failed: not counted`);
      continue;
    }
    record(trial, subject, "per_second", load.perSecond);
    record(trial, subject, "p50_ms", load.p50Ms);
    record(trial, subject, "p99_ms", load.p99Ms);
    record(trial, subject, "server_cpu_us", (server * 1000) / load.requests);
    if (contestant.database === "mariadb") record(trial, subject, "database_cpu_us", (database * 1000) / load.requests);
  }
}
