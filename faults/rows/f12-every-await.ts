import { makeTemplate, noPlant, type Plant, Stage, type Template } from "../every-await/harness.ts";
import { requests, type WriteRequest } from "../every-await/requests.ts";
import { blows, type Fault } from "../every-await/script.ts";
import { type Course, courseOf, tried } from "../every-await/trial.ts";
import { Random } from "../load/random.ts";
import type { Result, Row, RowContext } from "../row.ts";

/** So many trials at once: most wait for a time limit of the API. */
const lanes = 96;
/**
 * At each point of each request: an error that may be tried again and one that may not, before and after; silence and
 * the end, before only: after one point is before the next.
 */
const everywhere: readonly Omit<Fault, "point">[] = [
  ...(["unavailable", "other"] as const).flatMap((blow) => [
    { blow, when: "before" } as const,
    { blow, when: "after" } as const,
  ]),
  { blow: "hang", when: "before" },
  { blow: "kill", when: "before" },
];

/** One trial: the request by its number and what happens to it. What repeats it is its seed. */
export interface Plan {
  readonly course: Course;
  readonly faults: readonly Fault[];
}

/** Every single fault at every point of every request, in a fixed order. */
export function everyPoint(courses: readonly Course[]): Plan[] {
  return courses.flatMap((course) =>
    course.points.flatMap((_, index) =>
      everywhere.map((fault) => ({ course, faults: [{ ...fault, point: index + 1 }] })),
    ),
  );
}

/** Two to four faults of any kind, also in what is done because of the ones before. */
export function seededPlan(courses: readonly [Course, ...Course[]], random: Random): Plan {
  const course = random.pick(courses);
  const faults = Array.from({ length: random.whole(2, 4) }, () => ({
    point: random.whole(1, course.points.length * 2),
    when: random.pick<Fault["when"]>(["before", "after"]),
    blow: random.pick(blows),
  }));
  return { course, faults };
}

/** Runs each request without a fault, to know its waits and what it comes to. */
export async function coursesOf(
  [first, ...others]: readonly [WriteRequest, ...WriteRequest[]],
  folder: string,
  template: Template,
): Promise<[Course, ...Course[]]> {
  const courses: [Course, ...Course[]] = [await courseOf(first, template, folder)];
  for (const request of others) courses.push(await courseOf(request, template, folder));
  return courses;
}

/** Carries the plans out, over a database that may be made to break a promise, and says what is broken. */
export async function carriedOut(
  plans: readonly Plan[],
  template: Template,
  plant: Plant = noPlant,
): Promise<string[]> {
  const broken: string[] = [];
  // Those that wait for a deadline, perhaps several times, begin first: the others fill the time.
  const queue = plans.toSorted((a, b) => silences(b) - silences(a));
  let next = 0;
  const lane = async (): Promise<void> => {
    const stage = new Stage(plant);
    for (let plan = queue[next++]; plan !== undefined; plan = queue[next++])
      for (const words of await tried(stage, plan.course, plan.faults, template))
        broken.push(`${nameOf(plan)}: ${words}`);
    await stage.close();
  };
  await Promise.all(Array.from({ length: Math.min(lanes, plans.length) }, lane));
  return broken;
}

function silences({ faults }: Plan): number {
  return faults.filter(({ blow }) => blow === "hang").length;
}

async function run({ folder, trials, seed, say }: RowContext): Promise<Result> {
  const template = await makeTemplate(folder);
  const courses = await coursesOf(requests, folder, template);
  const points = courses.reduce((sum, course) => sum + course.points.length, 0);
  const random = new Random(seed);
  const single = everyPoint(courses);
  const seeded = Array.from({ length: trials }, (_, number) => seededPlan(courses, random.branch(number)));
  say(`${points} waits in ${courses.length} requests: ${single.length} single faults, ${trials} seeds of several`);
  return {
    trials: single.length + seeded.length,
    broken: await carriedOut([...single, ...seeded], template),
    figures: { waits: String(points), "single faults": String(single.length), seeds: String(trials) },
  };
}

/** What repeats it: the request and its faults, each with the wait where it strikes. */
function nameOf({ course, faults }: Plan): string {
  const told = faults.map(
    ({ point, when, blow }) =>
      `${blow} ${when} wait ${point} (${course.points[point - 1]?.slice(0, 60) ?? "of a further try"})`,
  );
  return `${course.request.name}, ${told.join(", ")}`;
}

export const row: Row = {
  id: "F12",
  title: "every wait for the database fails: error before, error after, silence, end of the process",
  engines: ["sqlite"],
  trials: { pr: 100, night: 100_000, release: 1_000_000 },
  run,
};
