import { openOf, quantitiesOf } from "northwind-api/src/orders/stock/quantities.ts";
import type { Order } from "../../../api/types.ts";
import type { Available } from "../../available.ts";
import { filledDetails } from "../draft/body.ts";
import type { Draft } from "../draft/draft.ts";
import type { Shortage } from "../draft/shortages.ts";

/** A stored detail for which something is to be bought. */
export interface LineToBuy {
  readonly id: number;
  readonly supplier_id: number;
  /** How the line is called when it is refused. */
  readonly row: number;
  readonly name: string;
}

/**
 * What is to be bought for an order as it was saved. `notNeeded` counts the lines of which everything is there after
 * all; a line that was not short any more when it was saved is neither.
 */
export function linesToBuy(
  draft: Draft,
  order: Order,
  { shortages, available }: { readonly shortages: ReadonlyMap<string, Shortage>; readonly available: Available },
): { readonly lines: readonly LineToBuy[]; readonly notNeeded: number } {
  const marked = filledDetails(draft).flatMap((row, place) => {
    const stored = order.order_details?.[place];
    const { product, buyFrom } = row;
    if (product === null || buyFrom === undefined || stored?.product_id !== product.id) return [];
    // What is available may not be known: then the mark counts.
    if (available.has(product.id) && !shortages.has(row.key)) return [];
    const line = { id: stored.id, supplier_id: buyFrom.id, row: draft.details.indexOf(row) + 1, name: product.name };
    return [{ line, isOpen: openOf(quantitiesOf(stored)) > 0n }];
  });
  const lines = marked.flatMap(({ line, isOpen }) => (isOpen ? [line] : []));
  return { lines, notNeeded: marked.length - lines.length };
}
