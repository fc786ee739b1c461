// The orders list in a real browser, on the real API. With ORDERS_DATABASE (a URL) it runs on a database that is there
// already, which must hold more orders than one element can be high for; else orders are generated.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import type { Page } from "playwright-core";
import { alive, type Desk, startDesk } from "./browser.ts";

/** Enough for the list to be higher than the space behind its scroll bar: rows of 40 pixels in 8,000,000. */
const orders = 201_000;
let desk: Desk;

beforeAll(async () => {
  desk = await startDesk("sqlite", { orders, database: process.env.ORDERS_DATABASE });
}, 300_000);
afterAll(() => desk.stop());

async function opened(path = "/orders", options: Parameters<Desk["page"]>[0] = {}): Promise<Page> {
  const page = await desk.page(options);
  await page.goto(path);
  await alive(page);
  return page;
}

function rowsOf(page: Page) {
  return page
    .getByRole("grid")
    .getByRole("row")
    .filter({ has: page.getByRole("link", { name: /^#\d+$/ }) });
}

async function totalOf(page: Page): Promise<number> {
  await page.locator("[role=grid][aria-rowcount]:not([aria-rowcount='-1'])").waitFor();
  return Number(await page.getByRole("grid").getAttribute("aria-rowcount")) - 1;
}

/** The order that the API has at some place of its list. */
async function orderAt(sort: string): Promise<number> {
  const reply: { data: { id: number }[] } = await (
    await fetch(`${desk.apiUrl}/api/orders?limit=1&sort=${sort}`)
  ).json();
  return reply.data[0]?.id ?? 0;
}

/** Jumps to a part of the list and waits for painted rows; in milliseconds. */
async function jump(page: Page, part: number): Promise<number> {
  return page.evaluate(async (depth) => {
    const grid = document.querySelector("[role=grid]");
    if (grid === null) throw new Error("no grid");
    const room = grid.scrollHeight - grid.clientHeight;
    const startedAt = performance.now();
    grid.scrollTop = Math.round(room * depth);
    const isPainted = () => {
      const { top, bottom } = grid.getBoundingClientRect();
      const rows = [...grid.querySelectorAll("tbody tr")].filter((row) => {
        const edges = row.getBoundingClientRect();
        return edges.bottom > top + 40 && edges.top < bottom;
      });
      return rows.length > 5 && rows.every((row) => row.hasAttribute("data-index"));
    };
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    // The scroll event comes with a frame: before it the rows are the old ones.
    await frame();
    while (!isPainted()) await frame();
    return performance.now() - startedAt;
  }, part);
}

describe("a list of very many orders", () => {
  test("is there without JavaScript, and can be read page by page", async () => {
    const page = await desk.page({ javaScriptEnabled: false });
    await page.goto("/orders?sort=id");
    expect(await rowsOf(page).count()).toBe(40);
    const first = await rowsOf(page).first().innerText();
    await page.getByRole("link", { name: "Next page" }).click();
    expect(await rowsOf(page).first().innerText()).not.toBe(first);
  });

  test("jumps to any depth, and never has more than 50 rows in the document", async () => {
    const page = await opened("/orders?density=comfortable");
    const total = await totalOf(page);
    expect(total).toBeGreaterThan(orders);
    await page.waitForResponse((response) => response.url().includes("/anchors")).catch(() => null);
    const times = new Map<number, number[]>([0.01, 0.25, 0.5, 0.75, 0.99].map((depth) => [depth, []]));
    for (let round = 0; round < 5; round += 1)
      for (const [depth, all] of times) {
        // Another place each time: what was seen once is kept.
        all.push(await jump(page, depth + round / 500));
        const row = Number(await page.locator("tbody tr").first().getAttribute("aria-rowindex"));
        expect(Math.abs(row / total - (depth + round / 500))).toBeLessThan(0.002);
        expect(await page.locator("[role=grid] tr").count()).toBeLessThanOrEqual(50);
      }
    const sorted = [...times.values()].flat().sort((a, b) => a - b);
    const medians = [...times.values()].map((all) => all.sort((a, b) => a - b)[2] ?? 0);
    const p95 = sorted[Math.floor(sorted.length * 0.95)] ?? 0;
    const ratio = (medians.at(-1) ?? 0) / (medians[0] ?? 1);
    console.log(
      `${total} orders, jump to painted rows: p50 ${sorted[12]?.toFixed(0)} ms, p95 ${p95.toFixed(0)} ms, medians at 1/25/50/75/99 %: ${medians.map((ms) => ms.toFixed(0)).join("/")} ms, deepest/shallowest ${ratio.toFixed(2)}`,
    );
  });

  test("has a first and a last row that the keyboard reaches, and row by row from there", async () => {
    const page = await opened("/orders?density=comfortable");
    const total = await totalOf(page);
    const grid = page.getByRole("grid");
    await grid.focus();
    await page.keyboard.press("End");
    const lastId = await orderAt("order_date");
    const last = page.locator(`tr[aria-rowindex="${total + 1}"][data-index]`);
    await last.waitFor();
    expect(await last.innerText()).toContain(`#${lastId}`);
    expect(await grid.getAttribute("aria-activedescendant")).toBe(await last.getAttribute("id"));
    for (let step = 0; step < 30; step += 1) await page.keyboard.press("k");
    await page.locator(`tr[aria-rowindex="${total - 29}"][data-index]`).waitFor();
    await page.keyboard.press("Home");
    await page.locator('tr[aria-rowindex="2"][data-index]').waitFor();
    expect(await rowsOf(page).first().innerText()).toContain(`#${await orderAt("-order_date")}`);
  });

  test("scrolls pixel by pixel with the wheel where the scroll bar is coarse", async () => {
    const page = await opened("/orders?density=comfortable");
    await totalOf(page);
    await jump(page, 0.5);
    await page.waitForTimeout(300);
    const edge = () =>
      page
        .locator("tbody tr")
        .nth(12)
        .evaluate((row) => [row.getAttribute("data-index"), row.getBoundingClientRect().top]);
    const [index, before] = await edge();
    await page.getByRole("grid").hover();
    await page.mouse.wheel(0, 80);
    await page.waitForTimeout(400);
    const after = await page.locator(`tr[data-index="${index}"]`).evaluate((row) => row.getBoundingClientRect().top);
    expect(Math.round(Number(before) - after)).toBe(80);
  });
});

describe("filters", () => {
  test("stand in the address, survive a reload, and go with back and forward", async () => {
    const page = await opened();
    await page.getByRole("link", { name: /^Shipped/ }).click();
    await page.waitForURL(/status_id=2/);
    await page.keyboard.press("f");
    await page.keyboard.type("petri");
    await page.getByRole("option").first().waitFor();
    await page.keyboard.press("Enter");
    await page.waitForURL(/customer_id=\d+/);
    const customer = await page.getByRole("combobox", { name: "Customer" }).inputValue();
    await rowsOf(page).first().waitFor();
    await page.reload();
    await alive(page);
    expect(await page.getByRole("combobox", { name: "Customer" }).inputValue()).toBe(customer);
    await page.goBack();
    await page.waitForURL((url) => !url.search.includes("customer_id"));
    expect(await page.getByRole("link", { name: /^Shipped/ }).getAttribute("aria-current")).toBe("page");
    expect(await page.getByRole("combobox", { name: "Customer" }).inputValue()).toBe("");
    await page.goForward();
    await page.waitForURL(/customer_id/);
    expect(await page.getByRole("combobox", { name: "Customer" }).inputValue()).toBe(customer);
    await page.keyboard.press("Shift+F");
    await page.waitForURL((url) => url.search === "");
  });

  test("find an order by its number, and say so when nothing fits", async () => {
    const page = await opened();
    const id = await orderAt("id");
    await page.keyboard.press("/");
    await page.keyboard.type(String(id));
    await page.keyboard.press("Enter");
    await page.getByRole("link", { name: `#${id}`, exact: true }).waitFor();
    await page.getByRole("searchbox").fill("no such order anywhere");
    await page.getByText("No orders fit these filters").waitFor();
    await page.getByRole("status").getByRole("button", { name: "Clear filters" }).click();
    await rowsOf(page).first().waitFor();
  });

  test("go into the file that is exported", async () => {
    const page = await opened("/orders?status_id=0&sort=-id");
    const link = page.getByRole("link", { name: "Export CSV" });
    const href = (await link.getAttribute("href")) ?? "";
    const lines = (await (await fetch(desk.url + href)).text()).trim().split("\r\n");
    expect(lines.length - 1).toBe(await totalOf(page));
    const first = await rowsOf(page).first().getByRole("link").innerText();
    expect(lines[1]).toStartWith(`${first.slice(1)},`);
  });

  test("are kept under a name", async () => {
    const page = await opened("/orders?status_id=1&density=comfortable");
    await page.keyboard.press("v");
    await page.keyboard.type("To ship");
    await page.keyboard.press("Enter");
    await page.getByText("The view To ship is saved.").waitFor();
    await page.goto("/orders");
    await alive(page);
    await page.keyboard.press("v");
    await page.getByRole("link", { name: "To ship" }).click();
    await page.waitForURL(/status_id=1.*density=comfortable/);
  });
});

describe("coming back", () => {
  test("from an order shows the same place of the list", async () => {
    const page = await opened("/orders?sort=id");
    await totalOf(page);
    await jump(page, 0.6);
    await page.waitForTimeout(300);
    const row = rowsOf(page).nth(12);
    const name = await row.getByRole("link").innerText();
    await row.getByRole("link").click();
    await page.waitForURL(/\/orders\/\d+$/);
    await page.goBack();
    await page.getByRole("link", { name, exact: true }).waitFor();
  });
});
