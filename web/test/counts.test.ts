// Counts of the stock: a sheet is made, filled in on a phone line by line, by several people at once, and approved.
import { afterAll, afterEach, beforeAll, expect, test } from "bun:test";
import type { Page } from "playwright-core";
import { alive, axeFindings, type Desk, startDesk } from "./browser.ts";
import { api } from "./order-desk.ts";
import { adjustStock, stockedProduct } from "./stocked-product.ts";

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

interface Stored {
  readonly id: number;
  readonly status: string;
  readonly stock_count_details: readonly { readonly product_id: number; readonly counted: string | null }[];
}

async function sheetOf(...product_ids: readonly number[]): Promise<number> {
  const body = JSON.stringify({ reason: "Yearly count", product_ids });
  return (await api<Stored>(desk, "/api/stock_counts", { method: "POST", body })).id;
}

const stored = (id: number) => api<Stored>(desk, `/api/stock_counts/${id}`);
const onHand = async (id: number) => (await api<{ readonly on_hand: string }>(desk, `/api/stock/${id}`)).on_hand;

test("a sheet of a location is made by keys, filled in line by line, and approved", async () => {
  const screws = await stockedProduct(desk, "Brass screws", 9, { location: "W-1" });
  const nails = await stockedProduct(desk, "Iron nails", 4, { location: "W-2" });
  const page = await desk.page();
  await open(page, "/");
  await page.keyboard.press("g");
  await page.keyboard.press("n");
  await page.waitForURL(/\/counts$/);
  await page.getByText("There is no count yet").waitFor();
  await alive(page);
  expect(await axeFindings(page)).toEqual([]);
  await page.keyboard.press("c");
  await page.waitForURL(/\/counts\/new$/);
  await page.getByLabel("Location").waitFor();
  await alive(page);
  await page.getByRole("button", { name: "Make the sheet" }).click();
  await page.getByText("Required.").waitFor();
  expect(await axeFindings(page)).toEqual([]);
  await page.getByLabel("Reason").fill("Shelf W");
  await page.getByLabel("Location").fill("w-");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/counts\/\d+$/);
  await page.getByText("0 of 2 counted").waitFor();
  await alive(page);
  expect(await axeFindings(page)).toEqual([]);
  await page.getByLabel(/Brass screws/).focus();
  await page.keyboard.type("7");
  await page.keyboard.press("Enter");
  // Enter goes on to the next line, and the one before is saved.
  await page.keyboard.type("4");
  await page.keyboard.press("Enter");
  await page.getByText("2 of 2 counted").waitFor();
  await page.getByText("−2, expected 9").waitFor();
  await page.getByText("As expected").waitFor();
  await page.getByRole("button", { name: "Approve" }).click();
  await page.getByText(/Count #\d+ approved: the differences are booked/).waitFor();
  await page.getByText("Approved: A user at this desk").waitFor();
  expect(await page.getByLabel(/Brass screws/).count()).toBe(0);
  expect([await onHand(screws), await onHand(nails)]).toEqual(["7.0000", "4.0000"]);
  expect(await axeFindings(page)).toEqual([]);
});

test("two people fill in one sheet; only the same line is a conflict", async () => {
  const [red, blue] = [await stockedProduct(desk, "Red paint", 5), await stockedProduct(desk, "Blue paint", 5)];
  const id = await sheetOf(red, blue);
  const page = await desk.page(phone);
  await open(page, `/counts/${id}`);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  expect(await axeFindings(page)).toEqual([]);
  const count = async (product_id: number, counted: string) => {
    const body = JSON.stringify({ stock_count_details: [{ product_id, counted }] });
    await api(desk, `/api/stock_counts/${id}`, { method: "PUT", body });
  };
  await count(red, "3");
  await page.getByLabel(/Blue paint/).fill("6");
  await page.keyboard.press("Enter");
  await page.getByText("2 of 2 counted").waitFor();
  expect(await page.getByLabel(/Red paint/).inputValue()).toBe("3");
  await count(blue, "8");
  await page.getByLabel(/Blue paint/).fill("9");
  await page.getByLabel(/Red paint/).focus();
  await page.getByText("Somebody else has counted this line meanwhile", { exact: false }).waitFor();
  expect(await axeFindings(page)).toEqual([]);
  expect((await stored(id)).stock_count_details.map(({ counted }) => counted).toSorted()).toEqual(["3.0000", "8.0000"]);
  await page.getByLabel(/Blue paint/).fill("7");
  await page.keyboard.press("Enter");
  await page.getByText("+2, expected 5").waitFor();
  await page.getByLabel(/Red paint/).fill("some");
  await page.keyboard.press("Enter");
  await page.getByText("Must be a number", { exact: false }).waitFor();
});

test("what somebody else has counted meanwhile is seen before it is approved", async () => {
  const product = await stockedProduct(desk, "Sand paper", 5);
  const id = await sheetOf(product, await stockedProduct(desk, "Steel wool", 2));
  const page = await desk.page();
  await open(page, `/counts/${id}`);
  await page.getByLabel(/Steel wool/).fill("2");
  await page.keyboard.press("Enter");
  await page.getByText("As expected").waitFor();
  const body = JSON.stringify({ stock_count_details: [{ product_id: product, counted: "3" }] });
  await api(desk, `/api/stock_counts/${id}`, { method: "PUT", body });
  await page.getByRole("button", { name: "Approve" }).click();
  await page.getByText("Somebody else has changed the count meanwhile: look at it again.").waitFor();
  await page.getByText("−2, expected 5").waitFor();
  await page.getByRole("button", { name: "Approve" }).click();
  await page.getByText(`Count #${id} approved: the differences are booked`).waitFor();
  expect(await onHand(product)).toBe("3.0000");
});

test("what stands against approving is said, also in Spanish; a count is cancelled after a question", async () => {
  const product = await stockedProduct(desk, "Roof tar", 5);
  const id = await sheetOf(product);
  const body = JSON.stringify({ stock_count_details: [{ product_id: product, counted: "1" }] });
  await api(desk, `/api/stock_counts/${id}`, { method: "PUT", body });
  await adjustStock(desk, product, -4);
  const page = await desk.page({ ...phone, locale: "es-ES" });
  await open(page, `/counts/${id}`);
  await page.getByText("Aprobar aún no es posible:").waitFor();
  await page
    .getByText(/El recuento del producto \d+ queda 4 por debajo de lo esperado, pero ahora solo hay 1\./)
    .waitFor();
  expect(await axeFindings(page)).toEqual([]);
  await page.getByRole("button", { name: "Aprobar" }).tap();
  await page.getByLabel("Mensajes").getByRole("button").first().waitFor();
  expect((await stored(id)).status).toBe("open");
  await page.getByRole("button", { name: "Anular el recuento" }).tap();
  const dialog = page.getByRole("dialog", { name: "¿Anular este recuento?" });
  await dialog.waitFor();
  expect(await axeFindings(page)).toEqual([]);
  await dialog.getByRole("button", { name: "Anular el recuento" }).tap();
  await page.getByText(`Recuento n.º ${id} anulado`).waitFor();
  expect((await stored(id)).status).toBe("cancelled");
  await open(page, "/counts?status=cancelled");
  await page.getByRole("link", { name: `Recuento n.º ${id}` }).waitFor();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
});

test("products are chosen one by one; one that is being counted already is refused", async () => {
  const product = await stockedProduct(desk, "Door hinge", 2);
  await sheetOf(product);
  await stockedProduct(desk, "Door knob", 2);
  const page = await desk.page();
  await open(page, "/counts/new");
  await page.getByLabel("Reason").fill("Doors");
  const field = page.getByRole("combobox", { name: "Products" });
  for (const name of ["hinge", "knob"]) {
    await field.fill(name);
    await page.getByRole("option", { name: new RegExp(`^Door ${name}`) }).click();
  }
  await page.getByRole("button", { name: "Make the sheet" }).click();
  await page.locator("[aria-invalid=true]").waitFor();
  await page.getByRole("button", { name: "Remove Door hinge" }).click();
  await page.getByRole("button", { name: "Make the sheet" }).click();
  await page.waitForURL(/\/counts\/\d+$/);
  await page.getByText("0 of 1 counted").waitFor();
});
