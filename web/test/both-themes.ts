import type { Page } from "playwright-core";
import { axeFindings } from "./browser.ts";

export type Theme = "light" | "dark";

/** A theme is a matter of colours alone: in the second one of a page, the rest is as it was. */
const colours = ["color-contrast", "link-in-text-block"];

/** What axe found on a page in one theme. */
export interface Found {
  readonly found: readonly string[];
  /** Whether the page is wider than its window. */
  readonly isTooWide: boolean;
}

/** What axe finds on pages that are opened once and looked at in both themes, for tests that ask for one at a time. */
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

/** The theme follows its attribute at once. */
export async function inTheme<T>(page: Page, theme: Theme, look: () => Promise<T>): Promise<T> {
  await page.evaluate((name) => {
    document.documentElement.dataset.theme = name;
  }, theme);
  return look();
}

/** What depends on the theme. */
export function coloursOf(page: Page): Promise<readonly string[]> {
  return axeFindings(page, colours);
}
