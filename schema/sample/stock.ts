import type { DateTime } from "sqlproof";
import { reorderOf } from "../stock-levels.ts";
import type { SampleProduct } from "./products.ts";
import type { StockRow, TransactionRow } from "./rows.ts";
import { decimalOf, unitsPerOne } from "./values.ts";

/** The ids of the transaction types, from the reference values. */
const transactionType = { purchased: 1, sold: 2, onHold: 3 } as const;

/** The balances of a product, in whole pieces. */
interface Balance {
  onHand: number;
  allocated: number;
  onOrder: number;
  backOrdered: number;
}

/** The stock of the sample company: its ledger, and the balances that follow from it. */
export class Stock {
  readonly rows: TransactionRow[] = [];
  readonly #balances = new Map<number, Balance>();

  available(product: number): number {
    const { onHand, allocated } = this.#balance(product);
    return onHand - allocated;
  }

  /** Counts goods that are ordered from a supplier. */
  order(product: number, quantity: number): void {
    this.#balance(product).onOrder += quantity;
  }

  /** Counts goods that a customer waits for. */
  lack(product: number, quantity: number): void {
    this.#balance(product).backOrdered += quantity;
  }

  /** The row of the balances of each product. */
  balances(products: readonly SampleProduct[]): StockRow[] {
    return products.map(({ reorderLevel, targetLevel, minimumReorder }, index) => {
      const { onHand, allocated, onOrder, backOrdered } = this.#balance(index + 1);
      const decimal = (quantity: number) => decimalOf(quantity * unitsPerOne);
      const balance = {
        on_hand: decimal(onHand),
        allocated: decimal(allocated),
        on_order: decimal(onOrder),
        back_ordered: decimal(backOrdered),
      };
      const levels = {
        reorder_level: reorderLevel,
        target_level: targetLevel,
        minimum_reorder_quantity: minimumReorder,
      };
      return { product_id: index + 1, ...balance, ...reorderOf(balance, levels) };
    });
  }

  #balance(product: number): Balance {
    const known = this.#balances.get(product) ?? { onHand: 0, allocated: 0, onOrder: 0, backOrdered: 0 };
    this.#balances.set(product, known);
    return known;
  }

  /** Adds goods that arrived. Returns the id of the ledger row. */
  add(product: number, quantity: number, purchaseOrder: number, at: DateTime): number {
    const balance = this.#balance(product);
    balance.onHand += quantity;
    balance.onOrder -= quantity;
    return this.#write(transactionType.purchased, product, quantity, at, at, { purchase_order_id: purchaseOrder });
  }

  /** Puts goods on hold for an order detail, or sells them if it is shipped. Returns the id of the ledger row. */
  take(product: number, quantity: number, order: number, at: DateTime, soldAt: DateTime | null): number {
    const balance = this.#balance(product);
    if (soldAt === null) balance.allocated += quantity;
    else balance.onHand -= quantity;
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
      quantity: decimalOf(quantity * unitsPerOne),
      purchase_order_id: cause.purchase_order_id ?? null,
      customer_order_id: cause.customer_order_id ?? null,
      comments: null,
    });
    return id;
  }
}
