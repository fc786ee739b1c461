import { asAnswered, type Cells, type Store, text, units } from "./store.ts";

const columns = [
  ...["id", "transaction_type", "transaction_created_date", "transaction_modified_date", "product_id"],
  ...["purchase_order_id", "customer_order_id", "comments", "order_detail_id", "principal"],
  ...["shipment_id", "order_return_id", "stock_count_id", "purchase_order_detail_id"],
] as const;

/** One line per entry of the ledger, the same on both engines: an entry whose line is gone was removed or altered. */
export async function ledgerOf(store: Store): Promise<readonly string[]> {
  const rows = await store.rows("SELECT * FROM inventory_transactions ORDER BY id");
  return rows.map(lineOf);
}

function lineOf(row: Cells): string {
  const cells = columns.filter((name) => text(row[name]) !== "").map((name) => `${name}=${asAnswered(row[name])}`);
  return `${cells.join(" ")} units=${units(row.quantity)}`;
}
