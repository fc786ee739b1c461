import { openLoop } from "../arrivals.ts";
import { BadCompany } from "../bad-company.ts";
import type { Result, Row, RowContext } from "../row.ts";
import { openConnections, residentBytes } from "../server-sockets.ts";
import { startSystem } from "../system.ts";
import { median, ms, percentile, type Tally } from "../tally.ts";

export const row: Row = {
  id: "F13",
  title: "thousands of idle connections beside a normal load",
  engines: ["sqlite", "mariadb"],
  trials: { pr: 1000, night: 10_000, release: 10_000 },
  run,
};

const rounds = 3;
const mostGrowthBytes = 20 * 1024 * 1024;

/** In turns without and with the idle connections: the machine may have other work. */
async function run({ engine, trials: count, seed, folder, say }: RowContext): Promise<Result> {
  const system = await startSystem({ engine, folder, seed, sample: true, settings: ["--log-level", "off"] });
  const port = Number(new URL(system.url).port);
  const load = { url: system.url, next: nextRequest, perSecond: 200, seconds: 2 };
  const broken: string[] = [];
  const alone: Tally[] = [];
  const beside: Tally[] = [];
  const growth: number[] = [];
  try {
    await openLoop(load);
    for (let round = 1; round <= rounds; round += 1) {
      const without = await openLoop(load);
      const before = residentBytes(system.api.pid);
      const crowd = new BadCompany(system.url);
      await crowd.idle(count);
      const held = openConnections(port) ?? count;
      const within = await openLoop(load);
      growth.push(residentBytes(system.api.pid) - before);
      crowd.leave();
      for (const tally of [without, within])
        if (tally.good.length < tally.sent) broken.push(`round ${round}, seed ${seed}: ${tally.describe()}`);
      if (held < count) broken.push(`round ${round}: only ${held} of ${count} idle connections were kept`);
      alone.push(without);
      beside.push(within);
      say(`round ${round}: without ${without.describe()}; with ${within.describe()}`);
    }
  } finally {
    await system.stop();
  }
  // The ninth of ten decides: on a machine with other work the slowest of a hundred tells of that work.
  const of = (tallies: readonly Tally[], percent: number) =>
    median(tallies.map(({ good }) => percentile(good, percent)));
  const ratio = of(beside, 90) / of(alone, 90);
  if (ratio > 2) broken.push(`p90 beside ${count} idle connections is ${ratio.toFixed(1)} times that without`);
  if (median(growth) > mostGrowthBytes) broken.push(`memory grew by ${Math.round(median(growth) / 1024 / 1024)} MB`);
  return {
    trials: count * rounds,
    broken,
    figures: {
      idle: `${count}`,
      "memory for all": `${(median(growth) / 1024 / 1024).toFixed(1)} MB`,
      "p90, p99 without": `${ms(of(alone, 90))}, ${ms(of(alone, 99))}`,
      "p90, p99 with": `${ms(of(beside, 90))}, ${ms(of(beside, 99))}`,
    },
  };
}

let asked = 0;

function nextRequest(): string {
  asked += 1;
  const path = asked % 5 === 0 ? "/api/orders?limit=20" : `/api/orders/${1 + (asked % 500)}`;
  return `GET ${path} HTTP/1.1\r\nHost: a\r\n\r\n`;
}
