// What the proof finds about products: their balances, what is held for their details, and their codes.
import { reorderOf } from "northwind-schema/stock-levels";
import type { Database, RowOf } from "sqlproof";
import { fromUnits, toUnits, zero } from "../../contract/decimal.ts";
import { entryType } from "../../ledger/ledger.ts";
import { amount, type Fault } from "./fault.ts";
import { balancesWithSums, entriesWithoutDetail, otherwiseHeld, productCodes } from "./queries.ts";

type Sums = RowOf<typeof balancesWithSums>;
type Held = RowOf<typeof otherwiseHeld>;
type LooseEntry = RowOf<typeof entriesWithoutDetail>;

/** Reads so many products at once that a statement takes neither long nor no time at all. */
const mostRows = 500;
const [quickMs, slowMs] = [100, 1000];

/** The faults of all products whose stock is kept, in parts. Gives the number of products of each part. */
export async function* stockFaults(db: Database) {
  let rows = 10;
  for (let after = 0; ; ) {
    const begin = performance.now();
    const products = await db.all(balancesWithSums, { after, rows });
    const last = products.at(-1);
    if (last === undefined) return;
    yield { products: products.length, faults: await faultsOf(db, products, { first: after + 1, last: last.id }) };
    after = last.id;
    const tookMs = performance.now() - begin;
    if (tookMs < quickMs) rows = Math.min(rows * 2, mostRows);
    if (tookMs > slowMs) rows = Math.max(1, Math.floor(rows / 2));
  }
}

async function faultsOf(
  db: Database,
  products: readonly Sums[],
  range: { readonly first: number; readonly last: number },
): Promise<readonly Fault[]> {
  const { held, loose } = withoutRemoved(await db.all(otherwiseHeld, range), await db.all(entriesWithoutDetail, range));
  // What is held too much for a detail, or for none, is said of that row, and not of the product again.
  const excess = new Map<number, bigint>();
  const add = (product: number, units: bigint) => excess.set(product, (excess.get(product) ?? 0n) + units);
  for (const { product_id, held: units, allocated } of held)
    add(product_id, toUnits(units ?? zero) - toUnits(allocated ?? zero));
  for (const { product_id, transaction_type, quantity } of loose)
    if (transaction_type === entryType.hold) add(product_id, toUnits(quantity));
  return [
    ...products.flatMap((product) => balanceFaults(product, excess.get(product.id) ?? 0n)),
    ...held.map(heldFault),
    ...loose.map(looseFault),
  ];
}

/**
 * A detail that was taken over with its entry On Hold is released when it is removed, and the entry belongs to no detail
 * then. Both together are in order.
 */
function withoutRemoved(held: readonly Held[], loose: readonly LooseEntry[]) {
  const left = [...loose];
  const wrong = held.filter(({ product_id, found, held: units }) => {
    if (found !== null) return true;
    const released = fromUnits(-toUnits(units ?? zero));
    const place = left.findIndex(
      (entry) =>
        entry.product_id === product_id && entry.transaction_type === entryType.hold && entry.quantity === released,
    );
    if (place >= 0) left.splice(place, 1);
    return place < 0;
  });
  return { held: wrong, loose: left };
}

function balanceFaults(row: Sums, excess: bigint): readonly Fault[] {
  const { id, stored, on_hand, allocated, on_order, back_ordered, to_reorder, low, ...sums } = row;
  const fault = (code: Fault["code"], message: string): Fault => ({ code, table: "products", id, message });
  if (stored === null || on_hand === null || allocated === null || on_order === null || back_ordered === null)
    return [fault("balance-missing", `The stock of product ${id} is kept, but it has no balance.`)];
  const faults: Fault[] = [];
  const compare = (code: Fault["code"], what: string, balance: string, other: string, where: string) => {
    if (balance !== other)
      faults.push(
        fault(code, `Product ${id} has ${amount(balance)} ${what} by its balance, and ${amount(other)} by ${where}.`),
      );
  };
  compare("on-hand", "on hand", on_hand, sums.ledger_on_hand ?? zero, "its ledger");
  compare("allocated", "allocated", allocated, sums.ledger_allocated ?? zero, "its ledger");
  const held = fromUnits(toUnits(sums.held ?? zero) + excess);
  const isExplained = held === (sums.ledger_allocated ?? zero) && held === allocated;
  if (!isExplained) compare("held", "allocated", allocated, sums.held ?? zero, "the order details that hold it");
  compare("on-order", "on order", on_order, sums.owed ?? zero, "its purchase orders");
  compare("back-ordered", "back-ordered", back_ordered, sums.open ?? zero, "the orders that wait for it");
  const reorder = reorderOf({ on_hand, allocated, on_order, back_ordered }, sums);
  compare("reorder", "to reorder", to_reorder ?? zero, reorder.to_reorder, "its levels");
  if (low !== reorder.low)
    faults.push(fault("reorder", `Product ${id} is ${low ? "" : "not "}marked as low, and is ${low ? "not" : "low"}.`));
  return faults;
}

function heldFault({ order_detail_id, entry_id, held, found, allocated, quantity }: Held): Fault {
  const [table, id] = ["order_details", order_detail_id ?? 0] as const;
  const holds = `the ledger holds ${amount(held ?? zero)} for it, from entry ${entry_id} on`;
  const message =
    found === null
      ? `Order detail ${id} is gone, but ${holds}.`
      : `Order detail ${id} wants ${amount(quantity ?? zero)} and has ${amount(allocated ?? zero)} allocated, but ${holds}.`;
  return { code: "detail-held", table, id, message };
}

function looseFault({ id, product_id, transaction_type, quantity }: LooseEntry): Fault {
  const verb = transaction_type === entryType.sold ? "sold" : "holds";
  const message = `Entry ${id} ${verb} ${amount(quantity)} of product ${product_id}, but belongs to no order detail.`;
  return { code: "entry-without-detail", table: "inventory_transactions", id, message };
}

/** Codes that several products have. */
export async function codeFaults(db: Database): Promise<readonly Fault[]> {
  const byCode = new Map<string, number[]>();
  for (let after = 0; ; ) {
    const products = await db.all(productCodes, { after, rows: 1000 });
    for (const { id, product_code: code } of products)
      if (code !== null && code !== "") byCode.set(code, [...(byCode.get(code) ?? []), id]);
    const last = products.at(-1);
    if (last === undefined) break;
    after = last.id;
  }
  return [...byCode].flatMap(([code, ids]): Fault[] => {
    const id = ids[0];
    if (id === undefined || ids.length < 2) return [];
    const message = `The products ${ids.slice(0, 10).join(", ")} have the same code, ${code}.`;
    return [{ code: "product-code-twice", table: "products", id, message }];
  });
}
