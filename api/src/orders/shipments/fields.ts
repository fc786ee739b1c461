// What the API shows of shipments and of what is to be picked for them.
import { object } from "../../contract/object.ts";
import { array, dateTime, decimal, id, nullable, type Of, optional, text } from "../../contract/schema.ts";

const anyText = nullable(text(2000, "lines"));
const trackingNumber = nullable(text(100));

const product = {
  product_id: nullable(id),
  product_code: anyText,
  product_name: anyText,
  quantity_per_unit: anyText,
  location: anyText,
  quantity: decimal(),
} as const;

const content = object("ShipmentDetail", { order_detail_id: id, ...product });

const members = {
  id,
  order_id: id,
  shipper_id: nullable(id),
  shipped_date: dateTime,
  tracking_number: trackingNumber,
  notes: anyText,
  shipment_details: array(content),
} as const;

/** A shipment with what is in it: products as they were sold, and where they lie now. */
export const shipment = object("Shipment", members);
export type Shipment = Of<typeof shipment>;

/** What may change of a shipment; its goods have left. */
export const shipmentUpdate = object(
  "ShipmentUpdate",
  { tracking_number: optional(trackingNumber), notes: optional(anyText) },
  { answered: members },
);

/** What is to be picked: for each order, and of each product for all of them. */
export const pickList = object("PickList", {
  lines: array(object("PickLine", { order_id: id, order_detail_id: id, ...product })),
  totals: array(object("PickTotal", product)),
});
export type PickList = Of<typeof pickList>;
