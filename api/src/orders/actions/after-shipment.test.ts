// What of goods that are shipped or invoiced can be put back or changed, on both engines.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { sql } from "northwind-schema/sql";
import { Browser } from "../../access/browser.ts";
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
}, startTimeoutMs);
afterAll(() => api.stop());

async function made(path: string, body: object): Promise<number> {
  const reply = await api.call("POST", path, { body });
  expect([reply.status, reply.body.errors]).toEqual([201, undefined]);
  return Object(reply.body.data).id;
}

async function product(quantity: number): Promise<number> {
  const product_id = await made("/api/products", { product_name: "Tea", list_price: "2", stocked: true });
  const body = { product_id, type: "adjusted", quantity, reason: "Delivery" };
  expect((await api.call("POST", "/api/stock/adjustments", { body })).status).toBe(200);
  return product_id;
}

async function order(order_details: readonly object[]) {
  const { status, body } = await api.call("POST", "/api/orders?include=details", {
    body: { ...sent, customer_id, order_details },
  });
  expect([status, body.errors]).toEqual([201, undefined]);
  return Object(body.data);
}

async function read(id: number) {
  return Object((await api.call("GET", `/api/orders/${id}?include=details`)).body.data);
}

const act = (id: number, action: string, body?: object) =>
  api.call("POST", `/api/orders/${id}/${action}`, body === undefined ? {} : { body });

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

const invoices = sql(`
  SELECT tax, shipping, amount_due FROM invoices WHERE order_id = :id AND voided_date IS NULL ORDER BY id
`);
const shipments = sql(`
  SELECT s.shipper_id, s.tracking_number, s.shipped_date, d.order_detail_id, d.quantity
  FROM shipments s JOIN shipment_details d ON d.shipment_id = s.id WHERE s.order_id = :id ORDER BY s.id, d.order_detail_id
`);

/** What `include=actions` has against an action. */
async function unmetOf(id: number, action: string) {
  const { body } = await api.call("GET", `/api/orders/${id}?include=actions`);
  return Object(body.data).actions.find((one: { readonly action: string }) => one.action === action).unmet;
}

describe("POST /api/orders/{id}/put-back of a shipment", () => {
  test("409: what was shipped before this change stays shipped, with its shipment", async () => {
    const idea = await made("/api/products", { product_name: "Idea", list_price: 1 });
    const { id, order_details } = await order([{ product_id: idea, quantity: 5 }]);
    await done(id, "invoice");
    await done(id, "ship", { order_details: [{ id: order_details[0].id, quantity: 3 }] });
    await done(id, "ship", {});
    const back = await act(id, "put-back", {});
    expect(placesOf(back)).toEqual([409, "#/order_details/0 state"]);
    expect(back.body.message).toBe("order_details/0: Some of it was shipped before: take goods back with a return.");
    expect(await read(id)).toMatchObject({ status_id: 2, order_details: [{ shipped: "5.0000" }] });
    await api.onDatabases(async (database) => expect(await database.all(shipments, { id })).toHaveLength(2));
  });

  test("409: what has left the stock stays shipped, although its stock is not kept any more", async () => {
    const tea = await product(2);
    const { id } = await order([{ product_id: tea, quantity: 2 }]);
    await done(id, "invoice");
    await done(id, "ship", {});
    expect((await api.call("PUT", `/api/products/${tea}`, { body: { stocked: false } })).status).toBe(200);
    const back = await act(id, "put-back", {});
    expect(placesOf(back)).toEqual([409, "#/order_details state"]);
    expect(back.body.message).toBe("order_details: Goods of it have left the stock: take them back with a return.");
  });

  test("200: all of it was shipped by the change, from no stock", async () => {
    const idea = await made("/api/products", { product_name: "Idea", list_price: 1 });
    const { id } = await order([{ product_id: idea, quantity: 5 }]);
    await done(id, "invoice");
    await done(id, "ship", {});
    expect(await done(id, "put-back", {})).toMatchObject({ status_id: 1 });
    expect(await read(id)).toMatchObject({ order_details: [{ shipped: "0.0000", invoiced: "5.0000" }] });
    await api.onDatabases(async (database) => expect(await database.all(shipments, { id })).toEqual([]));
  });
});

describe("PUT /api/orders/{id} of a company that invoices on shipment", () => {
  beforeAll(() => invoicesOnShipment(true));

  test("409: no invoice asks for less than nothing, because the fee of earlier ones was taken away", async () => {
    const tea = await product(3);
    const { id, order_details } = await order([{ product_id: tea, quantity: 3, unit_price: 2 }]);
    const put = async (fee: number) => api.call("PUT", `/api/orders/${id}`, { body: { shipping_fee: fee } });
    expect((await put(12)).status).toBe(200);
    await done(id, "ship", { order_details: [{ id: order_details[0].id, quantity: 2 }] });
    expect((await put(0)).status).toBe(200);
    const refused = await act(id, "ship", {});
    expect([refused.status, refused.body.errors]).toEqual([
      409,
      [
        {
          ...{ pointer: "#/shipping_fee", code: "state" },
          message: "Earlier invoices ask for 16, and only 6 is due. Put the shipping fee and the taxes back.",
        },
      ],
    ]);
    expect(placesOf(await act(id, "invoice"))).toEqual([409, "#/shipping_fee state"]);
    expect(placesOf(await api.call("PUT", `/api/orders/${id}`, { body: { status_id: 1 } }))).toEqual([
      ...[409, "#/shipping_fee state"],
    ]);
    const foreseen = {
      ...{ code: "state", pointer: "#/shipping_fee", message: "Earlier invoices ask for 16, and only 6 is due." },
      what_to_do: "Put the shipping fee and the taxes back.",
    };
    expect(await unmetOf(id, "invoice")).toEqual([foreseen]);
    expect(await unmetOf(id, "ship")).toEqual([foreseen]);
    expect((await put(11)).status).toBe(200);
    expect([await unmetOf(id, "invoice"), await unmetOf(id, "ship")]).toEqual([[], []]);
    expect(await done(id, "ship", {})).toMatchObject({ status_id: 2 });
    await api.onDatabases(async (database) =>
      expect<unknown>(await database.all(invoices, { id })).toMatchObject([
        { amount_due: "16.0000" },
        { shipping: "-1.0000", amount_due: "1.0000" },
      ]),
    );
  });

  test("409: what is invoiced keeps its price, so that no later invoice is negative; what is not changes", async () => {
    const tea = await product(5);
    const { id, order_details } = await order([
      ...[{ product_id: tea, quantity: 3, unit_price: 9 }],
      ...[{ product_id: tea, quantity: 2, unit_price: 9 }],
    ]);
    const [first, second] = [order_details[0].id, order_details[1].id];
    await done(id, "ship", { order_details: [{ id: first, quantity: 2 }] });
    const change = async (fields: object, other: object) => {
      const body = {
        order_details: [
          { id: first, ...fields },
          { id: second, ...other },
        ],
      };
      return api.call("PUT", `/api/orders/${id}?include=details`, { body });
    };
    const cheaper = await change({ unit_price: 1 }, {});
    expect(placesOf(cheaper)).toEqual([409, "#/order_details/0/unit_price state"]);
    expect(cheaper.body.errors?.[0]?.message).toBe("Goods of this detail are invoiced already: its price stays.");
    expect(placesOf(await change({ discount: 1 }, {}))).toEqual([409, "#/order_details/0/discount state"]);
    expect((await change({ unit_price: "9.00", quantity: 2 }, { unit_price: 1 })).status).toBe(200);
    expect(await done(id, "ship", {})).toMatchObject({ status_id: 2, subtotal: "20.0000" });
    await api.onDatabases(async (database) =>
      expect<unknown>(await database.all(invoices, { id })).toMatchObject([
        { amount_due: "18.0000" },
        { amount_due: "2.0000" },
      ]),
    );
  });

  // From here on there are users: this comes last.
  test("409 for the warehouse, which sees no prices: the same without amounts", async () => {
    const tea = await product(4);
    const { id, order_details } = await order([{ product_id: tea, quantity: 4, unit_price: 2 }]);
    expect((await api.call("PUT", `/api/orders/${id}`, { body: { shipping_fee: 12 } })).status).toBe(200);
    await done(id, "ship", { order_details: [{ id: order_details[0].id, quantity: 2 }] });
    expect((await api.call("PUT", `/api/orders/${id}`, { body: { shipping_fee: 0 } })).status).toBe(200);
    const password = "correct horse battery";
    for (const { url } of api.servers) {
      const [admin, warehouse] = [new Browser(url), new Browser(url)];
      await admin.call("POST", "/api/session/first-user", { email_address: "a@example.com", name: "A", password });
      const user = { email_address: "w@example.com", password };
      await admin.call("POST", "/api/users", { ...user, name: "W", roles: ["warehouse"] });
      await warehouse.signIn(user);
      const { actions } = Object((await warehouse.call("GET", `/api/orders/${id}?include=actions`)).data);
      const ship = actions.find(({ action }: { readonly action: string }) => action === "ship");
      expect(ship.unmet).toMatchObject([{ message: "Earlier invoices ask for more than is due." }]);
      const isRefused = async (body: object) =>
        expect(await warehouse.call("POST", `/api/orders/${id}/ship`, body)).toMatchObject({
          status: 409,
          message: "shipping_fee: Earlier invoices ask for more than is due. Put the shipping fee and the taxes back.",
        });
      await isRefused({});
      // Enough for all of it, and not for a part.
      await admin.call("PUT", `/api/orders/${id}`, { shipping_fee: 9 });
      await isRefused({ order_details: [{ id: order_details[0].id, quantity: 1 }] });
    }
  });
});
