import type { Page } from "playwright-core";

/** Parts of the list at which it is entered. */
const depths = [0.01, 0.25, 0.5, 0.75, 0.99];
/** How far the next round is from the last: what was seen once is cached, and would not be a measurement. */
const further = 0.001;

/** What jumps into a long list cost; milliseconds. */
export interface Jumps {
  readonly times: readonly number[];
  /** Of each depth, from the shallowest to the deepest. */
  readonly medians: readonly number[];
  /** The deepest against the shallowest. */
  readonly ratio: number;
}

/** Jumps everywhere into the list that is open, `rounds` times; after each jump `check` looks at the page. */
export async function jumpEverywhere(
  page: Page,
  rounds: number,
  check: (part: number) => Promise<void> = async () => undefined,
): Promise<Jumps> {
  const times = depths.map((): number[] => []);
  for (let round = 0; round < rounds; round += 1)
    for (const [place, depth] of depths.entries()) {
      const part = depth + round * further;
      times[place]?.push(await jump(page, part));
      await check(part);
    }
  const medians = times.map((all) => quantile(all, 0.5));
  return { times: times.flat(), medians, ratio: (medians.at(-1) ?? 0) / (medians[0] ?? 1) };
}

export function quantile(numbers: readonly number[], part: number): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
}

/** Jumps to a part of the list; milliseconds until every row on the screen is an order. */
export async function jump(page: Page, part: number): Promise<number> {
  return page.evaluate(async (depth) => {
    const grid = document.querySelector("[role=grid]");
    if (grid === null) throw new Error("no grid");
    const begin = performance.now();
    grid.scrollTop = Math.round((grid.scrollHeight - grid.clientHeight) * depth);
    const isPainted = () => {
      const { top, bottom } = grid.getBoundingClientRect();
      const rows = [...grid.querySelectorAll("tbody tr")].filter((row) => {
        const edges = row.getBoundingClientRect();
        return edges.bottom > top + 40 && edges.top < bottom;
      });
      return rows.length > 5 && rows.every((row) => row.hasAttribute("data-index"));
    };
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    // The scroll event arrives with a frame: before it the rows are the old ones.
    await frame();
    while (!isPainted()) await frame();
    return performance.now() - begin;
  }, part);
}
