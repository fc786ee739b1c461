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

/** How a write changes the details of one order. */
export interface DetailChanges {
  readonly added: readonly PlannedDetail[];
  readonly changed: readonly (PlannedDetail & { readonly id: number })[];
  readonly removed: readonly number[];
  /** All details after the write, in the order of the request. */
  readonly after: readonly PlannedDetail[];
  readonly changes: boolean;
  readonly issues: readonly Issue[];
  /** Issues for details that cannot change because stock is allocated or on order for them. */
  readonly stateIssues: readonly Issue[];
}

/**
 * Compares the stored details of an order with the list that a client sent. A detail with an id is changed, one without
 * an id is added, and a stored detail that is not in the list is removed. Without a list (null) nothing changes.
 */
export function planDetailChanges(
  before: readonly DetailRow[],
  given: readonly DetailChange[] | null,
  listPrices: ReadonlyMap<number, Decimal>,
): DetailChanges {
  if (given === null) return { ...nothing, after: before };
  const issues: Issue[] = [];
  const stateIssues: Issue[] = [];
  const unmatched = new Map(before.map((row) => [row.id, row]));
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
    const row = unmatched.get(detail.id);
    unmatched.delete(detail.id);
    if (row === undefined) {
      issues.push({
        pointer: `${pointer}/id`,
        code: "reference",
        message: "Is not a detail of this order, or is named twice.",
      });
      continue;
    }
    const next = changedDetail(row, detail, listPrices);
    after.push(next);
    if (isSame(row, next)) continue;
    changed.push({ ...next, id: row.id });
    if (isAllocated(row)) stateIssues.push(allocatedIssue(pointer));
  }
  for (const row of unmatched.values()) if (isAllocated(row)) stateIssues.push(allocatedIssue("#/order_details"));
  const removed = [...unmatched.keys()];
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
    issues.push({ pointer: `${pointer}/${field}`, code: "required", message: "Is required." });
  if (product_id === undefined) need("product_id");
  if (quantity === undefined) need("quantity");
  if (product_id === undefined || quantity === undefined) return null;
  const price = unit_price === undefined ? (listPrices.get(product_id) ?? null) : unit_price;
  return { product_id, quantity, unit_price: price, discount: discount ?? zero };
}

/** Another product brings its own list price, unless the client gives a price. */
function changedDetail(row: DetailRow, change: DetailChange, listPrices: ReadonlyMap<number, Decimal>): PlannedDetail {
  const { product_id = row.product_id, quantity = row.quantity, discount = row.discount } = change;
  const currentPrice = product_id === row.product_id ? row.unit_price : (listPrices.get(product_id ?? 0) ?? null);
  const unit_price = change.unit_price === undefined ? currentPrice : change.unit_price;
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

/** Stock is allocated to the detail, or a purchase order covers it. */
function isAllocated(row: DetailRow): boolean {
  return row.inventory_id !== null || row.purchase_order_id !== null;
}

function allocatedIssue(pointer: string): Issue {
  return { pointer, code: "state", message: "Stock is allocated or on order for this detail: it cannot be changed." };
}
