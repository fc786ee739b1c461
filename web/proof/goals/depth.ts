import type { Page } from "playwright-core";
import { alive, type Desk } from "../../test/browser.ts";
import { type Goal, ms, quantile } from "./goal.ts";

const depths = [0.01, 0.25, 0.5, 0.75, 0.99];
const rounds = 8;

/** Row 8 on one engine: the same list, entered at any depth. */
export async function depthGoals(desk: Desk, engine: string): Promise<readonly Goal[]> {
  const page = await openList(desk);
  const total = Number(await page.getByRole("grid").getAttribute("aria-rowcount")) - 1;
  await jump(page, 0.37);
  const times = depths.map((): number[] => []);
  for (let round = 0; round < rounds; round += 1)
    // Another place each time: what was seen once is kept.
    for (const [place, depth] of depths.entries()) times[place]?.push(await jump(page, depth + round / 1000));
  await page.context().close();
  const p95 = quantile(times.flat(), 0.95);
  const medians = times.map((all) => quantile(all, 0.5));
  const ratio = (medians.at(-1) ?? 0) / (medians[0] ?? 1);
  const orders = total.toLocaleString("en-US");
  return [
    {
      ...{ row: "8", goal: `${orders} orders on ${engine}: jump to painted rows`, target: "p95 <= 150 ms" },
      measured: `p50 ${ms(quantile(times.flat(), 0.5))}, p95 ${ms(p95)}`,
      ...{ isMet: p95 <= 150, isHard: true },
    },
    {
      ...{ row: "8", goal: `${engine}: deepest against shallowest`, target: "<= 1.2", isHard: true },
      ...{
        measured: `${ratio.toFixed(2)} (${medians.map((each) => each.toFixed(0)).join("/")} ms)`,
        isMet: ratio <= 1.2,
      },
    },
  ];
}

/** Row 9: frames while the wheel turns, and how many rows the document has. */
export async function wheelGoals(desk: Desk): Promise<readonly Goal[]> {
  const page = await openList(desk);
  await page.getByRole("grid").hover();
  await page.evaluate(() => {
    window.frames9 = [];
    let last = performance.now();
    const note = (now: number) => {
      window.frames9.push(now - last);
      last = now;
      requestAnimationFrame(note);
    };
    requestAnimationFrame(note);
  });
  for (let turn = 0; turn < 120; turn += 1) {
    await page.mouse.wheel(0, 120);
    await page.waitForTimeout(16);
  }
  const frames = await page.evaluate(() => window.frames9.slice(2));
  const rows = await page.locator("[role=grid] tr").count();
  await page.context().close();
  const p95 = quantile(frames, 0.95);
  return [
    {
      ...{ row: "9", goal: "frames while the wheel turns", target: "p95 <= 17 ms", isHard: false },
      ...{ measured: `p50 ${quantile(frames, 0.5).toFixed(1)} ms, p95 ${p95.toFixed(1)} ms`, isMet: p95 <= 17 },
    },
    {
      ...{ row: "9", goal: "rows in the document", target: "<= 50", isHard: true },
      ...{ measured: String(rows), isMet: rows <= 50 },
    },
  ];
}

declare global {
  interface Window {
    frames9: number[];
  }
}

async function openList(desk: Desk): Promise<Page> {
  const page = await desk.page();
  await page.goto("/orders");
  await alive(page);
  await page.locator("[role=grid][aria-rowcount]:not([aria-rowcount='-1'])").waitFor();
  await page.waitForLoadState("networkidle");
  return page;
}

/** Jumps to a part of the list; milliseconds until every row on the screen is an order. */
async function jump(page: Page, part: number): Promise<number> {
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
    // The scroll event comes with a frame: before it the rows are the old ones.
    await frame();
    while (!isPainted()) await frame();
    return performance.now() - begin;
  }, part);
}
