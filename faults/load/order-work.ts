import type { Client } from "./client.ts";
import type { Fixtures } from "./fixtures.ts";
import { dataOf, detailsOf, type Intent, type Outcome } from "./journal.ts";
import { numberOr, textOr } from "./json.ts";
import type { Random } from "./random.ts";

/** An order as a client last read it. */
interface OrderState {
  readonly id: number;
  readonly etag: string;
  readonly order: ReadonlyMap<string, unknown>;
}

/**
 * One client's work on orders. Every write carries its key in `notes`, with the number of details that the order must
 * have then, or in `ship_city` if it has no `If-Match`. So the rows themselves show which write was the last.
 */
export class OrderWork {
  #writes = 0;

  constructor(
    private readonly client: Client,
    private readonly fixtures: Fixtures,
    private readonly random: Random,
    private readonly name: string,
  ) {}

  async create(): Promise<void> {
    const { random, fixtures } = this;
    const key = this.#key();
    const details = this.#details(random.integer(0, 4));
    const taxable = random.integer(1, 3) === 1 ? { tax_status_id: 1, tax_rate: `0.${random.integer(1, 250_000)}` } : {};
    const body = {
      customer_id: this.#one(fixtures.customers),
      employee_id: this.#one(fixtures.employees),
      // Without shipper and address, an order with details could not go on.
      shipper_id: this.#one(fixtures.shippers),
      ship_name: "Ship",
      ship_address: "Gade 1",
      ship_city: "Aarhus",
      ship_country_region: "Denmark",
      order_date: `2024-0${random.integer(1, 9)}-15T10:30:00`,
      shipping_fee: this.#amount(50),
      ship_zip_postal_code: key,
      notes: `${key}|${details.length}`,
      ...taxable,
      order_details: details,
    };
    const outcome = await this.client.ask({ intent: "create", method: "POST", path: "/api/orders", key, body });
    if (outcome.kind === "acknowledged") fixtures.orders.push(numberOr(dataOf(outcome).get("id"), 0));
  }

  /** Increments the counter of a shared order. When two clients do so at once, one must be refused. */
  async increment(): Promise<void> {
    const seen = await this.#read(this.#one(this.fixtures.shared));
    if (seen === null) return;
    const count = BigInt(textOr(seen.order.get("shipping_fee"), "0").split(".")[0] ?? "0");
    const body = { shipping_fee: `${count + 1n}`, notes: `${this.#key()}|0` };
    await this.#put("increment", seen, body, this.#lastKey(), true);
  }

  async edit(): Promise<void> {
    const seen = await this.#readAny();
    if (seen === null) return this.create();
    const key = this.#key();
    // As an old client does: without a version, and only one field.
    if (this.random.integer(1, 5) === 1) return this.#put("edit", seen, { ship_city: key }, key, false);
    const lines = detailsOf(seen.order) ?? [];
    const isNew = (seen.order.get("status_id") ?? 0) === 0;
    if (!isNew || this.random.integer(1, 2) === 1)
      return this.#put("edit", seen, { ship_name: `Ship ${key}`, notes: `${key}|${lines.length}` }, key, true);
    const remaining = lines.slice(0, this.random.integer(0, lines.length)).map((line) => ({
      id: line.get("id"),
      quantity: this.#amount(20),
    }));
    const order_details = [...remaining, ...this.#details(this.random.integer(0, 2))];
    return this.#put("edit", seen, { notes: `${key}|${order_details.length}`, order_details }, key, true);
  }

  /** One status forward; now and then one back, which must be refused. */
  async step(): Promise<void> {
    const seen = await this.#readAny();
    if (seen === null) return this.create();
    const status = numberOr(seen.order.get("status_id"), 0);
    const to = this.random.integer(1, 8) === 1 ? Math.max(0, status - 1) : Math.min(3, status + 1);
    const key = this.#key();
    const lines = (detailsOf(seen.order) ?? []).length;
    const paid = to === 3 ? { payment_type: "Check", paid_date: "2024-12-15T10:30:00" } : {};
    await this.#put("step", seen, { status_id: to, ...paid, notes: `${key}|${lines}` }, key, true);
  }

  async delete(): Promise<void> {
    const seen = await this.#readAny();
    if (seen === null) return this.create();
    const asked = { intent: "delete", method: "DELETE", path: `/api/orders/${seen.id}`, key: this.#key() } as const;
    const outcome = await this.client.ask({ ...asked, ifMatch: seen.etag });
    if (outcome.kind === "acknowledged") this.#forget(seen.id);
  }

  async read(): Promise<void> {
    if (this.random.integer(1, 4) > 1) await this.#readAny();
    else await this.#get(`/api/orders?limit=${this.random.integer(1, 20)}&include=details,customer&sort=-id`);
  }

  #get(path: string): Promise<Outcome> {
    return this.client.ask({ intent: "read", method: "GET", path });
  }

  /** Null when the order is gone or could not be read. */
  async #read(id: number): Promise<OrderState | null> {
    const outcome = await this.#get(`/api/orders/${id}?include=details`);
    if (outcome.kind === "refused" && outcome.status === 404) this.#forget(id);
    if (outcome.kind !== "acknowledged" || outcome.etag === null) return null;
    return { id, etag: outcome.etag, order: dataOf(outcome) };
  }

  async #put(intent: Intent, { id, etag }: OrderState, body: object, key: string, conditional: boolean): Promise<void> {
    const asked = { intent, method: "PUT", path: `/api/orders/${id}`, key, body };
    await this.client.ask(conditional ? { ...asked, ifMatch: etag } : asked);
  }

  #details(count: number): object[] {
    return Array.from({ length: count }, () => {
      const product_id = this.#one(this.fixtures.products);
      // Half of an odd number of cents: a tie, which shows how the product rounds.
      const odd = 2 * this.random.integer(0, 49) + 1;
      const unit_price = `${this.random.integer(0, 99)}.${String(odd).padStart(2, "0")}`;
      if (this.random.integer(1, 5) === 1) return { product_id, quantity: "0.5", unit_price };
      return this.#detail(product_id);
    });
  }

  #detail(product_id: number): object {
    return {
      product_id,
      quantity: this.#amount(20),
      ...(this.random.integer(1, 3) === 1 ? {} : { unit_price: this.#amount(100) }),
      ...(this.random.integer(1, 2) === 1 ? {} : { discount: `0.${this.random.integer(1, 9999)}` }),
    };
  }

  /** An amount with up to four decimal places. */
  #amount(most: number): string {
    const places = this.random.integer(0, 4);
    const fraction = Array.from({ length: places }, () => this.random.integer(0, 9)).join("");
    return `${this.random.integer(0, most)}${places === 0 ? "" : `.${fraction}`}`;
  }

  #one(list: readonly number[]): number {
    return list[this.random.integer(0, list.length - 1)] ?? 0;
  }

  /** Mostly one of the newest orders, where other clients work as well; null when there is none. */
  async #readAny(): Promise<OrderState | null> {
    const { orders } = this.fixtures;
    if (orders.length === 0) return null;
    return this.#read(this.#one(this.random.integer(1, 4) === 1 ? orders : orders.slice(-20)));
  }

  #forget(id: number): void {
    const at = this.fixtures.orders.indexOf(id);
    if (at >= 0) this.fixtures.orders.splice(at, 1);
  }

  #key(): string {
    this.#writes += 1;
    return this.#lastKey();
  }

  #lastKey(): string {
    return `${this.name}-o${this.#writes}`;
  }
}
