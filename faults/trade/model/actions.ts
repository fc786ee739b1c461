// What the actions of an order do with quantities, in the model.
import type { NamedDetail, ReturnedDetail } from "../commands.ts";
import { fractions, sell } from "./orders.ts";
import {
  type Detail,
  isWaiting,
  type Order,
  openOf,
  type RefusalCode,
  Refused,
  refuseFirst,
  type Stock,
  orderStatus as status,
  takeable,
  touch,
} from "./state.ts";

/** The details that an action names, with how much of each, or all of them. */
export function chosen(stock: Stock, order: Order, given: readonly NamedDetail[] | undefined) {
  if (given === undefined) return order.details.map((detail) => ({ detail, quantity: undefined }));
  const left = new Map(order.details.map((detail) => [detail.id, detail]));
  const faults: RefusalCode[] = given.length === 0 ? ["rule"] : [];
  const found = given.flatMap(({ id, quantity }) => {
    const detail = left.get(id);
    left.delete(id);
    if (detail === undefined) faults.push("reference");
    else if (quantity === 0) faults.push("rule");
    else if (quantity !== undefined) faults.push(...fractions(stock, [{ product: detail.product, quantity }]));
    return detail === undefined ? [] : [{ detail, quantity }];
  });
  refuseFirst(faults);
  return found;
}

function requireState(isMet: boolean): void {
  if (!isMet) throw new Refused("state");
}

export function allocate(stock: Stock, order: Order, given: readonly NamedDetail[] | undefined): void {
  const named = chosen(stock, order, given);
  requireState(isWaiting(order));
  const policy = stock.policyOf(order);
  const wanting = named.filter(({ detail }) => stock.balance(detail.product) !== null && openOf(detail) > 0);
  if (given !== undefined)
    requireState(
      wanting.length === named.length && named.every(({ detail, quantity = 0 }) => quantity <= openOf(detail)),
    );
  let isServed = false;
  for (const { detail, quantity } of wanting) {
    const taken = takeable(quantity ?? openOf(detail), stock.available(detail.product), policy);
    isServed ||= taken > 0;
    stock.hold(order, detail, taken);
    detail.status = stock.statusOf(detail, true);
  }
  requireState(isServed);
}

export function release(stock: Stock, order: Order, given: readonly NamedDetail[] | undefined): void {
  const named = chosen(stock, order, given);
  requireState(order.fields.status === status.new && order.details.some(({ allocated }) => allocated > 0));
  if (given !== undefined)
    requireState(named.every(({ detail, quantity = 0 }) => detail.allocated > 0 && quantity <= detail.allocated));
  for (const { detail, quantity } of named) {
    if (detail.allocated === 0) continue;
    stock.release(order, detail, quantity ?? detail.allocated);
    detail.status = stock.statusOf(detail, false);
  }
}

export function ship(stock: Stock, order: Order, given: readonly NamedDetail[] | undefined): void {
  const named = chosen(stock, order, given);
  const isNew = order.fields.status === status.new;
  requireState(isNew ? stock.terms.invoicesOnShipment : order.fields.status === status.invoiced);
  requireState(order.isComplete && order.details.length > 0);
  const most = (detail: Detail) => (stock.balance(detail.product) === null ? openOf(detail) : detail.allocated);
  const isAllShipped = () => order.details.every(({ shipped, ordered }) => shipped >= ordered);
  if (given === undefined) requireState(isAllShipped() || order.details.some((detail) => most(detail) > 0));
  requireState(named.every(({ detail, quantity = 0 }) => quantity <= most(detail)));
  for (const { detail, quantity } of named) sell(stock, order, detail, quantity ?? most(detail));
  const isTried = stock.policyOf(order) !== "ask";
  for (const detail of order.details) {
    if (isNew) detail.invoiced = Math.max(detail.invoiced, detail.shipped);
    detail.status = stock.statusOf(detail, isTried);
  }
  order.isNamed = true;
  if (isAllShipped())
    order.fields = { ...order.fields, status: status.shipped, shippedDate: `shipped ${order.version}` };
}

/** Goods come back: what can be sold again is on hand, and goes to who waits; the rest is written off at once. */
export function takeBack(stock: Stock, order: Order, given: readonly ReturnedDetail[]): void {
  const faults: RefusalCode[] = given.length === 0 ? ["rule"] : [];
  const lines = given.flatMap((line) => {
    const detail = order.details.find(({ id }) => id === line.id);
    if (detail === undefined) faults.push("reference");
    else if (line.quantity === 0) faults.push("rule");
    else faults.push(...fractions(stock, [{ product: detail.product, quantity: line.quantity }]));
    return detail === undefined ? [] : [{ ...line, detail }];
  });
  refuseFirst(faults);
  for (const { detail, quantity, disposition } of lines) {
    detail.returned += quantity;
    requireState(detail.returned <= detail.shipped);
    const balance = stock.balance(detail.product);
    if (balance !== null && disposition === "stock") balance.onHand += quantity;
  }
  const { version } = order;
  stock.fill(order.details.map(({ product }) => product));
  if (order.version === version) touch(order);
}
