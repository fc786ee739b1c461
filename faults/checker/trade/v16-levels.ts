import { integer, text, units } from "../../database/store.ts";
import { amountText } from "../decimal.ts";
import type { Check, Finding } from "../finding.ts";

/** What suppliers owe of each product: purchase orders that are new, submitted or approved. */
const owed = `SELECT d.product_id, SUM(d.quantity - d.received) AS units
  FROM purchase_order_details AS d JOIN purchase_orders AS p ON p.id = d.purchase_order_id
  WHERE d.quantity > d.received AND (p.status_id IN (0, 1, 2) OR p.status_id IS NULL) GROUP BY d.product_id`;

const one = 10_000n;

/** V16: what is on order is what suppliers owe; what is to be reordered follows from the balance and the levels. */
export const levels: Check = async ({ stores: [store] }) => {
  const findings: Finding[] = [];
  const owes = new Map((await store.rows(owed)).map((row) => [text(row.product_id), units(row.units)]));
  const rows = await store.rows(`SELECT s.*, p.reorder_level, p.target_level, p.minimum_reorder_quantity
    FROM product_stock AS s JOIN products AS p ON p.id = s.product_id`);
  for (const row of rows) {
    const say = (words: string) =>
      findings.push({ invariant: "V16", words: `Product ${text(row.product_id)} ${words}.` });
    const onOrder = units(row.on_order);
    const wanted = owes.get(text(row.product_id)) ?? 0n;
    if (onOrder !== wanted) say(`has ${amountText(onOrder)} on order, and suppliers owe ${amountText(wanted)}`);
    const level = units(row.on_hand) - units(row.allocated) + onOrder - units(row.back_ordered);
    const pieces = (cell: unknown) => BigInt(cell === null ? 0 : integer(cell)) * one;
    const missing = pieces(row.target_level) - level;
    const minimum = pieces(row.minimum_reorder_quantity);
    const toReorder = missing <= 0n ? 0n : missing > minimum ? missing : minimum;
    if (units(row.to_reorder) !== toReorder)
      say(`has ${amountText(units(row.to_reorder))} to reorder, and its levels make ${amountText(toReorder)}`);
    const isLow = level < pieces(row.reorder_level);
    if ((integer(row.low) === 1) !== isLow) say(`is ${isLow ? "low and not marked so" : "marked as low and is not"}`);
  }
  return findings;
};
