// The short order details for which goods are bought: each names its purchase order, and each is named by a detail of it.
import { type Database, DatabaseError, type Transaction } from "sqlproof";
import type { CurrentCompany } from "../company/current.ts";
import { Ledger } from "../ledger/ledger.ts";
import { locked } from "../orders/locked.ts";
import { lockOrders, raiseVersion } from "../orders/queries.ts";
import { auditedOrder, type WrittenOrder } from "../orders/read.ts";
import { detailStatusOf, quantitiesOf } from "../orders/stock/quantities.ts";
import type { Change } from "../writes/audit/record.ts";
import { requireVersions } from "../writes/preconditions.ts";
import { linkDetail, linkedDetails, linkedOrders, lockPurchaseOrders, productsOfPurchase } from "./queries.ts";
import type { StoredPurchaseOrder } from "./read.ts";

/** Orders with details that wait for a purchase order, locked, by id. */
export type LinkedOrders = ReadonlyMap<number, WrittenOrder>;

/**
 * The orders and products that a write of a purchase order concerns, looked up before its transaction begins: a read in it
 * that locks nothing would begin MariaDB's snapshot, and then each order or balance that changes while its lock is
 * awaited is a conflict.
 */
export class Concerned {
  private constructor(
    private readonly id: number,
    private orders: readonly number[],
    private products: readonly number[],
  ) {}

  static async of(database: Database, id: number, alsoProducts: readonly number[] = []): Promise<Concerned> {
    const orders = await database.all(linkedOrders, { id });
    const bought = await database.all(productsOfPurchase, { id });
    const linked = await database.all(linkedDetails, { id });
    const products = [...bought, ...linked].flatMap(({ product_id }) => product_id ?? []);
    return new Concerned(
      id,
      orders.map(({ order_id }) => order_id),
      [...products, ...alsoProducts],
    );
  }

  /** Locks the orders, then the purchase order, then the stock. */
  async lock(tx: Transaction): Promise<Ledger> {
    // Sent together but executed in this order.
    await Promise.all(this.orders.map((id) => tx.all(lockOrders, { ids: [id] })));
    await tx.all(lockPurchaseOrders, { ids: [this.id] });
    return Ledger.open(tx, this.products);
  }

  /** The orders as they are now. Throws a conflict, so that the transaction is retried, if others have become concerned. */
  async read(tx: Transaction, { details }: Pick<StoredPurchaseOrder, "details">): Promise<LinkedOrders> {
    const ids = (await tx.all(linkedOrders, { id: this.id })).map(({ order_id }) => order_id);
    const isKnown = ids.every((id) => this.orders.includes(id));
    this.orders = [...new Set([...this.orders, ...ids])].sort((a, b) => a - b);
    const orders = new Map<number, WrittenOrder>();
    for (const id of isKnown ? ids : []) for (const [found, order] of await locked(tx, [id])) orders.set(found, order);
    const linked = [...orders.values()].flatMap((order) => order.details.filter((one) => this.names(one)));
    const products = [...details, ...linked].flatMap(({ product_id }) => product_id ?? []);
    const isOpen = products.every((product) => this.products.includes(product));
    this.products = [...new Set([...this.products, ...products])];
    if (!isKnown || !isOpen)
      throw new DatabaseError("conflict", "a purchase order concerns other orders or products now");
    return orders;
  }

  /** Whether an order detail waits for this purchase order. */
  names({ purchase_order_id }: { readonly purchase_order_id: number | null }): boolean {
    return purchase_order_id === this.id;
  }
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
