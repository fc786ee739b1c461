// A day in the trader's life in the browser: typed, clicked and done by keys; after every step the stock is right, and
// what is refused says everything that stands against it.
import { afterAll, beforeAll, expect, test } from "bun:test";
import type { Page } from "playwright-core";
import { alive, type Desk, startDesk } from "./browser.ts";
import { api, save } from "./order-desk.ts";
import { stockedProduct } from "./stocked-product.ts";

let desk: Desk;
let page: Page;
let flour: number;
/** The order that is short by half. */
let short: number;
beforeAll(async () => {
  desk = await startDesk();
  const company = JSON.stringify({ company: "Mill & Sons" });
  const { id } = await api<{ id: number }>(desk, "/api/suppliers", { method: "POST", body: company });
  flour = await stockedProduct(desk, "Spelt flour", 20, { standard_cost: "2", supplier_ids: [id] });
  const body = JSON.stringify({ invoicing_policy: "on-shipment" });
  await api(desk, "/api/company", { method: "PUT", body });
  page = await desk.page();
}, 240_000);
afterAll(() => desk?.stop());

/** On hand, allocated, on order and back-ordered, after the proof of the stock has found nothing. */
async function stock(): Promise<readonly number[]> {
  const { faults } = await api<{ faults: readonly object[] }>(desk, "/api/stock/proof");
  expect(faults).toEqual([]);
  const row = await api<Record<string, string>>(desk, `/api/stock/${flour}`);
  return ["on_hand", "allocated", "on_order", "back_ordered"].map((name) => Number(row[name]));
}

async function open(path: string): Promise<void> {
  await page.goto(path);
  await alive(page);
}

/** An order typed in the form. */
async function typed(quantity: string): Promise<number> {
  await open("/orders/new");
  await page.getByRole("combobox", { name: "Customer" }).fill("thistle");
  await page.getByRole("option", { name: /Thistle/ }).click();
  await page.getByRole("combobox", { name: "Product" }).fill("spelt flour");
  await page.getByRole("option", { name: /^Spelt flour/ }).click();
  await page.getByLabel("Quantity").first().fill(quantity);
  await save(page);
  await page.waitForURL(/\/orders\/\d+$/);
  await alive(page);
  return Number(/\d+$/.exec(page.url())?.[0]);
}

const bar = () => page.getByRole("region", { name: "Progress of the order" });
const complete = { employee_id: 3, shipper_id: 1 };
const status = async (id: number) =>
  (await api<{ status_id: number }>(desk, `/api/orders/${id}?include=details`)).status_id;

test("an order that can be filled is refused with all reasons, completed, and shipped with its invoice", async () => {
  const id = await typed("8");
  await bar().getByText("Employee").first().waitFor();
  expect(await stock()).toEqual([20, 8, 0, 0]);
  await api(desk, `/api/orders/${id}`, { method: "PUT", body: JSON.stringify(complete) });
  await open(`/orders/${id}`);
  await page.keyboard.press("s");
  await page.getByText(`Order #${id} shipped`).waitFor();
  await open("/orders");
  await stockBecomes([12, 0, 0, 0]);
  expect(await status(id)).toBe(2);
});

/** Waits until the stock is this: a step is sent when the time for Undo is over. */
async function stockBecomes(wanted: readonly number[]): Promise<void> {
  const end = performance.now() + 20_000;
  let found = await stock();
  while (!Bun.deepEquals(found, wanted) && performance.now() < end) {
    await Bun.sleep(100);
    found = await stock();
  }
  expect(found).toEqual(wanted);
}

test("of an order that is short by half, what is there leaves the house and the rest waits", async () => {
  short = await typed("24");
  expect(await stock()).toEqual([12, 12, 0, 12]);
  await api(desk, `/api/orders/${short}`, { method: "PUT", body: JSON.stringify(complete) });
  await open(`/orders/${short}`);
  await page.keyboard.press("Shift+S");
  const dialog = page.getByRole("dialog", { name: `Ship order #${short}` });
  await dialog.getByText("up to 12").waitFor();
  await dialog.getByLabel("Tracking number").fill("F-1");
  await page.keyboard.press("Control+Enter");
  await page.getByText(`Order #${short}: shipment created`).waitFor();
  expect([await status(short), await stock()]).toEqual([0, [0, 0, 0, 12]]);
});

test("what lacks is bought, approved and received in parts, and is held by itself", async () => {
  await open(`/orders/${short}`);
  await page.getByText("No date known").waitFor();
  await page.keyboard.press("b");
  await page.getByText(`Order #${short}: what was missing is on order`).waitFor();
  await page.getByRole("table").getByRole("link", { name: "Purchase order" }).click();
  await page.waitForURL(/\/purchase_orders\/\d+$/);
  await alive(page);
  const id = Number(/\d+$/.exec(page.url())?.[0]);
  await page.keyboard.press("s");
  await page.getByText(`Purchase order #${id} is submitted`).waitFor();
  await page.getByRole("button", { name: "Approve" }).waitFor();
  await page.keyboard.press("a");
  await page.getByText(`Purchase order #${id} is approved`).waitFor();
  expect(await stock()).toEqual([0, 0, 12, 12]);
  for (const [quantity, then] of [
    ["5", [5, 5, 7, 7]],
    ["7", [12, 12, 0, 0]],
  ] as const) {
    await page.getByRole("button", { name: "Receive" }).waitFor();
    await page.keyboard.press("r");
    await page.getByRole("dialog").getByRole("textbox").fill(quantity);
    await page.keyboard.press("Control+Enter");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    expect(await stock()).toEqual([...then]);
  }
  await open(`/orders/${short}`);
  await page.keyboard.press("s");
  await page.getByText(`Order #${short} shipped`).waitFor();
  await open("/orders");
  await stockBecomes([0, 0, 0, 0]);
  expect(await status(short)).toBe(2);
});

test("goods come back, of which one is damaged", async () => {
  const dialog = page.getByRole("dialog", { name: `Return of order #${short}` });
  for (const [quantity, where] of [
    ["2", "Back to stock"],
    ["1", "Damaged"],
  ] as const) {
    await open(`/orders/${short}`);
    // While a step can still be undone, the page offers no other.
    await bar()
      .getByRole("button", { name: /^Return/ })
      .waitFor();
    await page.keyboard.press("t");
    await dialog.getByLabel("Spelt flour", { exact: false }).first().fill(quantity);
    await dialog.getByLabel("Where Spelt flour goes").selectOption(where);
    await dialog.getByLabel("Reason").fill("Wrong flour");
    await page.keyboard.press("Control+Enter");
    await dialog.waitFor({ state: "detached" });
  }
  expect(await stock()).toEqual([2, 0, 0, 0]);
});

test("a count finds one piece less", async () => {
  const body = JSON.stringify({ reason: "Evening count", product_ids: [flour] });
  const { id } = await api<{ id: number }>(desk, "/api/stock_counts", { method: "POST", body });
  await open(`/counts/${id}`);
  await page.getByLabel(/Spelt flour/).fill("1");
  await page.keyboard.press("Enter");
  await page.getByText("1 of 1 counted").waitFor();
  await page.getByRole("button", { name: "Approve" }).click();
  await page.getByText(`Count #${id} approved: the differences are booked`).waitFor();
  expect(await stock()).toEqual([1, 0, 0, 0]);
});

test("a cancelled order gives back what it held", async () => {
  const id = await typed("1");
  expect(await stock()).toEqual([1, 1, 0, 0]);
  await page.keyboard.press("x");
  await page.getByText(`Order #${id} is cancelled`).waitFor();
  expect([await status(id), await stock()]).toEqual([4, [1, 0, 0, 0]]);
  await bar()
    .getByRole("button", { name: /^Reopen/ })
    .waitFor();
  await page.keyboard.press("s");
  await page.getByText(/Ship is not possible now: It is shipped already, or cancelled\./).waitFor();
});
