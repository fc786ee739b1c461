import type { Database, Queryable, RowOf, Transaction } from "sqlproof";
import type { MinorUnit } from "../company/currency.ts";
import { ApiError } from "../contract/answer.ts";
import { zero } from "../contract/decimal.ts";
import type { WriteContext } from "../contract/write-headers.ts";
import { amountsOf } from "../orders/rules.ts";
import type { Change } from "../writes/audit/record.ts";
import { isStale, staleError } from "../writes/preconditions.ts";
import type { PurchaseOrder } from "./fields.ts";
import { lockPurchaseOrders, purchaseDetails, purchaseOrdersByIds } from "./queries.ts";

export const resource = "purchase_order" as const;

export type PurchaseOrderRow = RowOf<typeof purchaseOrdersByIds>;
export type PurchaseDetailRow = RowOf<typeof purchaseDetails>;

/** A purchase order with its details. */
export interface StoredPurchaseOrder {
  readonly row: PurchaseOrderRow;
  readonly details: readonly PurchaseDetailRow[];
}

/** A stored purchase order in the form of an answer, without its details. */
export function plainPurchaseOrder({ version: _, ...row }: PurchaseOrderRow): PurchaseOrder {
  return row;
}

/** A stored purchase order with its details, in the form of an answer. */
export function detailedPurchaseOrder({ row, details }: StoredPurchaseOrder, minorUnit: MinorUnit): PurchaseOrder {
  const { extendedPrices, orderTotal } = costsOf({ row, details }, minorUnit);
  return {
    ...plainPurchaseOrder(row),
    total_cost: orderTotal,
    purchase_order_details: details.map((detail, index) => {
      const { purchase_order_id: _, purchase_order_version: _version, position: _position, ...shown } = detail;
      return { ...shown, extended_cost: extendedPrices[index] ?? zero };
    }),
  };
}

interface Priced {
  readonly row: Pick<PurchaseOrderRow, "shipping_fee" | "taxes">;
  readonly details: readonly Pick<PurchaseDetailRow, "quantity" | "unit_cost">[];
}

/** The amounts of a purchase order, by the rule of orders: each detail is rounded once to what can be paid. */
export function costsOf({ row, details }: Priced, minorUnit: MinorUnit) {
  const priced = details.map(({ quantity, unit_cost }) => ({ quantity, unit_price: unit_cost, discount: zero }));
  return amountsOf(row, priced, minorUnit);
}

/** The change of a purchase order, for the audit log. */
export function purchaseOrderChange(
  before: StoredPurchaseOrder | null,
  after: StoredPurchaseOrder,
  minorUnit: MinorUnit,
): Change {
  return {
    ...{ resource, id: after.row.id, version: after.row.version },
    before: before === null ? null : detailedPurchaseOrder(before, minorUnit),
    after: detailedPurchaseOrder(after, minorUnit),
  };
}

/** A purchase order with its details, both of one version; null if there is none. */
export async function readPurchaseOrder(database: Database, id: number): Promise<StoredPurchaseOrder | null> {
  for (;;) {
    const [row] = await database.all(purchaseOrdersByIds, { ids: [id] });
    if (row === undefined) return null;
    const details = await database.all(purchaseDetails, { ids: [id] });
    if (isOfOneVersion({ row, details })) return { row, details };
  }
}

/** Whether nothing was written between the reads of a purchase order and of its details. */
export function isOfOneVersion({ row, details }: StoredPurchaseOrder): boolean {
  return details.every(({ purchase_order_version }) => purchase_order_version === row.version);
}

/** A purchase order that this transaction has written or locked. */
export async function purchaseOrderIn(tx: Transaction, id: number): Promise<StoredPurchaseOrder> {
  const row = await tx.one(purchaseOrdersByIds, { ids: [id] });
  return { row, details: await detailsIn(tx, id) };
}

function detailsIn(db: Queryable, id: number): Promise<readonly PurchaseDetailRow[]> {
  return db.all(purchaseDetails, { ids: [id] });
}

/** The purchase order in the version that the client has seen, locked until the transaction ends. */
export async function lockedPurchaseOrder(
  tx: Transaction,
  id: number,
  context: WriteContext,
  minorUnit: MinorUnit,
): Promise<StoredPurchaseOrder> {
  const [row] = await tx.all(lockPurchaseOrders, { ids: [id] });
  if (row === undefined) throw purchaseOrderNotFound();
  const stored = { row, details: await detailsIn(tx, id) };
  if (isStale(context, row)) throw staleError(row, "purchase order", detailedPurchaseOrder(stored, minorUnit), context);
  return stored;
}

/** The error for a purchase order that does not exist. */
export function purchaseOrderNotFound(): ApiError {
  return new ApiError("not-found", "There is no such purchase order.");
}
