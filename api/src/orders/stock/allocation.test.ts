// What orders hold of the stock: made, changed, removed, moved on and put back, on both engines.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { sql } from "northwind-schema/sql";
import { dateTime, decimal, type Transaction } from "sqlproof";
import { type BothEngines, startBothEngines, startTimeoutMs } from "../../both-engines.ts";
import { Ledger } from "../../ledger/ledger.ts";

let api: BothEngines;
let customer_id: number;
const order_date = "2024-01-15T10:30:00";

beforeAll(async () => {
  api = await startBothEngines();
  customer_id = await made("/api/customers", { company: "Cafe" });
  await made("/api/employees", { last_name: "Lee" });
  await made("/api/shippers", { company: "Fast" });
}, startTimeoutMs);
afterAll(() => api.stop());

async function made(path: string, body: object): Promise<number> {
  const reply = await api.call("POST", path, { body });
  expect([reply.status, reply.body.errors]).toEqual([201, undefined]);
  return Object(reply.body.data).id;
}

/** A product of which so many pieces are on hand. */
async function product(pieces: number, fields: object = {}): Promise<number> {
  const id = await made("/api/products", { product_name: "Tea", list_price: "2", stocked: true, ...fields });
  await receive(id, pieces);
  return id;
}

async function receive(id: number, pieces: number): Promise<void> {
  await api.onDatabases((database) =>
    database.transaction(async (tx: Transaction) => {
      const ledger = await Ledger.open(tx, [id]);
      ledger.adjust(id, BigInt(pieces) * 10_000n, () => ({ principal: "test", comments: "a delivery" }));
      await ledger.write(tx, dateTime(order_date));
    }),
  );
}

const balance = sql(`SELECT on_hand, allocated, back_ordered FROM product_stock WHERE product_id = :id`);
const entries = sql(`
  SELECT transaction_type, SUM(quantity) AS quantity FROM inventory_transactions WHERE product_id = :id
  GROUP BY transaction_type ORDER BY transaction_type
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

const complete = {
  ...{ order_date, employee_id: 1, shipper_id: 1, ship_name: "Cafe", ship_address: "Road 1", ship_city: "Rome" },
  ...{ ship_zip_postal_code: "1", ship_country_region: "Italy" },
};

async function order(order_details: readonly object[], fields: object = {}) {
  const { status, body } = await api.call("POST", "/api/orders?include=details", {
    body: { ...complete, customer_id, ...fields, order_details },
  });
  expect([status, body.errors]).toEqual([201, undefined]);
  return Object(body.data);
}

const put = (id: number, body: object) => api.call("PUT", `/api/orders/${id}?include=details`, { body });
const placesOf = ({ status, body }: Awaited<ReturnType<typeof put>>) => [
  status,
  ...(body.errors ?? []).map(({ pointer, code }) => `${pointer} ${code}`),
];

describe("POST /api/orders 201", () => {
  test("holds what is there; the rest is open, and customers wait for it", async () => {
    const tea = await product(8);
    const first = await order([{ product_id: tea, quantity: 5 }]);
    expect(first.order_details).toMatchObject([{ allocated: "5.0000", shipped: "0.0000", status_id: 1 }]);
    const second = await order([{ product_id: tea, quantity: 5 }]);
    expect(second.order_details).toMatchObject([{ allocated: "3.0000", status_id: 5, date_allocated: null }]);
    expect(await stockOf(tea)).toEqual([8, 8, 2]);
  });

  test("two details with one product share what is there, in their order", async () => {
    const tea = await product(6);
    const { order_details } = await order([
      { product_id: tea, quantity: 4 },
      { product_id: tea, quantity: 4 },
    ]);
    expect(order_details).toMatchObject([
      { allocated: "4.0000", status_id: 1 },
      { allocated: "2.0000", status_id: 5 },
    ]);
    expect(await stockOf(tea)).toEqual([6, 6, 2]);
  });

  test.each([
    ["complete", "0.0000", 5],
    ["partial", "3.0000", 5],
    ["ask", "0.0000", 0],
  ])("with the policy %s a detail of 5 holds %s of 3", async (shipping_policy, allocated, status_id) => {
    const tea = await product(3);
    const { order_details } = await order([{ product_id: tea, quantity: 5 }], { shipping_policy });
    expect(order_details).toMatchObject([{ allocated, status_id }]);
    const buyer = await made("/api/customers", { company: "With a policy", shipping_policy });
    const jam = await product(3);
    const theirs = await order([{ product_id: jam, quantity: 5 }], { customer_id: buyer });
    expect(theirs.order_details).toMatchObject([{ allocated, status_id }]);
  });

  test("a product whose stock is not kept holds nothing and lacks nothing", async () => {
    const idea = await made("/api/products", { product_name: "Idea", list_price: 1 });
    const { order_details } = await order([{ product_id: idea, quantity: "0.5" }]);
    expect(order_details).toMatchObject([{ allocated: "0.0000", status_id: 0 }]);
  });

  test("422: a fraction of a product that is sold in whole pieces", async () => {
    const tea = await product(3);
    const reply = await api.call("POST", "/api/orders", {
      body: { order_date, order_details: [{ product_id: tea, quantity: "0.5" }] },
    });
    expect(placesOf(reply)).toEqual([422, "#/order_details/0/quantity rule"]);
    const ham = await product(3, { sold_in_fractions: true });
    await order([{ product_id: ham, quantity: "0.5" }]);
  });
});

describe("PUT /api/orders/{id}", () => {
  test("200: a detail that gets another product and a quantity of 0 holds nothing any more", async () => {
    const [tea, jam] = [await product(8), await product(1)];
    const { id, order_details } = await order([{ product_id: tea, quantity: 5 }]);
    const emptied = { id: order_details[0].id, product_id: jam, quantity: 0 };
    const { body } = await put(id, { order_details: [emptied] });
    expect(Object(body.data).order_details).toMatchObject([{ quantity: "0.0000", allocated: "0.0000", status_id: 0 }]);
    expect([await stockOf(tea), await stockOf(jam)]).toEqual([
      [8, 0, 0],
      [1, 0, 0],
    ]);
  });

  test("422: a fraction that was ordered of one product is not a quantity of another, sold in whole pieces", async () => {
    const [tea, jam] = [await product(8, { sold_in_fractions: true }), await product(8)];
    const { id, order_details } = await order([{ product_id: tea, quantity: "1.5" }]);
    const other = { order_details: [{ id: order_details[0].id, product_id: jam }] };
    expect(placesOf(await put(id, other))).toEqual([422, "#/order_details/0/quantity rule"]);
  });

  test("200: a smaller quantity gives back, a larger one takes what is there", async () => {
    const tea = await product(8);
    const { id, order_details } = await order([{ product_id: tea, quantity: 5 }]);
    const quantity = async (wanted: number) => {
      const { body } = await put(id, { order_details: [{ id: order_details[0].id, quantity: wanted }] });
      return Object(body.data).order_details[0].allocated;
    };
    expect(await quantity(2)).toBe("2.0000");
    expect(await stockOf(tea)).toEqual([8, 2, 0]);
    expect(await quantity(10)).toBe("8.0000");
    expect(await stockOf(tea)).toEqual([8, 8, 2]);
  });

  test("200: a removed detail and one with another product give back what they held", async () => {
    const tea = await product(5);
    const jam = await product(5);
    const { id, order_details } = await order([
      { product_id: tea, quantity: 5 },
      { product_id: tea, quantity: 3 },
    ]);
    expect(await stockOf(tea)).toEqual([5, 5, 3]);
    const { body } = await put(id, { order_details: [{ id: order_details[0].id, product_id: jam }] });
    expect(Object(body.data).order_details).toMatchObject([{ product_id: jam, allocated: "5.0000" }]);
    expect([await stockOf(tea), await stockOf(jam)]).toEqual([
      [5, 0, 0],
      [5, 5, 0],
    ]);
  });

  test("200: a detail that another program wrote without a status gets what comes in", async () => {
    const tea = await product(2);
    const { id } = await order([{ product_id: tea, quantity: 5 }]);
    await api.onDatabases(async (database) => void (await database.run(forgetStatus, { id })));
    const adjustment = { product_id: tea, type: "adjusted", quantity: 4, reason: "found" };
    expect((await api.call("POST", "/api/stock/adjustments", { body: adjustment })).status).toBe(200);
    const { body } = await api.call("GET", `/api/orders/${id}?include=details`);
    expect(Object(body.data).order_details).toMatchObject([{ allocated: "5.0000", status_id: 1 }]);
    expect(await stockOf(tea)).toEqual([6, 5, 0]);
  });

  test("200: other fields leave the stock alone", async () => {
    const tea = await product(2);
    const { id } = await order([{ product_id: tea, quantity: 5 }]);
    await receive(tea, 3);
    const { body } = await put(id, { notes: "soon" });
    expect(Object(body.data).order_details).toMatchObject([{ allocated: "2.0000", status_id: 5 }]);
    expect(await stockOf(tea)).toEqual([5, 2, 3]);
  });

  test("409: an order with a detail that is short is neither invoiced nor shipped", async () => {
    const tea = await product(2);
    const { id } = await order([
      { product_id: tea, quantity: 2 },
      { product_id: tea, quantity: 1 },
    ]);
    for (const status_id of [1, 2])
      expect(placesOf(await put(id, { status_id }))).toEqual([409, "#/order_details/1 state"]);
    expect(await stockOf(tea)).toEqual([2, 2, 1]);
  });

  test("200: invoiced, then shipped: the goods leave the stock once, with an invoice and a shipment", async () => {
    const tea = await product(5);
    const { id, order_details } = await order([{ product_id: tea, quantity: 2 }], { shipping_fee: "1.5" });
    const invoiced = await put(id, { status_id: 1 });
    expect(Object(invoiced.body.data).order_details).toMatchObject([
      { invoiced: "2.0000", shipped: "0.0000", status_id: 2 },
    ]);
    expect(await stockOf(tea)).toEqual([5, 2, 0]);
    const shipped = await put(id, { status_id: 2 });
    expect(Object(shipped.body.data)).toMatchObject({
      shipped_date: expect.any(String),
      order_details: [{ allocated: "0.0000", shipped: "2.0000", status_id: 3 }],
    });
    expect(await stockOf(tea)).toEqual([3, 0, 0]);
    await api.onDatabases(async (database) => {
      expect(await database.all(invoices, { id })).toEqual([
        { amount_due: decimal("5.5000"), shipping: decimal("1.5000") },
      ]);
      const [line, ...others] = await database.all(shipments, { id });
      expect([line, others]).toMatchObject([
        { order_detail_id: order_details[0].id, quantity: "2.0000", shipper_id: 1 },
        [],
      ]);
      const named = await database.all(causes, { product_id: tea });
      expect(named).toMatchObject([
        { transaction_type: 6, order_id: null },
        {
          transaction_type: 3,
          order_id: id,
          order_detail_id: order_details[0].id,
          shipment_id: null,
          principal: "local",
        },
        { transaction_type: 7, order_id: id, shipment_id: line?.id },
        { transaction_type: 2, order_id: id, shipment_id: line?.id },
      ]);
    });
  });

  test("200: an order that is shipped at once is invoiced as well", async () => {
    const tea = await product(5);
    const { id } = await order([{ product_id: tea, quantity: 2 }]);
    expect((await put(id, { status_id: 2 })).status).toBe(200);
    expect(await stockOf(tea)).toEqual([3, 0, 0]);
    await api.onDatabases(async (database) => expect(await database.all(invoices, { id })).toHaveLength(1));
  });
});

describe("POST /api/orders/{id}/put-back", () => {
  test("200 for an invoice, 409 for goods that have left", async () => {
    const tea = await product(5);
    const { id } = await order([{ product_id: tea, quantity: 2 }]);
    await put(id, { status_id: 1 });
    const back = await api.call("POST", `/api/orders/${id}/put-back?include=details`, { body: {} });
    expect(Object(back.body.data).order_details).toMatchObject([
      { allocated: "2.0000", invoiced: "0.0000", status_id: 1 },
    ]);
    await put(id, { status_id: 2 });
    expect(placesOf(await api.call("POST", `/api/orders/${id}/put-back`, { body: {} }))).toEqual([
      409,
      "#/order_details/0 state",
    ]);
    expect(await stockOf(tea)).toEqual([3, 0, 0]);
  });
});

describe("DELETE /api/orders/{id}", () => {
  test("409 for an order that has held stock; 200 for one that only waited, and nobody waits any more", async () => {
    const tea = await product(1);
    const holding = await order([{ product_id: tea, quantity: 1 }]);
    const waiting = await order([{ product_id: tea, quantity: 4 }]);
    const refused = await api.call("DELETE", `/api/orders/${holding.id}`);
    expect([refused.status, refused.body.message]).toEqual([
      409,
      "The order cannot be deleted because it is used by 1 inventory transaction. " +
        "Cancel it instead: what happened stays in the books.",
    ]);
    expect(await stockOf(tea)).toEqual([1, 1, 4]);
    expect((await api.call("DELETE", `/api/orders/${waiting.id}`)).status).toBe(200);
    expect(await stockOf(tea)).toEqual([1, 1, 0]);
  });
});

// Last, because writes that wait or fail use up ids on MariaDB.
describe("POST /api/orders, refused and many at once", () => {
  test("a dry run and a refused order hold nothing", async () => {
    const tea = await product(5);
    const order_details = [{ product_id: tea, quantity: 5 }];
    await api.call("POST", "/api/orders?dry_run=1", { body: { order_date, order_details } });
    await api.call("POST", "/api/orders", { body: { order_date, customer_id: 999_999, order_details } });
    expect(await stockOf(tea)).toEqual([5, 0, 0]);
  });

  test("50 orders at once for the last 10 pieces hold 10 together, and 40 wait", async () => {
    const tea = await product(10);
    for (const { url } of api.servers) {
      const send = () =>
        fetch(`${url}/api/orders`, {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify({ order_date, order_details: [{ product_id: tea, quantity: 1 }] }),
        });
      const statuses = await Promise.all(Array.from({ length: 50 }, async () => (await send()).status));
      expect(statuses.every((status) => status === 201)).toBe(true);
    }
    expect(await stockOf(tea)).toEqual([10, 10, 40]);
  });
});

const forgetStatus = sql(`UPDATE order_details SET status_id = NULL WHERE order_id = :id`);
const invoices = sql(`
  SELECT amount_due, shipping FROM invoices WHERE order_id = :id AND voided_date IS NULL ORDER BY id
`);
const shipments = sql(`
  SELECT s.id, s.shipper_id, d.order_detail_id, d.quantity
  FROM shipments s JOIN shipment_details d ON d.shipment_id = s.id WHERE s.order_id = :id ORDER BY s.id, d.order_detail_id
`);
const causes = sql(`
  SELECT transaction_type, customer_order_id AS order_id, order_detail_id, shipment_id, principal
  FROM inventory_transactions WHERE product_id = :product_id ORDER BY id
`);
