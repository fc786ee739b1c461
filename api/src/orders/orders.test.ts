import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { sql } from "northwind-schema/sql";
import { type Database, dateTime } from "sqlproof";
import { type BothEngines, startBothEngines, startTimeoutMs } from "../both-engines.ts";

let api: BothEngines;

/** Fixed rows every test may refer to: customers 1-3, employees 1-2, shippers 1-2, products 1-3. */
beforeAll(async () => {
  api = await startBothEngines({ allowImport: true });
  const make = (path: string, body: object) => api.call("POST", path, { body });
  await make("/api/customers", { company: "Bäckerei Süß", first_name: "Ana", last_name: "O’Donnell" });
  await make("/api/customers", { company: "Café 50%_off", first_name: "Bo" });
  await make("/api/customers", { company: "Third" });
  await make("/api/employees", { first_name: "Nancy", last_name: "Freehafer" });
  await make("/api/employees", { first_name: "Andrew" });
  await make("/api/shippers", { company: "Shipping A" });
  await make("/api/shippers", { company: "Shipping B" });
  await make("/api/products", { product_name: "Tea", list_price: "18.00" });
  await make("/api/products", { product_name: "Jam", list_price: "0.3333" });
  await make("/api/products", { product_name: "Oil", list_price: 21.35 });
}, startTimeoutMs);
afterAll(() => api.stop());

const date = "2024-01-15T10:30:00";

async function newOrder(fields: object = {}): Promise<number> {
  const { status, body } = await api.call("POST", "/api/orders", { body: { order_date: date, ...fields } });
  expect([status, body.message]).toEqual([201, "Order created"]);
  return idOf(body.data);
}

function idOf(data: unknown): number {
  if (typeof data === "object" && data !== null && "id" in data && typeof data.id === "number") return data.id;
  throw new Error("no id");
}

function dataOf(body: unknown): unknown {
  return typeof body === "object" && body !== null && "data" in body ? body.data : null;
}

function idsOf(data: unknown): number[] {
  return Array.isArray(data) ? data.map(idOf) : [];
}

/** `[pointer, code]` of every issue named. */
async function issuesOf(method: string, path: string, body: unknown): Promise<unknown> {
  const reply = await api.call(method, path, { body });
  return [reply.status, ...(reply.body.errors ?? []).map(({ pointer, code }) => `${pointer} ${code}`)];
}

describe("POST /api/orders", () => {
  test("201: the number of a deleted order is not given again", async () => {
    const numbers: string[] = [];
    for (let time = 0; time < 2; time += 1) {
      const { headers } = await api.call("POST", "/api/orders", { body: { order_date: date } });
      const path = headers.get("location") ?? "";
      expect((await api.call("DELETE", path)).status).toBe(200);
      numbers.push(path);
    }
    expect(new Set(numbers).size).toBe(2);
  });

  test("201: the twenty fields in the order of the original, what was not given has its default", async () => {
    const reply = await api.call("POST", "/api/orders/", { body: { order_date: date, customer_id: 1 } });
    expect(reply.status).toBe(201);
    expect(reply.headers.get("location")).toBe(`/api/orders/${idOf(reply.body.data)}`);
    expect(reply.text).toMatch(
      /"data":\{"id":\d+,"employee_id":null,"customer_id":1,"order_date":"2024-01-15T10:30:00","shipped_date":null,"shipper_id":null,"ship_name":null,"ship_address":null,"ship_city":null,"ship_state_province":null,"ship_zip_postal_code":null,"ship_country_region":null,"shipping_fee":"0.0000","taxes":"0.0000","payment_type":null,"paid_date":null,"notes":null,"tax_rate":0,"tax_status_id":null,"status_id":0\}\}$/,
    );
  });

  test("201: an empty object is an order of this moment", async () => {
    for (const { url } of api.servers) {
      const body = await (
        await fetch(`${url}/api/orders`, {
          method: "POST",
          body: "{}",
          headers: { "content-type": "application/json" },
        })
      ).json();
      expect(body).toMatchObject({
        success: true,
        data: { order_date: expect.stringMatching(/^20\d\d-/), status_id: 0 },
      });
    }
  });

  test("201: amounts as text or as numbers come back exactly, with four places", async () => {
    const { body } = await api.call("POST", "/api/orders", {
      body: `{"order_date":"${date}","shipping_fee":32.38,"taxes":"922337203685445.1907","tax_rate":0.0825}`,
    });
    expect(body.data).toMatchObject({ shipping_fee: "32.3800", taxes: "922337203685445.1907", tax_rate: 0.0825 });
  });

  test("201: merely odd text is stored and returned unchanged", async () => {
    for (const odd of [
      "O'Brien",
      "'; DROP TABLE orders; --",
      "🧀 Käse",
      "مرحبا",
      "e\u0301",
      "=1+1",
      "<b>",
      " x ",
      "",
      "%_\\",
    ]) {
      const id = await newOrder({ ship_name: odd, notes: `${odd}\n\t${odd}` });
      const { body } = await api.call("GET", `/api/orders/${id}`);
      expect(body.data).toMatchObject({ ship_name: odd, notes: `${odd}\n\t${odd}` });
    }
  });

  test("201: with details the order has extended prices, subtotal and total; the price is the list price", async () => {
    const order_details = [
      { product_id: 1, quantity: "2", discount: "0.1" },
      { product_id: 2, quantity: 3 },
      { product_id: 3, quantity: 1.5, unit_price: "10" },
    ];
    const { body } = await api.call("POST", "/api/orders", {
      body: { order_date: date, shipping_fee: "5", taxes: 1, order_details },
    });
    expect(body.data).toMatchObject({
      subtotal: "48.4000",
      order_total: "54.4000",
      order_details: [
        {
          product_id: 1,
          quantity: "2.0000",
          unit_price: "18.0000",
          discount: "0.1000",
          extended_price: "32.4000",
          status_id: 0,
        },
        { product_id: 2, unit_price: "0.3333", extended_price: "1.0000" },
        { product_id: 3, unit_price: "10.0000", extended_price: "15.0000" },
      ],
    });
  });

  test("201: a taxable order without taxes gets them from its details; given taxes stay", async () => {
    const body = {
      order_date: date,
      tax_status_id: 1,
      tax_rate: "0.0825",
      order_details: [{ product_id: 1, quantity: 1 }],
    };
    const computed = await api.call("POST", "/api/orders", { body });
    expect(computed.body.data).toMatchObject({ taxes: "1.4900", order_total: "19.4900" });
    const given = await api.call("POST", "/api/orders", { body: { ...body, taxes: "2" } });
    expect(given.body.data).toMatchObject({ taxes: "2.0000", order_total: "20.0000" });
  });

  test("201: a rate has six places, and zeros after the last place change nothing", async () => {
    const order_details = [{ product_id: 1, quantity: "1.00000", unit_price: "7650.0000000" }];
    for (const [tax_rate, taxes] of [
      ["0.08425", "644.5100"],
      ["0.0887500", "678.9400"],
      [0.066_25, "506.8100"],
    ]) {
      const body = { order_date: date, shipping_fee: "0.00010", tax_status_id: 1, tax_rate, order_details };
      const { body: made } = await api.call("POST", "/api/orders", { body });
      expect(made.data).toMatchObject({ tax_rate: Number(tax_rate), taxes, shipping_fee: "0.0001" });
    }
    const body = `{"order_date":"${date}","tax_rate":0.08425000000000000000,"shipping_fee":1.50000000000000000000}`;
    const { body: made } = await api.call("POST", "/api/orders", { body });
    expect(made.data).toMatchObject({ tax_rate: 0.084_25, shipping_fee: "1.5000" });
    expect(await issuesOf("POST", "/api/orders", { tax_rate: "0.0000001" })).toEqual([422, "#/tax_rate scale"]);
  });

  test("422: every issue of the body is named, each at its place", async () => {
    const body = {
      id: 7,
      customer_id: "1",
      shipping_fee: "1.00005",
      taxes: "1e3",
      tax_rate: "-1",
      order_date: "2024-02-30T00:00:00",
      shipped_date: "1899-12-31T23:59:59",
      ship_name: "a\u0000b",
      ship_city: "x".repeat(51),
      nonsense: 1,
      order_details: [{ product_id: 1 }, { product_id: 1, quantity: -1, discount: "1.0001", extended_price: "1" }],
    };
    expect(await issuesOf("POST", "/api/orders", body)).toEqual([
      422,
      "#/customer_id type",
      "#/order_date date-format",
      "#/shipped_date range",
      "#/ship_name text",
      "#/ship_city text",
      "#/shipping_fee scale",
      "#/taxes decimal-format",
      "#/tax_rate range",
      "#/order_details/0/quantity required",
      "#/order_details/1/quantity range",
      "#/order_details/1/discount range",
      "#/order_details/1/extended_price read-only",
      "#/id read-only",
      "#/nonsense unknown-field",
    ]);
  });

  test("422: references that point nowhere are named, details included", async () => {
    const body = {
      customer_id: 99,
      employee_id: 99,
      shipper_id: 99,
      tax_status_id: 2,
      status_id: 9,
      order_details: [{ product_id: 99, quantity: 1 }],
    };
    expect(await issuesOf("POST", "/api/orders", body)).toEqual([
      422,
      "#/customer_id reference",
      "#/employee_id reference",
      "#/shipper_id reference",
      "#/tax_status_id reference",
      "#/status_id reference",
      "#/order_details/0/product_id reference",
    ]);
  });

  test("422: shipped before the day of the order; the same day is fine", async () => {
    const fields = { order_date: date, shipped_date: "2024-01-14T23:00:00" };
    expect(await issuesOf("POST", "/api/orders", fields)).toEqual([422, "#/shipped_date rule"]);
    await newOrder({ shipped_date: "2024-01-15T00:00:00" });
  });

  test("422: a total beyond the largest amount", async () => {
    const big = { order_date: date, taxes: "922337203685477.5807", shipping_fee: "0.01" };
    expect(await issuesOf("POST", "/api/orders", big)).toEqual([422, "# range"]);
    const line = { order_details: [{ product_id: 1, quantity: "99999999999", unit_price: "99999999999" }] };
    expect(await issuesOf("POST", "/api/orders", line)).toEqual([422, "#/order_details/0 range", "# range"]);
  });

  test("422: references, dates and amounts that are wrong are named at once, in a new order and in a change", async () => {
    const fees = { taxes: "922337203685477.5807", shipping_fee: "0.01" };
    const fields = { customer_id: 99, order_date: date, shipped_date: "2024-01-14T23:00:00", ...fees };
    const issues = [422, "#/customer_id reference", "#/shipped_date rule", "# range"];
    expect(await issuesOf("POST", "/api/orders", fields)).toEqual(issues);
    const id = await newOrder({});
    expect(await issuesOf("PUT", `/api/orders/${id}`, fields)).toEqual(issues);
  });
});

describe("GET /api/orders/{id}", () => {
  test("200: with and without trailing slash", async () => {
    const id = await newOrder();
    for (const path of [`/api/orders/${id}`, `/api/orders/${id}/`]) {
      const { status, body } = await api.call("GET", path);
      expect([status, body.success, idOf(body.data)]).toEqual([200, true, id]);
    }
  });

  test("200: include adds what was asked for", async () => {
    const id = await newOrder({ customer_id: 1, employee_id: 1 });
    const { body } = await api.call("GET", `/api/orders/${id}?include=details,customer,employee,shipper`);
    expect(body.data).toMatchObject({
      subtotal: "0.0000",
      order_total: "0.0000",
      order_details: [],
      customer: { id: 1, company: "Bäckerei Süß" },
      employee: { id: 1, first_name: "Nancy" },
      shipper: null,
    });
  });

  test("200: the totals alone are those that come with the details", async () => {
    const id = await newOrder({ order_details: [{ product_id: 1, quantity: 2 }], shipping_fee: "3.5" });
    const { body: whole } = await api.call("GET", `/api/orders/${id}?include=details`);
    const { body: lean } = await api.call("GET", `/api/orders/${id}?include=totals`);
    expect(whole.data).toEqual({
      ...Object(lean.data),
      order_details: [expect.objectContaining({ quantity: "2.0000" })],
    });
    expect(lean.data).toMatchObject({ order_total: expect.stringMatching(/^[1-9]/) });
  });

  test("200: many at once, each gets its own", async () => {
    const ids: number[] = [];
    for (let n = 0; n < 20; n += 1) ids.push(await newOrder({ ship_name: `order ${n}` }));
    const asked = [...ids, 999_999, ...ids];
    for (const { url } of api.servers) {
      const replies = await Promise.all(asked.map((id) => fetch(`${url}/api/orders/${id}`)));
      expect(replies.map(({ status }) => status)).toEqual(asked.map((id) => (id === 999_999 ? 404 : 200)));
      const bodies = await Promise.all(replies.filter(({ ok }) => ok).map(async (reply) => dataOf(await reply.json())));
      expect(bodies.map(idOf)).toEqual([...ids, ...ids]);
    }
  });

  test("404: an id that no order has, however large", async () => {
    for (const id of ["0", "999999999", "2147483648", "9223372036854775807"]) {
      const { status, body } = await api.call("GET", `/api/orders/${id}`);
      expect([id, status, body.code, body.success, body.data]).toEqual([id, 404, "not-found", false, null]);
    }
  });

  test("400: an id in another form", async () => {
    for (const id of ["01", "1.0", "1e0", "-1", "+1", "abc", "%00", "%201", "9223372036854775808", "１"]) {
      const { status, body } = await api.call("GET", `/api/orders/${id}`);
      expect([id, status, body.code]).toEqual([id, 400, "bad-id"]);
    }
  });
});

describe("PUT /api/orders/{id}", () => {
  test("200: an absent field stays, null clears, equal values succeed", async () => {
    const id = await newOrder({ customer_id: 1, ship_name: "Ana", ship_city: "Wien", notes: "n" });
    const first = await api.call("PUT", `/api/orders/${id}`, { body: { ship_name: null, ship_city: "Graz" } });
    expect([first.status, first.body.data]).toEqual([
      200,
      expect.objectContaining({ ship_name: null, ship_city: "Graz", notes: "n", customer_id: 1 }),
    ]);
    const second = await api.call("PUT", `/api/orders/${id}/`, { body: { ship_name: null, ship_city: "Graz" } });
    expect([second.status, second.body.data]).toEqual([200, first.body.data]);
    expect((await api.call("PUT", `/api/orders/${id}`, { body: {} })).status).toBe(200);
  });

  test("200: details are changed, added and removed by id, in one step", async () => {
    const order_details = [
      { product_id: 1, quantity: 1 },
      { product_id: 2, quantity: 2 },
    ];
    const created = await api.call("POST", "/api/orders", { body: { order_date: date, order_details } });
    const id = idOf(created.body.data);
    const [first] = detailIds(created.body.data);
    const changed = [
      { id: first, quantity: "4", discount: "0.25" },
      { product_id: 3, quantity: 1 },
    ];
    const { body } = await api.call("PUT", `/api/orders/${id}`, { body: { order_details: changed } });
    expect(body.data).toMatchObject({
      subtotal: "75.3500",
      order_details: [
        {
          id: first,
          product_id: 1,
          quantity: "4.0000",
          unit_price: "18.0000",
          discount: "0.2500",
          extended_price: "54.0000",
        },
        { product_id: 3, unit_price: "21.3500" },
      ],
    });
    const emptied = await api.call("PUT", `/api/orders/${id}`, { body: { order_details: [] } });
    expect(emptied.body.data).toMatchObject({ subtotal: "0.0000", order_details: [] });
  });

  test("200: taxes follow while the order is taxable, and go when it no longer is", async () => {
    const id = await newOrder({ tax_status_id: 1, tax_rate: "0.1", order_details: [{ product_id: 1, quantity: 1 }] });
    const put = async (body: object) => (await api.call("PUT", `/api/orders/${id}`, { body })).body.data;
    expect(await put({ order_details: [{ product_id: 1, quantity: 2 }] })).toMatchObject({ taxes: "3.6000" });
    expect(await put({ ship_city: "Linz" })).toMatchObject({ taxes: "3.6000" });
    expect(await put({ tax_rate: "0.2" })).toMatchObject({ taxes: "7.2000" });
    expect(await put({ taxes: "1" })).toMatchObject({ taxes: "1.0000" });
    expect(await put({ tax_status_id: 0 })).toMatchObject({ taxes: "0.0000" });
  });

  test("404: no such order", async () => {
    const { status, body } = await api.call("PUT", "/api/orders/999999", { body: { ship_city: "Graz" } });
    expect([status, body.code]).toEqual([404, "not-found"]);
  });

  test("422: a detail of another order, the same detail twice, a new detail without product", async () => {
    const other = await api.call("POST", "/api/orders", {
      body: { order_date: date, order_details: [{ product_id: 1, quantity: 1 }] },
    });
    const [foreign] = detailIds(other.body.data);
    const id = await newOrder();
    const body = { order_details: [{ id: foreign }, { quantity: 1 }] };
    expect(await issuesOf("PUT", `/api/orders/${id}`, body)).toEqual([
      422,
      "#/order_details/0/id reference",
      "#/order_details/1/product_id required",
    ]);
    const twice = { order_details: [{ id: foreign }, { id: foreign }] };
    expect(await issuesOf("PUT", `/api/orders/${idOf(other.body.data)}`, twice)).toEqual([
      422,
      "#/order_details/1/id reference",
    ]);
  });

  test("409: status goes only forward, and what is invoiced is locked; nothing is half written", async () => {
    const order_details = [{ product_id: 1, quantity: 1 }];
    const id = await newOrder({ customer_id: 1, employee_id: 1, status_id: 2, order_details });
    const body = { status_id: 0, customer_id: 2, employee_id: 2, order_details: [], ship_city: "never" };
    const reply = await api.call("PUT", `/api/orders/${id}`, { body });
    expect([reply.status, reply.body.code, reply.body.errors?.map(({ pointer }) => pointer)]).toEqual([
      409,
      "state",
      ["#/status_id", "#/customer_id", "#/employee_id", "#/order_details"],
    ]);
    const { body: after } = await api.call("GET", `/api/orders/${id}?include=details`);
    expect(after.data).toMatchObject({ status_id: 2, customer_id: 1, ship_city: null, subtotal: "18.0000" });
    // Writing what is there already changes nothing, so an old client may send an order back as it is.
    const same = { status_id: 2, customer_id: 1, employee_id: 1, paid_date: date, payment_type: "Barter" };
    expect((await api.call("PUT", `/api/orders/${id}`, { body: same })).status).toBe(200);
  });
});

function detailIds(data: unknown): number[] {
  if (typeof data === "object" && data !== null && "order_details" in data) return idsOf(data.order_details);
  return [];
}

describe("DELETE /api/orders/{id}", () => {
  test("200: the order and its details are gone", async () => {
    const id = await newOrder({ order_details: [{ product_id: 1, quantity: 1 }] });
    const { status, body } = await api.call("DELETE", `/api/orders/${id}`);
    expect([status, body]).toEqual([200, { success: true, message: "Order deleted", data: null }]);
    expect((await api.call("GET", `/api/orders/${id}`)).status).toBe(404);
    expect((await api.call("DELETE", `/api/orders/${id}/`)).status).toBe(404);
    await api.onDatabases(async (database) => expect(await detailCount(database, id)).toEqual({ details: 0 }));
  });

  test("409: an invoice and stock movements refer to it, with how many", async () => {
    const id = await newOrder();
    await api.onDatabases(async (database) => {
      await database.run(newInvoice, { order_id: id, invoice_date: dateTime(date) });
      return database.run(newMovement, { customer_order_id: id });
    });
    const { status, body } = await api.call("DELETE", `/api/orders/${id}`);
    expect([status, body.code, body.errors?.map(({ message }) => message)]).toEqual([
      409,
      "in-use",
      ["1 invoice", "1 inventory transaction"],
    ]);
  });

  test("409: a shipped order", async () => {
    const id = await newOrder({ status_id: 2 });
    const { status, body } = await api.call("DELETE", `/api/orders/${id}`);
    expect([status, body.code]).toEqual([409, "state"]);
  });
});

// Last, because writers that collide leave gaps in MariaDB's ids.
describe("many writers of one order", () => {
  test("PUT 200: all succeed, and the details are those of one of them, whole", async () => {
    const id = await newOrder();
    for (const { url } of api.servers) {
      const put = async (quantity: number) => {
        const order_details = Array.from({ length: 3 }, () => ({ product_id: 1, quantity }));
        const body = JSON.stringify({ notes: `${quantity}`, order_details });
        return (
          await fetch(`${url}/api/orders/${id}`, {
            method: "PUT",
            body,
            headers: { "content-type": "application/json" },
          })
        ).status;
      };
      expect(await Promise.all(Array.from({ length: 20 }, (_, n) => put(n + 1)))).toEqual(
        Array.from({ length: 20 }, () => 200),
      );
      const order = dataOf(await (await fetch(`${url}/api/orders/${id}?include=details`)).json());
      expect(order).toMatchObject({ order_details: [{}, {}, {}] });
      const { notes, order_details } = { notes: "", order_details: [], ...(typeof order === "object" ? order : {}) };
      expect(order_details).toMatchObject([1, 2, 3].map(() => ({ quantity: `${notes}.0000` })));
    }
  });
});

const detailCount = (database: Database, id: number) => database.one(countDetails, { order_id: id });
const countDetails = sql(`SELECT COUNT(*) AS details FROM order_details WHERE order_id = :order_id`);
const newInvoice = sql(`INSERT INTO invoices (order_id, invoice_date) VALUES (:order_id, :invoice_date)`);
const newMovement = sql(`
  INSERT INTO inventory_transactions (transaction_type, product_id, quantity, customer_order_id)
  VALUES (3, 1, 1, :customer_order_id)
`);
