// The fields that say how a product is stocked and how orders are shipped: of a product, a customer and the company.
import { afterAll, beforeAll, expect, test } from "bun:test";
import type { Page } from "playwright-core";
import { axeFindings, type Desk, startDesk } from "./browser.ts";
import { api, save } from "./order-desk.ts";

let desk: Desk;
beforeAll(async () => {
  desk = await startDesk();
}, 240_000);
afterAll(() => desk?.stop());

/** The number of what a page shows. */
function idIn(page: Page): number {
  return Number(page.url().split("/").at(-1));
}

test("a product keeps stock, is sold in fractions and has its place in the warehouse", async () => {
  const page = await desk.page();
  await page.goto("/products/new");
  await page.getByLabel("Product name").fill("Comté");
  await page.getByLabel("List price").fill("24");
  await page.getByLabel("Keep stock").check();
  await page.getByLabel("Sold in fractions").check();
  await page.getByLabel("Location in the warehouse").fill("C-04");
  await page.getByLabel("Reorder level").fill("8");
  expect(await axeFindings(page)).toEqual([]);
  await save(page);
  await page.waitForURL(/\/products\/\d+$/);
  await page.getByText("C-04").waitFor();
  expect(await api<object>(desk, `/api/products/${idIn(page)}`)).toMatchObject({
    ...{ stocked: true, sold_in_fractions: true, location: "C-04", reorder_level: 8 },
  });
  await page.goto(`/products/${idIn(page)}/edit`);
  expect(await page.getByLabel("Keep stock").isChecked()).toBe(true);
  await page.getByLabel("Sold in fractions").uncheck();
  await save(page);
  await page.waitForURL(/\/products\/\d+$/);
  expect(await api<object>(desk, `/api/products/${idIn(page)}`)).toMatchObject({
    ...{ stocked: true, sold_in_fractions: false, location: "C-04" },
  });
});

test("a customer is shipped to as the company does, until it has a policy of its own", async () => {
  const page = await desk.page();
  await page.goto("/customers/new");
  await page.getByLabel("Company", { exact: true }).fill("Bodega Sol");
  await save(page);
  await page.waitForURL(/\/customers\/\d+$/);
  await page.getByText("As the company does").waitFor();
  const id = idIn(page);
  const policy = async () => (await api<{ shipping_policy: unknown }>(desk, `/api/customers/${id}`)).shipping_policy;
  expect(await policy()).toBe(null);
  for (const [words, stored] of [
    ["Ship only complete", "complete"],
    ["As the company does", null],
    ["Ask: hold nothing until somebody decides", "ask"],
  ] as const) {
    await page.goto(`/customers/${id}/edit`);
    await page.getByLabel("If not all of it is there").selectOption(words);
    await save(page);
    await page.waitForURL(/\/customers\/\d+$/);
    await page.getByText(words).waitFor();
    expect(await policy()).toBe(stored);
  }
  expect(await axeFindings(page)).toEqual([]);
});

test("the company ships, invoices and receives by its own rules, also in Spanish", async () => {
  const page = await desk.page({ locale: "es-ES", viewport: { width: 390, height: 844 } });
  await page.goto("/company");
  await page.getByLabel("Si no está todo").selectOption("Enviar solo completo");
  await page.getByLabel("Facturar los pedidos").selectOption("Con el envío");
  const tolerance = page.getByLabel("Aceptar más de lo pedido, hasta %");
  await tolerance.fill("120");
  await save(page);
  await page.getByRole("alert").first().waitFor();
  await tolerance.fill("2,5");
  expect(await axeFindings(page)).toEqual([]);
  await save(page);
  await page.getByText("Empresa: guardado").waitFor();
  expect(await api<object>(desk, "/api/company")).toMatchObject({
    ...{ shipping_policy: "complete", invoicing_policy: "on-shipment", over_receipt_tolerance: "0.0250" },
  });
  await page.reload();
  expect(await tolerance.inputValue()).toBe("2,5");
});
