// The pages about users load little, move nothing by themselves, and can be read without JavaScript.
import { afterAll, afterEach, beforeAll, describe, expect, test } from "bun:test";
import { budgetOf, budgets, firstLoad, watch } from "../proof/goals/loads.ts";
import { accessPages } from "./access-places.ts";
import { type Desk, startDesk } from "./browser.ts";
import { signInAs, visit } from "./places.ts";
import { firstUser } from "./sign-in.ts";

let desk: Desk;
beforeAll(async () => {
  desk = await startDesk();
  await firstUser(desk);
}, 240_000);
afterAll(() => desk?.stop());
afterEach(() => desk.closePages());

describe.each(accessPages.map((place) => [place.name, place] as const))("%s", (name, place) => {
  test("has scripts within its budget", async () => {
    const kb = await firstLoad(desk, place);
    expect(kb).toBeGreaterThan(70);
    expect(kb).toBeLessThanOrEqual(budgets[budgetOf(name)]);
  });

  test.each([
    { width: 1280, height: 900 },
    { width: 390, height: 844 },
  ])("moves nothing by itself at %o", async (viewport) => {
    const page = await desk.page({ viewport });
    await watch(page);
    await visit(page, desk, place);
    expect((await page.evaluate(() => window.seen)).shift).toBe(0);
  });

  test("can be read without JavaScript", async () => {
    const page = await desk.page({ javaScriptEnabled: false });
    await signInAs(page, desk, place);
    await page.goto(typeof place.path === "string" ? place.path : await place.path(desk));
    await page.getByRole("heading", { level: 1 }).waitFor();
    expect(await page.getByRole("alert").filter({ hasText: /\w/ }).count()).toBe(0);
  });
});
