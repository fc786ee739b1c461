import { type Store, text } from "./store.ts";

/** One line per product and type of stock movement: equal lines mean equal stock. */
export async function stockOf(store: Store): Promise<readonly string[]> {
  const rows = await store.rows(`
    SELECT product_id, transaction_type, COUNT(*) AS movements, SUM(quantity) AS quantity FROM inventory_transactions
    GROUP BY product_id, transaction_type ORDER BY product_id, transaction_type`);
  return rows.map(({ product_id, transaction_type, movements, quantity }) =>
    [
      `product ${text(product_id)}`,
      `type ${text(transaction_type)}`,
      `${text(movements)} movements`,
      text(quantity),
    ].join(" "),
  );
}
