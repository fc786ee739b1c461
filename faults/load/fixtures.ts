import type { Client } from "./client.ts";
import { dataOf } from "./journal.ts";
import { numberOr } from "./json.ts";

/** The rows that all clients of a load work with. */
export interface Fixtures {
  readonly customers: number[];
  readonly employees: readonly number[];
  readonly shippers: readonly number[];
  readonly products: number[];
  /** Orders that every client edits: the shipping fee of each is a counter. */
  readonly shared: readonly number[];
  /** Orders that any client may work on. */
  readonly orders: number[];
  /** Products whose stock is kept, who sells them, and orders of them. */
  readonly stocked: readonly number[];
  readonly supplier: number;
  readonly waiting: number[];
}

/**
 * Creates the rows that orders refer to. Each new row carries the key of its request in a field that nobody edits:
 * `job_title` of a contact, `quantity_per_unit` of a product, `ship_zip_postal_code` of an order.
 */
export async function createFixtures(client: Client, name: string): Promise<Fixtures> {
  let made = 0;
  const make = async (path: string, body: (key: string) => object): Promise<number> => {
    made += 1;
    const key = `${name}-${made}`;
    const outcome = await client.ask({ intent: "create", method: "POST", path, key, body: body(key) });
    if (outcome.kind !== "acknowledged") throw new Error(`The load could not be prepared: ${JSON.stringify(outcome)}`);
    return numberOr(dataOf(outcome).get("id"), 0);
  };
  const some = async (count: number, one: (index: number) => Promise<number>) => {
    const ids: number[] = [];
    for (let index = 1; index <= count; index += 1) ids.push(await one(index));
    return ids;
  };
  const contact = (path: string) => (index: number) =>
    make(path, (key) => ({ company: `No. ${index}`, job_title: key }));
  const product = (index: number, fields: object = {}) =>
    make("/api/products", (key) => ({
      product_name: `Product ${index}`,
      list_price: `${index}.${index}9`,
      quantity_per_unit: key,
      ...fields,
    }));
  const levels = { reorder_level: 10, target_level: 20, minimum_reorder_quantity: 5 };
  const order_date = "2024-01-15T10:30:00";
  const order = () =>
    make("/api/orders", (key) => ({ order_date, shipping_fee: "0", ship_zip_postal_code: key, notes: `${key}|0` }));
  const stocked = await some(3, (index) => product(index, { stocked: true, ...levels }));
  for (const product_id of stocked) await client.ask(found(product_id, `${name}-a${product_id}`));
  return {
    customers: await some(3, contact("/api/customers")),
    employees: await some(2, contact("/api/employees")),
    shippers: await some(2, contact("/api/shippers")),
    products: await some(5, product),
    stocked,
    supplier: await make("/api/suppliers", (key) => ({ company: "Imports", job_title: key })),
    waiting: [],
    shared: await some(2, order),
    orders: [],
  };
}

/** Goods to begin with. */
function found(product_id: number, key: string) {
  const body = { product_id, type: "adjusted", quantity: "60", reason: "Found" };
  return { intent: "trade", method: "POST", path: "/api/stock/adjustments", key, body } as const;
}
