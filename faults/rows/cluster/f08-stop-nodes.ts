import { formatCount, formatDuration, median } from "../../report/figures.ts";
import type { Row } from "../../row.ts";
import { runUnderLoad } from "../../run-under-load.ts";
import { clusterOf, failures, writeGapMs } from "../../system/node-watch.ts";

const gapWithinMs = 2500;
const downMs = 2000;

export const row: Row = {
  id: "F8",
  title: "every node of the cluster stopped and started, one after the other, as for an upgrade",
  engines: ["cluster"],
  trials: { pr: 1, night: 10, release: 50 },
  run(context) {
    return runUnderLoad(context, {}, async ({ system, journal }) => {
      const cluster = clusterOf(system);
      const gaps: number[] = [];
      for (let trial = 1; trial <= context.trials; trial += 1)
        for (const node of cluster.nodes) {
          const begin = performance.now();
          await node.shutdown();
          await Bun.sleep(downMs);
          const way = await node.start();
          await Bun.sleep(500);
          gaps.push(writeGapMs(journal, begin, performance.now()));
          context.say(
            `round ${trial}: ${node.name}, ${formatDuration(gaps.at(-1) ?? 0)} without a write, back by ${way}`,
          );
        }
      const gapMs = Math.max(...gaps);
      const broken: string[] = [];
      if (gapMs > gapWithinMs) broken.push(`Nobody could write for ${formatDuration(gapMs)}.`);
      const seen = failures(journal);
      if (seen.length > 0) broken.push(`${seen.length} requests failed, e.g. ${seen[0]}.`);
      const figures = {
        "nodes stopped": formatCount(gaps.length),
        "longest write gap": `${formatDuration(gapMs)}, usually ${formatDuration(median(gaps))}`,
        "answers of 5xx": formatCount(seen.length),
      };
      return { broken, figures };
    });
  },
};
