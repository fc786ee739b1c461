// In which order the steps of `npm test` run, and which of them run beside others.
import { availableParallelism } from "node:os";
import { basename } from "node:path";

/** Each lane may have a browser and two databases, so more lanes would need more memory than they save time. */
const mostLanes = 4;
/** One lane more than there are cores, because a browser test waits about as long as it computes. */
export const lanes = Math.min(mostLanes, availableParallelism() + 1);

/** The longest first: if one of them began last, it would run on alone. They pass in any order. */
const longest = [
  ...["orders-list", "axe", "order-faults", "start", "order-form", "order-page", "resources", "offline"],
  ...["takeover", "loads", "faults", "home", "cluster", "differential", "package", "days", "driver-faults"],
].map((name) => `${name}.test.ts`);

/** What compares times, and so has the machine for itself; and what builds the program, as the first of them does too. */
const timed = new Set(["order-by-id.test.ts", "cost.test.ts", "driver-values.test.ts", "build.test.ts"]);

/** True for a test file that must not run beside another. */
export function runsAlone(file) {
  return timed.has(basename(file));
}

/** Where a test file comes among those that run side by side: the lower, the sooner. */
export function placeOf(file) {
  const place = longest.indexOf(basename(file));
  return place === -1 ? longest.length : place;
}

/** Runs every step with `take`: first those that the others need, then the rest side by side, then each that runs alone. */
export async function runAll(steps, take) {
  for (const step of steps.filter(({ when }) => when === "first")) await take(step);
  const together = steps.filter(({ when }) => when === undefined);
  const queue = together.sort((a, b) => (a.place ?? Number.MAX_VALUE) - (b.place ?? Number.MAX_VALUE));
  const lane = async () => {
    for (let step = queue.shift(); step !== undefined; step = queue.shift()) await take(step);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  for (const step of steps.filter(({ when }) => when === "alone")) await take(step);
}
