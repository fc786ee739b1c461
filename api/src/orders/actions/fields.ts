// What the actions of an order are sent.
import { object } from "../../contract/object.ts";
import { array, dateTime, decimal, id, nullable, type Of, optional, text } from "../../contract/schema.ts";

const most = 500;
const quantity = decimal({ min: "0" });

/** All that can be allocated or released, or only so much of these details. */
export const chosenDetails = object("OrderAllocation", {
  order_details: optional(array(object("AllocatedDetail", { id, quantity: optional(quantity) }), most)),
});

/** All that is allocated, or only so much of these details. */
export const shipping = object("OrderShipping", {
  shipper_id: optional(nullable(id)),
  shipped_date: optional(nullable(dateTime)),
  tracking_number: optional(nullable(text(100))),
  notes: optional(nullable(text(2000, "lines"))),
  order_details: optional(array(object("ShippedDetail", { id, quantity }), most)),
});
export type Shipping = Of<typeof shipping>;
