// Who sells a product: the table and `supplier_ids` in step, whichever of them is written.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { Browser } from "../access/browser.ts";
import { type BothEngines, startBothEngines, startTimeoutMs } from "../both-engines.ts";

let api: BothEngines;
beforeAll(async () => {
  api = await startBothEngines();
  for (const company of ["S1", "S2", "S3"]) await made("/api/suppliers", { company });
}, startTimeoutMs);
afterAll(() => api.stop());

async function made(path: string, body: object): Promise<number> {
  const reply = await api.call("POST", path, { body });
  expect([reply.status, reply.body.errors]).toEqual([201, undefined]);
  return Object(reply.body.data).id;
}

const product = (fields: object = {}) => made("/api/products", { product_name: "Tea", ...fields });
const put = (id: number, suppliers: readonly object[], headers: Record<string, string> = {}) =>
  api.call("PUT", `/api/products/${id}/suppliers`, { body: { suppliers }, headers });
const suppliersOf = async (id: number) =>
  Object((await api.call("GET", `/api/products/${id}/suppliers`)).body.data).suppliers;
const idsOf = async (id: number) => Object((await api.call("GET", `/api/products/${id}`)).body.data).supplier_ids;

describe("GET /api/products/{id}/suppliers 200", () => {
  test("the suppliers that the product was made with, the preferred one first", async () => {
    const id = await product({ supplier_ids: [2, 1] });
    const { body, headers } = await api.call("GET", `/api/products/${id}/suppliers`);
    const unknown = { unit_cost: null, supplier_product_code: null, lead_time_days: null };
    const defaults = { ...unknown, pack_quantity: "1.0000", minimum_quantity: "0.0000" };
    expect(body.data).toEqual({
      product_id: id,
      suppliers: [
        { supplier_id: 2, company: "S2", position: 1, ...defaults },
        { supplier_id: 1, company: "S1", position: 2, ...defaults },
      ],
    });
    expect(headers.get("etag")).toBe('"0"');
  });

  test("an empty list for a product without suppliers, 404 for no product", async () => {
    expect(await suppliersOf(await product())).toEqual([]);
    expect((await api.call("GET", "/api/products/999999/suppliers")).status).toBe(404);
  });
});

const terms = {
  ...{ unit_cost: "3.5000", supplier_product_code: "T-9", pack_quantity: "12.0000", minimum_quantity: "24.0000" },
  lead_time_days: 5,
};

describe("PUT /api/products/{id}/suppliers 200", () => {
  test("replaces the list; supplier_ids follows, the version rises, and the history shows both", async () => {
    const id = await product({ supplier_ids: [1] });
    const { body, headers } = await put(id, [{ supplier_id: 3, ...terms }, { supplier_id: 2 }], { "if-match": '"0"' });
    expect(Object(body.data).suppliers).toMatchObject([{ supplier_id: 3, ...terms, position: 1 }, { supplier_id: 2 }]);
    expect([headers.get("etag"), await idsOf(id)]).toEqual(['"1"', [3, 2]]);
    for (const { url } of api.servers) {
      const history = Object(await (await fetch(`${url}/api/products/${id}/history`)).json());
      expect(history.data.at(-1)).toMatchObject({
        before: { supplier_ids: [1], suppliers: [{ supplier_id: 1 }] },
        after: { supplier_ids: [3, 2], suppliers: [{ unit_cost: "3.5000" }, { supplier_id: 2 }] },
      });
    }
  });

  test("what is read may be sent back in another order; absent terms stay, null clears them", async () => {
    const id = await product();
    await put(id, [
      { supplier_id: 1, ...terms },
      { supplier_id: 2, unit_cost: 2 },
    ]);
    const [first, second] = await suppliersOf(id);
    await put(id, [second, first]);
    expect(await suppliersOf(id)).toMatchObject([
      { supplier_id: 2, unit_cost: "2.0000", position: 1 },
      { supplier_id: 1, ...terms, position: 2 },
    ]);
    await put(id, [{ supplier_id: 1, lead_time_days: null }]);
    expect(await suppliersOf(id)).toMatchObject([{ supplier_id: 1, ...terms, lead_time_days: null, position: 1 }]);
    await put(id, []);
    expect([await suppliersOf(id), await idsOf(id)]).toEqual([[], []]);
  });

  test("a dry run changes nothing, and a repeated key changes once", async () => {
    const id = await product();
    const body = { suppliers: [{ supplier_id: 1 }] };
    await api.call("PUT", `/api/products/${id}/suppliers?dry_run=1`, { body });
    expect(await suppliersOf(id)).toEqual([]);
    for (const _ of [1, 2])
      await api.call("PUT", `/api/products/${id}/suppliers`, {
        body,
        headers: { "idempotency-key": "suppliers once" },
      });
    expect((await api.call("GET", `/api/products/${id}`)).headers.get("etag")).toBe('"1"');
  });
});

describe("GET /api/suppliers/{id}/products", () => {
  test("200: what a supplier sells with its terms, page by page, and only some of it", async () => {
    const supplier = await made("/api/suppliers", { company: "Everything" });
    const names = ["Tea", "Rice", "Salt"];
    const ids: number[] = [];
    for (const product_name of names) {
      const discontinued = product_name === "Salt";
      const code = product_name.slice(0, 2);
      const id = await product({ product_name, product_code: code, list_price: "7.5", discontinued });
      ids.push(id);
      await put(
        id,
        product_name === "Rice"
          ? [{ supplier_id: 1 }, { supplier_id: supplier, ...terms }]
          : [{ supplier_id: supplier }],
      );
    }
    const of = (query: string) => api.call("GET", `/api/suppliers/${supplier}/products${query}`);
    const all = Object((await of("")).body);
    const unknown = { unit_cost: null, supplier_product_code: null, lead_time_days: null };
    const row = (place: number, more: object) => {
      const known = { product_id: ids[place], product_name: names[place], product_code: names[place]?.slice(0, 2) };
      return { ...known, list_price: "7.5000", discontinued: place === 2, ...more };
    };
    const defaults = { position: 1, ...unknown, pack_quantity: "1.0000", minimum_quantity: "0.0000" };
    expect(all.data).toEqual([row(0, defaults), row(1, { position: 2, ...terms }), row(2, defaults)]);
    expect(all.page.next_cursor).toBeNull();
    const first = Object((await of("?limit=2")).body);
    expect(first.data).toEqual(all.data.slice(0, 2));
    const rest = Object((await of(`?limit=2&cursor=${first.page.next_cursor}`)).body);
    expect([rest.data, rest.page.next_cursor]).toEqual([all.data.slice(2), null]);
    const some = Object((await of(`?products=${ids[2]},${ids[1]},999999`)).body);
    expect(some.data).toEqual(all.data.slice(1));
    const one = Object((await of(`?products=${ids[2]},${ids[1]}&limit=1`)).body);
    const other = Object((await of(`?products=${ids[2]},${ids[1]}&limit=1&cursor=${one.page.next_cursor}`)).body);
    expect([...one.data, ...other.data]).toEqual(some.data);
    // The cursor of another list.
    expect((await of(`?cursor=${one.page.next_cursor}`)).status).toBe(400);
    expect((await api.call("GET", `/api/suppliers/1/products?cursor=${first.page.next_cursor}`)).status).toBe(400);
  });

  test("200: nothing of a supplier that sells nothing; 404 of none; 400 for a wrong list", async () => {
    const supplier = await made("/api/suppliers", { company: "Nothing" });
    expect((await api.call("GET", `/api/suppliers/${supplier}/products`)).body.data).toEqual([]);
    expect((await api.call("GET", "/api/suppliers/999999/products")).status).toBe(404);
    for (const query of ["products=", "products=1,1", "limit=1001", "cursor=abc", "q=tea"])
      expect((await api.call("GET", `/api/suppliers/${supplier}/products?${query}`)).status).toBe(400);
  });
});

describe("PUT /api/products/{id} with supplier_ids", () => {
  test("200: the table follows; who stays keeps its terms, and the product can be deleted", async () => {
    const late = await made("/api/suppliers", { company: "Late" });
    const id = await product();
    await put(id, [
      { supplier_id: 1, ...terms },
      { supplier_id: 2, ...terms },
    ]);
    await api.call("PUT", `/api/products/${id}`, { body: { supplier_ids: [late, 2] } });
    expect(await suppliersOf(id)).toMatchObject([
      { supplier_id: late, unit_cost: null, position: 1 },
      { supplier_id: 2, ...terms, position: 2 },
    ]);
    await api.call("PUT", `/api/products/${id}`, { body: { category: "Drinks" } });
    expect(await suppliersOf(id)).toHaveLength(2);
    expect((await api.call("DELETE", `/api/suppliers/${late}`)).status).toBe(409);
    expect((await api.call("DELETE", `/api/products/${id}`)).status).toBe(200);
    expect((await api.call("DELETE", `/api/suppliers/${late}`)).status).toBe(200);
  });
});

describe("PUT /api/products/{id}/suppliers refused", () => {
  test("every fault at once, 412 for an old version", async () => {
    const id = await product();
    const faults = [{ supplier_id: 1, pack_quantity: 0 }, { supplier_id: 999 }, { supplier_id: 1 }];
    const reply = await put(id, faults);
    expect([reply.status, ...(reply.body.errors ?? []).map(({ pointer, code }) => `${pointer} ${code}`)]).toEqual([
      422,
      "#/suppliers/1/supplier_id reference",
      "#/suppliers/0/pack_quantity rule",
      "#/suppliers/2/supplier_id rule",
    ]);
    expect((await put(id, [{ supplier_id: 1 }], { "if-match": '"7"' })).status).toBe(412);
    expect((await put(999_999, [])).status).toBe(404);
    expect(await suppliersOf(id)).toEqual([]);
  });
});

// Last: from here on there are users.
test("who may not see costs sees no unit cost, and keeps what is stored by leaving it out", async () => {
  const id = await product();
  await put(id, [{ supplier_id: 1, ...terms }]);
  const password = "correct horse battery";
  for (const { url } of api.servers) {
    const admin = new Browser(url);
    await admin.call("POST", "/api/session/first-user", { email_address: "a@example.com", name: "A", password });
    const clerk = { email_address: "c@example.com", password };
    await admin.call("POST", "/api/users", { ...clerk, name: "C", roles: ["order-clerk"] });
    const browser = new Browser(url);
    await browser.signIn(clerk);
    const [seen] = Object((await browser.call("GET", `/api/products/${id}/suppliers`)).data).suppliers;
    expect([seen.supplier_product_code, "unit_cost" in seen]).toEqual(["T-9", false]);
    expect((await browser.call("PUT", `/api/products/${id}/suppliers`, { suppliers: [] })).status).toBe(403);
  }
});
