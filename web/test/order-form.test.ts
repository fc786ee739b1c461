import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import type { Page } from "playwright-core";
import { alive, axeFindings, type Desk, startDesk } from "./browser.ts";

let desk: Desk;
beforeAll(async () => {
  desk = await startDesk();
}, 240_000);
afterAll(() => desk?.stop());

interface Shown {
  readonly id: number;
  readonly order_total: string;
  readonly taxes: string;
  readonly notes: string | null;
  readonly ship_city: string | null;
  readonly order_details: readonly { readonly quantity: string }[];
}

async function api<T>(path: string, init: RequestInit = {}): Promise<T> {
  const answer = await fetch(desk.apiUrl + path, { ...init, headers: { "content-type": "application/json" } });
  const { data }: { data: T } = await answer.json();
  return data;
}

/** An order of its own for a test: new, with two details. */
async function anOrder(): Promise<number> {
  const order_details = [
    { product_id: 1, quantity: 2 },
    { product_id: 4, quantity: 3 },
  ];
  const body = JSON.stringify({ customer_id: 4, employee_id: 3, shipper_id: 1, ship_city: "Oslo", order_details });
  const { id } = await api<Shown>("/api/orders", { method: "POST", body });
  return id;
}

async function newOrder(page: Page): Promise<void> {
  await page.goto("/orders/new");
  await alive(page);
  await page.getByRole("combobox", { name: "Customer" }).fill("thistle");
  await page.getByRole("option", { name: /Thistle/ }).click();
  await page.getByRole("combobox", { name: "Product" }).fill("oatcakes");
  await page.getByRole("option", { name: /Oatcakes/ }).click();
}

describe("typing", () => {
  test("a customer fills the address, which can be cleared and filled again", async () => {
    const page = await desk.page();
    await newOrder(page);
    expect(await page.getByLabel("City").inputValue()).toBe("Edinburgh");
    expect(await page.getByLabel("Name").inputValue()).toBe("Callum Drummond");
    await page.getByRole("button", { name: "Clear" }).click();
    expect(await page.getByLabel("City").inputValue()).toBe("");
    await page.getByRole("button", { name: "From customer" }).click();
    await page.waitForFunction(
      () => document.querySelector<HTMLInputElement>("#order-ship_city")?.value === "Edinburgh",
    );
  });

  test("amounts follow every key and are the server's to the last place", async () => {
    const page = await desk.page();
    await newOrder(page);
    await page.getByLabel("Quantity").fill("3");
    await page.getByLabel("Discount %").fill("7.25");
    await page.getByLabel("Tax status").selectOption("Taxable");
    await page.getByLabel("Tax rate %").fill("8.75");
    await page.getByLabel("Shipping fee").fill("4.0001");
    const shown = await page.getByTestId("order-total").innerText();
    await page.getByRole("button", { name: /Save order/ }).click();
    await page.getByText(/Order #\d+ created/).waitFor();
    await page.waitForURL(/\/orders\/\d+$/);
    const order = await api<Shown>(`/api/orders/${page.url().split("/").at(-1)}?include=details`);
    // 3 x 22.40 x 0.9275 = 62.3280; x 0.0875 = 5.4537
    expect([order.taxes, order.order_total]).toEqual(["5.4537", "71.7818"]);
    expect(shown).toBe("$71.7818");
  });

  test("a fault is said when its field is left, and gone when it is mended", async () => {
    const page = await desk.page();
    await newOrder(page);
    const quantity = page.getByLabel("Quantity");
    await quantity.fill("many");
    expect(await page.getByText("Must be a number, like 12.50.").count()).toBe(0);
    await quantity.press("Tab");
    await page.getByText("Must be a number, like 12.50.").waitFor();
    await quantity.fill("2");
    expect(await page.getByText("Must be a number, like 12.50.").count()).toBe(0);
  });

  test("what the server refuses stands at its field, with a summary that leads there", async () => {
    const page = await desk.page();
    await newOrder(page);
    await page.getByLabel("Ordered on").fill("2026-11-20");
    await page.getByLabel("Shipped on").fill("2026-11-01");
    await page.keyboard.press("Control+Enter");
    const summary = page.getByRole("alert").filter({ hasText: "Not saved yet" });
    await summary.getByRole("link", { name: /Shipped on/ }).click();
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("order-shipped_date");
    expect(await page.getByLabel("Shipped on").getAttribute("aria-invalid")).toBe("true");
    expect(await axeFindings(page)).toEqual([]);
    await page.getByLabel("Shipped on").fill("2026-11-21");
    await page.keyboard.press("Control+Enter");
    await page.getByText(/Order #\d+ created/).waitFor();
  });
});

describe("nothing that was typed is lost", () => {
  test("a reload offers the draft, and saving it ends it", async () => {
    const page = await desk.page();
    page.on("dialog", (dialog) => void dialog.accept());
    await newOrder(page);
    await page.getByLabel("Notes").fill("Ring twice");
    await page.reload();
    await page.getByRole("button", { name: "Restore draft" }).click();
    expect(await page.getByLabel("Notes").inputValue()).toBe("Ring twice");
    expect(await page.getByRole("combobox", { name: "Product" }).inputValue()).toBe("Highmoor Oatcakes");
    await page.keyboard.press("Control+Enter");
    await page.getByText(/Order #\d+ created/).waitFor();
    await page.goto("/orders/new");
    await alive(page);
    expect(await page.getByRole("button", { name: "Restore draft" }).count()).toBe(0);
  });

  test("a link asks before it leaves; a form without changes does not", async () => {
    const page = await desk.page();
    await newOrder(page);
    await page.getByRole("link", { name: "Customers" }).click();
    const dialog = page.getByRole("dialog", { name: "Leave without saving?" });
    await dialog.waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await page.keyboard.press("Escape");
    expect(await page.getByLabel("City").inputValue()).toBe("Edinburgh");
    await page.getByRole("link", { name: "Customers" }).click();
    await dialog.getByRole("button", { name: "Keep the draft and leave" }).click();
    await page.waitForURL(/\/customers$/);
    await page.goto("/orders/new");
    await page.getByRole("button", { name: "Discard" }).click();
    await page.getByRole("link", { name: "Customers" }).click();
    await page.waitForURL(/\/customers$/);
  });

  test("a lost answer keeps the form, and trying again saves once", async () => {
    const page = await desk.page();
    await newOrder(page);
    await page.getByLabel("Notes").fill("Lost answer");
    // The API gets the order, and the browser never hears of it.
    await page.route("**/api/orders?include=details", async (route) => {
      await route.fetch();
      await route.abort();
    });
    await page.keyboard.press("Control+Enter");
    await page.getByText("Not saved: the server cannot be reached.").waitFor();
    await page.unroute("**/api/orders?include=details");
    await page.getByLabel("Notes").fill("Lost answer, and more");
    await page.getByRole("button", { name: "Try again" }).click();
    await page.getByText(/Order #\d+ (created|saved)/).waitFor();
    const found = await api<readonly Shown[]>("/api/orders?sort=-id&limit=5");
    expect(found.filter(({ notes }) => notes?.startsWith("Lost answer")).map(({ notes }) => notes)).toEqual([
      "Lost answer, and more",
    ]);
  });

  test("a server that answers no more keeps the form, and one save comes of it", async () => {
    const page = await desk.page();
    await newOrder(page);
    await page.getByLabel("Notes").fill("Frozen server");
    desk.pauseApi();
    await page.keyboard.press("Control+Enter");
    await page.getByText("Not saved: the server cannot be reached.").waitFor();
    expect(await axeFindings(page)).toEqual([]);
    expect(await page.getByLabel("Notes").inputValue()).toBe("Frozen server");
    desk.resumeApi();
    await page.getByRole("button", { name: "Try again" }).click();
    await page.getByText(/Order #\d+ created/).waitFor();
    const found = await api<readonly Shown[]>("/api/orders?sort=-id&limit=5");
    expect(found.filter(({ notes }) => notes === "Frozen server")).toHaveLength(1);
  });

  test("saving twice in one moment saves once", async () => {
    const page = await desk.page();
    await newOrder(page);
    await page.getByLabel("Notes").fill("Only once");
    await page.keyboard.press("Control+Enter");
    await page.keyboard.press("Control+Enter");
    await page.getByText(/Order #\d+ created/).waitFor();
    const found = await api<readonly Shown[]>("/api/orders?sort=-id&limit=5");
    expect(found.filter(({ notes }) => notes === "Only once")).toHaveLength(1);
  });
});

describe("somebody else changes the same order", () => {
  test("what does not clash is merged by itself, and said", async () => {
    const id = await anOrder();
    const page = await desk.page();
    await page.goto(`/orders/${id}/edit`);
    await alive(page);
    await page.getByLabel("Notes").fill("Mine");
    await api(`/api/orders/${id}`, { method: "PUT", body: JSON.stringify({ ship_city: "Bergen" }) });
    await page.keyboard.press("Control+Enter");
    await page.getByText(/Somebody else had changed meanwhile: City/).waitFor();
    const order = await api<Shown>(`/api/orders/${id}`);
    expect([order.notes, order.ship_city]).toEqual(["Mine", "Bergen"]);
  });

  test("what clashes is chosen by keyboard, field by field and row by row", async () => {
    const id = await anOrder();
    const page = await desk.page();
    await page.goto(`/orders/${id}/edit`);
    await alive(page);
    await page.getByLabel("Notes").fill("Mine");
    await page.getByLabel("Quantity").first().fill("5");
    await page.getByLabel("City").fill("Tromsø");
    const other = await api<Shown & { order_details: { id: number }[] }>(`/api/orders/${id}?include=details`);
    const [first, second] = other.order_details;
    const theirs = [
      { id: first?.id, quantity: 9 },
      { id: second?.id, discount: "0.5" },
    ];
    const body = JSON.stringify({ notes: "Theirs", order_details: theirs });
    await api(`/api/orders/${id}`, { method: "PUT", body });
    await page.keyboard.press("Control+Enter");
    await page.getByRole("dialog", { name: "Somebody else has changed this order" }).waitFor();
    expect(await axeFindings(page)).toEqual([]);
    // The first clash has the focus: notes, mine. Then the quantity, theirs.
    await page.keyboard.press("Space");
    await page.keyboard.press("Tab");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Enter");
    await page.getByText(`Order #${id} saved`).waitFor();
    const order = await api<Shown>(`/api/orders/${id}?include=details`);
    expect([order.notes, order.ship_city]).toEqual(["Mine", "Tromsø"]);
    expect(order.order_details.map(({ quantity }) => quantity)).toEqual(["9.0000", "3.0000"]);
    // 9 x 82.00 + 3 x 43.20 x 0.5
    expect(order.order_total).toBe("802.8000");
  });
});

test("an invoiced order keeps its customer and details, and says why", async () => {
  const id = await anOrder();
  await api(`/api/orders/${id}`, { method: "PUT", body: JSON.stringify({ status_id: 1 }) });
  const page = await desk.page();
  await page.goto(`/orders/${id}/edit`);
  await alive(page);
  await page.getByText("The order is past New").waitFor();
  expect(await page.getByLabel("Customer").getAttribute("readonly")).not.toBeNull();
  expect(await page.getByLabel("Quantity").first().getAttribute("readonly")).not.toBeNull();
  await page.getByLabel("Notes").fill("Still mine to write");
  await page.keyboard.press("Control+Enter");
  await page.getByText(`Order #${id} saved`).waitFor();
});

describe.each(["light", "dark"] as const)("axe finds nothing in %s", (colorScheme) => {
  test.each([1280, 390])("on the form, %d wide", async (width) => {
    const page = await desk.page({ colorScheme, viewport: { width, height: 900 } });
    await newOrder(page);
    expect(await axeFindings(page)).toEqual([]);
    await page.goto("/orders/790/edit");
    await alive(page);
    expect(await axeFindings(page)).toEqual([]);
  });
});
