// A regression test, not a benchmark: our order by id on SQLite and bare `Bun.serve` with a constant answer alternate,
// each in its own process. It compares CPU time, which a busy machine changes little, and only as a ratio;
// `npm run bench` measures the figures.
import { expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "../race/build.ts";
import { bare, contestants, oursOnSqlite } from "../race/contestant.ts";
import { type Running, serve } from "../race/serve.ts";
import { cpuOf } from "./cpu-time.ts";
import { type Asking, ask } from "./requests.ts";

/** Lower these when the measured values improve. */
const cases = [
  // Measured: 1.5 to 1.6.
  { name: "from the cache", anew: false, mostTimes: 3 },
  // Measured: 2.9 to 3.2.
  { name: "read from the database", anew: true, mostTimes: 5 },
] as const;
const rounds = 7;
/** The sample company has more orders. */
const asking = { count: 8000, connections: 32, lastOrder: 700 };

for (const { name, anew, mostTimes } of cases)
  test(`an order by id ${name} costs at most ${mostTimes} times the CPU of bare Bun.serve`, async () => {
    const ratio = await ratioOf({ ...asking, anew });
    console.log(`measured: CPU of an order by id ${name} on SQLite, ${ratio.toFixed(2)} times bare Bun.serve's`);
    expect(ratio).toBeLessThan(mostTimes);
  }, 120_000);

/** Our CPU time divided by that of bare Bun.serve: the median of the rounds. */
async function ratioOf(what: Asking): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), "northwind-cpu-cost-"));
  const running: Running[] = [];
  try {
    const place = { databaseUrl: `sqlite:${join(folder, "northwind.db")}`, poolSize: 1, cpus: 1 };
    for (const name of [oursOnSqlite, bare]) {
      const contestant = contestants().find((one) => one.name === name);
      if (contestant === undefined) continue;
      expect(await build(contestant)).toBe(null);
      running.push(await serve(contestant, place));
    }
    const [our, floor] = running;
    if (our === undefined || floor === undefined) throw new Error("one of the two is missing");
    // Warm up both.
    for (const one of running) await ask(one.port, { ...what, count: what.count * 2 });
    const ratios: number[] = [];
    for (let round = 0; round < rounds; round += 1) ratios.push((await cpuOf(our, what)) / (await cpuOf(floor, what)));
    return ratios.toSorted((a, b) => a - b)[rounds >> 1] ?? Number.NaN;
  } finally {
    for (const one of running) await one.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
