import type { Database, Transaction } from "sqlproof";
import { companyText, employeeText, orderText, withTexts } from "../search/row-text.ts";
import { reorderOf } from "../stock-levels.ts";
import {
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
import { newCustomer, newEmployee } from "./people.ts";
import {
  allCustomers,
  allEmployeeIds,
  allProducts,
  allShipperIds,
  balancesWithOpen,
  insertCustomer,
  insertDetail,
  insertEmployee,
  insertInvoice,
  insertOrder,
  lastIds,
  updateBackOrders,
} from "./queries.ts";
import { Random } from "./random.ts";
import type { Buyer, DetailRow, InvoiceRow, OrderRow } from "./rows.ts";
import { dayNumber, decimalOf, unitsOf, unitsPerOne, workingDayOf, workingTimeOf } from "./values.ts";

export interface GenerateOptions {
  /** How many orders to add. */
  readonly orders: number;
  /** The same seed creates the same rows on equal databases, whatever the engine. */
  readonly seed: number;
  /** The orders fall into the five years before this day, like `"2024-01-15"`. */
  readonly today: string;
  readonly onProgress?: (orders: number) => void;
}

export interface Generated {
  readonly orders: number;
  readonly details: number;
  readonly invoices: number;
  readonly customers: number;
  readonly employees: number;
}

/** Five years in working days. */
const spanDays = 1304;
const ordersPerCustomer = 100;
const ordersPerEmployee = 20_000;
const activeShare = 5;
const fewestActive = 30;
const ordersPerTransaction = 20_000;

/**
 * Adds many realistic orders with details and invoices, and customers and salespeople in proportion. The stock ledger
 * does not change: these are past orders, delivered from stock that has come and gone; what is open in the latest waits.
 */
export async function generateOrders(database: Database, options: GenerateOptions): Promise<Generated> {
  const generator = await database.transaction((tx) => Generator.start(tx, options));
  for (let done = 0; done < options.orders; ) {
    const batch = generator.next(Math.min(ordersPerTransaction, options.orders - done));
    await database.transaction(async (tx) => {
      await tx.runMany(insertOrder, withTexts(batch.orders, orderText));
      await tx.runMany(insertDetail, batch.details);
      await tx.runMany(insertInvoice, batch.invoices);
    });
    done += batch.orders.length;
    options.onProgress?.(done);
  }
  await database.transaction(recountBackOrders);
  return generator.totals;
}

/** Customers wait for what is open in the new orders. */
async function recountBackOrders(tx: Transaction): Promise<void> {
  const balances = await tx.all(balancesWithOpen);
  const counted = balances.map(({ open, reorder_level, target_level, minimum_reorder_quantity, ...stock }) => {
    const balance = { ...stock, back_ordered: open ?? decimalOf(0) };
    return { ...balance, ...reorderOf(balance, { reorder_level, target_level, minimum_reorder_quantity }) };
  });
  await tx.runMany(
    updateBackOrders,
    counted.map(({ product_id, back_ordered, low, to_reorder }) => ({ product_id, back_ordered, low, to_reorder })),
  );
}

interface Batch {
  readonly orders: OrderRow[];
  readonly details: DetailRow[];
  readonly invoices: InvoiceRow[];
}

interface Product extends Pick<DetailRow, "product_code" | "product_name" | "quantity_per_unit"> {
  readonly id: number;
  readonly price: number;
}

/** The rows that orders refer to. */
interface World {
  readonly buyers: readonly Buyer[];
  readonly employees: readonly number[];
  readonly shippers: readonly number[];
  readonly products: readonly Product[];
}

class Generator {
  readonly #firstDay: number;
  readonly #today: number;
  #made = { orders: 0, details: 0, invoices: 0 };

  private constructor(
    private readonly random: Random,
    private readonly options: GenerateOptions,
    private readonly world: World,
    private readonly last: { readonly orders: number; readonly details: number; readonly invoices: number },
    private readonly added: { readonly customers: number; readonly employees: number },
  ) {
    this.#today = workingDayOf(dayNumber(options.today));
    this.#firstDay = this.#today - spanDays;
  }

  /** Adds the customers and salespeople, and reads the rows that the orders will refer to. */
  static async start(tx: Transaction, options: GenerateOptions): Promise<Generator> {
    const random = new Random(options.seed);
    const last = await tx.one(lastIds);
    const customers = Math.ceil(options.orders / ordersPerCustomer);
    const employees = (options.orders - (options.orders % ordersPerEmployee)) / ordersPerEmployee;
    const numbers = (count: number, after: number | null) =>
      Array.from({ length: count }, (_, index) => (after ?? 0) + index + 1);
    const buyers = numbers(customers, last.customers).map((id) => ({ id, ...newCustomer(random, id) }));
    await tx.runMany(insertCustomer, withTexts(buyers, companyText));
    const sellers = numbers(employees, last.employees).map((id) => ({ id, ...newEmployee(random, id) }));
    await tx.runMany(insertEmployee, withTexts(sellers, employeeText));
    const products = await tx.all(allProducts);
    const world = {
      buyers: await tx.all(allCustomers),
      employees: (await tx.all(allEmployeeIds)).map(({ id }) => id),
      shippers: (await tx.all(allShipperIds)).map(({ id }) => id),
      products: products.map(({ list_price, ...product }) => ({ ...product, price: unitsOf(list_price) })),
    };
    if (world.products.length === 0 || world.shippers.length === 0 || world.employees.length === 0)
      throw new Error("Orders need products, shippers and employees: this database has none.");
    const ids = { orders: last.orders ?? 0, details: last.order_details ?? 0, invoices: last.invoices ?? 0 };
    return new Generator(random, options, world, ids, { customers, employees });
  }

  get totals(): Generated {
    return { ...this.#made, ...this.added };
  }

  next(count: number): Batch {
    const batch: Batch = { orders: [], details: [], invoices: [] };
    for (let index = 0; index < count; index++) this.#order(batch);
    return batch;
  }

  #order(batch: Batch): void {
    const { random, world } = this;
    const life = this.#life(this.#made.orders);
    const lines = this.#lines();
    const id = this.last.orders + ++this.#made.orders;
    const hands = { employee: random.favoured(world.employees), shipper: random.favoured(world.shippers) };
    const order = orderRow(random, id, this.#buyer(), hands, life, lines);
    batch.orders.push(order);
    for (const [at, line] of lines.entries()) batch.details.push(this.#detail(id, life, line, at + 1));
    const invoice = invoiceRow(this.last.invoices + this.#made.invoices + 1, order, life, lines);
    if (invoice === null) return;
    this.#made.invoices += 1;
    batch.invoices.push(invoice);
  }

  /** Customers come and go: at any time a fifth of them order, some more often than others. */
  #buyer(): Buyer {
    const { random, world, options } = this;
    const active = Math.max(Math.ceil(world.buyers.length / activeShare), fewestActive);
    const gone = Math.max(world.buyers.length - active, 0) * (this.#made.orders - 1);
    const first = (gone - (gone % options.orders)) / options.orders;
    return random.favoured(world.buyers, first, active);
  }

  /** Spreads the orders evenly over the working hours of the period, in order of their ids. */
  #life(index: number): Life {
    const position = index * spanDays;
    const rest = position % this.options.orders;
    const day = this.#firstDay + (position - rest) / this.options.orders;
    const minutes = rest * minutesOpen;
    const minute = opensAt + (minutes - (minutes % this.options.orders)) / this.options.orders;
    return lifeOf(this.random, day, minute, this.#today);
  }

  #lines(): (Line & { readonly product: Product })[] {
    const { random, world } = this;
    return Array.from({ length: random.between(1, 4) }, () => {
      const product = random.pick(world.products);
      const quantity = random.between(1, 5) * (random.chance(40) ? 6 : 2);
      return { product, quantity, price: product.price, discount: discountOf(random) };
    });
  }

  #detail(order: number, life: Life, line: Line & { readonly product: Product }, position: number): DetailRow {
    const { id: product_id, product_code, product_name, quantity_per_unit } = line.product;
    const quantity = decimalOf(line.quantity * unitsPerOne);
    const { shipped, invoiced } = quantitiesOf(life, quantity);
    const isShipped = life.shipped !== null;
    return {
      id: this.last.details + ++this.#made.details,
      order_id: order,
      product_id,
      ...{ quantity, allocated: decimalOf(0), shipped, invoiced },
      unit_price: decimalOf(line.price),
      discount: decimalOf(line.discount),
      // Nothing is held for those that are still open: customers wait for them.
      status_id: life.invoiced === null ? lineStatus.noStock : lineStatusOf(life),
      date_allocated: isShipped ? workingTimeOf(life.day, life.minute) : null,
      purchase_order_id: null,
      inventory_id: null,
      ...{ position, product_code, product_name, quantity_per_unit },
    };
  }
}
