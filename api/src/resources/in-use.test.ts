// What is referred to is not deleted, also beside writes that begin to refer to it: one of the two is refused.
import { Database as SqliteFile } from "bun:sqlite";
import { afterAll, beforeAll, expect, test } from "bun:test";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { migrateSqlite } from "sqlproof/migrations";
import { type BothEngines, startBothEngines, startTimeoutMs } from "../both-engines.ts";
import { orderReferences } from "../orders/queries.ts";
import { customerReferences } from "./customers/queries.ts";
import { employeeReferences } from "./employees/queries.ts";
import { productReferences } from "./products/queries.ts";
import { shipperReferences } from "./shippers/queries.ts";
import { supplierReferences } from "./suppliers/queries.ts";

let api: BothEngines;
beforeAll(async () => {
  api = await startBothEngines();
}, startTimeoutMs);
afterAll(() => api.stop());

async function send(url: string, method: string, path: string, body?: object) {
  const headers = { "content-type": "application/json" };
  const response = await fetch(url + path, {
    method,
    headers,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  await response.text();
  return { status: response.status, location: response.headers.get("location") ?? "" };
}

const idIn = (location: string) => Number(location.split("/").at(-1));

/** How often both a write that refers to a record and the deletion of the record were accepted. */
async function dangling(path: string, made: object, write: (url: string, id: number) => Promise<{ status: number }>) {
  let both = 0;
  for (const { url } of api.servers)
    for (let turn = 0; turn < 15; turn += 1) {
      const { location } = await send(url, "POST", path, made);
      const [written, deleted] = await Promise.all([write(url, idIn(location)), send(url, "DELETE", location)]);
      expect([200, 201, 422, 409]).toContain(written.status);
      if (written.status < 300 && deleted.status === 200) both += 1;
    }
  return both;
}

test("DELETE 409 in-use: whatever refers to a record is counted in words", async () => {
  const made = async (path: string, body: object) => {
    const reply = await api.call("POST", path, { body });
    expect([reply.status, reply.body.errors]).toEqual([201, undefined]);
    return Number(Object(reply.body.data).id);
  };
  const tea = await made("/api/products", { product_name: "Tea", stocked: true });
  await made("/api/stock_counts", { reason: "x", product_ids: [tea] });
  const counted = await api.call("DELETE", `/api/products/${tea}`);
  expect([counted.status, counted.body.message]).toEqual([
    ...[409, "The product cannot be deleted because it is used by 1 stock count."],
  ]);
  const [slow, fast] = [await made("/api/shippers", { company: "S" }), await made("/api/shippers", { company: "F" })];
  const [customer_id, employee_id] = [
    await made("/api/customers", { company: "C" }),
    await made("/api/employees", { last_name: "E" }),
  ];
  const idea = await made("/api/products", {
    product_name: "Idea",
    supplier_ids: [await made("/api/suppliers", { company: "S" })],
  });
  const address = {
    ship_name: "C",
    ship_address: "R",
    ship_city: "R",
    ship_zip_postal_code: "1",
    ship_country_region: "I",
  };
  const order_details = [{ product_id: idea, quantity: 1, unit_price: 1 }];
  const order = { ...address, customer_id, employee_id, shipper_id: slow, order_details };
  const id = await made("/api/orders", order);
  await api.call("POST", `/api/orders/${id}/invoice`);
  expect((await api.call("POST", `/api/orders/${id}/ship`, { body: { shipper_id: fast } })).status).toBe(200);
  const carried = await api.call("DELETE", `/api/shippers/${fast}`);
  expect([carried.status, carried.body.message]).toEqual([
    ...[409, "The shipper cannot be deleted because it is used by 1 shipment."],
  ]);
  const other = await made("/api/orders", { ...order, order_details: [{ product_id: tea, quantity: 1 }] });
  await api.call("POST", "/api/stock/adjustments", {
    body: { product_id: tea, type: "adjusted", quantity: 1, reason: "x" },
  });
  expect((await api.call("GET", `/api/orders/${other}?include=details`)).status).toBe(200);
  const all = await api.call("DELETE", `/api/products/${tea}`);
  expect(all.body.message).toBe(
    "The product cannot be deleted because it is used by 1 order detail, 2 inventory transactions and 1 stock count.",
  );
});

test("DELETE /api/suppliers/{id}, or a product that names the supplier, never both", async () => {
  await api.call("POST", "/api/products", { body: { product_name: "Tea" } });
  const write = (url: string, id: number) => send(url, "PUT", "/api/products/1", { supplier_ids: [id] });
  expect(await dangling("/api/suppliers", { company: "S" }, write)).toBe(0);
  const create = (url: string, id: number) =>
    send(url, "POST", "/api/products", { product_name: "T", supplier_ids: [id] });
  expect(await dangling("/api/suppliers", { company: "S" }, create)).toBe(0);
});

test("DELETE of a customer, shipper, employee or product, or an order that names it, never both", async () => {
  for (const [path, field] of [
    ["/api/customers", "customer_id"],
    ["/api/shippers", "shipper_id"],
    ["/api/employees", "employee_id"],
  ] as const) {
    const write = (url: string, id: number) => send(url, "POST", "/api/orders", { [field]: id });
    expect([path, await dangling(path, { company: "C" }, write)]).toEqual([path, 0]);
  }
  const write = (url: string, id: number) =>
    send(url, "POST", "/api/orders", { order_details: [{ product_id: id, quantity: 1 }] });
  expect(await dangling("/api/products", { product_name: "P" }, write)).toBe(0);
});

/** Rows that go with the record, and suppliers of products, which the texts of the products name as well. */
const otherwise = [
  ...["order_details.order_id", "product_stock.product_id", "product_suppliers.product_id"],
  "product_suppliers.supplier_id",
];

test("every foreign key to a record that can be deleted is counted before it is", async () => {
  const path = join(mkdtempSync(join(tmpdir(), "northwind-keys-")), "keys.db");
  const folder = join(import.meta.dir, "..", "..", "..", "schema", "sqlite");
  await migrateSqlite({ folder, database: path });
  const database = new SqliteFile(path, { readonly: true });
  const keys = database
    .query<{ parent: string; child: string; column: string }, []>(
      `SELECT k."table" AS parent, t.name AS child, k."from" AS "column"
       FROM sqlite_master t JOIN pragma_foreign_key_list(t.name) k WHERE t.type = 'table'`,
    )
    .all();
  database.close();
  const counting = new Map([
    ["customers", customerReferences.text],
    ["employees", employeeReferences.text],
    ["orders", orderReferences.text],
    ["products", productReferences.text],
    ["shippers", shipperReferences.text],
    ["suppliers", supplierReferences.text],
  ]);
  const checked = keys.filter(({ parent, child, column }) => {
    return counting.has(parent) && !otherwise.includes(`${child}.${column}`);
  });
  expect(checked.length).toBeGreaterThan(15);
  const uncounted = checked.filter(({ parent, child, column }) => {
    const counts = new RegExp(`FROM ${child} WHERE [^)]*\\b${column} = :id`);
    return !counts.test(counting.get(parent) ?? "");
  });
  expect(uncounted).toEqual([]);
});
