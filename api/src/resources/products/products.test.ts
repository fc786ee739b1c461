import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { type BothEngines, startBothEngines, startTimeoutMs } from "../../both-engines.ts";

let api: BothEngines;
beforeAll(async () => {
  api = await startBothEngines();
  for (const company of ["S1", "S2"]) await api.call("POST", "/api/suppliers", { body: { company } });
}, startTimeoutMs);
afterAll(() => api.stop());

async function create(body: object): Promise<number> {
  const reply = await api.call("POST", "/api/products", { body });
  expect(reply.status).toBe(201);
  return Number((reply.headers.get("location") ?? "").split("/").at(-1));
}

describe("products", () => {
  test("POST /api/products 201: exact prices and a list of suppliers", async () => {
    const fields = {
      product_name: "Tea",
      product_code: "T-1",
      list_price: "18.0005",
      standard_cost: 13.5,
      supplier_ids: [2, 1, 2],
    };
    const { body } = await api.call("POST", "/api/products", {
      body: { ...fields, discontinued: true, reorder_level: 10 },
    });
    expect(body.data).toEqual({
      ...{ id: 1, product_code: "T-1", product_name: "Tea", description: null, supplier_ids: [2, 1] },
      ...{ standard_cost: "13.5000", list_price: "18.0005", reorder_level: 10, target_level: null },
      ...{ quantity_per_unit: null, discontinued: true, minimum_reorder_quantity: null, category: null },
    });
  });

  test("POST /api/products 422: no name, a negative price, an unknown supplier, a number instead of true", async () => {
    const issues = async (body: object) =>
      (await api.call("POST", "/api/products", { body })).body.errors?.map(({ pointer, code }) => `${pointer} ${code}`);
    expect(await issues({ list_price: "-1", discontinued: 1, reorder_level: 1.5 })).toEqual([
      "#/product_name required",
      "#/list_price range",
      "#/reorder_level type",
      "#/discontinued type",
    ]);
    expect(await issues({ product_name: "x", supplier_ids: [1, 9] })).toEqual(["#/supplier_ids/1 reference"]);
  });

  test("PUT /api/products/{id} 200: absent fields stay unchanged, null clears a field, [] the suppliers", async () => {
    const id = await create({ product_name: "Jam", category: "Jams", supplier_ids: [1], list_price: 2 });
    const updated = await api.call("PUT", `/api/products/${id}`, { body: { category: null } });
    expect(updated.body.data).toMatchObject({
      product_name: "Jam",
      category: null,
      supplier_ids: [1],
      list_price: "2.0000",
    });
    const cleared = await api.call("PUT", `/api/products/${id}`, { body: { supplier_ids: [] } });
    expect(cleared.body.data).toMatchObject({ supplier_ids: [] });
  });

  test("GET /api/products 200: finds products by code, name and category", async () => {
    const id = await create({ product_name: "Crème brûlée", product_code: "NWTD-77", category: "Dessert" });
    for (const q of ["creme", "nwtd-77", "DESSERT"]) {
      const { body } = await api.call("GET", `/api/products?q=${q}`);
      expect(body.data).toMatchObject([{ id }]);
    }
  });

  test("DELETE /api/products/{id} 409 if an order detail refers to it, otherwise 200", async () => {
    const id = await create({ product_name: "Oil" });
    const order = { order_date: "2024-01-15T10:30:00", order_details: [{ product_id: id, quantity: 1 }] };
    await api.call("POST", "/api/orders", { body: order });
    const refused = await api.call("DELETE", `/api/products/${id}`);
    expect([refused.status, refused.body.errors?.[0]?.message]).toEqual([409, "1 order detail"]);
    const other = await create({ product_name: "Salt" });
    expect((await api.call("DELETE", `/api/products/${other}`)).status).toBe(200);
  });
});

describe("status tables", () => {
  test("GET 200: the values that the business rules assume", async () => {
    const data = async (path: string) => (await api.call("GET", path)).body.data;
    expect(await data("/api/orders_status")).toEqual([
      { id: 0, status_name: "New" },
      { id: 1, status_name: "Invoiced" },
      { id: 2, status_name: "Shipped" },
      { id: 3, status_name: "Closed" },
    ]);
    expect(await data("/api/orders_tax_status/")).toEqual([
      { id: 0, tax_status_name: "Tax Exempt" },
      { id: 1, tax_status_name: "Taxable" },
    ]);
    expect(await data("/api/order_details_status")).toHaveLength(6);
  });
});
