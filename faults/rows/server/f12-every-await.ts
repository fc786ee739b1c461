import {
  Harness,
  makeClosedTemplate,
  makeTemplate,
  noPlant,
  type Plant,
  type Template,
} from "../../every-await/harness.ts";
import { requests, userRequests, type WriteRequest } from "../../every-await/requests.ts";
import { type Fault, failures } from "../../every-await/script.ts";
import { type Baseline, baselineOf, runTrial } from "../../every-await/trial.ts";
import { Random } from "../../load/random.ts";
import type { Result, Row, RowContext } from "../../row.ts";

/** How many trials run at once: most wait for a time limit of the API. */
const lanes = 96;
/**
 * At each point of each request: an error that the API may retry and one that it may not, each before and after the
 * work; a hang and a kill only before, because after one point is before the next.
 */
const everywhere: readonly Omit<Fault, "point">[] = [
  ...(["unavailable", "other"] as const).flatMap((failure) => [
    { failure, when: "before" } as const,
    { failure, when: "after" } as const,
  ]),
  { failure: "hang", when: "before" },
  { failure: "kill", when: "before" },
];

/** One trial: a request and its faults. */
export interface Plan {
  readonly baseline: Baseline;
  readonly faults: readonly Fault[];
}

/** Every single fault at every point of every request, in a fixed order. */
export function everyPoint(baselines: readonly Baseline[]): Plan[] {
  return baselines.flatMap((baseline) =>
    baseline.points.flatMap((_, index) =>
      everywhere.map((fault) => ({ baseline, faults: [{ ...fault, point: index + 1 }] })),
    ),
  );
}

/** Two to four faults of any kind, also in the work that the earlier ones cause. */
export function seededPlan(baselines: readonly [Baseline, ...Baseline[]], random: Random): Plan {
  const baseline = random.pick(baselines);
  const faults = Array.from({ length: random.integer(2, 4) }, () => ({
    point: random.integer(1, baseline.points.length * 2),
    when: random.pick<Fault["when"]>(["before", "after"]),
    failure: random.pick(failures),
  }));
  return { baseline, faults };
}

/** Runs each request without a fault, to learn its waits and its result. */
export async function baselinesOf(
  [first, ...others]: readonly [WriteRequest, ...WriteRequest[]],
  folder: string,
  template: Template,
): Promise<[Baseline, ...Baseline[]]> {
  const baselines: [Baseline, ...Baseline[]] = [await baselineOf(first, template, folder)];
  for (const request of others) baselines.push(await baselineOf(request, template, folder));
  return baselines;
}

/** Carries out the plans, on a database with a planted bug if a test wants one, and returns what broke. */
export async function runPlans(plans: readonly Plan[], template: Template, plant: Plant = noPlant): Promise<string[]> {
  const broken: string[] = [];
  // Plans that wait for deadlines begin first; the others fill the time.
  const queue = plans.toSorted((a, b) => hangs(b) - hangs(a));
  let next = 0;
  const lane = async (): Promise<void> => {
    const harness = new Harness(plant, template.authorization);
    for (let plan = queue[next++]; plan !== undefined; plan = queue[next++])
      for (const words of await runTrial(harness, plan.baseline, plan.faults, template))
        broken.push(`${nameOf(plan)}: ${words}`);
    await harness.close();
  };
  await Promise.all(Array.from({ length: Math.min(lanes, plans.length) }, lane));
  return broken;
}

function hangs({ faults }: Plan): number {
  return faults.filter(({ failure }) => failure === "hang").length;
}

async function run({ folder, trials, seed, say }: RowContext): Promise<Result> {
  const template = await makeTemplate(folder);
  const baselines = await baselinesOf(requests, folder, template);
  const points = baselines.reduce((sum, baseline) => sum + baseline.points.length, 0);
  const random = new Random(seed);
  const single = everyPoint(baselines);
  const seeded = Array.from({ length: trials }, (_, number) => seededPlan(baselines, random.branch(number)));
  const closed = await makeClosedTemplate(template, folder);
  const ofUsers = everyPoint(await baselinesOf(userRequests, folder, closed));
  say(`${points} waits in ${baselines.length} requests: ${single.length} single faults, ${trials} seeds of several`);
  say(`${ofUsers.length} single faults in ${userRequests.length} requests about users`);
  const faults = single.length + ofUsers.length;
  return {
    trials: faults + seeded.length,
    broken: [...(await runPlans([...single, ...seeded], template)), ...(await runPlans(ofUsers, closed))],
    figures: { waits: String(points), "single faults": String(faults), seeds: String(trials) },
  };
}

/** What repeats a plan: the request and its faults, each with the wait at which it happens. */
function nameOf({ baseline, faults }: Plan): string {
  const names = faults.map(
    ({ point, when, failure }) =>
      `${failure} ${when} wait ${point} (${baseline.points[point - 1]?.slice(0, 60) ?? "of a retry"})`,
  );
  return `${baseline.request.name}, ${names.join(", ")}`;
}

export const row: Row = {
  id: "F12",
  title: "every wait for the database fails: error before, error after, no answer, end of the process",
  engines: ["sqlite"],
  trials: { pr: 100, night: 100_000, release: 1_000_000 },
  run,
};
