// Input of a user who does not know the order desk: each mistake is shown at its field, and nothing wrong is stored.
import { afterAll, beforeAll, expect, test } from "bun:test";
import type { Page } from "playwright-core";
import { alive, axeFindings, type Desk, startDesk } from "./browser.ts";

let desk: Desk;
beforeAll(async () => {
  desk = await startDesk();
}, 240_000);
afterAll(() => desk?.stop());

async function newOrder(locale = "en-US"): Promise<Page> {
  const page = await desk.page({ locale });
  await page.goto("/orders/new");
  await alive(page);
  return page;
}

/** The same with a customer. */
async function withCustomer(locale?: string): Promise<Page> {
  const page = await newOrder(locale);
  await page.locator("#order-customer_id").fill("thistle");
  await page.getByRole("option", { name: /Thistle/ }).click();
  return page;
}

async function newest(): Promise<number> {
  const { data }: { data: readonly { id: number }[] } = await (
    await fetch(`${desk.apiUrl}/api/orders?sort=-id&limit=1`)
  ).json();
  return data[0]?.id ?? 0;
}

test("a date that does not exist is refused, not stored as another one", async () => {
  const before = await newest();
  const page = await newOrder();
  await page.getByRole("combobox", { name: "Customer" }).fill("thistle");
  await page.getByRole("option", { name: /Thistle/ }).click();
  await page.getByLabel("Ordered on").focus();
  await page.keyboard.type("02302026");
  await page.keyboard.press("Control+Enter");
  await page.getByRole("alert").filter({ hasText: "Ordered on: Must be a valid date" }).waitFor();
  expect(await newest()).toBe(before);
  await page.getByLabel("Ordered on").fill("2026-02-28");
  await page.keyboard.press("Control+Enter");
  await page.waitForURL(/\/orders\/\d+$/);
  expect(await newest()).toBe(before + 1);
  await page.context().close();
});

test("a date typed into an empty field that is no date is a fault, and nothing once it is cleared", async () => {
  const before = await newest();
  const page = await withCustomer();
  await page.getByLabel("Paid on").focus();
  await page.keyboard.type("0231");
  await page.keyboard.press("Control+Enter");
  await page.getByRole("alert").filter({ hasText: "Paid on: Must be a valid date" }).waitFor();
  expect(await page.evaluate(() => document.activeElement?.id)).toBe("order-paid_date");
  expect(await newest()).toBe(before);
  for (let part = 0; part < 3; part += 1) {
    await page.keyboard.press("Backspace");
    await page.keyboard.press("ArrowLeft");
  }
  await page.keyboard.press("Control+Enter");
  await page.waitForURL(/\/orders\/\d+$/);
  expect(await newest()).toBe(before + 1);
  await page.context().close();
});

const product = (page: Page) => page.getByRole("combobox", { name: "Product" });

test("a product that does not exist stays as typed, and its order is not saved without it", async () => {
  const before = await newest();
  const page = await withCustomer();
  await product(page).fill("no such product");
  await page.getByText("Nothing found").waitFor();
  await page.keyboard.press("Control+Enter");
  const summary = page.getByRole("alert").filter({ hasText: "“no such product” is not in the list" });
  await summary.getByRole("link", { name: /Product 1/ }).waitFor();
  expect(await page.evaluate(() => document.activeElement?.getAttribute("role"))).toBe("combobox");
  expect(await product(page).inputValue()).toBe("no such product");
  expect(await product(page).getAttribute("aria-invalid")).toBe("true");
  expect(await axeFindings(page)).toEqual([]);
  expect(await newest()).toBe(before);
  await product(page).fill("oatcakes");
  await page.getByRole("option", { name: /Oatcakes/ }).click();
  await page.keyboard.press("Control+Enter");
  await page.waitForURL(/\/orders\/\d+$/);
  await page.context().close();
});

test("nor after a search that failed without a network, in Spanish", async () => {
  const before = await newest();
  const page = await withCustomer("es");
  await page.context().setOffline(true);
  await page.getByRole("combobox", { name: "Producto" }).fill("oatcakes");
  await page.keyboard.press("Tab");
  await page.getByText("No se pudo buscar «oatcakes»").waitFor();
  await page.context().setOffline(false);
  await page.keyboard.press("Control+Enter");
  await page.getByRole("alert").filter({ hasText: "«oatcakes» no está en la lista" }).waitFor();
  expect(await newest()).toBe(before);
  await page.context().close();
});

test("a product whose search is still running when it is saved is in the order", async () => {
  const page = await withCustomer();
  const asked = Promise.withResolvers<void>();
  const answered = Promise.withResolvers<void>();
  await page.route("**/api/products?*oatcakes*", async (route) => {
    asked.resolve();
    await answered.promise;
    await route.continue();
  });
  await product(page).fill("oatcakes");
  await asked.promise;
  await page.keyboard.press("Control+Enter");
  answered.resolve();
  await page.waitForURL(/\/orders\/\d+$/);
  await page.getByRole("link", { name: "Highmoor Oatcakes" }).waitFor();
  await page.context().close();
});

test("a name that matches nobody stays at its field, until it is chosen or cleared", async () => {
  const page = await newOrder();
  const customer = page.getByRole("combobox", { name: "Customer" });
  await customer.fill("nobody is called that");
  await page.keyboard.press("Tab");
  await page.getByText("“nobody is called that” is not in the list").waitFor();
  expect(await customer.inputValue()).toBe("nobody is called that");
  await customer.fill("");
  await page.keyboard.press("Tab");
  await page.getByText("is not in the list").waitFor({ state: "detached" });
  await page.context().close();
});

test("a supplier that does not exist keeps the product from being saved", async () => {
  const page = await desk.page();
  await page.goto("/products/new");
  await alive(page);
  await page.getByLabel("Product name").fill("Tea of the south");
  await page.getByLabel("List price").fill("3");
  await page.getByRole("combobox", { name: "Suppliers" }).fill("no such supplier");
  await page.keyboard.press("Control+Enter");
  await page.getByRole("alert").filter({ hasText: "Suppliers: “no such supplier” is not in the list" }).waitFor();
  expect(await page.evaluate(() => document.activeElement?.id)).toBe("resource-supplier_ids");
  expect(page.url()).toEndWith("/products/new");
  await page.context().close();
});

test("filters say what they cannot find or read, and do not filter by it", async () => {
  const page = await desk.page();
  await page.goto("/orders");
  await alive(page);
  await page.getByRole("combobox", { name: "Customer" }).fill("nobody is called that");
  await page.keyboard.press("Tab");
  await page.getByText("“nobody is called that” is not in the list").waitFor();
  await page.getByLabel("Ordered from").focus();
  await page.keyboard.type("0231");
  await page.getByLabel("until").focus();
  await page.getByText("Must be a valid date").waitFor();
  expect(page.url()).toEndWith("/orders");
  expect(await axeFindings(page)).toEqual([]);
  await page.context().close();
});

test.each(["Ordered from", "until"])(
  "a day that no month has is told at the filter %s by Enter as well",
  async (label) => {
    const page = await desk.page();
    await page.goto("/orders");
    await alive(page);
    await page.getByLabel(label).focus();
    await page.keyboard.type("02312026");
    await page.keyboard.press("Enter");
    await page.getByText("Must be a valid date").waitFor();
    expect(page.url()).toEndWith("/orders");
    await page.context().close();
  },
);

test("what the list of orders cannot read in its address is dropped from it, and the rest is shown", async () => {
  const page = await desk.page();
  const shown = "/orders?status_id=3&sort=id";
  const unreal = ["customer_id=999999999", "order_date_from=2026-02-31", "q=%07"];
  for (const wrong of [...unreal, "paid=maybe", "cursor=x", "page=2"]) {
    await page.goto(`${shown}&${wrong}`);
    await page.waitForURL((url) => url.pathname + url.search === shown);
    await page.getByRole("row").getByText("Closed").first().waitFor();
  }
  await page.context().close();
});

test("what is allowed but rarely meant is a warning at its field, and is saved", async () => {
  const page = await withCustomer();
  await page.getByLabel("Ordered on").fill("2999-12-31");
  await page.getByText("This day is in the future.").waitFor();
  await page.getByLabel("Paid on").fill("2999-12-30");
  await page.getByText("Before the order date.").waitFor();
  for (const row of [0, 1]) {
    await product(page).nth(row).fill("oatcakes");
    await page.getByRole("option", { name: /Oatcakes/ }).click();
    if (row === 0) await page.getByRole("button", { name: "Add line" }).click();
  }
  await page.getByText("This product is already line 1.").waitFor();
  await page.getByLabel("Quantity").nth(1).fill("0");
  await page.getByText("The quantity is 0.").waitFor();
  await page.getByLabel("Unit price").first().fill("0.01");
  await page.getByText(/^Below the cost of \d/).waitFor();
  await page.getByLabel("Shipping fee").fill("12.345");
  await page.getByText("Stored as typed, but the total counts 12.35.").waitFor();
  await page.getByLabel("Shipping fee").fill("12.340");
  await page.getByText("Stored as typed").waitFor({ state: "hidden" });
  await page.getByLabel("Taxes").fill("0.0049");
  await page.getByText("Stored as typed, but the total counts 0.00.").waitFor();
  expect(await axeFindings(page)).toEqual([]);
  await page.keyboard.press("Control+Enter");
  await page.waitForURL(/\/orders\/\d+$/);
  await page.context().close();
});

test("whether a day is in the future is asked of the company's calendar, not of the browser's", async () => {
  // Where it is always the day after the browser's.
  const [zone, timezoneId] = ["Pacific/Kiritimati", "Etc/GMT+12"];
  const setZone = async (time_zone: string) => {
    const init = { method: "PUT", headers: { "content-type": "application/json" } };
    await fetch(`${desk.url}/api/company`, { ...init, body: JSON.stringify({ time_zone }) });
  };
  const { data }: { data: { time_zone: string } } = await (await fetch(`${desk.apiUrl}/api/company`)).json();
  await setZone(zone);
  try {
    const page = await desk.page({ timezoneId });
    await page.goto("/orders/new");
    await alive(page);
    const ordered = page.getByLabel("Ordered on");
    const today = await ordered.inputValue();
    await ordered.fill("2999-12-31");
    await page.getByText("This day is in the future.").waitFor();
    await ordered.fill(today);
    await page.getByText("This day is in the future.").waitFor({ state: "hidden", timeout: 5000 });
    await page.context().close();
  } finally {
    await setZone(data.time_zone);
  }
});
