import type { Check } from "../finding.ts";
import { isMadeHere, type Question, wrongRows } from "./ask.ts";

const valid = "SELECT COUNT(*) FROM invoices AS i WHERE i.order_id = o.id AND i.voided_date IS NULL";
const invoiced = "EXISTS (SELECT 1 FROM order_details AS d WHERE d.order_id = o.id AND d.invoiced > 0)";
const shipments = "SELECT COUNT(*) FROM shipments AS s WHERE s.order_id = o.id";

const questions: readonly Question[] = [
  {
    ask: `SELECT o.id FROM orders AS o WHERE ${isMadeHere("order", "o.id")} AND ${invoiced} AND (${valid}) = 0`,
    what: "Order",
    words: "has something invoiced without an invoice",
  },
  {
    ask: `SELECT o.id FROM orders AS o
      WHERE ${isMadeHere("order", "o.id")} AND o.status_id IN (0, 4) AND NOT ${invoiced} AND (${valid}) > 0`,
    what: "Order",
    words: "has an invoice, and nothing of it is invoiced",
  },
  {
    ask: `SELECT o.id FROM orders AS o WHERE ${isMadeHere("order", "o.id")} AND (${valid}) > 1 + (${shipments})`,
    what: "Order",
    words: "is invoiced more often than it was invoiced and shipped",
  },
];

/** V18: what is invoiced has an invoice that counts, and nothing is invoiced twice. */
export const invoices: Check = ({ stores: [store] }) => wrongRows(store, "V18", questions);
