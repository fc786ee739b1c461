import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { type BothEngines, startBothEngines, startTimeoutMs } from "../both-engines.ts";

let api: BothEngines;
/** Shipper 1 and product 1 are there for every test. */
beforeAll(async () => {
  api = await startBothEngines();
  await api.call("POST", "/api/shippers", { body: { company: "Fragt" } });
  await api.call("POST", "/api/products", { body: { product_name: "Tea", list_price: "18" } });
}, startTimeoutMs);
afterAll(() => api.stop());

const order_date = "2024-01-15T10:30:00";

async function call(method: string, path: string, body?: object) {
  const reply = await api.call(method, path, body === undefined ? {} : { body });
  const issues = (reply.body.errors ?? []).map(({ pointer, code }) => `${pointer} ${code}`);
  return { status: reply.status, issues, data: reply.body.data, location: reply.headers.get("location") ?? "" };
}

/** An order of this status, which had no details when it moved on. */
async function orderIn(status_id: number): Promise<string> {
  const { location } = await call("POST", "/api/orders", { order_date, shipping_fee: "5" });
  if (status_id > 0) expect(await call("PUT", location, { status_id })).toMatchObject({ status: 200 });
  return location;
}

describe("POST /api/orders", () => {
  test.each([1, 2, 3])("422 not-new: no order is made with status %d, also in a dry run", async (status_id) => {
    for (const query of ["", "?dry_run=1"]) {
      const { status, issues } = await call("POST", `/api/orders${query}`, { order_date, status_id });
      expect([status, issues]).toEqual([422, ["#/status_id not-new"]]);
    }
  });

  test("422: with every other issue at once", async () => {
    const body = { order_date, status_id: 3, shipper_id: 99, shipped_date: "2024-01-14T00:00:00" };
    const { issues } = await call("POST", "/api/orders", body);
    expect(issues).toEqual(["#/shipper_id reference", "#/status_id not-new", "#/shipped_date rule"]);
  });

  test.each([0, null])("201: with status %p it is new", async (status_id) => {
    expect((await call("POST", "/api/orders", { order_date, status_id })).status).toBe(201);
  });
});

describe("PUT /api/orders/{id} of a closed order", () => {
  const money = { shipping_fee: "9", taxes: "1", tax_rate: "0.1", tax_status_id: 1, payment_type: "Check" };
  const dates = { order_date: "2024-01-16T00:00:00", shipped_date: order_date, paid_date: order_date };
  const delivery = { shipper_id: 1, ship_name: "N", ship_address: "A", ship_city: "C", ship_state_province: "S" };
  const rest = { ship_zip_postal_code: "1", ship_country_region: "Denmark" };
  const everything = { ...money, ...delivery, ...rest, ...dates, shipped_date: "2024-01-16T00:00:00" };

  test("409 for every field but the notes, each named, and nothing is written", async () => {
    const path = await orderIn(3);
    const before = (await call("GET", path)).data;
    const { status, issues } = await call("PUT", path, { ...everything, notes: "never" });
    expect([status, issues.toSorted()]).toEqual([
      409,
      Object.keys(everything)
        .map((field) => `#/${field} state`)
        .toSorted(),
    ]);
    expect((await call("GET", path)).data).toEqual(before);
    expect(await call("PUT", path, { notes: "a note" })).toMatchObject({ status: 200, data: { notes: "a note" } });
  });

  test("200 for what it has already, as an old client sends it back", async () => {
    const path = await orderIn(3);
    const { id: _, ...fields } = Object((await call("GET", path)).data);
    expect((await call("PUT", path, fields)).status).toBe(200);
  });

  test("200 for a correction, and the history keeps the reason", async () => {
    const path = await orderIn(3);
    const corrected = await call("PUT", path, { ...everything, correction_reason: "Fee was agreed otherwise" });
    expect(corrected).toMatchObject({ status: 200, data: { shipping_fee: "9.0000", status_id: 3 } });
    await call("PUT", path, { notes: "later" });
    for (const { url } of api.servers) {
      const { data } = Object(await (await fetch(`${url}${path}/history`)).json());
      expect(data.slice(-2)).toMatchObject([
        { before: { shipping_fee: "5.0000" }, after: { correction_reason: "Fee was agreed otherwise" } },
        { before: { correction_reason: "Fee was agreed otherwise" }, after: { notes: "later" } },
      ]);
      expect(data.at(-2).before).not.toHaveProperty("correction_reason");
    }
    expect(Object.keys(Object((await call("GET", path)).data))).toHaveLength(20);
  });

  test("409: a correction changes neither status, customer, employee nor details", async () => {
    const path = await orderIn(3);
    const order_details = [{ product_id: 1, quantity: 1 }];
    const body = { shipping_fee: "1", status_id: 2, order_details, correction_reason: "no" };
    const { status, issues } = await call("PUT", path, body);
    expect([status, issues]).toEqual([409, ["#/status_id state", "#/order_details state"]]);
  });

  test("409: a reason beside nothing but what is locked names the lock", async () => {
    const path = await orderIn(3);
    const reply = await call("PUT", path, { status_id: 2, correction_reason: "why" });
    expect([reply.status, reply.issues]).toEqual([409, ["#/status_id state"]]);
  });

  test("422 correction: of an order that is not closed, of nothing, and without words", async () => {
    const refused = [422, ["#/correction_reason correction"]];
    for (const status of [0, 1, 2]) {
      const reply = await call("PUT", await orderIn(status), { shipping_fee: "1", correction_reason: "why" });
      expect([reply.status, reply.issues]).toEqual(refused);
    }
    const path = await orderIn(3);
    for (const body of [{}, { notes: "x" }, { shipping_fee: "5.0" }]) {
      const reply = await call("PUT", path, { ...body, correction_reason: "why" });
      expect([reply.status, reply.issues]).toEqual(refused);
    }
    const blank = await call("PUT", path, { shipping_fee: "1", correction_reason: " " });
    expect([blank.status, blank.issues]).toEqual([422, ["#/correction_reason text"]]);
  });

  test("200: closing it may set its last fields, and a step put back opens it again", async () => {
    const path = await orderIn(2);
    expect((await call("PUT", path, { status_id: 3, paid_date: order_date, payment_type: "Cash" })).status).toBe(200);
    expect((await call("PUT", path, { payment_type: "Check" })).status).toBe(409);
    expect((await call("POST", `${path}/put-back`, {})).status).toBe(200);
    expect((await call("PUT", path, { payment_type: "Check" })).status).toBe(200);
  });
});

describe("GET /api/orders?include=changeable", () => {
  test("200: what may still change, by the status", async () => {
    const changeable = async (status: number) => {
      const { data } = await call("GET", `${await orderIn(status)}?include=changeable`);
      return Object(data).changeable;
    };
    const isNew = await changeable(0);
    expect(isNew).toMatchObject({ with_reason: [], next_statuses: [1, 2, 3], delete: true });
    expect(isNew.fields).toContain("order_details");
    const invoiced = await changeable(1);
    expect(invoiced).toMatchObject({ with_reason: [], next_statuses: [2, 3], delete: true });
    for (const field of ["customer_id", "employee_id", "order_details"]) expect(invoiced.fields).not.toContain(field);
    expect(await changeable(2)).toMatchObject({ next_statuses: [3], delete: false });
    const closed = await changeable(3);
    expect(closed).toMatchObject({ fields: ["notes"], next_statuses: [], delete: false });
    expect(closed.with_reason).toContain("shipping_fee");
    expect(new Set([...closed.fields, ...closed.with_reason]).size).toBe(invoiced.fields.length);
    const { data } = await call("GET", "/api/orders?limit=1&include=changeable,totals");
    expect(data).toMatchObject([{ subtotal: "0.0000", changeable: { fields: ["notes"] } }]);
  });
});

test("PUT /api/orders/{id} 409: a cancelled order does not change, and no status is written that an action gives", async () => {
  const location = await orderIn(0);
  const put = async (body: object) => {
    const reply = await api.call("PUT", location, { body });
    return [reply.status, ...(reply.body.errors ?? []).map(({ message }) => message)];
  };
  const cancel = "Is no status to write: cancel the order with POST /api/orders/{id}/cancel.";
  expect(await put({ status_id: 4 })).toEqual([409, cancel]);
  expect((await call("POST", `${location}/cancel`)).status).toBe(200);
  const twice = await api.call("POST", `${location}/cancel`);
  expect(twice.body.errors).toEqual([
    { pointer: "#/status_id", code: "state", message: "It is cancelled already. There is nothing to do." },
  ]);
  const over = "The order is cancelled. Reopen it to change it.";
  const forward = "An order only moves forward: New, Invoiced, Shipped, Closed.";
  const details = { order_details: [{ product_id: 1, quantity: 1 }] };
  expect(await put({ ship_city: "Rome", ...details })).toEqual([409, over, over]);
  expect(await put({ status_id: 0 })).toEqual([409, `${forward} Reopen it with POST /api/orders/{id}/reopen.`]);
  expect(await put({ status_id: 2 })).toEqual([409, forward]);
});
