import type { Product } from "./state.ts";

/** What is to be ordered of a product, by the rule of Access. */
export function reorderOf(product: Product): { readonly toReorder: number; readonly low: boolean } {
  const { onHand, allocated, onOrder, backOrdered, ...levels } = product;
  const level = onHand - allocated + onOrder - backOrdered;
  const missing = levels.targetLevel * 10_000 - level;
  const toReorder = missing <= 0 ? 0 : Math.max(missing, levels.minimum * 10_000);
  return { toReorder, low: level < levels.reorderLevel * 10_000 };
}
