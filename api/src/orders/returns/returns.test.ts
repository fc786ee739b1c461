// Goods that come back: what they do to the stock, to their order and to those who wait, on both engines.
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

async function receive(product_id: number, quantity: number): Promise<void> {
  const body = { product_id, type: "adjusted", quantity, reason: "Delivery" };
  expect((await api.call("POST", "/api/stock/adjustments", { body })).status).toBe(200);
}

async function product(pieces: number, fields: object = {}): Promise<number> {
  const id = await made("/api/products", { product_name: "Tea", list_price: "2", stocked: true, ...fields });
  if (pieces > 0) await receive(id, pieces);
  return id;
}

interface Detail {
  readonly id: number;
  readonly allocated: string;
  readonly shipped: string;
  readonly returned: string;
}

async function read(id: number) {
  const { body, headers } = await api.call("GET", `/api/orders/${id}?include=details,actions`);
  const data: { order_details: readonly Detail[]; status_id: number; actions: readonly object[] } = Object(body.data);
  return { ...data, etag: headers.get("etag") ?? "" };
}

/** A detail of an order in the form of `shipped of quantity, allocated, returned`. */
async function quantities(id: number): Promise<readonly (readonly string[])[]> {
  return (await read(id)).order_details.map(({ shipped, allocated, returned }) =>
    [shipped, allocated, returned].map((quantity) => quantity.replace(".0000", "")),
  );
}

async function ordered(order_details: readonly object[], fields: object = {}) {
  const id = await made("/api/orders", { ...sent, ...fields, order_details });
  return { id, details: (await read(id)).order_details };
}

async function done(id: number, action: string, body?: object): Promise<void> {
  const reply = await api.call("POST", `/api/orders/${id}/${action}`, body && { body });
  expect([reply.status, reply.body.errors]).toEqual([200, undefined]);
}

/** An order of one detail that is shipped. */
async function shipped(product_id: number, quantity: number) {
  const { id, details } = await ordered([{ product_id, quantity }]);
  await done(id, "invoice");
  await done(id, "ship", {});
  return { id, detail: details[0]?.id ?? 0 };
}

const take = (id: number, order_details: readonly object[], fields: object = {}, headers = {}) =>
  api.call("POST", `/api/orders/${id}/returns`, { body: { reason: "Wrong goods", order_details, ...fields }, headers });
const line = (id: number, quantity: number | string, disposition = "stock") => ({ id, quantity, disposition });

const placesOf = ({ status, body }: Awaited<ReturnType<typeof take>>) => [
  status,
  ...(body.errors ?? []).map(({ pointer, code }) => `${pointer} ${code}`),
];

async function stockOf(product_id: number) {
  const { on_hand, allocated, back_ordered } = Object((await api.call("GET", `/api/stock/${product_id}`)).body.data);
  return [on_hand, allocated, back_ordered].map((quantity: string) => quantity.replace(".0000", ""));
}

const entries = sql(`
  SELECT t.transaction_type, t.quantity, t.customer_order_id, t.order_detail_id, t.comments
  FROM inventory_transactions t WHERE t.order_return_id = :id ORDER BY t.id
`);
const logged = sql(`
  SELECT a.resource, a.resource_id, a.version, a.action FROM audit_log l JOIN audit_log a ON a.request_id = l.request_id
  WHERE l.resource = 'order_return' AND l.resource_id = :id ORDER BY a.entry_id
`);

describe("POST /api/orders/{id}/returns 201", () => {
  test("takes goods back: to the stock, or to be written off, which the ledger tells", async () => {
    const tea = await product(10, { product_code: "T-1", location: "B 2" });
    const { id, detail } = await shipped(tea, 8);
    const before = await read(id);
    const reply = await take(
      ...([id, [line(detail, 3), line(detail, 2, "damaged"), line(detail, 1, "scrap")]] as const),
      ...([{ returned_date: "2024-02-01T08:00:00" }, { "if-match": before.etag }] as const),
    );
    const data = Object(reply.body.data);
    expect([reply.status, reply.headers.get("location")]).toEqual([201, `/api/returns/${data.id}`]);
    const { id: first } = data.order_return_details[0];
    const sold = { order_detail_id: detail, product_id: tea, product_code: "T-1", product_name: "Tea" };
    const content = { ...sold, quantity_per_unit: null, location: "B 2" };
    expect(data).toEqual({
      ...{ id: data.id, order_id: id, returned_date: "2024-02-01T08:00:00", reason: "Wrong goods" },
      order_return_details: [
        { id: first, ...content, quantity: "3.0000", disposition: "stock" },
        { id: first + 1, ...content, quantity: "2.0000", disposition: "damaged" },
        { id: first + 2, ...content, quantity: "1.0000", disposition: "scrap" },
      ],
    });
    expect((await api.call("GET", `/api/returns/${data.id}`)).body.data).toEqual(data);
    expect((await api.call("GET", `/api/orders/${id}/returns`)).body.data).toEqual([data]);
    expect(await stockOf(tea)).toEqual(["5", "0", "0"]);
    const after = await read(id);
    expect([after.status_id, after.etag, await quantities(id)]).toEqual([2, '"3"', [["8", "0", "6"]]]);
    const cause = { customer_order_id: id, order_detail_id: detail, comments: "Wrong goods" };
    await api.onDatabases(async (database) => {
      const found = await database.all(entries, { id: data.id });
      expect(found.map(({ transaction_type, quantity }) => [transaction_type, String(quantity)])).toEqual([
        ...[
          [5, "3.0000"],
          [5, "2.0000"],
          [4, "2.0000"],
          [5, "1.0000"],
          [4, "1.0000"],
        ],
      ]);
      for (const entry of found) expect(entry).toMatchObject(cause);
      expect(await database.all(logged, { id: data.id })).toEqual([
        { resource: "order_return", resource_id: data.id, version: 0, action: "create" },
        { resource: "order", resource_id: id, version: 3, action: "update" },
      ]);
    });
  });

  test("what can be sold again goes to the oldest who waits, in the same write; the rest to nobody", async () => {
    const tea = await product(8);
    const { id, detail } = await shipped(tea, 8);
    const younger = await ordered([{ product_id: tea, quantity: 5 }], { order_date: "2024-03-01T00:00:00" });
    const older = await ordered([{ product_id: tea, quantity: 2 }], { order_date: "2024-02-01T00:00:00" });
    expect(await stockOf(tea)).toEqual(["0", "0", "7"]);
    expect((await take(id, [line(detail, 4), line(detail, 3, "damaged")])).status).toBe(201);
    expect(await stockOf(tea)).toEqual(["4", "4", "3"]);
    expect([await quantities(older.id), await quantities(younger.id)]).toEqual([[["0", "2", "0"]], [["0", "2", "0"]]]);
    expect((await read(older.id)).etag).toBe('"1"');
  });

  test("an order that waits for what it returns has one entry, and is one version older", async () => {
    const tea = await product(4);
    const { id, details } = await ordered([
      { product_id: tea, quantity: 4 },
      { product_id: tea, quantity: 3 },
    ]);
    await api.call("PUT", "/api/company", { body: { invoicing_policy: "on-shipment" } });
    await done(id, "ship", {});
    await api.call("PUT", "/api/company", { body: { invoicing_policy: "before-shipment" } });
    const { etag } = await read(id);
    const reply = await take(id, [line(details[0]?.id ?? 0, 2)], {}, { "if-match": etag });
    const returned = Object(reply.body.data).id;
    expect(await quantities(id)).toEqual([
      ["4", "0", "2"],
      ["0", "2", "0"],
    ]);
    expect([etag, (await read(id)).etag]).toEqual(['"1"', '"2"']);
    await api.onDatabases(async (database) => {
      expect((await database.all(logged, { id: returned })).map(({ resource }) => resource)).toEqual([
        ...["order_return", "order"],
      ]);
    });
    for (const { url } of api.servers) {
      const history = await (await fetch(`${url}/api/orders/${id}/history`)).json();
      const last = Object(history).data.at(-1);
      expect(last.before.order_details[0]).toMatchObject({ returned: "0.0000" });
      expect(last.after.order_details).toMatchObject([{ returned: "2.0000" }, { allocated: "2.0000" }]);
    }
  });

  test("of a closed order, and of a product whose stock is not kept, whose order then stays shipped", async () => {
    const idea = await made("/api/products", { product_name: "Idea", list_price: "2" });
    const { id, detail } = await shipped(idea, 2);
    expect((await take(id, [line(detail, 1)])).status).toBe(201);
    expect(await quantities(id)).toEqual([["2", "0", "1"]]);
    const back = await api.call("POST", `/api/orders/${id}/put-back`, { body: { sequence: 3 } });
    expect([back.status, back.body.errors?.[0]?.message]).toEqual([
      ...[409, "Goods of it have come back with a return: it stays shipped."],
    ]);
    const paid = { payment_type: "Cash", paid_date: "2024-02-01T00:00:00" };
    expect((await api.call("PUT", `/api/orders/${id}`, { body: paid })).status).toBe(200);
    await done(id, "close");
    expect((await take(id, [line(detail, 1, "damaged")])).status).toBe(201);
    expect([(await read(id)).status_id, await quantities(id)]).toEqual([3, [["2", "0", "2"]]]);
  });

  test("ordered 15, shipped 10, returned 4: 5 are open, and what is left of the return can still come back", async () => {
    const tea = await product(10);
    const { id, details } = await ordered([{ product_id: tea, quantity: 15 }], { shipping_policy: "partial" });
    await api.call("PUT", "/api/company", { body: { invoicing_policy: "on-shipment" } });
    await done(id, "ship", {});
    await api.call("PUT", "/api/company", { body: { invoicing_policy: "before-shipment" } });
    const detail = details[0]?.id ?? 0;
    expect((await take(id, [line(detail, 4, "scrap")])).status).toBe(201);
    expect([await stockOf(tea), await quantities(id)]).toEqual([["0", "0", "5"], [["10", "0", "4"]]]);
    expect(placesOf(await take(id, [line(detail, 7, "scrap")]))).toEqual([409, "#/order_details/0/quantity state"]);
    // What is ordered cannot become less than what was shipped, whatever came back.
    const less = { order_details: [{ id: detail, quantity: 9 }] };
    expect((await api.call("PUT", `/api/orders/${id}`, { body: less })).status).toBe(409);
    expect((await take(id, [line(detail, 6)])).status).toBe(201);
    expect([await stockOf(tea), await quantities(id)]).toEqual([["6", "5", "0"], [["10", "5", "10"]]]);
  });

  test("ordered 5, received 3, shipped 3, returned 2: what came back is held for the rest", async () => {
    const tea = await product(3);
    const { id, details } = await ordered([{ product_id: tea, quantity: 5 }]);
    await api.call("PUT", "/api/company", { body: { invoicing_policy: "on-shipment" } });
    await done(id, "ship", {});
    await api.call("PUT", "/api/company", { body: { invoicing_policy: "before-shipment" } });
    expect((await take(id, [line(details[0]?.id ?? 0, 2)])).status).toBe(201);
    expect([await quantities(id), await stockOf(tea)]).toEqual([[["3", "2", "2"]], ["2", "2", "0"]]);
  });
});

describe("POST /api/orders/{id}/returns refused", () => {
  test("422 with every fault at once", async () => {
    const tea = await product(5);
    const { id, detail } = await shipped(tea, 5);
    const lines = [line(detail, "0.5"), line(detail, 1), line(detail, 0, "scrap"), line(999_999, 1)];
    expect(placesOf(await take(id, lines, { returned_date: "2024-01-14T00:00:00" }))).toEqual([
      ...[422, "#/order_details/0/quantity rule", "#/order_details/1/id reference"],
      ...["#/order_details/2/quantity rule", "#/order_details/3/id reference", "#/returned_date rule"],
    ]);
    expect(placesOf(await take(id, []))).toEqual([422, "#/order_details rule"]);
    expect(placesOf(await take(id, [line(detail, 1)], { reason: "" }))).toEqual([422, "#/reason text"]);
    expect(placesOf(await take(id, [line(detail, 1, "sold")], { reason: " " }))).toEqual([
      ...[422, "#/reason text", "#/order_details/0/disposition range"],
    ]);
  });

  test("409 for more than was shipped and has not come back, also in several lines", async () => {
    const tea = await product(5);
    const { id, detail } = await shipped(tea, 5);
    expect((await take(id, [line(detail, 1)])).status).toBe(201);
    const reply = await take(id, [line(detail, 3), line(detail, 2, "scrap")]);
    expect(placesOf(reply)).toEqual([409, "#/order_details/1/quantity state"]);
    expect(reply.body.errors?.[0]?.message).toBe("At most 1 can come back: shipped 5, returned 1, in other lines 3.");
    expect(await stockOf(tea)).toEqual(["1", "0", "0"]);
  });

  test("409 with the conditions of the action: nothing was shipped, or all has come back", async () => {
    const tea = await product(5);
    const { id, details } = await ordered([{ product_id: tea, quantity: 2 }]);
    const unmetOf = async (order: number) => {
      const { actions } = await read(order);
      return actions.map((one) => Object(one)).find(({ action }) => action === "return").unmet;
    };
    const messageOf = ({ body }: Awaited<ReturnType<typeof take>>) => body.errors?.map(({ message }) => message);
    const said = (unmet: readonly { readonly message: string; readonly what_to_do: string }[]) =>
      unmet.map(({ message, what_to_do }) => `${message} ${what_to_do}`);
    const nothing = await take(id, [line(details[0]?.id ?? 0, 1)]);
    expect([nothing.status, messageOf(nothing)]).toEqual([409, said(await unmetOf(id))]);
    expect(messageOf(nothing)?.[0]).toStartWith("Nothing of it has left the house.");
    const sold = await shipped(tea, 2);
    expect(await unmetOf(sold.id)).toEqual([]);
    expect((await take(sold.id, [line(sold.detail, 2)])).status).toBe(201);
    const all = await take(sold.id, [line(sold.detail, 1)]);
    expect([all.status, messageOf(all)]).toEqual([409, said(await unmetOf(sold.id))]);
    expect(messageOf(all)?.[0]).toStartWith("All that has left the house has come back already.");
  });

  test("404 without the order, 412 in another version", async () => {
    const tea = await product(1);
    const { id, detail } = await shipped(tea, 1);
    expect((await take(2_147_483_647, [line(detail, 1)])).status).toBe(404);
    const stale = await take(id, [line(detail, 1)], {}, { "if-match": '"0"' });
    expect([stale.status, Object(stale.body.data).id]).toEqual([412, id]);
    expect((await api.call("GET", "/api/orders/2147483647/returns")).status).toBe(404);
    expect((await api.call("GET", "/api/returns/2147483647")).status).toBe(404);
  });
});

describe("GET /api/returns", () => {
  test("200 page by page, the newest first; from one day to another", async () => {
    const tea = await product(9);
    const { id, detail } = await shipped(tea, 3);
    const days = ["2031-01-02", "2031-01-01", "2031-01-02"];
    const ids: number[] = [];
    for (const day of days) {
      const { body } = await take(id, [line(detail, 1)], { returned_date: `${day}T23:59:59` });
      ids.push(Object(body.data).id);
    }
    const get = async (query: string) => {
      const { body } = await api.call("GET", `/api/returns?${query}`);
      const data: readonly { readonly id: number }[] = Object(body.data);
      return { ids: data.map((one) => one.id), page: Object(body.page) };
    };
    const [a, b, c] = ids;
    expect((await get("returned_from=2031-01-01&returned_to=2031-01-02")).ids).toEqual([c, a, b].map(Number));
    expect((await get("returned_from=2031-01-01&returned_to=2031-01-01")).ids).toEqual([b].map(Number));
    const first = await get("returned_from=2031-01-01&limit=2");
    expect(first.ids).toEqual([c, a].map(Number));
    const second = await get(`returned_from=2031-01-01&limit=2&cursor=${first.page.next_cursor}`);
    expect([second.ids, second.page.next_cursor]).toEqual([[b].map(Number), null]);
    const other = await api.call("GET", `/api/returns?limit=2&cursor=${first.page.next_cursor}`);
    expect([other.status, other.body.code]).toEqual([400, "bad-query"]);
  });
});

// These use up numbers on MariaDB.
describe("POST /api/orders/{id}/returns, once", () => {
  test("a repeated key takes back once; a dry run stores nothing", async () => {
    const tea = await product(2);
    const { id, detail } = await shipped(tea, 2);
    for (const _ of [1, 2])
      expect((await take(id, [line(detail, 1)], {}, { "idempotency-key": "back once" })).status).toBe(201);
    expect([await stockOf(tea), await quantities(id)]).toEqual([["1", "0", "0"], [["2", "0", "1"]]]);
    const body = { reason: "Wrong goods", order_details: [line(detail, 1)] };
    const dry = await api.call("POST", `/api/orders/${id}/returns?dry_run=1`, { body });
    expect([dry.status, Object(dry.body.data).order_id, await quantities(id)]).toEqual([200, id, [["2", "0", "1"]]]);
  });

  test("20 at once of the last piece that is out: one is taken back", async () => {
    const tea = await product(1);
    const { id, detail } = await shipped(tea, 1);
    const body = JSON.stringify({ reason: "Wrong goods", order_details: [line(detail, 1)] });
    await Promise.all(
      api.servers.map(async ({ url }) => {
        const headers = { "content-type": "application/json" };
        const send = () => fetch(`${url}/api/orders/${id}/returns`, { method: "POST", headers, body });
        const statuses = (await Promise.all(Array.from({ length: 20 }, send))).map(({ status }) => status);
        expect(statuses.sort()).toEqual([201, ...Array.from({ length: 19 }, () => 409)]);
      }),
    );
    expect(await quantities(id)).toEqual([["1", "0", "1"]]);
  });
});

test("after all of this, the stock is proven", async () => {
  const { body } = await api.call("GET", "/api/stock/proof");
  expect(Object(body.data)).toMatchObject({ total: 0, faults: [] });
});
