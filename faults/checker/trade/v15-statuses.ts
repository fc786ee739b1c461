import type { Check } from "../finding.ts";
import { isStocked, type Question, wrongRows } from "./ask.ts";

const open = "d.quantity - d.shipped - d.allocated";

/** None 0, Allocated 1, Invoiced 2, Shipped 3, On Order 4, No Stock 5; a detail that nobody tried to allocate is None. */
const derived = `CASE
  WHEN d.quantity = 0 THEN 0
  WHEN d.shipped >= d.quantity THEN 3
  WHEN d.invoiced >= d.quantity THEN 2
  WHEN NOT ${isStocked("d.product_id")} THEN 0
  WHEN ${open} <= 0 THEN 1
  WHEN d.purchase_order_id IS NOT NULL THEN 4
  WHEN d.status_id = 0 THEN 0
  ELSE 5 END`;

const questions: readonly Question[] = [
  {
    ask: `SELECT d.id FROM order_details AS d WHERE d.status_id <> ${derived} OR d.status_id IS NULL`,
    what: "Detail",
    words: "has another status than follows from its quantities",
  },
  {
    ask: `SELECT o.id FROM orders AS o WHERE o.status_id IN (2, 3)
      AND EXISTS (SELECT 1 FROM order_details AS d WHERE d.order_id = o.id AND d.shipped < d.quantity)`,
    what: "Order",
    words: "is shipped or closed, and something of it was not shipped",
  },
  {
    ask: `SELECT o.id FROM orders AS o WHERE o.status_id IN (1, 2, 3)
      AND EXISTS (SELECT 1 FROM order_details AS d WHERE d.order_id = o.id AND d.invoiced < d.quantity)`,
    what: "Order",
    words: "is invoiced, and something of it was not invoiced",
  },
];

/** V15: the statuses of details and orders follow from the quantities. */
export const derivedStatuses: Check = ({ stores: [store] }) => wrongRows(store, "V15", questions);
