import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { sql } from "northwind-schema/sql";
import { type BothEngines, startBothEngines, startTimeoutMs } from "../both-engines.ts";

let api: BothEngines;

/** Customer 1, employee 1, shipper 1 and product 1 are there for every test. */
beforeAll(async () => {
  api = await startBothEngines();
  const make = (path: string, body: object) => api.call("POST", path, { body });
  await make("/api/customers", { company: "Vinhandel" });
  await make("/api/employees", { first_name: "Nancy" });
  await make("/api/shippers", { company: "Fragt" });
  await make("/api/products", { product_name: "Tea", list_price: "18.00" });
}, startTimeoutMs);
afterAll(() => api.stop());

const date = "2024-01-15T10:30:00";
const order_details = [{ product_id: 1, quantity: 1 }];
const address = {
  ship_name: "Ana",
  ship_address: "Gade 1",
  ship_city: "Aarhus",
  ship_zip_postal_code: "8000",
  ship_country_region: "Denmark",
};
/** All that an order needs before it can be shipped. */
const complete = { customer_id: 1, employee_id: 1, shipper_id: 1, ...address, order_details };

async function newOrder(fields: object): Promise<number> {
  const { status, body } = await api.call("POST", "/api/orders", { body: { order_date: date, ...fields } });
  expect(status).toBe(201);
  return idOf(body.data);
}

function idOf(data: unknown): number {
  if (typeof data === "object" && data !== null && "id" in data && typeof data.id === "number") return data.id;
  throw new Error("no id");
}

interface Reply {
  readonly status: number;
  readonly etag: string | null;
  readonly places: readonly (string | undefined)[];
  readonly data: unknown;
}

async function call(method: string, path: string, body: object, headers: Record<string, string> = {}): Promise<Reply> {
  const reply = await api.call(method, path, { body, headers });
  const places = (reply.body.errors ?? []).map(({ pointer, code }) => `${pointer} ${code}`);
  return { status: reply.status, etag: reply.headers.get("etag"), places, data: reply.body.data };
}

const put = (id: number, body: object) => call("PUT", `/api/orders/${id}`, body);
const putBack = (id: number, body: object = {}, headers: Record<string, string> = {}) =>
  call("POST", `/api/orders/${id}/put-back`, body, headers);
const stored = async (id: number) => (await api.call("GET", `/api/orders/${id}`)).body.data;

describe("PUT /api/orders/{id}, a step forward", () => {
  test("409: every unmet condition of the status is named at once, and nothing is written", async () => {
    const id = await newOrder({ order_details });
    const missing = ["customer_id", "employee_id", "shipper_id", ...Object.keys(address)];
    const state = (fields: readonly string[]) => fields.map((field) => `#/${field} state`);
    expect(await put(id, { status_id: 1, notes: "no" })).toMatchObject({ status: 409, places: state(missing) });
    expect((await put(id, { status_id: 3 })).places).toEqual(state([...missing, "payment_type", "paid_date"]));
    expect(await stored(id)).toMatchObject({ status_id: 0, notes: null });
  });

  test("409: an address without a city is not complete, and a state or province is never demanded", async () => {
    const id = await newOrder({ ...complete, ship_city: null });
    expect((await put(id, { status_id: 1 })).places).toEqual(["#/ship_city state"]);
    expect((await put(id, { status_id: 1, ship_city: "Aarhus" })).status).toBe(200);
  });

  test("409: the details cannot be removed in the same write", async () => {
    const id = await newOrder(complete);
    expect((await put(id, { status_id: 1, order_details: [] })).places).toEqual(["#/order_details state"]);
  });

  test("200: with what it needs, and one without details goes on as old clients let it", async () => {
    const id = await newOrder(complete);
    for (const status_id of [1, 2]) expect((await put(id, { status_id })).status).toBe(200);
    expect((await put(id, { status_id: 3, payment_type: "Check", paid_date: date })).status).toBe(200);
    const bare = await newOrder({});
    expect((await put(bare, { status_id: 3 })).status).toBe(200);
  });

  test("409: an order whose details were removed is none without details", async () => {
    const id = await newOrder({ order_details });
    expect((await put(id, { order_details: [] })).status).toBe(200);
    const missing = ["customer_id", "employee_id", "shipper_id", ...Object.keys(address), "order_details"];
    expect((await put(id, { status_id: 1 })).places).toEqual(missing.map((field) => `#/${field} state`));
  });

  test("409: what the status needed stays, also in a correction; what an old order lacked may be lacking", async () => {
    const id = await newOrder(complete);
    expect((await put(id, { status_id: 1 })).status).toBe(200);
    expect((await put(id, { shipper_id: null, ship_city: null })).places).toEqual([
      ...["#/shipper_id state", "#/ship_city state"],
    ]);
    expect((await put(id, { status_id: 3, payment_type: "Check", paid_date: date })).status).toBe(200);
    const emptied = { shipper_id: null, payment_type: null, paid_date: null, correction_reason: "Wrong" };
    expect((await put(id, emptied)).places).toEqual([
      ...["#/shipper_id state", "#/payment_type state", "#/paid_date state"],
    ]);
    expect((await put(id, { payment_type: "Card", correction_reason: "Wrong" })).status).toBe(200);
    const bare = await newOrder({});
    expect((await put(bare, { status_id: 3, payment_type: "Check" })).status).toBe(200);
    expect((await put(bare, { payment_type: null, correction_reason: "Wrong" })).status).toBe(200);
  });
});

describe("POST /api/orders/{id}/put-back", () => {
  test("200: the newest change is put back, the status too, and the history says so", async () => {
    const id = await newOrder(complete);
    const step = await put(id, { status_id: 2, shipped_date: date });
    const reply = await putBack(id, {}, { "if-match": step.etag ?? "" });
    expect(reply).toMatchObject({ status: 200, data: { status_id: 0, shipped_date: null } });
    expect(await stored(id)).toMatchObject({ status_id: 0, shipped_date: null });
    for (const { url } of api.servers)
      expect(await (await fetch(`${url}/api/orders/${id}/history`)).json()).toMatchObject({
        data: [
          { action: "create" },
          { action: "update", after: { status_id: 2 } },
          { action: "update", before: { status_id: 2 }, after: { status_id: 0, shipped_date: null } },
        ],
      });
    expect(await put(id, { customer_id: 1, order_details: [] })).toMatchObject({ status: 200 });
  });

  test("200: a shipping policy, which an answer does not show", async () => {
    const id = await newOrder(complete);
    for (const shipping_policy of ["ask", "complete"]) await put(id, { shipping_policy });
    expect((await putBack(id, { sequence: 3 })).status).toBe(200);
    expect((await putBack(id, { sequence: 3 })).status).toBe(409);
    expect((await putBack(id, { sequence: 2 })).status).toBe(200);
  });

  test("200: an older change, by its sequence, while others have changed other fields", async () => {
    const id = await newOrder({ ...complete, tax_rate: "0.1", tax_status_id: 1 });
    await put(id, { notes: "Ring", tax_rate: "0.25" });
    await put(id, { ship_city: "Odense" });
    expect((await putBack(id, { sequence: 2 })).status).toBe(200);
    expect(await stored(id)).toMatchObject({ notes: null, tax_rate: 0.1, taxes: "1.8000", ship_city: "Odense" });
  });

  test("409: what has changed since, what was created, lines, and nothing at all", async () => {
    const id = await newOrder(complete);
    await put(id, { notes: "One", ship_name: "Bo" });
    await put(id, { notes: "Two" });
    expect(await putBack(id, { sequence: 2 })).toMatchObject({ status: 409, places: ["#/notes state"] });
    expect((await putBack(id, { sequence: 1 })).status).toBe(409);
    await put(id, { order_details: [...order_details, ...order_details] });
    expect((await putBack(id)).places).toEqual(["#/order_details state"]);
    await put(id, {});
    expect((await putBack(id)).status).toBe(409);
    expect(await stored(id)).toMatchObject({ notes: "Two", ship_name: "Bo" });
  });

  test("200: the invoice of an order that is new again is void, and the next one counts", async () => {
    const id = await newOrder(complete);
    await put(id, { status_id: 1 });
    expect(await putBack(id)).toMatchObject({ status: 200, data: { status_id: 0 } });
    await put(id, { status_id: 1 });
    await api.onDatabases(async (database) => {
      const invoices = await database.all(invoicesOfOrder, { order_id: id });
      expect(invoices).toMatchObject([
        { amount_due: "18.0000", is_void: 1 },
        { amount_due: "18.0000", is_void: 0 },
      ]);
    });
  });

  test("409: put back once more, a step demands again what it needs", async () => {
    const id = await newOrder(complete);
    await put(id, { status_id: 1 });
    await putBack(id);
    await put(id, { shipper_id: null });
    expect((await putBack(id, { sequence: 3 })).places).toEqual(["#/shipper_id state"]);
  });

  test("404 and 412: no such order, no such change, another version", async () => {
    const id = await newOrder(complete);
    const { etag } = await put(id, { notes: "One" });
    await put(id, { notes: "Two" });
    expect((await putBack(999_999)).status).toBe(404);
    expect((await putBack(id, { sequence: 99 })).status).toBe(404);
    expect((await putBack(id, {}, { "if-match": etag ?? "" })).status).toBe(412);
  });

  test("200: a dry run puts nothing back, and a repeated key once", async () => {
    const id = await newOrder(complete);
    await put(id, { notes: "One" });
    await put(id, { notes: "Two" });
    expect((await call("POST", `/api/orders/${id}/put-back?dry_run=1`, {})).data).toMatchObject({ notes: "One" });
    expect(await stored(id)).toMatchObject({ notes: "Two" });
    const headers = { "idempotency-key": `put-back-${id}` };
    for (const _ of [1, 2]) expect((await putBack(id, {}, headers)).data).toMatchObject({ notes: "One" });
    expect(await stored(id)).toMatchObject({ notes: "One" });
  });
});

const invoicesOfOrder = sql(`
  SELECT amount_due, CASE WHEN voided_date IS NULL THEN 0 ELSE 1 END AS is_void FROM invoices
  WHERE order_id = :order_id ORDER BY id
`);
