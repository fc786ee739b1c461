import type { Page } from "playwright-core";
import { axeFindings } from "./browser.ts";

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
