// When less of a product is there than orders hold, the newest allocations are released: those who came last wait again.
import { type Database, DatabaseError, type RowOf, type Transaction } from "sqlproof";
import type { CurrentCompany } from "../../company/current.ts";
import { toUnits } from "../../contract/decimal.ts";
import type { Cause, Ledger } from "../../ledger/ledger.ts";
import { detailsOf } from "../locked.ts";
import { lockOrders } from "../queries.ts";
import type { DetailRow, WrittenOrder } from "../read.ts";
import type { RewrittenOrder } from "./changes.ts";
import { lockLate, policiesOf } from "./fill.ts";
import { isWaiting, quantitiesOf, quantityColumns } from "./quantities.ts";
import { heldNewestFirst, holdDetail } from "./queries.ts";

type Trader = Pick<CurrentCompany, "now" | "currency" | "terms">;

/** How much of products is held and not there, in units. */
type Lack = ReadonlyMap<number, bigint>;

/** The orders that hold some products the newest, looked up before the transaction begins, so that it can lock them. */
export class HoldingOrders {
  private constructor(private orders: readonly number[]) {}

  /** Those that must give back what lacks. */
  static async of(database: Database, lack: Lack): Promise<HoldingOrders> {
    const product_ids = [...lack].flatMap(([id, units]) => (units > 0n ? [id] : []));
    const held = product_ids.length === 0 ? [] : await database.all(heldNewestFirst, { product_ids });
    return new HoldingOrders([...new Set(newest(held, lack).map(({ order_id }) => order_id))]);
  }

  get ids(): readonly number[] {
    return this.orders;
  }

  /**
   * These orders. Those that hold the goods only since they were looked up are locked now. Throws a conflict, so that the
   * transaction is retried, if one of them is being changed.
   */
  async read(tx: Transaction, ids: readonly number[]): Promise<ReadonlyMap<number, WrittenOrder>> {
    const begun = ids.filter((id) => !this.orders.includes(id));
    this.orders = [...this.orders, ...begun];
    if ((await lockLate(tx, begun)).length < begun.length)
      throw new DatabaseError("conflict", "another order began to hold the goods");
    const rows = await Promise.all(ids.map((id) => tx.all(lockOrders, { ids: [id] })));
    const details = await detailsOf(tx, ids);
    return new Map(rows.flat().map((row) => [row.id, { row, details: details.get(row.id) ?? [] }]));
  }
}

type HeldRow = RowOf<typeof heldNewestFirst>;

/** The details, the newest first, that together hold what lacks. */
function newest(held: readonly HeldRow[], lack: Lack): readonly HeldRow[] {
  const left = new Map(lack);
  return held.filter(({ product_id, allocated }) => {
    const units = left.get(product_id ?? 0) ?? 0n;
    if (units > 0n) left.set(product_id ?? 0, units - toUnits(allocated));
    return units > 0n;
  });
}

/** Why goods are taken away from orders. */
interface Taking {
  readonly company: Trader;
  readonly cause: Cause;
}

/**
 * Releases what these products are held too much, and writes the details; a detail whose order takes it only as a whole
 * gives all of it back. The ledger and the versions of the orders are left to the caller to write.
 */
export async function releaseNewest(
  tx: Transaction,
  ledger: Ledger,
  products: readonly number[],
  holding: HoldingOrders,
  { company, cause }: Taking,
): Promise<readonly RewrittenOrder[]> {
  const lack = new Map(products.map((id) => [id, -ledger.available(id)]));
  const product_ids = products.filter((id) => ledger.available(id) < 0n);
  if (product_ids.length === 0) return [];
  const held = newest(await tx.all(heldNewestFirst, { product_ids }), lack);
  const orders = await holding.read(tx, [...new Set(held.map(({ order_id }) => order_id))]);
  const policies = await policiesOf(tx, orders, company);
  const released = new Map<number, DetailRow>();
  for (const { id, order_id } of held) {
    const order = orders.get(order_id);
    const detail = order?.details.find((one) => one.id === id);
    if (order === undefined || detail === undefined) continue;
    const isWhole = policies.get(order_id) === "complete";
    released.set(id, take(ledger, order, detail, isWhole, { company, cause }));
  }
  await tx.runMany(
    holdDetail,
    [...released.values()].map(({ id, allocated, status_id, date_allocated }) => ({
      ...{ id, allocated, status_id, date_allocated },
    })),
  );
  return [...orders.values()].map((before) => ({
    ...{ before, details: before.details.map((detail) => released.get(detail.id) ?? detail) },
  }));
}

function take(
  ledger: Ledger,
  { row }: WrittenOrder,
  detail: DetailRow,
  isWhole: boolean,
  { company, cause }: Taking,
): DetailRow {
  const { id: order_detail_id, product_id } = detail;
  const quantities = quantitiesOf(detail);
  if (product_id === null) return detail;
  const lack = -ledger.available(product_id);
  const given = isWhole || lack > quantities.allocated ? quantities.allocated : lack;
  ledger.release(product_id, given, () => ({ ...cause, order_id: row.id, order_detail_id }));
  if (isWaiting(row.status_id)) ledger.changeBackOrdered(product_id, given);
  const standing = { isStocked: true, isOnOrder: detail.purchase_order_id !== null, isWanted: true };
  const after = { ...quantities, allocated: quantities.allocated - given };
  const dates = { before: detail.date_allocated, now: company.now() };
  return { ...detail, ...quantityColumns(after, standing, dates) };
}
