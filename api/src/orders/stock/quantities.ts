// The quantities of an order detail, and the statuses that follow from them. Pure functions.
import type { DateTime, Decimal } from "sqlproof";
import { fromUnits, toUnits } from "../../contract/decimal.ts";
import { status } from "../rules.ts";

/** The ids of `order_details_status`. */
export const detailStatus = { none: 0, allocated: 1, invoiced: 2, shipped: 3, onOrder: 4, noStock: 5 } as const;

/**
 * How much of a detail is ordered, held, shipped, invoiced and returned, in units. shipped + allocated + open = ordered,
 * always; what comes back stays shipped.
 */
export interface Quantities {
  readonly ordered: bigint;
  readonly allocated: bigint;
  readonly shipped: bigint;
  readonly invoiced: bigint;
  readonly returned: bigint;
}

/** The stored quantities of a detail. */
export interface StoredQuantities {
  readonly quantity: Decimal;
  readonly allocated: Decimal;
  readonly shipped: Decimal;
  readonly invoiced: Decimal;
  readonly returned: Decimal;
}

export function quantitiesOf({ quantity, allocated, shipped, invoiced, returned }: StoredQuantities): Quantities {
  return {
    ordered: toUnits(quantity),
    allocated: toUnits(allocated),
    shipped: toUnits(shipped),
    invoiced: toUnits(invoiced),
    returned: toUnits(returned),
  };
}

/** What is neither shipped nor held. */
export function openOf({ ordered, allocated, shipped }: Quantities): bigint {
  return ordered - allocated - shipped;
}

/** What was shipped and has not come back. */
export function outOf({ shipped, returned }: Pick<Quantities, "shipped" | "returned">): bigint {
  return shipped - returned;
}

/** What the status of a detail depends on besides its quantities. */
interface Standing {
  readonly isStocked: boolean;
  /** A purchase order was made for it. */
  readonly isOnOrder: boolean;
  /** Somebody or something has tried to allocate it. */
  readonly isWanted: boolean;
}

/** The status of a detail: the last thing that has happened to all of it. */
export function detailStatusOf(quantities: Quantities, { isStocked, isOnOrder, isWanted }: Standing): number {
  const { ordered, shipped, invoiced } = quantities;
  if (ordered === 0n) return detailStatus.none;
  if (shipped >= ordered) return detailStatus.shipped;
  if (invoiced >= ordered) return detailStatus.invoiced;
  if (!isStocked) return detailStatus.none;
  if (openOf(quantities) <= 0n) return detailStatus.allocated;
  if (isOnOrder) return detailStatus.onOrder;
  return isWanted ? detailStatus.noStock : detailStatus.none;
}

/** Whether customers wait for what is open in an order of this status. */
export function isWaiting(statusId: number | null): boolean {
  return statusId === null || statusId === status.new || statusId === status.invoiced;
}

/** The columns of a detail that follow from its quantities. */
export interface QuantityColumns {
  readonly allocated: Decimal;
  readonly shipped: Decimal;
  readonly invoiced: Decimal;
  readonly status_id: number | null;
  readonly date_allocated: DateTime | null;
}

/** The quantities as columns; `date_allocated` is when all of it was last held. */
export function quantityColumns(
  quantities: Quantities,
  standing: Standing,
  dates: { readonly before: DateTime | null; readonly now: DateTime },
): QuantityColumns {
  const { allocated, shipped, invoiced } = quantities;
  const isHeld = standing.isStocked && allocated > 0n && openOf(quantities) <= 0n;
  return {
    allocated: fromUnits(allocated),
    shipped: fromUnits(shipped),
    invoiced: fromUnits(invoiced),
    status_id: detailStatusOf(quantities, standing),
    date_allocated: isHeld ? (dates.before ?? dates.now) : shipped > 0n ? dates.before : null,
  };
}
