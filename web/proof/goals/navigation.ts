import type { Page, Request } from "playwright-core";
import { alive, type Desk } from "../../test/browser.ts";
import { quantile } from "../../test/jumps.ts";
import { type Goal, ms } from "./goal.ts";

const rounds = 7;
const quietMs = 500;

/** Row 10: from the click in the navigation to the frame with rows, while each answer of the API takes 150 ms. */
export async function navigationGoals(slow: Desk): Promise<readonly Goal[]> {
  // The first page warms the server up.
  await navigation(slow, false);
  return [await goalOf(slow, true, 50), await goalOf(slow, false, 250)];
}

async function goalOf(slow: Desk, isAhead: boolean, mostMs: number): Promise<Goal> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) times.push(await navigation(slow, isAhead));
  const p50 = quantile(times, 0.5);
  return {
    ...{ row: "10", goal: `navigation to rows, API 150 ms, ${isAhead ? "loaded ahead" : "not loaded ahead"}` },
    ...{ target: `<= ${mostMs} ms`, isHard: false, isMet: p50 <= mostMs },
    measured: `p50 ${ms(p50)}, worst ${ms(Math.max(...times))}, of ${rounds} new windows`,
  };
}

/** In a window of its own, which has seen no page yet. */
async function navigation(slow: Desk, isAhead: boolean): Promise<number> {
  const page = await slow.page();
  let isClicked = false;
  const isOfRouter = (url: URL) => url.searchParams.has("_rsc");
  // What the router asks for before the click is what it loads ahead.
  if (!isAhead) await page.route(isOfRouter, (route) => (isClicked ? route.continue() : route.abort()));
  const loadedAhead = watchRouter(page);
  await page.goto("/about");
  await alive(page);
  await loadedAhead();
  isClicked = true;
  const took = await clickToRows(page);
  await page.context().close();
  return took;
}

/** Waits until the router has requested something, and its requests have ended. */
function watchRouter(page: Page): () => Promise<void> {
  const running = new Set<Request>();
  let changedAt: number | null = null;
  const note = (request: Request, isRunning: boolean) => {
    if (!new URL(request.url()).searchParams.has("_rsc")) return;
    changedAt = performance.now();
    if (isRunning) running.add(request);
    else running.delete(request);
  };
  page.on("request", (request) => note(request, true));
  page.on("requestfinished", (request) => note(request, false));
  page.on("requestfailed", (request) => note(request, false));
  return async () => {
    while (changedAt === null || running.size > 0 || performance.now() - changedAt < quietMs) await Bun.sleep(20);
  };
}

/** The click is the page's own: a driver's would take its own time to find the place of the link. */
async function clickToRows(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const link = document.querySelector("nav a[href='/orders']");
    if (!(link instanceof HTMLElement)) throw new Error("no link to the orders");
    const begin = performance.now();
    link.click();
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    while (document.querySelector("[role=grid] tbody tr[data-index]") === null) await frame();
    return performance.now() - begin;
  });
}
