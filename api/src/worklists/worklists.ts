// The worklists: what waits for somebody, the oldest first. A list is computed when it is asked for, so nothing that is
// done stays on it and nothing has to be kept up to date.
import type { Database, DateTime, Queryable, RowOf } from "sqlproof";
import { nameOf } from "../orders/names.ts";
import type { Report } from "../reports/report.ts";
import { daysBefore } from "../summary/summary.ts";
import type { Worklist, WorklistEntry, WorklistName } from "./fields.ts";
import {
  expectedDates,
  invoicedOrdersToShip,
  lateOrders,
  openOrdersToShip,
  orderDates,
  ordersToAllocate,
  ordersToInvoice,
  productsToReorder,
  purchaseOrdersToApprove,
  purchaseOrdersToReceive,
  shortOrders,
} from "./queries.ts";

/** A list shows this many entries at most. */
const mostEntries = 1000;

export interface WorklistRequest {
  readonly names: readonly WorklistName[];
  readonly now: DateTime;
  /** The number of days after which an open order is late. */
  readonly lateDays: number;
  /** Goods are shipped before they are invoiced, and invoiced with it. */
  readonly invoicesOnShipment: boolean;
}

/** Makes the lists of these names, with all their entries. Rejects if the signal is aborted. */
export async function worklistsOf(
  db: Database,
  request: WorklistRequest,
  signal: AbortSignal,
): Promise<readonly Worklist[]> {
  const lists: Worklist[] = [];
  for (const name of request.names) {
    signal.throwIfAborted();
    const rows = await entriesOf(db, name, request);
    const entries = rows.slice(0, mostEntries);
    lists.push({ name, count: entries.length, more: rows.length > mostEntries, entries });
  }
  return lists;
}

export const worklistsReport: Report<WorklistRequest, readonly Worklist[]> = { name: "worklists", make: worklistsOf };

async function entriesOf(
  db: Database,
  name: WorklistName,
  { now, lateDays, invoicesOnShipment }: WorklistRequest,
): Promise<readonly WorklistEntry[]> {
  switch (name) {
    case "to_allocate":
      return (await db.all(ordersToAllocate)).map(orderEntry);
    case "short":
      return (await db.all(shortOrders)).map(orderEntry);
    case "to_invoice":
      return invoicesOnShipment ? [] : (await db.all(ordersToInvoice)).map(orderEntry);
    case "to_ship":
      return (await db.all(invoicesOnShipment ? openOrdersToShip : invoicedOrdersToShip)).map(orderEntry);
    case "late":
      return (await db.all(lateOrders, { before: daysBefore(now, lateDays) })).map(orderEntry);
    case "to_approve":
      return (await db.all(purchaseOrdersToApprove)).map(purchaseOrderEntry);
    case "to_receive":
      return (await db.all(purchaseOrdersToReceive)).map(purchaseOrderEntry);
    case "to_reorder":
      return (await db.all(productsToReorder)).map(productEntry);
  }
}

function orderEntry({ id, order_date, status_id, ...customer }: RowOf<typeof shortOrders>): WorklistEntry {
  return { id, name: nameOf(customer), date: order_date, status_id, quantity: null };
}

function purchaseOrderEntry(row: RowOf<typeof purchaseOrdersToApprove>): WorklistEntry {
  const { id, expected_date, status_id, company } = row;
  return { id, name: company, date: expected_date, status_id, quantity: null };
}

function productEntry(row: RowOf<typeof productsToReorder>): WorklistEntry {
  const { id, product_code, product_name, to_reorder } = row;
  return { id, name: product_name || product_code, date: null, status_id: null, quantity: to_reorder };
}

/** The entries that come after an order, a purchase order or a product, whether or not that is still on the list. */
export async function entriesAfter(db: Queryable, { name, entries }: Worklist, after: number) {
  const place = entries.findIndex(({ id }) => id === after);
  if (place >= 0) return entries.slice(place + 1);
  const gone = { id: after, date: await dateOf(db, name, after) };
  return entries.filter((entry) => isAfter(entry, gone));
}

type Place = Pick<WorklistEntry, "id" | "date">;

function isAfter(entry: Place, other: Place): boolean {
  const [date, otherDate] = [entry.date ?? "", other.date ?? ""];
  return date === otherDate ? entry.id > other.id : date > otherDate;
}

async function dateOf(db: Queryable, name: WorklistName, id: number): Promise<DateTime | null> {
  if (name === "to_reorder") return null;
  if (name === "to_approve" || name === "to_receive")
    return (await db.maybe(expectedDates, { ids: [id] }))?.expected_date ?? null;
  return (await db.maybe(orderDates, { ids: [id] }))?.order_date ?? null;
}
