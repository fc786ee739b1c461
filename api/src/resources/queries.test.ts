// The SQL of the other resources: an update stores every column, raises the version and changes no other row; an old
// version changes and deletes nothing.
import { afterAll, beforeAll, expect, test } from "bun:test";
import { calendarDate, type Database, decimal, type Query } from "sqlproof";
import { type BothEngines, startBothEngines, startTimeoutMs } from "../both-engines.ts";
import { customerQueries } from "./customers/queries.ts";
import { employeeQueries } from "./employees/queries.ts";
import * as products from "./products/queries.ts";
import { shipperQueries } from "./shippers/queries.ts";
import { orderDetailsStatus, ordersTaxStatus } from "./statuses/queries.ts";
import { supplierQueries } from "./suppliers/queries.ts";
import * as taxRates from "./tax-rates/queries.ts";

let api: BothEngines;
beforeAll(async () => {
  api = await startBothEngines();
}, startTimeoutMs);
afterAll(() => api.stop());

function contact(of: string) {
  const text = (column: string) => `${column} of ${of}`;
  return {
    ...{ company: text("company"), last_name: text("last"), first_name: text("first"), address: text("address") },
    ...{ email_address: text("mail"), job_title: text("job"), business_phone: text("phone"), city: text("city") },
    ...{ home_phone: text("home"), mobile_phone: text("mobile"), fax_number: text("fax"), notes: text("notes") },
    ...{ state_province: text("state"), zip_postal_code: `zip ${of}`, web_page: text("page") },
    ...{ country_region: text("country"), search_text: text("all") },
  };
}

const customer = (of: string) => ({
  ...contact(of),
  ...{ vat_id: `vat ${of}`, tax_treatment: "exempt", tax_exemption_reason: `why ${of}` },
  shipping_policy: "complete",
});

const rate = (of: string) => ({
  ...{ tax_class: `class ${of}`, valid_from: calendarDate("2024-01-02"), tax_rate: decimal("0.250000") },
  search_text: `text ${of}`,
});

const product = (of: string) => ({
  ...{ product_code: `code ${of}`, product_name: `name ${of}`, description: `says ${of}`, supplier_ids: "1;2" },
  ...{ standard_cost: decimal("2.0000"), list_price: decimal("3.0000"), reorder_level: 4, target_level: 5 },
  ...{ quantity_per_unit: `unit ${of}`, discontinued: false, minimum_reorder_quantity: 6, category: `kind ${of}` },
  ...{
    tax_class: "standard",
    search_text: `text ${of}`,
    stocked: true,
    sold_in_fractions: false,
    location: `at ${of}`,
  },
});

type Named<R> = R & { readonly id: number; readonly version: number };

interface Resource<R> {
  readonly insert: (row: R) => Promise<{ readonly id: number }>;
  readonly update: (row: Named<R>) => Promise<{ readonly rowsAffected: number }>;
  readonly delete: Query<{ readonly id: number; readonly version: number }, never>;
  readonly byIds: Query<{ readonly ids: readonly number[] }, object>;
  readonly lock: Query<{ readonly id: number }, object>;
}

/** What a query reads of the row, which is all but the text that is searched. */
async function writes<R extends object>(db: Database, queries: Resource<R>, row: (of: string) => R): Promise<void> {
  const stored: number[] = [];
  for (const of of ["one", "two", "three"]) stored.push((await queries.insert(row(of))).id);
  const [first = 0, second = 0, third = 0] = stored;
  const read = async (id: number) => (await db.all(queries.byIds, { ids: [id] }))[0] ?? {};
  const looksLike = async (id: number, of: string, version: number) => {
    const found = await read(id);
    expect({ ...row(of), id, version }).toMatchObject(found);
    expect(Object.keys(found).length).toBeGreaterThanOrEqual(Object.keys(row(of)).length + 1);
    expect(await db.transaction((tx) => tx.one(queries.lock, { id }))).toEqual(found);
  };
  const update = (id: number, version: number) => queries.update({ ...row("new"), id, version });
  expect(await update(second, 1)).toEqual({ rowsAffected: 0 });
  expect(await update(second, 0)).toEqual({ rowsAffected: 1 });
  await looksLike(first, "one", 0);
  await looksLike(second, "new", 1);
  await looksLike(third, "three", 0);
  expect(await db.run(queries.delete, { id: second, version: 0 })).toEqual({ rowsAffected: 0 });
  expect(await db.run(queries.delete, { id: second, version: 1 })).toEqual({ rowsAffected: 1 });
  await looksLike(third, "three", 0);
}

test("PUT and DELETE of customers, employees, shippers and suppliers", () =>
  api.onDatabases(async (db) => {
    const ofCustomers = {
      ...customerQueries,
      insert: (row: ReturnType<typeof customer>) => db.one(customerQueries.insert, row),
      update: (row: Named<ReturnType<typeof customer>>) => db.run(customerQueries.update, row),
    };
    await writes(db, ofCustomers, customer);
    const ofEmployees = {
      ...employeeQueries,
      insert: (row: ReturnType<typeof contact>) => db.one(employeeQueries.insert, row),
      update: (row: Named<ReturnType<typeof contact>>) => db.run(employeeQueries.update, row),
    };
    await writes(db, ofEmployees, contact);
    const ofShippers = {
      ...shipperQueries,
      insert: (row: ReturnType<typeof contact>) => db.one(shipperQueries.insert, row),
      update: (row: Named<ReturnType<typeof contact>>) => db.run(shipperQueries.update, row),
    };
    await writes(db, ofShippers, contact);
    const ofSuppliers = {
      ...supplierQueries,
      insert: (row: ReturnType<typeof contact>) => db.one(supplierQueries.insert, row),
      update: (row: Named<ReturnType<typeof contact>>) => db.run(supplierQueries.update, row),
    };
    await writes(db, ofSuppliers, contact);
  }));

test("PUT and DELETE of products and tax rates", () =>
  api.onDatabases(async (db) => {
    const { insertTaxRate, updateTaxRate, deleteTaxRate, taxRatesByIds, lockTaxRate } = taxRates;
    const ofRates = {
      insert: (row: ReturnType<typeof rate>) => db.one(insertTaxRate, row),
      update: (row: Named<ReturnType<typeof rate>>) => db.run(updateTaxRate, row),
      delete: deleteTaxRate,
      byIds: taxRatesByIds,
      lock: lockTaxRate,
    };
    await writes(db, ofRates, rate);
    const { insertProduct, updateProduct, deleteProduct, productsByIds, lockProduct } = products;
    const ofProducts = {
      insert: (row: ReturnType<typeof product>) => db.one(insertProduct, row),
      update: (row: Named<ReturnType<typeof product>>) => db.run(updateProduct, row),
      delete: deleteProduct,
      byIds: productsByIds,
      lock: lockProduct,
    };
    await writes(db, ofProducts, product);
  }));

test("GET /api/order_details_status and orders_tax_status 200: by id", () =>
  api.onDatabases(async (db) => {
    for (const query of [orderDetailsStatus, ordersTaxStatus]) {
      const rows: readonly { readonly id: number }[] = await db.all<
        Record<never, never>,
        { id: number },
        Record<never, never>
      >(query);
      const ids = rows.map(({ id }) => id);
      expect([ids.length > 1, ids]).toEqual([true, ids.toSorted((a, b) => a - b)]);
    }
  }));
