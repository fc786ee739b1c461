// What the writes name: the version that was read, and the request whose answer is stored under a key.
import { afterAll, beforeAll, expect, test } from "bun:test";
import { calendarDate, type Database, dateTime, decimal } from "sqlproof";
import { updateUser } from "../access/users/queries.ts";
import { type BothEngines, startBothEngines, startTimeoutMs } from "../both-engines.ts";
import { deleteOrder } from "../orders/queries.ts";
import { customerQueries } from "../resources/customers/queries.ts";
import { employeeQueries } from "../resources/employees/queries.ts";
import { deleteProduct, updateProduct } from "../resources/products/queries.ts";
import { shipperQueries } from "../resources/shippers/queries.ts";
import { supplierQueries } from "../resources/suppliers/queries.ts";
import { deleteTaxRate, updateTaxRate } from "../resources/tax-rates/queries.ts";
import { insertAnswer } from "./idempotency.ts";

let api: BothEngines;
beforeAll(async () => {
  api = await startBothEngines();
  for (const path of ["customers", "employees", "shippers", "suppliers"])
    for (const company of ["A", "B"]) await api.call("POST", `/api/${path}`, { body: { company } });
  for (const product_name of ["P", "Q"]) await api.call("POST", "/api/products", { body: { product_name } });
  for (const tax_class of ["x", "y"])
    await api.call("POST", "/api/tax_rates", { body: { tax_class, valid_from: "2024-01-15", tax_rate: "0.1" } });
  for (let number = 0; number < 2; number += 1) await api.call("POST", "/api/orders", { body: {} });
}, startTimeoutMs);
afterAll(() => api.stop());

const contact = {
  ...{ company: "C", last_name: null, first_name: null, email_address: null, job_title: null, business_phone: null },
  ...{ home_phone: null, mobile_phone: null, fax_number: null, address: null, city: null, state_province: null },
  ...{ zip_postal_code: null, country_region: null, web_page: null, notes: null, search_text: "c" },
};
const taxes = { vat_id: null, tax_treatment: "domestic", tax_exemption_reason: null, shipping_policy: null };
const product = {
  ...{ product_code: null, product_name: "R", description: null, supplier_ids: null, standard_cost: null },
  ...{ list_price: decimal("1.0000"), reorder_level: null, target_level: null, quantity_per_unit: null },
  ...{
    discontinued: false,
    minimum_reorder_quantity: null,
    category: null,
    tax_class: null,
    stocked: false,
    sold_in_fractions: false,
    location: null,
    search_text: "r",
  },
};
const rate = {
  tax_class: "z",
  valid_from: calendarDate("2024-01-15"),
  tax_rate: decimal("0.100000"),
  search_text: "z",
};
const user = {
  email_address: "a@b.example",
  name: "A",
  employee_id: null,
  roles: "",
  disabled: true,
  search_text: "a",
};

/** How many rows each write changes, by the number and version that it names. */
const writes: Readonly<Record<string, (db: Database, row: { id: number; version: number }) => Promise<unknown>>> = {
  "PUT /api/customers/{id}": (db, row) => db.run(customerQueries.update, { ...contact, ...taxes, ...row }),
  "PUT /api/employees/{id}": (db, row) => db.run(employeeQueries.update, { ...contact, ...row }),
  "PUT /api/shippers/{id}": (db, row) => db.run(shipperQueries.update, { ...contact, ...row }),
  "PUT /api/suppliers/{id}": (db, row) => db.run(supplierQueries.update, { ...contact, ...row }),
  "PUT /api/products/{id}": (db, row) => db.run(updateProduct, { ...product, ...row }),
  "PUT /api/tax_rates/{id}": (db, row) => db.run(updateTaxRate, { ...rate, ...row }),
  "PUT /api/users/{id}": (db, row) => db.run(updateUser, { ...user, ...row }),
  "DELETE /api/customers/{id}": (db, row) => db.run(customerQueries.delete, row),
  "DELETE /api/employees/{id}": (db, row) => db.run(employeeQueries.delete, row),
  "DELETE /api/shippers/{id}": (db, row) => db.run(shipperQueries.delete, row),
  "DELETE /api/suppliers/{id}": (db, row) => db.run(supplierQueries.delete, row),
  "DELETE /api/products/{id}": (db, row) => db.run(deleteProduct, row),
  "DELETE /api/tax_rates/{id}": (db, row) => db.run(deleteTaxRate, row),
  "DELETE /api/orders/{id}": (db, row) => db.run(deleteOrder, row),
};

for (const [route, write] of Object.entries(writes))
  test(`${route} 412: nothing is changed in a row that has another version, nor in another row`, () =>
    api.onDatabases(async (db) => {
      const none = { rowsAffected: 0 };
      const id = route.startsWith("PUT") ? 1 : 2;
      expect(await write(db, { id, version: 77 })).toEqual(none);
      expect(await write(db, { id: 999, version: 0 })).toEqual(none);
      // The number and version of a row that is there change that one row; there are no users here.
      if (!route.includes("users")) expect(await write(db, { id, version: 0 })).toEqual({ rowsAffected: 1 });
    }));

test("POST /api/customers 201: an answer that is stored for another client, key, method or path is not this one's", async () => {
  const key = "the-same-key";
  const own = { principal: "local", idempotency_key: key, method: "POST", path: "/api/customers" };
  const answer = { fingerprint: "0".repeat(64), status: 201, location: null, etag: null, answer: "{}" };
  const others = [{ principal: "user 2" }, { idempotency_key: "another" }, { method: "PUT" }, { path: "/api/orders" }];
  await api.onDatabases(async (db) => {
    for (const other of others)
      await db.run(insertAnswer, { ...own, ...other, ...answer, created_at: dateTime("2024-01-15T10:30:00") });
  });
  const call = () =>
    api.call("POST", "/api/customers", { body: { company: "K" }, headers: { "idempotency-key": key } });
  const first = await call();
  expect([first.status, first.body.message]).toEqual([201, "Customer created"]);
  expect((await call()).text).toBe(first.text);
});
