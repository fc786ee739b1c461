// The order in which the steps of `npm test` run, and the steps that run alone.
import { availableParallelism } from "node:os";
import { basename } from "node:path";

/** Each lane may have a browser and two databases, so more lanes would need more memory than they save time. */
const mostLanes = 4;
/** One lane more than there are cores, so that no core idles while a step waits. */
export const lanes = Math.min(mostLanes, availableParallelism() + 1);

/**
 * The longest files run first: if one of them began last, it would run on alone. They pass in any order. By the CPU time
 * that each takes, with all processes that it starts; `start` waits for the registry of packages besides.
 */
const longest = [
  ...["start", "orders-list", "axe", "order-faults", "axe-access", "faults", "offline", "package", "preferences"],
  ...["resources", "orders-bulk", "rights", "access-pages", "second-factor", "order-form", "order-page", "border"],
  ...["access", "order-keyboard", "passkeys", "loads", "access-loads", "proof", "tax", "home", "backup"],
  ...["takeover", "cluster", "plans", "differential", "days", "driver-faults"],
].map((name) => `${name}.test.ts`);

/** Files that compare times, so nothing else may run beside them; and one that builds the program, as another does. */
const timed = new Set(["order-by-id.test.ts", "cost.test.ts", "driver-values.test.ts", "build.test.ts"]);

/** Whether a test file must run alone. */
export function runsAlone(file) {
  return timed.has(basename(file));
}

/** The place of a test file in the queue of those that run side by side. */
export function placeOf(file) {
  const place = longest.indexOf(basename(file));
  return place === -1 ? longest.length : place;
}

/**
 * Runs all steps with `take`: first those that others need, one by one, with those apart from them meanwhile; then most
 * side by side, then those that run alone.
 */
export async function runAll(steps, take) {
  const first = steps.filter(({ when }) => when === "first");
  const oneByOne = async (some) => {
    for (const step of some) await take(step);
  };
  await Promise.all([
    oneByOne(first.filter(({ isApart }) => !isApart)),
    oneByOne(first.filter(({ isApart }) => isApart)),
  ]);
  const together = steps.filter(({ when }) => when === undefined);
  const queue = together.sort((a, b) => (a.place ?? Number.MAX_VALUE) - (b.place ?? Number.MAX_VALUE));
  const lane = async () => {
    for (let step = queue.shift(); step !== undefined; step = queue.shift()) await take(step);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  await oneByOne(steps.filter(({ when }) => when === "alone"));
}

/** More failures than these are no accident of what ran at the same time. */
const mostRepeated = 3;

/**
 * The steps to run once more, alone: those that failed beside others, where a crowded machine may have been the cause.
 * A step that ran alone is not repeated.
 */
export function toRepeat(steps, hasFailed) {
  const together = steps.filter(({ when }) => when === undefined);
  const failed = together.filter(hasFailed);
  return together.length > 1 && failed.length <= mostRepeated ? failed : [];
}
