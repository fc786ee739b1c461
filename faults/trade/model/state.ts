// The trade as plain objects in memory. Quantities are whole numbers of ten-thousandths of a piece.

export { type RefusalCode, Refused, refusals, refuseFirst } from "./refusals.ts";

export type Policy = "partial" | "complete" | "ask";

export const orderStatus = { new: 0, invoiced: 1, shipped: 2, closed: 3, cancelled: 4 } as const;
export const detailStatus = { none: 0, allocated: 1, invoiced: 2, shipped: 3, onOrder: 4, noStock: 5 } as const;
export const purchaseStatus = { new: 0, submitted: 1, approved: 2, closed: 3, cancelled: 4 } as const;

/** One piece. */
export const piece = 10_000;

export interface Product {
  readonly id: number;
  stocked: boolean;
  readonly inFractions: boolean;
  reorderLevel: number;
  targetLevel: number;
  minimum: number;
  onHand: number;
  allocated: number;
  onOrder: number;
  backOrdered: number;
}

export interface Detail {
  readonly id: number;
  product: number;
  ordered: number;
  allocated: number;
  shipped: number;
  invoiced: number;
  returned: number;
  /** The purchase order that was made for it. */
  purchase: number | null;
  status: number;
}

/** The fields of an order that commands change, as its history records them. */
export interface OrderFields {
  readonly status: number;
  readonly policy: Policy | null;
  readonly paid: boolean;
  readonly notes: string;
  /** Null, or a mark of the step that shipped it. */
  readonly shippedDate: string | null;
}

/** An entry of the history of an order. */
export interface HistoryEntry {
  readonly before: OrderFields | null;
  readonly after: OrderFields;
  /** What was sold before and after it: ids, products, quantities. */
  readonly soldBefore: string;
  readonly soldAfter: string;
  /** Some of it had left the house before. */
  readonly wasShipped: boolean;
}

export interface Order {
  readonly id: number;
  readonly date: string;
  readonly customer: number | null;
  /** It has everything that an invoice needs. */
  readonly isComplete: boolean;
  fields: OrderFields;
  details: readonly Detail[];
  version: number;
  wasDetailed: boolean;
  /** Something refers to it that stays: an invoice, a shipment, an entry of the ledger. */
  isNamed: boolean;
  /** Goods of it have left the stock. */
  hasSold: boolean;
  readonly history: HistoryEntry[];
}

export interface PurchaseDetail {
  readonly id: number;
  readonly product: number;
  readonly ordered: number;
  received: number;
  /** The order detail that it is bought for. */
  readonly boughtFor: number | null;
}

/** What came in for a detail because it was bought for it: with this receipt, and altogether. */
export interface CameIn {
  readonly now: number;
  readonly altogether: number;
}

export interface Purchase {
  readonly id: number;
  readonly hasSupplier: boolean;
  status: number;
  details: readonly PurchaseDetail[];
  version: number;
}

/** A product on a count sheet: what was on hand, and what was counted, when it was entered. */
export interface CountLine {
  readonly product: number;
  expected: number;
  counted: number | null;
}

export interface Count {
  readonly id: number;
  status: "open" | "approved" | "cancelled";
  readonly lines: readonly CountLine[];
  version: number;
}

/** How the company trades. */
export interface Terms {
  readonly policy: Policy;
  readonly invoicesOnShipment: boolean;
  /** How much more than ordered may come in, in ten-thousandths. */
  readonly tolerance: number;
}

export function openOf({ ordered, allocated, shipped }: Detail): number {
  return ordered - allocated - shipped;
}

/** Customers wait for what is open in a new or invoiced order. */
export function isWaiting({ fields: { status } }: Pick<Order, "fields">): boolean {
  return status === orderStatus.new || status === orderStatus.invoiced;
}

/** Everything that there is, and who is served first. */
export class Stock {
  readonly products = new Map<number, Product>();
  readonly customers = new Map<number, Policy | null>();
  readonly orders = new Map<number, Order>();
  readonly purchases = new Map<number, Purchase>();
  readonly counts = new Map<number, Count>();
  terms: Terms = { policy: "partial", invoicesOnShipment: false, tolerance: 0 };

  /** A copy that changes alone. */
  copy(): Stock {
    const copy = this.empty();
    copy.terms = this.terms;
    for (const [id, policy] of this.customers) copy.customers.set(id, policy);
    for (const [id, product] of this.products) copy.products.set(id, { ...product });
    for (const [id, order] of this.orders) copy.orders.set(id, copyOfOrder(order));
    for (const [id, purchase] of this.purchases)
      copy.purchases.set(id, { ...purchase, details: purchase.details.map((detail) => ({ ...detail })) });
    for (const [id, count] of this.counts)
      copy.counts.set(id, { ...count, lines: count.lines.map((line) => ({ ...line })) });
    return copy;
  }

  protected empty(): Stock {
    return new Stock();
  }

  /** The balance of a product whose stock is kept, or null. */
  balance(product: number): Product | null {
    const found = this.products.get(product);
    return found?.stocked === true ? found : null;
  }

  available(product: number): number {
    const balance = this.balance(product);
    return balance === null ? 0 : balance.onHand - balance.allocated;
  }

  policyOf({ fields: { policy }, customer }: Pick<Order, "fields" | "customer">): Policy {
    return policy ?? (customer === null ? null : this.customers.get(customer)) ?? this.terms.policy;
  }

  hold(order: Order, detail: Detail, quantity: number): void {
    const balance = this.balance(detail.product);
    if (balance === null || quantity === 0) return;
    balance.allocated += quantity;
    detail.allocated += quantity;
    order.isNamed = true;
  }

  release(order: Order, detail: Detail, quantity: number): void {
    this.hold(order, detail, -quantity);
  }

  /** Counts anew what customers and suppliers owe of some products: slow, and therefore right. */
  recount(products: Iterable<number>): void {
    for (const id of new Set(products)) {
      const balance = this.balance(id);
      if (balance === null) continue;
      balance.backOrdered = this.#sumOfDetails(id);
      balance.onOrder = this.#owed(id);
    }
  }

  #sumOfDetails(product: number): number {
    let sum = 0;
    for (const order of this.orders.values())
      if (isWaiting(order)) for (const one of order.details) if (one.product === product) sum += openOf(one);
    return sum;
  }

  #owed(product: number): number {
    let sum = 0;
    for (const { status, details } of this.purchases.values())
      if (status <= purchaseStatus.approved)
        for (const one of details) if (one.product === product) sum += Math.max(0, one.ordered - one.received);
    return sum;
  }

  /**
   * Gives what is available of these products to who waits: the oldest order first (order date, id). Whole details only
   * where the policy says so, and nothing where it asks.
   */
  fill(products: readonly number[], cameIn: ReadonlyMap<number, CameIn> = new Map()): void {
    const wanted = new Set(products.filter((id) => this.available(id) > 0));
    if (wanted.size === 0) return;
    const waiting = [...this.orders.values()]
      .filter((order) => isWaiting(order) && order.details.some((one) => openOf(one) > 0))
      .sort((one, other) => (one.date === other.date ? one.id - other.id : one.date < other.date ? -1 : 1));
    const served = new Set<Order>();
    const serve = (order: Order, detail: Detail, quantity: number) => {
      if (quantity <= 0) return;
      this.hold(order, detail, quantity);
      detail.status = this.statusOf(detail, true);
      served.add(order);
    };
    for (const order of waiting)
      for (const detail of order.details) {
        const bought = cameIn.get(detail.id);
        if (bought !== undefined) serve(order, detail, this.#ofBought(order, detail, bought));
      }
    for (const order of waiting) {
      const policy = this.policyOf(order);
      for (const detail of order.details)
        if (wanted.has(detail.product) && policy !== "ask")
          serve(order, detail, takeable(openOf(detail), this.available(detail.product), policy));
    }
    for (const order of served) touch(order);
  }

  /** Who buys for a detail has decided that it gets the goods; a detail that takes all or nothing waits for all. */
  #ofBought(order: Order, detail: Detail, { now, altogether }: CameIn): number {
    const [open, available] = [openOf(detail), this.available(detail.product)];
    if (this.policyOf(order) !== "complete") return takeable(Math.min(open, now), available, "partial");
    return altogether >= open ? takeable(open, available, "complete") : 0;
  }

  /** The last thing that has happened to all of a detail. `isTried`: somebody wanted goods for it. */
  statusOf(detail: Detail, isTried: boolean): number {
    const { ordered, shipped, invoiced, product } = detail;
    if (ordered === 0) return detailStatus.none;
    if (shipped >= ordered) return detailStatus.shipped;
    if (invoiced >= ordered) return detailStatus.invoiced;
    if (this.balance(product) === null) return detailStatus.none;
    if (openOf(detail) <= 0) return detailStatus.allocated;
    if (detail.purchase !== null) return detailStatus.onOrder;
    return isTried ? detailStatus.noStock : detailStatus.none;
  }
}

function copyOfOrder(order: Order): Order {
  return { ...order, details: order.details.map((detail) => ({ ...detail })), history: [...order.history] };
}

/** How much of what is open can be held. */
export function takeable(open: number, available: number, policy: Policy): number {
  if (open <= 0) return 0;
  if (available >= open) return open;
  return policy === "complete" ? 0 : Math.max(0, available);
}

/** Some of an order has left the house. */
export function hasLeft({ details }: Pick<Order, "details">): boolean {
  return details.some(({ shipped }) => shipped > 0);
}

/** An order changes without any field of it. */
export function touch(order: Order): void {
  const sold = soldIn(order);
  order.version += 1;
  order.history.push({
    before: order.fields,
    after: order.fields,
    soldBefore: sold,
    soldAfter: sold,
    wasShipped: hasLeft(order),
  });
}

export function soldIn({ details }: Pick<Order, "details">): string {
  return details.map(({ id, product, ordered }) => `${id} ${product} ${ordered}`).join();
}
