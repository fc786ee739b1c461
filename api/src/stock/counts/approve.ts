// Makes the stock what was counted. What moved since then stays moved: the difference of the moment is booked. Goods
// that orders hold do not stop a count: the newest allocations are released, and what is found goes to who waits.
import { type Database, DatabaseError, type Transaction } from "sqlproof";
import type { CurrentCompany } from "../../company/current.ts";
import { refuseAll } from "../../contract/answer.ts";
import { toUnits } from "../../contract/decimal.ts";
import { type Cause, Ledger } from "../../ledger/ledger.ts";
import { mergedChanges } from "../../orders/stock/changes.ts";
import { fillBackOrders, WaitingOrders } from "../../orders/stock/fill.ts";
import { HoldingOrders, releaseNewest } from "../../orders/stock/release.ts";
import type { Change } from "../../writes/audit/record.ts";
import { actionIssues } from "./conditions.ts";
import { type ChangedCount, type CountRequest, storeCount } from "./counting.ts";
import { balancesOfCounted, countDetails } from "./queries.ts";
import { countIn, differenceOf, inSeenVersion, lockCount, type StoredCount } from "./read.ts";

/** The orders that an approval may touch, looked up before its transaction begins. */
export interface Concerned {
  readonly waiting: WaitingOrders;
  readonly holding: HoldingOrders;
}

/** Who waits for what was found, and who holds what is missing. */
export async function concernedBy(database: Database, id: number): Promise<Concerned> {
  const differences = differencesIn({ details: await database.all(countDetails, { id }) });
  const product_ids = [...differences.keys()];
  const balances = product_ids.length === 0 ? [] : await database.all(balancesOfCounted, { product_ids });
  const lack = balances.map(({ product_id, on_hand, allocated }): readonly [number, bigint] => {
    const then = toUnits(on_hand) + (differences.get(product_id) ?? 0n);
    return [product_id, toUnits(allocated) - then];
  });
  const waiting = await WaitingOrders.of(database, product_ids);
  return { waiting, holding: await HoldingOrders.of(database, new Map(lack)) };
}

/** What was counted otherwise than expected, by product. */
function differencesIn({ details }: Pick<StoredCount, "details">): ReadonlyMap<number, bigint> {
  return new Map(
    details.flatMap((detail): readonly (readonly [number, bigint])[] => {
      const difference = differenceOf(detail);
      return difference === null || difference === 0n ? [] : [[detail.product_id, difference]];
    }),
  );
}

/** Approves a count, or throws everything that stands against it. */
export async function approveCount(
  tx: Transaction,
  { id, context }: CountRequest,
  { waiting, holding }: Concerned,
  company: CurrentCompany,
): Promise<ChangedCount & { readonly further: readonly Change[] }> {
  waiting.addOrders(holding.ids);
  await waiting.lock(tx);
  const row = await lockCount(tx, id);
  const ledger = await Ledger.open(tx, waiting.productIds);
  const before = await inSeenVersion(tx, row, context);
  const differences = differencesIn(before);
  requireProducts(waiting, [...differences.keys()]);
  const onHand = (product: number) => (ledger.keeps(product) ? ledger.balance(product).onHand : null);
  refuseAll(actionIssues("approve", before, onHand));
  const principal = context.principal.name;
  const cause: Cause = { principal, stock_count_id: id, comments: row.reason };
  for (const [product, difference] of differences) ledger.adjust(product, difference, () => cause);
  const released = await releaseNewest(tx, ledger, [...differences.keys()], holding, { company, cause });
  // They wait now, and are locked.
  waiting.addOrders(released.map((order) => order.before.row.id));
  const filled = await fillBackOrders(tx, ledger, waiting, { company, principal });
  const further = await mergedChanges(tx, released, filled, company.currency.minorUnit);
  const approved = { status: "approved", approved_date: company.now(), approved_principal: principal };
  await storeCount(tx, { ...row, ...approved });
  await ledger.write(tx, company.now());
  return { before, after: await countIn(tx, id), further };
}

/** Throws a conflict, so that the transaction is retried, if other products have been counted since they were looked up. */
function requireProducts(waiting: WaitingOrders, actual: readonly number[]): void {
  if (actual.every((id) => waiting.productIds.includes(id))) return;
  waiting.addProducts(actual);
  throw new DatabaseError("conflict", "other products are counted than when the approval began");
}
