// Adjustments of the stock, and the orders that get what comes in.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { type BothEngines, startBothEngines, startTimeoutMs } from "../both-engines.ts";

let api: BothEngines;
beforeAll(async () => {
  api = await startBothEngines();
}, startTimeoutMs);
afterAll(() => api.stop());

const order_date = "2024-01-15T10:30:00";

async function made(path: string, body: object): Promise<number> {
  const reply = await api.call("POST", path, { body });
  expect([reply.status, reply.body.errors]).toEqual([201, undefined]);
  return Object(reply.body.data).id;
}

const product = (fields: object = {}) => made("/api/products", { product_name: "Tea", stocked: true, ...fields });
const adjust = (body: object) =>
  api.call("POST", "/api/stock/adjustments", { body: { type: "adjusted", reason: "counted", ...body } });
const order = (product_id: number, quantity: number, fields: object = {}) =>
  made("/api/orders", { order_date, ...fields, order_details: [{ product_id, quantity }] });

async function allocatedOf(id: number): Promise<readonly string[]> {
  const { body } = await api.call("GET", `/api/orders/${id}?include=details`);
  const { order_details } = Object(body.data);
  return order_details.map(({ allocated }: { readonly allocated: string }) => allocated);
}

describe("POST /api/stock/adjustments 200", () => {
  test("raises what is on hand and says what is to be reordered", async () => {
    const id = await product({ reorder_level: 5, target_level: 20, minimum_reorder_quantity: 10, location: "A-01" });
    const { body } = await adjust({ product_id: id, quantity: 4 });
    expect(body.data).toEqual({
      ...{ product_id: id, product_code: null, product_name: "Tea", location: "A-01", on_hand: "4.0000" },
      ...{ allocated: "0.0000", available: "4.0000", on_order: "0.0000", back_ordered: "0.0000" },
      ...{ reorder_level: 5, target_level: 20, to_reorder: "16.0000", low: true },
    });
    expect((await adjust({ product_id: id, quantity: 9 })).body.data).toMatchObject({
      to_reorder: "10.0000",
      low: false,
    });
    const waste = await adjust({ product_id: id, type: "waste", quantity: 3, reason: "broken" });
    expect(waste.body.data).toMatchObject({ on_hand: "10.0000", available: "10.0000" });
  });

  test("what comes in goes to the orders that wait, the oldest order date first, whatever their numbers", async () => {
    const id = await product();
    const younger = await order(id, 3, { order_date: "2024-03-01T00:00:00" });
    const older = await order(id, 3, { order_date: "2024-02-01T00:00:00" });
    const asks = await order(id, 3, { order_date: "2024-01-01T00:00:00", shipping_policy: "ask" });
    const { body } = await adjust({ product_id: id, quantity: 5 });
    expect(body.data).toMatchObject({ on_hand: "5.0000", allocated: "5.0000", back_ordered: "4.0000" });
    expect([await allocatedOf(older), await allocatedOf(younger), await allocatedOf(asks)]).toEqual([
      ["3.0000"],
      ["2.0000"],
      ["0.0000"],
    ]);
    expect((await api.call("GET", `/api/orders/${older}`)).headers.get("etag")).toBe('"1"');
  });

  test("an order that waits for all of a detail lets a later one pass", async () => {
    const id = await product();
    const complete = await order(id, 8, { shipping_policy: "complete" });
    const small = await order(id, 2);
    await adjust({ product_id: id, quantity: 5 });
    expect([await allocatedOf(complete), await allocatedOf(small)]).toEqual([["0.0000"], ["2.0000"]]);
    await adjust({ product_id: id, quantity: 5 });
    expect(await allocatedOf(complete)).toEqual(["8.0000"]);
  });

  test("many at once, while orders wait: each is carried out, and none is sent away to try again", async () => {
    const id = await product();
    for (let count = 0; count < 5; count += 1) await order(id, 8);
    const body = { product_id: id, type: "adjusted", quantity: 1, reason: "found" };
    await Promise.all(
      api.servers.map(async ({ url }) => {
        const send = () =>
          fetch(`${url}/api/stock/adjustments`, {
            ...{ method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) },
          });
        const replies = await Promise.all(Array.from({ length: 30 }, send));
        expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([200]));
      }),
    );
    const { body: found } = await api.call("GET", `/api/stock/${id}`);
    expect(found.data).toMatchObject({ on_hand: "30.0000", allocated: "30.0000", back_ordered: "10.0000" });
  });

  test("a dry run moves nothing; a repeated key moves once", async () => {
    const id = await product();
    const body = { product_id: id, type: "adjusted", quantity: 5, reason: "found" };
    await api.call("POST", "/api/stock/adjustments?dry_run=1", { body });
    const headers = { "idempotency-key": "found once" };
    for (const _ of [1, 2])
      expect((await api.call("POST", "/api/stock/adjustments", { body, headers })).body.data).toMatchObject({
        on_hand: "5.0000",
      });
  });
});

describe("POST /api/stock/adjustments refused", () => {
  test("every fault at once; nothing that orders hold, nothing below zero", async () => {
    const id = await product();
    await adjust({ product_id: id, quantity: 5 });
    await order(id, 3);
    const faults = async (body: object) => {
      const reply = await adjust({ product_id: id, ...body });
      return [reply.status, ...(reply.body.errors ?? []).map(({ pointer, code }) => `${pointer} ${code}`)];
    };
    expect(await faults({ quantity: "x", reason: " " })).toEqual([422, "#/quantity decimal-format", "#/reason text"]);
    expect(await faults({ reason: "" })).toEqual([422, "#/quantity required", "#/reason text"]);
    expect(await faults({ quantity: "-0.5" })).toEqual([422, "#/quantity rule"]);
    expect(await faults({ quantity: -3 })).toEqual([409, "#/quantity state"]);
    expect(await faults({ type: "waste", quantity: 3 })).toEqual([409, "#/quantity state"]);
    expect(await faults({ type: "waste", quantity: -1 })).toEqual([422, "#/quantity rule"]);
    expect(await faults({ quantity: -2 })).toEqual([200]);
    const idea = await made("/api/products", { product_name: "Idea" });
    expect(await faults({ product_id: idea, quantity: 1 })).toEqual([422, "#/product_id reference"]);
    expect(await faults({ product_id: 999_999, quantity: 0 })).toEqual([
      ...[422, "#/quantity rule", "#/product_id reference"],
    ]);
  });

  test("422: the stock of a product is not kept of which more is open or owed than can be counted", async () => {
    const most = "922337203685477";
    const keep = (id: number) => api.call("PUT", `/api/products/${id}`, { body: { stocked: true } });
    const faultsIn = ({ status, body }: Awaited<ReturnType<typeof keep>>) => [
      ...[status, ...(body.errors ?? []).map(({ pointer, message }) => `${pointer} ${message}`)],
    ];
    const idea = await made("/api/products", { product_name: "Idea" });
    const line = { product_id: idea, quantity: most, unit_price: 0 };
    const first = await made("/api/orders", { order_details: [line, line] });
    const refusal = `#/stocked More than 100000000000 of product ${idea} cannot be counted.`;
    expect(faultsIn(await keep(idea))).toEqual([422, refusal]);
    expect((await api.call("POST", `/api/orders/${first}/cancel`)).status).toBe(200);
    const bought = { product_id: idea, quantity: most, unit_cost: 0 };
    const purchase = await made("/api/purchase_orders", { purchase_order_details: [bought, bought] });
    expect(faultsIn(await keep(idea))).toEqual([422, refusal]);
    expect((await api.call("POST", `/api/purchase_orders/${purchase}/cancel`)).status).toBe(200);
    expect(faultsIn(await keep(idea))).toEqual([200]);
  });

  test("more than can be counted is refused, whatever brings it", async () => {
    const id = await product();
    const most = "922337203685477";
    const reply = await adjust({ product_id: id, quantity: most });
    expect([reply.status, reply.body.errors]).toEqual([
      422,
      [
        {
          pointer: "#",
          code: "range",
          message: `More than 100000000000 of product ${id} cannot be counted.`,
        },
      ],
    ]);
    const order_details = [{ product_id: id, quantity: most, unit_price: "0" }];
    const ordered = await api.call("POST", "/api/orders", { body: { order_details } });
    expect([ordered.status, ordered.body.errors?.[0]?.code]).toEqual([422, "range"]);
    const purchase_order_details = [{ product_id: id, quantity: most, unit_cost: "0" }];
    const bought = await api.call("POST", "/api/purchase_orders", { body: { purchase_order_details } });
    expect([bought.status, bought.body.errors?.[0]?.code]).toEqual([422, "range"]);
  });

  test("so much comes and goes that no sum of entries is beyond what can be counted: the stock is still proven", async () => {
    const id = await product();
    for (let turn = 0; turn < 6; turn += 1)
      for (const type of ["adjusted", "waste"]) await adjust({ product_id: id, type, quantity: "230584300921369" });
    expect((await api.call("GET", "/api/stock/proof")).body.data).toMatchObject({ total: 0 });
  });
});
