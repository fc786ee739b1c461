// What the API shows of products that are to be reordered, and how they are reordered.
import { object } from "../../contract/object.ts";
import { array, boolean, decimal, id, integer, nullable, type Of, optional, text } from "../../contract/schema.ts";

const level = nullable(integer({ min: 0, max: 2_147_483_647 }));

/** The terms on which it is reordered. */
const supplier = object("ReorderSupplier", {
  supplier_id: id,
  company: nullable(text(50)),
  unit_cost: nullable(decimal()),
  pack_quantity: decimal(),
  minimum_quantity: decimal(),
  lead_time_days: nullable(integer({ min: 0, max: 32_767 })),
});

/**
 * A product that is to be reordered, with the arithmetic: available = on_hand - allocated; current_level = available +
 * on_order - back_ordered; to_reorder is what lacks to the target level, at least the minimum; quantity is that in the
 * packs of the supplier, and at least what the supplier delivers.
 */
export const reorder = object("Reorder", {
  product_id: id,
  product_code: nullable(text(25)),
  product_name: nullable(text(50)),
  on_hand: decimal(),
  allocated: decimal(),
  available: decimal(),
  on_order: decimal(),
  back_ordered: decimal(),
  current_level: decimal(),
  reorder_level: level,
  target_level: level,
  minimum_reorder_quantity: level,
  low: boolean,
  to_reorder: decimal(),
  supplier: nullable(supplier),
  quantity: decimal(),
});
export type Reorder = Of<typeof reorder>;

const mostProducts = 500;

const selected = object("ReorderedProduct", {
  product_id: id,
  quantity: optional(decimal({ min: "0" })),
  // Instead of the preferred supplier.
  supplier_id: optional(id),
  // As it was read: refused if something else is to be reordered by now.
  to_reorder: optional(decimal({ min: "0" })),
});

/** What is to be reordered; with `submit` the purchase orders are submitted at once. */
export const reordering = object("Reordering", {
  products: array(selected, mostProducts),
  submit: optional(boolean),
});
export type Reordering = Of<typeof reordering>;
