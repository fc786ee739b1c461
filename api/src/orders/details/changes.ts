import type { DateTime, Decimal, Transaction } from "sqlproof";
import type { Issue } from "../../contract/answer.ts";
import { zero } from "../../contract/decimal.ts";
import type { DetailChange } from "../fields.ts";
import { removalOfDetails } from "../queries.ts";
import type { DetailRow } from "../read.ts";
import { type Products, type SoldProduct, soldProduct } from "../sold.ts";

/** An order detail as it will be stored, but for its place. */
interface UnplacedDetail extends SoldProduct {
  readonly product_id: number | null;
  readonly quantity: Decimal;
  readonly unit_price: Decimal | null;
  readonly discount: Decimal;
}

/** An order detail as it will be stored. */
interface PlannedDetail extends UnplacedDetail {
  readonly position: number;
}

/** The products that are sold, and when. */
interface Sale {
  readonly products: Products;
  readonly orderedAt: DateTime;
}

/** How a write changes the details of one order. */
export interface DetailChanges {
  /** All details after the write, in the order of the request. */
  readonly after: readonly PlannedDetail[];
  /** The stored detail of each of them; null for a new one. */
  readonly rows: readonly (DetailRow | null)[];
  /** The stored details that change, and those that go. */
  readonly changed: readonly number[];
  readonly removed: readonly number[];
  readonly changes: boolean;
  readonly issues: readonly Issue[];
}

/**
 * Compares the stored details of an order with the list that a client sent. A detail with an id is changed, one without
 * an id is added, and a stored detail that is not in the list is removed. The details are stored in the order of the
 * list. Without a list (null) nothing changes. What is new is taxed at the rate of the day of `orderedAt`.
 */
export function planDetailChanges(
  before: readonly DetailRow[],
  given: readonly DetailChange[] | null,
  products: Products,
  orderedAt: DateTime,
): DetailChanges {
  if (given === null) return { ...nothing, after: before, rows: before };
  const issues: Issue[] = [];
  const unmatched = new Map(before.map((row) => [row.id, row]));
  const wanted: WantedDetail[] = [];
  for (const [index, detail] of given.entries()) {
    const pointer = `#/order_details/${index}`;
    const { product_id } = detail;
    if (product_id !== undefined && product_id !== null && !products.has(product_id))
      issues.push({ pointer: `${pointer}/product_id`, code: "reference", message: "There is no such product." });
    if (detail.id === undefined) {
      refuseDiscontinued(detail.product_id, products, pointer, issues);
      const next = newDetail(detail, { products, orderedAt }, pointer, issues);
      if (next !== null) wanted.push({ row: null, next });
      continue;
    }
    const row = unmatched.get(detail.id);
    unmatched.delete(detail.id);
    if (row === undefined) {
      issues.push({
        pointer: `${pointer}/id`,
        code: "reference",
        message: before.some(({ id }) => id === detail.id) ? "Is named more than once." : "Is no detail of this order.",
      });
      continue;
    }
    if (product_id === null && row.product_id !== null)
      issues.push({ pointer: `${pointer}/product_id`, code: "required", message: "Is required." });
    // What was sold before it was discontinued stays, in any quantity.
    if (detail.product_id !== row.product_id) refuseDiscontinued(detail.product_id, products, pointer, issues);
    const next = changedDetail(row, detail, { products, orderedAt });
    wanted.push({ row, next });
  }
  const removed = [...unmatched.keys()];
  const after = placed(before, wanted);
  const rows = wanted.map(({ row }) => row);
  const changed = after.flatMap((next, index) => {
    const row = rows[index] ?? null;
    return row === null || (isSame(row, next) && row.position === next.position) ? [] : [row.id];
  });
  const changes = rows.includes(null) || changed.length > 0 || removed.length > 0;
  return { after, rows, changed, removed, changes, issues };
}

function refuseDiscontinued(
  productId: number | null | undefined,
  products: Products,
  pointer: string,
  issues: Issue[],
): void {
  const product = products.get(productId ?? 0);
  if (product?.discontinued !== true) return;
  const message = "This product is discontinued. Choose another one, or set its `discontinued` to false first.";
  issues.push({ pointer: `${pointer}/product_id`, code: "discontinued", message });
}

/** A detail of the list that a client sent; `row` is the stored detail that it changes, null for a new one. */
interface WantedDetail {
  readonly row: DetailRow | null;
  readonly next: UnplacedDetail;
}

/**
 * Gives the details their places: those they have while no detail is new and none was moved, else 1, 2, 3 and so on. So
 * a list that is sent back as it was read changes nothing, also where another program stored it without places.
 */
function placed(before: readonly DetailRow[], wanted: readonly WantedDetail[]): readonly PlannedDetail[] {
  const stored = new Map(before.map(({ id }, place) => [id, place]));
  const places = wanted.map(({ row }) => (row === null ? -1 : (stored.get(row.id) ?? -1)));
  const isInOrder = places.every((place, index) => place > (places[index - 1] ?? -1));
  return wanted.map(({ row, next }, index) => ({
    ...next,
    position: isInOrder && row !== null ? row.position : index + 1,
  }));
}

const nothing = { changed: [], removed: [], changes: false, issues: [] } as const;

function newDetail(
  { product_id = null, quantity, unit_price, discount }: DetailChange,
  { products, orderedAt }: Sale,
  pointer: string,
  issues: Issue[],
): UnplacedDetail | null {
  const need = (field: string) =>
    issues.push({ pointer: `${pointer}/${field}`, code: "required", message: "Is required." });
  if (product_id === null) need("product_id");
  if (quantity === undefined) need("quantity");
  if (product_id === null || quantity === undefined) return null;
  const product = products.get(product_id);
  const price = unit_price === undefined ? (product?.list_price ?? null) : unit_price;
  return { product_id, quantity, unit_price: price, discount: discount ?? zero, ...soldProduct(product, orderedAt) };
}

/** Another product brings its own name, unit and tax rate, and its list price, unless the client gives a price. */
function changedDetail(row: DetailRow, change: DetailChange, { products, orderedAt }: Sale): UnplacedDetail {
  const { product_id = row.product_id, quantity = row.quantity, discount = row.discount } = change;
  const other = product_id === row.product_id ? null : products.get(product_id ?? 0);
  const currentPrice = other === null ? row.unit_price : (other?.list_price ?? null);
  const unit_price = change.unit_price === undefined ? currentPrice : change.unit_price;
  const sold = other === null ? keptOf(row) : soldProduct(other, orderedAt);
  return { product_id, quantity, unit_price, discount, ...sold };
}

function keptOf({ product_code, product_name, quantity_per_unit, tax_class, tax_rate }: DetailRow): SoldProduct {
  return { product_code, product_name, quantity_per_unit, tax_class, tax_rate };
}

function isSame(row: DetailRow, next: UnplacedDetail): boolean {
  return (
    row.product_id === next.product_id &&
    row.quantity === next.quantity &&
    row.unit_price === next.unit_price &&
    row.discount === next.discount
  );
}

/**
 * What an order needs, except for one that never had details: the original's clients knew none, and move their orders on
 * to this day. Only a client that knows details can have removed them, and the history says so.
 */
export async function unlessNeverDetailed(
  tx: Transaction,
  id: number,
  details: { readonly before: number; readonly after: number },
  issues: readonly Issue[],
): Promise<readonly Issue[]> {
  if (issues.length === 0 || details.before + details.after > 0) return issues;
  return (await tx.maybe(removalOfDetails, { id })) === null ? [] : issues;
}
