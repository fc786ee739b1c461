// Shipments and the pick list, on both engines.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { type BothEngines, startBothEngines, startTimeoutMs } from "../../both-engines.ts";

let api: BothEngines;
let tea: number;
let jam: number;
/** An order of which two shipments have left, and one of which nothing has. */
let shipped: number;
let held: number;

beforeAll(async () => {
  api = await startBothEngines();
  await made("/api/customers", { company: "Cafe" });
  await made("/api/employees", { last_name: "Lee" });
  await made("/api/shippers", { company: "Fast" });
  await made("/api/shippers", { company: "Slow" });
  tea = await product({ product_name: "Tea", product_code: "T-1", quantity_per_unit: "10 bags", location: "B 2" });
  jam = await product({ product_name: "Jam", location: "A 1" });
  shipped = await order([{ product_id: tea, quantity: 5 }]);
  held = await order([
    { product_id: tea, quantity: 2 },
    { product_id: jam, quantity: 3 },
    { product_id: tea, quantity: 1 },
  ]);
  const order_details = [{ id: 1, quantity: 2 }];
  await done(shipped, "invoice");
  await done(shipped, "ship", { order_details, shipper_id: 2, shipped_date: "2024-03-01T23:30:00", notes: "fragile" });
  await done(shipped, "ship", { shipped_date: "2024-03-02T08:00:00" });
}, startTimeoutMs);
afterAll(() => api.stop());

async function made(path: string, body: object): Promise<number> {
  const reply = await api.call("POST", path, { body });
  expect([reply.status, reply.body.errors]).toEqual([201, undefined]);
  return Object(reply.body.data).id;
}

async function product(fields: object): Promise<number> {
  const product_id = await made("/api/products", { list_price: "2", stocked: true, ...fields });
  const body = { product_id, type: "adjusted", quantity: 20, reason: "Delivery" };
  expect((await api.call("POST", "/api/stock/adjustments", { body })).status).toBe(200);
  return product_id;
}

function order(order_details: readonly object[]): Promise<number> {
  const address = { ship_name: "Cafe", ship_address: "Road 1", ship_city: "Rome", ship_zip_postal_code: "1" };
  const people = { customer_id: 1, employee_id: 1, shipper_id: 1, order_date: "2024-01-15T10:30:00" };
  return made("/api/orders", { ...people, ...address, ship_country_region: "Italy", order_details });
}

async function done(id: number, action: string, body?: object): Promise<void> {
  const reply = await api.call("POST", `/api/orders/${id}/${action}`, body && { body });
  expect([reply.status, reply.body.errors]).toEqual([200, undefined]);
}

const get = async (path: string) => {
  const { status, body } = await api.call("GET", path);
  return { status, ...Object(body) };
};

describe("GET /api/orders/{id}/shipments", () => {
  test("200 with each shipment and what is in it; none for an order of which nothing has left", async () => {
    expect((await get(`/api/orders/${shipped}/shipments`)).data).toEqual([
      {
        ...{ id: 1, order_id: shipped, shipper_id: 2, shipped_date: "2024-03-01T23:30:00", tracking_number: null },
        notes: "fragile",
        shipment_details: [
          {
            ...{ order_detail_id: 1, product_id: tea, product_code: "T-1", product_name: "Tea" },
            ...{ quantity_per_unit: "10 bags", location: "B 2", quantity: "2.0000" },
          },
        ],
      },
      expect.objectContaining({ id: 2, shipper_id: 1, notes: null }),
    ]);
    expect((await get(`/api/orders/${held}/shipments`)).data).toEqual([]);
    expect((await get("/api/orders/2147483647/shipments")).status).toBe(404);
  });
});

describe("GET /api/shipments", () => {
  const idsOf = (data: readonly { readonly id: number }[]) => data.map(({ id }) => id);

  test.each([
    ["", [2, 1]],
    ["?shipped_from=2024-03-02", [2]],
    ["?shipped_to=2024-03-01", [1]],
    ["?shipped_from=2024-03-01&shipped_to=2024-03-02", [2, 1]],
    ["?shipped_from=2024-03-03", []],
    ["?shipper_id=2", [1]],
    ["?shipper_id=1&shipped_to=2024-03-01", []],
  ])("200 %s: %j", async (query, ids) => {
    expect(idsOf((await get(`/api/shipments${query}`)).data)).toEqual(ids);
  });

  test("404 for a shipper that does not exist, who is named; an empty list for one that does", async () => {
    const unknown = await get("/api/shipments?shipper_id=99999");
    expect([unknown.status, unknown.code, unknown.message]).toEqual([404, "not-found", "There is no such shipper."]);
    expect(unknown.errors).toMatchObject([{ parameter: "shipper_id" }]);
    const idle = await api.call("POST", "/api/shippers", { body: { company: "Idle" } });
    expect((await get(`/api/shipments?shipper_id=${Object(idle.body.data).id}`)).data).toEqual([]);
  });

  test("200 page by page; the cursor of another list is refused", async () => {
    const first = await get("/api/shipments?limit=1");
    expect(idsOf(first.data)).toEqual([2]);
    const second = await get(`/api/shipments?limit=1&cursor=${first.page.next_cursor}`);
    expect([idsOf(second.data), second.page.next_cursor]).toEqual([[1], null]);
    const other = await get(`/api/shipments?limit=1&shipper_id=1&cursor=${first.page.next_cursor}`);
    expect([other.status, other.code]).toEqual([400, "bad-query"]);
  });
});

describe("PUT /api/shipments/{id}", () => {
  test("200 writes on it; 412 in another version; 422 for what has left; a dry run stores nothing", async () => {
    const path = "/api/shipments/1";
    const read = await api.call("GET", path);
    const etag = read.headers.get("etag") ?? "";
    const body = { ...Object(read.body.data), tracking_number: "1Z", notes: null };
    const dry = await api.call("PUT", `${path}?dry_run=1`, { body });
    expect(Object(dry.body.data)).toMatchObject({ tracking_number: "1Z", notes: null });
    expect((await get(path)).data).toEqual(read.body.data);
    const put = await api.call("PUT", path, { body, headers: { "if-match": etag } });
    expect([put.status, put.body.data]).toEqual([200, body]);
    const late = await api.call("PUT", path, { body: { notes: "late" }, headers: { "if-match": etag } });
    expect([late.status, late.body.data]).toEqual([412, body]);
    const gone = await api.call("PUT", path, { body: { ...body, shipper_id: 1 } });
    expect([gone.status, gone.body.errors?.[0]]).toMatchObject([422, { pointer: "#/shipper_id", code: "read-only" }]);
    expect((await get(path)).data).toEqual(body);
    expect((await api.call("PUT", "/api/shipments/2147483647", { body: {} })).status).toBe(404);
  });
});

describe("GET /api/pick_list", () => {
  test("200: what orders hold, by location and product, with the sum of each product", async () => {
    const line = (order_detail_id: number, product_id: number, quantity: string) => ({
      ...{ order_id: held, order_detail_id, product_id, quantity },
    });
    const { lines, totals } = (await get(`/api/pick_list?orders=${shipped},${held},2147483647`)).data;
    expect(lines).toMatchObject([line(3, jam, "3.0000"), line(2, tea, "2.0000"), line(4, tea, "1.0000")]);
    expect(totals).toMatchObject([
      { product_id: jam, product_name: "Jam", location: "A 1", quantity: "3.0000" },
      { product_id: tea, product_code: "T-1", location: "B 2", quantity: "3.0000" },
    ]);
  });

  test("200 without orders: nothing is to be picked", async () => {
    expect(await get("/api/pick_list")).toMatchObject({ status: 200, data: { lines: [], totals: [] } });
  });
});
