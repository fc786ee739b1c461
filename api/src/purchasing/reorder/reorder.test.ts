// What is to be reordered, and ordering it: one purchase order per supplier, once, on both engines.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { sql } from "northwind-schema/sql";
import { type BothEngines, type Reply, startBothEngines, startTimeoutMs } from "../../both-engines.ts";

let api: BothEngines;
let [first, second] = [0, 0];
beforeAll(async () => {
  api = await startBothEngines();
  first = await made("/api/suppliers", { company: "Imports" });
  second = await made("/api/suppliers", { company: "Others" });
}, startTimeoutMs);
afterAll(() => api.stop());

async function made(path: string, body: object): Promise<number> {
  const reply = await api.call("POST", path, { body });
  expect([reply.status, reply.body.errors]).toEqual([201, undefined]);
  return Object(reply.body.data).id;
}

/** A product with the levels 10 and 25, sold by these suppliers. */
async function product(suppliers: readonly object[], fields: object = {}): Promise<number> {
  const levels = { reorder_level: 10, target_level: 25, standard_cost: "2" };
  const id = await made("/api/products", { product_name: "Tea", stocked: true, ...levels, ...fields });
  if (suppliers.length > 0) {
    const { status } = await api.call("PUT", `/api/products/${id}/suppliers`, { body: { suppliers } });
    expect(status).toBe(200);
  }
  return id;
}

async function adjust(product_id: number, quantity: number): Promise<void> {
  const body = { product_id, type: "adjusted", quantity, reason: "Counted" };
  expect((await api.call("POST", "/api/stock/adjustments", { body })).status).toBe(200);
}

const list = async (query = "") => {
  const { status, body } = await api.call("GET", `/api/reorder${query}`);
  expect([status, body.message]).toEqual([200, "Products to reorder retrieved"]);
  return { rows: Object(body.data), page: body.page };
};
const rowOf = async (id: number, query = "?below=target") =>
  (await list(query)).rows.find((row: { readonly product_id: number }) => row.product_id === id);
const order = (products: readonly object[], fields: object = {}) =>
  api.call("POST", "/api/reorder", { body: { products, ...fields } });
const faultsOf = ({ status, body }: Reply) => [
  status,
  ...(body.errors ?? []).map(({ pointer, code }) => `${pointer} ${code}`),
];

describe("GET /api/reorder 200", () => {
  test("the arithmetic: what is held, on order and waited for counts, then minimum and packs", async () => {
    const tea = await product([
      { supplier_id: second, unit_cost: "3.5", pack_quantity: "6", minimum_quantity: "20", lead_time_days: 9 },
      { supplier_id: first },
    ]);
    await adjust(tea, 7);
    await made("/api/orders", { order_details: [{ product_id: tea, quantity: 4 }] });
    const bought = { supplier_id: first, purchase_order_details: [{ product_id: tea, quantity: 2 }] };
    await made("/api/purchase_orders", bought);
    const numbers = { on_hand: "7.0000", allocated: "4.0000", available: "3.0000", on_order: "2.0000" };
    const terms = { supplier_id: second, company: "Others", unit_cost: "3.5000", pack_quantity: "6.0000" };
    expect(await rowOf(tea)).toEqual({
      ...{ product_id: tea, product_code: null, product_name: "Tea", ...numbers, back_ordered: "0.0000" },
      ...{ current_level: "5.0000", reorder_level: 10, target_level: 25, minimum_reorder_quantity: null, low: true },
      ...{ to_reorder: "20.0000", quantity: "24.0000" },
      supplier: { ...terms, minimum_quantity: "20.0000", lead_time_days: 9 },
    });
    // On the terms of the other supplier, whose price is the standard cost.
    expect(await rowOf(tea, `?supplier_id=${first}`)).toMatchObject({
      ...{ quantity: "20.0000", supplier: { supplier_id: first, unit_cost: "2.0000", lead_time_days: null } },
    });
    await made("/api/orders", { order_details: [{ product_id: tea, quantity: 5 }] });
    expect(await rowOf(tea)).toMatchObject({ back_ordered: "2.0000", current_level: "0.0000", to_reorder: "25.0000" });
  });

  test("below the reorder level, or below the target; nothing that is discontinued; in pages; by supplier", async () => {
    const supplier_id = await made("/api/suppliers", { company: "Pages" });
    const low = [await product([{ supplier_id }]), await product([{ supplier_id }]), await product([{ supplier_id }])];
    const between = await product([{ supplier_id }]);
    await adjust(between, 12);
    await product([{ supplier_id }], { discontinued: true });
    const other = await product([]);
    const idsOf = async (query: string) =>
      (await list(query)).rows.map((row: { readonly product_id: number }) => row.product_id);
    expect(await idsOf(`?supplier_id=${supplier_id}`)).toEqual(low);
    expect(await idsOf(`?supplier_id=${supplier_id}&below=target`)).toEqual([...low, between]);
    const page = await list(`?supplier_id=${supplier_id}&limit=2`);
    expect([page.rows.length, page.page?.limit]).toEqual([2, 2]);
    expect(await idsOf(`?supplier_id=${supplier_id}&limit=2&cursor=${page.page?.next_cursor}`)).toEqual(low.slice(2));
    expect((await api.call("GET", `/api/reorder?cursor=${page.page?.next_cursor}`)).status).toBe(400);
    const all = await idsOf("?limit=1000");
    expect([all.includes(other), all.includes(between)]).toEqual([true, false]);
    expect((await rowOf(other)).supplier).toBeNull();
  });

  test("404 for a supplier that does not exist, who is named; an empty list for one who sells nothing", async () => {
    const { status, body } = await api.call("GET", "/api/reorder?supplier_id=999999");
    expect([status, body.code, body.message]).toEqual([404, "not-found", "There is no such supplier."]);
    expect(body.errors).toMatchObject([{ parameter: "supplier_id" }]);
    const idle = await made("/api/suppliers", { company: "Idle" });
    expect((await list(`?supplier_id=${idle}`)).rows).toEqual([]);
  });
});

describe("POST /api/reorder", () => {
  test("200: one purchase order per supplier, with the time it takes; ordered again, nothing is left", async () => {
    const tea = await product([{ supplier_id: first, unit_cost: "3", pack_quantity: "10", lead_time_days: 5 }]);
    const jam = await product([{ supplier_id: second }]);
    const ham = await product([{ supplier_id: first }], { minimum_reorder_quantity: 40 });
    const selection = [tea, jam, ham].map((product_id) => ({ product_id }));
    const { status, body } = await order(selection);
    expect([status, body.errors]).toEqual([200, undefined]);
    expect(Object(body.data)).toMatchObject([
      {
        ...{ supplier_id: first, status_id: 0, submitted_by: null, total_cost: "170.0000" },
        purchase_order_details: [
          { product_id: tea, quantity: "30.0000", unit_cost: "3.0000" },
          { product_id: ham, quantity: "40.0000", unit_cost: "2.0000" },
        ],
      },
      { supplier_id: second, expected_date: null, purchase_order_details: [{ product_id: jam, quantity: "25.0000" }] },
    ]);
    expect(Object(body.data)[0].expected_date).toMatch(/T00:00:00$/);
    const again = await order(selection);
    expect(faultsOf(again)).toEqual([409, ...[0, 1, 2].map((place) => `#/products/${place}/product_id state`)]);
    expect(again.body.errors?.[0]?.message).toBe(
      "Nothing is to be reordered: available 0 + on order 30 - back-ordered 0 reaches the target level 25.",
    );
    expect(await rowOf(tea)).toBeUndefined();
    for (const { url } of api.servers) {
      const history = await (await fetch(`${url}/api/purchase_orders/${Object(body.data)[1].id}/history`)).json();
      expect(Object(history).data.map(({ action }: { readonly action: string }) => action)).toEqual(["create"]);
    }
  });

  test("200: a quantity and a supplier of one's own, submitted at once", async () => {
    const tea = await product([{ supplier_id: first, pack_quantity: "6" }]);
    const to_reorder = (await rowOf(tea)).to_reorder;
    const chosen = { product_id: tea, quantity: "7", supplier_id: second, to_reorder };
    const { status, body } = await order([chosen], { submit: true });
    expect([status, body.errors]).toEqual([200, undefined]);
    expect(Object(body.data)).toMatchObject([{ supplier_id: second, status_id: 1, submitted_principal: "local" }]);
    // What was read is old now, though something still lacks.
    const again = await order([chosen]);
    expect(faultsOf(again)).toEqual([409, "#/products/0/to_reorder state"]);
    expect((await order([{ ...chosen, to_reorder: "18", quantity: "18" }])).status).toBe(200);
    expect(faultsOf(await order([{ product_id: tea }]))).toEqual([409, "#/products/0/product_id state"]);
  });

  test("422 with every fault of every product", async () => {
    const idea = await made("/api/products", { product_name: "Idea" });
    const alone = await product([]);
    const unknown = await product([{ supplier_id: first }], { standard_cost: null });
    const packed = await product([{ supplier_id: first, pack_quantity: "6", minimum_quantity: "20" }]);
    const gone = await product([{ supplier_id: first }], { discontinued: true });
    const wrong = await order([
      ...[{ product_id: 999_999 }, { product_id: idea }, { product_id: alone, quantity: "1.5" }],
      ...[
        { product_id: unknown, supplier_id: 999_999 },
        { product_id: packed, quantity: "25" },
      ],
      ...[{ product_id: gone }, { product_id: gone }],
    ]);
    expect(faultsOf(wrong)).toEqual([
      422,
      "#/products/0/product_id reference",
      "#/products/1/product_id reference",
      "#/products/2/supplier_id rule",
      "#/products/2/quantity rule",
      "#/products/3/supplier_id reference",
      "#/products/3/product_id rule",
      "#/products/4/quantity rule",
      "#/products/6/product_id rule",
      "#/products/5/product_id state",
    ]);
    expect(wrong.body.errors?.[6]?.message).toBe("Must be at least 24 in steps of 6: 30 would do.");
    expect(faultsOf(await order([]))).toEqual([422, "#/products rule"]);
  });
});

// Last, because writes that wait or fail use up ids on MariaDB.
test("two requests at once, with different keys: one orders, the other is refused", async () => {
  const tea = await product([{ supplier_id: first }]);
  const owed = sql(`SELECT SUM(quantity) AS owed FROM purchase_order_details WHERE product_id = :product_id`);
  for (const { url } of api.servers) {
    const send = (key: string) =>
      fetch(`${url}/api/reorder`, {
        method: "POST",
        headers: { "content-type": "application/json", "idempotency-key": key },
        body: JSON.stringify({ products: [{ product_id: tea }] }),
      });
    const answers = await Promise.all(["a", "b", "c", "d"].map((key) => send(`reorder ${key}`)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409]);
  }
  await api.onDatabases(async (database) =>
    expect<unknown>(await database.one(owed, { product_id: tea })).toEqual({ owed: "25.0000" }),
  );
});

test("dry_run: what would be ordered, and nothing is", async () => {
  const [tea, jam] = [await product([{ supplier_id: first }]), await product([{ supplier_id: second }])];
  const products = [{ product_id: tea }, { product_id: jam }];
  for (const { url } of api.servers) {
    const headers = { "content-type": "application/json" };
    const dry = await fetch(`${url}/api/reorder?dry_run=1`, {
      ...{ method: "POST", headers, body: JSON.stringify({ products }) },
    });
    expect([dry.status, Object(await dry.json()).data.length]).toEqual([200, 2]);
  }
  expect(await rowOf(tea)).toMatchObject({ on_order: "0.0000", to_reorder: "25.0000" });
});
