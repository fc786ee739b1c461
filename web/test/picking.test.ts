// The pick list on a phone: orders are chosen, lines are ticked off by location, and what was picked is shipped.
import { afterAll, afterEach, beforeAll, expect, test } from "bun:test";
import type { Page } from "playwright-core";
import { alive, axeFindings, type Desk, startDesk } from "./browser.ts";
import { api } from "./order-desk.ts";
import { act, readyOrder } from "./ready-order.ts";
import { stockedProduct } from "./stocked-product.ts";

let desk: Desk;
beforeAll(async () => {
  desk = await startDesk();
}, 240_000);
afterAll(() => desk?.stop());
afterEach(() => desk.closePages());

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true };

async function open(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await alive(page);
}

const invoiced = async (...lines: readonly (readonly [number, number])[]) => {
  const id = await readyOrder(desk, ...lines);
  await act(desk, id, "invoice");
  return id;
};

const statusOf = async (id: number) => (await api<{ readonly status_id: number }>(desk, `/api/orders/${id}`)).status_id;

test("a batch is chosen, ticked off by location, and each order shipped with what was picked for it", async () => {
  const far = await stockedProduct(desk, "Walnut oil", 9, { location: "Z-10" });
  const near = await stockedProduct(desk, "Hazelnut oil", 9, { location: "A-2" });
  const [one, two] = [await invoiced([far, 2], [near, 1]), await invoiced([near, 3])];
  const page = await desk.page(phone);
  await open(page, "/pick");
  expect(await axeFindings(page)).toEqual([]);
  for (const id of [one, two]) await page.getByRole("checkbox", { name: new RegExp(`^#${id} `) }).tap();
  await page.getByRole("button", { name: "Pick selected" }).tap();
  await page.waitForURL(new RegExp(`orders=${one}&orders=${two}`));
  await alive(page);
  await page.getByText("0 of 2 picked", { exact: true }).waitFor();
  const rows = page.getByRole("listitem").filter({ has: page.getByRole("checkbox") });
  expect((await rows.allInnerTexts()).map((text) => text.replace(/\s+/g, " ").trim())).toEqual([
    `A-2 Hazelnut oil #${one}: 1 · #${two}: 3 4`,
    `Z-10 Walnut oil #${one}: 2 2`,
  ]);
  expect(await axeFindings(page)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  const box = await rows.first().locator("label").boundingBox();
  expect(box?.height).toBeGreaterThanOrEqual(64);
  await rows.first().tap();
  await page.getByText("1 of 2 picked", { exact: true }).first().waitFor();
  // A reload loses nothing.
  await page.reload();
  await alive(page);
  await page.getByText("1 of 2 picked", { exact: true }).first().waitFor();
  const ship = (id: number) => page.getByRole("button", { name: `Ship order #${id}` });
  await ship(two).tap();
  const dialog = page.getByRole("dialog");
  await dialog.getByText("up to 3").waitFor();
  await dialog.getByLabel("Tracking number").fill("P-1");
  await dialog.getByRole("button", { name: "Ship" }).tap();
  await page.getByText(`Order #${two}: shipment created`).waitFor();
  await ship(two).waitFor({ state: "detached" });
  expect(await statusOf(two)).toBe(2);
  // What is not ticked off is not offered.
  await ship(one).tap();
  await dialog.getByText("up to 2").waitFor();
  expect(await dialog.getByLabel(/Walnut oil/).inputValue()).toBe("");
  expect(await dialog.getByLabel(/Hazelnut oil/).inputValue()).toBe("1");
  await dialog.getByRole("button", { name: "Ship" }).tap();
  await page.getByText("0 of 1 picked", { exact: true }).first().waitFor();
  expect(await statusOf(one)).toBe(1);
  await rows.first().tap();
  await ship(one).tap();
  await dialog.getByText("up to 2").waitFor();
  await dialog.getByRole("button", { name: "Ship" }).tap();
  await page.getByText("Nothing is left to pick").waitFor();
  expect(await statusOf(one)).toBe(2);
  // From here the packing slips of what has just left are two taps away.
  const shipments = page.getByRole("heading", { name: `Order #${one}: Shipments` }).locator("xpath=ancestor::section");
  expect(await shipments.getByRole("link", { name: "Shipment #" }).count()).toBe(2);
  expect(await axeFindings(page)).toEqual([]);
  await shipments.getByRole("link", { name: "Shipment #" }).last().tap();
  await page.getByRole("button", { name: "Print the packing slip" }).waitFor();
});

test("one order is picked from its page by a key, and refused while it is not invoiced, with the reason", async () => {
  const product = await stockedProduct(desk, "Poppy seeds", 3);
  const id = await readyOrder(desk, [product, 3]);
  const page = await desk.page();
  await open(page, `/orders/${id}`);
  await page.keyboard.press("k");
  await page.waitForURL(`**/pick?orders=${id}`);
  await alive(page);
  await page.getByText("No location").waitFor();
  await page.getByRole("checkbox").press("Space");
  await page.getByRole("button", { name: `Ship order #${id}` }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("alert").filter({ hasText: "It is not invoiced yet. Invoice it first" }).waitFor();
  expect(await axeFindings(page)).toEqual([]);
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
  // Held again in another quantity, it has to be picked again.
  await act(desk, id, "release", {});
  const body = JSON.stringify({ order_details: [{ product_id: product, quantity: 2 }] });
  await api(desk, `/api/orders/${id}`, { method: "PUT", body });
  await page.reload();
  await page.getByText("0 of 1 picked", { exact: true }).first().waitFor();
});

test("in Spanish; orders that hold nothing say so; the list is printed without its buttons", async () => {
  const product = await stockedProduct(desk, "Linseed", 5, { location: "L-1" });
  const id = await invoiced([product, 5]);
  const page = await desk.page({ locale: "es-ES" });
  await open(page, "/pick?orders=999999");
  await page.getByText("No queda nada que preparar").waitFor();
  await open(page, `/pick?orders=${id}`);
  await page.getByRole("button", { name: `Enviar el pedido n.º ${id}` }).waitFor();
  expect(await axeFindings(page)).toEqual([]);
  await page.emulateMedia({ media: "print" });
  expect(await page.getByText("L-1").isVisible()).toBe(true);
  expect(await page.getByRole("button", { name: /^Enviar/ }).isVisible()).toBe(false);
});

test("what is selected in the list of orders is picked together", async () => {
  const product = await stockedProduct(desk, "Sunflower seeds", 4, { location: "S-1" });
  const orders = [await readyOrder(desk, [product, 1]), await readyOrder(desk, [product, 2])];
  const page = await desk.page();
  await open(page, "/orders?sort=-id");
  await page
    .getByRole("grid")
    .getByRole("link", { name: `#${orders[1]}`, exact: true })
    .waitFor();
  for (const key of ["j", "x", "j", "x"]) await page.keyboard.press(key);
  await page.getByText("2 selected").first().waitFor();
  await page.getByRole("region", { name: "Selected orders" }).getByRole("link", { name: "Pick list" }).click();
  await page.waitForURL(/\/pick\?orders=/);
  await page.getByText("2 orders, by location").waitFor();
  const row = page.getByRole("listitem").filter({ has: page.getByRole("checkbox") });
  expect((await row.innerText()).replace(/\s+/g, " ").trim()).toBe(
    `S-1 Sunflower seeds #${orders[0]}: 1 · #${orders[1]}: 2 3`,
  );
});
