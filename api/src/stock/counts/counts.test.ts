// Counts of the stock: the sheet, what is entered, and what its approval does to the stock and to orders; both engines.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { sql } from "northwind-schema/sql";
import { type BothEngines, startBothEngines, startTimeoutMs } from "../../both-engines.ts";

let api: BothEngines;
const sent = {
  ...{ customer_id: 1, employee_id: 1, shipper_id: 1, ship_name: "Cafe", ship_address: "Road 1", ship_city: "Rome" },
  ...{ ship_zip_postal_code: "1", ship_country_region: "Italy", order_date: "2024-01-15T10:30:00" },
};
beforeAll(async () => {
  api = await startBothEngines();
  await made("/api/customers", { company: "Cafe" });
  await made("/api/employees", { last_name: "Lee" });
  await made("/api/shippers", { company: "Fast" });
}, startTimeoutMs);
afterAll(() => api.stop());

async function made(path: string, body: object): Promise<number> {
  const reply = await api.call("POST", path, { body });
  expect([reply.status, reply.body.errors]).toEqual([201, undefined]);
  return Object(reply.body.data).id;
}

async function adjust(product_id: number, quantity: number): Promise<void> {
  const body = { product_id, type: "adjusted", quantity, reason: "Delivery" };
  expect((await api.call("POST", "/api/stock/adjustments", { body })).status).toBe(200);
}

async function product(pieces: number, fields: object = {}): Promise<number> {
  const id = await made("/api/products", { product_name: "Tea", list_price: "2", stocked: true, ...fields });
  if (pieces > 0) await adjust(id, pieces);
  return id;
}

const order = (product_id: number, quantity: number, fields: object = {}) =>
  made("/api/orders", { ...sent, ...fields, order_details: [{ product_id, quantity }] });

async function allocatedOf(...ids: readonly number[]): Promise<readonly string[]> {
  const read = ids.map(async (id) => {
    const { body } = await api.call("GET", `/api/orders/${id}?include=details`);
    return Object(body.data).order_details[0].allocated.replace(".0000", "");
  });
  return Promise.all(read);
}

async function stockOf(product_id: number): Promise<readonly string[]> {
  const { on_hand, allocated, back_ordered } = Object((await api.call("GET", `/api/stock/${product_id}`)).body.data);
  return [on_hand, allocated, back_ordered].map((quantity: string) => quantity.replace(".0000", ""));
}

const sheet = (...product_ids: readonly number[]) => made("/api/stock_counts", { reason: "Year's end", product_ids });
const enter = (id: number, counted: Readonly<Record<number, string | number | null>>, headers = {}) =>
  api.call("PUT", `/api/stock_counts/${id}`, {
    body: {
      stock_count_details: Object.entries(counted).map(([key, value]) => ({ product_id: Number(key), counted: value })),
    },
    headers,
  });
const act = (id: number, action: string, headers = {}) =>
  api.call("POST", `/api/stock_counts/${id}/${action}`, { headers });

async function counted(product_id: number, quantity: number): Promise<number> {
  const id = await sheet(product_id);
  expect((await enter(id, { [product_id]: quantity })).status).toBe(200);
  return id;
}

async function approved(id: number): Promise<void> {
  const reply = await act(id, "approve");
  expect([reply.status, reply.body.errors, Object(reply.body.data).status]).toEqual([200, undefined, "approved"]);
}

const placesOf = ({ status, body }: Awaited<ReturnType<typeof enter>>) => [
  status,
  ...(body.errors ?? []).map(({ pointer, code }) => `${pointer} ${code}`),
];

const entries = sql(`
  SELECT t.product_id, t.transaction_type, t.quantity, t.customer_order_id, t.comments
  FROM inventory_transactions t WHERE t.stock_count_id = :id ORDER BY t.id
`);
const logged = sql(`
  SELECT a.resource, a.resource_id, a.version FROM audit_log l JOIN audit_log a ON a.request_id = l.request_id
  WHERE l.resource = 'stock_count' AND l.resource_id = :id AND l.sequence = :sequence ORDER BY a.entry_id
`);

describe("POST /api/stock_counts", () => {
  test("201 with what is on hand of the products, by location and name", async () => {
    const tea = await product(4, { location: "B 10", product_code: "T-1" });
    const jam = await product(2, { location: "B 2", product_name: "Jam" });
    const reply = await api.call("POST", "/api/stock_counts", { body: { reason: "Spot", product_ids: [tea, jam] } });
    const { created_date, ...data } = Object(reply.body.data);
    const empty = { counted: null, difference: null, counted_date: null, counted_principal: null };
    expect([reply.status, reply.headers.get("location")]).toEqual([201, `/api/stock_counts/${data.id}`]);
    expect(data).toEqual({
      ...{ id: data.id, status: "open", reason: "Spot", created_principal: "local", products: 2, counted: 0 },
      ...{ approved_date: null, approved_principal: null },
      stock_count_details: [
        { product_id: jam, product_code: null, product_name: "Jam", location: "B 2", expected: "2.0000", ...empty },
        { product_id: tea, product_code: "T-1", product_name: "Tea", location: "B 10", expected: "4.0000", ...empty },
      ],
    });
    expect((await api.call("GET", `/api/stock_counts/${data.id}`)).body.data).toEqual({ ...data, created_date });
    const other = await api.call("POST", "/api/stock_counts", { body: { reason: "Again", product_ids: [jam] } });
    expect(placesOf(other)).toEqual([409, "#/product_ids/0 state"]);
    expect(other.body.errors?.[0]?.message).toBe(
      `Product ${jam} is on count ${data.id}: approve or cancel that one first.`,
    );
  });

  test("201 for all whose location begins so, whatever the case; others are left out", async () => {
    const first = await product(1, { location: "Cellar 1" });
    await product(1, { location: "Attic" });
    await made("/api/products", { product_name: "Idea", location: "Cellar 2" });
    const body = { reason: "Cellar", location: "cell" };
    const { body: found } = await api.call("POST", "/api/stock_counts", { body });
    expect(Object(found.data).stock_count_details).toMatchObject([{ product_id: first, location: "Cellar 1" }]);
  });

  test("422 with every fault at once", async () => {
    const idea = await made("/api/products", { product_name: "Idea" });
    const post = async (body: object) => placesOf(await api.call("POST", "/api/stock_counts", { body }));
    expect(await post({ reason: " " })).toEqual([422, "#/reason text"]);
    expect(await post({ reason: "", location: "" })).toEqual([422, "#/reason text", "#/location text"]);
    expect(await post({ reason: "x" })).toEqual([422, "#/product_ids rule"]);
    expect(await post({ reason: "x", product_ids: [1], location: "B" })).toEqual([422, "#/product_ids rule"]);
    expect(await post({ reason: "x", product_ids: [] })).toEqual([422, "#/product_ids rule"]);
    expect(await post({ reason: "x", product_ids: [1, 1] })).toEqual([422, "#/product_ids/1 rule"]);
    expect(await post({ reason: "x", location: "nowhere" })).toEqual([422, "#/location rule"]);
    expect(await post({ reason: "x", product_ids: [idea, 999_999] })).toEqual([
      ...[422, "#/product_ids/0 reference", "#/product_ids/1 reference"],
    ]);
    expect(await post({ reason: "x", product_ids: [idea, idea, 999_999] })).toEqual([
      ...[422, "#/product_ids/0 reference", "#/product_ids/1 rule", "#/product_ids/2 reference"],
    ]);
  });
});

describe("PUT /api/stock_counts/{id}", () => {
  test("200: what is expected is that of the moment; the same number again keeps it; null takes it back", async () => {
    const tea = await product(10);
    const jam = await product(5);
    const id = await sheet(tea, jam);
    await adjust(tea, -3);
    const first = await enter(id, { [tea]: 6 }, { "if-match": '"0"' });
    const details = Object(first.body.data).stock_count_details;
    const ofTea = { product_id: tea, expected: "7.0000", counted: "6.0000", difference: "-1.0000" };
    expect(details).toMatchObject([
      { ...ofTea, counted_principal: "local" },
      { product_id: jam, counted: null },
    ]);
    expect([first.headers.get("etag"), Object(first.body.data).counted]).toEqual(['"1"', 1]);
    await adjust(tea, -2);
    expect(Object((await enter(id, { [tea]: 6, [jam]: 5 })).body.data).stock_count_details).toMatchObject([
      ...[ofTea, { product_id: jam, expected: "5.0000", difference: "0.0000" }],
    ]);
    await enter(id, { [tea]: null });
    expect(Object((await enter(id, { [tea]: 6 })).body.data).stock_count_details[0]).toMatchObject({
      ...{ expected: "5.0000", difference: "1.0000" },
    });
    const renamed = await api.call("PUT", `/api/stock_counts/${id}`, { body: { reason: "Half of the year" } });
    expect(Object(renamed.body.data)).toMatchObject({ reason: "Half of the year", counted: 2 });
  });

  test("422 with every fault at once, 412 in another version, 404, 409 when it is not open", async () => {
    const tea = await product(10);
    const other = await product(1);
    const id = await sheet(tea);
    expect(placesOf(await enter(id, { [tea]: "0.5", [other]: 1 }))).toEqual([
      ...[422, "#/stock_count_details/0/counted rule", "#/stock_count_details/1/product_id reference"],
    ]);
    const twice = { stock_count_details: [1, 2].map((quantity) => ({ product_id: tea, counted: quantity })) };
    expect(placesOf(await api.call("PUT", `/api/stock_counts/${id}`, { body: twice }))).toEqual([
      ...[422, "#/stock_count_details/1/product_id reference"],
    ]);
    expect(placesOf(await enter(id, { [tea]: -1 }))).toEqual([422, "#/stock_count_details/0/counted range"]);
    const strange = { foo: 1, stock_count_details: [{ product_id: other, counted: 1, bar: 2 }] };
    expect(placesOf(await api.call("PUT", `/api/stock_counts/${id}`, { body: strange }))).toEqual([
      ...[422, "#/stock_count_details/0/bar unknown-field", "#/foo unknown-field"],
      "#/stock_count_details/0/product_id reference",
    ]);
    const blank = await api.call("PUT", `/api/stock_counts/${id}`, { body: { reason: "" } });
    expect(placesOf(blank)).toEqual([422, "#/reason text"]);
    const stale = await enter(id, { [tea]: 1 }, { "if-match": '"7"' });
    expect([stale.status, Object(stale.body.data).id]).toEqual([412, id]);
    expect((await enter(2_147_483_647, { [tea]: 1 })).status).toBe(404);
    expect((await act(id, "cancel")).status).toBe(200);
    expect(placesOf(await enter(id, { [tea]: 1 }))).toEqual([409, "# state"]);
    expect(placesOf(await act(id, "approve"))).toEqual([409, "# state"]);
    expect(placesOf(await act(id, "cancel"))).toEqual([409, "# state"]);
    expect(await stockOf(tea)).toEqual(["10", "0", "0"]);
  });
});

describe("POST /api/stock_counts/{id}/approve 200", () => {
  test("books the difference of the moment when it was counted; what was not counted stays", async () => {
    const tea = await product(10);
    const jam = await product(5);
    const salt = await product(3);
    const id = await sheet(tea, jam, salt);
    expect((await enter(id, { [tea]: 8, [jam]: 5 })).status).toBe(200);
    await adjust(tea, 4);
    await approved(id);
    expect([await stockOf(tea), await stockOf(jam), await stockOf(salt)]).toEqual([
      ...[
        ["12", "0", "0"],
        ["5", "0", "0"],
        ["3", "0", "0"],
      ],
    ]);
    await api.onDatabases(async (database) => {
      expect(await database.all(entries, { id })).toMatchObject([
        { product_id: tea, transaction_type: 6, quantity: "-2.0000", comments: "Year's end" },
      ]);
      expect(await database.all(logged, { id, sequence: 3 })).toEqual([
        { resource: "stock_count", resource_id: id, version: 2 },
      ]);
    });
    const { body } = await api.call("GET", `/api/stock/${tea}/transactions`);
    expect(Object(body.data)[0]).toMatchObject({ stock_count_id: id, quantity: "-2.0000", type: "Adjusted" });
  });

  test("goods that orders hold do not stop it: the newest orders give back, the oldest keep", async () => {
    const tea = await product(9);
    const dates = ["2024-03-01T00:00:00", "2024-02-01T00:00:00", "2024-01-01T00:00:00"];
    const [newest = 0, middle = 0, oldest = 0] = await Promise.all([]).then(async () => {
      const ids: number[] = [];
      for (const order_date of dates) ids.push(await order(tea, 3, { order_date }));
      return ids;
    });
    const id = await counted(tea, 4);
    await approved(id);
    expect(await allocatedOf(newest, middle, oldest)).toEqual(["0", "1", "3"]);
    expect(await stockOf(tea)).toEqual(["4", "4", "5"]);
    await api.onDatabases(async (database) => {
      expect(await database.all(entries, { id })).toMatchObject([
        { transaction_type: 6, quantity: "-5.0000", customer_order_id: null },
        { transaction_type: 7, quantity: "3.0000", customer_order_id: newest },
        { transaction_type: 7, quantity: "2.0000", customer_order_id: middle },
      ]);
      const entered = await database.all(logged, { id, sequence: 3 });
      expect(entered.map(({ resource_id, version }) => [resource_id, version])).toEqual([
        ...[[id, 2], ...[newest, middle].toSorted((a, b) => a - b).map((one) => [one, 1])],
      ]);
    });
    // What is found later goes to the oldest who waits.
    await approved(await counted(tea, 6));
    expect(await allocatedOf(newest, middle, oldest)).toEqual(["0", "3", "3"]);
  });

  test("an order that takes a line only as a whole gives back all of it; the rest goes to who waits", async () => {
    const tea = await product(8);
    const older = await order(tea, 2, { order_date: "2024-01-01T00:00:00" });
    const whole = await order(tea, 6, { order_date: "2024-02-01T00:00:00", shipping_policy: "complete" });
    const waits = await order(tea, 5, { order_date: "2024-03-01T00:00:00" });
    expect(await allocatedOf(older, whole, waits)).toEqual(["2", "6", "0"]);
    await approved(await counted(tea, 6));
    expect(await allocatedOf(older, whole, waits)).toEqual(["2", "0", "4"]);
    expect(await stockOf(tea)).toEqual(["6", "6", "7"]);
  });

  test("one order that gives back of one product and gets of another has one entry", async () => {
    const [tea, jam] = [await product(3), await product(0)];
    const order_details = [tea, jam].map((product_id) => ({ product_id, quantity: 3 }));
    const both = await made("/api/orders", { ...sent, order_details });
    const id = await sheet(tea, jam);
    expect((await enter(id, { [tea]: 1, [jam]: 2 })).status).toBe(200);
    await approved(id);
    const { body, headers } = await api.call("GET", `/api/orders/${both}?include=details`);
    expect(Object(body.data).order_details).toMatchObject([{ allocated: "1.0000" }, { allocated: "2.0000" }]);
    expect(headers.get("etag")).toBe('"1"');
    await api.onDatabases(async (database) => {
      const entered = await database.all(logged, { id, sequence: 3 });
      expect(entered.map(({ resource }) => resource)).toEqual(["stock_count", "order"]);
    });
  });

  test("an invoiced order gives back as well, and waits again", async () => {
    const tea = await product(3);
    const invoiced = await order(tea, 3);
    expect((await api.call("POST", `/api/orders/${invoiced}/invoice`)).status).toBe(200);
    await approved(await counted(tea, 0));
    expect([await allocatedOf(invoiced), await stockOf(tea)]).toEqual([["0"], ["0", "0", "3"]]);
    await adjust(tea, 3);
    expect(await allocatedOf(invoiced)).toEqual(["3"]);
    expect((await api.call("POST", `/api/orders/${invoiced}/ship`, { body: {} })).status).toBe(200);
  });
});

describe("POST /api/stock_counts/{id}/approve refused", () => {
  test("409 with everything that stands against it, which include=actions says as well", async () => {
    const [tea, jam, salt] = [await product(10), await product(10), await product(0)];
    const id = await sheet(tea, jam, salt);
    const unmetOf = async (action: string) => {
      const { body } = await api.call("GET", `/api/stock_counts/${id}?include=actions`);
      const actions: readonly object[] = Object(body.data).actions;
      return actions.map((one) => Object(one)).find((one) => one.action === action).unmet;
    };
    expect(await unmetOf("approve")).toMatchObject([{ code: "state", message: "Nothing has been counted." }]);
    expect(placesOf(await act(id, "approve"))).toEqual([409, "# state"]);
    expect((await enter(id, { [tea]: 2, [jam]: 3, [salt]: 1 })).status).toBe(200);
    expect(await unmetOf("approve")).toEqual([]);
    await adjust(tea, -7);
    await adjust(jam, -9);
    expect((await api.call("PUT", `/api/products/${salt}`, { body: { stocked: false } })).status).toBe(200);
    const reply = await act(id, "approve");
    const messages = reply.body.errors?.map(({ message }) => message);
    expect([reply.status, messages]).toEqual([
      409,
      [
        `The count of product ${tea} is 8 below what was expected, but only 3 is on hand now. Count it again.`,
        `The count of product ${jam} is 7 below what was expected, but only 1 is on hand now. Count it again.`,
        `The stock of product ${salt} is not kept any more. Take back what was counted.`,
      ],
    ]);
    const told: readonly { readonly message: string; readonly what_to_do: string }[] = await unmetOf("approve");
    expect(told.map(({ message, what_to_do }) => `${message} ${what_to_do}`)).toEqual(messages ?? []);
    expect((await enter(id, { [tea]: null, [jam]: null, [salt]: null })).status).toBe(200);
    expect(await unmetOf("cancel")).toEqual([]);
    expect((await act(id, "cancel")).status).toBe(200);
    expect([await stockOf(tea), await stockOf(jam)]).toEqual([
      ["3", "0", "0"],
      ["1", "0", "0"],
    ]);
  });

  test("404 without the count, 412 in another version", async () => {
    const id = await counted(await product(1), 2);
    expect((await act(2_147_483_647, "approve")).status).toBe(404);
    expect((await api.call("GET", "/api/stock_counts/2147483647")).status).toBe(404);
    expect((await act(id, "approve", { "if-match": '"0"' })).status).toBe(412);
    expect((await act(id, "approve", { "if-match": '"1"' })).status).toBe(200);
  });
});

describe("GET /api/stock_counts", () => {
  test("200 page by page, the newest first, of some statuses", async () => {
    const tea = await product(1);
    const first = await sheet(tea);
    expect((await act(first, "cancel")).status).toBe(200);
    const second = await counted(tea, 1);
    await approved(second);
    const third = await sheet(tea);
    const get = async (query: string) => {
      const { body } = await api.call("GET", `/api/stock_counts?${query}`);
      const data: readonly { readonly id: number }[] = Object(body.data);
      return { ids: data.map(({ id }) => id), data, page: Object(body.page) };
    };
    const newest = await get("limit=2");
    expect(newest.ids).toEqual([third, second]);
    expect(newest.data[1]).toMatchObject({ status: "approved", products: 1, counted: 1, approved_principal: "local" });
    expect((await get(`limit=1&cursor=${newest.page.next_cursor}`)).ids).toEqual([first]);
    const closed = await get("status=approved,cancelled&limit=2");
    expect(closed.ids).toEqual([second, first]);
    expect((await get("status=open&limit=1")).ids).toEqual([third]);
    const other = await api.call("GET", `/api/stock_counts?status=open&cursor=${newest.page.next_cursor}`);
    expect([other.status, other.body.code]).toEqual([400, "bad-query"]);
  });
});

// These use up numbers on MariaDB.
describe("POST /api/stock_counts, once", () => {
  test("a repeated key counts once; a dry run moves nothing", async () => {
    const tea = await product(3);
    const id = await counted(tea, 5);
    expect((await api.call("POST", `/api/stock_counts/${id}/approve?dry_run=1`)).status).toBe(200);
    expect(await stockOf(tea)).toEqual(["3", "0", "0"]);
    for (const _ of [1, 2]) expect((await act(id, "approve", { "idempotency-key": "once" })).status).toBe(200);
    expect(await stockOf(tea)).toEqual(["5", "0", "0"]);
    const body = { reason: "Dry", product_ids: [tea] };
    expect((await api.call("POST", "/api/stock_counts?dry_run=1", { body })).status).toBe(200);
    expect(Object((await api.call("GET", "/api/stock_counts?limit=1")).body.data)[0].id).toBe(id);
  });

  test("counts are approved while orders take and ship the goods: nothing is below zero, and all is proven", async () => {
    const tea = await product(40);
    const body = { reason: "Beside", product_ids: [tea] };
    await Promise.all(
      api.servers.map(async ({ url }) => {
        const send = (method: string, path: string, sentBody?: object) =>
          fetch(`${url}${path}`, {
            ...{ method, headers: { "content-type": "application/json" } },
            ...(sentBody === undefined ? {} : { body: JSON.stringify(sentBody) }),
          });
        const ordering = async (count: number) => {
          for (let done = 0; done < count; done += 1) {
            const order_details = [{ product_id: tea, quantity: 2 }];
            expect((await send("POST", "/api/orders", { ...sent, order_details })).status).toBe(201);
          }
        };
        const counting = async () => {
          for (const pieces of [30, 10, 25, 5]) {
            const { data } = Object(await (await send("POST", "/api/stock_counts", body)).json());
            const stock_count_details = [{ product_id: tea, counted: pieces }];
            expect((await send("PUT", `/api/stock_counts/${data.id}`, { stock_count_details })).status).toBe(200);
            expect((await send("POST", `/api/stock_counts/${data.id}/approve`)).status).toBe(200);
          }
        };
        await Promise.all([ordering(15), ordering(15), counting()]);
      }),
    );
    expect(await stockOf(tea)).toEqual(["5", "5", "55"]);
  });
});

test("after all of this, the stock is proven", async () => {
  const { body } = await api.call("GET", "/api/stock/proof");
  expect(Object(body.data)).toMatchObject({ total: 0, faults: [] });
});
