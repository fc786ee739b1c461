import { DatabaseError, type Decimal, type Queryable, type Transaction } from "sqlproof";
import { ApiError, type Fault, refusalOf, refuseInUse } from "../answer.ts";
import { zero } from "../decimal.ts";
import { type Guard, isStale, metItsVersion, stale } from "../guard.ts";
import { now } from "../text.ts";
import { type DetailPlan, planDetails } from "./detail-plan.ts";
import type { OrderCreate, OrderUpdate } from "./fields.ts";
import {
  amountFaults,
  amountsOf,
  dateFaults,
  isDeletable,
  stateFaults,
  taxable,
  taxesOf,
  taxesToStore,
} from "./order.ts";
import {
  deleteDetails,
  deleteDetailsOfOrder,
  deleteOrder as deleteOrderRow,
  detailsByOrderIds,
  insertDetail,
  insertOrder,
  lockOrder,
  missingReferences,
  orderReferences,
  ordersByIds,
  productPrices,
  updateDetail,
  updateOrder as updateOrderRow,
} from "./queries.ts";
import { type DetailRow, detailedOrder, type OrderRow, type StoredOrder } from "./read.ts";

/** What a new order is where nobody says otherwise. */
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

/** Writes a new order and its details, and gives it back as stored. */
export async function createOrder(tx: Transaction, body: OrderCreate): Promise<StoredOrder> {
  const { order_details: given = [], ...fields } = body;
  const order = { order_date: now(), ...emptyOrder, ...fields };
  const prices = await pricesOf(tx, given);
  const plan = planDetails([], given, prices);
  await refuseWithReferences(tx, fields, [...plan.faults, ...dateFaults(order)]);
  const { subtotal } = amountsOf(order, plan.after);
  const taxes =
    fields.taxes === undefined && order.tax_status_id === taxable ? taxesOf(subtotal, order.tax_rate) : order.taxes;
  const priced = { ...order, taxes };
  await refuseWithReferences(tx, fields, amountFaults(priced, plan.after));
  const row = await referring(tx, fields, tx.one(insertOrder, priced));
  await writeDetails(tx, row.id, plan);
  return { row, details: plan.changes ? await detailsOf(tx, row.id) : [] };
}

/** An order before and after a change. */
interface ChangedOrder {
  readonly before: StoredOrder;
  readonly after: StoredOrder;
}

/** Changes what the body names, the details included, and gives the order back as it was and as it is. */
export async function updateOrder(tx: Transaction, id: number, body: OrderUpdate, guard: Guard): Promise<ChangedOrder> {
  const { row: before, details } = await locked(tx, id, guard);
  const { order_details: given, ...fields } = body;
  const after = { ...before, ...fields };
  const plan = planDetails(details, given ?? null, await pricesOf(tx, given ?? []));
  const dates = fields.order_date === undefined && fields.shipped_date === undefined ? [] : dateFaults(after);
  await refuseWithReferences(tx, fields, [...plan.faults, ...dates]);
  const forbidden = [...stateFaults(before, after, plan.changes), ...plan.stateFaults];
  if (forbidden.length > 0) refuseAll(await referenceFaults(tx, fields));
  refuseAll(forbidden);
  const { subtotal } = amountsOf(after, plan.after);
  const basis = fields.tax_status_id !== undefined || fields.tax_rate !== undefined || given !== undefined;
  const taxes =
    fields.taxes === undefined ? taxesToStore(before, after, subtotal, basis ? "basis" : "other") : after.taxes;
  const priced = { ...after, taxes };
  if (basis || fields.taxes !== undefined || fields.shipping_fee !== undefined)
    refuseAll(amountFaults(priced, plan.after));
  metItsVersion(await referring(tx, fields, tx.run(updateOrderRow, priced)));
  await writeDetails(tx, id, plan);
  const written = { row: await rowOf(tx, id), details: plan.changes ? await detailsOf(tx, id) : details };
  return { before: { row: before, details }, after: written };
}

/** Removes an order with its details and gives back what it was, or says what stands against it. */
export async function deleteOrder(tx: Transaction, id: number, guard: Guard): Promise<StoredOrder> {
  const before = await locked(tx, id, guard);
  const { status_id, version } = before.row;
  if (!isDeletable(status_id)) throw new ApiError("state", "An order that is shipped or closed cannot be deleted.");
  const { invoices, inventory_transactions } = await tx.one(orderReferences, { id });
  refuseInUse("order", { invoices, "inventory transactions": inventory_transactions });
  await tx.run(deleteDetailsOfOrder, { order_id: id });
  metItsVersion(await tx.run(deleteOrderRow, { id, version }));
  return before;
}

/** The order, locked until the transaction ends, in a version that the client has seen. */
async function locked(tx: Transaction, id: number, guard: Guard): Promise<StoredOrder> {
  const row = await tx.maybe(lockOrder, { id });
  if (row === null) throw orderNotFound();
  const details = await detailsOf(tx, id);
  if (isStale(guard, row)) throw stale(row, "order", detailedOrder({ row, details }));
  return { row, details };
}

function detailsOf(tx: Transaction, orderId: number): Promise<DetailRow[]> {
  return tx.all(detailsByOrderIds, { order_ids: [orderId] });
}

/** The same words and status for every order that is not there. */
export function orderNotFound(): ApiError {
  return new ApiError("not-found", "There is no such order.");
}

/** The row of an order that this transaction has locked or made. */
async function rowOf(tx: Transaction, id: number): Promise<OrderRow> {
  return tx.one(ordersByIds, { ids: [id] });
}

async function pricesOf(
  db: Queryable,
  given: readonly { readonly product_id?: number }[],
): Promise<ReadonlyMap<number, Decimal>> {
  const ids = new Set<number>();
  for (const { product_id } of given) if (product_id !== undefined) ids.add(product_id);
  if (ids.size === 0) return new Map();
  const products = await db.all(productPrices, { ids: [...ids] });
  return new Map(products.map(({ id, list_price }) => [id, list_price]));
}

type Fields = Omit<OrderUpdate, "order_details">;

/** Refuses when there are faults, and then names the references that point nowhere beside them. */
async function refuseWithReferences(tx: Transaction, fields: Fields, faults: readonly Fault[]): Promise<void> {
  if (faults.length > 0) refuseAll([...(await referenceFaults(tx, fields)), ...faults]);
}

/** A write whose references the engine checks by itself: only when it refuses it is worth asking which of them are wrong. */
async function referring<T>(tx: Transaction, fields: Fields, write: Promise<T>): Promise<T> {
  try {
    return await write;
  } catch (error) {
    if (error instanceof DatabaseError && error.kind === "foreign-key") refuseAll(await referenceFaults(tx, fields));
    throw error;
  }
}

/** Which of the written references point nowhere. */
async function referenceFaults(db: Queryable, fields: Fields): Promise<Fault[]> {
  const { customer_id = null, employee_id = null, shipper_id = null, tax_status_id = null, status_id = null } = fields;
  const asked = { customer_id, employee_id, shipper_id, tax_status_id, status_id };
  if (Object.values(asked).every((id) => id === null)) return [];
  const missing = await db.all(missingReferences, asked);
  return missing.map(({ field }) => ({ pointer: `#/${field}`, code: "reference", message: "Refers to nothing." }));
}

async function writeDetails(tx: Transaction, orderId: number, plan: DetailPlan): Promise<void> {
  if (plan.removed.length > 0) await tx.run(deleteDetails, { ids: plan.removed });
  if (plan.changed.length > 0) await tx.runMany(updateDetail, plan.changed);
  if (plan.added.length > 0)
    await tx.runMany(
      insertDetail,
      plan.added.map((detail) => ({ ...detail, order_id: orderId })),
    );
}

function refuseAll(faults: readonly Fault[]): void {
  const [first, ...rest] = faults;
  if (first !== undefined) throw refusalOf([first, ...rest]);
}
