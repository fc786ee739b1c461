import type { Client } from "./client.ts";
import type { Fixtures } from "./fixtures.ts";
import { dataOf, detailsOf, type Outcome } from "./journal.ts";
import { listOf, members, numberOr, textOr } from "./json.ts";
import type { Random } from "./random.ts";

/** An action and what is sent for it; null for an order that is left as it is. */
type Action = readonly [action: string, body?: object] | null;

/**
 * One client's work on products whose stock is kept: orders that wait, are filled, shipped, cancelled and returned, goods
 * that are bought and come in. All clients share the products and the orders, so they take each other's goods.
 */
export class StockWork {
  #writes = 0;

  constructor(
    private readonly client: Client,
    private readonly fixtures: Fixtures,
    private readonly random: Random,
    private readonly name: string,
  ) {}

  async work(): Promise<void> {
    const at = this.random.integer(1, 10);
    if (at <= 3) return this.#order();
    if (at <= 8) return this.#act();
    if (at <= 9) return this.#adjust();
    return this.#buy();
  }

  async #order(): Promise<void> {
    const { fixtures, random } = this;
    const key = this.#key();
    const order_details = this.#lines(random.integer(1, 3));
    const body = {
      ...{ customer_id: this.#one(fixtures.customers), employee_id: this.#one(fixtures.employees) },
      ...{ shipper_id: this.#one(fixtures.shippers), ship_name: "Ship", ship_address: "Gade 1", ship_city: "Aarhus" },
      ...{ ship_country_region: "Denmark", ship_zip_postal_code: key, notes: `${key}|${order_details.length}` },
      ...{ order_date: `2024-0${random.integer(1, 9)}-15T10:30:00`, order_details },
    };
    const outcome = await this.#post("/api/orders", body, key);
    if (outcome.kind === "acknowledged") fixtures.waiting.push(numberOr(dataOf(outcome).get("id"), 0));
  }

  async #act(): Promise<void> {
    const { waiting } = this.fixtures;
    if (waiting.length === 0) return this.#order();
    const id = this.#one(waiting.slice(-12));
    const path = `/api/orders/${id}`;
    const seen = await this.client.ask({ intent: "read", method: "GET", path: `${path}?include=details` });
    if (seen.kind !== "acknowledged") return;
    const action = this.#actionFor(dataOf(seen));
    if (action !== null) await this.#post(`${path}/${action[0]}`, action[1]);
  }

  #actionFor(order: ReadonlyMap<string, unknown>): Action {
    const lines = detailsOf(order) ?? [];
    const amount = (line: ReadonlyMap<string, unknown>, name: string) => Number(textOr(line.get(name), "0"));
    switch (numberOr(order.get("status_id"), 0)) {
      case 0:
        return this.random.pick<Action>([
          ["invoice"],
          ["invoice"],
          ["invoice"],
          ["allocate", {}],
          ["release", {}],
          ["cancel"],
        ]);
      case 1: {
        const held = lines.find((line) => amount(line, "allocated") > 0);
        if (held === undefined || this.random.integer(1, 2) === 1) return ["ship", {}];
        return ["ship", { order_details: [{ id: held.get("id"), quantity: "1" }] }];
      }
      case 4:
        return this.random.integer(1, 3) === 1 ? ["reopen"] : null;
      default: {
        const out = lines.find((line) => amount(line, "shipped") > amount(line, "returned"));
        const disposition = this.random.pick(["stock", "damaged"]);
        const order_details = [{ id: out?.get("id"), quantity: "1", disposition }];
        return out === undefined ? null : ["returns", { reason: "Wrong goods", order_details }];
      }
    }
  }

  async #adjust(): Promise<void> {
    const isWaste = this.random.integer(1, 3) === 1;
    const body = { product_id: this.#product(), type: isWaste ? "waste" : "adjusted", reason: "Counted" };
    const quantity = `${this.random.integer(1, isWaste ? 3 : 20)}`;
    await this.#post("/api/stock/adjustments", { ...body, quantity });
  }

  /** Buys something, and receives it in parts. */
  async #buy(): Promise<void> {
    const purchase_order_details = this.#lines(this.random.integer(1, 2)).map(({ product_id, quantity }) => ({
      ...{ product_id, quantity, unit_cost: "1.5" },
    }));
    const body = { supplier_id: this.fixtures.supplier, purchase_order_details };
    const made = await this.#post("/api/purchase_orders", body);
    if (made.kind !== "acknowledged") return;
    const path = `/api/purchase_orders/${numberOr(dataOf(made).get("id"), 0)}`;
    for (const step of ["submit", "approve"]) await this.#post(`${path}/${step}`);
    const [first] = listOf(dataOf(made).get("purchase_order_details"));
    const part = { purchase_order_details: [{ id: members(first).get("id"), quantity: "1" }] };
    if (this.random.integer(1, 2) === 1) await this.#post(`${path}/receive`, part);
    if (this.random.integer(1, 4) > 1) await this.#post(`${path}/receive`, {});
  }

  #post(path: string, body?: object, key = this.#key()): Promise<Outcome> {
    return this.client.ask({ intent: "trade", method: "POST", path, key, ...(body === undefined ? {} : { body }) });
  }

  #lines(count: number) {
    return Array.from({ length: count }, () => ({
      ...{ product_id: this.#product(), quantity: `${this.random.integer(1, 6)}`, unit_price: "2.5" },
    }));
  }

  #product(): number {
    return this.#one(this.fixtures.stocked);
  }

  #one(list: readonly number[]): number {
    return list[this.random.integer(0, list.length - 1)] ?? 0;
  }

  #key(): string {
    this.#writes += 1;
    return `${this.name}-s${this.#writes}`;
  }
}
