// `npm run bench:scale`: the cost of a request among a thousand orders, and among ten million. One server per size runs
// all the time, and each task is timed on all of them before the next, so that other work slows all sizes equally.
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { startPrivateMariadb } from "sqlproof/private-mariadb";
import { build } from "../race/build.ts";
import { type Contestant, contestants, ours, oursOnSqlite, root } from "../race/contestant.ts";
import { commit, describe, describeMachine, type Machine } from "../race/report/machine.ts";
import { Samples } from "../race/report/sample.ts";
import { short } from "../race/report/table.ts";
import { type Running, serve } from "../race/serve.ts";
import { mariadbUrl, sqliteUrl } from "./data.ts";
import { type SizedServer, serverAt, type Task, tasks, timed } from "./tasks.ts";

const help = `The cost of a request among few orders and among many

Usage: npm run bench:scale -- [options]

  --sizes LIST      Default: 1000,10000,100000,1000000,10000000. Files are cached in .cache/scale.
  --mariadb         On a private MariaDB with new databases, up to a million orders.
  --rounds NUMBER   Default: 7, after one that is not counted.
  --help            Print this.
`;

/** The promise: at most this many times the latency of the smaller size. */
const [small, bound] = [10_000, 1.5];
const mostOnMariadb = 1_000_000;
const timesPerRound = 25;
/** A request that takes seconds is not repeated twenty-five times a round. */
const roundMs = 3000;

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => process.exit(1));
await main();

async function main(): Promise<void> {
  const text = { type: "string" } as const;
  const flag = { type: "boolean" } as const;
  const options = { sizes: text, rounds: text, mariadb: flag, help: flag };
  const { values } = parseArgs({ options });
  if (values.help) return console.log(help);
  const wanted = (values.sizes ?? "1000,10000,100000,1000000,10000000").split(",").map(Number);
  const sizes = wanted.filter((size) => !values.mariadb || size <= mostOnMariadb);
  const rounds = Number(values.rounds ?? 7);
  const server = values.mariadb
    ? await startPrivateMariadb({ extraArgs: ["--innodb-buffer-pool-size=2G", "--innodb-log-file-size=512M"] })
    : null;
  const urls = new Map<number, string>();
  for (const size of sizes) urls.set(size, server === null ? await sqliteUrl(size) : await mariadbUrl(server, size));
  const name = server === null ? oursOnSqlite : ours;
  const contestant = contestants().find((one) => one.name === name);
  const fault = contestant === undefined ? "it is missing" : await build(contestant);
  if (contestant === undefined || fault !== null) throw new Error(`${name}: ${fault}`);
  const machine = describeMachine([], server === null ? "none" : "private");
  await measure(contestant, urls, rounds, machine).finally(() => server?.stop());
}

async function measure(
  contestant: Contestant,
  urls: ReadonlyMap<number, string>,
  rounds: number,
  machine: Machine,
): Promise<void> {
  const engine = contestant.database;
  const head = { at: new Date().toISOString(), commit: commit(), machine, engine, rounds };
  const samples = new Samples(join(root, "bench/results", `scale-${engine}.jsonl`), head);
  const running: Running[] = [];
  try {
    const servers = new Map<number, SizedServer>();
    for (const [size, databaseUrl] of urls) {
      const server = await serve(contestant, { databaseUrl, poolSize: 4, cpus: availableParallelism() });
      running.push(server);
      servers.set(size, await serverAt(server.url));
    }
    for (let round = 0; round <= rounds; round += 1)
      for (const task of tasks)
        for (const [size, server] of servers) await measureRound(samples, server, task, size, round);
    console.log(`${engine}, milliseconds, one request at a time, medians of ${rounds} rounds\n`);
    console.log(table(samples, [...urls.keys()]));
    console.log(`\n${describe(machine)}`);
  } finally {
    for (const server of running) await server.stop();
  }
}

async function measureRound(
  samples: Samples,
  server: SizedServer,
  task: Task,
  size: number,
  round: number,
): Promise<void> {
  const begin = performance.now();
  const times: number[] = [];
  // The same orders in every round: the comparison is about the work, not about what is in memory.
  for (let index = 0; index < timesPerRound && performance.now() - begin < roundMs; index += 1) {
    const tookMs = await timed(server, task, index);
    if (tookMs === null) return;
    times.push(tookMs);
  }
  const median = times.toSorted((a, b) => a - b)[times.length >> 1];
  if (round === 0 || median === undefined) return;
  const value = Number(median.toPrecision(4));
  samples.add({ contestant: `${size} orders`, subject: task, figure: "p50_ms", round, value });
}

function table(samples: Samples, sizes: readonly number[]): string {
  const large = Math.max(...sizes);
  const head = `| | ${sizes.map((size) => size.toLocaleString("en")).join(" | ")} | ${large.toLocaleString("en")} to ${small.toLocaleString("en")} |`;
  const rows = tasks.map((task) => {
    const cells = sizes.map((size) => {
      const spread = samples.spread(`${size} orders`, task, "p50_ms");
      return spread === null ? "-" : short(spread.median);
    });
    // For milliseconds, `ratio` says how many times longer the second takes than the first.
    const ratio = samples.ratio(`${small} orders`, `${large} orders`, task, "p50_ms");
    const verdict = ratio === null ? "-" : `${short(ratio.median)} ${ratio.median <= bound ? "✓" : "✗"}`;
    return `| ${task} | ${cells.join(" | ")} | ${verdict} |`;
  });
  return [head, `|---|${"---:|".repeat(sizes.length + 1)}`, ...rows, "", `Promised: ${bound} at most.`].join("\n");
}
