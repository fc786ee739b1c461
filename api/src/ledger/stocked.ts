// When the stock of a product begins and ends to be kept.
import type { Transaction } from "sqlproof";
import { ApiError, refuseAll } from "../contract/answer.ts";
import { fits, toUnits, zero } from "../contract/decimal.ts";
import { balanceRow, countIssues } from "./ledger.ts";
import {
  deleteBalance,
  largestOpen,
  largestOwed,
  lockBalances,
  openQuantity,
  owedQuantity,
  writeBalance,
} from "./queries.ts";

interface StockedProduct {
  readonly id: number;
  readonly stocked: boolean;
  readonly reorder_level: number | null;
  readonly target_level: number | null;
  readonly minimum_reorder_quantity: number | null;
}

/** Begins to keep the stock of a product: nothing is on hand, and its open order details wait. */
export async function beginStock(tx: Transaction, product: StockedProduct): Promise<void> {
  const product_id = product.id;
  for (const query of [largestOpen, largestOwed]) {
    const row = await tx.one(query, { product_id });
    const largest = toUnits(row.largest ?? zero);
    const most = largest * BigInt(row.details ?? 0);
    refuseAll(countIssues(product_id, [largest, fits(most) ? 0n : most], "#/stocked"));
  }
  const { open } = await tx.one(openQuantity, { product_id });
  const { owed } = await tx.one(owedQuantity, { product_id });
  const balance = {
    ...{ onHand: 0n, allocated: 0n },
    ...{ onOrder: toUnits(owed ?? zero), backOrdered: toUnits(open ?? zero) },
  };
  refuseAll(countIssues(product_id, Object.values(balance), "#/stocked"));
  await tx.run(writeBalance, { product_id, ...balanceRow(balance, product) });
}

/** Adapts the stock to a changed product: whether it is kept, and what is to be reordered by its new levels. */
export async function followProduct(tx: Transaction, before: StockedProduct, after: StockedProduct): Promise<void> {
  if (!before.stocked && after.stocked) await beginStock(tx, after);
  if (before.stocked && !after.stocked) await endStock(tx, before.id);
  if (!before.stocked || !after.stocked || levelsOf(before) === levelsOf(after)) return;
  const { on_hand, allocated, on_order, back_ordered } = await tx.one(lockBalances, { ids: [after.id] });
  const balance = {
    ...{ onHand: toUnits(on_hand), allocated: toUnits(allocated) },
    ...{ onOrder: toUnits(on_order), backOrdered: toUnits(back_ordered) },
  };
  await tx.run(writeBalance, { product_id: after.id, ...balanceRow(balance, after) });
}

function levelsOf({ reorder_level, target_level, minimum_reorder_quantity }: StockedProduct): string {
  return `${reorder_level} ${target_level} ${minimum_reorder_quantity}`;
}

/** Ends to keep the stock of a product. Throws 409 `state` while any of it is on hand. */
export async function endStock(tx: Transaction, product_id: number): Promise<void> {
  const stock = await tx.maybe(lockBalances, { ids: [product_id] });
  if (stock === null) return;
  if (stock.on_hand !== zero)
    throw new ApiError("state", "There is stock of it on hand: adjust that to 0 first, with the reason.");
  await tx.run(deleteBalance, { product_id });
}
