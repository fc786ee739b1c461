import type { Check } from "../finding.ts";
import { isMadeHere, isStocked, type Question, wrongRows } from "./ask.ts";

/** What the ledger says of each detail: sold, and held less released. */
const ledger = `SELECT order_detail_id,
    SUM(CASE WHEN transaction_type = 2 THEN quantity ELSE 0 END) AS sold,
    SUM(CASE WHEN transaction_type = 3 THEN quantity WHEN transaction_type = 7 THEN -quantity ELSE 0 END) AS held
  FROM inventory_transactions WHERE order_detail_id IS NOT NULL GROUP BY order_detail_id`;
const contents = "SELECT order_detail_id, SUM(quantity) AS sent FROM shipment_details GROUP BY order_detail_id";
const bought = `SELECT purchase_order_detail_id AS detail, SUM(quantity) AS received FROM inventory_transactions
  WHERE transaction_type = 1 GROUP BY purchase_order_detail_id`;
/** Details that have been in the stock of this program from the beginning. */
const ofOurs = `${isMadeHere("order", "d.order_id")} AND ${isStocked("d.product_id")}`;

const questions: readonly Question[] = [
  {
    ask: `SELECT d.id FROM order_details AS d LEFT JOIN (${contents}) AS c ON c.order_detail_id = d.id
      WHERE d.shipped <> COALESCE(c.sent, 0)`,
    what: "Detail",
    words: "is shipped otherwise than its shipments say",
  },
  {
    ask: `SELECT d.id FROM order_details AS d LEFT JOIN (${ledger}) AS l ON l.order_detail_id = d.id
      WHERE d.shipped <> COALESCE(l.sold, 0) AND ${ofOurs}`,
    what: "Detail",
    words: "is shipped otherwise than the ledger has sold it: each is sold once",
  },
  {
    ask: `SELECT d.id FROM order_details AS d LEFT JOIN (${ledger}) AS l ON l.order_detail_id = d.id
      WHERE d.allocated <> COALESCE(l.held, 0) AND ${ofOurs}`,
    what: "Detail",
    words: "holds something else than the ledger says",
  },
  {
    ask: `SELECT d.id FROM purchase_order_details AS d LEFT JOIN (${bought}) AS b ON b.detail = d.id
      WHERE d.received <> COALESCE(b.received, 0)
        AND ${isMadeHere("purchase_order", "d.purchase_order_id")} AND ${isStocked("d.product_id")}`,
    what: "Purchase detail",
    words: "is received otherwise than the ledger says",
  },
  {
    ask: `SELECT s.id FROM shipments AS s JOIN shipment_details AS c ON c.shipment_id = s.id
      LEFT JOIN order_details AS d ON d.id = c.order_detail_id WHERE d.id IS NULL OR d.order_id <> s.order_id`,
    what: "Shipment",
    words: "has goods of another order",
  },
  {
    ask: `SELECT s.id FROM order_returns AS s JOIN order_return_details AS c ON c.order_return_id = s.id
      LEFT JOIN order_details AS d ON d.id = c.order_detail_id WHERE d.id IS NULL OR d.order_id <> s.order_id`,
    what: "Return",
    words: "has goods of another order",
  },
];

/** V17: shipments, returns, receipts and the ledger say the same as the quantities of the details. */
export const documents: Check = ({ stores: [store] }) => wrongRows(store, "V17", questions);
