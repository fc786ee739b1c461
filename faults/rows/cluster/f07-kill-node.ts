import { Random } from "../../load/random.ts";
import { formatCount, formatDuration, median } from "../../report/figures.ts";
import type { Row } from "../../row.ts";
import { runUnderLoad } from "../../run-under-load.ts";
import { clusterOf, failures, writeGapMs, writtenNode } from "../../system/node-watch.ts";

const gapWithinMs = 3000;
const rejoinWithinMs = 30_000;
const downMs = 4000;

export const row: Row = {
  id: "F7",
  title: "kill -9 of one node of the cluster",
  engines: ["cluster"],
  trials: { pr: 2, night: 20, release: 100 },
  run(context) {
    const random = new Random(context.seed);
    return runUnderLoad(context, {}, async ({ system, journal }) => {
      const cluster = clusterOf(system);
      const broken: string[] = [];
      const gaps: number[] = [];
      const rejoins: number[] = [];
      for (let trial = 1; trial <= context.trials; trial += 1) {
        await Bun.sleep(random.integer(200, 900));
        // The node that the API writes to; in every second trial, a random one.
        const node = trial % 2 === 1 ? await writtenNode(cluster) : cluster.nodes[random.integer(0, 2)];
        if (node === undefined) throw new Error("There is no node.");
        const killedAt = performance.now();
        await node.kill();
        await Bun.sleep(downMs);
        gaps.push(writeGapMs(journal, killedAt, killedAt + downMs));
        const begin = performance.now();
        const way = await node.start();
        rejoins.push(performance.now() - begin);
        if (way !== "IST") broken.push(`Kill ${trial}: ${node.name} rejoined by ${way}, not by IST.`);
        const [gap, rejoin] = [gaps.at(-1) ?? 0, rejoins.at(-1) ?? 0].map(formatDuration);
        context.say(`kill ${trial}: ${node.name}, ${gap} without a write, back after ${rejoin}`);
      }
      const [gapMs, rejoinMs] = [Math.max(...gaps), Math.max(...rejoins)];
      if (gapMs > gapWithinMs) broken.push(`Nobody could write for ${formatDuration(gapMs)}.`);
      if (rejoinMs > rejoinWithinMs) broken.push(`A node came back only after ${formatDuration(rejoinMs)}.`);
      const seen = failures(journal);
      if (seen.length > 0) broken.push(`Clients saw ${seen.length} answers of 5xx, e.g. ${seen[0]}.`);
      const figures = {
        "longest write gap": `${formatDuration(gapMs)}, usually ${formatDuration(median(gaps))}`,
        "rejoined by IST": `${formatDuration(median(rejoins))}, at most ${formatDuration(rejoinMs)}`,
        "answers of 5xx": formatCount(seen.length),
      };
      return { broken, figures };
    });
  },
};
