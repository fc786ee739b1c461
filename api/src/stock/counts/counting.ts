// Makes a count sheet, and takes what people have counted.
import type { Database, DateTime, Decimal, Transaction } from "sqlproof";
import { type Issue, refuseAll } from "../../contract/answer.ts";
import { fromUnits } from "../../contract/decimal.ts";
import type { WriteContext } from "../../contract/write-headers.ts";
import { hasFraction, Ledger } from "../../ledger/ledger.ts";
import { requireVersion } from "../../writes/preconditions.ts";
import { actionIssues } from "./conditions.ts";
import { mostProducts, type StockCountCreate, type StockCountUpdate } from "./fields.ts";
import {
  balancesOfCounted,
  enterCounted,
  insertCount,
  insertCountDetail,
  locations,
  openCountsOf,
  updateCount,
} from "./queries.ts";
import { type CountRow, countIn, inSeenVersion, lockCount, type StoredCount } from "./read.ts";

/** The products at the location that a sheet is asked for, looked up before the transaction begins; else those named. */
export async function productsToCount(
  database: Database,
  { product_ids = [], location: wanted }: StockCountCreate,
): Promise<readonly number[]> {
  if (wanted === undefined) return product_ids;
  const begin = wanted.toLowerCase();
  const all = await database.all(locations);
  return all.flatMap(({ id, location }) => (location?.toLowerCase().startsWith(begin) === true ? [id] : []));
}

/** Makes a count sheet of these products, with what is on hand now. */
export async function makeCount(
  tx: Transaction,
  body: StockCountCreate,
  products: readonly number[],
  { now, principal }: { readonly now: DateTime; readonly principal: string },
): Promise<StoredCount> {
  refuseAll(sizeIssues(body, products));
  // Whoever makes another sheet of one of these products waits here.
  const ledger = await Ledger.open(tx, products);
  const pointerOf = (index: number) => (body.location === undefined ? `#/product_ids/${index}` : "#/location");
  refuseAll(
    products.flatMap((id, index): Issue[] => {
      const pointer = pointerOf(index);
      if (products.indexOf(id) < index) return [{ pointer, code: "rule", message: "Is named more than once." }];
      const message = "No such product, or its stock is not kept: set its `stocked` first.";
      return ledger.keeps(id) ? [] : [{ pointer, code: "reference", message }];
    }),
  );
  const open = await tx.all(openCountsOf, { product_ids: products });
  refuseAll(
    open.map(({ product_id, stock_count_id }): Issue => {
      const message = `Product ${product_id} is on count ${stock_count_id}: approve or cancel that one first.`;
      return { pointer: pointerOf(products.indexOf(product_id)), code: "state", message };
    }),
  );
  const row = await tx.one(insertCount, { reason: body.reason, created_date: now, created_principal: principal });
  await tx.runMany(
    insertCountDetail,
    products.map((product_id) => ({
      ...{ stock_count_id: row.id, product_id, expected: fromUnits(ledger.balance(product_id).onHand) },
    })),
  );
  return countIn(tx, row.id);
}

function sizeIssues({ product_ids, location }: StockCountCreate, products: readonly number[]): readonly Issue[] {
  const refuse = (pointer: string, message: string): readonly Issue[] => [{ pointer, code: "rule", message }];
  if ((product_ids === undefined) === (location === undefined))
    return refuse("#/product_ids", "Either the products or their location must be named, and not both.");
  if (products.length > mostProducts) return refuse("#/location", `More than ${mostProducts} products lie there.`);
  if (products.length === 0)
    return location === undefined
      ? refuse("#/product_ids", "Names nothing.")
      : refuse("#/location", "No product whose stock is kept has a location that begins so.");
  return [];
}

/** A request that changes a count. */
export interface CountRequest {
  readonly id: number;
  readonly context: WriteContext;
}

/** A count before and after. */
export interface ChangedCount {
  readonly before: StoredCount;
  readonly after: StoredCount;
}

interface EnteredProduct {
  readonly stock_count_id: number;
  readonly product_id: number;
  readonly expected: Decimal;
  readonly counted: Decimal | null;
  readonly counted_date: DateTime | null;
  readonly counted_principal: string | null;
}

/**
 * Takes what was counted. What is expected is what is on hand now: people enter what they have just counted. What is
 * sent as it was keeps its moment.
 */
export async function enterCount(
  tx: Transaction,
  { id, body, context }: CountRequest & { readonly body: StockCountUpdate },
  now: DateTime,
): Promise<ChangedCount> {
  const before = await inSeenVersion(tx, await lockCount(tx, id), context);
  const given = body.stock_count_details ?? [];
  const product_ids = before.details.map(({ product_id }) => product_id);
  const balances = await tx.all(balancesOfCounted, { product_ids });
  const stock = new Map(balances.map((balance) => [balance.product_id, balance]));
  const unnamed = new Map(before.details.map((detail) => [detail.product_id, detail]));
  const issues: Issue[] = [];
  const entered = given.flatMap(({ product_id, counted }, index): EnteredProduct[] => {
    const refuse = (member: string, code: Issue["code"], message: string) =>
      issues.push({ pointer: `#/stock_count_details/${index}/${member}`, code, message });
    const [detail, balance] = [unnamed.get(product_id), stock.get(product_id)];
    const isOnSheet = product_ids.includes(product_id);
    if (!unnamed.delete(product_id))
      refuse("product_id", "reference", isOnSheet ? "Is named more than once." : "Is not on this sheet.");
    if (detail === undefined || detail.counted === counted) return [];
    const key = { stock_count_id: id, product_id };
    if (counted === null)
      return [{ ...key, expected: detail.expected, counted, counted_date: null, counted_principal: null }];
    if (balance === undefined) refuse("counted", "rule", "The stock of this product is not kept any more.");
    if (balance?.sold_in_fractions === false && hasFraction(counted))
      refuse("counted", "rule", "This product is counted in whole pieces only.");
    const expected = balance?.on_hand ?? detail.expected;
    return [{ ...key, expected, counted, counted_date: now, counted_principal: context.principal.name }];
  });
  refuseAll([...issues, ...actionIssues("update", before, () => null)]);
  if (entered.length > 0) await tx.runMany(enterCounted, entered);
  await storeCount(tx, { ...before.row, reason: body.reason ?? before.row.reason });
  return { before, after: await countIn(tx, id) };
}

/** Cancels a count; nothing moves. */
export async function cancelCount(tx: Transaction, { id, context }: CountRequest): Promise<ChangedCount> {
  const before = await inSeenVersion(tx, await lockCount(tx, id), context);
  refuseAll(actionIssues("cancel", before, () => null));
  await storeCount(tx, { ...before.row, status: "cancelled" });
  return { before, after: await countIn(tx, id) };
}

/** Writes a locked count, as it is to be, in its next version. */
export async function storeCount(tx: Transaction, row: CountRow): Promise<void> {
  const { id, version, status, reason, approved_date, approved_principal } = row;
  requireVersion(await tx.run(updateCount, { id, version, status, reason, approved_date, approved_principal }));
}
