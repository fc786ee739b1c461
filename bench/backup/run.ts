// `npm run bench:backup`: how long a backup takes, how large it is, and what readers notice of it. Readers are timed in
// turns with and without a backup, so that other work of the machine slows both alike.
import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { Program } from "../../test/program.ts";

const help = `How long a backup takes, and what readers notice of it

Usage: npm run bench:backup -- --database URL [options]

  --database URL   A database with many orders; npm run generate-data makes one.
  --rounds N       Default: 3.
  --rate N         Requests per second, one in ten of them a list. Default: 200.
  --help           Print this.
`;

const root = join(import.meta.dir, "..", "..");
const oneInList = 10;
/** As long as readers are timed without a backup, before each one. */
const quietMs = 15_000;

/** The latencies of requests in milliseconds; infinite for one that was refused because too much waited. */
type Latencies = readonly number[];

await main();

async function main(): Promise<void> {
  const text = { type: "string" } as const;
  const options = { database: text, rounds: text, rate: text, help: { type: "boolean" } } as const;
  const { values } = parseArgs({ options });
  const { database } = values;
  if (values.help || database === undefined) return console.log(help);
  const args = ["api/src/main.ts", "--database", database, "--port", "0", "--log-level", "off"];
  const api = new Program(process.execPath, args, root);
  const folder = mkdtempSync(join(tmpdir(), "northwind-bench-backup-"));
  try {
    const url = await api.until(/(http:\S+) +ready in/);
    await rounds(url, database, folder, Number(values.rounds ?? 3), Number(values.rate ?? 200));
  } finally {
    api.signalGroup("SIGINT");
    await api.ended;
    rmSync(folder, { recursive: true, force: true });
  }
}

async function rounds(url: string, database: string, folder: string, count: number, rate: number): Promise<void> {
  const last = await lastOrder(url);
  await readers(url, last, rate, Bun.sleep(quietMs / 3));
  const [quiet, meanwhile, seconds]: [number[], number[], number[]] = [[], [], []];
  for (let round = 0; round < count; round += 1) {
    quiet.push(...(await readers(url, last, rate, Bun.sleep(quietMs))));
    const begin = performance.now();
    const backup = new Program(
      process.execPath,
      ["api/src/main.ts", "backup", "--to", folder, "--database", database],
      root,
    );
    meanwhile.push(...(await readers(url, last, rate, backup.ended)));
    seconds.push((performance.now() - begin) / 1000);
    const { code } = await backup.ended;
    if (code !== 0) throw new Error(backup.output);
    console.error(backup.output.trim());
  }
  const sizes = readdirSync(folder).map((name) => statSync(join(folder, name)).size);
  console.log(`orders up to ${last}, ${rate} requests per second, medians of ${count} rounds`);
  console.log(`backup: ${median(seconds).toFixed(1)} s, ${(median(sizes) / 1e6).toFixed(1)} MB`);
  const refused = [quiet, meanwhile].map((all) => all.filter((one) => one === Number.POSITIVE_INFINITY).length);
  console.log(`refused: ${refused[0]} of ${quiet.length} without, ${refused[1]} of ${meanwhile.length} meanwhile`);
  for (const [name, share] of [
    ["p50", 0.5],
    ["p99", 0.99],
  ] as const) {
    const [without, with_] = [quantile(quiet, share), quantile(meanwhile, share)];
    console.log(
      `${name} of readers: ${without.toFixed(2)} ms without, ${with_.toFixed(2)} ms meanwhile, ` +
        `${(with_ / without).toFixed(2)} times`,
    );
  }
}

async function lastOrder(url: string): Promise<number> {
  const answer = await fetch(`${url}/api/orders?limit=1&sort=-id`);
  const { data } = Object(await answer.json());
  return Number(data[0]?.id);
}

/** Sends requests at a steady rate until `end`, whether or not earlier ones are answered. */
async function readers(url: string, last: number, rate: number, end: Promise<unknown>): Promise<Latencies> {
  const latencies: number[] = [];
  const requests: Promise<void>[] = [];
  let isOver = false;
  void end.then(() => {
    isOver = true;
  });
  const begin = performance.now();
  for (let sent = 0; !isOver; sent += 1) {
    const dueMs = begin + (sent / rate) * 1000;
    const waitMs = dueMs - performance.now();
    if (waitMs > 0) await Bun.sleep(waitMs);
    const id = 1 + Math.floor(Math.random() * last);
    const path = sent % oneInList === 0 ? "orders?limit=50" : `orders/${id}`;
    requests.push(timed(`${url}/api/${path}`, dueMs, latencies));
  }
  await Promise.all(requests);
  return latencies;
}

/** From the moment at which the request was due, so that a server that stands still is not counted as one slow answer. */
async function timed(url: string, dueMs: number, latencies: number[]): Promise<void> {
  const answer = await fetch(url);
  await answer.arrayBuffer();
  latencies.push(answer.status === 503 ? Number.POSITIVE_INFINITY : performance.now() - dueMs);
}

function median(values: Latencies): number {
  return quantile(values, 0.5);
}

function quantile(values: Latencies, share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
