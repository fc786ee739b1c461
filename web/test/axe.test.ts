// axe on every page and state there is, light on a desk and dark on a phone.
import { afterAll, afterEach, beforeAll, describe, expect, test } from "bun:test";
import { axeFindings, type Desk, startDesk } from "./browser.ts";
import { places, visit } from "./places.ts";

let desk: Desk;
beforeAll(async () => {
  desk = await startDesk();
}, 240_000);
afterAll(() => desk?.stop());
afterEach(() => desk.closePages());

describe("axe finds nothing", () => {
  test.each(places.map((place) => [place.name, place] as const))("on %s", async (_, place) => {
    const page = await desk.page(place.window);
    await visit(page, desk, place);
    const found = await axeFindings(page);
    // The theme is a matter of colours alone, and the page follows it at once.
    await page.setViewportSize({ width: 390, height: 844 });
    await page.evaluate(() => {
      document.documentElement.dataset.theme = "dark";
    });
    const onDarkPhone = await axeFindings(page);
    expect({ found, onDarkPhone }).toEqual({ found: [], onDarkPhone: [] });
  });
});

test("axe would find something", async () => {
  const page = await desk.page();
  await page.goto("/about");
  // React must be done with the page, or it would put it right again.
  await page.getByText("Connected").waitFor();
  await page.evaluate(() => document.querySelector("main")?.insertAdjacentHTML("beforeend", '<img src="/icon.svg">'));
  expect(await axeFindings(page)).toEqual(["image-alt: img"]);
});
