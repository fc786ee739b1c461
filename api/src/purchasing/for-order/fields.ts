// What is sent to buy goods for an order.
import { object } from "../../contract/object.ts";
import { array, boolean, decimal, id, type Of, optional } from "../../contract/schema.ts";

const most = 500;

const bought = object("PurchasedDetail", {
  id,
  quantity: optional(decimal({ min: "0" })),
  // Instead of the preferred supplier.
  supplier_id: optional(id),
});

/** All that lacks, or only what these details lack; with `submit` the purchase orders are submitted at once. */
export const orderPurchase = object("OrderPurchase", {
  order_details: optional(array(bought, most)),
  submit: optional(boolean),
});
export type OrderPurchase = Of<typeof orderPurchase>;
