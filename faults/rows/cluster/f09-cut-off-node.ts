import type { PrivateCluster, PrivateNode } from "sqlproof/private-cluster";
import { statusOf } from "../../load/probe.ts";
import { formatCount, formatDuration, median } from "../../report/figures.ts";
import type { Row } from "../../row.ts";
import { type LoadedSystem, runUnderLoad } from "../../run-under-load.ts";
import { createCounterTable, IsolatedNodeProbe, type Observations } from "../../system/isolated-node.ts";
import { clusterOf, failures, logLength, untilLogged, writeGapMs, writtenNode } from "../../system/node-watch.ts";

const gapWithinMs = 3000;
const leftOutWithinMs = 3000;
const apartMs = 4000;
const flaps = 3;
const flapMs = 500;

/** One way to isolate a node from the others. */
interface Parting {
  readonly name: string;
  readonly part: (node: PrivateNode) => Promise<void>;
  readonly mend: (node: PrivateNode) => Promise<void>;
}

const cut: Parting = { name: "cut off", part: (node) => node.cutOff(), mend: (node) => node.reconnect() };
const frozen: Parting = {
  name: "frozen",
  part: async (node) => node.freeze(),
  mend: async (node) => node.thaw(),
};

export const row: Row = {
  id: "F9",
  title: "one node of the cluster cut off from the others, frozen, and flapping",
  engines: ["cluster"],
  trials: { pr: 1, night: 30, release: 100 },
  run(context) {
    return runUnderLoad(context, {}, async (running) => {
      const cluster = clusterOf(running.system);
      await createCounterTable(cluster);
      const isolations: Isolation[] = [];
      for (let trial = 1; trial <= context.trials; trial += 1)
        for (const parting of [cut, frozen]) {
          const apart = await taken(running, cluster, parting);
          isolations.push(apart);
          const [gap, leftOut] = [apart.gapMs, apart.leftOutMs].map(formatDuration);
          context.say(`${parting.name} ${trial}: ${gap} without a write, left out after ${leftOut}`);
        }
      const flapGapMs = await flapping(running, cluster);
      const sum = (of: (seen: Observations) => number) => isolations.reduce((total, { seen }) => total + of(seen), 0);
      const gaps = isolations.map((isolation) => isolation.gapMs);
      const gapMs = Math.max(...gaps, flapGapMs);
      const leftOutMs = Math.max(...isolations.map((isolation) => isolation.leftOutMs));
      const seen = failures(running.journal);
      const broken = [
        [gapMs > gapWithinMs, `Nobody could write for ${formatDuration(gapMs)}.`],
        [leftOutMs > leftOutWithinMs, `The API left a node out only after ${formatDuration(leftOutMs)}.`],
        [isolations.some(({ readyStatus }) => readyStatus !== 200), "The API was not ready 3 s after a node had gone."],
        [sum((of) => of.writesTaken) > 0, `An isolated node took ${sum((of) => of.writesTaken)} writes.`],
        [sum((of) => of.staleReads) > 0, `${sum((of) => of.staleReads)} reads that waited were stale.`],
        [seen.length > 0, `Clients saw ${seen.length} answers of 5xx, e.g. ${seen[0]}.`],
      ].flatMap(([isBroken, words]) => (isBroken === true ? [String(words)] : []));
      const [stale, waited, staleWithoutWaiting] = [
        sum((of) => of.staleReads),
        sum((of) => of.readsWaited),
        sum((of) => of.staleWithoutWaiting),
      ].map(formatCount);
      const figures = {
        "longest write gap": `${formatDuration(gapMs)}, usually ${formatDuration(median(gaps))}`,
        "left out after": formatDuration(leftOutMs),
        "writes taken by the minority": formatCount(sum((of) => of.writesTaken)),
        "stale reads": `${stale} of ${waited} that waited, ${staleWithoutWaiting} that did not`,
        "answers of 5xx": formatCount(seen.length),
      };
      return { broken, figures };
    });
  },
};

interface Isolation {
  readonly gapMs: number;
  readonly leftOutMs: number;
  readonly readyStatus: number;
  readonly seen: Observations;
}

/** Isolates the node that the API writes to for some seconds. */
async function taken({ system, journal }: LoadedSystem, cluster: PrivateCluster, parting: Parting): Promise<Isolation> {
  const node = await writtenNode(cluster);
  const logged = logLength(system);
  const begin = performance.now();
  await parting.part(node);
  const probe = new IsolatedNodeProbe(cluster, node);
  const leftOutMs = await untilLogged(system, "node-down", node, logged);
  await Bun.sleep(Math.max(0, leftOutWithinMs - (performance.now() - begin)));
  const readyStatus = await statusOf(system.url, "/readyz", 1000);
  await Bun.sleep(apartMs - leftOutWithinMs);
  // Stopped before the node returns: a write that ends after that was not taken by a minority.
  const apart = await probe.stop();
  const back = logLength(system);
  await parting.mend(node);
  const returning = new IsolatedNodeProbe(cluster, node);
  await untilLogged(system, "node-up", node, back);
  await Bun.sleep(500);
  const after = await returning.stop();
  const gapMs = writeGapMs(journal, begin, performance.now());
  const seen = {
    writesTaken: apart.writesTaken,
    readsWaited: apart.readsWaited + after.readsWaited,
    staleReads: apart.staleReads + after.staleReads,
    staleWithoutWaiting: apart.staleWithoutWaiting + after.staleWithoutWaiting,
  };
  return { gapMs, leftOutMs, readyStatus, seen };
}

/** A flapping connection: the node leaves and rejoins again and again. */
async function flapping({ system, journal }: LoadedSystem, cluster: PrivateCluster): Promise<number> {
  const node = await writtenNode(cluster);
  const begin = performance.now();
  for (let flap = 1; flap <= flaps; flap += 1) {
    await node.cutOff();
    await Bun.sleep(flapMs);
    await node.reconnect();
    await Bun.sleep(flapMs);
  }
  for (let look = 0; look < 200 && (await node.status())?.state !== "Synced"; look += 1) await Bun.sleep(100);
  const gapMs = writeGapMs(journal, begin, performance.now());
  return (await statusOf(system.url, "/readyz", 1000)) === 200 ? gapMs : Number.POSITIVE_INFINITY;
}
