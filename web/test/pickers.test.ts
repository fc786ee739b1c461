// The fields that choose by part of a name, in a real browser: what Enter takes, and what they say when nothing is found.
import { afterAll, afterEach, beforeAll, describe, expect, test } from "bun:test";
import type { Page } from "playwright-core";
import { alive, type Desk, startDesk } from "./browser.ts";
import { anOrder, api, newOrder, ordersWith, save, unstocked } from "./order-desk.ts";

let desk: Desk;
beforeAll(async () => {
  desk = await startDesk();
}, 240_000);
afterAll(() => desk?.stop());
afterEach(() => desk.closePages());

async function opened(path: string): Promise<Page> {
  const page = await desk.page();
  await page.goto(path);
  await alive(page);
  return page;
}

const focused = (page: Page) => page.evaluate(() => document.activeElement?.id);

const offered = (page: Page) => page.locator("div[role=option]:visible");

describe("an emptied field", () => {
  test.each([
    ["/orders/new", "Customer"],
    ["/orders/new", "Employee"],
    ["/orders/new", "Shipper"],
    ["/orders/new", "Product"],
    ["/products/new", "Suppliers"],
    ["/orders", "Customer"],
  ])("on %s, %s: Enter chooses nothing, the arrows choose", async (path, name) => {
    const page = await opened(path);
    const field = page.getByRole("combobox", { name });
    await field.fill("nosuch");
    await page.getByRole("option", { name: "Nothing found" }).waitFor();
    await field.fill("");
    await offered(page).nth(1).waitFor();
    expect(await page.locator("div[role=option][aria-selected=true]:visible").count()).toBe(0);
    await field.press("Enter");
    expect(await field.inputValue()).toBe("");
    expect(await offered(page).count()).toBe(0);
    if (name === "Product") expect(await focused(page)).toBe("order-save");
    if (name === "Suppliers") expect(await page.getByRole("button", { name: /^Remove/ }).count()).toBe(0);
    await field.press("ArrowDown");
    await page.locator("div[role=option][aria-selected=true]:visible").waitFor();
    await field.press("Enter");
    if (name === "Suppliers") await page.getByRole("button", { name: /^Remove/ }).waitFor();
    else while ((await field.inputValue()) === "") await Bun.sleep(50);
  });

  test("is saved as empty by Ctrl+Enter", async () => {
    const page = await desk.page();
    await newOrder(page);
    const notes = "Without its customer";
    await page.getByLabel("Notes").fill(notes);
    await page.getByRole("combobox", { name: "Customer" }).fill("");
    await save(page);
    await page.getByRole("link", { name: /^Customer: Required/ }).waitFor();
    expect(await ordersWith(desk, notes)).toEqual([]);
  });
});

describe("typed on while the answer to Enter is awaited", () => {
  async function slowly(typed: string) {
    const page = await opened("/orders/new");
    await page.route("**/api/products?**", async (route) => {
      await Bun.sleep(400);
      await route.continue();
    });
    const field = page.getByRole("combobox", { name: "Product" });
    await field.focus();
    await page.keyboard.type(typed);
    await page.keyboard.press("Enter");
    return { page, field };
  }

  test("the quantity and the next product go to their fields", async () => {
    const { page, field } = await slowly("oatcakes");
    await page.keyboard.type("12");
    await page.keyboard.press("Enter");
    await page.keyboard.type("honey");
    await field.nth(1).waitFor();
    while ((await field.nth(1).inputValue()) !== "honey") await Bun.sleep(50);
    expect(await field.first().inputValue()).toBe("Highmoor Oatcakes");
    expect(await page.getByRole("textbox", { name: "Quantity" }).first().inputValue()).toBe("12");
  });

  test("where nothing is found they stay in the field, and so do those after a Backspace", async () => {
    const { page, field } = await slowly("nosuch");
    await page.keyboard.type("12");
    await page.getByRole("option", { name: "Nothing found" }).waitFor();
    while ((await field.inputValue()) !== "nosuch12") await Bun.sleep(50);
    await page.keyboard.press("Enter");
    await page.keyboard.type("34");
    await page.keyboard.press("Backspace");
    await page.keyboard.type("5");
    while ((await field.inputValue()) !== "nosuch1235") await Bun.sleep(50);
  });
});

describe("without a network", () => {
  test("a picker says that it could not search, and so does Save", async () => {
    const page = await opened("/orders/new");
    await page.context().setOffline(true);
    const field = page.getByRole("combobox", { name: "Product" });
    await field.fill("oatcakes");
    await page.getByRole("option", { name: /search could not be done/i }).waitFor();
    await save(page);
    await page
      .getByText(/“oatcakes” could not be looked up/)
      .first()
      .waitFor();
    await page.context().setOffline(false);
    await field.fill("oatcakes ");
    await page.getByRole("option", { name: /^Highmoor Oatcakes/ }).waitFor();
  });

  test("what could not be saved is not said to be out of reach once the server is back", async () => {
    const page = await desk.page();
    await newOrder(page);
    await page.context().setOffline(true);
    await save(page);
    await page.getByText("Not saved: the server cannot be reached").waitFor();
    await page.context().setOffline(false);
    await page.getByText("The server is back, but this is still not saved.").waitFor();
    expect(await page.getByText("Not saved: the server cannot be reached").count()).toBe(0);
    await page.getByRole("button", { name: "Try again" }).click();
    await page.getByText(/Order #\d+ created/).waitFor();
  });
});

test("N on a customer's page is an order of this customer, and another one's draft is only offered", async () => {
  const page = await desk.page();
  await newOrder(page);
  await page.goto("/customers/4");
  await alive(page);
  await page.keyboard.press("n");
  await page.waitForURL(/\/orders\/new\?customer=4$/);
  await page.getByText(/There is an unsaved draft .*Thistle/).waitFor();
  expect(await page.getByRole("combobox", { name: "Customer" }).inputValue()).toBe("Købmand Sørensen & Datter");
});

test("a copy marks a discontinued product at its line at once", async () => {
  const id = await anOrder(desk);
  const product = `/api/products/${await unstocked(desk, 1)}`;
  await api(desk, product, { method: "PUT", body: JSON.stringify({ discontinued: true }) });
  const page = await opened(`/orders/new?copy=${id}`);
  await page.getByRole("listitem", { name: "Line 1" }).getByText("is discontinued").waitFor();
  expect(await page.getByText("is discontinued").count()).toBe(1);
  await api(desk, product, { method: "PUT", body: JSON.stringify({ discontinued: false }) });
});
