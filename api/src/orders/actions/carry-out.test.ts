// The actions on orders and what they do to details, stock and documents, on both engines.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { sql } from "northwind-schema/sql";
import { type BothEngines, startBothEngines, startTimeoutMs } from "../../both-engines.ts";

let api: BothEngines;
let customer_id: number;
const order_date = "2024-01-15T10:30:00";
const sent = {
  ...{ order_date, employee_id: 1, shipper_id: 1, ship_name: "Cafe", ship_address: "Road 1", ship_city: "Rome" },
  ...{ ship_zip_postal_code: "1", ship_country_region: "Italy" },
};

beforeAll(async () => {
  api = await startBothEngines();
  customer_id = await made("/api/customers", { company: "Cafe" });
  await made("/api/employees", { last_name: "Lee" });
  await made("/api/shippers", { company: "Fast" });
  await made("/api/shippers", { company: "Slow" });
}, startTimeoutMs);
afterAll(() => api.stop());

async function made(path: string, body: object): Promise<number> {
  const reply = await api.call("POST", path, { body });
  expect([reply.status, reply.body.errors]).toEqual([201, undefined]);
  return Object(reply.body.data).id;
}

async function product(pieces: number, fields: object = {}): Promise<number> {
  const id = await made("/api/products", { product_name: "Tea", list_price: "2", stocked: true, ...fields });
  if (pieces > 0) await receive(id, pieces);
  return id;
}

async function receive(product_id: number, quantity: number): Promise<void> {
  const body = { product_id, type: "adjusted", quantity, reason: "Delivery" };
  expect((await api.call("POST", "/api/stock/adjustments", { body })).status).toBe(200);
}

async function order(order_details: readonly object[], fields: object = {}) {
  const { status, body } = await api.call("POST", "/api/orders?include=details", {
    body: { ...sent, customer_id, ...fields, order_details },
  });
  expect([status, body.errors]).toEqual([201, undefined]);
  return Object(body.data);
}

async function read(id: number) {
  return Object((await api.call("GET", `/api/orders/${id}?include=details`)).body.data);
}

const act = (id: number, action: string, body?: object, headers: Readonly<Record<string, string>> = {}) =>
  api.call("POST", `/api/orders/${id}/${action}`, { ...(body === undefined ? {} : { body }), headers });

async function done(id: number, action: string, body?: object) {
  const reply = await act(id, action, body);
  expect([reply.status, reply.body.errors]).toEqual([200, undefined]);
  return Object(reply.body.data);
}

const placesOf = ({ status, body }: Awaited<ReturnType<typeof act>>) => [
  status,
  ...(body.errors ?? []).map(({ pointer, code }) => `${pointer} ${code}`),
];

async function invoicesOnShipment(is: boolean) {
  const body = { invoicing_policy: is ? "on-shipment" : "before-shipment" };
  expect((await api.call("PUT", "/api/company", { body })).status).toBe(200);
}

const balance = sql(`SELECT on_hand, allocated, back_ordered FROM product_stock WHERE product_id = :id`);
const entries = sql(`
  SELECT transaction_type, SUM(quantity) AS quantity FROM inventory_transactions WHERE product_id = :id
  GROUP BY transaction_type ORDER BY transaction_type
`);
const invoices = sql(`
  SELECT tax, shipping, amount_due FROM invoices WHERE order_id = :id AND voided_date IS NULL ORDER BY id
`);
const shipments = sql(`
  SELECT s.shipper_id, s.tracking_number, s.shipped_date, d.order_detail_id, d.quantity
  FROM shipments s JOIN shipment_details d ON d.shipment_id = s.id WHERE s.order_id = :id ORDER BY s.id, d.order_detail_id
`);

/** On hand, allocated and back-ordered in whole pieces, after the ledger was found to say the same. */
async function stockOf(id: number): Promise<number[]> {
  let found: number[] = [];
  await api.onDatabases(async (database) => {
    const { on_hand, allocated, back_ordered } = await database.one(balance, { id });
    const sums = new Map(
      (await database.all(entries, { id })).map((row) => [row.transaction_type, Number(row.quantity)]),
    );
    const sum = (type: number) => sums.get(type) ?? 0;
    expect([Number(on_hand), Number(allocated)]).toEqual([sum(1) + sum(5) + sum(6) - sum(2) - sum(4), sum(3) - sum(7)]);
    found = [on_hand, allocated, back_ordered].map(Number);
    return found;
  });
  return found;
}

describe("POST /api/orders/{id}/allocate", () => {
  test("200: a decision of somebody holds what the policy `ask` left open; 409 with what is available then", async () => {
    const tea = await product(3);
    const { id } = await order([{ product_id: tea, quantity: 5 }], { shipping_policy: "ask" });
    expect(await stockOf(tea)).toEqual([3, 0, 5]);
    const { order_details } = await done(id, "allocate", {});
    expect(order_details).toMatchObject([{ allocated: "3.0000", status_id: 5 }]);
    expect(await stockOf(tea)).toEqual([3, 3, 2]);
    const again = await act(id, "allocate", {});
    expect(placesOf(again)).toEqual([409, "#/order_details/0 state"]);
    expect(again.body.errors?.[0]?.message).toStartWith("Still to be allocated: 2, available 0.");
  });

  test("200: only so much of one detail; the policy `complete` takes it as a whole or not at all", async () => {
    const tea = await product(4);
    const { id, order_details } = await order(
      [
        { product_id: tea, quantity: 2 },
        { product_id: tea, quantity: 5 },
      ],
      { shipping_policy: "ask" },
    );
    const [first, second] = order_details;
    const named = await done(id, "allocate", { order_details: [{ id: second.id, quantity: 1 }] });
    expect(named.order_details).toMatchObject([{ allocated: "0.0000" }, { allocated: "1.0000" }]);
    await api.call("PUT", `/api/orders/${id}`, { body: { shipping_policy: "complete" } });
    const whole = await act(id, "allocate", { order_details: [{ id: second.id }] });
    expect(whole.body.errors?.[0]?.message).toStartWith("Still to be allocated: 4, available 3, and its details");
    const all = await done(id, "allocate", { order_details: [{ id: second.id }, { id: first.id }] });
    expect(all.order_details).toMatchObject([{ allocated: "2.0000" }, { allocated: "1.0000" }]);
  });

  test("422 and 409: what is no detail, named twice, 0, a fraction, or more than is open", async () => {
    const tea = await product(4);
    const { id, order_details } = await order([{ product_id: tea, quantity: 2 }], { shipping_policy: "ask" });
    const one = order_details[0].id;
    const listed = [{ id: one, quantity: "0.5" }, { id: one }, { id: 999_999 }];
    expect(placesOf(await act(id, "allocate", { order_details: listed }))).toEqual([
      422,
      "#/order_details/0/quantity rule",
      "#/order_details/1/id reference",
      "#/order_details/2/id reference",
    ]);
    expect(placesOf(await act(id, "allocate", { order_details: [{ id: one, quantity: 0 }] }))[1]).toBe(
      "#/order_details/0/quantity rule",
    );
    expect(placesOf(await act(id, "allocate", { order_details: [{ id: one, quantity: 3 }] }))).toEqual([
      409,
      "#/order_details/0 state",
    ]);
    const empty = { order_details: [] };
    expect(placesOf(await act(id, "allocate", empty))).toEqual([422, "#/order_details rule"]);
    expect(placesOf(await act(id, "release", empty))).toEqual([422, "#/order_details rule", "#/order_details state"]);
    expect(placesOf(await act(id, "ship", empty))).toEqual([422, "#/order_details rule", "#/status_id state"]);
    expect(await stockOf(tea)).toEqual([4, 0, 2]);
  });

  test("422: all that is wrong with the list and all that the order forbids, the list first", async () => {
    const tea = await product(4);
    const { id, order_details } = await order([
      ...[{ product_id: tea, quantity: 2 }],
      ...[{ product_id: tea, quantity: 2 }],
    ]);
    const [one, other] = order_details.map((detail: { readonly id: number }) => detail.id);
    const listed = {
      order_details: [{ id: one, quantity: 3 }, { id: one }, { id: 999_999 }, { id: other, quantity: "9.5" }],
    };
    const reply = await act(id, "release", listed);
    expect([reply.status, ...(reply.body.errors ?? []).map(({ pointer, message }) => `${pointer} ${message}`)]).toEqual(
      [
        422,
        "#/order_details/1/id Is named more than once.",
        "#/order_details/2/id Is no detail of this order.",
        "#/order_details/3/quantity This product is sold in whole pieces only.",
        "#/order_details/0 Must be at most 2, which is allocated.",
        "#/order_details/3 Must be at most 2, which is allocated.",
      ],
    );
    const places = [
      "#/order_details/1/id reference",
      "#/order_details/2/id reference",
      "#/order_details/3/quantity rule",
    ];
    expect(placesOf(await act(id, "allocate", listed))).toEqual([
      ...[422, ...places, "#/order_details/0 state", "#/order_details/3 state"],
    ]);
    await done(id, "cancel");
    const shipped = { order_details: listed.order_details.map((detail) => ({ quantity: 1, ...detail })) };
    expect(placesOf(await act(id, "ship", shipped))).toEqual([
      ...[422, ...places, "#/status_id state", "#/order_details/0 state", "#/order_details/3 state"],
    ]);
  });

  test("a dry run holds nothing; If-Match of another version is refused; a repeated key gets the first answer", async () => {
    const tea = await product(4);
    const { id } = await order([{ product_id: tea, quantity: 2 }], { shipping_policy: "ask" });
    const dry = await act(id, "allocate?dry_run=1", {});
    expect(Object(dry.body.data).order_details).toMatchObject([{ allocated: "2.0000" }]);
    expect(await stockOf(tea)).toEqual([4, 0, 2]);
    expect((await act(id, "allocate", {}, { "if-match": '"7"' })).status).toBe(412);
    const key = { "idempotency-key": "allocated once", "if-match": '"0"' };
    const first = await act(id, "allocate?include=actions", {}, key);
    const second = await act(id, "allocate?include=actions", {}, key);
    expect([first.status, second.status, second.body.data]).toEqual([200, 200, first.body.data]);
    expect(second.headers.get("etag")).toBe('"1"');
    expect(await stockOf(tea)).toEqual([4, 2, 0]);
  });

  test("404 for no order", async () => {
    expect((await act(2_147_483_647, "allocate", {})).status).toBe(404);
  });
});

describe("POST /api/orders/{id}/release", () => {
  test("200: what it held is available, and waits for a decision", async () => {
    const tea = await product(4);
    const { id, order_details } = await order([{ product_id: tea, quantity: 4 }]);
    const some = await done(id, "release", { order_details: [{ id: order_details[0].id, quantity: 1 }] });
    expect(some.order_details).toMatchObject([{ allocated: "3.0000", status_id: 0, date_allocated: null }]);
    const beyond = { order_details: [{ id: order_details[0].id, quantity: 4 }] };
    expect(placesOf(await act(id, "release", beyond))).toEqual([409, "#/order_details/0 state"]);
    await done(id, "release", {});
    expect(await stockOf(tea)).toEqual([4, 0, 4]);
    expect(placesOf(await act(id, "release", {}))).toEqual([409, "#/order_details state"]);
  });
});

describe("POST /api/orders/{id}/invoice", () => {
  test("409 with everything that lacks at once; 200 writes the invoice", async () => {
    const tea = await product(1);
    const { id } = await order([{ product_id: tea, quantity: 2 }], { customer_id: null, ship_city: null });
    expect(placesOf(await act(id, "invoice"))).toEqual([
      409,
      "#/customer_id state",
      "#/ship_city state",
      "#/order_details/0 state",
    ]);
    await receive(tea, 1);
    await api.call("PUT", `/api/orders/${id}`, { body: { customer_id, ship_city: "Rome" } });
    expect(await done(id, "invoice")).toMatchObject({ status_id: 1, order_details: [{ invoiced: "2.0000" }] });
    await api.onDatabases(async (database) =>
      expect<unknown>(await database.all(invoices, { id })).toMatchObject([{ amount_due: "4.0000" }]),
    );
    expect(placesOf(await act(id, "invoice"))).toEqual([409, "#/status_id state"]);
  });
});

describe("POST /api/orders/{id}/ship", () => {
  test("409 before the invoice; order 15, ship 10: rest 5, which is shipped later", async () => {
    const tea = await product(15);
    const { id, order_details } = await order([{ product_id: tea, quantity: 15 }]);
    expect(placesOf(await act(id, "ship", {}))).toEqual([409, "#/status_id state"]);
    await done(id, "invoice");
    const part = { order_details: [{ id: order_details[0].id, quantity: 10 }], shipper_id: 2, tracking_number: "X1" };
    expect(await done(id, "ship", part)).toMatchObject({
      ...{ status_id: 1, shipped_date: null, shipper_id: 1 },
      order_details: [{ quantity: "15.0000", shipped: "10.0000", allocated: "5.0000", status_id: 2 }],
    });
    expect(await stockOf(tea)).toEqual([5, 5, 0]);
    const beyond = { order_details: [{ id: order_details[0].id, quantity: 6 }] };
    expect(placesOf(await act(id, "ship", beyond))).toEqual([409, "#/order_details/0 state"]);
    const shipped_date = "2024-02-01T08:00:00";
    expect(await done(id, "ship", { shipped_date })).toMatchObject({
      ...{ status_id: 2, shipped_date },
      order_details: [{ shipped: "15.0000", allocated: "0.0000", status_id: 3 }],
    });
    expect(await stockOf(tea)).toEqual([0, 0, 0]);
    await api.onDatabases(async (database) =>
      expect<unknown>(await database.all(shipments, { id })).toMatchObject([
        { shipper_id: 2, tracking_number: "X1", quantity: "10.0000" },
        { shipper_id: 1, tracking_number: null, quantity: "5.0000", shipped_date },
      ]),
    );
    expect(placesOf(await act(id, "ship", {}))).toEqual([409, "#/status_id state"]);
  });

  test("200: what is not kept in stock goes as well, all of it or a part", async () => {
    const idea = await made("/api/products", { product_name: "Idea", list_price: 1 });
    const { id, order_details } = await order([{ product_id: idea, quantity: "2.5" }]);
    await done(id, "invoice");
    const part = { order_details: [{ id: order_details[0].id, quantity: "0.5" }] };
    expect((await done(id, "ship", part)).order_details).toMatchObject([{ shipped: "0.5000" }]);
    expect(placesOf(await act(id, "cancel"))).toEqual([409, "#/order_details/0 state"]);
    expect(placesOf(await act(id, "reopen"))).toEqual([409, "#/order_details/0 state"]);
    expect(await done(id, "ship", {})).toMatchObject({ status_id: 2, order_details: [{ shipped: "2.5000" }] });
  });

  test("422: a shipper who does not exist, and a date before the order", async () => {
    const idea = await made("/api/products", { product_name: "Idea", list_price: 1 });
    const { id } = await order([{ product_id: idea, quantity: 1 }]);
    await done(id, "invoice");
    const wrong = { shipper_id: 999_999, shipped_date: "2023-01-01T00:00:00" };
    expect(placesOf(await act(id, "ship", wrong))).toEqual([422, "#/shipper_id reference", "#/shipped_date rule"]);
    const foreign = { ...wrong, order_details: [{ id: 999_999, quantity: 1 }] };
    expect(placesOf(await act(id, "ship", foreign))).toEqual([
      ...[422, "#/shipper_id reference", "#/shipped_date rule", "#/order_details/0/id reference"],
    ]);
  });

  test("200: an order that never had details is shipped without papers", async () => {
    const id = await made("/api/orders", { order_date });
    expect(placesOf(await act(id, "ship", { tracking_number: "X" }))).toEqual([409, "#/tracking_number state"]);
    expect(await done(id, "ship", {})).toMatchObject({ status_id: 2, order_details: [] });
  });
});

describe("a company that invoices on shipment", () => {
  beforeAll(() => invoicesOnShipment(true));
  afterAll(() => invoicesOnShipment(false));

  test("order 5, receive 3, ship 3, receive 2: the rest is allocated; the invoices come to the order's total", async () => {
    const tea = await product(0);
    const { id, order_details } = await order([{ product_id: tea, quantity: 5 }], { shipping_fee: "3", taxes: "1" });
    await receive(tea, 3);
    expect(await done(id, "ship", {})).toMatchObject({
      status_id: 0,
      order_details: [{ shipped: "3.0000", invoiced: "3.0000", allocated: "0.0000" }],
    });
    expect(await stockOf(tea)).toEqual([0, 0, 2]);
    await receive(tea, 2);
    expect((await read(id)).order_details).toMatchObject([{ shipped: "3.0000", allocated: "2.0000" }]);
    expect(await stockOf(tea)).toEqual([2, 2, 0]);
    const undercut = { order_details: [{ id: order_details[0].id, quantity: 2 }] };
    expect(placesOf(await api.call("PUT", `/api/orders/${id}`, { body: undercut }))).toEqual([
      409,
      "#/order_details/0/quantity state",
    ]);
    expect(placesOf(await api.call("PUT", `/api/orders/${id}`, { body: { order_details: [] } }))).toEqual([
      409,
      "#/order_details state",
    ]);
    expect(await done(id, "ship", {})).toMatchObject({ status_id: 2, order_details: [{ invoiced: "5.0000" }] });
    await api.onDatabases(async (database) =>
      expect<unknown>(await database.all(invoices, { id })).toEqual([
        { tax: "0.6000", shipping: "3.0000", amount_due: "9.6000" },
        { tax: "0.4000", shipping: "0.0000", amount_due: "4.4000" },
      ]),
    );
  });

  test("200: what is left of a partly shipped order is invoiced by a step of its own", async () => {
    const tea = await product(5);
    const { id, order_details } = await order([{ product_id: tea, quantity: 5 }]);
    await done(id, "ship", { order_details: [{ id: order_details[0].id, quantity: 2 }] });
    await done(id, "invoice");
    await api.onDatabases(async (database) =>
      expect<unknown>(await database.all(invoices, { id })).toMatchObject([
        { amount_due: "4.0000" },
        { amount_due: "6.0000" },
      ]),
    );
    expect(await done(id, "ship", {})).toMatchObject({ status_id: 2 });
    expect(await stockOf(tea)).toEqual([0, 0, 0]);
  });

  test("200: an order that was cut down to what is shipped is shipped without goods", async () => {
    const tea = await product(5);
    const { id, order_details } = await order([{ product_id: tea, quantity: 5 }]);
    const detail = order_details[0].id;
    await done(id, "ship", { order_details: [{ id: detail, quantity: 2 }] });
    await api.call("PUT", `/api/orders/${id}`, { body: { order_details: [{ id: detail, quantity: 2 }] } });
    expect(await done(id, "ship", {})).toMatchObject({ status_id: 2 });
    await api.onDatabases(async (database) => {
      expect<unknown>(await database.all(invoices, { id })).toMatchObject([{ amount_due: "4.0000" }]);
      expect(await database.all(shipments, { id })).toHaveLength(1);
    });
    expect(await stockOf(tea)).toEqual([3, 0, 0]);
  });
});

describe("POST /api/orders/{id}/close", () => {
  test("409 unless it is shipped and paid; 200, and reopened it is shipped again", async () => {
    const tea = await product(1);
    const { id } = await order([{ product_id: tea, quantity: 1 }]);
    expect(placesOf(await act(id, "close"))).toEqual([
      409,
      "#/status_id state",
      "#/payment_type state",
      "#/paid_date state",
    ]);
    await done(id, "invoice");
    await done(id, "ship", {});
    expect(placesOf(await act(id, "reopen"))).toEqual([409, "#/status_id state"]);
    const paid = { payment_type: "Cash", paid_date: "2024-02-01T00:00:00" };
    await api.call("PUT", `/api/orders/${id}`, { body: paid });
    expect(await done(id, "close")).toMatchObject({ status_id: 3 });
    expect(await done(id, "reopen")).toMatchObject({ status_id: 2, order_details: [{ shipped: "1.0000" }] });
    expect(await stockOf(tea)).toEqual([0, 0, 0]);
  });
});

describe("POST /api/orders/{id}/cancel", () => {
  test("200: what it held goes to who waits, its invoice is void; reopened it holds what there is", async () => {
    const tea = await product(5);
    const { id } = await order([{ product_id: tea, quantity: 4 }]);
    const waiting = await order([{ product_id: tea, quantity: 3 }]);
    await done(id, "invoice");
    expect(await done(id, "cancel")).toMatchObject({
      ...{ status_id: 4, shipped_date: null },
      order_details: [{ allocated: "0.0000", invoiced: "0.0000", status_id: 0 }],
    });
    expect((await read(waiting.id)).order_details).toMatchObject([{ allocated: "3.0000" }]);
    expect(await stockOf(tea)).toEqual([5, 3, 0]);
    await api.onDatabases(async (database) => expect(await database.all(invoices, { id })).toEqual([]));
    for (const { url } of api.servers) {
      const history = await (await fetch(`${url}/api/orders/${waiting.id}/history`)).json();
      expect(Object(history).data.map(({ action }: { readonly action: string }) => action)).toEqual([
        "create",
        "update",
      ]);
    }
    expect(await done(id, "reopen")).toMatchObject({
      status_id: 0,
      order_details: [{ allocated: "2.0000", invoiced: "0.0000", status_id: 5 }],
    });
    expect(await stockOf(tea)).toEqual([5, 5, 2]);
  });

  test("200: an order that never had details", async () => {
    const id = await made("/api/orders", { order_date });
    expect(await done(id, "cancel")).toMatchObject({ status_id: 4 });
    expect((await api.call("PUT", `/api/orders/${id}`, { body: { ship_city: "Rome" } })).status).toBe(409);
    expect(await done(id, "reopen")).toMatchObject({ status_id: 0 });
  });

  test("409 put-back: a cancelled order that was invoiced becomes new first", async () => {
    const tea = await product(1);
    const { id } = await order([{ product_id: tea, quantity: 1 }]);
    await done(id, "invoice");
    await done(id, "cancel");
    expect(placesOf(await act(id, "put-back", {}))).toEqual([409, "#/status_id state"]);
  });
});

describe("an invoiced order", () => {
  test("200: reopened it is new, holds its goods, and its invoice is void", async () => {
    const tea = await product(2);
    const { id } = await order([{ product_id: tea, quantity: 2 }]);
    await done(id, "invoice");
    expect(await done(id, "reopen")).toMatchObject({
      status_id: 0,
      order_details: [{ allocated: "2.0000", invoiced: "0.0000", status_id: 1 }],
    });
    await api.onDatabases(async (database) => expect(await database.all(invoices, { id })).toEqual([]));
  });

  test("409: shipped in part it is neither cancelled nor new again, also not by putting back", async () => {
    const tea = await product(2);
    const { id, order_details } = await order([{ product_id: tea, quantity: 2 }]);
    await done(id, "invoice");
    await done(id, "ship", { order_details: [{ id: order_details[0].id, quantity: 1 }] });
    for (const action of ["cancel", "reopen"])
      expect(placesOf(await act(id, action))).toEqual([409, "#/order_details/0 state"]);
    expect(placesOf(await act(id, "put-back", { sequence: 2 }))).toEqual([409, "#/order_details/0 state"]);
    expect((await api.call("DELETE", `/api/orders/${id}`)).status).toBe(409);
    expect(placesOf(await api.call("PUT", `/api/orders/${id}`, { body: { order_details: [] } }))[0]).toBe(409);
    expect(await done(id, "ship", {})).toMatchObject({ status_id: 2 });
  });
});

test("PUT /api/orders/{id} 200: a held detail that is deleted gives back what it held", async () => {
  const tea = await product(4);
  const { id, order_details } = await order([
    { product_id: tea, quantity: 3 },
    { product_id: tea, quantity: 1 },
  ]);
  await api.call("PUT", `/api/orders/${id}`, { body: { order_details: [{ id: order_details[1].id }] } });
  expect(await stockOf(tea)).toEqual([4, 1, 0]);
});

// Last, because writes that wait or fail use up ids on MariaDB.
test("50 allocations at once of the last unit: one 200, 49 times 409, and a repeated key gets the first answer", async () => {
  const tea = await product(1);
  const ids: number[] = [];
  for (let count = 0; count < 50; count += 1)
    ids.push((await order([{ product_id: tea, quantity: 1 }], { shipping_policy: "ask" })).id);
  for (const { url } of api.servers) {
    const send = (id: number) =>
      fetch(`${url}/api/orders/${id}/allocate`, {
        method: "POST",
        headers: { "content-type": "application/json", "idempotency-key": `last unit ${id}` },
        body: "{}",
      });
    const answers = await Promise.all(ids.map(send));
    const statuses = answers.map(({ status }) => status);
    expect([200, 409].map((status) => statuses.filter((one) => one === status).length)).toEqual([1, 49]);
    const winner = statuses.indexOf(200);
    const repeated = await send(ids[winner] ?? 0);
    const data = async (answer: Response | undefined) => Object(await answer?.json()).data;
    expect([repeated.status, await data(repeated)]).toEqual([200, await data(answers[winner])]);
  }
  expect(await stockOf(tea)).toEqual([1, 1, 49]);
});
