// What a write does to the details of a purchase order. Plans in memory; `write.ts` stores it.
import type { Decimal } from "sqlproof";
import type { Issue, ProblemCode } from "../contract/answer.ts";
import { toUnits, zero } from "../contract/decimal.ts";
import { hasFraction, type Ledger } from "../ledger/ledger.ts";
import type { DetailChange } from "./fields.ts";
import type { PurchaseDetailRow, StoredPurchaseOrder } from "./read.ts";

/** A detail of a purchase order as it will be stored. */
export interface PlannedDetail {
  /** The stored detail; null for a new one. */
  readonly row: PurchaseDetailRow | null;
  readonly product_id: number | null;
  readonly quantity: Decimal;
  readonly unit_cost: Decimal;
  /** The order detail for which it is bought. */
  readonly order_detail_id: number | null;
}

/** A detail that a client asks for, or that the program makes for a short order detail. */
export interface WantedDetail extends DetailChange {
  readonly order_detail_id?: number | null;
}

/** How a write changes the details of a purchase order. */
export interface DetailPlan {
  readonly after: readonly PlannedDetail[];
  readonly removed: readonly PurchaseDetailRow[];
  /** A quantity, a product or a cost changes. */
  readonly changes: boolean;
  readonly issues: readonly Issue[];
}

/** What is known of the products that are bought. */
export interface BoughtProducts {
  readonly ledger: Ledger;
  /** What one piece costs, unless the client says so; null if nobody knows. A product that is not here does not exist. */
  readonly costs: ReadonlyMap<number, Decimal | null>;
}

/**
 * Compares the stored details with the list that a client sent: one with an id is changed, one without is added, and a
 * stored detail that is not in the list is removed. Without a list nothing changes.
 */
export function planDetails(
  before: readonly PurchaseDetailRow[],
  given: readonly WantedDetail[] | null,
  products: BoughtProducts,
): DetailPlan {
  if (given === null) return { after: before.map(unchanged), removed: [], changes: false, issues: [] };
  const issues: Issue[] = [];
  const unmatched = new Map(before.map((row) => [row.id, row]));
  const after = given.flatMap((detail, index): PlannedDetail[] => {
    const pointer = `#/purchase_order_details/${index}`;
    const row = detail.id === undefined ? null : (unmatched.get(detail.id) ?? null);
    if (detail.id !== undefined && row === null) {
      const isTwice = before.some(({ id }) => id === detail.id);
      const message = isTwice ? "Is named more than once." : "Is no detail of this purchase order.";
      issues.push({ pointer: `${pointer}/id`, code: "reference", message });
      return [];
    }
    if (row !== null) unmatched.delete(row.id);
    const planned = plannedDetail(detail, row, products, pointer, issues);
    return planned === null ? [] : [planned];
  });
  const removed = [...unmatched.values()];
  if (removed.some(({ received }) => received !== zero))
    issues.push({ pointer: "#/purchase_order_details", code: "state", message: "A detail that has come in stays." });
  const isOther = after.some(
    ({ row, product_id, quantity, unit_cost }) =>
      row === null || row.product_id !== product_id || row.quantity !== quantity || row.unit_cost !== unit_cost,
  );
  return { after, removed, changes: isOther || removed.length > 0, issues };
}

function unchanged(row: PurchaseDetailRow): PlannedDetail {
  const { product_id, quantity, unit_cost, order_detail_id } = row;
  return { row, product_id, quantity, unit_cost, order_detail_id };
}

function plannedDetail(
  detail: WantedDetail,
  row: PurchaseDetailRow | null,
  { ledger, costs }: BoughtProducts,
  pointer: string,
  issues: Issue[],
): PlannedDetail | null {
  const refuse = (field: string, code: ProblemCode, message: string) =>
    issues.push({ pointer: `${pointer}/${field}`, code, message });
  const product_id = detail.product_id === undefined ? (row?.product_id ?? null) : detail.product_id;
  const quantity = detail.quantity ?? row?.quantity;
  const isOtherProduct = product_id !== (row?.product_id ?? null);
  const known = product_id === null ? undefined : costs.get(product_id);
  if (product_id === null && (row === null || isOtherProduct)) refuse("product_id", "rule", "Is required.");
  else if (isOtherProduct && known === undefined) refuse("product_id", "reference", "There is no such product.");
  const unit_cost = detail.unit_cost ?? (isOtherProduct ? known : row?.unit_cost);
  if (quantity === undefined) refuse("quantity", "required", "Is required.");
  else if (quantity !== row?.quantity || isOtherProduct) refuseQuantity(ledger, product_id, quantity, refuse);
  if (known === null && unit_cost == null)
    refuse("unit_cost", "rule", "Is required: neither the supplier's price nor the standard cost is known.");
  if (quantity === undefined || unit_cost == null) return null;
  const isOther = isOtherProduct || quantity !== row?.quantity || unit_cost !== row?.unit_cost;
  if (row !== null && row.received !== zero && isOther)
    refuse("received", "state", "Goods of it have come in: its product, quantity and cost stay.");
  const order_detail_id = isOtherProduct ? (detail.order_detail_id ?? null) : (row?.order_detail_id ?? null);
  return { row, product_id, quantity, unit_cost, order_detail_id };
}

function refuseQuantity(
  ledger: Ledger,
  product: number | null,
  quantity: Decimal,
  refuse: (field: string, code: ProblemCode, message: string) => void,
): void {
  if (quantity === zero) refuse("quantity", "rule", "Must not be 0: leave the detail out instead.");
  if (ledger.keeps(product) && !ledger.isSoldInFractions(product) && hasFraction(quantity))
    refuse("quantity", "rule", "This product is counted in whole pieces only.");
}

/** What is still to come of a detail, in units. */
export function owedUnits({ quantity, received }: Pick<PurchaseDetailRow, "quantity" | "received">): bigint {
  const owed = toUnits(quantity) - toUnits(received);
  return owed > 0n ? owed : 0n;
}

/** What is still to come of a purchase order, by product, in units; nothing of one that is closed or cancelled. */
export function owedByProduct({ row, details }: Pick<StoredPurchaseOrder, "row" | "details">): Map<number, bigint> {
  const owed = new Map<number, bigint>();
  if ((row.status_id ?? 0) > 2) return owed;
  for (const detail of details)
    if (detail.product_id !== null)
      owed.set(detail.product_id, (owed.get(detail.product_id) ?? 0n) + owedUnits(detail));
  return owed;
}
