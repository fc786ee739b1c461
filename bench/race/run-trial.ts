import { type ChildProcess, spawn } from "node:child_process";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import type { Route } from "./client/requests.ts";
import { warmUp } from "./client/warm-up.ts";
import { wrk } from "./client/wrk.ts";
import { type Contestant, root } from "./contestant.ts";
import { measureDatabase } from "./database-ceiling.ts";
import type { Stage } from "./databases.ts";
import { measureLatency } from "./latency.ts";
import { cpuMs, residentBytes } from "./processes.ts";
import type { Figure, Samples } from "./report/sample.ts";
import { atRestSubject, idleSubject, loadSubject, startSubject } from "./report/subjects.ts";
import { type Running, serve } from "./serve.ts";

/** How thoroughly to measure. */
export interface Effort {
  readonly seconds: number;
  readonly warmUpSeconds: number;
  readonly connections: readonly number[];
  readonly routes: readonly Route[];
  readonly starts: number;
  readonly idle: readonly number[];
  readonly poolSize: number;
}

/** One contestant's turn in one round. */
export interface Turn {
  readonly contestant: Contestant;
  readonly round: number;
  readonly stage: Stage;
  readonly samples: Samples;
  readonly effort: Effort;
  readonly requestFile: (route: Route) => string;
  /** Requests per second that every contestant can serve; null when there are no peers. */
  readonly sameRate: number | null;
  readonly tell: (line: string) => void;
}

const settleMs = 500;
const megabyte = 1e6;

export async function takeTurn(turn: Turn): Promise<void> {
  if (turn.contestant.database === "statement") {
    if (turn.effort.routes.includes("order by id")) await measureDatabase(turn);
    return;
  }
  const start = async (path?: string) => {
    const { contestant, stage, effort } = turn;
    const place = { databaseUrl: stage.urlFor(contestant), poolSize: effort.poolSize, cpus: availableParallelism() };
    return serve(contestant, place, path);
  };
  const first = turn.contestant.database === "none" ? "/api/health" : "/api/orders/42";
  for (let count = 0; count < turn.effort.starts; count += 1) {
    const running = await start(first);
    record(turn, startSubject, "start_ms", running.startMs);
    if (count === turn.effort.starts - 1) await measureMemory(turn, running).finally(() => running.stop());
    else await running.stop();
  }
  if (turn.contestant.startOnly) return;
  const running = await start();
  try {
    for (const route of turn.effort.routes) await measureRoute(turn, running, route);
    if (turn.contestant.database !== "none") await measureLatency(turn, running, "order by id");
  } finally {
    await running.stop();
    await turn.stage.clear();
  }
}

export function record({ samples, contestant, round }: Turn, subject: string, figure: Figure, value: number): void {
  samples.add({ contestant: contestant.name, subject, figure, round, value: Number(value.toPrecision(5)) });
}

async function measureMemory(turn: Turn, running: Running): Promise<void> {
  await Bun.sleep(settleMs);
  const atStart = residentBytes(running.pids());
  record(turn, atRestSubject, "resident_mb", atStart / megabyte);
  for (const count of turn.effort.idle) {
    const { held, release } = await holdIdle(running.port, count);
    const resident = residentBytes(running.pids());
    const closed = await release();
    if (held !== count || closed > 0) {
      turn.samples.note({ contestant: turn.contestant.name, idle: count, held, closed });
      turn.tell(`  ${turn.contestant.name} held ${held - closed} of ${count} idle connections`);
      continue;
    }
    record(turn, idleSubject(count), "resident_mb", resident / megabyte);
    record(turn, idleSubject(count), "per_thousand_mb", (resident - atStart) / megabyte / (count / 1000));
  }
}

interface Held {
  readonly held: number;
  /** Closes them, and answers how many the server had closed before. */
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
      const told = nextOutput(child);
      child.stdin?.end("\n");
      return Number(/closed (\d+)/.exec(await told)?.[1] ?? 0);
    },
  };
}

function nextOutput(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.stdout?.once("data", (chunk) => resolve(String(chunk)));
    child.once("close", () => resolve(""));
  });
}

async function measureRoute(turn: Turn, running: Running, route: Route): Promise<void> {
  const { effort, requestFile, contestant, stage } = turn;
  // The floor gives its one answer to whatever it is asked.
  if (contestant.database === "none" && route !== "health" && route !== "order by id") return;
  await warmUp(effort, running.url, requestFile(route));
  for (const connections of effort.connections) {
    const pids = running.pids();
    const before = { server: cpuMs(pids), database: cpuMs([stage.mariadbPid]) };
    const load = await wrk(running.url, requestFile(route), connections, effort.seconds);
    const server = cpuMs(pids) - before.server;
    const database = cpuMs([stage.mariadbPid]) - before.database;
    running.mustLive();
    const subject = loadSubject(route, connections);
    if (load.failures > 0) {
      turn.samples.note({ contestant: contestant.name, subject, round: turn.round, ...load });
      turn.tell(`  ${contestant.name}: ${subject}: ${load.failures} of ${load.requests} requests failed: not counted`);
      continue;
    }
    record(turn, subject, "per_second", load.perSecond);
    record(turn, subject, "p50_ms", load.p50Ms);
    record(turn, subject, "p99_ms", load.p99Ms);
    record(turn, subject, "server_cpu_us", (server * 1000) / load.requests);
    if (contestant.database === "mariadb") record(turn, subject, "database_cpu_us", (database * 1000) / load.requests);
  }
}
