// What commands do to purchase orders, in the model.

import type { Deed, EditedDetail, NamedDetail } from "../commands.ts";
import { unlink } from "./buying.ts";
import type { Made } from "./orders.ts";
import { reorderOf } from "./reorder.ts";
import {
  type CameIn,
  openOf,
  type Purchase,
  type PurchaseDetail,
  piece,
  type RefusalCode,
  Refused,
  refuseFirst,
  type Stock,
  purchaseStatus as status,
} from "./state.ts";

export function createPurchase(stock: Stock, deed: Extract<Deed, { do: "create purchase" }>, made: Made): Purchase {
  refuseFirst(deed.details.flatMap(({ product, quantity }) => quantityFaults(stock, product, quantity)));
  const details = deed.details.map(({ product, quantity }, place) => ({
    ...{ id: made.details[place] ?? -place, product, ordered: quantity, received: 0, boughtFor: null },
  }));
  const purchase = { id: made.id, hasSupplier: deed.hasSupplier, status: status.new, details, version: 0 };
  stock.purchases.set(purchase.id, purchase);
  stock.recount(details.map(({ product }) => product));
  return purchase;
}

/** Orders what lacks of some products, in whole pieces: one purchase order, as all have one supplier. */
export function reorder(stock: Stock, products: readonly number[], made: Made): Purchase {
  const faults: RefusalCode[] = products.length === 0 ? ["rule"] : [];
  const details = products.flatMap((product, place): PurchaseDetail[] => {
    const balance = stock.balance(product);
    const lacking = balance === null ? 0 : reorderOf(balance).toReorder;
    if (lacking === 0) faults.push(balance === null ? "reference" : "state");
    const ordered = Math.ceil(lacking / piece) * piece;
    return [{ id: made.details[place] ?? -place, product, ordered, received: 0, boughtFor: null }];
  });
  refuseFirst(faults);
  const purchase = { id: made.id, hasSupplier: true, status: status.new, details, version: 0 };
  stock.purchases.set(purchase.id, purchase);
  stock.recount(products);
  return purchase;
}

function quantityFaults(stock: Stock, product: number, quantity: number): readonly RefusalCode[] {
  if (!stock.products.has(product)) return ["reference"];
  const balance = stock.balance(product);
  const isBroken = balance !== null && !balance.inFractions && quantity % piece !== 0;
  return [...(quantity === 0 ? (["rule"] as const) : []), ...(isBroken ? (["rule"] as const) : [])];
}

export function editPurchase(stock: Stock, purchase: Purchase, given: readonly EditedDetail[], made: Made): void {
  const faults: RefusalCode[] = [];
  const left = new Map(purchase.details.map((row) => [row.id, row]));
  let isOther = false;
  const details = given.flatMap(({ id, product, quantity }, place): PurchaseDetail[] => {
    const row = id === undefined ? null : left.get(id);
    if (id !== undefined) left.delete(id);
    if (row === undefined) {
      faults.push("reference");
      return [];
    }
    const next = {
      ...{ id: row?.id ?? made.details[place] ?? -place, received: row?.received ?? 0 },
      ...{ product: product ?? row?.product ?? 0, ordered: quantity ?? row?.ordered ?? 0 },
    };
    const boughtFor = row?.product === next.product ? row.boughtFor : null;
    const isChanged = row === null || row.product !== next.product || row.ordered !== next.ordered;
    if (isChanged) faults.push(...quantityFaults(stock, next.product, next.ordered));
    if (isChanged && next.received > 0) faults.push("state");
    isOther ||= isChanged;
    return [{ ...next, boughtFor }];
  });
  if ([...left.values()].some(({ received }) => received > 0)) faults.push("state");
  isOther ||= left.size > 0;
  if (purchase.status >= status.closed && isOther) faults.push("state");
  const isAsked = purchase.status === status.submitted || purchase.status === status.approved;
  if (isAsked && details.length === 0 && left.size > 0) faults.push("state");
  refuseFirst(faults);
  const products = [...purchase.details, ...details].map(({ product }) => product);
  const stays = new Set(details.map(({ boughtFor }) => boughtFor));
  const freed = purchase.details.flatMap(({ boughtFor }) => (stays.has(boughtFor) ? [] : [boughtFor]));
  unlink(stock, purchase, ({ id }) => freed.includes(id));
  purchase.details = details;
  // What somebody has approved is approved again after a change.
  if (isAsked && isOther) purchase.status = status.submitted;
  purchase.version += 1;
  stock.recount(products);
}

export function stepPurchase(stock: Stock, purchase: Purchase, deed: Extract<Deed, { do: "step purchase" }>): void {
  const { short = [] } = deed;
  const owes = ({ ordered, received }: PurchaseDetail) => received < ordered;
  const isReceived = purchase.details.some(({ received }) => received > 0);
  if (short.some((id) => !purchase.details.some((detail) => detail.id === id))) throw new Refused("reference");
  const allowed = {
    submit: purchase.status === status.new && purchase.hasSupplier && purchase.details.length > 0,
    approve: purchase.status === status.submitted && purchase.details.length > 0,
    close:
      purchase.status === status.approved &&
      isReceived &&
      purchase.details.every((detail) => !owes(detail) || short.includes(detail.id)),
    cancel: purchase.status < status.closed && !isReceived,
  };
  if (!allowed[deed.step]) throw new Refused("state");
  const next = { submit: status.submitted, approve: status.approved, close: status.closed, cancel: status.cancelled };
  purchase.status = next[deed.step];
  if (deed.step === "close" || deed.step === "cancel")
    unlink(stock, purchase, (detail) => deed.step === "cancel" || openOf(detail) > 0);
  purchase.version += 1;
  stock.recount(purchase.details.map(({ product }) => product));
}

export function receive(stock: Stock, purchase: Purchase, given: readonly Required<NamedDetail>[] | undefined): void {
  const { tolerance } = stock.terms;
  const faults: RefusalCode[] = [];
  if (purchase.status !== status.approved || purchase.details.length === 0) faults.push("state");
  const left = new Map(purchase.details.map((row) => [row.id, row]));
  const owed = purchase.details.filter(({ ordered, received }) => ordered > received);
  if (given === undefined && owed.length === 0) faults.push("state");
  const all = owed.map((row) => ({ row, quantity: row.ordered - row.received }));
  const named = given?.flatMap(({ id, quantity }) => {
    const row = left.get(id);
    left.delete(id);
    if (row === undefined) faults.push("reference");
    return row === undefined ? [] : [{ row, quantity }];
  });
  if (given?.length === 0) faults.push("rule");
  for (const { row, quantity } of named ?? []) {
    faults.push(...quantityFaults(stock, row.product, quantity));
    const most = Math.floor((row.ordered * (piece + tolerance)) / piece);
    if (quantity > most - row.received) faults.push("state");
  }
  refuseFirst(faults);
  const cameIn = new Map<number, CameIn>();
  const waits = (id: number, product: number) =>
    [...stock.orders.values()].some(({ details }) =>
      details.some((one) => one.id === id && one.product === product && one.purchase === purchase.id),
    );
  for (const { row, quantity } of named ?? all) {
    row.received += quantity;
    if (row.boughtFor !== null && waits(row.boughtFor, row.product))
      cameIn.set(row.boughtFor, { now: quantity, altogether: row.received });
    const balance = stock.balance(row.product);
    if (balance !== null) balance.onHand += quantity;
  }
  purchase.version += 1;
  const products = purchase.details.map(({ product }) => product);
  stock.recount(products);
  stock.fill(products, cameIn);
  stock.recount(products);
}
