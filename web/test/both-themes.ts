import type { Page } from "playwright-core";
import { axeFindings, type Desk } from "./browser.ts";
import { type Place, visit } from "./places.ts";

export type Theme = "light" | "dark";

/** Themes differ only in their colours, so in the second theme of a page only the colour rules run. */
const colours = ["color-contrast", "link-in-text-block"];

/** The findings of axe on a page in one theme. */
export interface Found {
  readonly found: readonly string[];
  /** Whether the page is wider than its window. */
  readonly isTooWide: boolean;
}

/** Opens each page once and checks it in both themes, for tests that ask for one theme at a time. */
export class InBothThemes {
  readonly #known = new Map<string, Promise<Readonly<Record<Theme, Found>>>>();

  async of(name: string, theme: Theme, open: () => Promise<Page>): Promise<Found> {
    const both = this.#known.get(name) ?? open().then(lookAt);
    this.#known.set(name, both);
    return (await both)[theme];
  }
}

async function lookAt(page: Page): Promise<Readonly<Record<Theme, Found>>> {
  const isTooWide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
  const light = await inTheme(page, "light", () => axeFindings(page));
  const dark = await inTheme(page, "dark", () => axeFindings(page, colours));
  return { light: { found: light, isTooWide }, dark: { found: dark, isTooWide } };
}

/** Runs `look` in a theme. A page follows its theme attribute at once. */
export async function inTheme<T>(page: Page, theme: Theme, look: () => Promise<T>): Promise<T> {
  await page.evaluate((name) => {
    document.documentElement.dataset.theme = name;
  }, theme);
  return look();
}

/** The findings of the rules that depend on the theme. */
export function coloursOf(page: Page): Promise<readonly string[]> {
  return axeFindings(page, colours);
}

const phone = { width: 390, height: 844 };

/** What `findingsAt` gives where nothing is wrong. */
export const noFindings = { desktopLight: [], desktopDark: [], phoneDark: [], phoneLight: [], tooWide: 0 };

/** Opened once, looked at in both themes on a desk and on a phone, and measured on the narrowest screen there is. */
export async function findingsAt(desk: Desk, place: Place) {
  const page = await desk.page(place.window);
  await visit(page, desk, place);
  const found = {
    desktopLight: await axeFindings(page),
    desktopDark: await inTheme(page, "dark", () => coloursOf(page)),
    phoneDark: await page.setViewportSize(phone).then(() => axeFindings(page)),
    phoneLight: await inTheme(page, "light", () => coloursOf(page)),
  };
  // 320 is also a window of 640 at 200 % zoom. What is printed has the width of its paper.
  await page.setViewportSize({ width: 320, height: 640 });
  const tooWide = await page.evaluate(() => (document.scrollingElement?.scrollWidth ?? 0) - innerWidth);
  return { ...found, tooWide: place.isPaper === true ? 0 : tooWide };
}
