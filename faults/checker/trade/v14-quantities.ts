import type { Check } from "../finding.ts";
import { type Question, wrongRows } from "./ask.ts";

const questions: readonly Question[] = [
  {
    ask: "SELECT id FROM order_details WHERE quantity - shipped - allocated < 0",
    what: "Detail",
    words: "has less than nothing open",
  },
  {
    ask: "SELECT id FROM order_details WHERE invoiced > quantity",
    what: "Detail",
    words: "has more invoiced than is ordered",
  },
  {
    ask: `SELECT d.id FROM order_details AS d JOIN orders AS o ON o.id = d.order_id
      WHERE o.status_id IN (2, 3, 4) AND d.allocated > 0`,
    what: "Detail",
    words: "holds goods for an order that needs none any more",
  },
  {
    ask: `SELECT d.id FROM order_details AS d JOIN orders AS o ON o.id = d.order_id
      WHERE o.status_id = 4 AND (d.shipped > 0 OR d.invoiced > 0)`,
    what: "Detail",
    words: "is shipped or invoiced, and its order is cancelled",
  },
];

/** V14: shipped + allocated + open = ordered; what is shipped and invoiced is not undercut. */
export const quantities: Check = ({ stores: [store] }) => wrongRows(store, "V14", questions);
