// Returns: goods of an order come back from its page, and are listed there and on the page of all returns.
import { afterAll, afterEach, beforeAll, expect, test } from "bun:test";
import type { Page } from "playwright-core";
import { alive, axeFindings, type Desk, startDesk } from "./browser.ts";
import { api, change } from "./order-desk.ts";
import { act, readyOrder } from "./ready-order.ts";
import { stockedProduct } from "./stocked-product.ts";

let desk: Desk;
beforeAll(async () => {
  desk = await startDesk();
}, 240_000);
afterAll(() => desk?.stop());
afterEach(() => desk.closePages());

async function open(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await alive(page);
}

async function shipped(...lines: readonly (readonly [number, number])[]): Promise<number> {
  const id = await readyOrder(desk, ...lines);
  await act(desk, id, "invoice");
  await act(desk, id, "ship");
  return id;
}

const onHand = async (id: number) => (await api<{ readonly on_hand: string }>(desk, `/api/stock/${id}`)).on_hand;

test("goods come back by a key: how much of each line, why, and where they go", async () => {
  const [jars, lids] = [await stockedProduct(desk, "Glass jars", 6), await stockedProduct(desk, "Tin lids", 4)];
  const id = await shipped([jars, 6], [lids, 4]);
  const page = await desk.page();
  await open(page, `/orders/${id}`);
  await page.keyboard.press("t");
  const dialog = page.getByRole("dialog", { name: `Return of order #${id}` });
  await dialog.getByText("up to 6").waitFor();
  expect(await axeFindings(page)).toEqual([]);
  await page.keyboard.press("Control+Enter");
  await dialog.getByText("Nothing is selected: enter the quantity of a line.").waitFor();
  await dialog.getByLabel("Glass jars", { exact: false }).first().fill("7");
  await page.keyboard.press("Control+Enter");
  await dialog.getByText("Required.").waitFor();
  await dialog.getByLabel("Reason").fill("Cracked on the way");
  await dialog.getByLabel("Where Glass jars goes").selectOption("Damaged");
  await page.keyboard.press("Control+Enter");
  await dialog.locator("[aria-invalid=true]").waitFor();
  expect(await axeFindings(page)).toEqual([]);
  await dialog.getByLabel("Glass jars", { exact: false }).first().fill("2");
  await dialog.getByLabel(/^Tin lids/).fill("1");
  await page.keyboard.press("Control+Enter");
  await page.getByText(`Order #${id}: goods taken back`).waitFor();
  await dialog.waitFor({ state: "detached" });
  const panel = page
    .getByRole("region")
    .or(page.locator("section"))
    .filter({ has: page.getByRole("heading", { name: "Returns" }) });
  await panel.getByText("Cracked on the way").waitFor();
  expect((await panel.innerText()).replace(/\s+/g, " ")).toContain("2 × Glass jars Damaged 1 × Tin lids Back to stock");
  await page.getByText("Returned 2").waitFor();
  expect([await onHand(jars), await onHand(lids)]).toEqual(["0.0000", "1.0000"]);
  const history = page.locator("section").filter({ has: page.getByRole("heading", { name: "History" }) });
  expect((await history.innerText()).replace(/\s+/g, " ")).toContain("Glass jars: Returned 0 → 2");
  expect(await axeFindings(page)).toEqual([]);
});

test("the page of all returns shows the newest first, and those of some days", async () => {
  const id = await shipped([await stockedProduct(desk, "Wax paper", 2), 2]);
  const { order_details } = await api<{ readonly order_details: readonly { readonly id: number }[] }>(
    desk,
    `/api/orders/${id}?include=details`,
  );
  const came = [{ id: order_details[0]?.id, quantity: 1, disposition: "scrap" }];
  await act(desk, id, "returns", { reason: "Wet", order_details: came });
  const page = await desk.page();
  await open(page, "/");
  await page.keyboard.press("g");
  await page.keyboard.press("v");
  await page.waitForURL(/\/returns$/);
  await alive(page);
  const line = page
    .getByRole("main")
    .getByRole("listitem")
    .filter({ hasText: `Order #${id}` });
  expect((await line.innerText()).replace(/\s+/g, " ")).toMatch(/Wet 1 × Wax paper Scrap/);
  expect(await axeFindings(page)).toEqual([]);
  await page.keyboard.press("/");
  expect(await page.evaluate(() => document.activeElement?.id)).toBe("returned_from");
  await open(page, "/returns?returned_to=2001-01-01");
  await page.getByText("No return matches").waitFor();
});

test("somebody else's change of the order is no return; on a phone and in Spanish", async () => {
  const product = await stockedProduct(desk, "Corks", 3);
  const id = await shipped([product, 3]);
  const page = await desk.page({ locale: "es-ES", viewport: { width: 390, height: 844 } });
  await open(page, `/orders/${id}`);
  await page.getByRole("button", { name: "Devolución" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByText("hasta 3").waitFor();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  expect(await axeFindings(page)).toEqual([]);
  await change(desk, id, { notes: "Otra persona" });
  await dialog.getByLabel(/^Corks/).fill("1");
  await dialog.getByLabel("Motivo").fill("Secos");
  await dialog.getByRole("button", { name: "Recoger" }).click();
  await dialog.getByRole("alert").filter({ hasText: "Alguien ha cambiado el pedido entretanto." }).waitFor();
  expect(await onHand(product)).toBe("0.0000");
  await open(page, "/returns");
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
});

test("an order of which nothing is out says why nothing comes back", async () => {
  const id = await readyOrder(desk, [await stockedProduct(desk, "Labels", 1), 1]);
  const page = await desk.page();
  await open(page, `/orders/${id}`);
  await page.keyboard.press("t");
  await page
    .getByText("Return is not possible now: Nothing of it has left the house. Change or cancel the order")
    .waitFor();
  expect(await page.getByRole("dialog").count()).toBe(0);
});
