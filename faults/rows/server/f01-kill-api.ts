import { untilServed } from "../../load/probe.ts";
import { Random } from "../../load/random.ts";
import { pendingWritesAt } from "../../load/write-statistics.ts";
import { formatCount, formatDuration, median } from "../../report/figures.ts";
import type { Row } from "../../row.ts";
import { runUnderLoad } from "../../run-under-load.ts";

/** For the median: a single trial also depends on what else the machine was doing. */
const servedWithinMs = 1000;

export const row: Row = {
  id: "F1",
  title: "kill -9 of the API in the middle of writes",
  engines: ["sqlite", "mariadb", "cluster"],
  trials: { pr: 20, night: 300, release: 1000 },
  run(context) {
    const random = new Random(context.seed);
    return runUnderLoad(context, {}, async ({ system, journal }) => {
      const times: number[] = [];
      const kills: number[] = [];
      for (let trial = 1; trial <= context.trials; trial += 1) {
        await Bun.sleep(random.integer(50, 900));
        kills.push(performance.now());
        await system.api.kill();
        const begin = performance.now();
        await system.api.start();
        await untilServed(system.url);
        times.push(performance.now() - begin);
        context.say(`kill ${trial}: served again after ${formatDuration(times.at(-1) ?? 0)}`);
      }
      const figures = {
        "writes cut": formatCount(pendingWritesAt(journal.read(), kills)),
        "served again": `${formatDuration(median(times))}, at most ${formatDuration(Math.max(...times))}`,
      };
      return { broken: verdict(times), figures };
    });
  },
};

export function verdict(times: readonly number[]): readonly string[] {
  const typical = median(times);
  return typical > servedWithinMs
    ? [`Served again after ${formatDuration(typical)}, more than ${formatDuration(servedWithinMs)}.`]
    : [];
}
