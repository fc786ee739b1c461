// What the proof of the stock may find. Every fault names its row.

/** The tables of which a row may be at fault. */
export const faultTables = [
  ...(["products", "orders", "order_details", "order_returns", "stock_counts", "inventory_transactions"] as const),
] as const;

/** The codes of the faults. */
export const faultCodes = [
  ...(["balance-missing", "on-hand", "allocated", "held", "on-order", "back-ordered", "reorder"] as const),
  ...(["detail-quantities", "detail-held", "detail-returned", "return-entries", "count-entries"] as const),
  ...(["entry-without-detail", "entry-without-cause"] as const),
  ...(["order-without-details", "order-new-but-shipped", "order-new-but-invoiced", "orders-missing"] as const),
  ...(["product-code-twice"] as const),
] as const;

/** One thing that does not fit: in which row, and what about it. */
export interface Fault {
  readonly code: (typeof faultCodes)[number];
  readonly table: (typeof faultTables)[number];
  readonly id: number;
  readonly message: string;
}

/** A quantity as people write it: without the places that are 0. */
export function amount(quantity: string): string {
  return quantity.replace(/\.?0+$/, "") || "0";
}
