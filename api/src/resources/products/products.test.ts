import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { productText, withTexts } from "northwind-schema/row-text";
import { insertProduct } from "../../../../schema/sample/queries.ts";
import { type BothEngines, startBothEngines, startTimeoutMs } from "../../both-engines.ts";
import { zero } from "../../contract/decimal.ts";

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
      ...{ tax_class: null, stocked: false, sold_in_fractions: false, location: null },
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
    expect(await issues({ product_name: "x", supplier_ids: [1, 9], tax_class: "None" })).toEqual([
      ...["#/supplier_ids/1 reference", "#/tax_class reference"],
    ]);
    expect(await issues({ product_name: "" })).toEqual(["#/product_name text"]);
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

  test("GET /api/products?sort=relevance 200: an exact code first, however many lower ids contain it", async () => {
    await api.onDatabases((database) =>
      database.transaction(async (tx) => {
        const rows = Array.from({ length: 260 }, (_, index) => ({
          ...{ id: 1000 + index, product_code: `QRS-1${index}`, product_name: `Qrs pear ${index}`, category: "Pears" },
          ...{
            supplier_ids: null,
            quantity_per_unit: null,
            standard_cost: zero,
            list_price: zero,
            reorder_level: null,
          },
          ...{ target_level: null, minimum_reorder_quantity: null, discontinued: false, location: null },
        }));
        await tx.runMany(insertProduct, withTexts(rows, productText));
      }),
    );
    const exact = await create({ product_name: "Zucchini", product_code: "QRS-1" });
    const twin = await create({ product_name: "Apricot", product_code: "qrs-1" });
    const word = await create({ product_name: "Pear", category: "Zz" });
    const found = async (q: string, limit = 3) => {
      const { body } = await api.call("GET", `/api/products?q=${encodeURIComponent(q)}&sort=relevance&limit=${limit}`);
      expect(body.page?.next_cursor).toBe(null);
      return Array.isArray(body.data) ? body.data.map(({ id }) => id) : [];
    };
    expect((await found("qrs-1")).slice(0, 2)).toEqual([twin, exact]);
    expect((await found("pear"))[0]).toBe(word);
    expect(await found("QRS-17", 2)).toEqual([1007, 1070]);
    expect(await found("qrs-1259  PEAR")).toEqual([1259]);
    expect((await api.call("GET", "/api/products?q=pear&sort=relevance&cursor=WyJpZCIsMV0")).status).toBe(400);
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
      { id: 4, status_name: "Cancelled" },
    ]);
    expect(await data("/api/orders_tax_status/")).toEqual([
      { id: 0, tax_status_name: "Tax Exempt" },
      { id: 1, tax_status_name: "Taxable" },
    ]);
    expect(await data("/api/order_details_status")).toHaveLength(6);
  });
});
