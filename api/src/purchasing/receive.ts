// Goods come in from a supplier, in one delivery or in several, and go to the orders that wait for them.
import { type Database, DatabaseError, type DateTime, type Decimal, type Transaction } from "sqlproof";
import type { CurrentCompany } from "../company/current.ts";
import { type Issue, refuseAll } from "../contract/answer.ts";
import { fromUnits, one, quantityText, toUnits, zero } from "../contract/decimal.ts";
import { hasFraction, Ledger } from "../ledger/ledger.ts";
import { type BoughtFor, fillBackOrders, WaitingOrders } from "../orders/stock/fill.ts";
import { requireVersion } from "../writes/preconditions.ts";
import { conditionIssues, conditionsOf } from "./conditions.ts";
import type { Receipt } from "./fields.ts";
import { owedUnits } from "./lines.ts";
import {
  linkedDetails,
  linkedOrders,
  lockPurchaseOrders,
  productsOfPurchase,
  receivePurchaseDetail,
  updatePurchaseOrder,
} from "./queries.ts";
import { lockedPurchaseOrder, type PurchaseDetailRow, purchaseOrderIn, type StoredPurchaseOrder } from "./read.ts";
import { type ChangedPurchaseOrder, employeeOf, type PurchaseOrderRequest } from "./write.ts";

/** What comes in of one detail. */
interface Received {
  readonly detail: PurchaseDetailRow;
  readonly quantity: Decimal;
  /** Its place in the request; null if the request names no details. */
  readonly index: number | null;
}

/** The orders that wait for what is bought, looked up before the transaction begins. */
export async function waitingForPurchase(database: Database, id: number): Promise<WaitingOrders> {
  const products = await database.all(productsOfPurchase, { id });
  const orders = await database.all(linkedOrders, { id });
  return WaitingOrders.of(
    database,
    products.flatMap(({ product_id }) => product_id ?? []),
    orders.map(({ order_id }) => order_id),
  );
}

/** Receives goods, or throws every reason why not. */
export async function receivePurchase(
  tx: Transaction,
  { id, context, body }: PurchaseOrderRequest & { readonly body: Receipt },
  waiting: WaitingOrders,
  company: CurrentCompany,
): Promise<ChangedPurchaseOrder> {
  await waiting.lock(tx);
  await tx.all(lockPurchaseOrders, { ids: [id] });
  // Before anything is read without a lock, which would begin MariaDB's snapshot.
  const ledger = await Ledger.open(tx, waiting.productIds);
  const before = await lockedPurchaseOrder(tx, id, context, company.currency.minorUnit);
  requireProducts(waiting, before);
  const { principal } = context;
  const actor = { principal, employee: await employeeOf(tx, principal) };
  const { received, issues } = receivedDetails(before, body);
  refuseAll([
    ...conditionIssues(conditionsOf("receive", before, actor)),
    ...issues,
    ...received.flatMap((each) => quantityIssues(ledger, each, toUnits(company.terms.over_receipt_tolerance))),
  ]);
  const date = body.date ?? company.now();
  const rows = received.map((each) => receive(ledger, each, { date, principal: principal.name }));
  const boughtFor = await boughtForDetails(tx, id, received);
  const further = await fillBackOrders(tx, ledger, waiting, { company, principal: principal.name, boughtFor });
  requireVersion(await tx.run(updatePurchaseOrder, before.row));
  await tx.runMany(receivePurchaseDetail, rows);
  await ledger.write(tx, company.now());
  return { before, after: await purchaseOrderIn(tx, id), further };
}

/** What comes in for order details that wait for this purchase order, by their ids. */
async function boughtForDetails(
  tx: Transaction,
  id: number,
  received: readonly Received[],
): Promise<ReadonlyMap<number, BoughtFor>> {
  if (received.every(({ detail }) => detail.order_detail_id === null)) return new Map();
  const linked = new Map((await tx.all(linkedDetails, { id })).map((row) => [row.id, row.product_id]));
  return new Map(
    received.flatMap(({ detail: { order_detail_id, product_id, received: before }, quantity }) =>
      order_detail_id !== null && product_id !== null && linked.get(order_detail_id) === product_id
        ? [[order_detail_id, { now: toUnits(quantity), altogether: toUnits(before) + toUnits(quantity) }] as const]
        : [],
    ),
  );
}

/** Throws a conflict, so that the transaction is retried, if it has got other products since they were looked up. */
function requireProducts(waiting: WaitingOrders, { details }: StoredPurchaseOrder): void {
  const actual = details.flatMap(({ product_id }) => product_id ?? []);
  if (actual.every((id) => waiting.productIds.includes(id))) return;
  waiting.addProducts(actual);
  throw new DatabaseError("conflict", "the purchase order has other products than when its receipt began");
}

/** The details that come in, and what is wrong with how they are named. */
function receivedDetails(
  { details }: StoredPurchaseOrder,
  { purchase_order_details: given }: Receipt,
): { readonly received: readonly Received[]; readonly issues: readonly Issue[] } {
  if (given === undefined) {
    const owed = details.filter((detail) => owedUnits(detail) > 0n);
    const message = "Everything has come in already: name what comes in besides.";
    const issues: Issue[] = owed.length > 0 ? [] : [{ pointer: "#/purchase_order_details", code: "state", message }];
    return {
      received: owed.map((detail) => ({ detail, quantity: fromUnits(owedUnits(detail)), index: null })),
      issues,
    };
  }
  const issues: Issue[] = [];
  const unnamed = new Map(details.map((detail) => [detail.id, detail]));
  const received = given.flatMap(({ id, quantity }, index): Received[] => {
    const detail = unnamed.get(id);
    unnamed.delete(id);
    if (detail !== undefined) return [{ detail, quantity, index }];
    const isTwice = details.some((one) => one.id === id);
    const message = isTwice ? "Is named more than once." : "Is no detail of this purchase order.";
    issues.push({ pointer: `#/purchase_order_details/${index}/id`, code: "reference", message });
    return [];
  });
  if (given.length === 0)
    issues.push({ pointer: "#/purchase_order_details", code: "rule", message: "Names nothing: leave it out for all." });
  return { received, issues };
}

function quantityIssues(ledger: Ledger, { detail, quantity, index }: Received, tolerance: bigint): readonly Issue[] {
  if (index === null) return [];
  const pointer = `#/purchase_order_details/${index}/quantity`;
  const { product_id: product } = detail;
  const issues: Issue[] = [];
  if (quantity === zero) issues.push({ pointer, code: "rule", message: "Must be more than 0." });
  if (hasFraction(quantity) && ledger.keeps(product) && !ledger.isSoldInFractions(product))
    issues.push({ pointer, code: "rule", message: "This product is counted in whole pieces only." });
  const most = (toUnits(detail.quantity) * (one + tolerance)) / one;
  const room = most - toUnits(detail.received);
  if (toUnits(quantity) > room) {
    const [left, ordered, before] = [room > 0n ? room : 0n, toUnits(detail.quantity), toUnits(detail.received)];
    const message =
      `At most ${quantityText(left)} more can come in: ordered ${quantityText(ordered)}, ` +
      `received ${quantityText(before)}.`;
    issues.push({ pointer, code: "state", message });
  }
  return issues;
}

/** Brings the goods of one detail into the stock. Gives what is stored of the detail. */
function receive(
  ledger: Ledger,
  { detail, quantity }: Received,
  { date, principal }: { readonly date: DateTime; readonly principal: string },
) {
  const { id, product_id, purchase_order_id } = detail;
  const received = fromUnits(toUnits(detail.received) + toUnits(quantity));
  const owed = owedUnits(detail) - owedUnits({ ...detail, received });
  if (ledger.keeps(product_id))
    ledger.receive(product_id, toUnits(quantity), owed, () => ({
      ...{ principal, purchase_order_id, purchase_order_detail_id: id },
    }));
  const isComplete = owedUnits({ ...detail, received }) === 0n;
  const date_received = isComplete ? (detail.date_received ?? date) : detail.date_received;
  return { id, received, posted_to_inventory: isComplete, date_received };
}
