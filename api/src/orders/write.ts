// Carries out writes of orders inside a transaction: plans each against the rules, then stores all accepted ones at once.
import { DatabaseError, type DateTime, type Decimal, type Queryable, type Transaction } from "sqlproof";
import { ApiError, type Issue, refusalOf, refuseInUse } from "../contract/answer.ts";
import { zero } from "../contract/decimal.ts";
import type { WriteContext } from "../contract/write-headers.ts";
import { type Refused, storeAccepted, unlessRefused } from "../writes/outcomes.ts";
import { isStale, requireVersion, requireVersions, staleError } from "../writes/preconditions.ts";
import { currency } from "./currency.ts";
import { type DetailChanges, planDetailChanges } from "./detail-changes.ts";
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
  missingReferences,
  orderReferences,
  productPrices,
  updateDetail,
  updateOrder as updateOrderRow,
} from "./queries.ts";
import { type DetailRow, detailedOrder, type OrderRow, type StoredOrder } from "./read.ts";
import {
  amountIssues,
  computedTaxes,
  dateIssues,
  isDeletable,
  type PricedOrder,
  stateIssues,
  stepIssues,
  taxable,
  taxesToStore,
} from "./rules.ts";

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
  tax_rate: zero,
  tax_status_id: null,
  status_id: 0,
} as const;

type Fields = Omit<OrderUpdate, "order_details">;

/** Stores new orders with their details, and gives each as stored. An order without a date is placed `now`. */
export async function createOrders(
  tx: Transaction,
  bodies: readonly OrderCreate[],
  now: DateTime,
): Promise<readonly (StoredOrder | Refused)[]> {
  const prices = await pricesOf(
    tx,
    bodies.flatMap(({ order_details = [] }) => order_details),
  );
  const planned = await Promise.all(bodies.map((body) => unlessRefused(plannedOrder(tx, body, prices, now))));
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

async function plannedOrder(tx: Transaction, body: OrderCreate, prices: Prices, now: DateTime) {
  const { order_details: given = [], ...fields } = body;
  const order = { order_date: now, ...emptyOrder, ...fields };
  const plan = planDetailChanges([], given, prices);
  const isComputed = fields.taxes === undefined && order.tax_status_id === taxable;
  const taxes = isComputed ? computedTaxes(order, plan.after, currency.minorUnit) : order.taxes;
  const priced = { ...order, taxes };
  await refuseWithReferences(tx, fields, [...dateIssues(order), ...pricedIssues(priced, plan)]);
  return { fields, order: priced, plan };
}

/** An order before and after a change. */
export interface ChangedOrder {
  readonly before: StoredOrder;
  readonly after: StoredOrder;
}

/** The change of one order that a request asks for. */
export interface OrderChange {
  readonly id: number;
  readonly body: OrderUpdate;
  readonly context: WriteContext;
  /** It puts an earlier change back, so the status may go back as well. */
  readonly putsBack?: true;
}

/** Applies the changes, details included, and gives each order before and after. No order may be named twice. */
export async function updateOrders(
  tx: Transaction,
  changes: readonly OrderChange[],
): Promise<readonly (ChangedOrder | Refused)[]> {
  const found = await locked(
    tx,
    changes.map(({ id }) => id),
  );
  const prices = await pricesOf(
    tx,
    changes.flatMap(({ body }) => body.order_details ?? []),
  );
  const planned = await Promise.all(
    changes.map((change) => unlessRefused(plannedUpdate(tx, change, found.get(change.id), prices))),
  );
  return storeAccepted(planned, async (accepted) => {
    const orders = accepted.map(({ order }) => order);
    requireVersions(await withReferencesChecked(tx, accepted, tx.runMany(updateOrderRow, orders)), orders.length);
    // The bound values are the stored values: the contract has brought each into its one form.
    const rows = orders.map((order) => ({ ...order, version: order.version + 1 }));
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
  found: StoredOrder | undefined,
  prices: Prices,
) {
  const { row: before, details } = inSeenVersion(found, context);
  const { order_details: given, ...fields } = body;
  const after = { ...before, ...fields };
  const plan = planDetailChanges(details, given ?? null, prices);
  const dates = fields.order_date === undefined && fields.shipped_date === undefined ? [] : dateIssues(after);
  const basis = fields.tax_status_id !== undefined || fields.tax_rate !== undefined || given !== undefined;
  const computed = computedTaxes(after, plan.after, currency.minorUnit);
  const kept = taxesToStore(before, after, computed, basis ? "basis" : "other");
  const taxes = fields.taxes === undefined ? kept : after.taxes;
  const order = { ...after, taxes };
  const writesAmount = basis || fields.taxes !== undefined || fields.shipping_fee !== undefined;
  const issues = writesAmount ? pricedIssues(order, plan) : plan.issues;
  await refuseWithReferences(tx, fields, [...dates, ...issues]);
  // What is put back is judged by the status that the order gets again.
  const judged = putsBack === true ? { ...before, status_id: after.status_id } : before;
  const forbidden = [...stateIssues(judged, after, plan.changes), ...plan.stateIssues];
  forbidden.push(...stepIssues(before, after, { before: details.length, after: plan.after.length }));
  if (forbidden.length > 0) refuseAll(await referenceIssues(tx, fields));
  refuseAll(forbidden);
  return { fields, order, plan, before: { row: before, details } };
}

/** Deletes an order with its details and gives it as it was, or throws the reason why it cannot be deleted. */
export async function deleteOrder(tx: Transaction, id: number, context: WriteContext): Promise<StoredOrder> {
  const before = await lockedOrder(tx, id, context);
  const { status_id, version } = before.row;
  if (!isDeletable(status_id)) throw new ApiError("state", "An order that is shipped or closed cannot be deleted.");
  const { invoices, inventory_transactions } = await tx.one(orderReferences, { id });
  refuseInUse("order", { invoices, "inventory transactions": inventory_transactions });
  await tx.run(deleteDetailsOfOrder, { order_id: id });
  requireVersion(await tx.run(deleteOrderRow, { id, version }));
  return before;
}

/** The order in the version that the client has seen, locked until the transaction ends. */
export async function lockedOrder(tx: Transaction, id: number, context: WriteContext): Promise<StoredOrder> {
  return inSeenVersion((await locked(tx, [id])).get(id), context);
}

/** The orders, locked until the transaction ends. Of several, those that another transaction has locked are skipped. */
async function locked(tx: Transaction, ids: readonly number[]): Promise<ReadonlyMap<number, StoredOrder>> {
  // Sent together but executed in this order: the details are read when the orders are locked.
  const [rows, details] = await Promise.all([
    tx.all(ids.length === 1 ? lockOrders : lockFreeOrders, { ids }),
    detailsOf(tx, ids),
  ]);
  return new Map(rows.map((row) => [row.id, { row, details: details.get(row.id) ?? [] }]));
}

/** The order, or an error when it is missing or `If-Match` names another version. */
function inSeenVersion(order: StoredOrder | undefined, context: WriteContext): StoredOrder {
  if (order === undefined) throw orderNotFound();
  if (isStale(context, order.row)) throw staleError(order.row, "order", detailedOrder(order));
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

type Prices = ReadonlyMap<number, Decimal>;

async function pricesOf(db: Queryable, given: readonly { readonly product_id?: number }[]): Promise<Prices> {
  const ids = new Set<number>();
  for (const { product_id } of given) if (product_id !== undefined) ids.add(product_id);
  if (ids.size === 0) return new Map();
  const products = await db.all(productPrices, { ids: [...ids] });
  return new Map(products.map(({ id, list_price }) => [id, list_price]));
}

/** The issues of the details, or else of the amounts that follow from them. */
function pricedIssues(order: PricedOrder, plan: DetailChanges): readonly Issue[] {
  return plan.issues.length > 0 ? plan.issues : amountIssues(order, plan.after, currency.minorUnit);
}

/** Throws when there are issues, and then names the references that do not exist as well. */
async function refuseWithReferences(tx: Transaction, fields: Fields, issues: readonly Issue[]): Promise<void> {
  if (issues.length > 0) refuseAll([...(await referenceIssues(tx, fields)), ...issues]);
}

/**
 * A write whose references the engine checks. Only if it refuses the write of a single order are they looked up here; in
 * a batch the engine does not say whose reference is wrong, so each write is retried alone.
 */
async function withReferencesChecked<T>(
  tx: Transaction,
  orders: readonly { fields: Fields }[],
  write: Promise<T>,
): Promise<T> {
  try {
    return await write;
  } catch (error) {
    const [only, ...others] = orders;
    if (only !== undefined && others.length === 0 && error instanceof DatabaseError && error.kind === "foreign-key")
      refuseAll(await referenceIssues(tx, only.fields));
    throw error;
  }
}

/** An issue for each written reference that does not exist. */
async function referenceIssues(db: Queryable, fields: Fields): Promise<Issue[]> {
  const { customer_id = null, employee_id = null, shipper_id = null, tax_status_id = null, status_id = null } = fields;
  const asked = { customer_id, employee_id, shipper_id, tax_status_id, status_id };
  if (Object.values(asked).every((id) => id === null)) return [];
  const missing = await db.all(missingReferences, asked);
  return missing.map(({ field }) => ({ pointer: `#/${field}`, code: "reference", message: "Does not exist." }));
}

/** Writes the details of stored orders, and gives the orders with the details that were changed. */
async function withDetails(
  tx: Transaction,
  rows: readonly OrderRow[],
  plans: readonly DetailChanges[],
): Promise<readonly StoredOrder[]> {
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

export function refuseAll(issues: readonly Issue[]): void {
  const [first, ...rest] = issues;
  if (first !== undefined) throw refusalOf([first, ...rest]);
}
