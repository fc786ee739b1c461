import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { sql } from "northwind-schema/sql";
import { type BothEngines, startBothEngines, startTimeoutMs } from "../both-engines.ts";
import { fromUnits } from "../contract/decimal.ts";

let api: BothEngines;
beforeAll(async () => {
  api = await startBothEngines();
}, startTimeoutMs);
afterAll(() => api.stop());

const order_date = "2024-01-15T10:30:00";

async function create(resource: string, body: object): Promise<number> {
  const reply = await api.call("POST", `/api/${resource}`, { body });
  expect(reply.body.errors).toBeUndefined();
  return Number((reply.headers.get("location") ?? "").split("/").at(-1));
}

const tea = { product_name: "Tea", product_code: "T-1", quantity_per_unit: "10 boxes", list_price: "18" };
const buyer = { company: "Dubois", first_name: "Ana", address: "Rue 1", city: "Lyon", zip_postal_code: "69001" };

async function get(path: string): Promise<unknown> {
  const { status, body } = await api.call("GET", path);
  expect(status).toBe(200);
  return body.data;
}

async function put(path: string, body: object): Promise<unknown> {
  const reply = await api.call("PUT", path, { body });
  expect([reply.status, reply.body.errors]).toEqual([200, undefined]);
  return reply.body.data;
}

function rowsIn(data: unknown): readonly { id: number; product_id: number; [member: string]: unknown }[] {
  const isOrder = typeof data === "object" && data !== null && "order_details" in data;
  return isOrder && Array.isArray(data.order_details) ? data.order_details : [];
}

/** All that an order needs before it can be shipped. */
async function complete(): Promise<object> {
  const customer_id = await create("customers", buyer);
  const employee_id = await create("employees", { first_name: "Nancy" });
  const shipper_id = await create("shippers", { company: "Fragt" });
  const town = { ship_city: "Aarhus", ship_zip_postal_code: "8000", ship_country_region: "Denmark" };
  return { customer_id, employee_id, shipper_id, ship_name: "Ana", ship_address: "Gade 1", ...town };
}

const productsIn = (data: unknown) => rowsIn(data).map(({ product_id }) => product_id);

/** An order of as many products as named, with the ids of its details. */
async function orderOf(products: readonly number[], fields: object = {}) {
  const order_details = products.map((product_id) => ({ product_id, quantity: 1 }));
  const id = await create("orders", { order_date, order_details, ...fields });
  const path = `/api/orders/${id}`;
  const details = rowsIn(await get(`${path}?include=details`)).map((detail) => detail.id);
  return { path, details };
}

async function newestWith(include: string): Promise<unknown> {
  const list = await get(`/api/orders?sort=-id&limit=1&include=${include}`);
  return Array.isArray(list) ? list[0] : null;
}

/** The states of the last change; both servers must have recorded the same. */
async function lastChange(path: string): Promise<{ before: unknown; after: unknown }> {
  const changes: { before: unknown; after: unknown }[] = [];
  for (const { url } of api.servers) {
    const reply: unknown = await (await fetch(`${url}${path}/history`)).json();
    const { data } = { data: null, ...Object(reply) };
    const { before, after } = Array.isArray(data) ? data.at(-1) : { before: null, after: null };
    changes.push({ before, after });
  }
  const [first] = changes;
  if (first === undefined) throw new Error("no server");
  for (const change of changes) expect(change).toEqual(first);
  return first;
}

describe("the order of the details", () => {
  test("PUT 200: a new detail between two is answered, read, recorded and exported where it was sent", async () => {
    const a = await create("products", { product_name: "A" });
    const b = await create("products", { product_name: "B" });
    const x = await create("products", { product_name: "X" });
    const { path, details } = await orderOf([a, b]);
    const sent = [{ id: details[0] }, { product_id: x, quantity: 2 }, { id: details[1] }];
    const answer = await put(path, { order_details: sent });
    const expected = [a, x, b];
    expect(productsIn(answer)).toEqual(expected);
    expect(productsIn(await get(`${path}?include=details`))).toEqual(expected);
    const { before, after } = await lastChange(path);
    expect([productsIn(before), productsIn(after)]).toEqual([[a, b], expected]);
    const listed = await newestWith("details");
    expect(productsIn(listed)).toEqual(expected);
  });

  test("PUT 200: moved details stay what they are; the same list again changes nothing", async () => {
    const product = await create("products", tea);
    const { path, details } = await orderOf([product, product, product]);
    const moved = details.toReversed().map((id) => ({ id }));
    expect(rowsIn(await put(path, { order_details: moved })).map(({ id }) => id)).toEqual(details.toReversed());
    await put(path, { order_details: moved });
    const { before, after } = await lastChange(path);
    expect(after).toEqual(before);
    const kept = moved.filter((_, place) => place !== 1);
    expect(rowsIn(await put(path, { order_details: kept })).map(({ id }) => ({ id }))).toEqual(kept);
  });

  test("PUT 409: the details of an invoiced order keep their order", async () => {
    const product = await create("products", tea);
    const { path, details } = await orderOf([product, product], await complete());
    await put(path, { status_id: 1 });
    const order_details = details.toReversed().map((id) => ({ id }));
    const reply = await api.call("PUT", path, { body: { order_details } });
    expect([reply.status, reply.body.errors?.[0]?.pointer]).toEqual([409, "#/order_details"]);
    await put(path, { order_details: details.map((id) => ({ id })) });
  });

  test("GET 200: details that another program wrote come last, by id, until they are moved", async () => {
    const product = await create("products", tea);
    const { path, details } = await orderOf([product, product]);
    await put(path, { order_details: details.toReversed().map((id) => ({ id })) });
    const order_id = Number(path.split("/").at(-1));
    await api.onDatabases(async (database) => {
      for (const quantity of [fromUnits(30_000n), fromUnits(40_000n)])
        await database.run(foreignDetail, { order_id, product_id: product, quantity });
    });
    const read = rowsIn(await get(`${path}?include=details`));
    expect(read.map(({ quantity }) => quantity)).toEqual(["1.0000", "1.0000", "3.0000", "4.0000"]);
    expect(read.slice(0, 2).map(({ id }) => id)).toEqual(details.toReversed());
    const turned = read.map(({ id }) => ({ id })).toReversed();
    const answer = await put(path, { order_details: turned });
    expect(rowsIn(answer).map(({ id }) => ({ id }))).toEqual(turned);
  });
});

describe("names as sold", () => {
  test("a renamed product and customer change no order that was made before, a new order has the new names", async () => {
    const product = await create("products", tea);
    const customer_id = await create("customers", buyer);
    const { path } = await orderOf([product], { customer_id });
    const shown = `${path}?include=details,customer`;
    const made = await get(shown);
    expect(made).toMatchObject({
      customer: { ...buyer, last_name: null, email_address: null },
      order_details: [{ product_code: "T-1", product_name: "Tea", quantity_per_unit: "10 boxes" }],
    });
    await put(`/api/products/${product}`, { product_name: "Chá", product_code: "C-1", quantity_per_unit: "1 kg" });
    await put(`/api/customers/${customer_id}`, { company: "Nouveau", address: "Quai 2", city: "Nice", last_name: "Y" });
    expect(await get(shown)).toEqual(made);
    expect(await newestWith("details,customer")).toEqual(made);
    expect(await put(`${shown}`, { notes: "later" })).toMatchObject({ customer: { company: "Dubois", city: "Lyon" } });
    const { before, after } = await lastChange(path);
    for (const state of [before, after])
      expect(state).toMatchObject({ customer: { company: "Dubois" }, order_details: [{ product_name: "Tea" }] });
    const csv = (await api.call("GET", "/api/orders.csv?sort=-id")).text;
    expect(csv.split("\r\n")[1]).toContain("Dubois");
    const later = await orderOf([product], { customer_id });
    expect(await get(`${later.path}?include=details,customer`)).toMatchObject({
      customer: { company: "Nouveau", address: "Quai 2" },
      order_details: [{ product_code: "C-1", product_name: "Chá", quantity_per_unit: "1 kg" }],
    });
  });

  test("PUT 200: another customer or product brings its own name, a changed quantity keeps the old one", async () => {
    const first = await create("products", tea);
    const second = await create("products", { product_name: "Jam" });
    const one = await create("customers", buyer);
    const two = await create("customers", { company: "Other" });
    const { path, details } = await orderOf([first, first], { customer_id: one });
    await put(`/api/products/${first}`, { product_name: "Renamed" });
    const order_details = [
      { id: details[0], quantity: 9 },
      { id: details[1], product_id: second },
    ];
    const changed = await put(`${path}?include=customer`, { customer_id: two, order_details });
    expect(changed).toMatchObject({
      customer: { id: two, company: "Other", address: null },
      order_details: [
        { product_name: "Tea", quantity: "9.0000" },
        { product_name: "Jam", product_code: null },
      ],
    });
    expect(await put(`${path}?include=customer`, { customer_id: null })).toMatchObject({ customer: null });
    expect(await put(`${path}?include=customer`, { customer_id: one })).toMatchObject({ customer: buyer });
  });

  test("GET 200: an order that another program wrote has the current names until the API writes it", async () => {
    const product_id = await create("products", tea);
    const customer_id = await create("customers", buyer);
    let path = "";
    await api.onDatabases(async (database) => {
      const { id } = await database.transaction((tx) => tx.one(foreignOrder, { customer_id }));
      path = `/api/orders/${id}`;
      await database.run(foreignDetail, { order_id: id, product_id, quantity: fromUnits(10_000n) });
      return id;
    });
    await put(`/api/customers/${customer_id}`, { company: "Second" });
    await put(`/api/products/${product_id}`, { product_name: "Second tea" });
    const names = { customer: { company: "Second" }, order_details: [{ product_name: "Second tea" }] };
    expect(await get(`${path}?include=details,customer`)).toMatchObject(names);
    await put(path, { notes: "written" });
    await put(`/api/customers/${customer_id}`, { company: "Third" });
    expect(await get(`${path}?include=customer`)).toMatchObject({ customer: { company: "Second" } });
  });

  test("GET 200: an old client's order has its twenty fields and nothing more", async () => {
    const { path } = await orderOf([await create("products", tea)], { customer_id: await create("customers", buyer) });
    expect(Object.keys(Object(await get(path)))).toHaveLength(20);
  });
});

describe("discontinued products", () => {
  test("GET /api/products 200: only those that are sold, or only those that are not any more", async () => {
    const name = "Vinegar of old";
    const sold = await create("products", { product_name: `${name} A` });
    const gone = await create("products", { product_name: `${name} B`, discontinued: true });
    const found = async (query: string) => {
      const list = await get(`/api/products?q=vinegar of old${query}`);
      return Array.isArray(list) ? list.map(({ id }) => id) : [];
    };
    expect(await found("")).toEqual([sold, gone]);
    for (const sort of ["", "&sort=name", "&sort=-id"]) {
      expect(await found(`&discontinued=false${sort}`)).toEqual([sold]);
      expect(await found(`&discontinued=true${sort}`)).toEqual([gone]);
    }
    expect((await api.call("GET", "/api/products?discontinued=yes")).status).toBe(400);
    expect((await api.call("GET", "/api/customers?discontinued=true")).status).toBe(400);
  });

  test("POST and PUT 422 for a new line; an order that has it is saved, with any quantity and place", async () => {
    const kept = await create("products", tea);
    const other = await create("products", tea);
    const { path, details } = await orderOf([kept, other]);
    await put(`/api/products/${kept}`, { discontinued: true });
    const issues = async (method: string, to: string, order_details: readonly object[]) => {
      const { status, body } = await api.call(method, to, { body: { order_date, order_details } });
      return [status, body.code, ...(body.errors ?? []).map(({ pointer, code }) => `${pointer} ${code}`)];
    };
    const refused = [422, "discontinued", "#/order_details/1/product_id discontinued"];
    const added = { product_id: kept, quantity: 1 };
    const [first, second] = details.map((id) => ({ id }));
    expect(await issues("POST", "/api/orders", [{ product_id: other, quantity: 1 }, added])).toEqual(refused);
    expect(await issues("PUT", path, [{ ...first }, added, { ...second }])).toEqual(refused);
    expect(await issues("PUT", path, [{ ...first }, { ...second, product_id: kept }])).toEqual(refused);
    await put(path, { notes: "saved", order_details: [second, first] });
    const answer = await put(path, { order_details: [second, { ...first, product_id: kept, quantity: 7 }] });
    expect(answer).toMatchObject({ order_details: [{ product_id: other }, { product_id: kept, quantity: "7.0000" }] });
  });
});

const foreignOrder = sql(`INSERT INTO orders (customer_id, status_id) VALUES (:customer_id, 0) RETURNING id`);
const foreignDetail = sql(`
  INSERT INTO order_details (order_id, product_id, quantity, discount, status_id)
  VALUES (:order_id, :product_id, :quantity, 0, 0)
`);
