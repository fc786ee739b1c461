import { median } from "../sqlproof/measure.ts";

/** The figures of one run of many writes. */
export interface Run {
  readonly writesPerSecond: number;
  /** The time of the median write, and of the slowest but one percent. */
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** Two ways to do the same writes. */
export interface Contest {
  readonly title: string;
  readonly old: Way;
  readonly grouped: Way;
}

export interface Way {
  readonly name: string;
  /** Runs `count` writes, `width` at a time. */
  readonly run: (count: number, width: number) => Promise<Run>;
}

/** Runs `count` writes, `width` at a time, and times each. */
export async function timed(count: number, width: number, write: () => Promise<unknown>): Promise<Run> {
  const times: number[] = [];
  const begin = performance.now();
  let left = count;
  const lane = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      const at = performance.now();
      await write();
      times.push(performance.now() - at);
    }
  };
  await Promise.all(Array.from({ length: width }, lane));
  const seconds = (performance.now() - begin) / 1000;
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.floor(share * (times.length - 1))] ?? Number.NaN;
  return { writesPerSecond: count / seconds, p50Ms: at(0.5), p99Ms: at(0.99) };
}

const rounds = 9;
/** Enough for at least a tenth of a second, and for several writes in each lane. */
const writes = new Map([
  [1, 150],
  [8, 600],
  [64, 1920],
]);

/** Alternates the two, each first in every second round, and compares within rounds. Prints one line per width. */
export async function compare({ title, old, grouped }: Contest): Promise<void> {
  console.log(`\n${title}: writes per second, and the median and the 99th percentile of their times, in ms\n`);
  console.log(`| writers | ${old.name} | p50 | p99 | ${grouped.name} | p50 | p99 | ratio |`);
  console.log("|---:|---:|---:|---:|---:|---:|---:|---:|");
  for (const [width, count] of writes) {
    const runs: { readonly old: Run; readonly grouped: Run }[] = [];
    for (const way of [old, grouped]) await way.run(count, width);
    for (let round = 0; round < rounds; round += 1) {
      const first = await (round % 2 === 0 ? old : grouped).run(count, width);
      const second = await (round % 2 === 0 ? grouped : old).run(count, width);
      runs.push(round % 2 === 0 ? { old: first, grouped: second } : { old: second, grouped: first });
    }
    const cells = (["old", "grouped"] as const).flatMap((way) => [
      Math.round(median(runs.map((run) => run[way].writesPerSecond))).toLocaleString("en"),
      median(runs.map((run) => run[way].p50Ms)).toFixed(2),
      median(runs.map((run) => run[way].p99Ms)).toFixed(2),
    ]);
    const ratio = median(runs.map((run) => run.grouped.writesPerSecond / run.old.writesPerSecond));
    console.log(`| ${width} | ${cells.join(" | ")} | ${ratio.toFixed(2)} |`);
  }
}
