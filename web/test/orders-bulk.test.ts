// Actions on several orders at once, in a real browser: by the rules of the API, with a question, a report and Undo.
import { afterAll, afterEach, beforeAll, describe, expect, test } from "bun:test";
import type { Page } from "playwright-core";
import { alive, axeFindings, type Desk, startDesk } from "./browser.ts";
import { anOrder, api, change, orderThatHeldGoods, unstocked } from "./order-desk.ts";

let desk: Desk;
beforeAll(async () => {
  desk = await startDesk();
}, 240_000);
afterAll(() => desk?.stop());
afterEach(() => desk.closePages());

interface Stored {
  readonly status_id: number;
  readonly shipper_id: number;
  readonly shipped_date: string | null;
}

/** So many orders that no other test touches, with all that a step needs, found by their ship name. */
async function madeOrders(ship_name: string, count = 1, fields: object = {}): Promise<readonly number[]> {
  const ids: number[] = [];
  for (let made = 0; made < count; made += 1) {
    const id = await anOrder(desk);
    await change(desk, id, { ship_name, ...fields });
    ids.push(id);
  }
  return ids;
}

async function madeOrder(ship_name: string, fields: object = {}): Promise<number> {
  const [id = 0] = await madeOrders(ship_name, 1, fields);
  return id;
}

async function stored(id: number): Promise<Stored | null> {
  return (await (await fetch(`${desk.apiUrl}/api/orders/${id}`)).json()).data;
}

async function until(isSo: (order: Stored | null) => boolean, ids: readonly number[]): Promise<void> {
  for (const id of ids) while (!isSo(await stored(id))) await Bun.sleep(50);
}

/** The list of exactly these orders, by their ship name, all selected. */
async function selected(name: string, language = "en"): Promise<Page> {
  const page = await desk.page({ locale: language });
  await page.goto(`/orders?q=${name}`);
  await alive(page);
  await page
    .getByRole("grid")
    .getByRole("link", { name: /^#\d+$/ })
    .first()
    .waitFor();
  await page.keyboard.press("a");
  await page.getByText(/\d (selected|seleccionados?)/).waitFor();
  return page;
}

const advance = (page: Page) => page.getByRole("button", { name: /^(Next status|Siguiente estado)/ }).click();
const report = (page: Page) => page.getByRole("region", { name: /Orders that were not|Pedidos que no/ });
const undo = (page: Page) => page.getByRole("button", { name: "Undo" });

describe("a shipper", () => {
  test("is set at once, and taken back by Undo", async () => {
    const ids = await madeOrders("Bulkone", 2);
    const page = await selected("Bulkone");
    await page.getByLabel("Set shipper").selectOption({ index: 2 });
    await until((order) => order?.shipper_id !== 1, ids);
    await undo(page).click();
    await until((order) => order?.shipper_id === 1, ids);
  });
});

describe("deleting", () => {
  test("cannot be undone later, so it is only written when the time for Undo is over", async () => {
    const [kept, deleted] = [await madeOrder("Bulktwo"), await madeOrder("Bulkthree")];
    const first = await selected("Bulktwo");
    await first.getByRole("button", { name: "Delete" }).click();
    await undo(first).click();
    const second = await selected("Bulkthree");
    await second.getByRole("button", { name: "Delete" }).click();
    expect(await stored(deleted)).not.toBeNull();
    await until((order) => order === null, [deleted]);
    await second.getByText("No orders match these filters").waitFor();
    expect(await stored(kept)).not.toBeNull();
  });
});

describe("deleting", () => {
  test("tells what cannot be deleted before it promises anything, by the key that the list of keys names", async () => {
    const [free, held] = [await madeOrder("Bulkeight"), await orderThatHeldGoods(desk)];
    await change(desk, held, { ship_name: "Bulkeight" });
    const page = await selected("Bulkeight");
    await page.keyboard.press("Delete");
    await page.getByText("One order will be deleted.").waitFor();
    expect(await report(page).innerText()).toMatch(new RegExp(`One order is not deleted\\.[\\s\\S]*#${held}`));
    expect(await stored(free)).not.toBeNull();
    await until((order) => order === null, [free]);
    expect(await stored(held)).not.toBeNull();
  });
});

describe("the next status", () => {
  test("obeys the rule of the order page: who lacks something is reported with all of it", async () => {
    const good = await madeOrder("Bulkfour");
    const bare = await madeOrder("Bulkfour", { shipper_id: null, order_details: [] });
    const page = await selected("Bulkfour");
    await advance(page);
    await report(page).waitFor();
    expect(await report(page).innerText()).toMatch(
      new RegExp(`#${bare}\\s+Before it can be invoiced it needs: Shipper, Order lines`),
    );
    await until((order) => order?.status_id === 1, [good]);
    expect((await stored(bare))?.status_id).toBe(0);
    await change(desk, bare, { shipper_id: 1, order_details: [{ product_id: await unstocked(desk, 1), quantity: 1 }] });
    await report(page).getByRole("button", { name: "Try these again" }).click();
    await until((order) => order?.status_id === 1, [bare]);
  });

  test("in Spanish, by keyboard: an unpaid order is not closed, and says why", async () => {
    const id = await madeOrder("Bulkfive", { status_id: 2 });
    const page = await selected("Bulkfive", "es");
    await page.keyboard.press("m");
    await report(page).waitFor();
    expect(await report(page).innerText()).toMatch(/Antes de cerrarlo falta: Forma de pago, Pagado el/);
    expect((await stored(id))?.status_id).toBe(2);
  });

  test("of more than ten asks once, is undone as long as the page lives, and sets the shipped date", async () => {
    const ids = [...(await madeOrders("Bulksix", 9)), ...(await madeOrders("Bulksix", 2, { status_id: 1 }))];
    const page = await selected("Bulksix");
    await advance(page);
    const question = page.getByRole("dialog", { name: "Move 11 orders to their next status?" });
    await question.waitFor();
    expect(await question.innerText()).toMatch(/New → Invoiced\s+9[\s\S]*Invoiced → Shipped\s+2/);
    expect(await axeFindings(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await page.getByText("11 selected").waitFor();
    expect((await stored(ids[0] ?? 0))?.status_id).toBe(0);
    await advance(page);
    await question.waitFor();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.getByText("11 orders moved to their next status.").waitFor();
    await until((order) => order?.status_id === 1, ids.slice(0, 9));
    await until((order) => order?.status_id === 2 && order.shipped_date !== null, ids.slice(9));
    // Another page of the same window, and back: Undo is still there.
    await page.getByRole("link", { name: "Customers" }).click();
    await page.waitForURL(/\/customers$/);
    await page.goBack();
    await undo(page).click();
    await until((order) => order?.status_id === 0, ids.slice(0, 9));
    await until((order) => order?.status_id === 1 && order.shipped_date === null, ids.slice(9));
    await undo(page).waitFor({ state: "detached" });
  });

  test("an order that someone else has changed since is not put back, and named", async () => {
    const [mine, theirs] = await madeOrders("Bulkseven", 2);
    const page = await selected("Bulkseven");
    await advance(page);
    await page.getByText("2 orders moved to their next status.").waitFor();
    await change(desk, theirs ?? 0, { notes: "Theirs" });
    await undo(page).click();
    await report(page).waitFor();
    expect(await report(page).innerText()).toContain(`#${theirs}`);
    await until((order) => order?.status_id === 0, [mine ?? 0]);
    expect((await stored(theirs ?? 0))?.status_id).toBe(1);
  });
});

test("the history of an order puts a change back", async () => {
  const id = await anOrder(desk);
  await change(desk, id, { status_id: 1 });
  const page = await desk.page();
  await page.goto(`/orders/${id}`);
  await alive(page);
  const history = page.locator("section", { has: page.getByRole("heading", { name: "History" }) });
  await history.getByRole("button", { name: "Put back" }).click();
  await page.getByText("Put back: the order is as it was before this change.").waitFor();
  await history.getByText("Invoiced → New").waitFor();
  expect((await stored(id))?.status_id).toBe(0);
  expect(await axeFindings(page)).toEqual([]);
  const { length } = await api<readonly object[]>(desk, `/api/orders/${id}/history`);
  expect(length).toBe(3);
});

test.each([
  ["as it is", false],
  ["loaded again", true],
])("an earlier change is put back although one's own step waits for Undo, on the page %s", async (_, isReloaded) => {
  const id = await anOrder(desk);
  await change(desk, id, { notes: "Before" });
  const page = await desk.page();
  await page.goto(`/orders/${id}`);
  await alive(page);
  await page.keyboard.press("i");
  await undo(page).waitFor();
  if (isReloaded) {
    await page.reload();
    await alive(page);
  }
  await page.getByRole("button", { name: "Put back" }).last().click();
  await page.getByText("Put back: the order is as it was before this change.").waitFor();
  expect(await api<object>(desk, `/api/orders/${id}`)).toMatchObject({ notes: null, status_id: 1 });
});

test("the list is read again while it is visible, and tells on paper what it does not print", async () => {
  const page = await desk.page();
  await page.clock.install();
  await page.goto("/orders?q=Freshone");
  await alive(page);
  await page.getByText("No orders match these filters").waitFor();
  await madeOrder("Freshone");
  await page.clock.runFor(31_000);
  await page
    .getByRole("grid")
    .getByRole("link", { name: /^#\d+$/ })
    .waitFor();
  const whole = await desk.page();
  await whole.goto("/orders");
  await alive(whole);
  await whole.emulateMedia({ media: "print" });
  await whole.getByText(/^Orders 1 to \d+ of \d+\. The exported file has all of them\.$/).waitFor();
});
