// The orders list in a real browser, on the real API. With ORDERS_DATABASE (a URL) it runs on a database that is there
// already, which must hold more orders than one element can be high for; else orders are generated.
import { afterAll, afterEach, beforeAll, describe, expect, test } from "bun:test";
import type { Page } from "playwright-core";
import { InBothThemes } from "./both-themes.ts";
import { alive, type Desk, startDesk } from "./browser.ts";
import { jump, jumpEverywhere, quantile } from "./jumps.ts";

/** Enough for the list to be higher than the space behind its scroll bar: rows of 40 pixels in 8,000,000. */
const orders = 201_000;
let desk: Desk;

beforeAll(async () => {
  desk = await startDesk("sqlite", { orders, database: process.env.ORDERS_DATABASE });
}, 300_000);
afterAll(() => desk?.stop());
afterEach(() => desk.closePages());

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
    const page = await desk.page();
    const anchors = page.waitForResponse((response) => response.url().includes("/anchors"));
    await page.goto("/orders?density=comfortable");
    await anchors;
    const total = await totalOf(page);
    expect(total).toBeGreaterThan(orders);
    const { times, medians, ratio } = await jumpEverywhere(page, 5, async (part) => {
      const row = Number(await page.locator("tbody tr").first().getAttribute("aria-rowindex"));
      expect(Math.abs(row / total - part)).toBeLessThan(0.002);
      expect(await page.locator("[role=grid] tr").count()).toBeLessThanOrEqual(50);
    });
    const [p50, p95] = [quantile(times, 0.5).toFixed(0), quantile(times, 0.95).toFixed(0)];
    console.log(
      `${total} orders, jump to painted rows: p50 ${p50} ms, p95 ${p95} ms, medians at 1/25/50/75/99 %: ${medians.map((ms) => ms.toFixed(0)).join("/")} ms, deepest/shallowest ${ratio.toFixed(2)}`,
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
  test("are in the address, survive a reload, and go with back and forward", async () => {
    const page = await opened();
    // Of every customer there are closed orders, whatever day the sample was generated on.
    await page.getByRole("link", { name: /^Closed/ }).click();
    await page.waitForURL(/status_id=3/);
    await page.keyboard.press("f");
    await page.keyboard.type("petri");
    await page.getByRole("listbox").getByRole("option").first().waitFor();
    await page.keyboard.press("Enter");
    await page.waitForURL(/customer_id=\d+/);
    const customers = page.getByRole("combobox", { name: "Customer" });
    await until(async () => (await customers.inputValue()).length > "petri".length);
    const customer = await customers.inputValue();
    await rowsOf(page).first().waitFor();
    await page.reload();
    await alive(page);
    expect(await page.getByRole("combobox", { name: "Customer" }).inputValue()).toBe(customer);
    await page.goBack();
    await page.waitForURL((url) => !url.search.includes("customer_id"));
    expect(await page.getByRole("link", { name: /^Closed/ }).getAttribute("aria-current")).toBe("page");
    await until(async () => (await customers.inputValue()) === "");
    await page.goForward();
    await page.waitForURL(/customer_id/);
    await until(async () => (await customers.inputValue()) === customer);
    await page.keyboard.press("Shift+F");
    await page.waitForURL((url) => url.search === "");
  });

  test("find an order by its number, and say so when nothing fits", async () => {
    const page = await opened();
    const id = await orderAt("id");
    await page.keyboard.press("/");
    await page.keyboard.type(String(id));
    await page.keyboard.press("Enter");
    const link = page.getByRole("link", { name: `Open order #${id}` });
    expect(await link.getAttribute("href")).toBe(`/orders/${id}`);
    await page.getByRole("searchbox").fill("no such order anywhere");
    await page.getByText("No orders match these filters").waitFor();
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
    const workbook = await page.getByRole("link", { name: "Export XLSX" }).getAttribute("href");
    const { status, headers } = await fetch(desk.url + workbook);
    expect([status, headers.get("content-type")]).toEqual([200, expect.stringContaining("spreadsheetml")]);
  });

  test("stay when a column head sorts the list, downwards first", async () => {
    const page = await opened("/orders?status_id=0,1&paid=false");
    for (const sort of ["-order_total", "order_total", "-customer"]) {
      await page.getByRole("link", { name: sort.endsWith("total") ? "Total" : "Customer", exact: true }).click();
      await page.waitForURL((url) => url.search === `?status_id=0%2C1&paid=false&sort=${sort}`);
      const first = `#${await orderAt(`${sort}&status_id=0,1&paid=false`)}`;
      await until(async () => (await rowsOf(page).first().getByRole("link").innerText()) === first);
    }
  });

  test("take several statuses, unpaid orders, a country and no customer by the keyboard, and say so", async () => {
    const page = await opened();
    const more = page.getByRole("button", { name: "More filters" });
    await more.focus();
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Space");
    await page.waitForURL((url) => url.search === "?status_id=0");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Space");
    await page.waitForURL((url) => url.search === "?status_id=0%2C1");
    const tab = page.getByRole("navigation", { name: "By status" }).locator("[aria-current=page]");
    const counted = async () => (await tab.innerText()).replace(/[\s,]/g, "");
    await until(async () => (await counted()) === `New+Invoiced${await totalOf(page)}`);
    await page.getByLabel("Paid", { exact: true }).selectOption("Unpaid");
    await page.getByLabel("Country").focus();
    // The countries of the customers are offered, and one of them is meant in whatever case it is typed.
    await page.locator("datalist option[value=Denmark]").waitFor({ state: "attached" });
    await page.keyboard.type("denmark");
    await page.keyboard.press("Enter");
    await page.waitForURL((url) => url.search === "?status_id=0%2C1&paid=false&ship_country_region=Denmark");
    await until(async () => (await counted()) === `New+Invoiced${await totalOf(page)}`);
    await until(async () => /3$/.test(await more.innerText()));
    await page.keyboard.press("Tab");
    await page.keyboard.press("Space");
    await page.waitForURL(/customer_id=none/);
    await page.getByText("No orders match these filters").waitFor();
    await page.reload();
    await alive(page);
    expect(await page.getByLabel("Without a customer").isChecked()).toBe(true);
    await page.keyboard.press("Shift+F");
    await page.waitForURL((url) => url.search === "");
  });

  test("work as a form without JavaScript", async () => {
    const page = await desk.page({ javaScriptEnabled: false });
    await page.goto("/orders?status_id=0,1&paid=false");
    await page.getByLabel("Shipped", { exact: true }).check();
    await page.getByLabel("Country").fill("Denmark");
    await page.getByRole("button", { name: "Search" }).click();
    await page.waitForURL((url) => url.search === "?status_id=0%2C1%2C2&paid=false&ship_country_region=Denmark");
  });

  test("that leave too many orders for a sort lead on to the newest first", async () => {
    const shown = "/orders?status_id=3";
    const way = "Show the newest first";
    const page = await desk.page();
    await page.goto(`${shown}&sort=-order_total`);
    const words = page.getByText("A total is computed, so no index sorts by it");
    await words.waitFor();
    await page.getByRole("link", { name: way }).click();
    await page.waitForURL((url) => url.pathname + url.search === shown);
    await rowsOf(page).first().waitFor();
    await alive(page);
    await page.getByRole("link", { name: "Total", exact: true }).click();
    await words.waitFor();
    await page.getByRole("button", { name: way }).click();
    await page.waitForURL((url) => url.pathname + url.search === shown);
    await rowsOf(page).first().waitFor();
  });

  test("are saved under a name", async () => {
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

describe("printing", () => {
  /** Presses P in a browser that only notes that it should print, and waits for that. */
  async function printed(path: string): Promise<{ readonly page: Page; readonly total: number }> {
    const page = await desk.page();
    await page.addInitScript(() => {
      window.print = () => document.documentElement.setAttribute("data-printed", "");
    });
    await page.goto(path);
    await alive(page);
    const total = await totalOf(page);
    await page.keyboard.press("p");
    await page.locator("html[data-printed]").waitFor({ state: "attached" });
    await page.emulateMedia({ media: "print" });
    return { page, total };
  }
  const onPaper = (page: Page) => page.locator("table tbody tr:visible");

  test("reads and prints all that is filtered, in order", async () => {
    const { page } = await printed("/orders?status_id=0&sort=id");
    const reply: { data: { id: number }[]; page: { next_cursor: string | null } } = await (
      await fetch(`${desk.apiUrl}/api/orders?status_id=0&sort=id&limit=1000`)
    ).json();
    const ids = (await onPaper(page).allInnerTexts()).map((text) => text.trim().split(/\s/)[0]);
    expect(ids).toEqual(reply.data.map(({ id }) => `#${id}`));
    expect(ids.length).toBeGreaterThan(60);
    if (reply.page.next_cursor === null) expect(await page.getByText(/^Orders 1 to/).count()).toBe(0);
    // When the browser is done, the list on the screen is what it was.
    await page.evaluate(() => dispatchEvent(new Event("afterprint")));
    await page.emulateMedia({ media: "screen" });
    await rowsOf(page).first().waitFor();
    expect(await page.locator("table").count()).toBe(1);
  });

  test("of more than a thousand orders says how many are not on the paper", async () => {
    const { page, total } = await printed("/orders");
    expect(await onPaper(page).count()).toBe(1000);
    await page
      .getByText(`Orders 1 to 1,000 of ${total.toLocaleString("en-US")}. The exported file has all of them.`)
      .waitFor();
    const pages = (await page.pdf()).toString("latin1").match(/\/Type \/Page\b/g)?.length ?? 0;
    console.log(`measured: 1,000 orders print on ${pages} pages`);
    expect(pages).toBeGreaterThan(10);
  });

  test("the browser's own way prints what is in sight, and says so", async () => {
    const page = await opened();
    await totalOf(page);
    await page.emulateMedia({ media: "print" });
    await page.getByText(/^Orders 1 to \d+ of [\d,]+\. The exported file has all of them\.$/).waitFor();
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

/** Waits until it is so. */
async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await Bun.sleep(50);
}

const phone = "phone";
const phoneFilters = "phone, filters";
const states: readonly (readonly [name: string, path: string, act: (page: Page) => Promise<unknown>])[] = [
  ["list", "/orders", (page) => page.keyboard.press("j")],
  ["selected orders", "/orders?status_id=0", (page) => selectTwo(page)],
  ["views", "/orders", (page) => page.keyboard.press("v")],
  ["columns", "/orders", (page) => page.getByRole("button", { name: "Columns" }).click()],
  ["nothing fits", "/orders?q=nothinglikethis", (page) => page.getByText("No orders match").waitFor()],
  ["no connection", "/orders", (page) => lost(page)],
  ["more filters", "/orders?status_id=0,1&paid=false", async () => undefined],
  [phone, "/orders", async () => undefined],
  [phoneFilters, "/orders?status_id=0,1", (page) => page.getByRole("button", { name: "Filters" }).click()],
];
const findings = new InBothThemes();

describe.each(["light", "dark"] as const)("axe finds nothing, %s", (theme) => {
  test.each(states)("%s", async (name, path, act) => {
    const viewport = name.startsWith(phone) ? { width: 390, height: 844 } : undefined;
    const open = async () => {
      const page = await opened(path, viewport === undefined ? {} : { viewport });
      await act(page);
      return page;
    };
    const { found, isTooWide } = await findings.of(name, theme, open);
    expect(found).toEqual([]);
    if (name.startsWith(phone)) expect(isTooWide).toBe(false);
  });
});

async function selectTwo(page: Page): Promise<void> {
  for (const key of ["j", "x", "j", "x"]) await page.keyboard.press(key);
}

async function lost(page: Page): Promise<void> {
  await totalOf(page);
  await page.context().setOffline(true);
  await page.getByRole("grid").focus();
  await page.keyboard.press("End");
  await page.getByRole("alert").getByRole("button", { name: "Try again" }).waitFor();
}
