// `npm run bench:against -- --before FOLDER`: what a change costs the server. Another checkout of this repository, such as
// `git worktree add FOLDER main`, and this one answer the same orders by id in turns, both from source.
// It compares CPU time per request, from /proc, within a round, so a busy machine changes little.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { createMariadbDatabase } from "sqlproof/migrations";
import { startPrivateMariadb } from "sqlproof/private-mariadb";
import { PathRequests } from "../../api/src/watch/requests.ts";
import { type Contestant, type Place, root } from "../race/contestant.ts";
import { type Running, serve } from "../race/serve.ts";
import { cpuOf } from "./cpu-time.ts";

/** The sample company has more orders. */
const asking = { count: 3000, connections: 32, lastOrder: 700 };
const warmUps = 6;

const { values } = parseArgs({
  options: {
    before: { type: "string", default: root },
    engine: { type: "string", default: "sqlite" },
    rounds: { type: "string", default: "40" },
    starts: { type: "string", default: "3" },
    /** Settings of this checkout alone: `--options="--otlp-endpoint http://127.0.0.1:4318"`. */
    options: { type: "string", default: "" },
    log: { type: "string", default: "off" },
  },
});

const ratios: number[] = [];
const again: number[] = [];
const microseconds: number[] = [];
for (let start = 0; start < Number(values.starts); start += 1) await withPair(start, measured);
const text = (numbers: readonly number[]) => {
  const sorted = numbers.toSorted((a, b) => a - b);
  const at = (share: number) => (sorted[Math.trunc(share * (sorted.length - 1))] ?? Number.NaN).toFixed(4);
  return `${at(0.5)} (middle half: ${at(0.25)} to ${at(0.75)}, 95 % of the median: ${interval(numbers)})`;
};
console.log(`CPU per request before: ${(median(microseconds) / 1000).toFixed(2)} us`);
console.log(`this one, times before: ${text(ratios)}`);
console.log(`counting a request alone: ${countingNs()} ns`);
console.log(`before, times before:   ${text(again)}`);

/** The CPU time that the metrics take of a request, with the look at the clock: the median of several runs. */
function countingNs(): string {
  const requests = new PathRequests("/api/orders/{id}");
  const count = 400_000;
  const begin = performance.now();
  const runs = Array.from({ length: 15 }, () => {
    const before = process.cpuUsage();
    for (let number = 0; number < count; number += 1)
      requests.add("GET", 200, ((performance.now() - begin) % 2) / 1000);
    const { user, system } = process.cpuUsage(before);
    return ((user + system) * 1000) / count;
  });
  return median(runs).toFixed(0);
}

async function measured(before: Running, after: Running): Promise<void> {
  const [one, other] = [before, after].map((running) => () => cpuOf(running, { ...asking, anew: false }));
  if (one === undefined || other === undefined) return;
  for (let warmUp = 0; warmUp < warmUps; warmUp += 1) {
    await one();
    await other();
  }
  for (let round = 0; round < Number(values.rounds); round += 1) {
    // Forth and back, so that a machine that becomes slower or faster meanwhile favours nobody.
    const [first, second, third, last] = [await one(), await other(), await other(), await one()];
    ratios.push((second + third) / (first + last));
    again.push(last / first);
    microseconds.push((first + last) / 2 / (asking.count / 1000) / 1000);
  }
}

async function withPair(start: number, work: (before: Running, after: Running) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "northwind-against-"));
  const server = values.engine === "mariadb" ? await startPrivateMariadb({}) : null;
  const running: Running[] = [];
  try {
    const started = async (name: string, place: string, options: readonly string[]) => {
      if (server !== null) await createMariadbDatabase({ ...server, database: name });
      const databaseUrl = server === null ? `sqlite:${join(folder, `${name}.db`)}` : server.url(name);
      const one = await serve(fromSource(name, place, options), { databaseUrl, poolSize: 8, cpus: 1 });
      running.push(one);
      return one;
    };
    const own = values.options.split(" ").filter((word) => word !== "");
    const startBefore = () => started("before", resolve(values.before), []);
    const startAfter = () => started("after", root, own);
    // Whoever starts first may get the better place in memory.
    const after = start % 2 === 0 ? null : await startAfter();
    const before = await startBefore();
    await work(before, after ?? (await startAfter()));
  } finally {
    for (const one of running) await one.stop();
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

function fromSource(name: string, folder: string, options: readonly string[]): Contestant {
  const run = ({ port, databaseUrl, poolSize }: Place) => [
    ...[process.execPath, "api/src/main.ts", "--port", `${port}`, "--database", databaseUrl],
    ...["--pool-size", `${poolSize}`, "--log-level", values.log, "--notice-ms", "0", ...options],
  ];
  return { name, title: name, folder, needs: new Map(), build: [], run, database: "sqlite" };
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? Number.NaN;
}

/** Between which values the median lies, by drawing the rounds again 2,000 times. */
function interval(numbers: readonly number[]): string {
  const drawn = Array.from({ length: 2000 }, () =>
    median(numbers.map(() => numbers[Math.trunc(Math.random() * numbers.length)] ?? Number.NaN)),
  ).toSorted((a, b) => a - b);
  return [0.025, 0.975].map((share) => (drawn[Math.trunc(share * drawn.length)] ?? Number.NaN).toFixed(4)).join(" to ");
}
