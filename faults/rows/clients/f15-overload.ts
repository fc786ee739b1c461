import { closedLoop, type NextRequest, openLoop } from "../../load/arrivals.ts";
import type { ResponseStatistics } from "../../load/response-statistics.ts";
import { formatMs, median, percentile } from "../../report/figures.ts";
import type { Result, Row, RowContext } from "../../row.ts";
import { processorSeconds, residentBytes } from "../../system/resource-usage.ts";
import { withSystem } from "../../system/system.ts";

export const row: Row = {
  id: "F15",
  title: "twice as many requests as can be served, and more",
  engines: ["sqlite", "mariadb"],
  trials: { pr: 3, night: 9, release: 30 },
  run,
};

/** The trials alternate between these factors; the smallest size only uses the first. */
const factors = [2, 5, 10] as const;
const peakSeconds = 2;
const overloadSeconds = 6;
/** The part of the peak's goodput that must remain. */
const leastGoodput = 0.9;

function run({ engine, trials, seed, folder, say }: RowContext): Promise<Result> {
  const options = { engine, folder, seed, sample: true, settings: ["--log-level", "off"] };
  return withSystem(options, async (system) => {
    const pids = [system.api.pid, ...(system.server === null ? [] : [system.server.pid])];
    const before = residentBytes(system.api.pid);
    const seen: Overload[] = [];
    for (let trial = 0; trial < trials; trial += 1) {
      const factor = trials <= row.trials.pr ? factors[0] : (factors[trial % factors.length] ?? 2);
      const overload = await measureOverload({ url: system.url, pids, factor, next: mixed });
      seen.push(overload);
      say(`${factor} times the peak: ${describe(overload)}`);
    }
    const growth = residentBytes(system.api.pid) / before;
    const broken = faultsOf(seen, `seed ${seed}`);
    if (growth > 3) broken.push(`memory grew to ${growth.toFixed(1)} times what it was`);
    return { trials, broken, figures: figuresOf(seen, growth) };
  });
}

export interface Overload {
  readonly factor: number;
  readonly unloaded: ResponseStatistics;
  readonly peak: ResponseStatistics;
  readonly over: ResponseStatistics;
  readonly after: ResponseStatistics;
  /** Goodput relative to the peak, per second. */
  readonly byClock: number;
  /** The same per second of CPU time, because other programs take a different share in each phase. */
  readonly byProcessor: number;
}

interface OverloadOptions {
  readonly url: string;
  /** The processes of the system. */
  readonly pids: readonly number[];
  readonly factor: number;
  readonly next: NextRequest;
  readonly seconds?: number;
}

/** Finds the peak, then sends a multiple of it. An answer only counts while its client still waits. */
export async function measureOverload(options: OverloadOptions): Promise<Overload> {
  const { url, pids, factor, next, seconds = overloadSeconds } = options;
  const unloaded = await openLoop({ url, next, seconds: 1, perSecond: 50 });
  const start = processorSeconds(pids);
  const peak = await closedLoop({ url, next, seconds: peakSeconds, clients: 64 });
  const middle = processorSeconds(pids);
  const peakRate = peak.good.length / peakSeconds;
  const over = await openLoop({ url, next, seconds, perSecond: peakRate * factor });
  const end = processorSeconds(pids);
  const after = await openLoop({ url, next, seconds: 1, perSecond: 50 });
  const perProcessor = (statistics: ResponseStatistics, seconds: number) =>
    statistics.good.length / Math.max(seconds, 0.01);
  return {
    ...{ factor, unloaded, peak, over, after },
    byClock: over.good.length / seconds / peakRate,
    byProcessor: perProcessor(over, end - middle) / perProcessor(peak, middle - start),
  };
}

/** What broke. */
export function faultsOf(seen: readonly Overload[], repeat: string): string[] {
  const broken: string[] = [];
  for (const factor of new Set(seen.map((overload) => overload.factor))) {
    const same = seen.filter((overload) => overload.factor === factor);
    const clock = median(same.map(({ byClock }) => byClock));
    const processor = median(same.map(({ byProcessor }) => byProcessor));
    if (clock < leastGoodput && processor < leastGoodput)
      broken.push(
        `at ${factor} times the peak ${percent(clock)} of the goodput is left ` +
          `(${percent(processor)} per CPU time), ${repeat}`,
      );
  }
  for (const { after, over } of seen) {
    if (after.good.length < after.sent) broken.push(`after the overload: ${after.describe()}, ${repeat}`);
    if (over.wrong.length > 0) broken.push(`answers that are neither good nor 503: ${over.describe()}, ${repeat}`);
  }
  return broken;
}

function figuresOf(seen: readonly Overload[], growth: number): Result["figures"] {
  const of = (pick: (overload: Overload) => number) => median(seen.map(pick));
  const p50AndP99 = (times: (overload: Overload) => readonly number[]) =>
    [50, 99].map((each) => formatMs(of((overload) => percentile(times(overload), each)))).join(", ");
  return {
    "peak per second": `${Math.round(of(({ peak }) => peak.good.length / peakSeconds))}`,
    "goodput left": percent(of(({ byClock }) => byClock)),
    "per CPU time": percent(of(({ byProcessor }) => byProcessor)),
    "accepted p50, p99": p50AndP99(({ over }) => over.good),
    "unloaded p99": formatMs(of(({ unloaded }) => percentile(unloaded.good, 99))),
    "refused p50, p99": p50AndP99(({ over }) => over.refused),
    "without an answer in 2 s": `${seen.reduce((sum, { over }) => sum + over.late + over.cut, 0)}`,
    memory: `${growth.toFixed(1)} times`,
  };
}

function describe({ peak, over, byClock, byProcessor }: Overload): string {
  const left = `${percent(byClock)} left (${percent(byProcessor)} per CPU time)`;
  return `peak ${Math.round(peak.good.length / peakSeconds)}/s; ${left}: ${over.describe()}`;
}

function percent(part: number): string {
  return `${Math.round(part * 100)}%`;
}

let asked = 0;

/** Of five requests one creates an order, two read a page and two an order. */
function mixed(): string {
  asked += 1;
  if (asked % 5 === 0) {
    const body = '{"customer_id":1,"ship_name":"Overload","order_details":[{"product_id":1,"quantity":"1"}]}';
    const type = "Content-Type: application/json\r\n";
    return `POST /api/orders HTTP/1.1\r\nHost: localhost\r\n${type}Content-Length: ${body.length}\r\n\r\n${body}`;
  }
  const path = asked % 2 === 0 ? "/api/orders?limit=50" : `/api/orders/${1 + (asked % 500)}`;
  return `GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`;
}
