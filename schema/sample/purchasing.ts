import { closingMinute } from "./order.ts";
import { type SampleProduct, sampleProducts } from "./products.ts";
import type { Random } from "./random.ts";
import type { PurchaseDetailRow, PurchaseOrderRow } from "./rows.ts";
import type { Stock } from "./stock.ts";
import { decimalOf, unitsPerOne, workingTimeOf } from "./values.ts";

const status = { submitted: 1, approved: 2, closed: 3 } as const;
const approver = 2;
const warehouse = 8;
const morning = 7 * 60;
/** A week, in working days like all times here. */
const arrivesAfter = 5;
const paysAfter = 10;

/** A purchase order that is not delivered or not paid yet. */
interface Purchase {
  readonly id: number;
  readonly supplier: number;
  readonly created: number;
  readonly arrives: number;
  /** The index of its first line among the details; the others follow it. */
  readonly firstDetail: number;
  readonly lines: readonly { readonly product: number; readonly quantity: number; readonly cost: number }[];
}

/** Orders goods that run low from the suppliers, and receives them when they arrive. */
export class Purchasing {
  readonly orders: PurchaseOrderRow[] = [];
  readonly details: PurchaseDetailRow[] = [];
  readonly #pending = new Map<number, Purchase>();
  #onItsWay: Purchase[] = [];

  constructor(
    private readonly stock: Stock,
    private readonly random: Random,
    private readonly today: number,
  ) {}

  /** The initial stock: every product up to its target level, received at once. */
  open(day: number): void {
    this.#buy(day, day + 1, (product) => product.targetLevel);
  }

  /** A purchase order for the goods that an order line lacks, current or new. Null if it comes too soon. */
  orderFor(day: number, product: number, quantity: number): number | null {
    if (!this.#pending.has(product))
      this.#buy(day, day + arrivesAfter, (wanted, id) =>
        id === product ? Math.max(quantity, wanted.minimumReorder) : 0,
      );
    const pending = this.#pending.get(product);
    // Goods that arrived by today would already belong to the line.
    return pending === undefined || pending.arrives < this.today ? null : pending.id;
  }

  receive(day: number): void {
    for (const purchase of this.#onItsWay.filter(({ arrives }) => arrives <= day)) this.#book(purchase, day);
    this.#onItsWay = this.#onItsWay.filter(({ arrives }) => arrives > day);
  }

  /** Orders every product that is below its reorder level and not ordered yet. */
  restock(day: number): void {
    this.#buy(day, day + this.random.between(4, 7), (product, id) => {
      const available = this.stock.available(id);
      if (this.#pending.has(id) || available >= product.reorderLevel) return 0;
      return Math.max(product.targetLevel - available, product.minimumReorder);
    });
  }

  /** Creates one purchase order per supplier, with the wanted quantities. */
  #buy(day: number, arrives: number, wanted: (product: SampleProduct, id: number) => number): void {
    const perSupplier = new Map<number, { product: number; quantity: number; cost: number }[]>();
    for (const [index, product] of sampleProducts.entries()) {
      const quantity = wanted(product, index + 1);
      if (quantity === 0) continue;
      const lines = perSupplier.get(product.supplier) ?? [];
      lines.push({ product: index + 1, quantity, cost: product.cost });
      perSupplier.set(product.supplier, lines);
    }
    for (const [supplier, lines] of perSupplier) {
      const begun = { id: this.orders.length + 1, supplier, created: day, arrives };
      const purchase = { ...begun, firstDetail: this.details.length, lines };
      for (const { product } of lines) this.#pending.set(product, purchase);
      this.#onItsWay.push(purchase);
      this.orders.push(this.#row(purchase));
      for (const [index, line] of lines.entries()) this.details.push(this.#detail(purchase.id, line, index + 1));
      for (const { product, quantity } of lines) this.stock.order(product, quantity);
    }
  }

  #row(purchase: Purchase): PurchaseOrderRow {
    const { created, arrives } = purchase;
    const approved = created + 1 < this.today;
    const paid = arrives + paysAfter;
    const isPaid = paid < this.today;
    let amount = 0;
    for (const line of purchase.lines) amount += line.quantity * line.cost;
    return {
      id: purchase.id,
      supplier_id: purchase.supplier,
      created_by: warehouse,
      creation_date: workingTimeOf(created, closingMinute),
      submitted_by: warehouse,
      submitted_date: workingTimeOf(created, closingMinute),
      status_id: isPaid ? status.closed : approved ? status.approved : status.submitted,
      expected_date: workingTimeOf(created + arrivesAfter, 0),
      approved_by: approved ? approver : null,
      approved_date: approved ? workingTimeOf(created + 1, morning) : null,
      payment_date: isPaid ? workingTimeOf(paid, closingMinute) : null,
      payment_amount: decimalOf(isPaid ? amount : 0),
      payment_method: isPaid ? "Check" : null,
      notes: null,
    };
  }

  #detail(purchase: number, line: Purchase["lines"][number], position: number): PurchaseDetailRow {
    return {
      id: this.details.length + 1,
      purchase_order_id: purchase,
      product_id: line.product,
      quantity: decimalOf(line.quantity * unitsPerOne),
      unit_cost: decimalOf(line.cost),
      received: decimalOf(0),
      position,
      date_received: null,
      posted_to_inventory: false,
      inventory_id: null,
      order_detail_id: null,
    };
  }

  /** Goods of a purchase order are bought for an order detail. */
  boughtFor(
    order_detail_id: number,
    { purchase, product }: { readonly purchase: number; readonly product: number },
  ): void {
    const place = this.details.findIndex((row) => row.purchase_order_id === purchase && row.product_id === product);
    const row = this.details[place];
    if (row !== undefined) this.details[place] = { ...row, order_detail_id };
  }

  #book(purchase: Purchase, day: number): void {
    const at = workingTimeOf(day, morning);
    for (const [index, { product, quantity }] of purchase.lines.entries()) {
      const place = purchase.firstDetail + index;
      const inventory = this.stock.add(product, quantity, purchase.id, at);
      const row = this.details[place];
      if (row !== undefined)
        this.details[place] = {
          ...{ ...row, date_received: at, posted_to_inventory: true, inventory_id: inventory },
          received: row.quantity,
        };
      this.#pending.delete(product);
    }
  }
}
