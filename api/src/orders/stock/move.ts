// What a write of an order does to the stock: it holds and releases goods as details come, change and go, and lets them
// go when the order is shipped. Plans in memory against the open ledger; `documents.ts` and `../details.ts` store it.
import type { DateTime, Decimal } from "sqlproof";
import type { Issue } from "../../contract/answer.ts";
import { fromUnits, quantityText, toUnits, zero } from "../../contract/decimal.ts";
import { type Cause, hasFraction, type Ledger } from "../../ledger/ledger.ts";
import type { ShippingPolicy } from "../../ledger/policies.ts";
import { status } from "../rules.ts";
import {
  isWaiting,
  openOf,
  type Quantities,
  type QuantityColumns,
  quantitiesOf,
  quantityColumns,
} from "./quantities.ts";

/** The columns of a detail that a write of its order changes by itself. */
export interface DetailColumns extends QuantityColumns {
  /** What it waits for, until it gets another product or its order is cancelled. */
  readonly purchase_order_id: number | null;
}

/** A stored detail, as far as the stock depends on it. */
export interface StoredDetail extends DetailColumns {
  readonly id: number;
  readonly product_id: number | null;
  readonly quantity: Decimal;
  readonly unit_price: Decimal | null;
  readonly discount: Decimal;
  readonly returned: Decimal;
}

/** A detail after the write: stored before as `row`, or new. */
export interface WrittenDetail {
  readonly row: StoredDetail | null;
  readonly product_id: number | null;
  readonly quantity: Decimal;
  readonly unit_price: Decimal | null;
  readonly discount: Decimal;
}

/** What a write does to one order. */
export interface StockMove {
  readonly before: readonly StoredDetail[];
  readonly after: readonly WrittenDetail[];
  /** `nothing` for an order that is made by this write: in a later status it is imported, and its goods are gone. */
  readonly statusBefore: number | null | "nothing";
  readonly statusAfter: number | null;
  readonly policy: ShippingPolicy;
  readonly now: DateTime;
  /** The cause of an entry for the detail with this place in `after`, or with this id if it is gone. */
  readonly cause: (detail: { readonly place: number } | { readonly id: number }) => Cause;
}

/** The columns of the details after the write, in their order, and what of each is shipped by it. */
export interface MovedStock {
  readonly columns: readonly DetailColumns[];
  readonly shipped: readonly Decimal[];
  readonly issues: readonly Issue[];
}

/** Moves the stock of one order in the ledger. With issues, nothing of the ledger may be written. */
export function moveStock(ledger: Ledger, move: StockMove): MovedStock {
  const issues = [
    ...removalIssues(move),
    ...move.after.flatMap((detail, place) => quantityIssues(ledger, detail, place)),
  ];
  if (issues.length > 0) return { columns: [], shipped: [], issues };
  const kept = new Set(move.after.flatMap(({ row }) => row?.id ?? []));
  for (const row of move.before) if (!kept.has(row.id)) drop(ledger, row, move);
  const details = move.after.map((detail, place) => moveDetail(ledger, move, detail, place));
  const short = details.flatMap((detail, place) => stepIssues(ledger, move, detail, place));
  if (short.length > 0) return { columns: [], shipped: [], issues: short };
  return {
    columns: details.map(({ columns }) => columns),
    shipped: details.map(({ shipped }) => fromUnits(shipped)),
    issues: [],
  };
}

interface MovedDetail {
  readonly detail: WrittenDetail;
  readonly quantities: Quantities;
  readonly columns: DetailColumns;
  readonly shipped: bigint;
}

function moveDetail(ledger: Ledger, move: StockMove, detail: WrittenDetail, place: number): MovedDetail {
  const { row, product_id } = detail;
  const cause = () => move.cause({ place });
  const isOther = row !== null && row.product_id !== product_id;
  if (isOther) drop(ledger, row, move);
  const before = row === null || isOther ? nothing : quantitiesOf(row);
  const held = holdDetail(ledger, move, detail, before, cause);
  const quantities = advance(ledger, move, product_id, held, cause);
  countBackOrders(ledger, move, product_id, before, quantities);
  const shipped = quantities.shipped - before.shipped;
  // What a write leaves alone keeps the status that another program may have given it.
  const isLeft =
    row !== null && !isOther && Bun.deepEquals(quantities, before) && move.statusBefore === move.statusAfter;
  if (isLeft) return { detail, quantities, columns: columnsOf(row), shipped };
  const isStocked = ledger.keeps(product_id);
  const isWanted = move.policy !== "ask" && move.statusAfter !== status.cancelled;
  const isBoughtFor = !isOther && move.statusAfter !== status.cancelled;
  const purchase_order_id = isBoughtFor ? (row?.purchase_order_id ?? null) : null;
  const standing = { isStocked, isOnOrder: purchase_order_id !== null, isWanted };
  const columns = quantityColumns(quantities, standing, { before: row?.date_allocated ?? null, now: move.now });
  return { detail, quantities, columns: { ...columns, purchase_order_id }, shipped };
}

/** The stock of an order whose details and status stay as they are. */
export function unmoved(details: readonly StoredDetail[]): MovedStock {
  return { columns: details, shipped: details.map(() => zero), issues: [] };
}

function columnsOf(row: StoredDetail): DetailColumns {
  const { allocated, shipped, invoiced, status_id, date_allocated, purchase_order_id } = row;
  return { allocated, shipped, invoiced, status_id, date_allocated, purchase_order_id };
}

/** Holds what the detail needs and can get, and releases what it does not need any more. */
function holdDetail(
  ledger: Ledger,
  { policy, statusBefore, statusAfter }: StockMove,
  { row, product_id, quantity }: WrittenDetail,
  before: Quantities,
  cause: () => Cause,
): Quantities {
  const ordered = toUnits(quantity);
  const now = { ...before, ordered };
  if (!ledger.keeps(product_id)) return now;
  const wanted = statusAfter === status.cancelled ? 0n : ordered - before.shipped;
  if (before.allocated > wanted) {
    ledger.release(product_id, before.allocated - wanted, cause);
    return { ...now, allocated: wanted };
  }
  const isChanged = row === null || row.product_id !== product_id || row.quantity !== quantity;
  const isReopened = statusBefore === status.cancelled;
  if ((!isChanged && !isReopened) || policy === "ask" || !isWaiting(statusAfter)) return now;
  const taken = takeable(wanted - before.allocated, ledger.available(product_id), policy);
  ledger.hold(product_id, taken, cause);
  return { ...now, allocated: before.allocated + taken };
}

/** How much of what is missing can be held. */
export function takeable(missing: bigint, available: bigint, policy: ShippingPolicy): bigint {
  if (available >= missing) return missing;
  return policy === "complete" || available < 0n ? 0n : available;
}

/** Takes the quantities along when the order moves on, or back. */
function advance(
  ledger: Ledger,
  { statusBefore, statusAfter }: StockMove,
  product: number | null,
  quantities: Quantities,
  cause: () => Cause,
): Quantities {
  const [from, to] = [statusBefore ?? status.new, statusAfter ?? status.new];
  const { ordered, allocated, shipped } = quantities;
  if (from === "nothing")
    return {
      ...{ ordered, allocated, returned: 0n },
      shipped: to === status.shipped || to === status.closed ? ordered : shipped,
      invoiced: to === status.new || to === status.cancelled ? 0n : ordered,
    };
  if (from === to) return quantities;
  if (to === status.cancelled) return { ...quantities, invoiced: 0n };
  if (to >= status.shipped) {
    const rest = ordered - shipped;
    if (ledger.keeps(product) && allocated >= rest) ledger.sell(product, rest, cause);
    const isShort = ledger.keeps(product) && allocated < rest;
    return isShort ? quantities : { ...quantities, allocated: 0n, shipped: ordered, invoiced: ordered };
  }
  const back = from >= status.shipped && !ledger.keeps(product) ? 0n : shipped;
  return { ...quantities, shipped: back, invoiced: to === status.new ? 0n : ordered };
}

function countBackOrders(
  ledger: Ledger,
  { statusBefore, statusAfter }: StockMove,
  product: number | null,
  before: Quantities,
  after: Quantities,
): void {
  if (!ledger.keeps(product)) return;
  const waited = statusBefore !== "nothing" && isWaiting(statusBefore) ? openOf(before) : 0n;
  const waits = isWaiting(statusAfter) ? openOf(after) : 0n;
  ledger.changeBackOrdered(product, waits - waited);
}

/** Gives back what a detail holds that is removed, or that gets another product. */
function drop(ledger: Ledger, row: StoredDetail, { statusBefore, cause }: StockMove): void {
  const { product_id: product } = row;
  if (!ledger.keeps(product)) return;
  const quantities = quantitiesOf(row);
  ledger.release(product, quantities.allocated, () => cause({ id: row.id }));
  if (statusBefore !== "nothing" && isWaiting(statusBefore)) ledger.changeBackOrdered(product, -openOf(quantities));
}

const nothing: Quantities = { ordered: 0n, allocated: 0n, shipped: 0n, invoiced: 0n, returned: 0n };

/** Details of a new order of which something is shipped or invoiced stay: with the same product, and at the same price. */
function removalIssues({ before, after, statusBefore }: StockMove): readonly Issue[] {
  // Later, no detail may change at all.
  if ((statusBefore ?? status.new) !== status.new) return [];
  const kept = new Map(
    after.flatMap((detail, place) => (detail.row === null ? [] : [[detail.row.id, place] as const])),
  );
  return before.flatMap((row): readonly Issue[] => {
    const { shipped, invoiced } = quantitiesOf(row);
    if (shipped === 0n && invoiced === 0n) return [];
    const place = kept.get(row.id);
    const next = place === undefined ? undefined : after[place];
    if (next?.product_id === row.product_id)
      return invoiced === 0n ? [] : priceIssues(row, next, `#/order_details/${place}`);
    const pointer = place === undefined ? "#/order_details" : `#/order_details/${place}/product_id`;
    return [{ pointer, code: "state", message: "Goods of this detail are shipped or invoiced already: it stays." }];
  });
}

/** A lower price would make the next invoice ask for less than nothing. */
function priceIssues(row: StoredDetail, next: WrittenDetail, pointer: string): readonly Issue[] {
  return (["unit_price", "discount"] as const).flatMap((field): Issue[] => {
    if (row[field] === next[field]) return [];
    const name = field === "discount" ? "discount" : "price";
    const message = `Goods of this detail are invoiced already: its ${name} stays.`;
    return [{ pointer: `${pointer}/${field}`, code: "state", message }];
  });
}

function quantityIssues(ledger: Ledger, { row, product_id, quantity }: WrittenDetail, place: number): readonly Issue[] {
  const pointer = `#/order_details/${place}/quantity`;
  const issues: Issue[] = [];
  if (
    (row?.quantity !== quantity || row.product_id !== product_id) &&
    ledger.keeps(product_id) &&
    !ledger.isSoldInFractions(product_id) &&
    hasFraction(quantity)
  )
    issues.push({ pointer, code: "rule", message: "This product is sold in whole pieces only." });
  if (row === null) return issues;
  const [ordered, { shipped, invoiced }] = [toUnits(quantity), quantitiesOf(row)];
  const least = shipped > invoiced ? shipped : invoiced;
  if (ordered < least && toUnits(row.quantity) >= least)
    issues.push({
      pointer,
      code: "state",
      message: `Must be at least ${quantityText(least)}, which is shipped or invoiced.`,
    });
  return issues;
}

/** What keeps a detail from the next status of its order. */
function stepIssues(
  ledger: Ledger,
  move: StockMove,
  { detail, quantities }: MovedDetail,
  place: number,
): readonly Issue[] {
  const [from, to] = [move.statusBefore ?? status.new, move.statusAfter ?? status.new];
  const pointer = `#/order_details/${place}`;
  const { product_id } = detail;
  if (from === "nothing" || from === to) return [];
  const isBack = to === status.cancelled || (to < from && to < status.shipped);
  if (isBack && quantities.returned > 0n)
    return [{ pointer, code: "state", message: "Goods of it have come back with a return: it stays shipped." }];
  if (isBack && quantities.shipped > 0n)
    return [{ pointer, code: "state", message: "Its goods have left the stock: take them back with a return." }];
  if (isBack || !ledger.keeps(product_id) || to < from || openOf(quantities) <= 0n) return [];
  const message = `Still to be allocated: ${quantityText(openOf(quantities))}. Allocate it, or change the quantity.`;
  return [{ pointer, code: "state", message }];
}
