// The short order details for which goods are bought: each names its purchase order, and each is named by a detail of it.
import type { Transaction } from "sqlproof";
import type { CurrentCompany } from "../company/current.ts";
import type { Ledger } from "../ledger/ledger.ts";
import { locked } from "../orders/locked.ts";
import { raiseVersion } from "../orders/queries.ts";
import { auditedOrder, type WrittenOrder } from "../orders/read.ts";
import { detailStatusOf, quantitiesOf } from "../orders/stock/quantities.ts";
import type { Change } from "../writes/audit/record.ts";
import { requireVersions } from "../writes/preconditions.ts";
import { linkDetail, linkedOrders } from "./queries.ts";

/** Orders with details that wait for a purchase order, locked, by id. */
export type LinkedOrders = ReadonlyMap<number, WrittenOrder>;

/** Locks the orders that wait for a purchase order: to be done before it is locked itself. */
export async function lockLinkedOrders(tx: Transaction, id: number): Promise<LinkedOrders> {
  const orders = new Map<number, WrittenOrder>();
  for (const { order_id } of await tx.all(linkedOrders, { id }))
    for (const [found, order] of await locked(tx, [order_id])) orders.set(found, order);
  return orders;
}

/** The products of the details that wait for this purchase order. */
export function linkedProducts(orders: LinkedOrders, id: number): readonly number[] {
  return [...orders.values()].flatMap(({ details }) =>
    details.flatMap((detail) => (detail.purchase_order_id === id ? (detail.product_id ?? []) : [])),
  );
}

/** What is known of details that are linked. */
interface Linking {
  readonly ledger: Ledger;
  readonly company: Pick<CurrentCompany, "currency">;
}

/** Gives order details the purchase orders that they wait for now, or none. Gives the changes of their orders. */
export async function linkOrders(
  tx: Transaction,
  orders: LinkedOrders,
  links: ReadonlyMap<number, number | null>,
  { ledger, company }: Linking,
): Promise<readonly Change[]> {
  const { minorUnit } = company.currency;
  const changes: Change[] = [];
  for (const before of orders.values()) {
    if (!before.details.some(({ id }) => links.has(id))) continue;
    const after = await linkOrder(tx, before, links, ledger);
    const states = { before: auditedOrder(before, minorUnit), after: auditedOrder(after, minorUnit) };
    changes.push({ resource: "order", id: after.row.id, version: after.row.version, ...states });
  }
  return changes;
}

/** The same for one order, which it gives as it is then. */
export async function linkOrder(
  tx: Transaction,
  before: WrittenOrder,
  links: ReadonlyMap<number, number | null>,
  ledger: Ledger,
): Promise<WrittenOrder> {
  const details = before.details.map((detail) => {
    const purchase_order_id = links.get(detail.id);
    if (purchase_order_id === undefined) return detail;
    const isStocked = ledger.keeps(detail.product_id);
    const standing = { isStocked, isOnOrder: purchase_order_id !== null, isWanted: true };
    return { ...detail, purchase_order_id, status_id: detailStatusOf(quantitiesOf(detail), standing) };
  });
  const linked = details.filter(({ id }) => links.has(id));
  await tx.runMany(
    linkDetail,
    linked.map(({ id, purchase_order_id, status_id }) => ({ id, purchase_order_id, status_id })),
  );
  const { id, version } = before.row;
  requireVersions(await tx.runMany(raiseVersion, [{ id, version }]), 1);
  return { row: { ...before.row, version: version + 1 }, details };
}
