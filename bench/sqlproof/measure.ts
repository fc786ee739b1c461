import { heapStats } from "bun:jsc";
import { type Contestant, type Task, tasks } from "./contestant.ts";

/** The resources that one contestant used for one task. */
export interface Figures {
  /** CPU time of the process, in microseconds per query: the median of the rounds. */
  readonly cpu: number;
  /** The median over the rounds of its CPU divided by the bare driver's in the same round. */
  readonly ratio: number | null;
  /** Heap cells allocated per query, by type. */
  readonly cells: ReadonlyMap<string, number>;
}

export interface Plan {
  readonly rounds: number;
  /** The number of queries of one run. */
  readonly queryCounts: { readonly [task in Task]: number };
  /** How many queries run at the same time. */
  readonly width: number;
}

/** Runs every contestant once per round, beginning with a different one each time, and compares within rounds. */
export async function measure(
  contestants: readonly Contestant[],
  plan: Plan,
  task: Task,
): Promise<Map<string, Figures>> {
  const used = new Map<string, number[]>(contestants.map(({ name }) => [name, []]));
  for (const contestant of contestants) await measureRun(contestant, plan, task);
  for (let round = 0; round < plan.rounds; round += 1) {
    for (let place = 0; place < contestants.length; place += 1) {
      const contestant = contestants[(round + place) % contestants.length];
      if (contestant !== undefined) used.get(contestant.name)?.push(await measureRun(contestant, plan, task));
    }
  }
  const figures = new Map<string, Figures>();
  for (const contestant of contestants) {
    const own = used.get(contestant.name) ?? [];
    const bare = contestant.against === null ? null : (used.get(contestant.against) ?? []);
    figures.set(contestant.name, {
      cpu: median(own),
      ratio: bare === null ? null : median(own.map((cpu, round) => cpu / (bare[round] ?? Number.NaN))),
      cells: await allocated(contestant, task),
    });
  }
  return figures;
}

async function measureRun(contestant: Contestant, plan: Plan, task: Task): Promise<number> {
  const count = plan.queryCounts[task];
  // A contestant must not pay for the garbage of the one before.
  Bun.gc(true);
  const before = process.cpuUsage();
  if (plan.width === 1) await oneByOne(contestant.work[task], count);
  else {
    let next = 0;
    const lane = async (): Promise<void> => {
      while (next < count) {
        next += 1;
        await contestant.work[task](next);
      }
    };
    await Promise.all(Array.from({ length: plan.width }, lane));
  }
  const { user, system } = process.cpuUsage(before);
  return (user + system) / count;
}

/** A bare driver that answers synchronously must not wait for a promise. */
async function oneByOne(work: (index: number) => unknown, count: number): Promise<void> {
  for (let index = 0; index < count; index += 1) {
    const result = work(index);
    if (result instanceof Promise) await result;
  }
}

const samples = 7;

/**
 * Counts the heap's cells by type before and after queries. A garbage collection in between can only lower the count,
 * so a few queries are counted, several times, and the highest count is used.
 */
async function allocated(contestant: Contestant, task: Task): Promise<ReadonlyMap<string, number>> {
  const count = task === "100 rows" ? 10 : 100;
  let fullest = new Map<string, number>();
  for (let sample = 0; sample < samples; sample += 1) {
    Bun.gc(true);
    // The first reading itself allocates cells.
    heapStats();
    const before = heapStats().objectTypeCounts;
    await oneByOne(contestant.work[task], count);
    const cells = difference(before, heapStats().objectTypeCounts, count);
    if (sum(cells) > sum(fullest)) fullest = cells;
  }
  return fullest;
}

function difference(before: Record<string, number>, after: Record<string, number>, count: number): Map<string, number> {
  const cells = new Map<string, number>();
  for (const [type, number] of Object.entries(after)) {
    const each = (number - (before[type] ?? 0)) / count;
    if (each >= 0.5) cells.set(type, each);
  }
  return cells;
}

function sum(cells: ReadonlyMap<string, number>): number {
  return [...cells.values()].reduce((total, each) => total + each, 0);
}

export function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [low = Number.NaN, high = Number.NaN] = [sorted[Math.ceil(sorted.length / 2) - 1], sorted[middle]];
  return (low + high) / 2;
}

export { tasks };
