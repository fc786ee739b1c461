import { gzipSync } from "node:zlib";
import type { Page } from "playwright-core";
import { atRest, axeFindings, type Desk } from "../../test/browser.ts";
import { quantile } from "../../test/jumps.ts";
import { type Place, pagePlaces, pathOf, places, visit } from "../../test/places.ts";
import { cookieOf } from "../../test/sign-in.ts";
import { type Goal, ms } from "./goal.ts";

interface Load {
  readonly name: string;
  readonly scriptKb: number;
  readonly lcpMs: number;
  readonly shift: number;
  readonly findings: readonly string[];
}

/** Rows 3, 4, 6 and 11: every page and state is opened once, by a browser that has nothing of it yet. */
export async function loadGoals(desk: Desk, say: (line: string) => void): Promise<readonly Goal[]> {
  // The first page warms the server up.
  await load(desk, { name: "warm", path: "/orders" }, false);
  const loads: Load[] = [];
  for (const place of places) {
    const found = await load(desk, place, true);
    say(`${place.name}: ${found.scriptKb.toFixed(1)} kB, LCP ${ms(found.lcpMs)}, CLS ${found.shift}`);
    for (const finding of found.findings) say(`  axe: ${finding}`);
    loads.push(found);
  }
  const names = new Set(pagePlaces.map(({ name }) => name));
  const pages = loads.filter(({ name }) => names.has(name));
  return [...drawn(pages, loads), ...scripts(pages)];
}

function drawn(pages: readonly Load[], all: readonly Load[]): readonly Goal[] {
  const lcp = pages.map(({ lcpMs }) => lcpMs);
  const [p50, worst, shift] = [quantile(lcp, 0.5), Math.max(...lcp), Math.max(...all.map((each) => each.shift))];
  const findings = all.flatMap((each) => each.findings).length;
  const axe = `${findings} violations on ${all.length} pages and states, light on a desk, dark on a phone`;
  return [
    {
      ...{ row: "3", goal: "LCP, local, per page", target: "<= 300 ms", isMet: worst <= 300, isHard: false },
      measured: `p50 ${ms(p50)}, worst ${ms(worst)}`,
    },
    {
      row: "4",
      goal: "CLS, every page and state",
      target: "0",
      measured: String(shift),
      isMet: shift === 0,
      isHard: true,
    },
    { row: "6", goal: "axe, every page and state", target: "0", measured: axe, isMet: findings === 0, isHard: true },
  ];
}

/** What a page may load first, in kB: the forms load their dialogs with them. */
export const budgets = { static: 140, list: 180, form: 200 } as const;

/**
 * Static are the pages that only show: home, about, an address that leads nowhere. A list is one that is searched; the
 * page of one customer, product .. is counted as one, for it has a list of orders and can be deleted with Undo.
 */
export function budgetOf(name: string): keyof typeof budgets {
  if (/^order$|^order-|-new$|-edit$/.test(name)) return "form";
  return /^(?:home|about|not-found)$/.test(name) ? "static" : "list";
}

/** The budget of each kind of page, beside the page that comes closest to it. */
function scripts(pages: readonly Load[]): readonly Goal[] {
  return (["static", "list", "form"] as const).map((kind) => {
    const most = pages.filter(({ name }) => budgetOf(name) === kind).sort((a, b) => b.scriptKb - a.scriptKb)[0];
    const size = most?.scriptKb ?? 0;
    return {
      ...{
        row: "11",
        goal: `JS of the first load, gzip: ${kind} pages`,
        target: `<= ${budgets[kind]} kB`,
        isHard: true,
      },
      ...{ measured: `${size.toFixed(1)} kB (${most?.name})`, isMet: size <= budgets[kind] },
    };
  });
}

async function load(desk: Desk, place: Place, withAxe: boolean): Promise<Load> {
  const page = await desk.page(place.window);
  await watch(page);
  await visit(page, desk, place);
  await atRest(page);
  const scriptKb = await firstLoad(desk, place);
  const { lcpMs, shift: seen } = await page.evaluate(() => window.seen);
  // Turning the screen into paper moves everything, on purpose.
  const shift = place.isPaper === true ? 0 : seen;
  const findings = withAxe ? await axeBoth(page) : [];
  await page.context().close();
  return { name: place.name, scriptKb, lcpMs, shift, findings };
}

/**
 * The scripts that the document itself names, each packed by itself; kB. What a link loads ahead for the next page
 * arrives later, and the scripts for old browsers are not loaded here.
 */
export async function firstLoad(desk: Desk, place: Place): Promise<number> {
  if (place.withoutApi === true) return 0;
  const headers = place.as === undefined || place.as === "nobody" ? {} : { cookie: await cookieOf(desk, place.as) };
  const page = await fetch(desk.url + (await pathOf(place, desk)), { headers });
  const html = await page.text();
  // A page that could not be made in time has other scripts.
  if (page.status >= 500) throw new Error(`${place.name}: ${page.status} ${html.slice(0, 200)}`);
  const tags = [...html.matchAll(/<script[^>]*>/g)].map(([tag]) => tag).filter((tag) => !/nomodule/i.test(tag));
  const scripts = new Set(tags.flatMap((tag) => /src="([^"]+)"/.exec(tag)?.[1] ?? []));
  const each = [...scripts].map(
    async (path) => gzipSync(await (await fetch(desk.url + path)).bytes(), { level: 6 }).length,
  );
  return (await Promise.all(each)).reduce((sum, size) => sum + size, 0) / 1000;
}

async function axeBoth(page: Page): Promise<readonly string[]> {
  const light = await axeFindings(page);
  await page.setViewportSize({ width: 390, height: 844 });
  await page.evaluate(() => {
    document.documentElement.dataset.theme = "dark";
  });
  return [...light, ...(await axeFindings(page))];
}

declare global {
  interface Window {
    /** What the page's observers have seen so far. */
    seen: { lcpMs: number; shift: number; slowestMs: number };
  }
}

/** Observes paints, shifts and slow events of every document that the page opens from now on. */
export async function watch(page: Page): Promise<void> {
  await page.addInitScript(() => {
    window.seen = { lcpMs: 0, shift: 0, slowestMs: 0 };
    const observe = (type: string, take: (entry: PerformanceEntry) => void) =>
      new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({
        ...{ type, buffered: true },
        ...(type === "event" ? { durationThreshold: 16 } : {}),
      });
    observe("largest-contentful-paint", ({ startTime }) => {
      window.seen.lcpMs = startTime;
    });
    observe("event", ({ duration }) => {
      window.seen.slowestMs = Math.max(window.seen.slowestMs, duration);
    });
    observe("layout-shift", (entry) => {
      const isAsked = "hadRecentInput" in entry && entry.hadRecentInput === true;
      if (!isAsked && "value" in entry && typeof entry.value === "number") window.seen.shift += entry.value;
    });
  });
}
