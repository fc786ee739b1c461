import type { Page } from "playwright-core";
import type { Desk } from "./browser.ts";
import { api, unstocked } from "./order-desk.ts";
import type { Place } from "./place.ts";
import { act, readyOrder } from "./ready-order.ts";
import { stockedProduct } from "./stocked-product.ts";

/*
 * The pages on which goods move: shipments, pick list, returns, counts.
 */

export const tradePages: readonly Place[] = [
  { name: "shipments", path: "/shipments" },
  { name: "shipment", path: shipmentPath },
  { name: "returns", path: returnsPath },
  { name: "counts", path: countsPath },
  { name: "count-new", path: "/counts/new" },
  { name: "count", path: countPath },
  { name: "pick", path: "/pick" },
  { name: "pick-list", path: pickPath },
];

export const tradeStates: readonly Place[] = [
  { name: "order-short", path: shortOrderPath, act: fillShort },
  { name: "order-not-bought", path: shortOrderPath, act: buyInVain },
  { name: "order-ship-part", path: async (desk) => `/orders/${await invoicedOrder(desk)}`, act: shipInPart },
  { name: "order-return", path: async (desk) => `/orders/${await shippedOrder(desk)}`, act: takeBack },
  { name: "packing-slip", path: shipmentPath, act: onSlip, isPaper: true },
];

/** The number of an order that can be shipped. */
async function invoicedOrder(desk: Desk): Promise<number> {
  const id = await readyOrder(desk, [await unstocked(desk, 1), 2]);
  await act(desk, id, "invoice");
  return id;
}

/** The number of an order that was just shipped. */
async function shippedOrder(desk: Desk): Promise<number> {
  const id = await invoicedOrder(desk);
  await act(desk, id, "ship", { tracking_number: "NW-2027-000042" });
  return id;
}

async function shipmentPath(desk: Desk): Promise<string> {
  const id = await shippedOrder(desk);
  const [shipment] = await api<readonly { readonly id: number }[]>(desk, `/api/orders/${id}/shipments`);
  return `/shipments/${shipment?.id}`;
}

async function returnsPath(desk: Desk): Promise<string> {
  const id = await shippedOrder(desk);
  const { order_details } = await api<{ readonly order_details: readonly { readonly id: number }[] }>(
    desk,
    `/api/orders/${id}?include=details`,
  );
  const came = [{ id: order_details[0]?.id, quantity: 1, disposition: "damaged" }];
  await act(desk, id, "returns", { reason: "Two tins were dented", order_details: came });
  return "/returns";
}

/** The list with one sheet that has been begun. */
async function countsPath(desk: Desk): Promise<string> {
  await countPath(desk);
  return "/counts";
}

/** A sheet on which one product is missing and one is as expected. */
async function countPath(desk: Desk): Promise<string> {
  const products = [await stockedProduct(desk, "Brass screws", 9, { location: "W-1" })];
  products.push(await stockedProduct(desk, "Iron nails", 4, { location: "W-2" }));
  products.push(await stockedProduct(desk, "Wood glue", 2));
  const post = (body: object) => ({ method: "POST", body: JSON.stringify(body) });
  const made = post({ reason: "Yearly count", product_ids: products });
  const { id } = await api<{ readonly id: number }>(desk, "/api/stock_counts", made);
  const counted = [7, 4].map((found, place) => ({ product_id: products[place], counted: found }));
  const body = JSON.stringify({ stock_count_details: counted });
  await api(desk, `/api/stock_counts/${id}`, { method: "PUT", body });
  return `/counts/${id}`;
}

/** The form of a new order, with a product in it of which too little is there, and which two suppliers sell. */
async function shortOrderPath(desk: Desk): Promise<string> {
  const sellers = ["Ironworks", "Tools & Sons"].map(async (company) => {
    const body = JSON.stringify({ company });
    return (await api<{ readonly id: number }>(desk, "/api/suppliers", { method: "POST", body })).id;
  });
  const supplier_ids = await Promise.all(sellers);
  await stockedProduct(desk, "Copper rivets", 7, { standard_cost: "2", supplier_ids });
  return "/orders/new?customer=4";
}

async function fillShort(page: Page): Promise<void> {
  await page.getByRole("combobox", { name: "Product" }).fill("copper rivets");
  await page
    .getByRole("option", { name: /^Copper rivets/ })
    .first()
    .click();
  await page.getByLabel("Quantity").first().fill("9");
  await page.getByRole("radio", { name: /^Buy 2 from/ }).check();
  await page.getByText("Saving the order makes the purchase order too.", { exact: false }).waitFor();
}

async function buyInVain(page: Page): Promise<void> {
  await fillShort(page);
  await page.route("**/api/orders/*/purchase", (route) => route.abort());
  await page.keyboard.press("Control+Enter");
  await page.getByRole("dialog").getByRole("button", { name: "Try again" }).waitFor();
}

/** What is to be picked for two orders that share a product. */
async function pickPath(desk: Desk): Promise<string> {
  const orders = [await readyOrder(desk, [1, 2], [4, 1]), await readyOrder(desk, [1, 3])];
  return `/pick?orders=${orders.join()}`;
}

async function shipInPart(page: Page): Promise<void> {
  await page.keyboard.press("Shift+S");
  await page.getByRole("dialog").getByText("up to 2").waitFor();
}

async function takeBack(page: Page): Promise<void> {
  await page.keyboard.press("t");
  await page.getByRole("dialog").getByText("up to 2").waitFor();
}

async function onSlip(page: Page): Promise<void> {
  await page.emulateMedia({ media: "print" });
  await page.getByRole("heading", { name: "Packing slip" }).waitFor();
}
