import { openLoop } from "../../load/arrivals.ts";
import type { ResponseStatistics } from "../../load/response-statistics.ts";
import { MisbehavingClients } from "../../network/misbehaving-clients.ts";
import { formatMs, median, percentile } from "../../report/figures.ts";
import type { Result, Row, RowContext } from "../../row.ts";
import { openConnections, residentBytes } from "../../system/resource-usage.ts";
import { withSystem } from "../../system/system.ts";

export const row: Row = {
  id: "F13",
  title: "thousands of idle connections beside a normal load",
  engines: ["sqlite", "mariadb"],
  trials: { pr: 1000, night: 10_000, release: 10_000 },
  run,
};

const rounds = 3;
const mostGrowthBytes = 20 * 1024 * 1024;

function run({ engine, trials: count, seed, folder, say }: RowContext): Promise<Result> {
  const options = { engine, folder, seed, sample: true, settings: ["--log-level", "off"] };
  return withSystem(options, async ({ url, api }) => {
    const seen = await measureWithIdle({ url, pid: api.pid, count, rounds, say });
    return { trials: count * rounds, ...seen };
  });
}

interface IdleOptions {
  readonly url: string;
  readonly pid: number;
  readonly count: number;
  readonly rounds: number;
  readonly seconds?: number;
  readonly say: (line: string) => void;
}

/** Alternates runs without and with the idle connections, because the machine may have other work. */
export async function measureWithIdle(options: IdleOptions): Promise<Pick<Result, "broken" | "figures">> {
  const { url, pid, count, rounds, seconds = 2, say } = options;
  const port = Number(new URL(url).port);
  const load = { url, next: nextRequest, perSecond: 200, seconds };
  const broken: string[] = [];
  const without: ResponseStatistics[] = [];
  const within: ResponseStatistics[] = [];
  const growth: number[] = [];
  await openLoop(load);
  for (let round = 1; round <= rounds; round += 1) {
    const alone = await openLoop(load);
    const before = residentBytes(pid);
    const idleClients = new MisbehavingClients(url);
    await idleClients.idle(count);
    const held = openConnections(port, idleClients.ports) ?? count;
    const loaded = await openLoop(load);
    growth.push(residentBytes(pid) - before);
    idleClients.disconnect();
    for (const statistics of [alone, loaded])
      if (statistics.good.length < statistics.sent) broken.push(`round ${round}: ${statistics.describe()}`);
    if (held < count) broken.push(`round ${round}: only ${held} of ${count} idle connections stayed open`);
    without.push(alone);
    within.push(loaded);
    say(`round ${round}: without ${alone.describe()}; with ${loaded.describe()}`);
  }
  // p90 decides: on a busy machine, p99 measures the other work.
  const of = (runs: readonly ResponseStatistics[], percent: number) =>
    median(runs.map(({ good }) => percentile(good, percent)));
  const ratio = of(within, 90) / of(without, 90);
  if (ratio > 2) broken.push(`p90 beside ${count} idle connections is ${ratio.toFixed(1)} times that without`);
  if (median(growth) > mostGrowthBytes) broken.push(`memory grew by ${Math.round(median(growth) / 1024 / 1024)} MB`);
  const figures = {
    idle: `${count}`,
    "memory for all": `${(median(growth) / 1024 / 1024).toFixed(1)} MB`,
    "p90, p99 without": `${formatMs(of(without, 90))}, ${formatMs(of(without, 99))}`,
    "p90, p99 with": `${formatMs(of(within, 90))}, ${formatMs(of(within, 99))}`,
  };
  return { broken, figures };
}

let asked = 0;

function nextRequest(): string {
  asked += 1;
  const path = asked % 5 === 0 ? "/api/orders?limit=20" : `/api/orders/${1 + (asked % 500)}`;
  return `GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`;
}
