import type { DateTime } from "sqlproof";
import type { TransactionRow } from "./rows.ts";

/** The ids of the transaction types, from the reference values. */
const transactionType = { purchased: 1, sold: 2, onHold: 3 } as const;

/** The stock ledger of the sample company: the available quantity is always the sum of its rows. */
export class Stock {
  readonly rows: TransactionRow[] = [];
  readonly #available = new Map<number, number>();

  available(product: number): number {
    return this.#available.get(product) ?? 0;
  }

  /** Adds goods that arrived. Returns the id of the ledger row. */
  add(product: number, quantity: number, purchaseOrder: number, at: DateTime): number {
    this.#available.set(product, this.available(product) + quantity);
    return this.#write(transactionType.purchased, product, quantity, at, at, { purchase_order_id: purchaseOrder });
  }

  /** Puts goods on hold for an order detail, or sells them if it is invoiced. Returns the id of the ledger row. */
  take(product: number, quantity: number, order: number, at: DateTime, soldAt: DateTime | null): number {
    this.#available.set(product, this.available(product) - quantity);
    const type = soldAt === null ? transactionType.onHold : transactionType.sold;
    return this.#write(type, product, quantity, at, soldAt ?? at, { customer_order_id: order });
  }

  #write(
    type: number,
    product: number,
    quantity: number,
    createdAt: DateTime,
    modifiedAt: DateTime,
    cause: { readonly purchase_order_id?: number; readonly customer_order_id?: number },
  ): number {
    const id = this.rows.length + 1;
    this.rows.push({
      id,
      transaction_type: type,
      transaction_created_date: createdAt,
      transaction_modified_date: modifiedAt,
      product_id: product,
      quantity,
      purchase_order_id: cause.purchase_order_id ?? null,
      customer_order_id: cause.customer_order_id ?? null,
      comments: null,
    });
    return id;
  }
}
