// What the API shows of the stock: the list, one product and its ledger, on both engines.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { type BothEngines, startBothEngines, startTimeoutMs } from "../both-engines.ts";

let api: BothEngines;
const ids: number[] = [];

/** Six products, of which the stock of five is kept: pieces on hand, reorder level, target level, minimum. */
const products = [
  ["Chai", "T-1", 5, 10, 20, 5],
  ["Apple sauce", "S-1", 30, 10, 20, null],
  ["Éclair", "B-1", 0, 4, 8, 25],
  ["Bread", "B-2", 15, 10, 20, null],
  ["apple juice", "D-1", 2, null, null, null],
] as const;

beforeAll(async () => {
  api = await startBothEngines();
  await made("/api/products", { product_name: "Idea" });
  for (const [product_name, product_code, pieces, reorder_level, target_level, minimum] of products) {
    const levels = { reorder_level, target_level, minimum_reorder_quantity: minimum };
    const id = await made("/api/products", { product_name, product_code, stocked: true, ...levels });
    ids.push(id);
    const body = { product_id: id, type: "adjusted", quantity: pieces, reason: "first count" };
    if (pieces > 0) expect((await api.call("POST", "/api/stock/adjustments", { body })).status).toBe(200);
  }
}, startTimeoutMs);
afterAll(() => api.stop());

async function made(path: string, body: object): Promise<number> {
  const reply = await api.call("POST", path, { body });
  expect([reply.status, reply.body.errors]).toEqual([201, undefined]);
  return Object(reply.body.data).id;
}

const [chai = 0, sauce = 0, eclair = 0, bread = 0, juice = 0] = [2, 3, 4, 5, 6];

/** The product ids of all pages. */
async function listed(query: string): Promise<readonly number[]> {
  const found: number[] = [];
  for (let cursor = ""; ; ) {
    const { status, body } = await api.call("GET", `/api/stock?${query}${cursor}`);
    expect([status, body.errors]).toEqual([200, undefined]);
    if (Array.isArray(body.data)) found.push(...body.data.map(({ product_id }) => product_id));
    if (body.page?.next_cursor == null) return found;
    cursor = `&cursor=${body.page.next_cursor}`;
  }
}

describe("GET /api/stock 200", () => {
  test("has every product whose stock is kept, with its quantities and levels", async () => {
    expect(ids).toEqual([chai, sauce, eclair, bread, juice]);
    const { body } = await api.call("GET", "/api/stock?limit=1");
    expect(body.data).toEqual([
      {
        ...{ product_id: chai, product_code: "T-1", product_name: "Chai", location: null, on_hand: "5.0000" },
        ...{ allocated: "0.0000", available: "5.0000", on_order: "0.0000", back_ordered: "0.0000" },
        ...{ reorder_level: 10, target_level: 20, to_reorder: "15.0000", low: true },
      },
    ]);
  });

  const byId = [chai, sauce, eclair, bread, juice];
  // As products are: by what is searched, which begins with the code.
  const byName = [eclair, bread, juice, sauce, chai];
  const filters = [
    ["q=", byId],
    ["low=true", [chai, eclair]],
    ["low=false", [sauce, bread, juice]],
    ["to_reorder=true", [chai, eclair, bread]],
    ["to_reorder=false", [sauce, juice]],
    ["low=false&to_reorder=true", [bread]],
    ["q=apple", [sauce, juice]],
    ["q=ecl%20b-1&low=true", [eclair]],
    ["q=b-&to_reorder=true", [eclair, bread]],
    [`products=${bread},1,${chai},${juice},99`, [chai, bread, juice]],
    [`products=${bread},${chai}&low=true`, [chai]],
    [`products=${bread},${chai},${juice}&to_reorder=true`, [chai, bread]],
    [`products=${bread},${juice}&q=apple`, [juice]],
  ] as const;
  test.each(filters)("?%s in every sort, whatever the size of the pages", async (filter, wanted) => {
    const among = (order: readonly number[]) => order.filter((id) => wanted.some((one) => one === id));
    for (const limit of [1, 2, 1000])
      for (const [sort, order] of [
        ["id", byId],
        ["-id", byId.toReversed()],
        ["name", byName],
        ["-name", byName.toReversed()],
      ] as const)
        expect([filter, sort, await listed(`limit=${limit}&${filter}&sort=${sort}`)]).toEqual([
          filter,
          sort,
          among(order),
        ]);
  });
});

test("GET /api/stock 400: a cursor of another filter, another sort, or no cursor", async () => {
  const { body } = await api.call("GET", "/api/stock?limit=1&low=true");
  const cursor = body.page?.next_cursor;
  for (const query of [
    "limit=1",
    `limit=1&low=true&products=${chai}`,
    "limit=1&low=false",
    "limit=1&low=true&sort=-id",
    "low=true&to_reorder=true",
  ])
    expect((await api.call("GET", `/api/stock?${query}&cursor=${cursor}`)).status).toBe(400);
  for (const query of ["low=yes", "products=", "products=2,2", "products=x", "sort=code", "limit=0", "cursor=abc"])
    expect((await api.call("GET", `/api/stock?${query}`)).body.code).toBe("bad-query");
});

test("GET /api/stock/{product_id} 200, and 404 where no stock is kept", async () => {
  expect((await api.call("GET", `/api/stock/${bread}`)).body.data).toMatchObject({
    ...{ product_id: bread, available: "15.0000", to_reorder: "5.0000", low: false },
  });
  for (const path of ["1", "99", "1/transactions", "99/transactions"])
    expect((await api.call("GET", `/api/stock/${path}`)).body.code).toBe("not-found");
});

describe("GET /api/stock/{product_id}/transactions", () => {
  test("200: the newest first, signed, with what caused them", async () => {
    const order = { order_date: "2024-01-15T10:30:00", order_details: [{ product_id: sauce, quantity: 4 }] };
    const order_id = await made("/api/orders", order);
    await api.call("PUT", `/api/orders/${order_id}`, { body: { order_details: [{ product_id: sauce, quantity: 1 }] } });
    const waste = { product_id: sauce, type: "waste", quantity: 2, reason: "broken" };
    await api.call("POST", "/api/stock/adjustments", { body: waste });
    const { body } = await api.call("GET", `/api/stock/${sauce}/transactions`);
    const rows = Array.isArray(body.data) ? body.data : [];
    expect(rows.map(({ type, quantity, comments, order_id: order }) => [type, quantity, comments, order])).toEqual([
      ["Waste", "-2.0000", "broken", null],
      ["On Hold", "1.0000", null, order_id],
      ["Released", "-4.0000", null, order_id],
      ["On Hold", "4.0000", null, order_id],
      ["Adjusted", "30.0000", "first count", null],
    ]);
    expect(rows[0]).toEqual({
      ...{ id: rows[0].id, type: "Waste", quantity: "-2.0000", created_date: rows[0].created_date, principal: "local" },
      ...{ comments: "broken", order_id: null, order_detail_id: null, purchase_order_id: null, shipment_id: null },
      ...{ order_return_id: null, stock_count_id: null },
    });
  });

  test("200: page by page; 400: a cursor of another product", async () => {
    const found: number[] = [];
    let cursor = "";
    do {
      const { body } = await api.call("GET", `/api/stock/${sauce}/transactions?limit=2${cursor}`);
      if (Array.isArray(body.data)) found.push(...body.data.map(({ id }) => id));
      cursor = body.page?.next_cursor == null ? "" : `&cursor=${body.page.next_cursor}`;
      if (cursor !== "")
        expect((await api.call("GET", `/api/stock/${bread}/transactions?${cursor.slice(1)}`)).status).toBe(400);
    } while (cursor !== "");
    expect(found).toHaveLength(5);
    expect(found).toEqual(found.toSorted((a, b) => b - a));
  });
});

test("GET /api/stock/{product_id}?include=expected_receipts 200: what is still to come, the first first", async () => {
  const tea = await made("/api/products", {
    product_name: "Zed tea",
    stocked: true,
    standard_cost: "2",
    list_price: 3,
  });
  const supplier_id = await made("/api/suppliers", { company: "Imports" });
  const bought = async (quantity: string, expected_date: string | null) =>
    made("/api/purchase_orders", {
      ...{ supplier_id, expected_date },
      purchase_order_details: [{ product_id: tea, quantity }],
    });
  const undated = await bought("1", null);
  const later = await bought("4", "2031-02-01T00:00:00");
  const sooner = await bought("6", "2031-01-01T00:00:00");
  for (const step of ["submit", "approve"]) await api.call("POST", `/api/purchase_orders/${sooner}/${step}`);
  const { body: read } = await api.call("GET", `/api/purchase_orders/${sooner}`);
  const [{ id }] = Object(read.data).purchase_order_details;
  const body = { purchase_order_details: [{ id, quantity: "2" }] };
  expect((await api.call("POST", `/api/purchase_orders/${sooner}/receive`, { body })).status).toBe(200);
  const path = `/api/stock/${tea}`;
  expect(Object((await api.call("GET", `${path}?include=expected_receipts`)).body.data)).toMatchObject({
    on_order: "9.0000",
    expected_receipts: [
      { purchase_order_id: sooner, expected_date: "2031-01-01T00:00:00", quantity: "4.0000" },
      { purchase_order_id: later, expected_date: "2031-02-01T00:00:00", quantity: "4.0000" },
      { purchase_order_id: undated, expected_date: null, quantity: "1.0000" },
    ],
  });
  expect(Object((await api.call("GET", path)).body.data).expected_receipts).toBeUndefined();
});
