// Stores the details of written orders with their quantities, and gives the orders as they are then.
import type { Transaction } from "sqlproof";
import { detailsOf } from "../locked.ts";
import { deleteDetails, insertDetail, updateDetail } from "../queries.ts";
import type { WrittenOrder, WrittenRow } from "../read.ts";
import type { DetailColumns } from "../stock/move.ts";
import type { DetailChanges } from "./changes.ts";

/** The details of one order to store. */
export interface DetailsToStore {
  readonly plan: DetailChanges;
  /** The columns of the details that follow from the write, in their order. */
  readonly columns: readonly DetailColumns[];
}

/** Writes the details of stored orders. Gives each order with its details as stored. */
export async function storeDetails(
  tx: Transaction,
  rows: readonly WrittenRow[],
  stores: readonly DetailsToStore[],
): Promise<readonly WrittenOrder[]> {
  const removed = stores.flatMap(({ plan }) => plan.removed);
  const changed = stores.flatMap(changedDetails);
  const added = stores.flatMap((store, place) => addedDetails(store, rows[place]?.id ?? missingRow()));
  if (removed.length > 0) await tx.run(deleteDetails, { ids: removed });
  if (changed.length > 0) await tx.runMany(updateDetail, changed);
  if (added.length > 0) await tx.runMany(insertDetail, added);
  const isChanged = stores.map(changes);
  const ids = rows.flatMap(({ id }, place) => (isChanged[place] ? [id] : []));
  const details = await detailsOf(tx, ids);
  return rows.map((row, place) => {
    const unchanged = stores[place]?.plan.rows.flatMap((detail) => detail ?? []) ?? [];
    return { row, details: isChanged[place] ? (details.get(row.id) ?? []) : unchanged };
  });
}

/** Whether the write changes anything in the details. */
function changes({ plan, columns }: DetailsToStore): boolean {
  return plan.changes || plan.rows.some((row, place) => row !== null && !isSame(row, columns[place]));
}

function addedDetails({ plan, columns }: DetailsToStore, order_id: number) {
  return plan.after.flatMap((detail, place) => {
    if (plan.rows[place] !== null) return [];
    const { purchase_order_id: _, ...quantities } = columns[place] ?? missingRow();
    return [{ ...soldColumns(detail), ...quantities, order_id }];
  });
}

function changedDetails({ plan, columns }: DetailsToStore) {
  const changed = new Set(plan.changed);
  return plan.after.flatMap((detail, place) => {
    const row = plan.rows[place] ?? null;
    if (row === null || (!changed.has(row.id) && isSame(row, columns[place]))) return [];
    return [{ ...soldColumns(detail), ...(columns[place] ?? missingRow()), id: row.id }];
  });
}

/** The columns of a detail that say what is sold: a stored one has more. */
function soldColumns({
  product_id,
  quantity,
  unit_price,
  discount,
  position,
  ...sold
}: DetailChanges["after"][number]) {
  const { product_code, product_name, quantity_per_unit, tax_class, tax_rate } = sold;
  return {
    ...{ product_id, quantity, unit_price, discount, position },
    ...{ product_code, product_name, quantity_per_unit, tax_class, tax_rate },
  };
}

function isSame(row: DetailColumns, columns: DetailColumns | undefined): boolean {
  return (
    columns !== undefined &&
    row.allocated === columns.allocated &&
    row.shipped === columns.shipped &&
    row.invoiced === columns.invoiced &&
    row.status_id === columns.status_id &&
    row.date_allocated === columns.date_allocated &&
    row.purchase_order_id === columns.purchase_order_id
  );
}

function missingRow(): never {
  throw new Error("an order disappeared in the transaction that wrote it");
}
