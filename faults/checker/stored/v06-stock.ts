import { stockOf } from "../../database/stock.ts";
import { text } from "../../database/store.ts";
import type { Check, Finding } from "../finding.ts";

/** Purchased 1, Sold 2, On Hold 3, Waste 4: quantities are positive, the type decides the sign. */
const stock = `
  SELECT product_id, SUM(CASE transaction_type WHEN 1 THEN quantity ELSE -quantity END) AS available
  FROM inventory_transactions GROUP BY product_id
  HAVING SUM(CASE transaction_type WHEN 1 THEN quantity ELSE -quantity END) < 0`;

const questions = [
  { ask: stock, say: "product_id", words: "has a negative stock" },
  { ask: "SELECT id FROM inventory_transactions WHERE quantity < 0", say: "id", words: "moves a negative quantity" },
  { ask: "SELECT id FROM order_details WHERE quantity < 0", say: "id", words: "orders a negative quantity" },
  {
    ask: `SELECT d.id FROM order_details AS d JOIN inventory_transactions AS t ON t.id = d.inventory_id
      WHERE t.product_id <> d.product_id`,
    say: "id",
    words: "holds stock of another product",
  },
] as const;

/**
 * V6: stock = start + in - out, never below zero. The API does not move stock yet, so every sum of movements must be
 * what it was at the start.
 */
export const stockAddsUp: Check = async ({ stores, stockAtStart }) => {
  const findings: Finding[] = [];
  for (const { ask, say, words } of questions)
    for (const row of await stores[0].rows(ask))
      findings.push({ invariant: "V6", words: `${say} ${text(row[say])} ${words}.` });
  const now = await stockOf(stores[0]);
  for (const line of new Set(stockAtStart).symmetricDifference(new Set(now)))
    findings.push({ invariant: "V6", words: `Stock ${now.includes(line) ? "is now" : "was at the start"}: ${line}.` });
  return findings;
};
