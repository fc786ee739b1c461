// What an order lacks is bought for it, comes to it first, and the links end when nothing more comes, on both engines.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { type BothEngines, type Reply, startBothEngines, startTimeoutMs } from "../../both-engines.ts";

let api: BothEngines;
let [first, second] = [0, 0];
beforeAll(async () => {
  api = await startBothEngines();
  first = await made("/api/suppliers", { company: "Imports" });
  second = await made("/api/suppliers", { company: "Others" });
}, startTimeoutMs);
afterAll(() => api.stop());

async function made(path: string, body: object): Promise<number> {
  const reply = await api.call("POST", path, { body });
  expect([reply.status, reply.body.errors]).toEqual([201, undefined]);
  return Object(reply.body.data).id;
}

async function product(suppliers: readonly object[] = [{ supplier_id: first }], fields: object = {}): Promise<number> {
  const id = await made("/api/products", { product_name: "Tea", stocked: true, standard_cost: "2", ...fields });
  const { status } = await api.call("PUT", `/api/products/${id}/suppliers`, { body: { suppliers } });
  expect(status).toBe(200);
  return id;
}

async function adjust(product_id: number, quantity: number): Promise<void> {
  const body = { product_id, type: "adjusted", quantity, reason: "Counted" };
  expect((await api.call("POST", "/api/stock/adjustments", { body })).status).toBe(200);
}

const read = async (path: string) => Object((await api.call("GET", path)).body.data);
const details = async (id: number) => (await read(`/api/orders/${id}?include=details`)).order_details;
const order = (lines: readonly (readonly [product_id: number, quantity: number])[], fields: object = {}) =>
  made("/api/orders", {
    order_date: "2024-01-15T10:30:00",
    ...{ order_details: lines.map(([product_id, quantity]) => ({ product_id, quantity })), ...fields },
  });
const buy = (id: number, body: object = {}) => api.call("POST", `/api/orders/${id}/purchase`, { body });
async function bought(id: number, body: object = {}) {
  const reply = await buy(id, body);
  expect([reply.status, reply.body.errors]).toEqual([200, undefined]);
  return Object(reply.body.data).order_details;
}
async function approved(purchase: number): Promise<void> {
  for (const action of ["submit", "approve"])
    expect((await api.call("POST", `/api/purchase_orders/${purchase}/${action}`)).status).toBe(200);
}
const receive = async (purchase: number, quantity?: number) => {
  const { purchase_order_details: lines } = await read(`/api/purchase_orders/${purchase}`);
  const body = quantity === undefined ? {} : { purchase_order_details: [{ id: lines[0].id, quantity }] };
  expect((await api.call("POST", `/api/purchase_orders/${purchase}/receive`, { body })).status).toBe(200);
};
const faultsOf = ({ status, body }: Reply) => [
  status,
  ...(body.errors ?? []).map(({ pointer, code, message }) => `${pointer} ${code}: ${message}`),
];
const told = async (id: number) =>
  (await read(`/api/orders/${id}?include=actions`)).actions.find(
    ({ action }: { readonly action: string }) => action === "purchase",
  );

describe("POST /api/orders/{id}/purchase", () => {
  test("200: what lacks, one purchase order per supplier, linked both ways; then nothing is left to buy", async () => {
    const tea = await product([{ supplier_id: first, pack_quantity: "6", lead_time_days: 3 }]);
    const jam = await product([{ supplier_id: second, unit_cost: "1.5" }]);
    await adjust(tea, 3);
    const id = await order([
      [tea, 8],
      [jam, 2],
      [tea, 4],
    ]);
    expect(await told(id)).toEqual({ action: "purchase", allowed: true, unmet: [] });
    const lines = await bought(id);
    const [ofTea, ofJam] = [lines[0].purchase_order_id, lines[1].purchase_order_id];
    expect(lines).toMatchObject([
      { allocated: "3.0000", status_id: 4, purchase_order_id: ofTea },
      { allocated: "0.0000", status_id: 4, purchase_order_id: ofJam },
      { allocated: "0.0000", status_id: 4, purchase_order_id: ofTea },
    ]);
    expect(await read(`/api/purchase_orders/${ofTea}`)).toMatchObject({
      ...{ supplier_id: first, status_id: 0, notes: `Order ${id}` },
      purchase_order_details: [
        { product_id: tea, quantity: "6.0000", unit_cost: "2.0000", order_detail_id: lines[0].id, order_id: id },
        { product_id: tea, quantity: "6.0000", unit_cost: "2.0000", order_detail_id: lines[2].id, order_id: id },
      ],
    });
    expect(await read(`/api/purchase_orders/${ofJam}`)).toMatchObject({
      ...{ supplier_id: second, expected_date: null },
      purchase_order_details: [{ quantity: "2.0000", unit_cost: "1.5000", order_detail_id: lines[1].id }],
    });
    const what = (purchase: number) => `Purchase order ${purchase} is to bring it. Wait for it, or cancel that.`;
    expect(faultsOf(await buy(id))).toEqual([
      409,
      ...[ofTea, ofJam, ofTea].map((purchase, place) => `#/order_details/${place} state: ${what(purchase)}`),
    ]);
    expect((await told(id)).unmet).toHaveLength(3);
    for (const { url } of api.servers) {
      const entries = async (path: string) =>
        Object(await (await fetch(`${url}${path}/history`)).json()).data.map(
          ({ action }: { action: string }) => action,
        );
      expect(await entries(`/api/orders/${id}`)).toEqual(["create", "update"]);
      expect(await entries(`/api/purchase_orders/${ofJam}`)).toEqual(["create"]);
    }
  });

  test("200: only some details, so much of them, from another supplier, submitted at once", async () => {
    const tea = await product([{ supplier_id: first }, { supplier_id: second, unit_cost: "4", pack_quantity: "5" }]);
    const id = await order([
      [tea, 3],
      [tea, 2],
    ]);
    const [, detail] = await details(id);
    const lines = await bought(id, { order_details: [{ id: detail.id, supplier_id: second }], submit: true });
    expect(lines).toMatchObject([{ purchase_order_id: null, status_id: 5 }, { status_id: 4 }]);
    expect(await read(`/api/purchase_orders/${lines[1].purchase_order_id}`)).toMatchObject({
      ...{ supplier_id: second, status_id: 1, submitted_principal: "local" },
      purchase_order_details: [{ quantity: "5.0000", unit_cost: "4.0000" }],
    });
    // The other one is still to be bought.
    expect((await bought(id))[0].purchase_order_id).toBeGreaterThan(lines[1].purchase_order_id);
  });

  test("409 and 422 with everything that stands against it", async () => {
    const [idea, alone, costless] = [
      await made("/api/products", { product_name: "Idea" }),
      await product([]),
      await product([{ supplier_id: first }], { standard_cost: null }),
    ];
    const packed = await product([{ supplier_id: first, pack_quantity: "6" }]);
    const id = await order([
      [idea, 1],
      [alone, 1],
      [costless, 1],
      [packed, 1],
    ]);
    const unmet = [
      "#/order_details/1 state: Nobody is known who sells it. Say who supplies the product.",
      "#/order_details/2 state: What it costs is not known. Set the supplier's price or the standard cost.",
    ];
    expect(faultsOf(await buy(id))).toEqual([409, ...unmet]);
    const lines = await details(id);
    const named = [
      ...[{ id: lines[0].id }, { id: lines[1].id, supplier_id: 999_999 }, { id: lines[2].id }],
      ...[{ id: lines[3].id, quantity: "7" }],
    ];
    expect(faultsOf(await buy(id, { order_details: named }))).toEqual([
      422,
      "#/order_details/1/supplier_id reference: There is no such supplier.",
      "#/order_details/3/quantity rule: Must be at least 6 in steps of 6: 12 would do.",
      "#/order_details/0 state: Its stock is not kept. Make a purchase order of its product.",
      ...unmet.slice(1),
    ]);
    expect((await buy(id, { order_details: [] })).status).toBe(422);
    const waiting = await order([[packed, 2]], { shipping_policy: "ask" });
    await adjust(packed, 9);
    expect((await told(waiting)).unmet).toMatchObject([
      { code: "state", message: "What is open of it is available.", what_to_do: "Allocate it." },
    ]);
    const held = await order([[packed, 1]]);
    expect((await told(held)).unmet).toMatchObject([{ message: "Nothing of it is short." }]);
    await api.call("POST", `/api/orders/${held}/cancel`);
    expect((await told(held)).unmet).toMatchObject([{ message: "Only a new or invoiced order waits for goods." }]);
  });
});

test("what is discontinued is left out; alone or named it is refused with the reason, as it is foreseen", async () => {
  const [tea, jam] = [await product(), await product()];
  const unsold = await product([]);
  const id = await order([
    [tea, 2],
    [jam, 3],
    [unsold, 1],
  ]);
  const lines = await details(id);
  for (const one of [tea, unsold])
    expect((await api.call("PUT", `/api/products/${one}`, { body: { discontinued: true } })).status).toBe(200);
  const refusal = "It is discontinued. Make a purchase order of it, if need be.";
  expect(faultsOf(await buy(id, { order_details: [{ id: lines[0].id }] }))).toEqual([
    ...[409, `#/order_details/0 state: ${refusal}`],
  ]);
  expect(await told(id)).toMatchObject({ allowed: true });
  const after = await bought(id);
  const { purchase_order_id } = after[1];
  expect(after).toMatchObject([{ purchase_order_id: null, status_id: 5 }, { status_id: 4 }, { status_id: 5 }]);
  const { purchase_order_details } = await read(`/api/purchase_orders/${purchase_order_id}`);
  expect(purchase_order_details).toMatchObject([{ product_id: jam }]);
  expect((await told(id)).unmet).toEqual([
    {
      ...{ pointer: "#/order_details/0", code: "state", message: "It is discontinued." },
      what_to_do: "Make a purchase order of it, if need be.",
    },
    expect.objectContaining({ message: `Purchase order ${purchase_order_id} is to bring it.` }),
    expect.objectContaining({ message: "It is discontinued." }),
  ]);
  expect(faultsOf(await buy(id))).toEqual([
    409,
    `#/order_details/0 state: ${refusal}`,
    `#/order_details/1 state: Purchase order ${purchase_order_id} is to bring it. Wait for it, or cancel that.`,
    `#/order_details/2 state: ${refusal}`,
  ]);
});

describe("what comes in", () => {
  test("goes to the detail for which it was bought, and what is left to the oldest order", async () => {
    const tea = await product([{ supplier_id: first, pack_quantity: "10" }]);
    const older = await order([[tea, 4]], { order_date: "2024-01-01T00:00:00" });
    const oldest = await order([[tea, 4]], { order_date: "2023-01-01T00:00:00" });
    const id = await order([[tea, 5]]);
    const [{ purchase_order_id: purchase }] = await bought(id);
    await approved(purchase);
    await receive(purchase, 3);
    expect(await details(id)).toMatchObject([{ allocated: "3.0000", status_id: 4 }]);
    expect(await details(oldest)).toMatchObject([{ allocated: "0.0000" }]);
    await receive(purchase);
    expect(await details(id)).toMatchObject([{ allocated: "5.0000", status_id: 1, purchase_order_id: purchase }]);
    expect(await details(oldest)).toMatchObject([{ allocated: "4.0000" }]);
    expect(await details(older)).toMatchObject([{ allocated: "1.0000" }]);
    // Closing it changes no order that waits for nothing.
    const versions = () =>
      Promise.all(api.servers.map(async ({ url }) => (await fetch(`${url}/api/orders/${id}`)).headers.get("etag")));
    const before = await versions();
    expect((await api.call("POST", `/api/purchase_orders/${purchase}/close`, { body: {} })).status).toBe(200);
    expect(await details(id)).toMatchObject([{ purchase_order_id: purchase }]);
    expect(await versions()).toEqual(before);
  });

  test("an order that asks gets what was bought for it; a complete one only all of it", async () => {
    const [tea, jam] = [await product(), await product()];
    const asks = await order([[tea, 2]], { shipping_policy: "ask" });
    const complete = await order([[jam, 5]], { shipping_policy: "complete" });
    for (const [id, quantity] of [
      [asks, 1],
      [complete, 3],
    ] as const) {
      const [{ purchase_order_id: purchase }] = await bought(id);
      await approved(purchase);
      await receive(purchase, quantity);
      expect(await details(id)).toMatchObject([{ allocated: id === asks ? "1.0000" : "0.0000" }]);
      await receive(purchase);
      expect(await details(id)).toMatchObject([{ allocated: id === asks ? "2.0000" : "5.0000" }]);
    }
  });
});

describe("a link ends", () => {
  const linkOf = async (id: number) => (await details(id))[0].purchase_order_id;

  test("when its order is cancelled; that can be put back, and it lacks again", async () => {
    const id = await order([[await product(), 5]]);
    await bought(id);
    expect((await api.call("POST", `/api/orders/${id}/cancel`)).status).toBe(200);
    expect((await api.call("POST", `/api/orders/${id}/put-back`, { body: {} })).status).toBe(200);
    expect(await details(id)).toMatchObject([{ purchase_order_id: null, status_id: 5 }]);
  });

  test("when its purchase order is cancelled, closed as short, or loses the detail", async () => {
    const tea = await product();
    const start = async () => {
      const id = await order([[tea, 5]]);
      const [{ purchase_order_id: purchase }] = await bought(id);
      return { id, purchase };
    };
    const cancelled = await start();
    await api.call("POST", `/api/purchase_orders/${cancelled.purchase}/cancel`);
    expect(await details(cancelled.id)).toMatchObject([{ purchase_order_id: null, status_id: 5 }]);
    // It lacks again, and is bought again.
    expect(await bought(cancelled.id)).toMatchObject([{ status_id: 4 }]);
    const short = await start();
    await approved(short.purchase);
    await receive(short.purchase, 1);
    const { purchase_order_details: lines } = await read(`/api/purchase_orders/${short.purchase}`);
    await api.call("POST", `/api/purchase_orders/${short.purchase}/close`, { body: { short: [lines[0].id] } });
    expect(await details(short.id)).toMatchObject([{ purchase_order_id: null, status_id: 5, allocated: "1.0000" }]);
    const changed = await start();
    const jam = await product();
    const body = { purchase_order_details: [{ product_id: jam, quantity: 1 }] };
    expect((await api.call("PUT", `/api/purchase_orders/${changed.purchase}`, { body })).status).toBe(200);
    expect(await linkOf(changed.id)).toBeNull();
  });

  test("when the detail gets another product, or its order is cancelled; what comes then goes to who waits", async () => {
    const [tea, jam] = [await product(), await product()];
    const id = await order([[tea, 5]]);
    const [{ id: detail, purchase_order_id: purchase }] = await bought(id);
    const other = [{ id: detail, quantity: 6 }];
    await api.call("PUT", `/api/orders/${id}`, { body: { order_details: other } });
    expect(await details(id)).toMatchObject([{ purchase_order_id: purchase, status_id: 4 }]);
    await api.call("PUT", `/api/orders/${id}`, { body: { order_details: [{ id: detail, product_id: jam }] } });
    expect(await details(id)).toMatchObject([{ purchase_order_id: null, status_id: 5 }]);
    const waiting = await order([[tea, 1]]);
    await approved(purchase);
    await receive(purchase);
    expect(await details(waiting)).toMatchObject([{ allocated: "1.0000" }]);
    const gone = await order([[jam, 2]]);
    expect(await linkOf(gone)).toBeNull();
    await bought(gone);
    await api.call("POST", `/api/orders/${gone}/cancel`);
    expect(await details(gone)).toMatchObject([{ purchase_order_id: null, status_id: 0 }]);
  });
});
