// Reads shipments with what is in them, and changes what is written on one.
import { type CalendarDate, dateTime, isDateTime, type Queryable, type RowOf, type Transaction } from "sqlproof";
import { ApiError, okList, type Page, refuseAll } from "../../contract/answer.ts";
import { readCursor, writeCursor } from "../../contract/cursor.ts";
import { fromUnits, toUnits, zero } from "../../contract/decimal.ts";
import { changedMembers } from "../../contract/object.ts";
import { refuseCursor, refuseFilters } from "../../contract/query-parameters.ts";
import type { Of } from "../../contract/schema.ts";
import type { WriteContext } from "../../contract/write-headers.ts";
import { isStale, requireVersion, staleError } from "../../writes/preconditions.ts";
import { missingReferences } from "../queries.ts";
import type { PickList, Shipment, shipmentUpdate } from "./fields.ts";
import {
  contentsOfShipments,
  heldDetails,
  lockShipments,
  shipmentPage,
  shipmentPageOfShipper,
  type shipmentsByIds,
  updateShipment,
} from "./queries.ts";

type Row = RowOf<typeof shipmentsByIds>;

/** Shipments with what is in them, in their order. */
export async function withContents(db: Queryable, rows: readonly Row[]): Promise<readonly Shipment[]> {
  const shipment_ids = rows.map(({ id }) => id);
  const contents = shipment_ids.length === 0 ? [] : await db.all(contentsOfShipments, { shipment_ids });
  const ofShipment = Map.groupBy(contents, ({ shipment_id }) => shipment_id);
  return rows.map(({ version: _, ...row }) => ({
    ...row,
    shipment_details: (ofShipment.get(row.id) ?? []).map(({ shipment_id: __, ...content }) => content),
  }));
}

/** The error for a shipment that does not exist. */
export function shipmentNotFound(): ApiError {
  return new ApiError("not-found", "There is no such shipment.");
}

/** What a list of shipments is asked for. */
interface ShipmentRequest {
  readonly shipped_from: CalendarDate | null;
  readonly shipped_to: CalendarDate | null;
  readonly shipper_id: number | null;
  readonly limit: number;
  readonly cursor: string | null;
}

const noReferences = { customer_id: null, employee_id: null, status_id: null, tax_status_id: null };

/** A page of shipments, the newest first. */
export async function shipmentsPage(db: Queryable, request: ShipmentRequest) {
  const { shipped_from, shipped_to, shipper_id, limit, cursor } = request;
  const list = `shipments from=${shipped_from} to=${shipped_to} shipper=${shipper_id}`;
  const newest = { before: dateTime(`${shipped_to ?? "9999-12-31"}T23:59:59`), before_id: 2_147_483_648 };
  const place = cursor === null ? newest : readPlace(cursor, list);
  const page = { ...place, from: dateTime(`${shipped_from ?? "1000-01-01"}T00:00:00`), rows: limit + 1 };
  const rows = await (shipper_id === null
    ? db.all(shipmentPage, page)
    : db.all(shipmentPageOfShipper, { ...page, shipper_id }));
  if (rows.length === 0 && cursor === null && shipper_id !== null)
    refuseFilters(await db.all(missingReferences, { ...noReferences, shipper_id }));
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  const next_cursor = last === undefined ? null : writeCursor([list, last.shipped_date, last.id]);
  const shown: Page = { limit, next_cursor };
  return okList("Shipments retrieved", await withContents(db, rows.slice(0, limit)), shown);
}

/** Where the page before ended, or 400. */
function readPlace(cursor: string, wanted: string) {
  const [list, before, before_id, ...rest] = readCursor(cursor);
  const isPlace = typeof before === "string" && isDateTime(before) && typeof before_id === "number";
  if (list !== wanted || !isPlace || !Number.isSafeInteger(before_id) || rest.length > 0) throw refuseCursor();
  return { before, before_id };
}

/** Changes what is written on a shipment. Gives it before and after, with its new version. */
export async function writeOn(
  tx: Transaction,
  id: number,
  body: Of<typeof shipmentUpdate>,
  context: WriteContext,
): Promise<{ readonly before: Shipment; readonly after: Shipment; readonly version: number }> {
  const [row] = await tx.all(lockShipments, { ids: [id] });
  const [before] = await withContents(tx, row === undefined ? [] : [row]);
  if (row === undefined || before === undefined) throw shipmentNotFound();
  if (isStale(context, row)) throw staleError(row, "shipment", before, context);
  refuseAll(changedMembers(body, before));
  const { tracking_number = row.tracking_number, notes = row.notes } = body;
  requireVersion(await tx.run(updateShipment, { id, version: row.version, tracking_number, notes }));
  return { before, after: { ...before, tracking_number, notes }, version: row.version + 1 };
}

/** A 2 comes before A 10, and what has no location at the end. */
const inOrder = new Intl.Collator("en", { numeric: true });

type Placed = Pick<RowOf<typeof heldDetails>, "location" | "product_name">;

/** By location, then by name: the order in which people walk past products. */
export function byPlace(one: Placed, other: Placed): number {
  const atEnd = Number(one.location === null) - Number(other.location === null);
  if (atEnd !== 0) return atEnd;
  const byLocation = inOrder.compare(one.location ?? "", other.location ?? "");
  return byLocation === 0 ? inOrder.compare(one.product_name ?? "", other.product_name ?? "") : byLocation;
}

/** What orders hold, by location and product. */
export async function picked(db: Queryable, order_ids: readonly number[]): Promise<PickList> {
  const rows = order_ids.length === 0 ? [] : await db.all(heldDetails, { order_ids });
  const lines = rows.sort(byPlace).map(({ id: order_detail_id, order_id, allocated: quantity, ...product }) => ({
    ...{ order_id: order_id ?? 0, order_detail_id, ...product, quantity },
  }));
  const totals = new Map<number, PickList["totals"][number]>();
  for (const { order_id: _, order_detail_id: __, ...line } of lines) {
    const sum = toUnits(totals.get(line.product_id ?? 0)?.quantity ?? zero) + toUnits(line.quantity);
    totals.set(line.product_id ?? 0, { ...line, quantity: fromUnits(sum) });
  }
  return { lines, totals: [...totals.values()] };
}
