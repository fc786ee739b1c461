// The actions of an order on its page: keys and buttons, the reasons of those that are refused, shipping in part.
import { afterAll, afterEach, beforeAll, describe, expect, test } from "bun:test";
import type { BrowserContextOptions, Page } from "playwright-core";
import { apiSentence } from "../messages/api-sentence.ts";
import { alive, axeFindings, type Desk, startDesk } from "./browser.ts";
import { api, change } from "./order-desk.ts";
import { readyOrder } from "./ready-order.ts";
import { adjustStock, stockedProduct } from "./stocked-product.ts";

let desk: Desk;
beforeAll(async () => {
  desk = await startDesk();
}, 240_000);
afterAll(() => desk?.stop());
afterEach(() => desk.closePages());

interface Stored {
  readonly id: number;
  readonly status_id: number;
  readonly shipped_date: string | null;
  readonly order_details: readonly { readonly id: number; readonly allocated: string; readonly shipped: string }[];
}

const orderOf = (...lines: readonly (readonly [product_id: number, quantity: number])[]) => readyOrder(desk, ...lines);
const stored = (id: number) => api<Stored>(desk, `/api/orders/${id}?include=details`);
const held = async (id: number) => (await stored(id)).order_details.map(({ allocated }) => allocated);
const shipped = async (id: number) => (await stored(id)).order_details.map(({ shipped }) => shipped);
const post = (path: string) => api(desk, path, { method: "POST", body: "{}" });

async function open(id: number, options?: BrowserContextOptions): Promise<Page> {
  const page = await desk.page(options);
  await page.goto(`/orders/${id}`);
  await alive(page);
  return page;
}

const undo = (page: Page) => page.getByLabel("Messages").getByRole("button", { name: "Undo" });
const bar = (page: Page) => page.getByRole("region", { name: "Progress of the order" });
const button = (page: Page, name: string) => bar(page).getByRole("button", { name: new RegExp(`^${name}`) });

describe("allocating and releasing", () => {
  test("each is done by its key, and undone by the other, exactly", async () => {
    const [nuts, figs] = [await stockedProduct(desk, "Brazil nuts", 4), await stockedProduct(desk, "Dried figs", 6)];
    const id = await orderOf([nuts, 4], [figs, 5]);
    await post(`/api/orders/${id}/release`);
    const page = await open(id);
    await page.keyboard.press("a");
    await page.getByText(`Order #${id}: goods allocated`).waitFor();
    expect(await held(id)).toEqual(["4.0000", "5.0000"]);
    await undo(page).click();
    await page.getByText(`Order #${id}: goods released`).waitFor();
    expect(await held(id)).toEqual(["0.0000", "0.0000"]);
    // Undo of the undo: what was released is held again.
    await undo(page).last().click();
    const deadline = performance.now() + 15_000;
    while ((await held(id))[0] !== "4.0000" && performance.now() < deadline) await Bun.sleep(50);
    expect(await held(id)).toEqual(["4.0000", "5.0000"]);
    await page.reload();
    await alive(page);
    await page.keyboard.press("r");
    await button(page, "Allocate").waitFor();
    expect(await held(id)).toEqual(["0.0000", "0.0000"]);
  });

  test("what came in meanwhile makes it possible", async () => {
    const product = await stockedProduct(desk, "Carob syrup", 0);
    const id = await orderOf([product, 3]);
    const page = await open(id);
    expect(await button(page, "Allocate").count()).toBe(0);
    await bar(page).getByText("Still to be allocated: 3.").waitFor();
    await adjustStock(desk, product, 3);
    await page.reload();
    await button(page, "Invoice").waitFor();
  });
});

describe("an action that is not possible", () => {
  test("has all its reasons, as the API gives them, with the line or field each is about", async () => {
    const [soap, salt] = [await stockedProduct(desk, "Olive soap", 2), await stockedProduct(desk, "Sea salt", 0)];
    const id = await orderOf([soap, 3], [salt, 4]);
    await change(desk, id, { shipper_id: null, ship_city: null });
    const page = await open(id);
    await bar(page).getByText("Invoice is not possible yet:").waitFor();
    const { actions } = await api<{
      actions: readonly {
        action: string;
        allowed: boolean;
        unmet: readonly { message: string; what_to_do: string }[];
      }[];
    }>(desk, `/api/orders/${id}?include=actions`);
    await bar(page).getByText("Not possible now:").click();
    const words = (await bar(page).innerText()).replace(/\s+/g, " ");
    const offered = ["invoice", "ship", "close", "allocate", "reopen"];
    const refused = actions.filter(({ action, allowed }) => offered.includes(action) && !allowed);
    expect(refused.map(({ action }) => action).sort()).toEqual([...offered].sort());
    for (const { unmet } of refused)
      for (const { message, what_to_do } of unmet)
        expect(words).toContain(`${apiSentence(message, "en")} ${apiSentence(what_to_do, "en")}`);
    // In words for people.
    expect(words).toContain("Shipper: It needs Shipper. Set Shipper of the order.");
    expect(words).not.toMatch(/\w_/);
    expect(words).toContain("Sea salt: Still to be allocated: 4.");
    expect(await bar(page).getByRole("link", { name: "Shipper" }).first().getAttribute("href")).toEndWith(
      `/orders/${id}/edit#order-shipper_id`,
    );
    expect(await axeFindings(page)).toEqual([]);
  });

  test("says so when its key is pressed, and does nothing", async () => {
    const id = await orderOf([await stockedProduct(desk, "Rye flour", 1), 1]);
    const page = await open(id);
    await page.keyboard.press("c");
    await page
      .getByText(/Close is not possible now: Only a shipped order is closed\. Ship all of it first\./)
      .waitFor();
    expect((await stored(id)).status_id).toBe(0);
    // That of shipping in part as well: it is not invoiced yet.
    await page.keyboard.press("Shift+S");
    await page.getByText(/Ship is not possible now: It is not invoiced yet\./).waitFor();
    expect(await page.getByRole("dialog").count()).toBe(0);
  });

  test("a key that ends the way to another page is none of the order's", async () => {
    const id = await orderOf([await stockedProduct(desk, "Millet", 2), 2]);
    const page = await open(id);
    await page.keyboard.press("g");
    await page.keyboard.press("r");
    await page.waitForURL(/\/reorder$/);
    await page.goBack();
    await alive(page);
    await page.keyboard.press("g");
    await page.keyboard.press("i");
    await page.waitForURL(/\/stock$/);
    // A step that waits for Undo is written when the page is left for good.
    await page.goto("about:blank");
    await Bun.sleep(500);
    expect(await stored(id)).toMatchObject({ status_id: 0, order_details: [{ allocated: "2.0000" }] });
  });

  test("because somebody else was faster changes nothing and shows the order as it is", async () => {
    const product = await stockedProduct(desk, "Plum jam", 2);
    const id = await orderOf([product, 2]);
    const page = await open(id);
    await change(desk, id, { notes: "Theirs" });
    await page.keyboard.press("r");
    await page.getByText(`Order #${id} stays as it was: someone else has changed it in the meantime.`).waitFor();
    await page.getByText("Theirs").first().waitFor();
    expect(await held(id)).toEqual(["2.0000"]);
  });
});

test("a cancelled order has taken no step that it did not take", async () => {
  const id = await orderOf([await stockedProduct(desk, "Chestnut flour", 1), 1]);
  await post(`/api/orders/${id}/cancel`);
  const page = await open(id);
  await button(page, "Reopen").waitFor();
  expect(await bar(page).locator("ol").first().getByRole("listitem").allInnerTexts()).toEqual(["New", "Cancelled"]);
  expect(await axeFindings(page)).toEqual([]);
});

describe("shipping", () => {
  test("all of it waits for Undo, as every step", async () => {
    const id = await orderOf([await stockedProduct(desk, "Green tea", 2), 2]);
    await post(`/api/orders/${id}/invoice`);
    const page = await open(id);
    await page.keyboard.press("s");
    await page.getByText(`Order #${id} shipped`).waitFor();
    await page.keyboard.press("Control+z");
    await page.getByText(/^Undone: /).waitFor();
    expect((await stored(id)).status_id).toBe(1);
  });

  test("in part: lines and quantities, shipper, tracking number and date; the rest stays", async () => {
    const [oats, bran] = [await stockedProduct(desk, "Rolled oats", 9), await stockedProduct(desk, "Oat bran", 2)];
    const id = await orderOf([oats, 9], [bran, 2]);
    await post(`/api/orders/${id}/invoice`);
    const page = await open(id);
    await page.keyboard.press("Shift+S");
    const dialog = page.getByRole("dialog", { name: `Ship order #${id}` });
    await dialog.getByText("up to 9").waitFor();
    expect(await axeFindings(page)).toEqual([]);
    const quantity = dialog.getByLabel(/Rolled oats/);
    await quantity.fill("many");
    await dialog.getByLabel(/Oat bran/).fill("");
    await page.keyboard.press("Control+Enter");
    await dialog.getByText("Must be a number", { exact: false }).waitFor();
    await quantity.fill("10");
    await dialog.getByLabel("Shipper").selectOption({ index: 2 });
    await dialog.getByLabel("Tracking number").fill("NW 42");
    await page.keyboard.press("Control+Enter");
    await dialog.getByText("Must be at most 9, which is allocated.").waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await quantity.fill("5");
    await page.keyboard.press("Control+Enter");
    await page.getByText(`Order #${id}: shipment created`).waitFor();
    await dialog.waitFor({ state: "detached" });
    expect(await shipped(id)).toEqual(["5.0000", "0.0000"]);
    const shipments = await api<readonly object[]>(desk, `/api/orders/${id}/shipments`);
    const shippers = await api<readonly { readonly id: number }[]>(desk, "/api/shippers?sort=name");
    expect(shipments).toMatchObject([
      { tracking_number: "NW 42", shipper_id: shippers[1]?.id, shipment_details: [{ quantity: "5.0000" }] },
    ]);
    expect((await stored(id)).status_id).toBe(1);
  });

  test("an order of which only a part is there asks what goes, and refuses nothing at all", async () => {
    const product = await stockedProduct(desk, "Barley", 8);
    const id = await orderOf([product, 8]);
    await post(`/api/orders/${id}/invoice`);
    const [line] = (await stored(id)).order_details;
    await api(desk, `/api/orders/${id}/ship`, {
      ...{ method: "POST", body: JSON.stringify({ order_details: [{ id: line?.id, quantity: 3 }] }) },
    });
    const page = await open(id, { viewport: { width: 390, height: 844 } });
    await button(page, "Ship in part").click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText("up to 5").waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    await dialog.getByLabel(/Barley/).fill("0");
    await dialog.getByRole("button", { name: "Ship" }).click();
    await dialog.getByText("Nothing is selected: enter the quantity of a line.").waitFor();
    await dialog.getByLabel(/Barley/).fill("5");
    await dialog.getByRole("button", { name: "Ship" }).click();
    await page.getByText(`Order #${id}: shipment created`).waitFor();
    expect(await stored(id)).toMatchObject({ status_id: 2, order_details: [{ shipped: "8.0000" }] });
  });
});

test("a closed order is reopened, and closed again by Undo", async () => {
  const id = await orderOf([await stockedProduct(desk, "Capers", 1), 1]);
  await change(desk, id, { payment_type: "Cash", paid_date: "2030-01-01T00:00:00" });
  for (const status_id of [1, 2, 3]) await change(desk, id, { status_id });
  const page = await open(id);
  await page.keyboard.press("o");
  await page.getByText(`Order #${id} is open again`).waitFor();
  expect((await stored(id)).status_id).toBe(2);
  await undo(page).click();
  await page.getByText(`Order #${id} is closed`).waitFor();
  expect((await stored(id)).status_id).toBe(3);
});

test("on a phone and in Spanish the reasons are Spanish, and nothing is wider than the screen", async () => {
  const id = await orderOf([await stockedProduct(desk, "Chestnuts", 1), 3]);
  await change(desk, id, { ship_city: null });
  const page = await open(id, { locale: "es-ES", viewport: { width: 390, height: 844 } });
  const steps = page.getByRole("region", { name: "Progreso del pedido" });
  await steps.getByText("Facturar aún no es posible:").waitFor();
  await steps.getByText("No es posible ahora:").click();
  const words = (await steps.innerText()).replace(/\s+/g, " ");
  expect(words).toContain("Chestnuts: Por asignar: 2. Asígnelo o cambie la cantidad.");
  // Codes are for programs.
  expect(words).not.toMatch(/\b(state|forbidden)\b/);
  expect(words).toContain("Ciudad: Falta: Ciudad. Indique Ciudad en el pedido.");
  expect(words).not.toMatch(/[Oo]rder|needs|shipped/);
  // A finger hits what can be done.
  const heights = await steps
    .getByRole("button")
    .evaluateAll((buttons) => buttons.map((button) => button.getBoundingClientRect().height));
  expect(Math.min(...heights)).toBeGreaterThanOrEqual(44);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  expect(await axeFindings(page)).toEqual([]);
});
