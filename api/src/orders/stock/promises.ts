// When the goods of order details will be there: what comes in is given out in memory, as the allocator will do it.
import type { DateTime, Queryable, RowOf } from "sqlproof";
import { fromUnits, toUnits, zero } from "../../contract/decimal.ts";
import type { StoredOrder } from "../read.ts";
import { isWaiting, openOf, quantitiesOf } from "./quantities.ts";
import { balancesOfProducts, expectedReceipts, waitingQuantities } from "./queries.ts";

type Waiting = RowOf<typeof waitingQuantities>;
type Receipt = RowOf<typeof expectedReceipts>;

/**
 * The promised dates of the details of an order, by their ids: now where the goods are held or available, the expected
 * date of the receipt that covers the last of what is open, or null where nothing covers it, that date has passed, or
 * nothing is left to send.
 * Reads nothing where no detail waits.
 */
export async function promisesOf(
  db: Queryable,
  { row, details }: StoredOrder,
  now: DateTime,
): Promise<ReadonlyMap<number, DateTime | null>> {
  if (!isWaiting(row.status_id)) return new Map();
  const promises = new Map<number, DateTime | null>();
  const short = details.filter((detail) => {
    const { ordered, shipped } = quantitiesOf(detail);
    const isShort = openOf(quantitiesOf(detail)) > 0n;
    promises.set(detail.id, !isShort && ordered > shipped ? now : null);
    return isShort;
  });
  const product_ids = [...new Set(short.flatMap(({ product_id }) => product_id ?? []))];
  const balances = product_ids.length === 0 ? [] : await db.all(balancesOfProducts, { product_ids });
  const kept = new Map(
    balances.map(({ product_id, on_hand, allocated }) => [product_id, toUnits(on_hand) - toUnits(allocated)]),
  );
  // What no stock is kept of is always there.
  for (const { id, product_id } of short) if (!kept.has(product_id ?? 0)) promises.set(id, now);
  if (kept.size === 0) return promises;
  const wanted = { product_ids: [...kept.keys()] };
  const waiting = Map.groupBy(await db.all(waitingQuantities, wanted), ({ product_id }) => product_id);
  const receipts = Map.groupBy(await db.all(expectedReceipts, wanted), ({ product_id }) => product_id);
  for (const [product, available] of kept) {
    const covered = coveredDates(waiting.get(product) ?? [], receipts.get(product) ?? [], { available, now });
    for (const { id, product_id } of short) if (product_id === product) promises.set(id, covered.get(id) ?? null);
  }
  return promises;
}

/** Somebody who would wait for goods. */
interface Asked {
  readonly product_id: number;
  /** What would be waited for, in units. */
  readonly units: bigint;
  /** What is available, in units. */
  readonly available: bigint;
  /** The detail that would wait for so much, in its place; null for one that is not stored yet. */
  readonly detail: number | null;
}

/** More than these are not read: whoever comes after them is told nothing. */
const mostWaiting = 2000;

/**
 * When so much would be there for somebody who asks now and comes after all who wait already; null if nobody can say.
 */
export async function promiseFor(
  db: Queryable,
  { product_id, units, available, detail }: Asked,
  now: DateTime,
): Promise<DateTime | null> {
  const wanted = { product_ids: [product_id] };
  const [waiting, receipts] = await Promise.all([db.all(waitingQuantities, wanted), db.all(expectedReceipts, wanted)]);
  if (waiting.length >= mostWaiting) return null;
  const place = waiting.findIndex(({ id }) => id === detail);
  const nothing = { allocated: zero, shipped: zero, invoiced: zero, returned: zero };
  const { purchase_order_id = null } = waiting[place] ?? {};
  const asked = { id: detail ?? 0, product_id, ...nothing, quantity: fromUnits(units), purchase_order_id };
  const all = place < 0 ? [...waiting, asked] : waiting.with(place, asked);
  return coveredDates(all, receipts, { available, now }).get(asked.id) ?? null;
}

/** When the last of what each detail waits for is there, as far as that is known. */
function coveredDates(
  waiting: readonly Waiting[],
  receipts: readonly Receipt[],
  { available, now }: { readonly available: bigint; readonly now: DateTime },
): ReadonlyMap<number, DateTime | null> {
  const open = new Map(waiting.map((detail) => [detail.id, openOf(quantitiesOf(detail))]));
  const purchases = new Map(waiting.map(({ id, purchase_order_id }) => [id, purchase_order_id]));
  const covered = new Map<number, DateTime | null>();
  let next = 0;
  /** Gives a detail what it lacks of so many, and returns what is left of them. */
  const give = (id: number, units: bigint, date: DateTime | null): bigint => {
    const lacking = open.get(id) ?? 0n;
    const given = units < lacking ? units : lacking;
    open.set(id, lacking - given);
    if (given > 0n && given === lacking) covered.set(id, date);
    return units - given;
  };
  const giveToOldest = (units: bigint, date: DateTime | null) => {
    let left = units;
    for (; left > 0n && next < waiting.length; next += 1) {
      const id = waiting[next]?.id ?? 0;
      left = give(id, left, date);
      if ((open.get(id) ?? 0n) > 0n) return;
    }
  };
  giveToOldest(available, now);
  // What is late comes some day, like what has no date.
  const isDated = ({ expected_date: date }: Receipt) => date !== null && date.slice(0, 10) >= now.slice(0, 10);
  const inOrder = [...receipts.filter(isDated), ...receipts.filter((receipt) => !isDated(receipt))];
  for (const receipt of inOrder) {
    const { order_detail_id, purchase_order_id, quantity, received, expected_date } = receipt;
    const owed = toUnits(quantity) - toUnits(received);
    const date = isDated(receipt) ? expected_date : null;
    const isBoughtFor = order_detail_id !== null && purchases.get(order_detail_id) === purchase_order_id;
    giveToOldest(isBoughtFor ? give(order_detail_id, owed, date) : owed, date);
  }
  return covered;
}
