// Shipments: their list, one of them with its packing slip, and those of an order on its page.
import { afterAll, afterEach, beforeAll, expect, test } from "bun:test";
import type { Page } from "playwright-core";
import { extractText } from "unpdf";
import { alive, axeFindings, type Desk, startDesk } from "./browser.ts";
import { api } from "./order-desk.ts";
import { act, readyOrder } from "./ready-order.ts";
import { stockedProduct } from "./stocked-product.ts";

let desk: Desk;
let order: number;
/** Two shipments of one order. */
let first: number;
let second: number;
beforeAll(async () => {
  desk = await startDesk();
  const [corn, rice] = [await stockedProduct(desk, "Sweet corn", 9), await stockedProduct(desk, "Wild rice", 4)];
  order = await readyOrder(desk, [corn, 9], [rice, 4]);
  await act(desk, order, "invoice");
  const { order_details } = await api<{ readonly order_details: readonly { readonly id: number }[] }>(
    desk,
    `/api/orders/${order}?include=details`,
  );
  const part = [{ id: order_details[0]?.id, quantity: 5 }];
  const papers = { tracking_number: "TRACK-1", shipper_id: 2, notes: "Leave it at the gate" };
  await act(desk, order, "ship", { order_details: part, ...papers });
  await act(desk, order, "ship");
  const made = await api<readonly { readonly id: number }[]>(desk, `/api/orders/${order}/shipments`);
  [first = 0, second = 0] = made.map(({ id }) => id);
}, 240_000);
afterAll(() => desk?.stop());
afterEach(() => desk.closePages());

async function open(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await alive(page);
}

test("the list shows the newest first, and only those of a shipper and of some days", async () => {
  const page = await desk.page();
  await open(page, "/");
  await page.keyboard.press("g");
  await page.keyboard.press("d");
  await page.waitForURL(/\/shipments$/);
  await alive(page);
  const row = (id: number) =>
    page.getByRole("row").filter({ has: page.getByRole("link", { name: `#${id}`, exact: true }) });
  const ids = await page.getByRole("rowheader").getByRole("link").allInnerTexts();
  expect(ids.slice(0, 2)).toEqual([`#${second}`, `#${first}`]);
  expect(await row(first).innerText()).toContain("TRACK-1");
  const { company } = await api<{ readonly company: string }>(desk, "/api/customers/4");
  expect(await row(first).innerText()).toContain(company);
  expect(await axeFindings(page)).toEqual([]);
  await page.keyboard.press("/");
  expect(await page.evaluate(() => document.activeElement?.id)).toBe("shipped_from");
  await page.getByLabel("Shipper").selectOption({ value: "2" });
  await page.getByRole("button", { name: "Filter" }).click();
  await page.waitForURL(/shipper_id=2/);
  await row(second).waitFor({ state: "detached" });
  await row(first).waitFor();
  await open(page, "/shipments?shipped_from=2099-01-01");
  await page.getByText("No shipment matches").waitFor();
  await page.getByRole("link", { name: "Show all" }).click();
  await row(first).waitFor();
});

test("one shipment shows what is in it, and its tracking number is changed", async () => {
  const page = await desk.page();
  await open(page, `/orders/${order}`);
  await page.getByRole("link", { name: `Shipment #${first}` }).click();
  await page.waitForURL(`**/shipments/${first}`);
  await alive(page);
  await page.getByRole("heading", { name: `Shipment #${first}` }).waitFor();
  expect(await page.getByRole("listitem").filter({ hasText: "Sweet corn" }).innerText()).toMatch(/5$/);
  expect(await page.getByRole("listitem").filter({ hasText: "Wild rice" }).count()).toBe(0);
  expect(await axeFindings(page)).toEqual([]);
  await page.keyboard.press("e");
  await page.keyboard.press("Control+a");
  await page.keyboard.type("TRACK-2");
  await page.keyboard.press("Enter");
  await page.getByText("Shipment saved").waitFor();
  expect(await api<object>(desk, `/api/shipments/${first}`)).toMatchObject({
    ...{ tracking_number: "TRACK-2", notes: "Leave it at the gate" },
  });
  await page.getByRole("definition").filter({ hasText: "TRACK-2" }).waitFor();
  // Somebody else was faster, also where the page has read itself again since.
  await page.getByLabel("Tracking number").fill("MINE");
  const body = JSON.stringify({ tracking_number: "THEIRS" });
  await api(desk, `/api/shipments/${first}`, { method: "PUT", body });
  await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
  await page.getByRole("definition").filter({ hasText: "THEIRS" }).waitFor();
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByRole("alert").filter({ hasText: "changed" }).waitFor();
  expect(await api<object>(desk, `/api/shipments/${first}`)).toMatchObject({ tracking_number: "THEIRS" });
  // Whoever has seen that may write all the same.
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByRole("definition").filter({ hasText: "MINE" }).waitFor();
});

test("its packing slip is printed with its lines and the address, and without prices", async () => {
  const page = await desk.page();
  await open(page, `/shipments/${second}`);
  const { text } = await extractText(new Uint8Array(await page.pdf({ format: "A4" })));
  const words = text.join(" ").replace(/\s+/g, " ");
  for (const part of ["Packing slip", `Number ${second}`, "Kari", "0150 Oslo", "Sweet corn", "Wild rice"])
    expect(words).toContain(part);
  expect(words).not.toMatch(/kr|\d\.\d\d/);
  expect(words).not.toContain("Print the packing slip");
});

test("on a phone, in Spanish, nothing is wider than the screen", async () => {
  const page = await desk.page({ locale: "es-ES", viewport: { width: 390, height: 844 } });
  for (const [path, words] of [
    ["/shipments", "Envíos"],
    [`/shipments/${first}`, `Envío n.º ${first}`],
  ] as const) {
    await open(page, path);
    await page.getByRole("heading", { name: words }).waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    expect(await axeFindings(page)).toEqual([]);
  }
  await open(page, "/shipments/999999");
  await page.getByRole("heading", { name: "Página no encontrada" }).waitFor();
});
