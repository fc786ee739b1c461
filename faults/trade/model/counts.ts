// What counts of the stock do, in the model.
import type { CountedProduct } from "../commands.ts";
import { fractions } from "./orders.ts";
import { type Count, type Order, openOf, type RefusalCode, Refused, refuseFirst, type Stock, touch } from "./state.ts";

export function makeCount(stock: Stock, products: readonly number[], id: number): void {
  refuseFirst(products.length === 0 ? ["rule"] : []);
  refuseFirst(products.flatMap((product) => (stock.balance(product) === null ? ["reference"] : [])));
  const open = [...stock.counts.values()].filter(({ status }) => status === "open");
  if (open.some(({ lines }) => lines.some(({ product }) => products.includes(product)))) throw new Refused("state");
  const lines = products.map((product) => ({ product, expected: stock.balance(product)?.onHand ?? 0, counted: null }));
  stock.counts.set(id, { id, status: "open", lines, version: 0 });
}

/** What is entered was counted now. */
export function enterCount(stock: Stock, count: Count, given: readonly CountedProduct[]): void {
  const faults: RefusalCode[] = [];
  for (const { product, counted } of given) {
    const line = count.lines.find((one) => one.product === product);
    const balance = stock.balance(product);
    if (line === undefined) faults.push("reference");
    if (line === undefined || line.counted === counted) continue;
    if (counted !== null) {
      if (balance === null) faults.push("rule");
      faults.push(...fractions(stock, [{ product, quantity: counted }]));
      line.expected = balance?.onHand ?? line.expected;
    }
    line.counted = counted;
  }
  refuseFirst(faults);
  if (count.status !== "open") throw new Refused("state");
  count.version += 1;
}

/** Approves a count: what is missing is taken from the newest orders, what was found goes to the oldest. */
export function approveCount(stock: Stock, count: Count): void {
  const isCounted = count.lines.some(({ counted }) => counted !== null);
  if (count.status !== "open" || !isCounted) throw new Refused("state");
  const products: number[] = [];
  for (const { product, counted, expected } of count.lines) {
    if (counted === null || counted === expected) continue;
    const balance = stock.balance(product);
    if (balance === null || balance.onHand + counted < expected) throw new Refused("state");
    balance.onHand += counted - expected;
    products.push(product);
  }
  const versions = new Map([...stock.orders.values()].map((order) => [order, order.version]));
  const released = new Set(products.flatMap((product) => giveBack(stock, product)));
  stock.fill(products);
  for (const order of released) if (order.version === versions.get(order)) touch(order);
  stock.recount(products);
  count.status = "approved";
  count.version += 1;
}

/** The orders that give back what is held of a product and not there: the newest first, the last detail first. */
function giveBack(stock: Stock, product: number): readonly Order[] {
  const newest = [...stock.orders.values()].sort((one, other) =>
    one.date === other.date ? other.id - one.id : one.date < other.date ? 1 : -1,
  );
  return newest.filter((order) => {
    const isWhole = stock.policyOf(order) === "complete";
    const open = order.details.map(openOf);
    for (const detail of order.details.toReversed()) {
      const lacking = -stock.available(product);
      if (detail.product !== product || lacking <= 0 || detail.allocated === 0) continue;
      stock.release(order, detail, isWhole ? detail.allocated : Math.min(lacking, detail.allocated));
      detail.status = stock.statusOf(detail, true);
    }
    return order.details.some((detail, place) => openOf(detail) !== open[place]);
  });
}

export function cancelCount(count: Count): void {
  if (count.status !== "open") throw new Refused("state");
  count.status = "cancelled";
  count.version += 1;
}
