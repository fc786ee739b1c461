// What commands do to orders, in the model. Every rule is that of trade.md in the plainest form that comes to mind.
import type { Deed, EditedDetail } from "../commands.ts";
import {
  type Detail,
  hasLeft,
  isWaiting,
  type Order,
  type OrderFields,
  openOf,
  piece,
  type RefusalCode,
  Refused,
  refuseFirst,
  type Stock,
  soldIn,
  orderStatus as status,
  takeable,
} from "./state.ts";

type Creation = Extract<Deed, { do: "create order" }>;

/** A change of an order; `goesBack` for what may also lead to an earlier status. */
export interface Edit {
  readonly fields: Partial<OrderFields>;
  readonly details?: readonly EditedDetail[];
  readonly goesBack?: true;
}

/** The ids that the database gave the rows that a command made. */
export interface Made {
  readonly id: number;
  readonly details: readonly number[];
}

const untouched = { allocated: 0, shipped: 0, invoiced: 0, returned: 0, purchase: null, status: 0 } as const;

export function createOrder(stock: Stock, deed: Creation, made: Made): Order {
  refuseFirst([...unknownProducts(stock, deed.details), ...fractions(stock, deed.details)]);
  const fields = { status: status.new, policy: deed.policy, paid: false, notes: "", shippedDate: null };
  const order: Order = {
    ...{ id: made.id, date: deed.date, customer: deed.customer, version: 0, wasDetailed: deed.details.length > 0 },
    ...{ isComplete: deed.isComplete && deed.customer !== null, fields, isNamed: false, hasSold: false, history: [] },
    details: deed.details.map(({ product, quantity }, place) => ({
      ...{ id: made.details[place] ?? -place, product, ordered: quantity, ...untouched },
    })),
  };
  stock.orders.set(order.id, order);
  const policy = stock.policyOf(order);
  for (const detail of order.details) {
    if (policy !== "ask") stock.hold(order, detail, takeable(detail.ordered, stock.available(detail.product), policy));
    detail.status = stock.statusOf(detail, policy !== "ask");
  }
  const sold = soldIn(order);
  order.history.push({ before: null, after: fields, soldBefore: "", soldAfter: sold, wasShipped: false });
  stock.recount(order.details.map(({ product }) => product));
  return order;
}

function unknownProducts(stock: Stock, details: readonly EditedDetail[]): readonly RefusalCode[] {
  return details.flatMap(({ product }): RefusalCode[] =>
    product === undefined || stock.products.has(product) ? [] : ["reference"],
  );
}

/** Faults of quantities that are fractions of a piece where only whole pieces are sold. */
export function fractions(
  stock: Stock,
  details: readonly { product: number; quantity: number }[],
): readonly RefusalCode[] {
  return details.flatMap(({ product, quantity }): RefusalCode[] => {
    const balance = stock.balance(product);
    return balance !== null && !balance.inFractions && quantity % piece !== 0 ? ["rule"] : [];
  });
}

/** Changes an order as a whole. What is refused is thrown before or after something moved: the caller undoes it. */
export function editOrder(stock: Stock, order: Order, edit: Edit, made: Made): void {
  const before = { fields: order.fields, details: order.details, sold: soldIn(order) };
  const after: OrderFields = { ...before.fields, ...edit.fields };
  const list = edit.details === undefined ? null : listed(stock, order, edit.details, made);
  const wanted = list ?? order.details.map((row) => ({ row, product: row.product, ordered: row.ordered, id: row.id }));
  const isOther =
    wanted.length !== order.details.length ||
    wanted.some(({ row, product, ordered }, place) => {
      return row === null || row !== order.details[place] || row.product !== product || row.ordered !== ordered;
    });
  refuseStates(order, after, { isOther, goesBack: edit.goesBack === true, details: wanted.length });
  refuseUndercut(order, wanted);
  const isShipped = isOut(after.status) && !isOut(before.fields.status) && after.status !== status.cancelled;
  const dated = isShipped && after.shippedDate === null && wanted.length > 0 ? `shipped ${order.version}` : null;
  order.fields = { ...after, shippedDate: dated ?? after.shippedDate };
  moveDetails(stock, order, before.fields.status, wanted);
  order.wasDetailed ||= wanted.length > 0;
  order.version += 1;
  order.history.push({
    ...{ before: before.fields, after: order.fields },
    ...{ soldBefore: before.sold, soldAfter: soldIn(order), wasShipped: hasLeft(before) },
  });
  const isInvoiced = before.fields.status === status.new && after.status !== status.new && !isOver(after.status);
  if (isInvoiced && order.details.length > 0) order.isNamed = true;
  stock.recount([...before.details, ...order.details].map(({ product }) => product));
}

interface Wanted {
  /** The detail that it is now; null for a new one. */
  readonly row: Detail | null;
  readonly id: number;
  readonly product: number;
  readonly ordered: number;
}

/** The details after a command that sent a list of them. */
function listed(stock: Stock, order: Order, given: readonly EditedDetail[], made: Made): readonly Wanted[] {
  const faults = [...unknownProducts(stock, given)];
  const left = new Map(order.details.map((row) => [row.id, row]));
  const wanted = given.flatMap(({ id, product, quantity }, place): Wanted[] => {
    const row = id === undefined ? null : left.get(id);
    if (id !== undefined) left.delete(id);
    if (row === undefined) {
      faults.push("reference");
      return [];
    }
    const own = { product: product ?? row?.product ?? 0, ordered: quantity ?? row?.ordered ?? 0 };
    return [{ row, id: row?.id ?? made.details[place] ?? -place, ...own }];
  });
  const changed = wanted.filter(
    ({ row, product, ordered }) => row === null || row.product !== product || row.ordered !== ordered,
  );
  refuseFirst([
    ...faults,
    ...fractions(
      stock,
      changed.map(({ product, ordered: quantity }) => ({ product, quantity })),
    ),
  ]);
  return wanted;
}

interface Change {
  readonly isOther: boolean;
  readonly goesBack: boolean;
  readonly details: number;
}

function refuseStates(order: Order, after: OrderFields, { isOther, goesBack, details }: Change): void {
  const { fields: before, isComplete, wasDetailed } = order;
  const refuse = (isWrong: boolean): void => {
    if (isWrong) throw new Refused("state");
  };
  // What goes back is judged by the status that it gets again.
  const judged = goesBack ? after.status : before.status;
  const isForward = after.status > before.status && before.status !== status.cancelled && !isOver(after.status);
  refuse(after.status !== before.status && !goesBack && !isForward);
  refuse(judged !== status.new && isOther);
  const isCorrected = after.paid !== before.paid || after.shippedDate !== before.shippedDate;
  refuse((judged === status.closed || judged === status.cancelled) && isCorrected);
  const needsAll = after.status > before.status && !isOver(after.status) && (wasDetailed || details > 0);
  refuse(needsAll && (!isComplete || details === 0 || (after.status === status.closed && !after.paid)));
  refuse(after.status === status.closed && before.paid && !after.paid);
}

/** Cancelled. */
function isOver(statusId: number): boolean {
  return statusId === status.cancelled;
}

/** Shipped or closed. */
function isOut(statusId: number): boolean {
  return statusId === status.shipped || statusId === status.closed;
}

/** What is shipped or invoiced of a new order stays, and less than that is not ordered. */
function refuseUndercut(order: Order, wanted: readonly Wanted[]): void {
  if (order.fields.status === status.new)
    for (const row of order.details) {
      if (row.shipped === 0 && row.invoiced === 0) continue;
      if (!wanted.some((one) => one.row === row && one.product === row.product)) throw new Refused("state");
    }
  for (const { row, ordered } of wanted)
    if (row !== null && ordered < Math.max(row.shipped, row.invoiced)) throw new Refused("state");
}

function moveDetails(stock: Stock, order: Order, from: number, wanted: readonly Wanted[]): void {
  const to = order.fields.status;
  const policy = stock.policyOf(order);
  for (const row of order.details) if (!wanted.some((one) => one.row === row)) stock.release(order, row, row.allocated);
  order.details = wanted.map(({ row, ...next }) => {
    const isOtherProduct = row !== null && row.product !== next.product;
    if (isOtherProduct) stock.release(order, row, row.allocated);
    const old = row === null || isOtherProduct ? untouched : row;
    const isChanged = row === null || isOtherProduct || row.ordered !== next.ordered;
    const detail: Detail = { ...old, ...next, status: row?.status ?? 0 };
    const least = isOver(to) ? 0 : detail.ordered - detail.shipped;
    if (detail.allocated > least) stock.release(order, detail, detail.allocated - least);
    else if ((isChanged || isOver(from)) && policy !== "ask" && isWaiting(order))
      stock.hold(order, detail, takeable(openOf(detail), stock.available(detail.product), policy));
    if (from !== to) step(stock, order, detail, { from, to });
    if (isOver(to)) detail.purchase = null;
    if (isChanged || from !== to) detail.status = stock.statusOf(detail, policy !== "ask" && !isOver(to));
    return detail;
  });
}

/** Takes a detail along when its order gets another status. */
function step(stock: Stock, order: Order, detail: Detail, { from, to }: { from: number; to: number }): void {
  const balance = stock.balance(detail.product);
  const isBack = isOver(to) || (to < from && to < status.shipped);
  if (isBack && detail.returned > 0) throw new Refused("state");
  if (!isOver(to) && to < status.shipped && from >= status.shipped && balance === null) detail.shipped = 0;
  if (isBack && detail.shipped > 0) throw new Refused("state");
  if (!isBack && to > from && balance !== null && openOf(detail) > 0) throw new Refused("state");
  if (isOut(to) && !isOver(from)) sell(stock, order, detail, detail.ordered - detail.shipped);
  if (to === status.invoiced || isOut(to)) detail.invoiced = detail.ordered;
  else detail.invoiced = 0;
}

/** Goods leave the house: those that were held, or those of which no stock is kept. */
export function sell(stock: Stock, order: Order, detail: Detail, quantity: number): void {
  const balance = stock.balance(detail.product);
  if (balance !== null) {
    stock.release(order, detail, quantity);
    balance.onHand -= quantity;
    if (quantity > 0) order.hasSold = true;
  }
  detail.shipped += quantity;
  if (quantity > 0) order.isNamed = true;
}
