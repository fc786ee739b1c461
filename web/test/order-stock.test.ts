// What an order holds of the stock, on its page and in its form.
import { afterAll, afterEach, beforeAll, expect, test } from "bun:test";
import type { Page } from "playwright-core";
import { alive, axeFindings, type Desk, startDesk } from "./browser.ts";
import { api, change, editOrder, save } from "./order-desk.ts";
import { stockedProduct } from "./stocked-product.ts";

let desk: Desk;
beforeAll(async () => {
  desk = await startDesk();
}, 240_000);
afterAll(() => desk?.stop());
afterEach(() => desk.closePages());

interface StoredDetail {
  readonly id: number;
  readonly quantity: string;
  readonly allocated: string;
  readonly shipped: string;
}

async function detailsOf(id: number): Promise<readonly StoredDetail[]> {
  const path = `/api/orders/${id}?include=details`;
  return (await api<{ readonly order_details: readonly StoredDetail[] }>(desk, path)).order_details;
}

/** An order of one line, ready to be invoiced and shipped. */
async function orderOf(product_id: number, quantity: number): Promise<number> {
  const town = { ship_city: "Oslo", ship_zip_postal_code: "0150", ship_country_region: "Norway" };
  const address = { ship_name: "Kari", ship_address: "Gate 1", ...town };
  const order = { customer_id: 4, employee_id: 3, shipper_id: 1, ...address };
  const body = JSON.stringify({ ...order, order_details: [{ product_id, quantity }] });
  return (await api<{ id: number }>(desk, "/api/orders", { method: "POST", body })).id;
}

async function badges(page: Page, name: string): Promise<string> {
  const line = page.getByRole("row").filter({ has: page.getByRole("link", { name }) });
  return (await line.getByRole("cell").first().innerText()).replace(/\s+/g, " ");
}

test("a line says what is allocated and what is short, and is changed although goods are held for it", async () => {
  const product = await stockedProduct(desk, "Sage honey", 5);
  const id = await orderOf(product, 8);
  const page = await desk.page();
  await page.goto(`/orders/${id}`);
  expect(await badges(page, "Sage honey")).toContain("Allocated 5 No stock 3");
  expect(await axeFindings(page)).toEqual([]);
  await editOrder(page, id);
  await page.getByText("Allocated 5").waitFor();
  expect(await axeFindings(page)).toEqual([]);
  await page.getByLabel("Quantity").first().fill("4");
  await save(page);
  await page.waitForURL(/\/orders\/\d+$/);
  await page.getByText("Allocated", { exact: true }).waitFor();
  expect(await badges(page, "Sage honey")).not.toContain("No stock");
  expect(await detailsOf(id)).toMatchObject([{ quantity: "4.0000", allocated: "4.0000" }]);
});

test("a line with held goods gets another product, and is removed", async () => {
  const mead = await stockedProduct(desk, "Mead", 5);
  await stockedProduct(desk, "Beeswax", 1);
  const id = await orderOf(mead, 3);
  const page = await editOrder(await desk.page(), id);
  const field = page.getByRole("combobox", { name: "Product" });
  await field.fill("beeswax");
  await page.getByRole("option", { name: /^Beeswax/ }).click();
  await save(page);
  await page.waitForURL(/\/orders\/\d+$/);
  expect(await badges(page, "Beeswax")).toContain("Allocated 1 No stock 2");
  await orderOf(mead, 5);
  await editOrder(page, id);
  await field.fill("mead");
  await page.getByRole("option", { name: /^Mead/ }).click();
  await page.getByRole("button", { name: /Add line/ }).click();
  await field.last().fill("beeswax");
  await page.getByRole("option", { name: /^Beeswax/ }).click();
  await page.getByRole("button", { name: /Remove line 1/ }).click();
  await save(page);
  await page.waitForURL(/\/orders\/\d+$/);
  expect(await badges(page, "Beeswax")).toContain("Allocated");
  expect(await detailsOf(id)).toMatchObject([{ quantity: "1.0000", allocated: "1.0000" }]);
});

test("what is shipped says so, also on a phone and in Spanish; a product without stock says nothing before", async () => {
  const id = await orderOf(await stockedProduct(desk, "Pollen", 2), 2);
  const phone = await desk.page({ locale: "es-ES", viewport: { width: 390, height: 844 } });
  await phone.goto(`/orders/${id}`);
  await alive(phone);
  await phone.getByText("Asignado", { exact: true }).waitFor();
  for (const status_id of [1, 2]) await change(desk, id, { status_id });
  await phone.reload();
  expect(await badges(phone, "Pollen")).toContain("Enviado");
  expect(await axeFindings(phone)).toEqual([]);
  const free = await api<{ id: number }>(desk, "/api/products", {
    ...{ method: "POST", body: JSON.stringify({ product_name: "Advice", list_price: "90" }) },
  });
  const page = await desk.page();
  await page.goto(`/orders/${await orderOf(free.id, 1)}`);
  expect(await badges(page, "Advice")).not.toMatch(/Allocated|No stock|Open|Shipped/);
});

test("a line that is invoiced in part keeps its product, price and discount, says so, and takes another quantity", async () => {
  await setCompany({ invoicing_policy: "on-shipment" });
  const id = await orderOf(await stockedProduct(desk, "Propolis", 5), 5);
  const [line] = await detailsOf(id);
  const part = { order_details: [{ id: line?.id, quantity: 2 }] };
  await api(desk, `/api/orders/${id}/ship`, { method: "POST", body: JSON.stringify(part) });
  const page = await editOrder(await desk.page(), id);
  const reason = "Some of this line is invoiced: it stays, with its product, price and discount.";
  await page.getByText(reason).waitFor();
  for (const name of ["Product", "Unit price", "Discount"]) {
    const field = page.getByRole("textbox", { name });
    expect([name, await field.isEditable()]).toEqual([name, false]);
    const about = await field.getAttribute("aria-describedby");
    expect(await page.locator(`[id="${about}"]`).innerText()).toBe(reason);
  }
  expect(await page.getByRole("button", { name: /Remove line/ }).count()).toBe(0);
  expect(await axeFindings(page)).toEqual([]);
  await page.getByRole("textbox", { name: "Quantity" }).fill("4");
  await save(page);
  await page.waitForURL(/\/orders\/\d+$/);
  expect(await detailsOf(id)).toMatchObject([{ quantity: "4.0000", shipped: "2.0000", unit_price: "10.0000" }]);
  const phone = await desk.page({ locale: "es-ES", viewport: { width: 390, height: 844 } });
  await phone.goto(`/orders/${id}/edit`);
  await phone.getByText("Parte de esta línea está facturada: se queda, con su producto, precio y descuento.").waitFor();
  expect(await phone.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  await setCompany({ invoicing_policy: "before-shipment" });
});

async function setCompany(body: object): Promise<void> {
  await api(desk, "/api/company", { method: "PUT", body: JSON.stringify(body) });
}
