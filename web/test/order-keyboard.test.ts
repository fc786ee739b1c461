import { afterAll, afterEach, beforeAll, describe, expect, test } from "bun:test";
import { alive, type Desk, startDesk } from "./browser.ts";
import { orderIn } from "./order-desk.ts";
import { createWithThreeDetails } from "./three-details.ts";

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
  afterEach(() => desk.closePages());

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
});
