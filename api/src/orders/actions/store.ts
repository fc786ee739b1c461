// Stores what an action does to the quantities of details and to their order.
import type { DateTime, Transaction } from "sqlproof";
import type { CurrentCompany } from "../../company/current.ts";
import { requireVersion } from "../../writes/preconditions.ts";
import type { DetailRow } from "../read.ts";
import { isWaiting, openOf, type Quantities, quantityColumns } from "../stock/quantities.ts";
import { moveDetail } from "../stock/queries.ts";
import type { ChangedOrder } from "../write.ts";
import type { Opened } from "./opened.ts";
import { moveOrder } from "./queries.ts";
import type { SituatedDetail } from "./situation.ts";

/** A detail with its quantities after an action. */
export interface MovedDetail {
  readonly detail: SituatedDetail;
  readonly after: Quantities;
  /** What is open of it was tried to allocate. */
  readonly isWanted: boolean;
}

/** The columns of an order that an action may change. */
export interface MovedOrder {
  readonly status_id: number | null;
  readonly shipped_date: DateTime | null;
  readonly shipper_id: number | null;
}

/** Writes the moved details and their order, and counts what customers wait for. The ledger is left to the caller. */
export async function storeMoved(
  tx: Transaction,
  { order, ledger }: Opened,
  { details, status_id, shipped_date, shipper_id }: MovedOrder & { readonly details: readonly MovedDetail[] },
  company: Pick<CurrentCompany, "now">,
): Promise<ChangedOrder> {
  const { row } = order;
  const columns = { status_id, shipped_date, shipper_id };
  const rows = new Map<number, DetailRow>();
  for (const { detail, after, isWanted } of details) {
    const { product_id, purchase_order_id, date_allocated } = detail.row;
    if (ledger.keeps(product_id)) {
      const waited = isWaiting(row.status_id) ? detail.open : 0n;
      ledger.changeBackOrdered(product_id, (isWaiting(columns.status_id) ? openOf(after) : 0n) - waited);
    }
    const standing = { isStocked: detail.isStocked, isOnOrder: purchase_order_id !== null, isWanted };
    const dates = { before: date_allocated, now: company.now() };
    rows.set(detail.row.id, { ...detail.row, ...quantityColumns(after, standing, dates) });
  }
  const changed = [...rows.values()].map(({ id, allocated, shipped, invoiced, status_id, date_allocated }) => ({
    ...{ id, allocated, shipped, invoiced, status_id, date_allocated },
  }));
  if (changed.length > 0) await tx.runMany(moveDetail, changed);
  requireVersion(await tx.run(moveOrder, { id: row.id, version: row.version, ...columns }));
  const after = {
    row: { ...row, ...columns, version: row.version + 1 },
    details: order.details.map((detail) => rows.get(detail.id) ?? detail),
  };
  return { before: order, after };
}
