import { customers, shippers } from "./company.ts";
import {
  closingMinute,
  discountOf,
  invoiceRow,
  type Life,
  type Line,
  lifeOf,
  lineStatus,
  lineStatusOf,
  minutesOpen,
  opensAt,
  orderRow,
} from "./order.ts";
import { sampleProducts } from "./products.ts";
import { Purchasing } from "./purchasing.ts";
import { Random } from "./random.ts";
import type { Buyer, DetailRow, InvoiceRow, OrderRow } from "./rows.ts";
import { Stock } from "./stock.ts";
import { dayNumber, decimalOf, unitsPerOne, workingDayOf, workingTimeOf } from "./values.ts";

/** Two years, in working days as everything here. */
const historyDays = 522;
/** Orders of these last days may wait for goods that are on their way. */
const waitingDays = 4;
/** Chosen among two thousand: with it every status occurs, a few orders are late and goods are on their way. */
const seed = 2980;

/** A wished line that stock can or cannot serve. */
interface Wish extends Line {
  readonly product: number;
  readonly status: number;
  /** The purchase order that the line waits for. */
  readonly purchase: number | null;
}

/**
 * Two years of the sample company up to the last working day before `today`, played day by day: goods arrive, customers
 * order, stock is held and sold, what runs low is ordered again. So stock, purchases, orders and invoices fit together.
 * As the days are working days, the same happens whatever day `today` is: order 7 is always the same order, in the same
 * status, and only its dates move along.
 */
export class History {
  readonly orders: OrderRow[] = [];
  readonly details: DetailRow[] = [];
  readonly invoices: InvoiceRow[] = [];
  readonly stock = new Stock();
  readonly purchasing: Purchasing;
  readonly #random = new Random(seed);
  readonly #today: number;

  constructor(today: string) {
    this.#today = workingDayOf(dayNumber(today));
    this.purchasing = new Purchasing(this.stock, this.#random, this.#today);
    const first = this.#today - historyDays;
    this.purchasing.open(first);
    for (let day = first; day < this.#today; day++) this.#play(day);
  }

  #play(day: number): void {
    this.purchasing.receive(day);
    for (const life of this.#livesOf(day)) this.#order(life);
    this.purchasing.restock(day);
  }

  /** The orders of one day in the order of their time: one or two, sometimes three. */
  #livesOf(day: number): Life[] {
    const count = 1 + (this.#random.chance(45) ? 1 : 0) + (this.#random.chance(10) ? 1 : 0);
    return Array.from({ length: count }, () => opensAt + this.#random.below(minutesOpen))
      .sort((a, b) => a - b)
      .map((minute) => lifeOf(this.#random, day, minute, this.#today));
  }

  #order(planned: Life): void {
    const random = this.#random;
    const wishes = this.#wishes(planned.day);
    if (wishes.length === 0) return;
    // A line without goods keeps the order new: it cannot be invoiced.
    const complete = wishes.every((wish) => wish.status === lineStatus.allocated);
    const life = complete ? planned : { ...planned, invoiced: null, shipped: null, paid: null };
    const id = this.orders.length + 1;
    const hands = { employee: random.between(3, 7), shipper: random.between(1, shippers.length) };
    const order = orderRow(random, id, random.favoured(buyers), hands, life, wishes);
    this.orders.push(order);
    for (const wish of wishes) this.details.push(this.#detail(id, life, wish));
    const invoice = invoiceRow(this.invoices.length + 1, order, life, wishes);
    if (invoice !== null) this.invoices.push(invoice);
  }

  #wishes(day: number): Wish[] {
    const random = this.#random;
    const wishes = new Map<number, Wish>();
    for (let count = random.between(1, 4); count > 0; count--) {
      const product = random.below(sampleProducts.length) + 1;
      const price = sampleProducts[product - 1]?.price ?? 0;
      const wanted = random.between(1, 5) * (random.chance(40) ? 6 : 2);
      const available = this.stock.available(product);
      // Customers of long ago took what there was; every second one of the latest wants more than there is.
      const waits = day >= this.#today - waitingDays && wishes.size === 0 && this.orders.length % 2 === 0;
      const quantity = waits ? available + wanted : Math.min(wanted, available);
      if (quantity === 0 || wishes.has(product)) continue;
      const isBought = waits && this.orders.length % 4 === 0;
      const purchase = isBought ? this.purchasing.orderFor(day, product, quantity) : null;
      const missing = purchase === null ? lineStatus.noStock : lineStatus.onOrder;
      const status = waits ? missing : lineStatus.allocated;
      wishes.set(product, { product, quantity, price, discount: discountOf(random), status, purchase });
    }
    return [...wishes.values()];
  }

  #detail(order: number, life: Life, wish: Wish): DetailRow {
    const at = workingTimeOf(life.day, life.minute);
    const holds = wish.status === lineStatus.allocated;
    const soldAt = life.invoiced === null ? null : workingTimeOf(life.invoiced, closingMinute);
    return {
      id: this.details.length + 1,
      order_id: order,
      product_id: wish.product,
      quantity: decimalOf(wish.quantity * unitsPerOne),
      unit_price: decimalOf(wish.price),
      discount: decimalOf(wish.discount),
      status_id: holds ? lineStatusOf(life) : wish.status,
      date_allocated: holds ? at : null,
      purchase_order_id: wish.purchase,
      inventory_id: holds ? this.stock.take(wish.product, wish.quantity, order, at, soldAt) : null,
    };
  }
}

const buyers: readonly Buyer[] = customers.map((customer, index) => ({ id: index + 1, ...customer }));
