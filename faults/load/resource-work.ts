import type { Client } from "./client.ts";
import type { Fixtures } from "./fixtures.ts";
import type { Random } from "./random.ts";

/** One client's work on customers and products: creates, edits with and without `If-Match`, and deletes. */
export class ResourceWork {
  #writes = 0;
  readonly #own: string[] = [];

  constructor(
    private readonly client: Client,
    private readonly fixtures: Fixtures,
    private readonly random: Random,
    private readonly name: string,
  ) {}

  async work(): Promise<void> {
    const path = this.#own[this.random.integer(0, Math.max(0, this.#own.length - 1))];
    if (path === undefined || this.random.integer(1, 3) === 1) return this.#create();
    if (this.random.integer(1, 5) === 1) return this.#delete(path);
    if (this.random.integer(1, 2) === 1) return this.#edit(this.#sharedCustomer(), "customers");
    return this.#edit(path, path.includes("customers") ? "customers" : "products");
  }

  async #create(): Promise<void> {
    const key = this.#key();
    const isProduct = this.random.integer(1, 2) === 1;
    const path = isProduct ? "/api/products" : "/api/customers";
    const price = `${this.random.integer(0, 99)}.${this.random.integer(0, 9999)}`;
    const body = isProduct
      ? { product_name: `Tea ${key}`, list_price: price, quantity_per_unit: key, description: key }
      : { company: `Kontor Süd ${key}`.slice(0, 50), job_title: key, notes: key };
    const outcome = await this.client.ask({ intent: "create", method: "POST", path, key, body });
    const id = outcome.kind === "acknowledged" ? /"id":([0-9]+)/.exec(outcome.body)?.[1] : undefined;
    if (id !== undefined) this.#own.push(`${path}/${id}`);
  }

  async #edit(path: string, table: "customers" | "products"): Promise<void> {
    const seen = await this.client.ask({ intent: "read", method: "GET", path });
    if (seen.kind !== "acknowledged" || seen.etag === null) return;
    const key = this.#key();
    const body = table === "products" ? { description: key } : { notes: key };
    const asked = { intent: "edit", method: "PUT", path, key, body } as const;
    await this.client.ask(this.random.integer(1, 4) === 1 ? asked : { ...asked, ifMatch: seen.etag });
  }

  async #delete(path: string): Promise<void> {
    const at = this.#own.indexOf(path);
    if (at >= 0) this.#own.splice(at, 1);
    await this.client.ask({ intent: "delete", method: "DELETE", path, key: this.#key() });
  }

  #sharedCustomer(): string {
    const { customers } = this.fixtures;
    return `/api/customers/${customers[this.random.integer(0, customers.length - 1)] ?? 1}`;
  }

  #key(): string {
    this.#writes += 1;
    return `${this.name}-p${this.#writes}`;
  }
}
