// Tax rates, the class of a product and the treatment of a customer, through to the order and its paper. That the API
// computes the same on both engines is shown by api/src/orders/taxes.test.ts.
import { afterAll, beforeAll, expect, test } from "bun:test";
import { axeFindings, type Desk, startDesk } from "./browser.ts";
import { api, orderOf } from "./order-desk.ts";

let desk: Desk;
beforeAll(async () => {
  desk = await startDesk();
}, 240_000);
afterAll(() => desk?.stop());

test("a tax rate is made, products get its class, and an order is taxed by them", async () => {
  const page = await desk.page();
  for (const [name, from, rate] of [
    ["Standard", "2020-01-01", "25"],
    ["Reduced", "2020-01-01", "7.5"],
  ] as const) {
    await page.goto("/tax_rates/new");
    await page.getByLabel("Tax class").fill(name);
    await page.getByLabel("Valid from").fill(from);
    await page.getByLabel("Tax rate %").fill(rate);
    await page.keyboard.press("Control+Enter");
    await page.getByText(`${name} created`).waitFor();
  }
  await page.goto("/tax_rates");
  await page.getByText("7.5 %").waitFor();
  expect(await axeFindings(page)).toEqual([]);
  const products = ["Oolong", "Rye"].map((product_name) => ({ product_name, list_price: "33.335" }));
  for (const [at, product] of products.entries()) {
    const { id } = await api<{ id: number }>(desk, "/api/products", {
      method: "POST",
      body: JSON.stringify(product),
    });
    await page.goto(`/products/${id}/edit`);
    await page.getByLabel("Tax class").selectOption(at === 0 ? "Standard" : "Reduced");
    await page.keyboard.press("Control+Enter");
    await page.getByText(/saved/).first().waitFor();
  }
  await page.goto("/orders/new");
  await page.getByRole("combobox", { name: "Customer" }).fill("thistle");
  await page.getByRole("option", { name: /Thistle/ }).click();
  await page.getByRole("combobox", { name: "Product" }).fill("oolong");
  await page.getByRole("option", { name: /^Oolong/ }).click();
  await page.getByRole("button", { name: "Add line" }).click();
  await page.getByRole("combobox", { name: "Product" }).last().fill("rye");
  await page.getByRole("option", { name: /^Rye/ }).click();
  expect(await page.getByLabel("Tax status").inputValue()).toBe("1");
  await page.getByText("Taxes (25 %)").waitFor();
  await page.getByText("Taxes (7.5 %)").waitFor();
  const shown = await page.getByTestId("order-total").innerText();
  await page.keyboard.press("Control+Enter");
  await page.waitForURL(/\/orders\/\d+$/);
  const order = await orderOf(desk, Number(page.url().split("/").at(-1)));
  // 33.34 x 0.25 = 8.34 (8.335); 33.34 x 0.075 = 2.50
  expect([order.taxes, order.order_total]).toEqual(["10.8400", "77.5200"]);
  expect(shown).toContain("77.52");
  await page.getByText("Taxes (7.5 %)").first().waitFor();
  await page.emulateMedia({ media: "print" });
  expect(await page.locator("article").innerText()).toMatch(
    /Taxes \(25 %\)[\s\S]*8\.34[\s\S]*Taxes \(7\.5 %\)[\s\S]*2\.50/,
  );
});

test("paper names the seller, and how to pay", async () => {
  const seller = { address: "Havnegade 1", zip_postal_code: "8000", city: "Aarhus", iban: "DK5000400440116243" };
  await api(desk, "/api/company", { method: "PUT", body: JSON.stringify({ ...seller, terms: "Goods stay ours." }) });
  const page = await desk.page();
  const [{ id } = { id: 0 }] = await api<readonly { id: number }[]>(desk, "/api/orders?limit=1");
  await page.goto(`/orders/${id}`);
  await page.emulateMedia({ media: "print" });
  const paper = await page.locator("article").innerText();
  expect(paper).toContain("Havnegade 1\n8000 Aarhus");
  expect(paper).toMatch(/Payable within \d+ days to IBAN DK5000400440116243\s+Goods stay ours\./);
});

test("a customer of reverse charge pays no taxes, and the order says why", async () => {
  const page = await desk.page();
  await page.goto("/customers/new");
  await page.getByLabel("Company").fill("Rhein Tee");
  await page.getByLabel("Taxed as").selectOption("Reverse charge within the EU");
  await page.keyboard.press("Control+Enter");
  await page.getByText("Is needed for reverse charge: the invoice must name it.").first().waitFor();
  await page.getByLabel("VAT number").fill("DE 136 695 976");
  await page.keyboard.press("Control+Enter");
  await page.getByText("Rhein Tee created").waitFor();
  await page.getByText("Reverse charge within the EU").waitFor();
  await page.goto("/orders/new");
  await page.getByRole("combobox", { name: "Customer" }).fill("rhein");
  await page.getByRole("option", { name: /Rhein/ }).click();
  expect(await page.getByLabel("Tax status").inputValue()).toBe("0");
  await page.getByRole("combobox", { name: "Product" }).fill("oolong");
  await page.getByRole("option", { name: /^Oolong/ }).click();
  await page.keyboard.press("Control+Enter");
  await page.waitForURL(/\/orders\/\d+$/);
  const order = await orderOf(desk, Number(page.url().split("/").at(-1)));
  expect([order.taxes, order.order_total]).toEqual(["0.0000", "33.3400"]);
  await page.getByText("Reverse charge: the customer DE136695976 owes the tax.").first().waitFor();
});
