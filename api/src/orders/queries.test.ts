// The SQL of orders, with rows in which no two columns are alike and no two orders have the same facts missing.
import { afterAll, beforeAll, expect, test } from "bun:test";
import { sql } from "northwind-schema/sql";
import { calendarDate, type Database, dateTime, decimal, type Query } from "sqlproof";
import { lockedRows } from "../../../schema/search/queries.ts";
import { type BothEngines, startBothEngines, startTimeoutMs } from "../both-engines.ts";
import { unnumberedEntries } from "../changes/queries.ts";
import { customerQueries } from "../resources/customers/queries.ts";
import { employeeQueries, employeeReferences } from "../resources/employees/queries.ts";
import { insertProduct } from "../resources/products/queries.ts";
import { shipperQueries } from "../resources/shippers/queries.ts";
import { insertTaxRate, lockProductOfClass } from "../resources/tax-rates/queries.ts";
import { statesOfEntries } from "../verify/queries.ts";
import { insertEntry } from "../writes/audit/queries.ts";
import { productsOfOrder } from "./actions/queries.ts";
import { exportRows } from "./export/queries.ts";
import { gramsOfText, newestOfCustomer, newestOfEmployee, rowsAscending, rowsDescending } from "./list/queries.ts";
import * as queries from "./queries.ts";

let api: BothEngines;
beforeAll(async () => {
  api = await startBothEngines();
  await api.onDatabases(store);
}, startTimeoutMs);
afterAll(() => api.stop());

const at = (second: number) => dateTime(`2024-05-01T12:00:0${second}`);

/** A contact whose columns all differ from each other, and from those of any other. */
function contact(of: string) {
  const text = (column: string) => `${column} of ${of}`;
  return {
    ...{ company: text("company"), last_name: text("last"), first_name: text("first"), address: text("address") },
    ...{ email_address: text("mail"), job_title: text("job"), business_phone: text("phone"), city: text("city") },
    ...{ home_phone: text("home"), mobile_phone: text("mobile"), fax_number: text("fax"), notes: text("notes") },
    ...{ state_province: text("state"), zip_postal_code: `zip ${of.slice(0, 10)}`, web_page: text("page") },
    ...{ country_region: text("country"), search_text: text("all") },
  };
}

const taxesOf = (of: string) => ({
  vat_id: `vat ${of}`,
  tax_treatment: "export",
  tax_exemption_reason: `why ${of}`,
  shipping_policy: "ask",
});
const product = (of: string, tax_class: string | null) => ({
  ...{ product_code: `code ${of}`, product_name: `name ${of}`, description: `says ${of}`, supplier_ids: "1" },
  ...{ standard_cost: decimal("2.0000"), list_price: decimal("3.0000"), reorder_level: 4, target_level: 5 },
  ...{ quantity_per_unit: `unit ${of}`, discontinued: false, minimum_reorder_quantity: 6, category: `kind ${of}` },
  ...{ tax_class, search_text: `text ${of}`, stocked: true, sold_in_fractions: true, location: `shelf ${of}` },
});

/** An order of which only one name is as sold, or none: then it shows its customer as it is now. */
const kinds = ["company", "first", "last", "nothing"] as const;
type Kind = (typeof kinds)[number];

function order(of: Kind, number: number) {
  const text = (column: string) => `${column} as sold ${of}`;
  return {
    ...{
      employee_id: number % 2 === 0 ? number + 1 : null,
      customer_id: 4 - number,
      shipper_id: number < 2 ? 2 : null,
    },
    ...{ order_date: at(1), shipped_date: at(2), paid_date: at(3), status_id: number, tax_status_id: number % 2 },
    ...{ ship_name: text("name"), ship_address: text("address"), ship_city: text("city"), notes: text("notes") },
    ...{ ship_state_province: text("state"), ship_zip_postal_code: `ship ${of}`, payment_type: text("pay") },
    ...{
      ship_country_region: text("country"),
      shipping_fee: decimal(`${number}.5000`),
      taxes: decimal(`${number}.2500`),
    },
    ...{ tax_rate: decimal(`0.${number + 1}00000`), search_text: text("all"), correction_reason: text("because") },
    ...{ customer_company: of === "company" ? "C" : null, customer_first_name: of === "first" ? "F" : null },
    ...{ customer_last_name: of === "last" ? "L" : null, billing_address: text("billed at"), billing_city: text("in") },
    ...{ billing_state_province: text("of"), billing_zip_postal_code: `bill ${of}`, customer_vat_id: `vat as ${of}` },
    ...{ billing_country_region: text("from"), tax_treatment: "exempt", tax_exemption_reason: text("why") },
    shipping_policy: "complete",
  };
}

const soldDetail = {
  unit_price: decimal("2.0000"),
  discount: decimal("0.1000"),
  tax_class: "a",
  ...{ allocated: decimal("0.5000"), shipped: decimal("0.2500"), invoiced: decimal("0.7500") },
  ...{ status_id: 2, date_allocated: at(4) },
  tax_rate: decimal("0.250000"),
};

/** Employees, shippers and products 1 to 3, and customers 1 to 4; orders 1 to 4, the last without details. */
async function store(db: Database): Promise<void> {
  for (const of of ["one", "two", "three", "four"]) {
    await db.one(customerQueries.insert, { ...contact(of), ...taxesOf(of) });
    if (of === "four") break;
    await db.one(employeeQueries.insert, contact(`employee ${of}`));
    await db.one(shipperQueries.insert, contact(`shipper ${of}`));
    await db.one(insertProduct, product(of, of === "two" ? null : "a"));
  }
  for (const [tax_class, day] of [
    ["a", 1],
    ["a", 3],
    ["a", 2],
    ["b", 4],
  ] as const)
    await db.one(insertTaxRate, {
      tax_class,
      valid_from: calendarDate(`2024-01-0${day}`),
      tax_rate: decimal("0.100000"),
      search_text: "",
    });
  for (const [number, of] of kinds.entries()) {
    const { search_text: _, ...written } = order(of, number);
    const stored = await db.one(queries.insertOrder, order(of, number));
    expect(stored).toEqual({ id: number + 1, version: 0, ...written });
  }
  for (const [order_id, product_id, position, name] of [
    [2, 1, 1, "sold"],
    [2, 2, 0, null],
    [1, 3, 0, "sold"],
    [3, 1, 0, "sold"],
  ] as const) {
    const sold = { product_name: name, product_code: `${name} code`, quantity_per_unit: `${name} unit` };
    await db.run(queries.insertDetail, {
      ...soldDetail,
      ...sold,
      order_id,
      product_id,
      position,
      quantity: decimal(`${product_id}.0000`),
    });
  }
}

const namesOf = (number: number) => ["four", "three", "two", "one"][number] ?? "";

/** The customer of an order as it is sold to, and as it is now. */
function customersOf(of: Kind, number: number) {
  const sold = order(of, number);
  const { address, city, state_province, zip_postal_code, country_region, ...now } = contact(namesOf(number));
  const known = { email_address: now.email_address, business_phone: now.business_phone };
  const { shipping_policy: _, ...taxes } = taxesOf(namesOf(number));
  if (of === "nothing")
    return {
      ...{ company: now.company, first_name: now.first_name, last_name: now.last_name, ...known },
      ...{ address, city, state_province, zip_postal_code, country_region, ...taxes },
    };
  return {
    ...{ company: sold.customer_company, first_name: sold.customer_first_name, last_name: sold.customer_last_name },
    ...{ address: sold.billing_address, city: sold.billing_city, state_province: sold.billing_state_province },
    ...{ zip_postal_code: sold.billing_zip_postal_code, country_region: sold.billing_country_region, ...known },
    ...{ vat_id: sold.customer_vat_id, tax_treatment: sold.tax_treatment },
    tax_exemption_reason: sold.tax_exemption_reason,
  };
}

test("GET /api/orders/{id} 200: every column of an order, and its customer as sold or as it is now", () =>
  api.onDatabases(async (db) => {
    for (const [number, of] of kinds.entries()) {
      const id = number + 1;
      const { search_text: _, ...written } = order(of, number);
      const stored = { id, version: 0, ...written };
      expect(await db.all(queries.writtenOrdersByIds, { ids: [id] })).toEqual([stored]);
      expect(await db.transaction((tx) => tx.all(queries.lockOrders, { ids: [id] }))).toEqual([stored]);
      expect(await db.transaction((tx) => tx.all(queries.lockFreeOrders, { ids: [id] }))).toEqual([stored]);
      const [read, ...others] = await db.all(queries.ordersByIds, { ids: [id] });
      expect([{ ...stored, ...read }, others]).toEqual([stored, []]);
      expect(await db.all(queries.customersOfOrders, { order_ids: [id] })).toEqual([
        { order_id: id, order_version: 0, id: 4 - number, ...customersOf(of, number) },
      ]);
    }
  }));

test("GET /api/orders/export.csv 200: the names of what an order refers to, or nothing, and a row for each detail", () =>
  api.onDatabases(async (db) => {
    const employees = ["employee one", null, "employee three", null];
    const quantities = ["3.0000", "2.0000 1.0000", "1.0000", "null"];
    for (const [number, of] of kinds.entries()) {
      const exported = await db.all(exportRows, { ids: [number + 1] });
      expect(exported.map(({ quantity }) => `${quantity}`).join(" ")).toBe(quantities[number] ?? "");
      const { company, first_name, last_name } = customersOf(of, number);
      const employee = employees[number];
      expect(exported[0]).toMatchObject({
        ...{
          id: number + 1,
          customer_company: company,
          customer_first_name: first_name,
          customer_last_name: last_name,
        },
        ...{ employee_first_name: employee === null ? null : `first of ${employee}` },
        ...{ employee_last_name: employee === null ? null : `last of ${employee}` },
        ...{ shipper_company: number < 2 ? "company of shipper two" : null, ship_city: order(of, number).ship_city },
      });
    }
  }));

test("GET /api/orders/{id} 200: its details by position, each with its product as sold, or as it is now", () =>
  api.onDatabases(async (db) => {
    const told = (
      rows: readonly {
        readonly order_id: number;
        readonly product_id: number | null;
        readonly product_name: string | null;
        readonly product_code: string | null;
        readonly quantity_per_unit: string | null;
      }[],
    ) => rows.map((row) => [row.order_id, row.product_id, row.product_name, row.product_code, row.quantity_per_unit]);
    const all = [
      [1, 3, "sold", "sold code", "sold unit"],
      [2, 2, "name two", "code two", "unit two"],
      [2, 1, "sold", "sold code", "sold unit"],
    ];
    expect(told(await db.all(queries.detailsByOrderIds, { order_ids: [2, 1] }))).toEqual(all);
    expect(told(await db.all(queries.detailsWithVersions, { order_ids: [2, 1] }))).toEqual(all);
    expect(await db.all(productsOfOrder, { order_id: 2 })).toEqual([{ product_id: 1 }, { product_id: 2 }]);
    expect(await db.all(queries.versionsOfOrders, { ids: [3] })).toEqual([{ id: 3, version: 0 }]);
    const rates = await db.transaction((tx) => tx.all(queries.lockRatesOfClasses, { tax_classes: ["a"] }));
    expect(rates.map(({ valid_from }) => valid_from.slice(0, 10))).toEqual(["2024-01-03", "2024-01-02", "2024-01-01"]);
  }));

const detailIds = sql(`SELECT id FROM order_details WHERE order_id = :order_id ORDER BY id`);

test("PUT and DELETE /api/orders/{id}: an old version changes nothing, and no other order changes", () =>
  api.onDatabases(async (db) => {
    const changed = { ...order("last", 2), notes: "changed" };
    expect(await db.run(queries.updateOrder, { ...changed, id: 4, version: 1 })).toEqual({ rowsAffected: 0 });
    expect(await db.run(queries.deleteOrder, { id: 4, version: 1 })).toEqual({ rowsAffected: 0 });
    expect(await db.run(queries.updateOrder, { ...changed, id: 4, version: 0 })).toEqual({ rowsAffected: 1 });
    expect((await db.all(queries.ordersByIds, { ids: [1, 2, 3, 4] })).toSorted((a, b) => a.id - b.id)).toMatchObject([
      ...[
        { version: 0, notes: order("company", 0).notes },
        { version: 0 },
        { version: 0 },
        { version: 1, notes: "changed" },
      ],
    ]);
    const [first] = await db.all(detailIds, { order_id: 2 });
    expect(await db.run(queries.deleteDetails, { ids: [first?.id ?? 0] })).toEqual({ rowsAffected: 1 });
    expect(await db.run(queries.deleteDetailsOfOrder, { order_id: 1 })).toEqual({ rowsAffected: 1 });
    expect([
      (await db.all(detailIds, { order_id: 2 })).length,
      (await db.all(detailIds, { order_id: 3 })).length,
    ]).toEqual([1, 1]);
    expect(await db.run(queries.deleteOrder, { id: 4, version: 1 })).toEqual({ rowsAffected: 1 });
    expect(await db.one(queries.newestOrderId)).toEqual({ newest: 3 });
    await db.one(queries.insertOrder, order("nothing", 3));
  }));

test("POST /api/orders 422: only what refers to nothing is named; locks are of the rows that are named", () =>
  api.onDatabases(async (db) => {
    const none = { customer_id: null, employee_id: null, shipper_id: null, tax_status_id: null, status_id: null };
    const missing = async (given: object) =>
      (await db.all(queries.missingReferences, { ...none, ...given })).map(({ field }) => field);
    expect(await missing({})).toEqual([]);
    const known = { customer_id: 4, employee_id: 3, shipper_id: 3, tax_status_id: 1, status_id: 3 };
    expect(await missing(known)).toEqual([]);
    for (const field of Object.keys(known)) expect(await missing({ ...known, [field]: 99 })).toEqual([field]);
    await db.transaction(async (tx) => {
      for (const query of [
        queries.lockEmployees,
        queries.lockFreeEmployees,
        queries.lockShippers,
        queries.lockFreeShippers,
      ])
        expect((await tx.all(query, { ids: [2, 3, 99] })).map(({ id }) => id).sort()).toEqual([2, 3]);
      for (const query of [queries.lockBuyers, queries.lockFreeBuyers, queries.buyersByIds]) {
        const { search_text: _, ...all } = { ...contact("two"), ...taxesOf("two") };
        const [buyer, ...others] = await tx.all(query, { ids: [2] });
        expect([buyer?.id, { id: 2, ...all }, others]).toMatchObject([2, buyer ?? {}, []]);
      }
      for (const query of [queries.lockSoldProducts, queries.lockFreeSoldProducts]) {
        const [sold, ...others] = await tx.all(query, { ids: [2] });
        expect([sold?.id, { id: 2, ...product("two", null) }, others]).toMatchObject([2, sold ?? {}, []]);
      }
    });
    for (const [query, name] of [
      [queries.employeesOfOrders, "employee two"],
      [queries.shippersOfOrders, "shipper two"],
    ] as const) {
      const { company, first_name, last_name, email_address, business_phone } = contact(name);
      expect(await db.all(query, { ids: [2] })).toEqual([
        { id: 2, company, first_name, last_name, email_address, business_phone },
      ]);
    }
  }));

test("GET /api/orders 200: the newest of a customer or an employee, and all by id", () =>
  api.onDatabases(async (db) => {
    const again = (id: number, day: number) => ({
      ...order("first", 1),
      customer_id: 1,
      employee_id: 2,
      order_date: dateTime(`2024-06-0${day}T00:00:00`),
      search_text: `${id}`,
    });
    const made: number[] = [];
    for (const [index, day] of [2, 3, 3, 1].entries())
      made.push((await db.one(queries.insertOrder, again(index, day))).id);
    const [a = 0, b = 0, c = 0, d = 0] = made;
    const ids = (rows: readonly { readonly id: number }[]) => rows.map(({ id }) => id);
    expect(ids(await db.all(newestOfCustomer, { customer_id: 1, rows: 3 }))).toEqual([c, b, a]);
    expect(ids(await db.all(newestOfEmployee, { employee_id: 2, rows: 9 }))).toEqual([c, b, a, d]);
    const ofBoth = [
      ...(await db.all(newestOfCustomer, { customer_id: 1, rows: 1 })),
      ...(await db.all(newestOfEmployee, { employee_id: 2, rows: 1 })),
    ];
    const [newest] = await db.all(queries.ordersByIds, { ids: [c] });
    expect(ofBoth).toMatchObject([newest ?? {}, newest ?? {}]);
    expect(ids(await db.all(rowsAscending, { id: a, rows: 2 }))).toEqual([b, c]);
    expect(ids(await db.all(rowsDescending, { id: d, rows: 2 }))).toEqual([c, b]);
    const [row] = await db.all(rowsDescending, { id: b, rows: 1 });
    const [same] = await db.all(queries.ordersByIds, { ids: [a] });
    expect([row, (await db.all(rowsAscending, { id: a - 1, rows: 1 }))[0]]).toEqual([same, same]);
  }));

const purchase = sql(`
  INSERT INTO purchase_orders (created_by, approved_by, submitted_by) VALUES (:created_by, :approved_by, :submitted_by)
`);

test("DELETE /api/employees/{id} 409: purchase orders that an employee created, approved or submitted", () =>
  api.onDatabases(async (db) => {
    for (const [created_by, approved_by, submitted_by] of [
      [1, null, null],
      [null, 1, null],
      [null, null, 1],
      [1, 1, 1],
      [2, 3, 2],
    ] as const)
      await db.run(purchase, { created_by, approved_by, submitted_by });
    const counted = async (id: number) => (await db.one(employeeReferences, { id })).purchase_orders;
    expect([await counted(1), await counted(2), await counted(3)]).toEqual([4, 1, 1]);
  }));

test("GET /api/orders/{id}/actions 200: an order that has lost its details twice has lost them", () =>
  api.onDatabases(async (db) => {
    const entry = {
      ...{
        resource: "order",
        happened_at: at(1),
        principal: "p",
        request_id: "r",
        action: "change",
        after_state: "{}",
      },
      ...{ previous_hash: "0".repeat(64), hash: "1".repeat(64), client_request_id: null, version: 1 },
    };
    const detailed = '{"order_details":[{"id":1}]}';
    for (const [resource_id, sequence, before_state] of [
      [1, 1, detailed],
      [1, 2, '{"order_details":[]}'],
      [1, 3, detailed],
      [2, 1, '{"order_details":[]}'],
    ] as const)
      await db.run(insertEntry, {
        ...entry,
        resource_id,
        sequence,
        before_state,
        write_id: `${resource_id}${sequence}`.repeat(18),
      });
    expect(await db.maybe(queries.removalOfDetails, { id: 1 })).toEqual({ sequence: 1 });
    expect(await db.maybe(queries.removalOfDetails, { id: 2 })).toBe(null);
    expect(await db.maybe(queries.removalOfDetails, { id: 3 })).toBe(null);
    const entries = await db.all(unnumberedEntries, { rows: 9 });
    const [first, second] = entries.map(({ entry_id }) => entry_id);
    const states = await db.all(statesOfEntries, { entry_ids: [second ?? 0] });
    expect([first, states]).toEqual([first, [{ resource_id: 1, version: 1, sequence: 2, after_state: "{}" }]]);
  }));

test("PUT /api/tax_rates/{id} 409: one product of a class is enough; what is searched is read from its own columns", () =>
  api.onDatabases(async (db) => {
    const ofClass = await db.transaction((tx) => tx.maybe(lockProductOfClass, { tax_class: "a" }));
    expect(ofClass).toEqual({ id: 1 });
    const searched: readonly (readonly [Query<{ readonly ids: readonly number[] }, object>, string])[] = [
      [lockedRows.customers, "two"],
      [lockedRows.employees, "employee two"],
      [lockedRows.shippers, "shipper two"],
    ];
    for (const [query, name] of searched) {
      const [row, ...others] = await db.transaction((tx) => tx.all(query, { ids: [2] }));
      expect([{ id: 2, ...contact(name) }, others]).toMatchObject([row ?? {}, []]);
    }
  }));

test("GET /api/orders?q= 200: how far a hundred texts with a run of three characters reach", () =>
  api.onDatabases(async (db) => {
    for (let number = 100; number < 200; number += 1)
      await db.one(customerQueries.insert, { ...contact("x"), ...taxesOf("x"), search_text: `qqq${number}` });
    expect(await db.all(gramsOfText, { text: "xqqq", places: 2 })).toEqual([
      { position: 1, reach: null },
      { position: 2, reach: "qqq199" },
    ]);
  }));

test("PUT /api/orders/{id} 200: every column of a detail is stored, and no other detail changes", () =>
  api.onDatabases(async (db) => {
    const order_id = (await db.one(queries.insertOrder, order("first", 1))).id;
    const detail = { ...soldDetail, order_id, product_name: "n", product_code: "c", quantity_per_unit: "u" };
    for (const position of [1, 2])
      await db.run(queries.insertDetail, { ...detail, product_id: position, position, quantity: decimal("1.0000") });
    const before = await db.all(queries.detailsByOrderIds, { order_ids: [order_id] });
    const [first, ...others] = before;
    if (first === undefined) throw new Error("no detail");
    const changed = {
      ...{ id: first.id, product_id: 3, quantity: decimal("7.0000"), unit_price: decimal("8.0000"), position: 0 },
      ...{ discount: decimal("0.2000"), product_code: "c", product_name: "n", quantity_per_unit: "u", tax_class: "b" },
      ...{ tax_rate: decimal("0.500000"), allocated: decimal("1.0000"), shipped: decimal("2.0000"), status_id: 1 },
      ...{ invoiced: decimal("3.0000"), date_allocated: at(5), purchase_order_id: null },
    };
    await db.run(queries.updateDetail, changed);
    const after = await db.all(queries.detailsByOrderIds, { order_ids: [order_id] });
    const stored = { ...first, ...changed };
    expect(after.toSorted((a, b) => a.id - b.id)).toEqual([stored, ...others].toSorted((a, b) => a.id - b.id));
  }));
