import type { Desk } from "./browser.ts";
import { api } from "./order-desk.ts";

/** A product whose stock is kept, with so much on hand. */
export async function stockedProduct(desk: Desk, product_name: string, onHand: number, more: object = {}) {
  const product = { product_name, list_price: "10", stocked: true, ...more };
  const { id } = await api<{ id: number }>(desk, "/api/products", { method: "POST", body: JSON.stringify(product) });
  if (onHand > 0) await adjustStock(desk, id, onHand);
  return id;
}

/** Counts more of a product, or less. */
export async function adjustStock(desk: Desk, product_id: number, quantity: number | string): Promise<void> {
  const body = JSON.stringify({ product_id, type: "adjusted", quantity, reason: "Counted" });
  await api(desk, "/api/stock/adjustments", { method: "POST", body });
}
