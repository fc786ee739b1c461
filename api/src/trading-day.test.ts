// A day in the trader's life by API alone, on both engines: after every step the stock, the ledger and the statuses are
// right, and what is refused says everything that stands against it.
import { afterAll, beforeAll, expect, test } from "bun:test";
import { type BothEngines, type Reply, startBothEngines, startTimeoutMs } from "./both-engines.ts";

let api: BothEngines;
let tea: number;
/** The order that is short by half, and the purchase order for what it lacks. */
let short: number;
let purchase: number;
beforeAll(async () => {
  api = await startBothEngines();
  await post("/api/customers", { company: "Cafe" });
  await post("/api/employees", { last_name: "Lee" });
  await post("/api/shippers", { company: "Fast" });
  await post("/api/suppliers", { company: "Imports" });
  tea = (await post("/api/products", { product_name: "Tea", list_price: "2", standard_cost: "1", stocked: true })).id;
  const terms = [{ supplier_id: 1, unit_cost: "1.5", lead_time_days: 3 }];
  expect((await api.call("PUT", `/api/products/${tea}/suppliers`, { body: { suppliers: terms } })).status).toBe(200);
  await post("/api/stock/adjustments", { product_id: tea, type: "adjusted", quantity: 20, reason: "First count" });
}, startTimeoutMs);
afterAll(() => api.stop());

async function post(path: string, body: object = {}) {
  const reply = await api.call("POST", path, { body });
  expect([Math.floor(reply.status / 100), reply.body.errors]).toEqual([2, undefined]);
  return Object(reply.body.data);
}

const get = async (path: string) => Object((await api.call("GET", path)).body.data);
const order = async (id: number) => get(`/api/orders/${id}?include=details`);
const state = async (id: number) => {
  const { status_id, order_details } = await order(id);
  const { quantity, allocated, shipped, returned } = order_details[0];
  return [status_id, ...[quantity, allocated, shipped, returned].map(Number)];
};

const complete = {
  ...{ customer_id: 1, employee_id: 1, shipper_id: 1, ship_name: "Cafe", ship_address: "Road 1", ship_city: "Rome" },
  ...{ ship_zip_postal_code: "1", ship_country_region: "Italy" },
};
const newOrder = async (quantity: number, fields: object = complete): Promise<number> => {
  const order_details = [{ product_id: tea, quantity }];
  return (await post("/api/orders", { ...fields, order_details })).id;
};

/** On hand, allocated, on order and back-ordered, after the proof of the stock has found nothing. */
async function stock(): Promise<number[]> {
  expect((await get("/api/stock/proof")).faults).toEqual([]);
  const { on_hand, allocated, on_order, back_ordered } = await get(`/api/stock/${tea}`);
  return [on_hand, allocated, on_order, back_ordered].map(Number);
}

/** The newest entries of the ledger, the newest first. */
async function ledger(entries: number) {
  const rows: { type: string; quantity: string }[] = await get(`/api/stock/${tea}/transactions?limit=${entries}`);
  return Object.values(rows).map(({ type, quantity }) => `${type} ${Number(quantity)}`);
}

/** A refusal, with everything that stands against what was asked for. */
async function refused(path: string, body: object = {}): Promise<readonly (string | number)[]> {
  const reply: Reply = await api.call("POST", path, { body });
  return [reply.status, ...(reply.body.errors ?? []).map(({ message }) => message)];
}

test("an order that can be filled is held, invoiced, shipped and closed", async () => {
  const id = await newOrder(8);
  expect([await state(id), await stock()]).toEqual([
    [0, 8, 8, 0, 0],
    [20, 8, 0, 0],
  ]);
  expect(await refused(`/api/orders/${id}/ship`)).toEqual([
    409,
    "It is not invoiced yet. Invoice it first, or set the company to invoice on shipment.",
  ]);
  await post(`/api/orders/${id}/invoice`);
  expect([(await state(id))[0], await stock()]).toEqual([1, [20, 8, 0, 0]]);
  await post(`/api/orders/${id}/ship`);
  expect([await state(id), await stock(), await ledger(3)]).toEqual([
    [2, 8, 0, 8, 0],
    [12, 0, 0, 0],
    ["Sold -8", "Released -8", "On Hold 8"],
  ]);
  expect(await refused(`/api/orders/${id}/close`)).toEqual([
    409,
    ...["payment_type", "paid_date"].map((field) => `It needs ${field}. Set ${field} of the order.`),
  ]);
  const body = { payment_type: "Cash", paid_date: "2030-01-01T10:00:00" };
  expect((await api.call("PUT", `/api/orders/${id}`, { body })).status).toBe(200);
  await post(`/api/orders/${id}/close`);
  expect((await state(id))[0]).toBe(3);
});

test("an order that is short by half says everything that it lacks before it can be invoiced", async () => {
  const { customer_id, employee_id } = complete;
  short = await newOrder(24, { customer_id, employee_id, order_date: "2024-05-02T09:00:00" });
  expect([await state(short), await stock()]).toEqual([
    [0, 24, 12, 0, 0],
    [12, 12, 0, 12],
  ]);
  const [status, ...reasons] = await refused(`/api/orders/${short}/invoice`);
  expect([status, reasons]).toEqual([
    409,
    [
      ...["shipper_id", "ship_name", "ship_address", "ship_city", "ship_zip_postal_code", "ship_country_region"].map(
        (field) => `It needs ${field}. Set ${field} of the order.`,
      ),
      "Still to be allocated: 12. Allocate it, or change the quantity.",
    ],
  ]);
  const reply = await api.call("PUT", `/api/orders/${short}`, { body: complete });
  expect(reply.status).toBe(200);
});

test("what is there is shipped where the company invoices on shipment; the rest stays a back order", async () => {
  const body = { invoicing_policy: "on-shipment" };
  expect((await api.call("PUT", "/api/company", { body })).status).toBe(200);
  await post(`/api/orders/${short}/ship`, { tracking_number: "F-1" });
  expect([await state(short), await stock(), await ledger(2)]).toEqual([
    [0, 24, 0, 12, 0],
    [0, 0, 0, 12],
    ["Sold -12", "Released -12"],
  ]);
  expect(await refused(`/api/orders/${short}/ship`)).toEqual([
    409,
    "Nothing of it is allocated. Allocate what is there, or wait for goods to come in.",
  ]);
  const other = await api.call("PUT", `/api/orders/${short}`, { body: { customer_id: null } });
  expect({ status: other.status, body: other.body }).toMatchObject({
    status: 409,
    body: { errors: [{ pointer: "#/customer_id", message: "Cannot be changed once some of it is shipped." }] },
  });
});

test("the rest is bought, approved and received in parts, and is held by itself", async () => {
  const { order_details } = await post(`/api/orders/${short}/purchase?include=details`);
  purchase = order_details[0].purchase_order_id;
  const path = `/api/purchase_orders/${purchase}`;
  const { id: line, quantity, unit_cost } = (await get(path)).purchase_order_details[0];
  expect([Number(quantity), unit_cost, await stock()]).toEqual([12, "1.5000", [0, 0, 12, 12]]);
  expect((await refused(`${path}/receive`))[0]).toBe(409);
  await post(`${path}/submit`);
  await post(`${path}/approve`);
  await post(`${path}/receive`, { purchase_order_details: [{ id: line, quantity: 5 }] });
  expect([await state(short), await stock(), await ledger(2)]).toEqual([
    [0, 24, 5, 12, 0],
    [5, 5, 7, 7],
    ["On Hold 5", "Purchased 5"],
  ]);
  expect((await refused(`${path}/receive`, { purchase_order_details: [{ id: line, quantity: 8 }] })).slice(1)).toEqual([
    expect.stringContaining("At most 7 more can come in"),
  ]);
  await post(`${path}/receive`);
  expect([await state(short), await stock()]).toEqual([
    [0, 24, 12, 12, 0],
    [12, 12, 0, 0],
  ]);
  await post(`${path}/close`);
  await post(`/api/orders/${short}/ship`, { tracking_number: "F-2" });
  expect([await state(short), await stock()]).toEqual([
    [2, 24, 0, 24, 0],
    [0, 0, 0, 0],
  ]);
  const shipments: { tracking_number: string }[] = await get(`/api/orders/${short}/shipments`);
  expect(Object.values(shipments).map(({ tracking_number }) => tracking_number)).toEqual(["F-1", "F-2"]);
});

test("three pieces come back, of which one is damaged; never more than was shipped", async () => {
  const { id } = (await order(short)).order_details[0];
  const lines = (quantity: number) => [
    { id, quantity, disposition: "stock" },
    { id, quantity: 1, disposition: "damaged" },
  ];
  const path = `/api/orders/${short}/returns`;
  expect((await refused(path, { reason: "Wrong tea", order_details: lines(24) }))[0]).toBe(409);
  await post(path, { reason: "Wrong tea", order_details: lines(2) });
  expect([await state(short), await stock(), await ledger(3)]).toEqual([
    [2, 24, 0, 24, 3],
    [2, 0, 0, 0],
    ["Waste -1", "Returned 1", "Returned 2"],
  ]);
});

test("a count finds one piece less, once everything is counted", async () => {
  const { id } = await post("/api/stock_counts", { reason: "Evening count", product_ids: [tea] });
  const path = `/api/stock_counts/${id}`;
  const [status, ...reasons] = await refused(`${path}/approve`);
  expect([status, reasons.length]).toEqual([409, 1]);
  const body = { stock_count_details: [{ product_id: tea, counted: 1 }] };
  expect((await api.call("PUT", path, { body })).status).toBe(200);
  expect(await stock()).toEqual([2, 0, 0, 0]);
  await post(`${path}/approve`);
  expect([await stock(), await ledger(1)]).toEqual([[1, 0, 0, 0], ["Adjusted -1"]]);
  expect((await refused(`${path}/cancel`))[0]).toBe(409);
});

test("a cancelled order gives back what it held, and is shipped and deleted no more", async () => {
  const id = await newOrder(1);
  expect(await stock()).toEqual([1, 1, 0, 0]);
  await post(`/api/orders/${id}/cancel`);
  expect([await state(id), await stock(), await ledger(2)]).toEqual([
    [4, 1, 0, 0, 0],
    [1, 0, 0, 0],
    ["Released -1", "On Hold 1"],
  ]);
  expect((await refused(`/api/orders/${id}/ship`))[0]).toBe(409);
  expect((await api.call("DELETE", `/api/orders/${id}`)).status).toBe(409);
});
