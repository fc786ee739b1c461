// axe on every page and state there is, in both themes, on a desk and on a phone; and nothing is wider than a screen.
import { afterAll, afterEach, beforeAll, describe, expect, test } from "bun:test";
import { coloursOf, findingsAt, inTheme, noFindings } from "./both-themes.ts";
import { axeFindings, type Desk, startDesk } from "./browser.ts";
import { places } from "./places.ts";

let desk: Desk;
beforeAll(async () => {
  desk = await startDesk();
}, 240_000);
afterAll(() => desk?.stop());
afterEach(() => desk.closePages());

describe("axe finds nothing, in light and dark, on a desk and on a phone", () => {
  test.each(places.map((place) => [place.name, place] as const))("on %s", async (_, place) => {
    expect(await findingsAt(desk, place)).toEqual(noFindings);
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
