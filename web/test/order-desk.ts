import type { Page } from "playwright-core";
import { alive, type Desk } from "./browser.ts";

/*
 * What tests of the order form do again and again: orders by the API, and a form that is filled.
 */

export interface StoredOrder {
  readonly id: number;
  readonly order_total: string;
  readonly taxes: string;
  readonly notes: string | null;
  readonly ship_city: string | null;
  readonly order_details: readonly { readonly id: number; readonly quantity: string }[];
}

/** Asks the API itself, without the browser. */
export async function api<T>(desk: Desk, path: string, init: RequestInit = {}): Promise<T> {
  const answer = await fetch(desk.apiUrl + path, { ...init, headers: { "content-type": "application/json" } });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${init.method ?? "GET"} ${path}: ${answer.status} ${text}`);
  const { data }: { data: T } = JSON.parse(text);
  return data;
}

export function orderOf(desk: Desk, id: number): Promise<StoredOrder> {
  return api<StoredOrder>(desk, `/api/orders/${id}?include=details`);
}

/** How many orders there are with these notes. */
export async function ordersWith(desk: Desk, notes: string): Promise<readonly StoredOrder[]> {
  const newest = await api<readonly StoredOrder[]>(desk, "/api/orders?sort=-id&limit=50");
  return newest.filter((order) => order.notes === notes);
}

/** The newest order in a status: 0 New, 1 Invoiced, 2 Shipped, 3 Closed. Tests do not rely on order numbers. */
export async function orderIn(desk: Desk, status: 0 | 1 | 2 | 3): Promise<number> {
  const [order] = await api<readonly StoredOrder[]>(desk, `/api/orders?status_id=${status}&sort=-id&limit=1`);
  if (order === undefined) throw new Error(`no order has the status ${status}`);
  return order.id;
}

/** A new order that held goods and gave them back: the ledger names it, so it cannot be deleted. */
export async function orderThatHeldGoods(desk: Desk): Promise<number> {
  const body = JSON.stringify({ customer_id: 4, order_details: [{ product_id: 1, quantity: 1 }] });
  const { id } = await api<StoredOrder>(desk, "/api/orders", { method: "POST", body });
  await api(desk, `/api/orders/${id}/release`, { method: "POST", body: "{}" });
  return id;
}

const unstockedProducts = new Map<string, Promise<number>>();

/** A product like that of the sample company, but always there: an order for it holds nothing and can be deleted. */
export function unstocked(desk: Desk, id: number): Promise<number> {
  const key = `${desk.apiUrl} ${id}`;
  const made = unstockedProducts.get(key) ?? copyWithoutStock(desk, id);
  unstockedProducts.set(key, made);
  return made;
}

async function copyWithoutStock(desk: Desk, id: number): Promise<number> {
  const { id: _, ...product } = await api<{ readonly id: number }>(desk, `/api/products/${id}`);
  const body = JSON.stringify({ ...product, stocked: false });
  return (await api<{ readonly id: number }>(desk, "/api/products", { method: "POST", body })).id;
}

/** An order of its own for a test: new, with two details. */
export async function anOrder(desk: Desk): Promise<number> {
  const order_details = [
    { product_id: await unstocked(desk, 1), quantity: 2 },
    { product_id: await unstocked(desk, 4), quantity: 3 },
  ];
  const street = { ship_name: "Kari", ship_address: "Gate 1", ship_zip_postal_code: "0150" };
  const address = { ...street, ship_city: "Oslo", ship_country_region: "Norway" };
  const body = JSON.stringify({ customer_id: 4, employee_id: 3, shipper_id: 1, ...address, order_details });
  const { id } = await api<StoredOrder>(desk, "/api/orders", { method: "POST", body });
  return id;
}

export async function change(desk: Desk, id: number, fields: object): Promise<void> {
  await api(desk, `/api/orders/${id}`, { method: "PUT", body: JSON.stringify(fields) });
}

/** The form of a new order, with a customer and a product. */
export async function newOrder(page: Page): Promise<void> {
  await page.goto("/orders/new");
  await alive(page);
  await page.getByRole("combobox", { name: "Customer" }).fill("thistle");
  await page.getByRole("option", { name: /Thistle/ }).click();
  await page.getByRole("combobox", { name: "Product" }).fill("oatcakes");
  await page.getByRole("option", { name: /^Highmoor Oatcakes/ }).click();
}

/** The form of an order that is there. */
export async function editOrder(page: Page, id: number): Promise<Page> {
  await page.goto(`/orders/${id}/edit`);
  await alive(page);
  return page;
}

export function save(page: Page): Promise<void> {
  return page.keyboard.press("Control+Enter");
}
