import { openLoop } from "../../load/arrivals.ts";
import type { ResponseStatistics } from "../../load/response-statistics.ts";
import { MisbehavingClients } from "../../network/misbehaving-clients.ts";
import { formatMs, percentile } from "../../report/figures.ts";
import type { Result, Row, RowContext } from "../../row.ts";
import { openConnections, residentBytes } from "../../system/resource-usage.ts";
import { withSystem } from "../../system/system.ts";

export const row: Row = {
  id: "F14",
  title: "clients that send a byte every two seconds, and clients that do not read",
  engines: ["sqlite", "mariadb"],
  trials: { pr: 100, night: 1000, release: 1000 },
  run,
};

const cutWithinMs = 15_000;
/** While buffers are filled, one turn of the event loop may take long, and requests that arrive then are refused. */
const mostRefused = 0.02;
const megabyte = 1024 * 1024;

function run({ engine, trials, seed, folder, say }: RowContext): Promise<Result> {
  const options = { engine, folder, seed, sample: true, settings: ["--log-level", "off"] };
  return withSystem(options, async ({ url, api }) => {
    const seen = await measureSlowClients(url, api.pid, trials, say);
    return { trials: 3 * trials, ...seen };
  });
}

/** Connects `count` clients of each kind, and observes them and all other clients. */
export async function measureSlowClients(
  url: string,
  pid: number,
  count: number,
  say: (line: string) => void,
): Promise<Pick<Result, "broken" | "figures">> {
  const normal = { url, next: () => "GET /api/orders/1 HTTP/1.1\r\nHost: localhost\r\n\r\n", perSecond: 100 };
  const port = Number(new URL(url).port);
  await openLoop({ ...normal, seconds: 1 });
  const before = await openLoop({ ...normal, seconds: 4 });
  const rssBefore = residentBytes(pid);
  const slowClients = new MisbehavingClients(url);
  const others = openLoop({ ...normal, seconds: 8 });
  await slowClients.nonReaders(count);
  const begin = performance.now();
  await slowClients.slowSenders(count);
  await slowClients.slowHeads(count);
  const { ports } = slowClients;
  let rss = rssBefore;
  let cutAfterMs = Number.POSITIVE_INFINITY;
  while (performance.now() - begin < cutWithinMs + 500) {
    await Bun.sleep(100);
    rss = Math.max(rss, residentBytes(pid));
    if (openConnections(port, ports) === 0) {
      cutAfterMs = performance.now() - begin;
      break;
    }
  }
  const during = await others;
  const left = openConnections(port, ports);
  slowClients.disconnect();
  const perClient = (rss - rssBefore) / (3 * count);
  say(`others before: ${before.describe()}; during: ${during.describe()}`);
  const broken: string[] = [];
  if (cutAfterMs > cutWithinMs) broken.push(`${left} connections were not cut within 15 s`);
  if (perClient > megabyte) broken.push(`each such client costs ${(perClient / megabyte).toFixed(1)} MB`);
  const hurt = during.late + during.cut + during.wrong.length + during.unsent;
  if (hurt > 0 || during.refused.length > during.sent * mostRefused)
    broken.push(`other clients were hurt: ${during.describe()}`);
  return {
    broken,
    figures: {
      "of each kind": `${count}`,
      "all cut after": `${(cutAfterMs / 1000).toFixed(1)} s`,
      "memory for each": `${Math.max(0, perClient / 1024).toFixed(0)} KB`,
      "others' p50 and p99 before": p50AndP99(before),
      "others' p50 and p99 meanwhile": p50AndP99(during),
    },
  };
}

function p50AndP99({ good }: ResponseStatistics): string {
  return `${formatMs(percentile(good, 50))}, ${formatMs(percentile(good, 99))}`;
}
