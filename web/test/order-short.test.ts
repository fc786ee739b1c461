// What is available, while an order is typed: in the list of products, and at a line that will be short.
import { afterAll, afterEach, beforeAll, expect, test } from "bun:test";
import { alive, axeFindings, type Desk, startDesk } from "./browser.ts";
import { api, editOrder } from "./order-desk.ts";
import { adjustStock, stockedProduct } from "./stocked-product.ts";

let desk: Desk;
beforeAll(async () => {
  desk = await startDesk();
}, 240_000);
afterAll(() => desk?.stop());
afterEach(() => desk.closePages());

const short = (available: number, missing: number) => `${available} available, ${missing} missing.`;

test("the list of products says what is available of each, and a line at once what will be missing", async () => {
  await stockedProduct(desk, "Quinoa white", 7);
  await stockedProduct(desk, "Quinoa red", 0);
  const fractions = await stockedProduct(desk, "Quinoa loose", 0, { sold_in_fractions: true });
  await adjustStock(desk, fractions, "1234567890.0004");
  const free = JSON.stringify({ product_name: "Quinoa advice", list_price: "9" });
  await api(desk, "/api/products", { method: "POST", body: free });
  const page = await desk.page();
  await page.goto("/orders/new");
  await alive(page);
  const field = page.getByRole("combobox", { name: "Product" });
  await field.fill("quinoa");
  const option = (name: string) => page.getByRole("option", { name: new RegExp(`^${name}`) });
  await option("Quinoa white").waitFor();
  expect(await option("Quinoa white").innerText()).toContain("7 available");
  expect(await option("Quinoa red").innerText()).toContain("0 available");
  // Exact to the last of its four places.
  expect(await option("Quinoa loose").innerText()).toContain("1,234,567,890.0004 available");
  expect(await option("Quinoa advice").innerText()).not.toContain("available");
  expect(await axeFindings(page)).toEqual([]);
  await option("Quinoa white").click();
  const quantity = page.getByLabel("Quantity").first();
  await quantity.fill("9");
  await page.getByText(short(7, 2)).waitFor();
  // It belongs to the field, so that it is read with it.
  const about = await quantity.getAttribute("aria-describedby");
  expect(await page.locator(`#${about?.replaceAll(".", "\\.")}`).innerText()).toBe(short(7, 2));
  expect(await axeFindings(page)).toEqual([]);
  await quantity.fill("7");
  await page.getByText(short(7, 2)).waitFor({ state: "detached" });
  await quantity.press("Enter");
  await field.last().fill("quinoa w");
  await option("Quinoa white").click();
  await page.getByLabel("Quantity").last().fill("1");
  await page.getByText(short(0, 1)).waitFor();
});

test("a stored line counts what it holds as its own, in Spanish as well and on a phone", async () => {
  const product_id = await stockedProduct(desk, "Chickpeas", 6);
  const body = JSON.stringify({ customer_id: 4, order_details: [{ product_id, quantity: 4 }] });
  const { id } = await api<{ id: number }>(desk, "/api/orders", { method: "POST", body });
  const page = await editOrder(await desk.page({ locale: "es-ES", viewport: { width: 390, height: 844 } }), id);
  const quantity = page.getByLabel("Cantidad").first();
  await quantity.fill("8");
  await page.getByText("2 disponibles, faltan 2.").waitFor();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  await quantity.fill("6");
  await page.getByText("2 disponibles, faltan 2.").waitFor({ state: "detached" });
});
