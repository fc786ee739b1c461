import { Random } from "../load/random.ts";
import { counted, lasted, median } from "../report/figures.ts";
import type { Row } from "../row.ts";
import { underLoad } from "../run-under-load.ts";
import { clusterOf, failures, writeGapMs, writtenNode } from "../system/node-watch.ts";

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
    return underLoad(context, {}, async ({ system, journal }) => {
      const cluster = clusterOf(system);
      const broken: string[] = [];
      const gaps: number[] = [];
      const rejoins: number[] = [];
      for (let trial = 1; trial <= context.trials; trial += 1) {
        await Bun.sleep(random.whole(200, 900));
        // The one that is written to, and in every second trial any.
        const node = trial % 2 === 1 ? await writtenNode(cluster) : cluster.nodes[random.whole(0, 2)];
        if (node === undefined) throw new Error("There is no node.");
        const killedAt = performance.now();
        await node.kill();
        await Bun.sleep(downMs);
        gaps.push(writeGapMs(journal, killedAt, killedAt + downMs));
        const begin = performance.now();
        const way = await node.start();
        rejoins.push(performance.now() - begin);
        if (way !== "IST") broken.push(`Kill ${trial}: ${node.name} came back by ${way}, not by what it had missed.`);
        const told = `${lasted(gaps.at(-1) ?? 0)} without a write, back after ${lasted(rejoins.at(-1) ?? 0)}`;
        context.say(`kill ${trial}: ${node.name}, ${told}`);
      }
      const [gapMs, rejoinMs] = [Math.max(...gaps), Math.max(...rejoins)];
      if (gapMs > gapWithinMs) broken.push(`Nobody could write for ${lasted(gapMs)}.`);
      if (rejoinMs > rejoinWithinMs) broken.push(`A node came back only after ${lasted(rejoinMs)}.`);
      const seen = failures(journal);
      if (seen.length > 0) broken.push(`Clients saw ${seen.length} answers of 5xx, e.g. ${seen[0]}.`);
      const figures = {
        "longest write gap": `${lasted(gapMs)}, usually ${lasted(median(gaps))}`,
        "rejoined by IST": `${lasted(median(rejoins))}, at most ${lasted(rejoinMs)}`,
        "answers of 5xx": counted(seen.length),
      };
      return { broken, figures };
    });
  },
};
