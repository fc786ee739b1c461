// axe on every page and state there is, in both themes, on a desk and on a phone; and nothing is wider than a screen.
import { afterAll, afterEach, beforeAll, describe, expect, test } from "bun:test";
import { coloursOf, inTheme } from "./both-themes.ts";
import { axeFindings, type Desk, startDesk } from "./browser.ts";
import { places, visit } from "./places.ts";

let desk: Desk;
beforeAll(async () => {
  desk = await startDesk();
}, 240_000);
afterAll(() => desk?.stop());
afterEach(() => desk.closePages());

const phone = { width: 390, height: 844 };

/** Opened once, looked at in both themes on a desk and on a phone, and measured on the narrowest screen there is. */
describe("axe finds nothing, in light and dark, on a desk and on a phone", () => {
  test.each(places.map((place) => [place.name, place] as const))("on %s", async (_, place) => {
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
    const nothing = { desktopLight: [], desktopDark: [], phoneDark: [], phoneLight: [] };
    expect({ ...found, tooWide: place.isPaper === true ? 0 : tooWide }).toEqual({ ...nothing, tooWide: 0 });
  });
});

test("axe sees bad colours in either theme", async () => {
  const page = await desk.page();
  await page.goto("/about");
  await page.getByText("Connected").waitFor();
  await page.addStyleTag({ content: "h1 { color: var(--surface) }" });
  for (const theme of ["light", "dark"] as const)
    expect(await inTheme(page, theme, () => coloursOf(page))).toEqual(["color-contrast: h1"]);
  await page.context().close();
});

test("axe would find something", async () => {
  const page = await desk.page();
  await page.goto("/about");
  // React must be done with the page, or it would put it right again.
  await page.getByText("Connected").waitFor();
  await page.evaluate(() => document.querySelector("main")?.insertAdjacentHTML("beforeend", '<img src="/icon.svg">'));
  expect(await axeFindings(page)).toEqual(["image-alt: img"]);
});
