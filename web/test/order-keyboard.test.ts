import { afterAll, afterEach, beforeAll, describe, expect, test } from "bun:test";
import { alive, axeFindings, type Desk, startDesk } from "./browser.ts";
import { anOrder, api, editOrder, orderIn, save, unstocked } from "./order-desk.ts";
import { createWithThreeDetails } from "./three-details.ts";

interface Created {
  readonly id: number;
  readonly customer_id: number | null;
  readonly order_total: string;
  readonly order_details: readonly {
    readonly product_id: number;
    readonly product_name: string;
    readonly quantity: string;
    readonly unit_price: string;
  }[];
}

async function orderOf(desk: Desk, url: string): Promise<Created> {
  const id = url.split("/").at(-1);
  const answer = await fetch(`${desk.apiUrl}/api/orders/${id}?include=details`);
  const { data }: { data: Created } = await answer.json();
  return data;
}

async function renameProduct(desk: Desk, id: number, product_name: string): Promise<void> {
  await api(desk, `/api/products/${id}`, { method: "PUT", body: JSON.stringify({ product_name }) });
}

describe.each(["sqlite", "mariadb"] as const)("on %s", (engine) => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await startDesk(engine);
  }, 240_000);
  afterAll(() => desk?.stop());
  afterEach(() => desk.closePages());

  test("an exact code wins over those that contain it; of several exact ones, Enter takes none", async () => {
    const product = async (product_code: string, product_name: string) => {
      const body = JSON.stringify({ product_code, product_name, list_price: "3" });
      const answer = await fetch(`${desk.apiUrl}/api/products`, {
        ...{ method: "POST", headers: { "content-type": "application/json" }, body },
      });
      const { data }: { data: { id: number } } = await answer.json();
      return data.id;
    };
    const longer = await product("SCAN-74", "Apples");
    const exact = await product("SCAN-7", "Zebra cake");
    const [one, other] = [await product("SCAN-6", "Quince"), await product("scan-6", "Радость")];
    const page = await desk.page();
    await page.goto("/orders/new");
    await alive(page);
    const field = page.getByRole("combobox", { name: "Product" }).last();
    await field.focus();
    await page.keyboard.type("SCAN-7");
    await page.keyboard.press("Enter");
    await page.getByRole("listitem", { name: "Line 1" }).getByLabel("Quantity").waitFor();
    const chosen = page.getByRole("combobox", { name: "Product" }).first();
    // The hit comes with the answer of the search.
    for (let looks = 0; looks < 100 && (await chosen.inputValue()) === "SCAN-7"; looks += 1) await Bun.sleep(50);
    expect(await chosen.inputValue()).toBe("Zebra cake");
    const next = page.getByRole("combobox", { name: "Product" }).first();
    await next.fill("SCAN-6");
    await next.press("Enter");
    await page.getByText("Several are called this").waitFor();
    expect(await next.inputValue()).toBe("SCAN-6");
    await next.press("ArrowUp");
    await next.press("Escape");
    await next.fill("радост");
    await page.getByRole("option", { name: "Радость" }).waitFor();
    await next.press("Enter");
    await page.getByText("Several are called this").waitFor({ state: "hidden" });
    expect(await next.inputValue()).toBe("Радость");
    // The palette obeys the same rule.
    await page.goto("/orders");
    await alive(page);
    await page.keyboard.press("Control+k");
    await page.getByRole("combobox", { name: "Find" }).waitFor();
    await page.keyboard.type("SCAN-6");
    await page.keyboard.press("Enter");
    const asking = page.getByRole("dialog").getByText("Several are called this");
    await asking.waitFor();
    await page.keyboard.press("Enter");
    expect(new URL(page.url()).pathname).toBe("/orders");
    expect(await page.locator("[role=option][aria-selected=true]").count()).toBe(0);
    expect(await axeFindings(page)).toEqual([]);
    await page.keyboard.press("ArrowDown");
    await asking.waitFor({ state: "hidden" });
    await page.keyboard.press("Enter");
    await page.waitForURL(new RegExp(`/products/(${one}|${other})$`));
    await page.keyboard.press("Control+k");
    await page.keyboard.type("scan-7");
    await page.keyboard.press("Enter");
    await page.waitForURL(`**/products/${exact}`);
    for (const id of [longer, exact, one, other])
      await fetch(`${desk.apiUrl}/api/products/${id}`, { method: "DELETE" });
  });

  // What is found depends on how an engine compares texts; the rest is the same on both.
  if (engine === "mariadb") return;

  test("an order with three details by keyboard alone takes at most 35 keystrokes", async () => {
    const page = await desk.page();
    const shown = await orderIn(desk, 0);
    await page.goto(`/orders/${shown}`);
    await page.getByRole("heading", { name: `Order #${shown}` }).waitFor();
    await alive(page);
    const count = await createWithThreeDetails(page);
    console.log(`measured: ${count} keystrokes for an order with three details`);
    expect(count).toBeLessThanOrEqual(35);
    const order = await orderOf(desk, page.url());
    expect(order.order_details.map(({ product_id, quantity }) => [product_id, quantity])).toEqual([
      [10, "2.0000"],
      [27, "4.0000"],
      [34, "1.0000"],
    ]);
    expect(order.customer_id).toBe(29);
    expect(await page.getByText("Order total").locator("visible=true").count()).toBeGreaterThan(0);
  });

  test("the palette opens an order by its number, and offers none that does not exist", async () => {
    const id = await anOrder(desk);
    const page = await desk.page();
    await page.goto("/orders");
    await alive(page);
    await page.keyboard.press("Control+k");
    const find = page.getByRole("combobox", { name: "Find" });
    const answered = page.waitForResponse(/orders\?q=987654/);
    await find.fill("order 987654");
    await answered;
    await page.getByRole("option", { name: "Open order #987654" }).waitFor({ state: "hidden" });
    await find.fill(`order ${id}`);
    await page.keyboard.press("Enter");
    await page.waitForURL(new RegExp(`/orders/${id}$`));
    // Other documents have numbers as well.
    await alive(page);
    await page.keyboard.press("Control+k");
    await find.fill("#12");
    await page.getByRole("option", { name: "Shipment #12" }).waitFor();
    await page.getByRole("option", { name: "Purchase order #12" }).click();
    await page.waitForURL(/\/purchase_orders\/12$/);
  });

  test("Alt with the arrows moves a line, and the order keeps it there under the name it was sold with", async () => {
    const id = await anOrder(desk);
    const page = await editOrder(await desk.page(), id);
    const second = page.getByRole("listitem", { name: "Line 2" }).getByLabel("Quantity");
    await second.focus();
    const moved = await second.getAttribute("id");
    await page.keyboard.press("Alt+ArrowUp");
    await page.getByRole("listitem", { name: "Line 1" }).locator(`[id="${moved}"]`).waitFor();
    expect(await page.evaluate(() => document.activeElement?.id ?? null)).toBe(moved);
    await page.keyboard.press("Alt+ArrowUp");
    await save(page);
    await page.getByText(`Order #${id} saved`).waitFor();
    const { order_details } = await orderOf(desk, `/${id}`);
    expect(order_details.map(({ product_id }) => product_id)).toEqual([
      await unstocked(desk, 4),
      await unstocked(desk, 1),
    ]);
    const sold = order_details[0]?.product_name ?? "";
    await renameProduct(desk, 4, "Renamed since");
    await page.goto(`/orders/${id}`);
    const cells = page.locator("tbody tr:first-child td:first-child");
    await cells.first().waitFor();
    for (const text of await cells.allTextContents()) expect(text).toStartWith(sold);
    expect(await page.getByText("Renamed since").count()).toBe(0);
    await page.getByText("Order of the lines").waitFor();
    await renameProduct(desk, 4, sold);
  });
});
