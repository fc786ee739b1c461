import { fromUnits, toUnits } from "northwind-api/src/contract/decimal.ts";
import { detailStatus, openOf, quantitiesOf } from "northwind-api/src/orders/stock/quantities.ts";
import type { Order } from "../api/types.ts";

/** What of a stored detail is allocated, shipped, invoiced and returned. */
export type DetailStock = Pick<
  NonNullable<Order["order_details"]>[number],
  "quantity" | "allocated" | "shipped" | "invoiced" | "returned" | "status_id"
> & {
  readonly product_id?: number | null;
  /** The purchase order that is to bring what is open. */
  readonly purchase_order_id?: number | null;
};

/** A part of a detail that has come equally far. */
export interface Portion {
  readonly kind: "allocated" | "shipped" | "returned" | "onOrder" | "noStock" | "open";
  readonly quantity: string;
  /** It is all of the detail. */
  readonly isAll: boolean;
}

/**
 * What of a detail is shipped, and come back, what is allocated and what is open, as far as there is any. Of a detail whose product
 * keeps no stock nothing is said before it is shipped.
 */
export function portionsOf(detail: DetailStock): readonly Portion[] {
  const quantities = quantitiesOf(detail);
  const { ordered, allocated, shipped, returned } = quantities;
  const parts = [
    { kind: "shipped", units: shipped },
    { kind: "returned", units: returned },
    { kind: "allocated", units: allocated },
    { kind: openKind(detail), units: openOf(quantities) },
  ] as const;
  return parts.flatMap(({ kind, units }) =>
    kind === null || units <= 0n ? [] : [{ kind, quantity: fromUnits(units), isAll: units === ordered }],
  );
}

function openKind({ status_id, allocated, shipped }: DetailStock): Portion["kind"] | null {
  if (status_id === detailStatus.onOrder) return "onOrder";
  if (status_id === detailStatus.noStock) return "noStock";
  return toUnits(allocated) + toUnits(shipped) > 0n ? "open" : null;
}

/** How much of a detail is shipped or invoiced: it stays, with its product, and not in a smaller quantity. */
export function committedUnits({ shipped, invoiced }: DetailStock): bigint {
  const [gone, billed] = [toUnits(shipped), toUnits(invoiced)];
  return gone > billed ? gone : billed;
}
