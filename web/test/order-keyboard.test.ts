import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { alive, countKeys, type Desk, startDesk } from "./browser.ts";

interface Created {
  readonly id: number;
  readonly customer_id: number | null;
  readonly order_total: string;
  readonly order_details: readonly {
    readonly product_id: number;
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

describe.each(["sqlite", "mariadb"] as const)("on %s", (engine) => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await startDesk(engine);
  }, 240_000);
  afterAll(() => desk?.stop());

  test("an order with three details by keyboard alone takes at most 35 keystrokes", async () => {
    const page = await desk.page();
    await page.goto("/orders/798");
    await page.getByRole("heading", { name: /Order #798/ }).waitFor();
    await alive(page);
    const keys = countKeys(page);
    await keys.press("n");
    const customer = page.getByRole("combobox", { name: /Customer/ });
    await customer.waitFor();
    await page.waitForFunction(() => document.activeElement?.id === "order-customer_id");
    // Typed as fast as a machine can: no answer is waited for.
    await keys.press("t", "h", "Enter");
    await page.waitForFunction(() => document.activeElement?.id === "order-r1.product_id");
    await keys.press("p", "l", "u", "Enter");
    await page.waitForFunction(() => document.activeElement?.id === "order-r1.quantity");
    await keys.press("2", "Enter", "c", "o", "d", "Enter");
    await page.waitForFunction(() => document.activeElement?.id === "order-r2.quantity");
    await keys.press("4", "Enter", "o", "a", "t");
    // The first hit is taken by the key that saves.
    await page.getByRole("option", { name: /Oatcakes/ }).waitFor();
    await keys.press("Control+Enter");
    await page.waitForURL(/\/orders\/\d+$/);
    await page.getByText(/Order #\d+ created/).waitFor();
    console.log(`measured: ${keys.count} keystrokes for an order with three details`);
    expect(keys.count).toBeLessThanOrEqual(35);
    const order = await orderOf(desk, page.url());
    expect(order.order_details.map(({ product_id, quantity }) => [product_id, quantity])).toEqual([
      [10, "2.0000"],
      [27, "4.0000"],
      [34, "1.0000"],
    ]);
    expect(order.customer_id).toBe(29);
    expect(await page.getByText("Order total").locator("visible=true").count()).toBeGreaterThan(0);
  });
});
