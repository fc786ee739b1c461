import type { Desk } from "./browser.ts";
import { api } from "./order-desk.ts";

/** A complete order of these products and quantities, ready to be invoiced. */
export async function readyOrder(
  desk: Desk,
  ...lines: readonly (readonly [product_id: number, quantity: number])[]
): Promise<number> {
  const town = { ship_city: "Oslo", ship_zip_postal_code: "0150", ship_country_region: "Norway" };
  const order = { customer_id: 4, employee_id: 3, shipper_id: 1, ship_name: "Kari", ship_address: "Gate 1", ...town };
  const order_details = lines.map(([product_id, quantity]) => ({ product_id, quantity }));
  const body = JSON.stringify({ ...order, order_details });
  return (await api<{ id: number }>(desk, "/api/orders", { method: "POST", body })).id;
}

/** Carries out an action of an order by the API itself. */
export async function act(desk: Desk, id: number, action: string, body: object = {}): Promise<void> {
  await api(desk, `/api/orders/${id}/${action}`, { method: "POST", body: JSON.stringify(body) });
}
