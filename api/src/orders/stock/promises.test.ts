// When the goods of order details will be there, on both engines, and that it is what the receipts then do.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { dateTime, type Queryable } from "sqlproof";
import { type BothEngines, startBothEngines, startTimeoutMs } from "../../both-engines.ts";
import { promisesOf } from "./promises.ts";

let api: BothEngines;
let supplier_id: number;
beforeAll(async () => {
  api = await startBothEngines();
  supplier_id = await made("/api/suppliers", { company: "Imports" });
}, startTimeoutMs);
afterAll(() => api.stop());

async function made(path: string, body: object): Promise<number> {
  const reply = await api.call("POST", path, { body });
  expect([reply.status, reply.body.errors]).toEqual([201, undefined]);
  return Object(reply.body.data).id;
}

const product = (fields: object = {}) =>
  made("/api/products", {
    product_name: "Tea",
    stocked: true,
    standard_cost: "2",
    supplier_ids: [supplier_id],
    ...fields,
  });
const day = (number: number) => `2031-01-0${number}T00:00:00`;
const order = (product_id: number, quantity: number, ordered: number, fields: object = {}) =>
  made("/api/orders", {
    order_date: `2024-01-0${ordered}T00:00:00`,
    order_details: [{ product_id, quantity }],
    ...fields,
  });
const purchase = (product_id: number, quantity: number, expected_date: string | null) =>
  made("/api/purchase_orders", { supplier_id, expected_date, purchase_order_details: [{ product_id, quantity }] });
async function adjust(product_id: number, quantity: number): Promise<void> {
  const body = { product_id, type: "adjusted", quantity, reason: "Counted" };
  expect((await api.call("POST", "/api/stock/adjustments", { body })).status).toBe(200);
}
/** The promises of an order on the first engine; the call finds that both say the same. */
async function promises(id: number): Promise<(string | null)[]> {
  const { status, body } = await api.call("GET", `/api/orders/${id}?include=promises`);
  expect(status).toBe(200);
  return Object(body.data).order_details.map(({ promised_date: date }: { readonly promised_date: string | null }) =>
    date === null || date.startsWith("2031") ? date : "now",
  );
}

describe("GET /api/orders/{id}?include=promises 200", () => {
  test("what is held is there now; who waits gets the receipts in the order of the allocator", async () => {
    const tea = await product();
    await adjust(tea, 3);
    const held = await order(tea, 3, 9);
    const newer = await order(tea, 4, 3);
    const oldest = await order(tea, 4, 1);
    const middle = await order(tea, 4, 2);
    expect([await promises(held), await promises(oldest)]).toEqual([["now"], [null]]);
    await purchase(tea, 3, day(5));
    const first = await purchase(tea, 6, day(2));
    expect(await promises(oldest)).toEqual([day(2)]);
    expect(await promises(middle)).toEqual([day(5)]);
    expect(await promises(newer)).toEqual([null]);
    // What has no date comes some day, and so does what is late.
    const late = await purchase(tea, 9, null);
    expect(await promises(newer)).toEqual([null]);
    await api.call("PUT", `/api/purchase_orders/${late}`, { body: { expected_date: "2020-01-01T00:00:00" } });
    expect([await promises(oldest), await promises(newer)]).toEqual([[day(2)], [null]]);
    await api.call("PUT", `/api/purchase_orders/${late}`, { body: { expected_date: null } });
    // It comes as promised.
    for (const action of ["submit", "approve", "receive"]) {
      const body = action === "receive" ? { body: {} } : {};
      expect((await api.call("POST", `/api/purchase_orders/${first}/${action}`, body)).status).toBe(200);
    }
    expect(await promises(oldest)).toEqual(["now"]);
    expect(await promises(middle)).toEqual([day(5)]);
    expect((await api.call("POST", `/api/orders/${middle}/cancel`)).status).toBe(200);
    expect(await promises(middle)).toEqual([null]);
    // It got what the cancelled one held, and waits for the rest.
    expect(await promises(newer)).toEqual([day(5)]);
  });

  test("what was bought for a detail comes to it first, and what is left to the oldest", async () => {
    const tea = await product();
    const oldest = await order(tea, 4, 1);
    const id = await order(tea, 4, 2);
    const reply = await api.call("POST", `/api/orders/${id}/purchase`, { body: {} });
    const [{ purchase_order_id: bought }] = Object(reply.body.data).order_details;
    await api.call("PUT", `/api/purchase_orders/${bought}`, { body: { expected_date: day(3) } });
    expect([await promises(oldest), await promises(id)]).toEqual([[null], [day(3)]]);
    await purchase(tea, 3, day(2));
    expect([await promises(oldest), await promises(id)]).toEqual([[null], [day(3)]]);
    await purchase(tea, 1, day(4));
    expect([await promises(oldest), await promises(id)]).toEqual([[day(4)], [day(3)]]);
  });

  test("what is available but not held, and what no stock is kept of, is there now; what is shipped is not promised", async () => {
    const tea = await product();
    const asks = await order(tea, 2, 1, { shipping_policy: "ask" });
    await adjust(tea, 2);
    const idea = await made("/api/products", { product_name: "Idea" });
    const other = await order(idea, 1, 1);
    expect([await promises(asks), await promises(other)]).toEqual([["now"], ["now"]]);
    const shipped = { status_id: 1, order_details: undefined };
    const ready = { customer_id: await made("/api/customers", { company: "Cafe" }) };
    const employee_id = await made("/api/employees", { last_name: "Lee" });
    const shipper_id = await made("/api/shippers", { company: "Fast" });
    const address = { ship_name: "C", ship_address: "A", ship_city: "R", ship_zip_postal_code: "1" };
    const sent = { ...ready, employee_id, shipper_id, ...address, ship_country_region: "Italy" };
    for (const status_id of [1, 2])
      expect((await api.call("PUT", `/api/orders/${other}`, { body: { ...sent, ...shipped, status_id } })).status).toBe(
        200,
      );
    expect(await promises(other)).toEqual([null]);
  });

  test("an order is sent back with its promises", async () => {
    const tea = await product();
    const id = await order(tea, 2, 1);
    const { body } = await api.call("GET", `/api/orders/${id}?include=promises,actions`);
    await purchase(tea, 2, day(2));
    expect((await api.call("PUT", `/api/orders/${id}`, { body: Object(body.data) })).status).toBe(200);
    expect(
      Object((await api.call("GET", `/api/orders/${id}?include=details`)).body.data).order_details[0],
    ).not.toHaveProperty("promised_date");
  });
});

describe("GET /api/stock/{product_id}/promise", () => {
  async function promised(product_id: number, query: string): Promise<string | null> {
    const { status, body } = await api.call("GET", `/api/stock/${product_id}/promise?${query}`);
    expect([status, body.errors]).toEqual([200, undefined]);
    const { promised_date: date } = Object(body.data);
    return date === null || date.startsWith("2031") ? date : "now";
  }

  test("200: whoever asks now comes after all who wait, and gets what they leave", async () => {
    const tea = await product();
    await adjust(tea, 5);
    expect([await promised(tea, "quantity=5"), await promised(tea, "quantity=5.5")]).toEqual(["now", null]);
    await purchase(tea, 3, day(2));
    expect([await promised(tea, "quantity=8"), await promised(tea, "quantity=8.0001")]).toEqual([day(2), null]);
    await order(tea, 7, 1);
    expect([await promised(tea, "quantity=1"), await promised(tea, "quantity=2")]).toEqual([day(2), null]);
    await purchase(tea, 9, day(4));
    expect(await promised(tea, "quantity=2")).toBe(day(4));
    // What has no date comes some day; without a quantity it is one.
    await purchase(tea, 20, null);
    expect([await promised(tea, "quantity=11"), await promised(tea, "")]).toEqual([null, day(2)]);
  });

  test("200: a detail that waits keeps its place, for as much as it would wait for", async () => {
    const tea = await product();
    const id = await order(tea, 3, 1);
    await order(tea, 5, 2);
    await purchase(tea, 4, day(2));
    await purchase(tea, 6, day(5));
    const { body } = await api.call("GET", `/api/orders/${id}?include=details`);
    const [{ id: detail }] = Object(body.data).order_details;
    const wants = (quantity: number) => promised(tea, `quantity=${quantity}&order_detail_id=${detail}`);
    expect([await wants(3), await wants(4), await wants(5), await wants(10), await wants(11)]).toEqual([
      ...[day(2), day(2), day(5), day(5), null],
    ]);
    expect(await promised(tea, "quantity=3")).toBe(null);
    // It is the place of that detail only among those who wait for this product.
    expect(await promised(await product(), `quantity=1&order_detail_id=${detail}`)).toBe(null);
  });

  test("404 and 400: a product whose stock is not kept, and what is no quantity", async () => {
    const idea = await made("/api/products", { product_name: "Idea" });
    for (const id of [idea, 999_999])
      expect((await api.call("GET", `/api/stock/${id}/promise?quantity=1`)).status).toBe(404);
    const tea = await product();
    for (const query of ["quantity=0", "quantity=-1", "quantity=x", "quantity=0.00001", "order_detail_id=-1"])
      expect([query, (await api.call("GET", `/api/stock/${tea}/promise?${query}`)).status]).toEqual([query, 400]);
  });
});

test("an order of which nothing waits is not looked up", async () => {
  const read = () => Promise.reject(new Error("something was read"));
  const db: Queryable = { engine: "sqlite", all: read, maybe: read, one: read, run: read, runMany: read };
  const now = dateTime("2024-05-01T12:00:00");
  const held = { product_id: 1, quantity: "5.0000", allocated: "3.0000", shipped: "2.0000", invoiced: "2.0000" };
  const order = (status_id: number, more: object = {}) =>
    promisesOf(db, Object({ row: { status_id }, details: [{ id: 7, returned: "0.0000", ...held, ...more }] }), now);
  expect([...(await order(0))]).toEqual([[7, now]]);
  expect([...(await order(1, { allocated: "0.0000", shipped: "5.0000" }))]).toEqual([[7, null]]);
  expect([...(await order(2, { allocated: "0.0000" }))]).toEqual([]);
  expect(order(0, { allocated: "0.0000" })).rejects.toThrow("something was read");
});
