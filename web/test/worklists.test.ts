// What waits to be done: from the number on the home page through one order after the other.
import { afterAll, afterEach, beforeAll, expect, test } from "bun:test";
import { alive, axeFindings, type Desk, startDesk } from "./browser.ts";
import { api } from "./order-desk.ts";
import { stockedProduct } from "./stocked-product.ts";

let desk: Desk;
let short: readonly number[];
beforeAll(async () => {
  desk = await startDesk();
  const honey = await stockedProduct(desk, "Thyme honey", 0);
  const orders: number[] = [];
  // The oldest of all orders: they begin the list.
  for (const day of [1, 2, 3]) orders.push(await orderOf(honey, `1999-01-0${day}T08:00:00`, 4));
  short = orders;
}, 240_000);
afterAll(() => desk?.stop());
afterEach(() => desk.closePages());

async function orderOf(product_id: number, order_date: string, quantity: number): Promise<number> {
  const order = { customer_id: 4, order_date, order_details: [{ product_id, quantity }] };
  return (await api<{ id: number }>(desk, "/api/orders", { method: "POST", body: JSON.stringify(order) })).id;
}

test("from the home page to the list, and by one key from order to order", async () => {
  const [first, second, third] = short;
  const page = await desk.page();
  await page.goto("/");
  await page.getByRole("link", { name: /^Short \d/ }).click();
  await page.getByRole("heading", { level: 1, name: "Short" }).waitFor();
  expect(await axeFindings(page)).toEqual([]);
  const entries = page.getByRole("main").getByRole("listitem");
  expect(await entries.first().innerText()).toContain(`#${first}`);
  await entries.first().getByRole("link").click();
  await page.waitForURL(`**/orders/${first}?worklist=short`);
  await page.getByRole("link", { name: `Next: order #${second}` }).waitFor();
  await alive(page);
  await page.keyboard.press("j");
  await page.waitForURL(`**/orders/${second}?worklist=short`);
  await page.getByRole("link", { name: `Next: order #${third}` }).waitFor();
  expect(await axeFindings(page)).toEqual([]);
});

test("an order that is done is counted no longer, and the next one is still the next", async () => {
  const [, second, third] = short;
  const page = await desk.page();
  await page.goto(`/orders/${second}?worklist=short`);
  const list = page.getByRole("navigation", { name: "Short" });
  const before = Number((await list.getByRole("link", { name: /^Short/ }).innerText()).replace(/\D/g, ""));
  await api(desk, `/api/orders/${second}/cancel`, { method: "POST", body: "{}" });
  await page.reload();
  await list.getByRole("link", { name: `Short ${before - 1}` }).waitFor();
  await list.getByRole("link", { name: `Next: order #${third}` }).waitFor();
});

test("what should have come in already says that it is late", async () => {
  const bought = async (expected_date: string) => {
    const made = { supplier_id: 1, expected_date, purchase_order_details: [{ product_id: 1, quantity: 2 }] };
    const { id } = await api<{ id: number }>(desk, "/api/purchase_orders", {
      ...{ method: "POST", body: JSON.stringify(made) },
    });
    for (const step of ["submit", "approve"]) await api(desk, `/api/purchase_orders/${id}/${step}`, { method: "POST" });
    return id;
  };
  const [late, due] = [await bought("1999-02-03T00:00:00"), await bought("2099-02-03T00:00:00")];
  const page = await desk.page();
  await page.goto("/worklists/to_receive");
  const entry = async (id: number) =>
    (
      await page
        .getByRole("listitem")
        .filter({ hasText: `#${id}` })
        .innerText()
    ).replace(/\s+/g, " ");
  expect(await entry(late)).toContain("Expected on Feb 3, 1999 Late");
  expect(await entry(due)).toContain("Expected on Feb 3, 2099");
  expect(await entry(due)).not.toContain("Late");
  expect(await axeFindings(page)).toEqual([]);
  // One key goes on to the next of them as well.
  await page.getByRole("link", { name: `#${late}` }).click();
  await page.waitForURL(`**/purchase_orders/${late}?worklist=to_receive`);
  const next = page.getByRole("link", { name: /^Next: purchase order #\d+/ });
  await next.waitFor();
  const id = /#(\d+)/.exec(await next.innerText())?.[1];
  await alive(page);
  await page.keyboard.press("j");
  await page.waitForURL(`**/purchase_orders/${id}?worklist=to_receive`);
  expect(await axeFindings(page)).toEqual([]);
});

test("the last order of a list says so, and a list that does not exist is not found", async () => {
  const page = await desk.page();
  const { data } = await (await fetch(`${desk.apiUrl}/api/worklists?names=short&limit=1000`)).json();
  const last = Object(data)[0].entries.at(-1).id;
  await page.goto(`/orders/${last}?worklist=short`);
  await page.getByText("That was the last one of this list").waitFor();
  await page.goto("/worklists/everything");
  await page.getByRole("heading", { name: "Page not found" }).waitFor();
});
