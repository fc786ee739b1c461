// The model: carries out commands in memory, or refuses them. It shares no code with the product.

import type { Command, Deed, OrderAction } from "../commands.ts";
import { allocate, release, ship, takeBack } from "./actions.ts";
import { buyFor } from "./buying.ts";
import { approveCount, cancelCount, enterCount, makeCount } from "./counts.ts";
import { createOrder, type Edit, editOrder, type Made } from "./orders.ts";
import { createPurchase, editPurchase, receive, reorder, stepPurchase } from "./purchases.ts";
import {
  type Count,
  hasLeft,
  type Order,
  type OrderFields,
  orderStatus,
  type Product,
  type Purchase,
  piece,
  type RefusalCode,
  Refused,
  refusals,
  refuseFirst,
  Stock,
  soldIn,
} from "./state.ts";

/** What the model expects of a command: the status, the code of a refusal, and the row that the answer shows. */
export interface Expected {
  readonly status: number;
  readonly code: RefusalCode | null;
  readonly shown: Order | Purchase | null;
}

export class Model {
  /** Products that no command names any more, with their orders and purchase orders. */
  readonly retired: {
    readonly products: Product[];
    readonly orders: Order[];
    readonly purchases: Purchase[];
    readonly counts: Count[];
  } = { products: [], orders: [], purchases: [], counts: [] };

  constructor(public stock: Stock = new Stock()) {}

  /** Carries out a command. `made` are the ids that the database gave to new rows. */
  perform(command: Command, made: Made): Expected {
    const before = this.stock;
    this.stock = before.copy();
    try {
      const shown = this.carryOut(command, made);
      const isMade = ["create order", "create purchase", "take back", "make count"].includes(command.deed.do);
      if (command.isDryRun) this.stock = before;
      return { status: isMade && !command.isDryRun ? 201 : 200, code: null, shown };
    } catch (error) {
      this.stock = before;
      if (!(error instanceof Refused)) throw error;
      return { status: refusals[error.code], code: error.code, shown: null };
    }
  }

  protected carryOut({ deed, ifMatch }: Command, made: Made): Order | Purchase | null {
    const { stock } = this;
    switch (deed.do) {
      case "create order":
        return createOrder(stock, deed, made);
      case "create purchase":
        return createPurchase(stock, deed, made);
      case "reorder":
        return reorder(stock, deed.products, made);
      case "adjust":
        return this.adjust(deed);
      case "edit product":
        return this.editProduct(deed);
      case "edit customer":
        stock.customers.set(deed.id, deed.policy);
        return null;
      case "make count":
        makeCount(stock, deed.products, made.id);
        return null;
      case "enter count":
      case "close count": {
        const count = seen(stock.counts.get(deed.id), ifMatch);
        if (deed.do === "enter count") enterCount(stock, count, deed.lines);
        else if (deed.step === "cancel") cancelCount(count);
        else approveCount(stock, count);
        return null;
      }
      case "edit company": {
        const { policy, invoicesOnShipment, tolerance } = deed;
        stock.terms = { policy, invoicesOnShipment, tolerance };
        return null;
      }
      case "edit purchase":
      case "step purchase":
      case "receive": {
        const purchase = seen(stock.purchases.get(deed.id), ifMatch);
        if (deed.do === "edit purchase") editPurchase(stock, purchase, deed.details, made);
        else if (deed.do === "receive") receive(stock, purchase, deed.details);
        else stepPurchase(stock, purchase, deed);
        return purchase;
      }
      default:
        return this.#onOrder(deed, seen(stock.orders.get(deed.id), ifMatch), made);
    }
  }

  #onOrder(deed: OrderDeed, order: Order, made: Made): Order | null {
    const { stock } = this;
    switch (deed.do) {
      case "edit order": {
        const { status, policy, paid, notes, details } = deed;
        const fields = { ...given({ status }), ...given({ policy }), ...given({ paid }), ...given({ notes }) };
        editOrder(stock, order, { fields, ...given({ details }) }, made);
        return order;
      }
      case "delete order":
        if (order.fields.status > orderStatus.invoiced) throw new Refused("state");
        if (order.isNamed) throw new Refused("in-use");
        stock.orders.delete(order.id);
        stock.recount(order.details.map(({ product }) => product));
        return null;
      case "buy":
        buyFor(stock, order, deed.details, made);
        return order;
      case "take back":
        takeBack(stock, order, deed.details);
        stock.recount(order.details.map(({ product }) => product));
        // The answer shows the return.
        return null;
      case "put back":
        editOrder(stock, order, putBack(order, deed.sequence), made);
        return order;
      case "act":
        this.act(deed, order, made);
        return order;
    }
  }

  protected act({ action, details }: Extract<Deed, { do: "act" }>, order: Order, made: Made): void {
    const { stock } = this;
    const step = steps[action];
    if (step !== undefined) {
      step(order);
      editOrder(stock, order, stepped(action, order), made);
      const products = order.details.map(({ product }) => product);
      if (action === "cancel") stock.fill(products);
      stock.recount(products);
      return;
    }
    const [before, sold, wasShipped] = [order.fields, soldIn(order), hasLeft(order)];
    const work = { allocate, release, ship, takeBack }[action === "allocate" || action === "release" ? action : "ship"];
    work(stock, order, details);
    order.version += 1;
    order.history.push({ before, after: order.fields, soldBefore: sold, soldAfter: soldIn(order), wasShipped });
    stock.recount(order.details.map(({ product }) => product));
  }

  protected adjust({ product, isWaste, quantity }: Extract<Deed, { do: "adjust" }>): null {
    const balance = this.stock.balance(product);
    const faults: RefusalCode[] = quantity === 0 || (isWaste && quantity < 0) ? ["rule"] : [];
    if (balance === null) faults.push("reference");
    if (balance !== null && !balance.inFractions && quantity % piece !== 0) faults.push("rule");
    refuseFirst(faults);
    const gone = isWaste ? quantity : -quantity;
    if (gone > this.stock.available(product)) throw new Refused("state");
    if (balance !== null) balance.onHand -= gone;
    this.stock.fill([product]);
    this.stock.recount([product]);
    return null;
  }

  protected editProduct({ id, levels, stocked }: Extract<Deed, { do: "edit product" }>): null {
    const product = this.stock.products.get(id);
    if (product === undefined) throw new Refused("not-found");
    if (levels !== undefined) [product.reorderLevel, product.targetLevel, product.minimum] = levels;
    if (stocked === undefined || stocked === product.stocked) return null;
    if (!stocked && product.onHand !== 0) throw new Refused("state");
    product.stocked = stocked;
    this.stock.recount([id]);
    return null;
  }

  /** No command names these products any more: they are put aside with their orders. */
  retire(): void {
    const { products, customers, orders, purchases, counts } = this.stock;
    this.retired.products.push(...products.values());
    this.retired.orders.push(...orders.values());
    this.retired.purchases.push(...purchases.values());
    this.retired.counts.push(...counts.values());
    for (const rows of [products, customers, orders, purchases, counts]) rows.clear();
  }
}

type OrderDeed = Extract<Deed, { do: "edit order" | "delete order" | "buy" | "take back" | "put back" | "act" }>;

function given<T extends object>(member: T): Partial<T> {
  return Object.values(member)[0] === undefined ? {} : member;
}

/** The row in the version that the client has seen. */
function seen<T extends { readonly version: number }>(row: T | undefined, version: number | null): T {
  if (row === undefined) throw new Refused("not-found");
  if (version !== null && version !== row.version) throw new Refused("precondition");
  return row;
}

/** What an action as a whole needs before it takes its step. */
const steps: Readonly<Partial<Record<OrderAction, (order: Order) => void>>> = {
  invoice: ({ fields }) => requireState(fields.status === orderStatus.new),
  close: ({ fields }) => requireState(fields.status === orderStatus.shipped),
  cancel: ({ fields, details }) =>
    requireState(fields.status <= orderStatus.invoiced && details.every(({ shipped }) => shipped === 0)),
  reopen: ({ fields: { status }, details }) => {
    requireState(status !== orderStatus.new && status !== orderStatus.shipped);
    requireState(status !== orderStatus.invoiced || details.every(({ shipped }) => shipped === 0));
  },
};

function stepped(action: OrderAction, { fields: { status } }: Order): Edit {
  const reopened = status === orderStatus.closed ? orderStatus.shipped : orderStatus.new;
  if (action === "reopen") return { fields: { status: reopened }, goesBack: true };
  if (action === "cancel") return { fields: { status: orderStatus.cancelled }, goesBack: true };
  return { fields: { status: action === "invoice" ? orderStatus.invoiced : orderStatus.closed } };
}

function requireState(isMet: boolean): void {
  if (!isMet) throw new Refused("state");
}

/** The edit that gives the fields of an earlier change the values that they had before it. */
function putBack(order: Order, sequence = order.history.length): Edit {
  const entry = order.history[sequence - 1];
  if (entry === undefined) throw new Refused("not-found");
  const { before, after } = entry;
  if (before === null) throw new Refused("state");
  const names = fieldNames.filter((name) => before[name] !== after[name]);
  requireState(names.length > 0 && entry.soldBefore === entry.soldAfter);
  requireState(names.every((name) => after[name] === order.fields[name]));
  const isUncancelled = order.fields.status === orderStatus.cancelled && names.includes("status");
  requireState(!isUncancelled || before.status === orderStatus.new);
  const isUnshipped = order.fields.status >= orderStatus.shipped && before.status < orderStatus.shipped;
  const isOut = order.fields.status !== orderStatus.cancelled;
  requireState(!(names.includes("status") && isUnshipped && isOut) || !(entry.wasShipped || order.hasSold));
  return { fields: Object.fromEntries(names.map((name) => [name, before[name]])), goesBack: true };
}

const fieldNames = ["status", "policy", "paid", "notes", "shippedDate"] as const satisfies (keyof OrderFields)[];
