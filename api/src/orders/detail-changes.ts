import type { Decimal } from "sqlproof";
import type { Issue } from "../contract/answer.ts";
import { zero } from "../contract/decimal.ts";
import type { DetailChange } from "./fields.ts";
import type { DetailRow } from "./read.ts";

/** An order detail as it will be stored. */
interface PlannedDetail {
  readonly product_id: number | null;
  readonly quantity: Decimal;
  readonly unit_price: Decimal | null;
  readonly discount: Decimal;
}

/** What a write does to the details of one order. */
export interface DetailChanges {
  readonly added: readonly PlannedDetail[];
  readonly changed: readonly (PlannedDetail & { readonly id: number })[];
  readonly removed: readonly number[];
  /** All details as they will be, in the order of the request. */
  readonly after: readonly PlannedDetail[];
  readonly changes: boolean;
  readonly issues: readonly Issue[];
  /** What the stock already held for a detail forbids. */
  readonly stateIssues: readonly Issue[];
}

/**
 * Compares the details of an order with the list a client sent: with an id it changes that detail, without it is a
 * new one, and what is not in the list goes. No list (null) leaves all as they are.
 */
export function planDetailChanges(
  before: readonly DetailRow[],
  given: readonly DetailChange[] | null,
  listPrices: ReadonlyMap<number, Decimal>,
): DetailChanges {
  if (given === null) return { ...nothing, after: before };
  const issues: Issue[] = [];
  const stateIssues: Issue[] = [];
  const left = new Map(before.map((row) => [row.id, row]));
  const added: PlannedDetail[] = [];
  const changed: (PlannedDetail & { id: number })[] = [];
  const after: PlannedDetail[] = [];
  for (const [index, detail] of given.entries()) {
    const pointer = `#/order_details/${index}`;
    if (detail.product_id !== undefined && !listPrices.has(detail.product_id))
      issues.push({ pointer: `${pointer}/product_id`, code: "reference", message: "There is no such product." });
    const planned = detail.id === undefined ? newDetail(detail, listPrices, pointer, issues) : null;
    if (planned !== null) {
      added.push(planned);
      after.push(planned);
    }
    if (detail.id === undefined) continue;
    const row = left.get(detail.id);
    left.delete(detail.id);
    if (row === undefined) {
      issues.push({ pointer: `${pointer}/id`, code: "reference", message: "Is no other detail of this order." });
      continue;
    }
    const next = changedDetail(row, detail, listPrices);
    after.push(next);
    if (isSame(row, next)) continue;
    changed.push({ ...next, id: row.id });
    if (isHeld(row)) stateIssues.push(heldIssue(pointer));
  }
  for (const row of left.values()) if (isHeld(row)) stateIssues.push(heldIssue("#/order_details"));
  const removed = [...left.keys()];
  const changes = added.length > 0 || changed.length > 0 || removed.length > 0;
  return { added, changed, removed, after, changes, issues, stateIssues };
}

const nothing = { added: [], changed: [], removed: [], changes: false, issues: [], stateIssues: [] } as const;

function newDetail(
  { product_id, quantity, unit_price, discount }: DetailChange,
  listPrices: ReadonlyMap<number, Decimal>,
  pointer: string,
  issues: Issue[],
): PlannedDetail | null {
  const need = (field: string) =>
    issues.push({ pointer: `${pointer}/${field}`, code: "required", message: "Must be given." });
  if (product_id === undefined) need("product_id");
  if (quantity === undefined) need("quantity");
  if (product_id === undefined || quantity === undefined) return null;
  const price = unit_price === undefined ? (listPrices.get(product_id) ?? null) : unit_price;
  return { product_id, quantity, unit_price: price, discount: discount ?? zero };
}

/** Another product brings its own list price along, unless the client names a price. */
function changedDetail(row: DetailRow, change: DetailChange, listPrices: ReadonlyMap<number, Decimal>): PlannedDetail {
  const { product_id = row.product_id, quantity = row.quantity, discount = row.discount } = change;
  const keptPrice = product_id === row.product_id ? row.unit_price : (listPrices.get(product_id ?? 0) ?? null);
  const unit_price = change.unit_price === undefined ? keptPrice : change.unit_price;
  return { product_id, quantity, unit_price, discount };
}

function isSame(row: DetailRow, next: PlannedDetail): boolean {
  return (
    row.product_id === next.product_id &&
    row.quantity === next.quantity &&
    row.unit_price === next.unit_price &&
    row.discount === next.discount
  );
}

/** Stock is held for it, or a purchase is under way. */
function isHeld(row: DetailRow): boolean {
  return row.inventory_id !== null || row.purchase_order_id !== null;
}

function heldIssue(pointer: string): Issue {
  return { pointer, code: "state", message: "Stock is allocated or on order for this detail: it cannot be changed." };
}
