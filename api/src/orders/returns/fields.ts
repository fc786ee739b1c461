// What the API shows of returns, and what it is sent for one.
import { object } from "../../contract/object.ts";
import { array, dateTime, decimal, id, name, nullable, type Of, oneOf, optional, text } from "../../contract/schema.ts";

/** What becomes of goods that come back: only those for the stock can be sold again. */
const dispositions = ["stock", "damaged", "scrap"] as const;
const disposition = oneOf(dispositions, `Must be one of ${dispositions.join(", ")}.`);

const anyText = nullable(text(2000, "lines"));
const reason = name(255);

/** A return with what came back: products as they were sold, and where they lie now. */
export const orderReturn = object("OrderReturn", {
  id,
  order_id: id,
  returned_date: dateTime,
  reason,
  order_return_details: array(
    object("OrderReturnDetail", {
      id,
      order_detail_id: id,
      product_id: nullable(id),
      product_code: anyText,
      product_name: anyText,
      quantity_per_unit: anyText,
      location: anyText,
      quantity: decimal(),
      disposition: text(20),
    }),
  ),
});
export type OrderReturn = Of<typeof orderReturn>;

/** What comes back, and why. An order detail may be named once for each disposition. */
export const orderReturnCreate = object("OrderReturnCreate", {
  returned_date: optional(nullable(dateTime)),
  reason,
  order_details: array(object("ReturnedDetail", { id, quantity: decimal({ min: "0" }), disposition }), 500),
});
export type OrderReturnCreate = Of<typeof orderReturnCreate>;
