// The worklists as clients see them.
import { object } from "../contract/object.ts";
import {
  array,
  boolean,
  dateTime,
  decimal,
  id,
  integer,
  nullable,
  type Of,
  oneOf,
  statusId,
  text,
} from "../contract/schema.ts";

/** What is to be done, in the order of an order's life; then purchasing. */
export const worklistNames = [
  ...(["to_allocate", "short", "to_invoice", "to_ship", "late"] as const),
  ...(["to_approve", "to_receive", "to_reorder"] as const),
] as const;
export type WorklistName = (typeof worklistNames)[number];

const entry = object("WorklistEntry", {
  // Of the order, the purchase order or the product.
  id,
  // The customer, the supplier or the product.
  name: nullable(text(65_535)),
  // When it was ordered, or is expected.
  date: nullable(dateTime),
  status_id: nullable(statusId),
  // How much of the product is to be reordered; null in the other lists.
  quantity: nullable(decimal()),
});
export type WorklistEntry = Of<typeof entry>;

export const worklist = object("Worklist", {
  name: oneOf(worklistNames, `Must be one of ${worklistNames.join(", ")}.`),
  count: integer({ min: 0, max: 1000 }),
  // There are more than are counted.
  more: boolean,
  entries: array(entry),
});
export type Worklist = Of<typeof worklist>;
