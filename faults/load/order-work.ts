import type { Client } from "./client.ts";
import type { Company } from "./fixtures.ts";
import { dataOf, detailsOf, type Intent, type Outcome } from "./journal.ts";
import { numberOr, textOr } from "./json.ts";
import type { Random } from "./random.ts";

/** An order as a client has just read it. */
interface Seen {
  readonly id: number;
  readonly etag: string;
  readonly order: ReadonlyMap<string, unknown>;
}

/**
 * One client's work on orders. Every write carries its key in `notes` (with the number of lines the order must have then)
 * or, when it is made without `If-Match`, in `ship_city`: so the rows themselves tell which write was the last.
 */
export class OrderWork {
  #writes = 0;

  constructor(
    private readonly client: Client,
    private readonly company: Company,
    private readonly random: Random,
    private readonly name: string,
  ) {}

  async create(): Promise<void> {
    const { random, company } = this;
    const key = this.#key();
    const details = this.#details(random.whole(0, 4));
    const taxable = random.whole(1, 3) === 1 ? { tax_status_id: 1, tax_rate: `0.${random.whole(1, 2500)}` } : {};
    const body = {
      customer_id: this.#one(company.customers),
      employee_id: this.#one(company.employees),
      order_date: `2024-0${random.whole(1, 9)}-15T10:30:00`,
      shipping_fee: this.#amount(50),
      ship_zip_postal_code: key,
      notes: `${key}|${details.length}`,
      ...taxable,
      order_details: details,
    };
    const outcome = await this.client.ask({ intent: "create", method: "POST", path: "/api/orders", key, body });
    if (outcome.kind === "acknowledged") company.orders.push(numberOr(dataOf(outcome).get("id"), 0));
  }

  /** Reads the counter of a shared order and writes one more: when two do so at once, one must be refused. */
  async increment(): Promise<void> {
    const seen = await this.#read(this.#one(this.company.shared));
    if (seen === null) return;
    const count = BigInt(textOr(seen.order.get("shipping_fee"), "0").split(".")[0] ?? "0");
    const body = { shipping_fee: `${count + 1n}`, notes: `${this.#key()}|0` };
    await this.#put("increment", seen, body, this.#lastKey(), true);
  }

  async edit(): Promise<void> {
    const seen = await this.#readAny();
    if (seen === null) return this.create();
    const key = this.#key();
    // An old client: it has not looked at the version, and writes one field only.
    if (this.random.whole(1, 5) === 1) return this.#put("edit", seen, { ship_city: key }, key, false);
    const lines = detailsOf(seen.order) ?? [];
    const isNew = (seen.order.get("status_id") ?? 0) === 0;
    if (!isNew || this.random.whole(1, 2) === 1)
      return this.#put("edit", seen, { ship_name: `Ship ${key}`, notes: `${key}|${lines.length}` }, key, true);
    const kept = lines.slice(0, this.random.whole(0, lines.length)).map((line) => ({
      id: line.get("id"),
      quantity: this.#amount(20),
    }));
    const order_details = [...kept, ...this.#details(this.random.whole(0, 2))];
    return this.#put("edit", seen, { notes: `${key}|${order_details.length}`, order_details }, key, true);
  }

  /** One step forward, now and then one back, which must be refused. */
  async step(): Promise<void> {
    const seen = await this.#readAny();
    if (seen === null) return this.create();
    const status = numberOr(seen.order.get("status_id"), 0);
    const to = this.random.whole(1, 8) === 1 ? Math.max(0, status - 1) : Math.min(3, status + 1);
    const key = this.#key();
    const lines = (detailsOf(seen.order) ?? []).length;
    await this.#put("step", seen, { status_id: to, notes: `${key}|${lines}` }, key, true);
  }

  async delete(): Promise<void> {
    const seen = await this.#readAny();
    if (seen === null) return this.create();
    const asked = { intent: "delete", method: "DELETE", path: `/api/orders/${seen.id}`, key: this.#key() } as const;
    const outcome = await this.client.ask({ ...asked, ifMatch: seen.etag });
    if (outcome.kind === "acknowledged") this.#forget(seen.id);
  }

  async read(): Promise<void> {
    if (this.random.whole(1, 4) > 1) await this.#readAny();
    else await this.#get(`/api/orders?limit=${this.random.whole(1, 20)}&include=details,customer&sort=-id`);
  }

  #get(path: string): Promise<Outcome> {
    return this.client.ask({ intent: "read", method: "GET", path });
  }

  /** Null when it is gone, or could not be had. */
  async #read(id: number): Promise<Seen | null> {
    const outcome = await this.#get(`/api/orders/${id}?include=details`);
    if (outcome.kind === "refused" && outcome.status === 404) this.#forget(id);
    if (outcome.kind !== "acknowledged" || outcome.etag === null) return null;
    return { id, etag: outcome.etag, order: dataOf(outcome) };
  }

  async #put(intent: Intent, { id, etag }: Seen, body: object, key: string, guarded: boolean): Promise<void> {
    const asked = { intent, method: "PUT", path: `/api/orders/${id}`, key, body };
    await this.client.ask(guarded ? { ...asked, ifMatch: etag } : asked);
  }

  #details(count: number): object[] {
    return Array.from({ length: count }, () => {
      const product_id = this.#one(this.company.products);
      // Half of an odd number of ten-thousandths: an exact tie, which decides how it is rounded.
      const odd = 2 * this.random.whole(0, 4999) + 1;
      const unit_price = `${this.random.whole(0, 99)}.${String(odd).padStart(4, "0")}`;
      if (this.random.whole(1, 5) === 1) return { product_id, quantity: "0.5", unit_price };
      return this.#detail(product_id);
    });
  }

  #detail(product_id: number): object {
    return {
      product_id,
      quantity: this.#amount(20),
      ...(this.random.whole(1, 3) === 1 ? {} : { unit_price: this.#amount(100) }),
      ...(this.random.whole(1, 2) === 1 ? {} : { discount: `0.${this.random.whole(1, 9999)}` }),
    };
  }

  /** With up to four places, written as people do. */
  #amount(most: number): string {
    const places = this.random.whole(0, 4);
    const fraction = Array.from({ length: places }, () => this.random.whole(0, 9)).join("");
    return `${this.random.whole(0, most)}${places === 0 ? "" : `.${fraction}`}`;
  }

  #one(list: readonly number[]): number {
    return list[this.random.whole(0, list.length - 1)] ?? 0;
  }

  /** Mostly one of the latest, where others work as well; null when there is none. */
  async #readAny(): Promise<Seen | null> {
    const { orders } = this.company;
    if (orders.length === 0) return null;
    return this.#read(this.#one(this.random.whole(1, 4) === 1 ? orders : orders.slice(-20)));
  }

  #forget(id: number): void {
    const at = this.company.orders.indexOf(id);
    if (at >= 0) this.company.orders.splice(at, 1);
  }

  #key(): string {
    this.#writes += 1;
    return this.#lastKey();
  }

  #lastKey(): string {
    return `${this.name}-o${this.#writes}`;
  }
}
