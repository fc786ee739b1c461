// Writers that keep changing the same few orders of the same few products: each is carried out or told what has changed,
// and none is sent away because others were quicker.
import { afterAll, beforeAll, expect, test } from "bun:test";
import { type BothEngines, startBothEngines, startTimeoutMs } from "../../both-engines.ts";

let api: BothEngines;
const products: number[] = [];
const orders: number[] = [];

async function made(path: string, body: object): Promise<number> {
  const reply = await api.call("POST", path, { body });
  expect([reply.status, reply.body.errors]).toEqual([201, undefined]);
  return Object(reply.body.data).id;
}

beforeAll(async () => {
  api = await startBothEngines();
  for (const product_name of ["Tea", "Jam", "Soup"]) {
    const product_id = await made("/api/products", { product_name, list_price: "2", stocked: true });
    const body = { product_id, type: "adjusted", quantity: 30, reason: "First count" };
    expect((await api.call("POST", "/api/stock/adjustments", { body })).status).toBe(200);
    products.push(product_id);
  }
  for (let order = 0; order < 4; order += 1) orders.push(await made("/api/orders", { order_details: details(order) }));
}, startTimeoutMs);
afterAll(() => api.stop());

/** Each product once, in an order and in quantities that differ from turn to turn. */
function details(turn: number) {
  return products.map((_, place) => ({
    product_id: products[(place + turn) % products.length],
    quantity: 1 + ((turn + place) % 7),
  }));
}

const writers = 6;
const turns = 40;

test("six writers change four orders of three products, and nobody is told to try again", async () => {
  for (const { url } of api.servers) {
    const write = async (writer: number) => {
      const statuses: number[] = [];
      for (let turn = 0; turn < turns; turn += 1) {
        const id = orders[(writer + turn) % orders.length];
        const body = JSON.stringify({ order_details: details(turn + writer) });
        const headers = { "content-type": "application/json" };
        statuses.push((await fetch(`${url}/api/orders/${id}`, { method: "PUT", headers, body })).status);
      }
      return statuses;
    };
    const all = (await Promise.all(Array.from({ length: writers }, (_, writer) => write(writer)))).flat();
    expect(all.filter((status) => status !== 200)).toEqual([]);
    const proof = await (await fetch(`${url}/api/stock/proof`)).json();
    expect(Object(proof).data.faults).toEqual([]);
  }
}, 120_000);

test("six writers cancel four orders of three products and put that back, and nobody is told to try again", async () => {
  for (const { url } of api.servers) {
    const write = async (writer: number) => {
      const statuses: number[] = [];
      for (let turn = 0; turn < turns; turn += 1) {
        const id = orders[(writer + turn) % orders.length];
        const [action, sent] = turn % 2 === 0 ? ["cancel", {}] : ["put-back", { body: "{}" }];
        const headers = { "content-type": "application/json" };
        statuses.push((await fetch(`${url}/api/orders/${id}/${action}`, { method: "POST", headers, ...sent })).status);
      }
      return statuses;
    };
    const all = (await Promise.all(Array.from({ length: writers }, (_, writer) => write(writer)))).flat();
    // What is cancelled already cannot be cancelled again, and so on.
    expect(all.filter((status) => status !== 200 && status !== 409)).toEqual([]);
    expect(all.filter((status) => status === 200).length).toBeGreaterThan(20);
  }
}, 120_000);
