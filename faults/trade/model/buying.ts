// Buying for an order, in the model: what it lacks is ordered, and what comes in of that is for it first.

import type { NamedDetail } from "../commands.ts";
import { chosen } from "./actions.ts";
import type { Made } from "./orders.ts";
import {
  type Detail,
  isWaiting,
  type Order,
  openOf,
  type Purchase,
  piece,
  purchaseStatus,
  type RefusalCode,
  Refused,
  refuseFirst,
  type Stock,
  touch,
} from "./state.ts";

/** Buys what an order lacks, or only these details: one purchase order, as all products have one supplier. */
export function buyFor(stock: Stock, order: Order, given: readonly NamedDetail[] | undefined, made: Made): void {
  const listed = chosen(stock, order, given);
  if (!isWaiting(order)) throw new Refused("state");
  const lacking = lackingOf(stock, order);
  const isToBuy = (detail: Detail) => (lacking.get(detail) ?? 0) > 0 && !isOwed(stock, detail);
  if (given === undefined && !order.details.some(isToBuy)) throw new Refused("state");
  const named = listed.filter(({ detail }) => given !== undefined || isToBuy(detail));
  const faults: RefusalCode[] = [];
  const lines = named.flatMap(({ detail, quantity }) => {
    const least = (stock.balance(detail.product)?.minimum ?? 0) * piece;
    const isWrong = quantity !== undefined && (quantity <= 0 || quantity < least || quantity % piece !== 0);
    if (!isToBuy(detail)) faults.push("state");
    else if (isWrong) faults.push("rule");
    const wanted = Math.ceil(Math.max(lacking.get(detail) ?? 0, least) / piece) * piece;
    return [{ detail, ordered: quantity ?? wanted }];
  });
  refuseFirst(faults);
  const details = lines.map(({ detail, ordered }, place) => ({
    ...{ id: made.details[place] ?? -place, product: detail.product, ordered, received: 0, boughtFor: detail.id },
  }));
  stock.purchases.set(made.id, { id: made.id, hasSupplier: true, status: purchaseStatus.new, details, version: 0 });
  for (const { detail } of lines) {
    detail.purchase = made.id;
    detail.status = stock.statusOf(detail, true);
  }
  touch(order);
  stock.recount(details.map(({ product }) => product));
}

/** What is open of each detail and not there either; details of one product share what there is. */
function lackingOf(stock: Stock, order: Order): ReadonlyMap<Detail, number> {
  const left = new Map<number, number>();
  return new Map(
    order.details.map((detail) => {
      const open = openOf(detail);
      if (stock.balance(detail.product) === null || open <= 0) return [detail, 0];
      const there = left.get(detail.product) ?? Math.max(0, stock.available(detail.product));
      left.set(detail.product, Math.max(0, there - open));
      return [detail, Math.max(0, open - there)];
    }),
  );
}

/** A purchase order that was made for the detail still owes goods. */
function isOwed({ purchases }: Stock, { purchase, product }: Detail): boolean {
  const found = purchase === null ? undefined : purchases.get(purchase);
  if (found === undefined || found.status > purchaseStatus.approved) return false;
  return found.details.some((one) => one.product === product && one.ordered > one.received);
}

/** Details that wait for a purchase order wait for it no more: those that `isFreed` says. */
export function unlink(stock: Stock, purchase: Purchase, isFreed: (detail: Detail) => boolean): void {
  for (const order of stock.orders.values()) {
    const freed = order.details.filter((detail) => detail.purchase === purchase.id && isFreed(detail));
    if (freed.length === 0) continue;
    for (const detail of freed) {
      detail.purchase = null;
      detail.status = stock.statusOf(detail, true);
    }
    touch(order);
  }
}
