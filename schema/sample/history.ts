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
  quantitiesOf,
} from "./order.ts";
import { sampleProducts } from "./products.ts";
import { Purchasing } from "./purchasing.ts";
import { Random } from "./random.ts";
import type { Buyer, DetailRow, InvoiceRow, OrderRow, ShipmentDetailRow, ShipmentRow } from "./rows.ts";
import { Stock } from "./stock.ts";
import { dayNumber, decimalOf, unitsPerOne, workingDayOf, workingTimeOf } from "./values.ts";

/** Two years, in working days like all times here. */
const historyDays = 522;
/** Orders of the last days may wait for goods that are on their way. */
const waitingDays = 4;
/** Chosen among two thousand seeds: every status occurs, a few orders are late, and goods are on their way. */
const seed = 2980;

/** A line that a customer wants, which the stock may or may not cover. */
interface WantedLine extends Line {
  readonly product: number;
  readonly status: number;
  /** How much of it is there, in whole pieces. */
  readonly held: number;
  /** The purchase order that the line waits for. */
  readonly purchase: number | null;
}

/**
 * Two years of the sample company up to the last working day before `today`, simulated day by day: goods arrive,
 * customers order, stock is held and sold, and products that run low are reordered. So stock, purchases, orders and
 * invoices fit together. As the days are working days, the same happens whatever day `today` is: order 7 is always the
 * same order in the same status; only its dates move.
 */
export class History {
  readonly orders: OrderRow[] = [];
  readonly details: DetailRow[] = [];
  readonly invoices: InvoiceRow[] = [];
  readonly shipments: ShipmentRow[] = [];
  readonly shipmentDetails: ShipmentDetailRow[] = [];
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

  /** The orders of one day, in order of time: one or two, sometimes three. */
  #livesOf(day: number): Life[] {
    const count = 1 + (this.#random.chance(45) ? 1 : 0) + (this.#random.chance(10) ? 1 : 0);
    return Array.from({ length: count }, () => opensAt + this.#random.below(minutesOpen))
      .sort((a, b) => a - b)
      .map((minute) => lifeOf(this.#random, day, minute, this.#today));
  }

  #order(planned: Life): void {
    const random = this.#random;
    const lines = this.#wantedLines(planned.day);
    if (lines.length === 0) return;
    // An order with a line without goods stays new: it cannot be invoiced.
    const complete = lines.every((line) => line.status === lineStatus.allocated);
    const life = complete ? planned : { ...planned, invoiced: null, shipped: null, paid: null };
    const id = this.orders.length + 1;
    const hands = { employee: random.between(3, 7), shipper: random.between(1, shippers.length) };
    const order = orderRow(random, id, random.favoured(buyers), hands, life, lines);
    this.orders.push(order);
    for (const [at, line] of lines.entries()) this.details.push(this.#detail(id, life, line, at + 1));
    const invoice = invoiceRow(this.invoices.length + 1, order, life, lines);
    if (invoice !== null) this.invoices.push(invoice);
    this.#ship(order, lines.length);
  }

  /** The shipment of an order that is shipped: all of its details, which are the last ones. */
  #ship({ id: order_id, shipper_id, shipped_date }: OrderRow, lines: number): void {
    if (shipped_date === null) return;
    const id = this.shipments.length + 1;
    this.shipments.push({ id, order_id, shipper_id, shipped_date });
    for (const { id: order_detail_id, quantity } of this.details.slice(-lines))
      this.shipmentDetails.push({ shipment_id: id, order_detail_id, quantity });
  }

  #wantedLines(day: number): WantedLine[] {
    const random = this.#random;
    const lines = new Map<number, WantedLine>();
    for (let count = random.between(1, 4); count > 0; count--) {
      const product = random.below(sampleProducts.length) + 1;
      const price = sampleProducts[product - 1]?.price ?? 0;
      const wanted = random.between(1, 5) * (random.chance(40) ? 6 : 2);
      const available = this.stock.available(product);
      // Customers of the past took what was in stock; every second one of the latest wants more.
      const waits = day >= this.#today - waitingDays && lines.size === 0 && this.orders.length % 2 === 0;
      const quantity = waits ? available + wanted : Math.min(wanted, available);
      if (quantity === 0 || lines.has(product)) continue;
      const isBought = waits && this.orders.length % 4 === 0;
      const purchase = isBought ? this.purchasing.orderFor(day, product, wanted) : null;
      const missing = purchase === null ? lineStatus.noStock : lineStatus.onOrder;
      const status = waits ? missing : lineStatus.allocated;
      const held = Math.min(quantity, available);
      lines.set(product, { product, quantity, held, price, discount: discountOf(random), status, purchase });
    }
    return [...lines.values()];
  }

  #detail(order: number, life: Life, line: WantedLine, position: number): DetailRow {
    const product = sampleProducts[line.product - 1];
    const at = workingTimeOf(life.day, life.minute);
    const holds = line.status === lineStatus.allocated;
    const soldAt = life.shipped === null ? null : workingTimeOf(life.shipped, closingMinute);
    const quantity = decimalOf(line.quantity * unitsPerOne);
    const [allocated, none] = [decimalOf(line.held * unitsPerOne), decimalOf(0)];
    if (!holds) this.stock.lack(line.product, line.quantity - line.held);
    const { purchase } = line;
    const id = this.details.length + 1;
    if (purchase !== null) this.purchasing.boughtFor(id, { purchase, product: line.product });
    return {
      id,
      order_id: order,
      product_id: line.product,
      quantity,
      ...(holds ? quantitiesOf(life, quantity) : { allocated, shipped: none, invoiced: none }),
      unit_price: decimalOf(line.price),
      discount: decimalOf(line.discount),
      status_id: holds ? lineStatusOf(life) : line.status,
      date_allocated: holds ? at : null,
      purchase_order_id: purchase,
      inventory_id: line.held > 0 ? this.stock.take(line.product, line.held, order, at, soldAt) : null,
      position,
      product_code: product?.code ?? null,
      product_name: product?.name ?? null,
      quantity_per_unit: product?.perUnit ?? null,
    };
  }
}

const buyers: readonly Buyer[] = customers.map((customer, index) => ({ id: index + 1, ...customer }));
