import { afterAll, afterEach, beforeAll, describe, expect, test } from "bun:test";
import { alive, axeFindings, type Desk, startDesk } from "./browser.ts";
import { api } from "./order-desk.ts";

let desk: Desk;
beforeAll(async () => {
  desk = await startDesk();
}, 240_000);
afterAll(() => desk?.stop());
afterEach(() => desk.closePages());

interface Summary {
  readonly sales_by_month: readonly { readonly sales: string }[];
  readonly top_customers: readonly { readonly customer: string }[];
}

async function summary(): Promise<Summary> {
  const { data }: { data: Summary } = await (await fetch(`${desk.apiUrl}/api/summary`)).json();
  return data;
}

test("what needs attention leads to its list, and every number is the API's", async () => {
  const { sales_by_month, top_customers } = await summary();
  const { data: lists } = await (await fetch(`${desk.apiUrl}/api/worklists`)).json();
  const page = await desk.page();
  await page.goto("/");
  await page.getByRole("heading", { level: 1, name: "Today" }).waitFor();
  const tiles = page.getByRole("list", { name: "What needs attention" });
  for (const [name, label, href] of [
    ["to_ship", "To ship", "/worklists/to_ship"],
    ["late", "Late", "/worklists/late"],
    ["to_reorder", "To reorder", "/reorder"],
  ] as const) {
    const count = Object(lists).find((list: { name: string }) => list.name === name).count;
    const tile = tiles.getByRole("link", { name: `${label} ${count}` });
    expect(await tile.getAttribute("href")).toBe(href);
  }
  await page
    .getByRole("link", { name: top_customers[0]?.customer ?? "", exact: true })
    .first()
    .waitFor();
  await page.getByText("Show the numbers").press("Enter");
  const rows = page.getByRole("table").getByRole("row");
  expect(await rows.count()).toBe(13);
  const last = sales_by_month.at(-1)?.sales ?? "";
  const [whole = "", cents = ""] = last.split(".");
  const shown = `kr\u00a0${whole.replace(/\B(?=(\d{3})+$)/g, ",")}.${cents.replace(/0{1,2}$/, "")}`;
  expect(await rows.last().innerText()).toContain(shown);
});

test("the chart has a name, a description and one bar per month", async () => {
  const page = await desk.page();
  await page.goto("/");
  const chart = page.getByRole("img", { name: "Sales of 12 months" });
  expect(await chart.locator("rect").count()).toBe(12);
  expect(await chart.locator("desc").textContent()).toContain("12 months");
});

test("a server that is away is reported, what is shown stays, and it comes back by itself", async () => {
  const page = await desk.page();
  await page.goto("/");
  await alive(page);
  desk.pauseApi();
  try {
    await page.evaluate(() => window.dispatchEvent(new Event("focus")));
    await page.getByText("No connection to the server. What you see may be out of date").waitFor();
    await page.getByRole("heading", { name: "Newest orders" }).waitFor();
    expect(await axeFindings(page)).toEqual([]);
    desk.resumeApi();
    await page.getByText("Connected again.").waitFor();
  } finally {
    desk.resumeApi();
  }
}, 60_000);

test("the menu of a small screen opens, leads on and closes, by keyboard too", async () => {
  const page = await desk.page({ viewport: { width: 390, height: 800 } });
  await page.goto("/");
  await alive(page);
  await page.getByRole("button", { name: "Menu" }).press("Enter");
  await page.getByRole("link", { name: "Suppliers" }).waitFor();
  expect(await axeFindings(page)).toEqual([]);
  await page.keyboard.press("Escape");
  await page.getByRole("link", { name: "Suppliers" }).waitFor({ state: "hidden" });
  await page.getByRole("button", { name: "Menu" }).click();
  await page.getByRole("link", { name: "Suppliers" }).click();
  await page.waitForURL("**/suppliers");
  await page.getByRole("link", { name: "About" }).waitFor({ state: "hidden" });
});

test("a company that has no orders yet sees what has to be bought, and how the stock of products is kept", async () => {
  const empty = await startDesk("sqlite", { apiArgs: () => ["--no-sample"] });
  try {
    const page = await empty.page();
    await page.goto("/stock");
    await page.getByText("No product keeps stock yet").waitFor();
    await page.getByRole("main").getByRole("link", { name: "Products" }).waitFor();
    await page.goto("/");
    await page.getByText("No orders yet").waitFor();
    expect(await page.getByRole("list", { name: "What needs attention" }).count()).toBe(0);
    const product = { product_name: "Rice", list_price: "2", stocked: true, reorder_level: 5, target_level: 9 };
    await api(empty, "/api/products", { method: "POST", body: JSON.stringify(product) });
    await page.goto("/");
    await page.getByRole("link", { name: /^To reorder\s*1/ }).waitFor();
    await page.getByText("No orders yet").waitFor();
    expect(await axeFindings(page)).toEqual([]);
  } finally {
    await empty.stop();
  }
}, 60_000);

describe("the first summary", () => {
  test("shows a message while it is computed, and comes in its place", async () => {
    const slow = await startDesk("sqlite", { apiDelayMs: 1200 });
    try {
      const page = await slow.page();
      // The first page of all waits for the company.
      await page.goto("/about");
      await page.goto("/", { waitUntil: "commit" });
      await page.getByText("Adding up the orders …").waitFor();
      expect(await page.getByRole("heading", { level: 1, name: "Today" }).isVisible()).toBe(true);
      await page.getByRole("list", { name: "What needs attention" }).waitFor();
      expect(await page.getByText("Adding up the orders …").count()).toBe(0);
    } finally {
      await slow.stop();
    }
  }, 60_000);

  test("that fails is reported, and it comes by itself once the API answers", async () => {
    const page = await desk.page();
    desk.pauseApi();
    try {
      await page.goto("/");
      await page.getByText("This could not be loaded").waitFor();
      await page.getByRole("heading", { level: 1, name: "Today" }).waitFor();
      await page.getByRole("button", { name: "Try again" }).waitFor();
    } finally {
      desk.resumeApi();
    }
    await page.getByRole("list", { name: "What needs attention" }).waitFor();
    expect(await page.getByText("This could not be loaded").count()).toBe(0);
  }, 60_000);
});
