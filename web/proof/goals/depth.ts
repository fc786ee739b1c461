import type { Page } from "playwright-core";
import { alive, atRest, type Desk } from "../../test/browser.ts";
import { jump, jumpEverywhere, quantile } from "../../test/jumps.ts";
import { type Goal, ms } from "./goal.ts";

const rounds = 8;

/** Row 8 on one engine: the same list, entered at any depth. */
export async function depthGoals(desk: Desk, engine: string): Promise<readonly Goal[]> {
  const page = await openList(desk);
  const total = Number(await page.getByRole("grid").getAttribute("aria-rowcount")) - 1;
  await jump(page, 0.37);
  const { times, medians, ratio } = await jumpEverywhere(page, rounds);
  await page.context().close();
  const p95 = quantile(times, 0.95);
  const orders = total.toLocaleString("en-US");
  return [
    {
      ...{ row: "8", goal: `${orders} orders on ${engine}: jump to painted rows`, target: "p95 <= 150 ms" },
      measured: `p50 ${ms(quantile(times, 0.5))}, p95 ${ms(p95)}`,
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
  const anchors = page.waitForResponse((response) => response.url().includes("/anchors"));
  await page.goto("/orders");
  await alive(page);
  await anchors;
  await page.locator("[role=grid][aria-rowcount]:not([aria-rowcount='-1'])").waitFor();
  await atRest(page);
  return page;
}
