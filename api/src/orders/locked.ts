// Orders as a write reads them: locked until its transaction ends, in the version that the client has seen.
import type { Transaction } from "sqlproof";
import type { MinorUnit } from "../company/currency.ts";
import { ApiError } from "../contract/answer.ts";
import type { WriteContext } from "../contract/write-headers.ts";
import { isStale, staleError } from "../writes/preconditions.ts";
import { detailsByOrderIds, lockFreeOrders, lockOrders } from "./queries.ts";
import { type DetailRow, detailedOrder, type WrittenOrder } from "./read.ts";

/** The order in the version that the client has seen, locked until the transaction ends. */
export async function lockedOrder(
  tx: Transaction,
  id: number,
  context: WriteContext,
  minorUnit: MinorUnit,
): Promise<WrittenOrder> {
  return inSeenVersion((await locked(tx, [id])).get(id), context, minorUnit);
}

/** The orders, locked until the transaction ends. Of several, those that another transaction has locked are skipped. */
export async function locked(tx: Transaction, ids: readonly number[]): Promise<ReadonlyMap<number, WrittenOrder>> {
  // Sent together but executed in this order: the details are read when the orders are locked.
  const [rows, details] = await Promise.all([
    tx.all(ids.length === 1 ? lockOrders : lockFreeOrders, { ids }),
    detailsOf(tx, ids),
  ]);
  return new Map(rows.map((row) => [row.id, { row, details: details.get(row.id) ?? [] }]));
}

/** The order, or an error when it is missing or `If-Match` names another version. */
export function inSeenVersion(
  order: WrittenOrder | undefined,
  context: WriteContext,
  minorUnit: MinorUnit,
): WrittenOrder {
  if (order === undefined) throw orderNotFound();
  if (isStale(context, order.row)) throw staleError(order.row, "order", detailedOrder(order, minorUnit), context);
  return order;
}

/** The details of these orders, by order. */
export async function detailsOf(
  tx: Transaction,
  ids: readonly number[],
): Promise<ReadonlyMap<number, readonly DetailRow[]>> {
  const details = new Map<number, DetailRow[]>();
  if (ids.length === 0) return details;
  for (const detail of await tx.all(detailsByOrderIds, { order_ids: ids })) {
    const ofOrder = details.get(detail.order_id ?? 0);
    if (ofOrder === undefined) details.set(detail.order_id ?? 0, [detail]);
    else ofOrder.push(detail);
  }
  return details;
}

/** The error for an order that does not exist. */
export function orderNotFound(): ApiError {
  return new ApiError("not-found", "There is no such order.");
}
