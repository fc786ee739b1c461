import { afterAll, afterEach, beforeAll, describe, expect, test } from "bun:test";
import type { Page } from "playwright-core";
import { extractText } from "unpdf";
import { alive, type Desk, startDesk } from "./browser.ts";
import { orderThatHeldGoods, unstocked } from "./order-desk.ts";

let desk: Desk;
beforeAll(async () => {
  desk = await startDesk();
}, 240_000);
afterAll(() => desk?.stop());
afterEach(() => desk.closePages());

async function call(method: string, path: string, body?: object): Promise<Response> {
  const init = body === undefined ? {} : { body: JSON.stringify(body) };
  return fetch(desk.apiUrl + path, { method, headers: { "content-type": "application/json" }, ...init });
}

async function anOrder(more: object = {}): Promise<number> {
  const ship = {
    ship_name: "A",
    ship_address: "B 1",
    ship_city: "C",
    ship_zip_postal_code: "1",
    ship_country_region: "E",
  };
  const order_details = [{ product_id: await unstocked(desk, 1), quantity: 2, discount: "0.05" }];
  const given = { customer_id: 4, employee_id: 3, shipper_id: 1, ...ship, order_details, ...more };
  const { data }: { data: { id: number } } = await (await call("POST", "/api/orders", given)).json();
  return data.id;
}

async function statusOf(id: number): Promise<number | null> {
  const { data }: { data: { status_id: number } | null } = await (await call("GET", `/api/orders/${id}`)).json();
  return data?.status_id ?? null;
}

async function open(id: number): Promise<Page> {
  const page = await desk.page();
  await page.goto(`/orders/${id}`);
  await alive(page);
  return page;
}

const undo = (page: Page) => page.getByLabel("Messages").getByRole("button", { name: "Undo" });

test("the page shows names instead of ids, and what was changed", async () => {
  const id = await anOrder();
  await call("PUT", `/api/orders/${id}`, { notes: "Ring", shipper_id: 2 });
  const page = await open(id);
  await page.getByRole("link", { name: "Belcolle Espresso Scuro" }).waitFor();
  expect(await page.getByText("kr 155.80").first().isVisible()).toBe(true);
  const history = page.getByRole("heading", { name: "History" }).locator("xpath=ancestor::section");
  const words = await history.innerText();
  expect(words).toContain("Øresund Fragt");
  expect(words).toContain("Blue Heron Logistics");
  expect(words).toContain("Ring");
});

describe("a step forward", () => {
  test("shows at once, is undone by its key, and is not written", async () => {
    const id = await anOrder();
    const page = await open(id);
    await page.keyboard.press("i");
    await page.getByRole("listitem").filter({ hasText: "Invoiced" }).and(page.locator("[aria-current=step]")).waitFor();
    await undo(page).waitFor();
    await page.keyboard.press("Control+z");
    await page.getByText(/^Undone: Order #\d+ is as it was\.$/).waitFor();
    await page.getByRole("listitem").filter({ hasText: "New" }).and(page.locator("[aria-current=step]")).waitFor();
    expect(await statusOf(id)).toBe(0);
  });

  test("is written when the page is left", async () => {
    const id = await anOrder();
    const page = await open(id);
    await page.keyboard.press("i");
    await undo(page).waitFor();
    await page.goto("about:blank");
    const deadline = performance.now() + 15_000;
    while ((await statusOf(id)) !== 1 && performance.now() < deadline) await Bun.sleep(50);
    expect(await statusOf(id)).toBe(1);
  });

  test("shows everything that is missing at once", async () => {
    const page = await open(await anOrder({ employee_id: null, ship_city: null }));
    await page.getByText("Invoice is not possible yet:").waitFor();
    const steps = page.getByRole("region", { name: "Progress of the order" });
    await steps.getByRole("link", { name: "Employee" }).first().waitFor();
    await steps.getByText("It needs City. Set City of the order.").first().waitFor();
    await steps.getByRole("link", { name: "City" }).first().click();
    await page.waitForFunction(() => document.activeElement?.id === "order-ship_city");
  });
});

describe("deleting", () => {
  test("can be undone for a while, from the next page", async () => {
    const id = await anOrder();
    const page = await open(id);
    await page.getByRole("button", { name: "Delete" }).click();
    await page.getByText(`Order #${id} will be deleted`).waitFor();
    await undo(page).click();
    await page.waitForURL(new RegExp(`/orders/${id}$`));
    expect(await statusOf(id)).toBe(0);
  });

  test("hides it at once in every list, until it is undone", async () => {
    const id = await anOrder();
    const page = await desk.page();
    const line = page.getByRole("main").getByRole("link", { name: `#${id}`, exact: true });
    const lists = [
      ["/", "Newest orders"],
      ["/customers/4", "Newest orders"],
      ["/orders", "Orders"],
    ] as const;
    for (const [path] of lists) {
      await page.goto(path);
      await line.waitFor();
    }
    await line.click();
    await alive(page);
    await page.getByRole("button", { name: "Delete" }).click();
    await page.waitForURL(/\/orders$/);
    await page.getByRole("grid").getByRole("link", { name: /^#/ }).first().waitFor();
    expect(await line.count()).toBe(0);
    // By links of the page: a new page would carry the deletion out.
    await page.getByRole("link", { name: "Home" }).click();
    await page.getByRole("heading", { name: "Newest orders" }).waitFor();
    expect(await line.count()).toBe(0);
    await page.getByRole("link", { name: "Customers" }).click();
    await page.getByRole("link", { name: /Købmand/ }).click();
    await page.getByRole("heading", { name: "Newest orders" }).waitFor();
    expect(await line.count()).toBe(0);
    await page.keyboard.press("Control+z");
    await line.waitFor();
    expect(await statusOf(id)).toBe(0);
  });

  test("is carried out without Undo, and never shown again", async () => {
    const id = await anOrder();
    const page = await desk.page();
    await page.goto("/orders");
    const line = page.getByRole("grid").getByRole("link", { name: `#${id}`, exact: true });
    await line.click();
    await alive(page);
    await page.getByRole("button", { name: "Delete" }).click();
    await page.waitForURL(/\/orders$/);
    await page.getByRole("grid").getByRole("link", { name: /^#/ }).first().waitFor();
    // Watched in the page itself, so that not even a moment of it is missed.
    await page.evaluate((name) => {
      const watch = () => {
        const links = [...document.querySelectorAll("[role=grid] a")];
        if (links.some(({ textContent }) => textContent === name)) document.documentElement.dataset.seen = "yes";
        requestAnimationFrame(watch);
      };
      watch();
    }, `#${id}`);
    while ((await statusOf(id)) !== null) await Bun.sleep(100);
    // Longer than what was deleted is hidden: from then on the list has to know by itself.
    await page.waitForTimeout(4000);
    expect(await page.evaluate(() => document.documentElement.dataset.seen)).toBeUndefined();
  });

  test("that is not allowed says so at once and changes nothing", async () => {
    const id = await orderThatHeldGoods(desk);
    const page = await open(id);
    await page.getByRole("button", { name: "Delete" }).click();
    await page.getByText(new RegExp(`Order #${id} was not deleted: .*inventory transactions`)).waitFor();
    expect(page.url()).toEndWith(`/orders/${id}`);
    expect(await statusOf(id)).toBe(0);
  });
});

describe("cancelling", () => {
  const productOf = async (): Promise<number> => {
    const body = { product_name: "Held tea", list_price: 3, stocked: true };
    const { data }: { data: { id: number } } = await (await call("POST", "/api/products", body)).json();
    const adjustment = { product_id: data.id, type: "adjusted", quantity: 5, reason: "delivery" };
    expect((await call("POST", "/api/stock/adjustments", adjustment)).status).toBe(200);
    return data.id;
  };
  const available = async (product: number): Promise<string> => {
    const { data }: { data: { available: string } } = await (await call("GET", `/api/stock/${product}`)).json();
    return data.available;
  };

  test("an order that holds stock is cancelled instead of deleted, gives it back, and is reopened by Undo", async () => {
    const product_id = await productOf();
    const id = await anOrder({ order_details: [{ product_id, quantity: 4 }] });
    expect(await available(product_id)).toBe("1.0000");
    const page = await open(id);
    expect(await page.getByRole("button", { name: "Delete" }).count()).toBe(0);
    await page.getByRole("button", { name: "Cancel order" }).click();
    await page.getByText(`Order #${id} is cancelled`).waitFor();
    expect([await statusOf(id), await available(product_id)]).toEqual([4, "5.0000"]);
    await page.getByRole("button", { name: "Reopen" }).waitFor();
    await undo(page).click();
    await page.getByText(`Order #${id} is open again`).waitFor();
    expect([await statusOf(id), await available(product_id)]).toEqual([0, "1.0000"]);
  });
});

test("a copy is a new order with the same products", async () => {
  const id = await anOrder();
  const page = await open(id);
  await page.keyboard.press("d");
  await page.waitForURL(/copy=/);
  await page.waitForFunction(() => document.activeElement?.id === "order-customer_id");
  expect(await page.getByRole("combobox", { name: "Product" }).inputValue()).toBe("Belcolle Espresso Scuro");
  await page.keyboard.press("Control+Enter");
  await page.getByText(/Order #\d+ created/).waitFor();
  expect(page.url()).not.toContain(`/${id}`);
});

test("only the order is printed", async () => {
  const page = await open(await anOrder());
  await page.emulateMedia({ media: "print" });
  expect(await page.getByRole("article").isVisible()).toBe(true);
  expect(await page.getByRole("button", { name: "Edit" }).isVisible()).toBe(false);
  expect(await page.getByRole("link", { name: "Customers" }).isVisible()).toBe(false);
});

test("an order of 60 lines is printed with its head and page number on each page, and its sums once, on the last", async () => {
  const order_details = Array.from({ length: 60 }, (_, n) => ({ product_id: n % 2 === 0 ? 1 : 4, quantity: n + 1 }));
  const id = await anOrder({ order_details });
  const page = await open(id);
  const { text } = await extractText(new Uint8Array(await page.pdf({ format: "A4" })));
  expect(text.length).toBeGreaterThan(1);
  for (const [at, words] of text.entries()) {
    expect(words).toContain(`Order #${id}`);
    expect(words).toContain("Quantity");
    expect(words).toContain(`${at + 1} / ${text.length}`);
    expect(words.includes("Order total")).toBe(at === text.length - 1);
  }
  // The sums are not alone: a line is above them.
  expect(text.at(-1)).toMatch(/(Espresso|Honey|\$)[\s\S]*Subtotal/);
});

test("the page reads the order again when the tab becomes visible", async () => {
  const id = await anOrder();
  const page = await open(id);
  await call("PUT", `/api/orders/${id}`, { notes: "Somebody else wrote this" });
  await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
  await page.getByText("Somebody else wrote this").first().waitFor();
});
