// The pages of the stock: the list with its filters, and a product with its ledger and the form to adjust it.
import { afterAll, afterEach, beforeAll, expect, test } from "bun:test";
import type { Page } from "playwright-core";
import { alive, axeFindings, type Desk, startDesk } from "./browser.ts";
import { api } from "./order-desk.ts";
import { stockedProduct } from "./stocked-product.ts";

let desk: Desk;
beforeAll(async () => {
  desk = await startDesk();
}, 240_000);
afterAll(() => desk?.stop());
afterEach(() => desk.closePages());

async function orderOf(product_id: number, quantity: number): Promise<number> {
  const body = JSON.stringify({ customer_id: 4, order_details: [{ product_id, quantity }] });
  return (await api<{ id: number }>(desk, "/api/orders", { method: "POST", body })).id;
}

async function open(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await alive(page);
}

const line = (page: Page, name: string) => page.getByRole("row").filter({ has: page.getByRole("link", { name }) });

test("the list says what there is, and shows all, what is low or what is to be reordered", async () => {
  const levels = { reorder_level: 5, target_level: 20 };
  const low = await stockedProduct(desk, "Quince paste", 3, levels);
  await stockedProduct(desk, "Quince jelly", 12, { ...levels, location: "Q-7" });
  await orderOf(low, 1);
  const page = await desk.page();
  await open(page, "/");
  await page.keyboard.press("g");
  await page.keyboard.press("i");
  await page.waitForURL(/\/stock$/);
  await page.getByRole("heading", { name: "Stock" }).waitFor();
  await alive(page);
  expect(await axeFindings(page)).toEqual([]);
  await page.keyboard.press("/");
  await page.keyboard.type("quince");
  await page.keyboard.press("Enter");
  await page.waitForURL(/q=quince/);
  await page.getByText("Q-7").waitFor();
  expect((await line(page, "Quince paste").getByRole("cell").allInnerTexts()).slice(0, 3)).toEqual(["3", "1", "2"]);
  await page.getByRole("navigation", { name: "Show" }).getByRole("link", { name: "Below reorder level" }).click();
  await page.waitForURL(/show=low/);
  await page.getByText("Q-7").waitFor({ state: "detached" });
  expect(await line(page, "Quince paste").getByRole("rowheader").innerText()).toContain("Low");
  await page.getByRole("navigation", { name: "Show" }).getByRole("link", { name: "Below target level" }).click();
  await page.waitForURL(/show=reorder/);
  expect(await line(page, "Quince paste").getByRole("cell").last().innerText()).toBe("18");
  await open(page, "/stock?q=nothing+is+called+so");
  await page.getByText("No match for “nothing is called so”").waitFor();
});

test("what comes in goes to the orders that wait, and the ledger leads to them", async () => {
  const id = await stockedProduct(desk, "Medlar cheese", 2);
  const order = await orderOf(id, 5);
  const page = await desk.page();
  await open(page, `/stock/${id}`);
  expect(await axeFindings(page)).toEqual([]);
  await page.keyboard.press("a");
  await page.keyboard.type("4");
  await page.keyboard.press("Tab");
  await page.keyboard.type("Found behind the shelf");
  await page.keyboard.press("Enter");
  await page.getByText("Stock adjusted: 6 on hand, 3 given to orders that waited").waitFor();
  await page.getByText("Found behind the shelf").waitFor();
  const entries = page.getByRole("listitem").filter({ has: page.getByRole("link", { name: `Order #${order}` }) });
  expect(await entries.count()).toBe(2);
  expect(await entries.first().innerText()).toMatch(/Allocated[\s\S]*3/);
  await page.getByText("Allocated and Released change what is allocated, all others what is on hand.").waitFor();
  await entries.first().getByRole("link").click();
  await page.waitForURL(`**/orders/${order}`);
  await page.getByText("Allocated", { exact: true }).waitFor();
});

test("what is on order is listed with its day and its purchase order, and what is late says so", async () => {
  const id = await stockedProduct(desk, "Rowan jelly", 2, { standard_cost: "1" });
  const bought = async (quantity: string, expected_date: string | null) => {
    const body = JSON.stringify({
      supplier_id: 1,
      expected_date,
      purchase_order_details: [{ product_id: id, quantity }],
    });
    return (await api<{ id: number }>(desk, "/api/purchase_orders", { method: "POST", body })).id;
  };
  const [never, sooner, late] = [
    await bought("1", null),
    await bought("7", "2031-01-05T00:00:00"),
    await bought("3", "2024-01-05T00:00:00"),
  ];
  const page = await desk.page();
  await open(page, `/stock/${id}`);
  const card = page.getByRole("heading", { name: "Expected" }).locator("xpath=ancestor::section");
  expect((await card.getByRole("listitem").allInnerTexts()).map((text) => text.replace(/\s+/g, " "))).toEqual([
    `Jan 5, 2024 Late Purchase order #${late} 3`,
    `Jan 5, 2031 Purchase order #${sooner} 7`,
    `No date known Purchase order #${never} 1`,
  ]);
  expect(await axeFindings(page)).toEqual([]);
  await card.getByRole("link", { name: `Purchase order #${sooner}` }).click();
  await page.waitForURL(`**/purchase_orders/${sooner}`);
});

test("an adjustment is refused at its fields: no reason, no number, more than is there, a fraction of a piece", async () => {
  const id = await stockedProduct(desk, "Damson vinegar", 4);
  await orderOf(id, 3);
  const page = await desk.page();
  await open(page, `/stock/${id}`);
  const adjust = page.getByRole("button", { name: "Adjust the stock" });
  await adjust.click();
  expect(await page.getByText("Required.").count()).toBe(2);
  await page.getByLabel("Reason").fill("Dropped");
  const quantity = page.getByLabel("Quantity");
  await quantity.fill("some");
  await page.getByText("Must be a number", { exact: false }).waitFor();
  await page.getByLabel("Type").selectOption("Waste: broken, spoiled or gone");
  await quantity.fill("2");
  await page.getByRole("button", { name: "Write off" }).click();
  await page.locator("[aria-invalid=true]").waitFor();
  expect(await axeFindings(page)).toEqual([]);
  await quantity.fill("0.5");
  await page.getByRole("button", { name: "Write off" }).click();
  await page.getByText(/whole/i).first().waitFor();
  await quantity.fill("1");
  await page.getByRole("button", { name: "Write off" }).click();
  await page.getByText("Stock adjusted: 3 on hand").waitFor();
  expect(await api<object>(desk, `/api/stock/${id}`)).toMatchObject({ on_hand: "3.0000", available: "0.0000" });
});

test("on a phone, in Spanish, nothing is wider than the screen and nothing shifts", async () => {
  const page = await desk.page({ locale: "es-ES", viewport: { width: 390, height: 844 } });
  await page.addInitScript(() => {
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) performance.mark("shift", { detail: entry.toJSON() });
    }).observe({ type: "layout-shift", buffered: true });
  });
  for (const path of ["/stock", "/stock?show=low", "/stock/2"]) {
    await open(page, path);
    await page.getByText("Disponible").last().waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    expect(await page.evaluate(() => performance.getEntriesByName("shift").length)).toBe(0);
    expect(await axeFindings(page)).toEqual([]);
  }
  await open(page, "/stock/999999");
  await page.getByRole("heading", { name: "Página no encontrada" }).waitFor();
});
