// The first load of a page is within its budget, and nothing on it moves by itself. All pages: `npm run goals`.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { budgetOf, budgets, firstLoad, watch } from "../proof/goals/loads.ts";
import { alive, atRest, type Desk, startDesk } from "./browser.ts";
import { api } from "./order-desk.ts";
import { places, visit } from "./places.ts";
import { stockedProduct } from "./stocked-product.ts";

let desk: Desk;
beforeAll(async () => {
  desk = await startDesk();
}, 240_000);
afterAll(() => desk?.stop());

const named = (...names: readonly string[]) =>
  names.map((name) => [name, places.filter((place) => place.name === name)] as const);

describe("the scripts of the first load are within the budget", () => {
  test.each(named("home", "about", "not-found", "orders", "customers", "customers-one", "order-new", "order-edit"))(
    "%s",
    async (name, [place]) => {
      if (place === undefined) throw new Error(`no such place: ${name}`);
      const kb = await firstLoad(desk, place);
      // React alone is half of it: less would mean that none were found.
      expect(kb).toBeGreaterThan(70);
      expect(kb).toBeLessThanOrEqual(budgets[budgetOf(name)]);
    },
  );
});

describe.each([
  { width: 1280, height: 900 },
  { width: 390, height: 844 },
])("nothing moves by itself at %o", (viewport) => {
  test.each(named("home", "orders", "order", "order-new", "order-edit", "not-found"))("%s", async (name, [place]) => {
    if (place === undefined) throw new Error(`no such place: ${name}`);
    const page = await desk.page({ viewport });
    await watch(page);
    await visit(page, desk, place);
    const { shift, lcpMs } = await page.evaluate(() => window.seen);
    await page.context().close();
    expect({ shift, isPainted: lcpMs > 0 }).toEqual({ shift: 0, isPainted: true });
  });
});

test("nothing moves by itself in a copy of an order of which something is not there", async () => {
  const product_id = await stockedProduct(desk, "Slow rivets", 1, { standard_cost: "2" });
  const order_details = [1, 2].map(() => ({ product_id, quantity: 4 }));
  const body = JSON.stringify({ customer_id: 4, order_details });
  const { id } = await api<{ readonly id: number }>(desk, "/api/orders", { method: "POST", body });
  const page = await desk.page();
  await watch(page);
  await page.goto(`/orders/new?copy=${id}`);
  await alive(page);
  await page.getByText("0 available, 4 missing.").first().waitFor();
  await atRest(page);
  expect((await page.evaluate(() => window.seen)).shift).toBe(0);
  await page.keyboard.press("Control+.");
  await page
    .getByRole("group", { name: /^Line 1: what to do/ })
    .getByText("Wait for the missing 4")
    .waitFor();
  await page.context().close();
});

test("nothing moves by itself when the counts of the list come later than the page", async () => {
  const slow = await startDesk("sqlite", { apiDelayMs: 300 });
  try {
    const page = await slow.page();
    await watch(page);
    // As the server sent it: a browser that runs code may have put the counts there already.
    expect(await (await page.request.get("/orders")).text()).toContain("…</span></span></a>");
    await page.goto("/orders");
    await page.getByRole("link", { name: /^Closed \d/ }).waitFor();
    // What a frame has moved is reported with the next one.
    await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
    expect((await page.evaluate(() => window.seen)).shift).toBe(0);
  } finally {
    await slow.stop();
  }
}, 30_000);
