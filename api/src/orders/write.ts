// Carries out writes of orders inside a transaction: plans each against the rules, then stores all accepted ones at once.
import { orderText } from "northwind-schema/row-text";
import type { Transaction } from "sqlproof";
import type { MinorUnit } from "../company/currency.ts";
import type { CurrentCompany } from "../company/current.ts";
import { ApiError, type Issue, refuseAll, refuseInUse } from "../contract/answer.ts";
import { rateZero, zero } from "../contract/decimal.ts";
import type { WriteContext } from "../contract/write-headers.ts";
import { type Refused, storeAccepted, unlessRefused } from "../writes/outcomes.ts";
import { isStale, requireVersion, requireVersions, staleError } from "../writes/preconditions.ts";
import { closedIssues, correctionIssues, firstStatusIssues } from "./changeable.ts";
import { type DetailChanges, planDetailChanges, unlessNeverDetailed } from "./detail-changes.ts";
import type { OrderCreate, OrderUpdate } from "./fields.ts";
import {
  deleteDetails,
  deleteDetailsOfOrder,
  deleteOrder as deleteOrderRow,
  detailsByOrderIds,
  insertDetail,
  insertOrder,
  lockFreeOrders,
  lockOrders,
  orderReferences,
  updateDetail,
  updateOrder as updateOrderRow,
} from "./queries.ts";
import { type DetailRow, detailedOrder, type WrittenOrder, type WrittenRow } from "./read.ts";
import { lockHandlers, referenceIssues, refuseWithReferences, withReferencesChecked } from "./references.ts";
import { amountIssues, dateIssues, isDeletable, type PricedOrder, stateIssues, stepIssues } from "./rules.ts";
import { sentBackIssues } from "./sent-back.ts";
import { type Known, knownTo, newBuyerOf, type SoldTo, soldTo, withBuyers } from "./sold.ts";
import { changedTaxation, computedTaxes, hasClass, taxable, taxationAfter, taxationOf, taxesToStore } from "./taxes.ts";

/** The defaults of a new order. */
export const emptyOrder = {
  employee_id: null,
  customer_id: null,
  shipped_date: null,
  shipper_id: null,
  ship_name: null,
  ship_address: null,
  ship_city: null,
  ship_state_province: null,
  ship_zip_postal_code: null,
  ship_country_region: null,
  shipping_fee: zero,
  taxes: zero,
  payment_type: null,
  paid_date: null,
  notes: null,
  tax_rate: rateZero,
  tax_status_id: null,
  status_id: 0,
} as const;

/** What the rules need to know of the company: its clock and its currency. */
export type Trader = Pick<CurrentCompany, "now" | "currency">;

/** Stores new orders with their details, and gives each as stored. An order without a date is placed now. */
export async function createOrders(
  tx: Transaction,
  bodies: readonly OrderCreate[],
  company: Trader,
  /** Whether orders of any status may be created. */
  allowImport: boolean,
): Promise<readonly (WrittenOrder | Refused)[]> {
  const known = await knownTo(tx, bodies);
  const planned = await Promise.all(
    bodies.map((body) => {
      const first = allowImport ? [] : firstStatusIssues(body.status_id ?? null);
      return unlessRefused(plannedOrder(tx, body, known, company, first));
    }),
  );
  return storeAccepted(planned, async (accepted) => {
    const orders = accepted.map(({ order }) => order);
    const rows = await withReferencesChecked(tx, accepted, tx.oneEach(insertOrder, orders));
    return withDetails(
      tx,
      rows,
      accepted.map(({ plan }) => plan),
    );
  });
}

async function plannedOrder(
  tx: Transaction,
  body: OrderCreate,
  known: Known,
  company: Trader,
  first: readonly Issue[],
) {
  const { order_details: given = [], ...fields } = body;
  const { minorUnit } = company.currency;
  const made = { order_date: company.now(), ...emptyOrder, ...fields };
  const buyer = soldTo(made.customer_id, known);
  const plan = planDetailChanges([], given, known.products, made.order_date ?? company.now());
  const taxation = taxationOf(made, fields, plan.after, buyer.tax_treatment);
  const order = { ...made, ...taxation, ...buyer, correction_reason: null };
  // An empty amount is none where taxes follow from classes; an old client's stays empty.
  const isComputed =
    (fields.taxes === undefined || (fields.taxes === null && hasClass(plan.after))) && order.tax_status_id === taxable;
  const taxes = isComputed ? computedTaxes(order, plan.after, minorUnit) : order.taxes;
  const priced = { ...order, taxes, search_text: orderText(order) };
  await refuseWithReferences(tx, fields, [...first, ...dateIssues(order), ...pricedIssues(priced, plan, minorUnit)]);
  return { fields, order: priced, plan };
}

/** An order before and after a change. */
export interface ChangedOrder {
  readonly before: WrittenOrder;
  readonly after: WrittenOrder;
}

/** The change of one order that a request asks for. */
export interface OrderChange {
  readonly id: number;
  readonly body: OrderUpdate;
  readonly context: WriteContext;
  /**
   * It puts an earlier change back, so the status may go back as well, and a customer comes back as the order kept the
   * name; null where the history does not say.
   */
  readonly putsBack?: { readonly soldTo: SoldTo | null };
}

/** Applies the changes, details included, and gives each order before and after. No order may be named twice. */
export async function updateOrders(
  tx: Transaction,
  changes: readonly OrderChange[],
  company: Trader,
): Promise<readonly (ChangedOrder | Refused)[]> {
  const bodies = changes.map(({ body }) => body);
  const named = await knownTo(tx, bodies);
  // Sent together but executed in this order.
  const [skippedBy, found] = await Promise.all([
    lockHandlers(tx, bodies),
    locked(
      tx,
      changes.map(({ id }) => id),
    ),
  ]);
  const kept = changes.map(({ id, body }) => (body.customer_id === undefined ? newBuyerOf(found.get(id)?.row) : null));
  const known = await withBuyers(tx, named, kept);
  const planned = await Promise.all(
    changes.map((change) => {
      const skipped = skippedBy(change.body);
      return unlessRefused(plannedUpdate(tx, change, found.get(change.id), known, company, skipped));
    }),
  );
  return storeAccepted(planned, async (accepted) => {
    const orders = accepted.map(({ order }) => order);
    requireVersions(await withReferencesChecked(tx, accepted, tx.runMany(updateOrderRow, orders)), orders.length);
    // The bound values are the stored values: the contract has brought each into its one form.
    const rows = orders.map(({ search_text: _, ...order }) => ({ ...order, version: order.version + 1 }));
    const written = await withDetails(
      tx,
      rows,
      accepted.map(({ plan }) => plan),
    );
    return accepted.map(({ before, plan }, place) => {
      const after = written[place] ?? missingRow();
      return { before, after: plan.changes ? after : { ...after, details: before.details } };
    });
  });
}

async function plannedUpdate(
  tx: Transaction,
  { body, context, putsBack }: OrderChange,
  found: WrittenOrder | undefined,
  known: Known,
  company: Trader,
  skipped: readonly Issue[],
) {
  const { minorUnit } = company.currency;
  const { row: before, details } = inSeenVersion(found, context, minorUnit);
  const { order_details: given, correction_reason: reason, ...fields } = body;
  const buyer = newBuyerOf(before, fields.customer_id);
  const isSoldAnew = buyer !== null || fields.customer_id === null;
  const sold = isSoldAnew ? (putsBack?.soldTo ?? soldTo(buyer, known)) : {};
  const wanted = { ...before, ...fields, ...sold };
  const plan = planDetailChanges(details, given ?? null, known.products, wanted.order_date ?? company.now());
  const sent = changedTaxation(fields, before, details, minorUnit);
  const after = { ...wanted, ...taxationAfter({ before, details }, wanted, sent, plan.after) };
  const dates = fields.order_date === undefined && fields.shipped_date === undefined ? [] : dateIssues(after);
  const isTaxedAnew = after.tax_status_id !== before.tax_status_id || after.tax_rate !== before.tax_rate;
  const basis = isTaxedAnew || sent.tax_status_id !== undefined || sent.tax_rate !== undefined || given !== undefined;
  const computed = computedTaxes(after, plan.after, minorUnit);
  const kept = taxesToStore(before, after, computed, basis ? "basis" : "other");
  const isKept = sent.taxes === undefined || (sent.taxes === null && hasClass(plan.after));
  const taxes = isKept ? kept : after.taxes;
  const written = { ...after, taxes, correction_reason: reason ?? before.correction_reason };
  const order = { ...written, search_text: orderText(after) };
  const writesAmount = basis || fields.taxes !== undefined || fields.shipping_fee !== undefined;
  const issues = writesAmount ? pricedIssues(order, plan, minorUnit) : plan.issues;
  const sentBack = await sentBackIssues(tx, body, { row: before, details }, minorUnit);
  // What is put back is judged by the status that the order gets again.
  const judged = putsBack !== undefined ? { ...before, status_id: after.status_id } : before;
  const forbidden = [...stateIssues(judged, after, plan.changes), ...plan.stateIssues];
  const corrections = reason === undefined ? [] : correctionIssues(before, written, reason, forbidden.length > 0);
  await refuseWithReferences(tx, fields, [...skipped, ...sentBack, ...dates, ...issues, ...corrections]);
  if (reason === undefined) forbidden.push(...closedIssues(judged, written));
  const counts = { before: details.length, after: plan.after.length };
  forbidden.push(...(await unlessNeverDetailed(tx, before.id, counts, stepIssues(before, after, counts))));
  if (forbidden.length > 0) refuseAll(await referenceIssues(tx, fields));
  refuseAll(forbidden);
  return { fields, order, plan, before: { row: before, details } };
}

/** Deletes an order with its details and gives it as it was, or throws the reason why it cannot be deleted. */
export async function deleteOrder(
  tx: Transaction,
  id: number,
  context: WriteContext,
  minorUnit: MinorUnit,
): Promise<WrittenOrder> {
  const before = await lockedOrder(tx, id, context, minorUnit);
  const { status_id, version } = before.row;
  if (!isDeletable(status_id)) throw new ApiError("state", "An order that is shipped or closed cannot be deleted.");
  const { invoices, inventory_transactions } = await tx.one(orderReferences, { id });
  refuseInUse("order", { invoices, "inventory transactions": inventory_transactions });
  await tx.run(deleteDetailsOfOrder, { order_id: id });
  requireVersion(await tx.run(deleteOrderRow, { id, version }));
  return before;
}

/** The order in the version that the client has seen, locked until the transaction ends. */
export async function lockedOrder(
  tx: Transaction,
  id: number,
  context: WriteContext,
  minorUnit: MinorUnit,
): Promise<WrittenOrder> {
  return inSeenVersion((await locked(tx, [id])).get(id), context, minorUnit);
}

/** The orders, locked until the transaction ends. Of several, those that another transaction has locked are skipped. */
async function locked(tx: Transaction, ids: readonly number[]): Promise<ReadonlyMap<number, WrittenOrder>> {
  // Sent together but executed in this order: the details are read when the orders are locked.
  const [rows, details] = await Promise.all([
    tx.all(ids.length === 1 ? lockOrders : lockFreeOrders, { ids }),
    detailsOf(tx, ids),
  ]);
  return new Map(rows.map((row) => [row.id, { row, details: details.get(row.id) ?? [] }]));
}

/** The order, or an error when it is missing or `If-Match` names another version. */
function inSeenVersion(order: WrittenOrder | undefined, context: WriteContext, minorUnit: MinorUnit): WrittenOrder {
  if (order === undefined) throw orderNotFound();
  if (isStale(context, order.row)) throw staleError(order.row, "order", detailedOrder(order, minorUnit), context);
  return order;
}

async function detailsOf(tx: Transaction, ids: readonly number[]): Promise<ReadonlyMap<number, DetailRow[]>> {
  const details = new Map<number, DetailRow[]>();
  if (ids.length === 0) return details;
  for (const detail of await tx.all(detailsByOrderIds, { order_ids: ids })) {
    const ofOrder = details.get(detail.order_id ?? 0);
    if (ofOrder === undefined) details.set(detail.order_id ?? 0, [detail]);
    else ofOrder.push(detail);
  }
  return details;
}

/** The error for an order that does not exist. */
export function orderNotFound(): ApiError {
  return new ApiError("not-found", "There is no such order.");
}

/** The issues of the details, or else of the amounts that follow from them. */
function pricedIssues(order: PricedOrder, plan: DetailChanges, minorUnit: MinorUnit): readonly Issue[] {
  return plan.issues.length > 0 ? plan.issues : amountIssues(order, plan.after, minorUnit);
}

/** Writes the details of stored orders, and gives the orders with the details that were changed. */
async function withDetails(
  tx: Transaction,
  rows: readonly WrittenRow[],
  plans: readonly DetailChanges[],
): Promise<readonly WrittenOrder[]> {
  const removed = plans.flatMap((plan) => plan.removed);
  const changed = plans.flatMap((plan) => plan.changed);
  const added = plans.flatMap((plan, place) => {
    const { id: order_id } = rows[place] ?? missingRow();
    return plan.added.map((detail) => ({ ...detail, order_id }));
  });
  if (removed.length > 0) await tx.run(deleteDetails, { ids: removed });
  if (changed.length > 0) await tx.runMany(updateDetail, changed);
  if (added.length > 0) await tx.runMany(insertDetail, added);
  const ids = rows.flatMap(({ id }, place) => (plans[place]?.changes ? [id] : []));
  const details = await detailsOf(tx, ids);
  return rows.map((row) => ({ row, details: details.get(row.id) ?? [] }));
}

function missingRow(): never {
  throw new Error("an order disappeared in the transaction that wrote it");
}
