import type { Page } from "playwright-core";
import { alive, type Desk, offlinePageStored } from "./browser.ts";
import { orderIn, unstocked } from "./order-desk.ts";
import type { Place } from "./place.ts";
import { cookieOf } from "./sign-in.ts";
import { tradePages, tradeStates } from "./trade-places.ts";

/*
 * Every page, and every state of one that was designed. axe looks at each of them, and `npm run screens` takes
 * its picture: what is missing here is seen by neither.
 */

export type { Place } from "./place.ts";

const resources = ["customers", "products", "employees", "shippers", "suppliers"] as const;

const pages: readonly Place[] = [
  { name: "home", path: "/" },
  { name: "orders", path: "/orders" },
  { name: "order", path: newOrderPath },
  { name: "order-new", path: "/orders/new", act: fillOrder },
  { name: "order-edit", path: async (desk) => `${await newOrderPath(desk)}/edit` },
  ...resources.flatMap((resource) => [
    { name: resource, path: `/${resource}` },
    { name: `${resource}-one`, path: `/${resource}/2` },
    { name: `${resource}-new`, path: `/${resource}/new` },
    { name: `${resource}-edit`, path: `/${resource}/2/edit` },
  ]),
  { name: "product-suppliers-edit", path: "/products/2/suppliers" },
  { name: "stock", path: "/stock" },
  { name: "stock-one", path: "/stock/2" },
  ...tradePages,
  { name: "purchases", path: "/purchase_orders" },
  { name: "purchase", path: (desk) => purchasePath(desk, 2) },
  { name: "purchase-new", path: "/purchase_orders/new" },
  { name: "purchase-edit", path: async (desk) => `${await purchasePath(desk, 2)}/edit` },
  { name: "reorder", path: "/reorder?below=target" },
  { name: "worklist", path: "/worklists/late" },
  { name: "tax-rates", path: "/tax_rates" },
  { name: "company", path: "/company" },
  { name: "first-user", path: "/first-user" },
  { name: "about", path: "/about" },
  { name: "not-found", path: "/nothing/is/here" },
];

const states: readonly Place[] = [
  { name: "palette", path: "/orders", act: openPalette },
  { name: "keys", path: "/orders", act: openKeys },
  { name: "orders-compact", path: "/orders?density=compact&status_id=2" },
  { name: "orders-none", path: "/orders?q=no+such+order+anywhere" },
  { name: "orders-selected", path: "/orders?sort=id", act: selectOrders },
  { name: "orders-views", path: "/orders?status_id=1", act: openViews },
  { name: "purchase-print", path: (desk) => purchasePath(desk, 2), act: onPurchasePaper, isPaper: true },
  { name: "purchase-receive", path: (desk) => purchasePath(desk, 2), act: receive },
  { name: "purchase-cancel", path: (desk) => purchasePath(desk, 1), act: askToCancel },
  { name: "reorder-selected", path: "/reorder?below=target", act: selectReorder },
  { name: "stock-low", path: "/stock?show=low" },
  { name: "order-of-worklist", path: async (desk) => `${await newOrderPath(desk)}?worklist=late` },
  { name: "customers-none", path: "/customers?q=nobody+is+called+that" },
  { name: "order-empty-form", path: "/orders/new" },
  { name: "order-refused", path: "/orders/new", act: refuse },
  { name: "order-leave", path: "/orders/new", act: leave },
  { name: "order-conflict", path: async (desk) => `${await newOrderPath(desk)}/edit`, act: conflict },
  { name: "order-step-undo", path: "/orders", act: step },
  { name: "order-closed", path: async (desk) => `/orders/${await orderIn(desk, 3)}` },
  { name: "order-print", path: newOrderPath, act: onPaper, isPaper: true },
  { name: "order-missing", path: "/orders/999999" },
  ...tradeStates,
  { name: "offline", path: "/orders/new", act: cutNetwork },
  { name: "no-server", path: newOrderPath, act: stopServer, window: { serviceWorkers: "allow" } },
  { name: "unreachable", path: newOrderPath, withoutApi: true },
];

export const places: readonly Place[] = [...pages, ...states];
/** Those that are pages of their own: what is measured per page is measured on these. */
export const pagePlaces: readonly Place[] = pages;

/** Where a place is on this desk. */
export async function pathOf({ path }: Place, desk: Desk): Promise<string> {
  return typeof path === "string" ? path : path(desk);
}

/** The page of an order that is new. */
async function newOrderPath(desk: Desk): Promise<string> {
  return `/orders/${await orderIn(desk, 0)}`;
}

/** Opens a place in its state. */
export async function visit(page: Page, desk: Desk, place: Place): Promise<void> {
  const path = await pathOf(place, desk);
  await signInAs(page, desk, place);
  if (place.withoutApi === true) desk.pauseApi();
  try {
    await page.goto(path);
    // The pages of somebody who is not signed in have no keys.
    if (place.as !== "nobody") await alive(page);
    await page.evaluate(() => document.fonts.ready);
    await place.act?.(page, desk);
  } finally {
    desk.resumeApi();
  }
}

/** Gives a window the session of the user who looks at a place. */
export async function signInAs(page: Page, desk: Desk, { as }: Place): Promise<void> {
  if (as === undefined || as === "nobody") return;
  const [name = "", value = ""] = (await cookieOf(desk, as)).split("=");
  await page.context().addCookies([{ name, value, url: desk.url, httpOnly: true, sameSite: "Lax" }]);
}

async function fillOrder(page: Page): Promise<void> {
  await page.getByRole("combobox", { name: "Customer" }).fill("thistle");
  await page.getByRole("option", { name: /Thistle/ }).click();
  for (const [place, name] of ["Oatcakes", "Espresso"].entries()) {
    if (place > 0) await page.getByRole("button", { name: /Add line/ }).click();
    await page.getByRole("combobox", { name: "Product" }).nth(place).fill(name);
    await page
      .getByRole("option", { name: new RegExp(name) })
      .first()
      .click();
    await page
      .getByLabel("Quantity")
      .nth(place)
      .fill(String(place * 4 + 2));
  }
}

async function openPalette(page: Page): Promise<void> {
  await page.keyboard.press("Control+k");
  await page.getByRole("dialog", { name: "Find" }).waitFor();
  await page.keyboard.type("thi");
  await page
    .getByRole("option", { name: /Thistle/ })
    .first()
    .waitFor();
}

async function openKeys(page: Page): Promise<void> {
  await page.keyboard.press("?");
  await page.getByRole("dialog", { name: "Keyboard shortcuts" }).waitFor();
}

async function selectOrders(page: Page): Promise<void> {
  await page.getByRole("grid").focus();
  for (const key of ["j", "x", "j", "x", "j", "x"]) await page.keyboard.press(key);
  await page.getByText("3 selected").first().waitFor();
}

/** The newest purchase order in a status: 1 submitted, 2 approved. */
async function purchasePath(desk: Desk, status: 1 | 2): Promise<string> {
  const answer = await fetch(`${desk.apiUrl}/api/purchase_orders?status_id=${status}&limit=1`);
  const { data }: { data: { id: number }[] } = await answer.json();
  return `/purchase_orders/${data[0]?.id}`;
}

async function receive(page: Page): Promise<void> {
  await page.keyboard.press("r");
  await page.getByRole("dialog").getByRole("textbox").first().waitFor();
}

async function askToCancel(page: Page): Promise<void> {
  await page.getByText("Not possible now:").click();
  await page.keyboard.press("x");
  await page.getByRole("dialog").waitFor();
}

async function selectReorder(page: Page): Promise<void> {
  await page.keyboard.press("a");
  await page.getByRole("button", { name: /^Order \d+ products/ }).waitFor();
}

async function openViews(page: Page): Promise<void> {
  await page.keyboard.press("v");
  await page.keyboard.type("To ship");
  await page.keyboard.press("Enter");
  await page.getByText("The view To ship is saved.").waitFor();
  await page.keyboard.press("v");
}

async function refuse(page: Page): Promise<void> {
  await fillOrder(page);
  await page.getByLabel("Quantity").first().fill("many");
  await page.getByLabel("Ordered on").fill("2026-11-20");
  await page.getByLabel("Shipped on").fill("2026-11-01");
  await page.keyboard.press("Control+Enter");
  await page.getByRole("alert").filter({ hasText: "Not saved yet" }).waitFor();
}

async function leave(page: Page): Promise<void> {
  await fillOrder(page);
  const menu = page.getByRole("button", { name: "Menu" });
  if (await menu.isVisible()) await menu.click();
  await page.getByRole("link", { name: "Customers" }).first().click();
  await page.getByRole("dialog", { name: "Leave without saving?" }).waitFor();
}

/** Someone else writes the notes that are being written here. */
async function conflict(page: Page, desk: Desk): Promise<void> {
  const notes = page.getByLabel("Notes");
  await notes.fill(`Ring the bell twice ${crypto.randomUUID().slice(0, 4)}`);
  const init = { method: "PUT", headers: { "content-type": "application/json" } };
  const theirs = `Leave it with the neighbour ${crypto.randomUUID().slice(0, 4)}`;
  await fetch(`${desk.apiUrl}/api/orders/${numberIn(page)}`, { ...init, body: JSON.stringify({ notes: theirs }) });
  await page.keyboard.press("Control+Enter");
  await page.getByRole("dialog", { name: "Someone else has changed this order" }).waitFor();
}

/** Waits for the message with Undo that follows a step. */
async function step(page: Page, desk: Desk): Promise<void> {
  await page.goto(`/orders/${await invoiceableOrder(desk)}`);
  await alive(page);
  await page.keyboard.press("i");
  await page.getByLabel("Messages").getByRole("button", { name: "Undo" }).waitFor();
}

/** The number of a new order that can be invoiced: with a detail and a complete address. */
export async function invoiceableOrder(desk: Desk): Promise<number> {
  const order_details = [{ product_id: await unstocked(desk, 1), quantity: 2 }];
  const wanted = { customer_id: 4, employee_id: 3, shipper_id: 1, order_details };
  const town = { ship_city: "Leith", ship_state_province: "Lothian", ship_zip_postal_code: "EH6 6TJ" };
  const address = { ship_name: "Callum Drummond", ship_address: "1 Mill Lane", ...town };
  const init = { method: "POST", headers: { "content-type": "application/json" } };
  const body = JSON.stringify({ ...wanted, ...address, ship_country_region: "Scotland" });
  const answer = await fetch(`${desk.apiUrl}/api/orders`, { ...init, body });
  if (answer.status !== 201) throw new Error(`the order was refused: ${await answer.text()}`);
  const { data }: { data: { id: number } } = await answer.json();
  return data.id;
}

async function onPaper(page: Page): Promise<void> {
  await page.emulateMedia({ media: "print" });
  await page.getByText(`Number ${numberIn(page)}`).waitFor();
}

async function onPurchasePaper(page: Page): Promise<void> {
  await page.emulateMedia({ media: "print" });
  await page.getByRole("article").getByRole("heading", { name: "Purchase order" }).waitFor();
}

/** The number of the order that a page shows. */
function numberIn(page: Page): string {
  return /\/orders\/(\d+)/.exec(page.url())?.[1] ?? "";
}

async function cutNetwork(page: Page): Promise<void> {
  await fillOrder(page);
  await page.context().setOffline(true);
  await page.getByText("No network.").first().waitFor();
}

/** The page that the browser stores for when the pages' own server is away. */
async function stopServer(page: Page, desk: Desk): Promise<void> {
  await offlinePageStored(page);
  await desk.stopPages();
  await page.reload();
  await page.getByRole("heading", { name: "No connection" }).waitFor();
  await page.route("**/offline", (route) => route.abort());
  await desk.startPages();
}
