// When goods come in, the details that wait for them get them, those of the oldest orders first, in the same transaction.
import { type Database, DatabaseError, type Transaction } from "sqlproof";
import type { CurrentCompany } from "../../company/current.ts";
import type { Ledger } from "../../ledger/ledger.ts";
import { policyOf, type ShippingPolicy } from "../../ledger/policies.ts";
import type { Change } from "../../writes/audit/record.ts";
import { requireVersions } from "../../writes/preconditions.ts";
import { detailsOf } from "../locked.ts";
import { buyersByIds, lockFreeOrders, lockOrders, raiseVersion } from "../queries.ts";
import { auditedStates, type DetailRow, type WrittenOrder } from "../read.ts";
import { takeable } from "./move.ts";
import { openOf, quantitiesOf, quantityColumns } from "./quantities.ts";
import { holdDetail, waitingDetails, waitingDetailsByIds } from "./queries.ts";

type Trader = Pick<CurrentCompany, "now" | "currency" | "terms">;

/**
 * The orders that wait for some products, looked up before the transaction begins: a read in it that locks nothing would
 * begin MariaDB's snapshot, and then each order or balance that changes while its lock is awaited is a conflict.
 */
export class WaitingOrders {
  private constructor(
    private products: readonly number[],
    private orders: readonly number[],
  ) {}

  /** `alsoIds` are orders for which the goods were bought. */
  static async of(
    database: Database,
    productIds: readonly number[],
    alsoIds: readonly number[] = [],
  ): Promise<WaitingOrders> {
    const product_ids = [...new Set(productIds)];
    const waiting = product_ids.length === 0 ? [] : await database.all(waitingDetails, { product_ids });
    return new WaitingOrders(product_ids, [...waiting.map(({ order_id }) => order_id), ...alsoIds]);
  }

  get productIds(): readonly number[] {
    return this.products;
  }

  /** The write turned out to move these products as well. */
  addProducts(productIds: readonly number[]): void {
    this.products = [...new Set([...this.products, ...productIds])];
  }

  /** The write will make these orders wait. */
  addOrders(ids: readonly number[]): void {
    this.orders = [...new Set([...this.orders, ...ids])];
  }

  /**
   * Locks them, and those that the write changes anyway, until the transaction ends: to be done before the ledger is
   * opened, as orders come before stock.
   */
  async lock(tx: Transaction, alsoIds: readonly number[] = []): Promise<void> {
    const ids = [...new Set([...this.orders, ...alsoIds])].sort((a, b) => a - b);
    // Sent together but executed in this order.
    await Promise.all(ids.map((id) => tx.all(lockOrders, { ids: [id] })));
  }

  /**
   * Those of these orders that still wait. Throws a conflict, so that the transaction is retried, if one of them has
   * begun to wait since they were looked up and is being changed.
   */
  async read(tx: Transaction, ids: readonly number[]): Promise<ReadonlyMap<number, WrittenOrder>> {
    const known = new Set(this.orders);
    const begun = ids.filter((id) => !known.has(id));
    this.orders = [...this.orders, ...begun];
    if ((await lockLate(tx, begun)).length < begun.length)
      throw new DatabaseError("conflict", "another order began to wait for the goods");
    const rows = await Promise.all(ids.map((id) => tx.all(lockOrders, { ids: [id] })));
    const details = await detailsOf(tx, ids);
    return new Map(rows.flat().map((row) => [row.id, { row, details: details.get(row.id) ?? [] }]));
  }
}

/** What came in for a detail, because it was bought for it. In units. */
export interface BoughtFor {
  readonly now: bigint;
  readonly altogether: bigint;
}

/** Who fills back orders, and which details come first. */
export interface Filling {
  readonly company: Trader;
  readonly principal: string;
  readonly boughtFor?: ReadonlyMap<number, BoughtFor>;
}

/**
 * Locks orders although the ledger is locked already, and gives those that nobody else had locked: whoever waited for
 * one here might wait in a circle.
 */
export async function lockLate(tx: Transaction, ids: readonly number[]): Promise<readonly number[]> {
  return ids.length === 0 ? [] : (await tx.all(lockFreeOrders, { ids })).map(({ id }) => id);
}

/**
 * Gives what is available to the details that wait, and writes them; the ledger is left to the caller to write. A detail
 * for which goods were bought gets these first. An order whose policy is `ask` waits for somebody's decision; one that is
 * `complete` takes a detail only as a whole. Gives the changes of the orders, for the audit log.
 */
export async function fillBackOrders(
  tx: Transaction,
  ledger: Ledger,
  waitingOrders: WaitingOrders,
  { company, principal, boughtFor = new Map() }: Filling,
): Promise<readonly Change[]> {
  const product_ids = waitingOrders.productIds.filter((id) => ledger.keeps(id) && ledger.available(id) > 0n);
  if (product_ids.length === 0) return [];
  // The ledger is locked: whoever began to wait since the orders were locked shows up now.
  const ids = [...boughtFor.keys()];
  const first = ids.length === 0 ? [] : await tx.all(waitingDetailsByIds, { ids });
  const waiting = await tx.all(waitingDetails, { product_ids });
  const ordersToRead = new Set([...first, ...waiting].map(({ order_id }) => order_id));
  const orders = await waitingOrders.read(tx, [...ordersToRead]);
  const policies = await policiesOf(tx, orders, company);
  const changed = new Map<number, Map<number, DetailRow>>();
  const claims = [
    ...first.map((one) => ({ ...one, bought: boughtFor.get(one.id) ?? null })),
    ...waiting.map((one) => ({ ...one, bought: null })),
  ];
  for (const { id, order_id, bought } of claims) {
    const detail = changed.get(order_id)?.get(id) ?? orders.get(order_id)?.details.find((one) => one.id === id);
    if (detail === undefined) continue;
    const wanted = wantedBy(detail, policies.get(order_id) ?? "ask", ledger, bought);
    if (wanted <= 0n) continue;
    const held = hold(ledger, detail, wanted, { company, principal });
    const ofOrder = changed.get(order_id) ?? new Map<number, DetailRow>();
    changed.set(order_id, ofOrder.set(id, held));
  }
  return store(tx, orders, changed, company);
}

/** The shipping policies of these orders. */
export async function policiesOf(
  tx: Transaction,
  orders: ReadonlyMap<number, WrittenOrder>,
  company: Trader,
): Promise<ReadonlyMap<number, ShippingPolicy>> {
  const ids = [...new Set([...orders.values()].flatMap(({ row }) => row.customer_id ?? []))];
  const buyers = ids.length === 0 ? [] : await tx.all(buyersByIds, { ids });
  const ofBuyer = new Map(buyers.map(({ id, shipping_policy }) => [id, shipping_policy]));
  return new Map(
    [...orders].map(([id, { row }]) => [
      id,
      policyOf(row.shipping_policy, ofBuyer.get(row.customer_id ?? 0), company.terms.shipping_policy),
    ]),
  );
}

/** How much a detail can get: of what was bought for it, or else of all that is available. */
function wantedBy(detail: DetailRow, policy: ShippingPolicy, ledger: Ledger, bought: BoughtFor | null): bigint {
  if (detail.product_id === null || !ledger.keeps(detail.product_id)) return 0n;
  const open = openOf(quantitiesOf(detail));
  const available = ledger.available(detail.product_id);
  if (bought === null) return policy === "ask" ? 0n : takeable(open, available, policy);
  if (policy === "complete") return bought.altogether >= open ? takeable(open, available, policy) : 0n;
  // Whoever bought it for a detail has decided.
  return takeable(open < bought.now ? open : bought.now, available, "partial");
}

/** Holds so much for a detail, and gives it as it is then. */
function hold(
  ledger: Ledger,
  detail: DetailRow,
  units: bigint,
  { company, principal }: Pick<Filling, "company" | "principal">,
): DetailRow {
  const { id: order_detail_id, order_id, product_id } = detail;
  if (product_id === null) return detail;
  const quantities = quantitiesOf(detail);
  ledger.hold(product_id, units, () => ({ principal, order_id, order_detail_id }));
  ledger.changeBackOrdered(product_id, -units);
  const isOnOrder = detail.purchase_order_id !== null;
  const standing = { isStocked: true, isOnOrder, isWanted: true };
  const after = { ...quantities, allocated: quantities.allocated + units };
  const dates = { before: detail.date_allocated, now: company.now() };
  return { ...detail, ...quantityColumns(after, standing, dates) };
}

async function store(
  tx: Transaction,
  orders: ReadonlyMap<number, WrittenOrder>,
  changed: ReadonlyMap<number, ReadonlyMap<number, DetailRow>>,
  { currency: { minorUnit } }: Trader,
): Promise<readonly Change[]> {
  const details = [...changed.values()].flatMap((ofOrder) => [...ofOrder.values()]);
  if (details.length === 0) return [];
  await tx.runMany(
    holdDetail,
    details.map(({ id, allocated, status_id, date_allocated }) => ({ id, allocated, status_id, date_allocated })),
  );
  const written = [...changed].flatMap(([id, ofOrder]) => {
    const before = orders.get(id);
    if (before === undefined) return [];
    const row = { ...before.row, version: before.row.version + 1 };
    return [{ before, after: { row, details: before.details.map((detail) => ofOrder.get(detail.id) ?? detail) } }];
  });
  const versions = written.map(({ before: { row } }) => ({ id: row.id, version: row.version }));
  requireVersions(await tx.runMany(raiseVersion, versions), versions.length);
  return written.map(({ before, after }) => ({
    ...{ resource: "order", id: after.row.id, version: after.row.version },
    ...auditedStates(before, after, minorUnit),
  }));
}
