// Random commands. They are chosen by the state of the model alone, so that a seed gives the same run on every engine.
import type { Random } from "../load/random.ts";
import {
  type Command,
  type Deed,
  dispositions,
  type EditedDetail,
  type NamedDetail,
  type NewDetail,
  type OrderAction,
  orderActions,
} from "./commands.ts";
import { countDeed } from "./generate-counts.ts";
import { reorderOf } from "./model/reorder.ts";
import {
  type Order,
  orderStatus,
  type Policy,
  type Purchase,
  piece,
  purchaseStatus,
  type Stock,
} from "./model/state.ts";

/** No table ever has this id. */
const nobody = 2_147_480_000;

const policies = ["partial", "partial", "complete", "ask"] as const;
const dates = ["2024-01-10T08:00:00", "2024-01-11T08:00:00", "2024-01-12T08:00:00", "2024-01-12T09:30:00"] as const;

/** Makes the next command for what there is now. */
export class Generator {
  #number = 0;

  constructor(
    private readonly random: Random,
    private readonly name: string,
  ) {}

  next(stock: Stock): Command {
    this.#number += 1;
    const deed = this.#deed(stock);
    const version = versionOf(deed, stock);
    const stale = this.#chance(20) ? 1 : 0;
    const ifMatch = version !== undefined && this.#chance(15) ? version + stale : null;
    const isDryRun = this.#chance(6);
    const key = !isDryRun && this.#chance(40) ? `${this.name}-${this.#number}` : null;
    return { deed, ifMatch, key, isDryRun };
  }

  #deed(stock: Stock): Deed {
    const at = this.random.integer(1, 100);
    const order = this.#any(stock.orders);
    const purchase = this.#any(stock.purchases);
    if (at <= 18 || order === null) return this.#creation(stock);
    if (at <= 32) return this.#edit(stock, order);
    if (at <= 34) return { do: "delete order", id: this.#id(order) };
    if (at <= 64) return this.#action(order);
    if (at <= 66) return this.#putBack(order);
    if (at <= 69) return this.#return(stock, order);
    if (at <= 73) return countDeed(stock, this.random, nobody);
    if (at <= 79) return this.#adjustment(stock);
    if (at <= 81) return this.#setting(stock);
    if (at <= 82) return { do: "reorder", products: this.#lacking(stock) };
    if (at <= 84) return this.#purchase(order);
    if (at <= 86 || purchase === null)
      return { do: "create purchase", hasSupplier: this.#chance(95), details: this.#newDetails(stock) };
    if (at <= 90) return this.#editedPurchase(stock, purchase);
    return this.#stepOf(purchase);
  }

  #chance(percent: number): boolean {
    return this.random.integer(1, 100) <= percent;
  }

  #any<T>(rows: ReadonlyMap<number, T>): T | null {
    const all = [...rows.values()];
    return all[this.random.integer(0, all.length - 1)] ?? null;
  }

  #id({ id }: { readonly id: number }): number {
    return this.#chance(1) ? nobody : id;
  }

  #policy(): Policy | null {
    return this.#chance(50) ? null : this.random.pick([...policies]);
  }

  /** Mostly whole pieces. */
  #quantity(most: number): number {
    const whole = this.random.integer(this.#chance(8) ? 0 : 1, most) * piece;
    return this.#chance(5) ? whole + piece / 2 : whole;
  }

  #product(stock: Stock): number {
    return this.#any(stock.products)?.id ?? nobody;
  }

  #newDetails(stock: Stock): readonly NewDetail[] {
    return Array.from({ length: this.random.integer(this.#chance(15) ? 0 : 1, 4) }, () => ({
      ...{ product: this.#chance(1) ? nobody : this.#product(stock), quantity: this.#quantity(12) },
    }));
  }

  #creation(stock: Stock): Deed {
    return {
      ...{ do: "create order", date: this.random.pick([...dates]), isComplete: this.#chance(85) },
      ...{ customer: this.#chance(90) ? this.#customer(stock) : null, policy: this.#policy() },
      details: this.#newDetails(stock),
    };
  }

  #customer(stock: Stock): number | null {
    return [...stock.customers.keys()][this.random.integer(0, stock.customers.size - 1)] ?? null;
  }

  /** A list of details that leaves some alone, changes some, removes some and adds some. */
  #edited(
    details: readonly { readonly id: number; readonly ordered: number }[],
    stock: Stock,
  ): readonly EditedDetail[] {
    const list = details.flatMap(({ id }): EditedDetail[] => {
      const at = this.random.integer(1, 100);
      if (at <= 50) return [{ id }];
      if (at <= 75) return [{ id, quantity: this.#quantity(12) }];
      if (at <= 83) return [{ id, product: this.#product(stock) }];
      if (at <= 88) return [{ id, product: this.#product(stock), quantity: this.#quantity(12) }];
      return [];
    });
    if (this.#chance(30)) list.push(...this.#newDetails(stock).slice(0, 2));
    if (this.#chance(2)) list.push({ id: nobody });
    if (this.#chance(10)) list.reverse();
    return list;
  }

  #edit(stock: Stock, order: Order): Deed {
    const id = this.#id(order);
    const isDetailed = order.wasDetailed || order.details.length > 0;
    const next = this.random.pick([Math.min(order.fields.status + 1, 4), 1, 2, 3]);
    const at = this.random.integer(1, 100);
    if (at <= 55) return { do: "edit order", id, details: this.#edited(order.details, stock) };
    // An order that never had details is moved on by its client alone: the proof calls that a fault.
    if (at <= 70 && isDetailed) return { do: "edit order", id, status: next, paid: true };
    if (at <= 80 && isDetailed)
      return { do: "edit order", id, status: next, details: this.#edited(order.details, stock) };
    if (at <= 88) return { do: "edit order", id, paid: isDetailed && this.#chance(70) };
    if (at <= 95) return { do: "edit order", id, policy: this.#policy() };
    return { do: "edit order", id, notes: `note ${this.#number}` };
  }

  #named(order: Order): readonly NamedDetail[] | undefined {
    if (this.#chance(55)) return undefined;
    if (this.#chance(2)) return [];
    const list = order.details.flatMap((detail): NamedDetail[] => {
      if (this.#chance(35)) return [];
      const { id, ordered, allocated, shipped } = detail;
      const some = [ordered - allocated - shipped, allocated, Math.ceil(allocated / piece / 2) * piece];
      const quantity = this.#chance(80) ? (some[this.random.integer(0, 2)] ?? 0) : this.#quantity(6);
      return [this.#chance(50) ? { id } : { id, quantity: Math.max(0, quantity) }];
    });
    if (this.#chance(2)) list.push({ id: nobody, quantity: piece });
    return list.length === 0 ? undefined : list;
  }

  #action(order: Order): Deed {
    const id = this.#id(order);
    const fitting: Readonly<Record<number, readonly [OrderAction, ...OrderAction[]]>> = {
      [orderStatus.new]: ["allocate", "invoice", "ship", "release", "cancel", "invoice"],
      [orderStatus.invoiced]: ["ship", "ship", "ship", "reopen", "cancel"],
      [orderStatus.shipped]: ["close", "reopen"],
      [orderStatus.closed]: ["reopen"],
      [orderStatus.cancelled]: ["reopen"],
    };
    const [first, ...rest] = this.#chance(85) ? (fitting[order.fields.status] ?? orderActions) : orderActions;
    const action = this.random.pick([first, ...rest]);
    const isNamed = action === "allocate" || action === "release" || (action === "ship" && order.details.length > 0);
    const details = isNamed ? named(action, this.#named(order)) : undefined;
    // See `#edit`: such an order is not shipped.
    if (action === "ship" && !order.wasDetailed) return { do: "act", action: "invoice", id };
    return { do: "act", action, id, ...(details === undefined ? {} : { details }) };
  }

  #putBack(order: Order): Deed {
    const id = this.#id(order);
    const last = order.history.length;
    return this.#chance(70)
      ? { do: "put back", id }
      : { do: "put back", id, sequence: this.random.integer(1, last + 1) };
  }

  /** Of an order that has shipped something, where there is one. */
  #return(stock: Stock, order: Order): Deed {
    const sent = [...stock.orders.values()].filter(({ details }) => details.some(({ shipped }) => shipped > 0));
    const { id, details } = this.#chance(90) ? (sent[this.random.integer(0, sent.length - 1)] ?? order) : order;
    const lines = details.flatMap((detail) => {
      if (this.#chance(40)) return [];
      const out = detail.shipped - detail.returned;
      const most = this.#chance(90) ? out : out + piece;
      const part = this.#chance(50) ? most : Math.ceil(most / piece / 2) * piece;
      return [{ id: detail.id, quantity: part, disposition: this.random.pick([...dispositions]) }];
    });
    if (this.#chance(2)) lines.push({ id: nobody, quantity: piece, disposition: "stock" });
    return { do: "take back", id: this.#chance(1) ? nobody : id, details: lines };
  }

  /** Buys what an order lacks. */
  #purchase(order: Order): Deed {
    const details = this.#chance(70) ? undefined : this.#named(order);
    return { do: "buy", id: this.#id(order), ...(details === undefined ? {} : { details }) };
  }

  #lacking({ products }: Stock): readonly number[] {
    const lacking = [...products.values()].filter((product) => reorderOf(product).toReorder > 0 || this.#chance(3));
    return lacking.flatMap(({ id }) => (this.#chance(60) ? [id] : []));
  }

  #adjustment(stock: Stock): Deed {
    const product = this.#chance(1) ? nobody : this.#product(stock);
    const isWaste = this.#chance(25);
    const quantity = this.#quantity(isWaste ? 6 : 25) * (this.#chance(isWaste ? 3 : 20) ? -1 : 1);
    return { do: "adjust", product, isWaste, quantity };
  }

  #setting(stock: Stock): Deed {
    const at = this.random.integer(1, 4);
    const product = this.#any(stock.products);
    if (at === 1) return { do: "edit customer", id: this.#customer(stock) ?? nobody, policy: this.#policy() };
    if (at === 2)
      return {
        ...{ do: "edit company", policy: this.random.pick([...policies]), invoicesOnShipment: this.#chance(40) },
        tolerance: this.random.pick([0, 0, 1000, 5000]),
      };
    const id = product?.id ?? nobody;
    if (at === 3 && product !== null) return { do: "edit product", id, stocked: !product.stocked };
    const levels = [this.random.integer(0, 20), this.random.integer(0, 40), this.random.integer(0, 15)] as const;
    return { do: "edit product", id, levels };
  }

  #editedPurchase(stock: Stock, purchase: Purchase): Deed {
    return { do: "edit purchase", id: this.#id(purchase), details: this.#edited(purchase.details, stock) };
  }

  #stepOf(purchase: Purchase): Deed {
    const id = this.#id(purchase);
    const isNext = this.#chance(85);
    const { status, details } = purchase;
    if (isNext && status === purchaseStatus.new) return { do: "step purchase", step: "submit", id };
    if (isNext && status === purchaseStatus.submitted) return { do: "step purchase", step: "approve", id };
    const isReceipt = (isNext && status === purchaseStatus.approved && this.#chance(75)) || this.#chance(20);
    if (isReceipt) return { do: "receive", id, ...this.#receipt(purchase) };
    const step = this.random.pick(["submit", "approve", "close", "close", "cancel"] as const);
    if (step !== "close") return { do: "step purchase", step, id };
    const owing = details.filter(({ ordered, received }) => ordered > received).map((detail) => detail.id);
    const short = this.#chance(70) ? owing : this.#chance(10) ? [nobody] : [];
    return { do: "step purchase", step, id, short };
  }

  #receipt({ details }: Purchase): { details?: readonly Required<NamedDetail>[] } {
    if (this.#chance(35)) return {};
    const list = details.flatMap(({ id, ordered, received }) => {
      if (this.#chance(30)) return [];
      const part = Math.ceil((ordered - received) / piece / 2) * piece;
      const quantity = this.random.pick([part, ordered - received, part, ordered - received + piece]);
      return [{ id, quantity: Math.max(0, quantity) }];
    });
    if (this.#chance(2)) list.push({ id: nobody, quantity: piece });
    return list.length === 0 && !this.#chance(5) ? {} : { details: list };
  }
}

/** The version of the order, the purchase order or the count that a deed is about. */
function versionOf(deed: Deed, { orders, purchases, counts }: Stock): number | undefined {
  switch (deed.do) {
    case "edit order":
    case "delete order":
    case "act":
    case "put back":
    case "take back":
    case "buy":
      return orders.get(deed.id)?.version;
    case "edit purchase":
    case "step purchase":
    case "receive":
      return purchases.get(deed.id)?.version;
    case "enter count":
    case "close count":
      return counts.get(deed.id)?.version;
    default:
      return undefined;
  }
}

/** Allocating and releasing name how much or not; shipping always does. */
function named(action: OrderAction, list: readonly NamedDetail[] | undefined): readonly NamedDetail[] | undefined {
  if (action !== "ship") return list;
  return list?.map(({ id, quantity = piece }) => ({ id, quantity }));
}
