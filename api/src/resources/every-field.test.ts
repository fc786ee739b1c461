// Every field of every resource has a value of its own, so that no query can take one for another.
import { afterAll, beforeAll, expect, test } from "bun:test";
import { type BothEngines, startBothEngines, startTimeoutMs } from "../both-engines.ts";

let api: BothEngines;
beforeAll(async () => {
  api = await startBothEngines({ allowImport: true });
  const make = (path: string, body: object) => api.call("POST", path, { body });
  for (const company of ["S1", "S2", "S3"])
    for (const path of ["suppliers", "customers", "employees", "shippers"]) await make(`/api/${path}`, { company });
  for (const tax_class of ["first", "second"])
    await make("/api/tax_rates", { tax_class, valid_from: "2020-01-01", tax_rate: "0.1" });
  for (const product_name of ["P1", "P2", "P3"])
    await make("/api/products", { ...product(product_name, 3), product_name, supplier_ids: [] });
}, startTimeoutMs);
afterAll(() => api.stop());

const contact = (of: string) => ({
  ...{ company: `company ${of}`, last_name: `last ${of}`, first_name: `first ${of}`, email_address: `${of}@b.example` },
  ...{
    job_title: `job ${of}`,
    business_phone: `business ${of}`,
    home_phone: `home ${of}`,
    mobile_phone: `mobile ${of}`,
  },
  ...{ fax_number: `fax ${of}`, address: `address ${of}`, city: `city ${of}`, state_province: `state ${of}` },
  ...{ zip_postal_code: `zip ${of}`, country_region: `country ${of}`, web_page: `web ${of}`, notes: `notes ${of}` },
});

const product = (of: string, number: number) => ({
  ...{ product_code: `code ${of}`, product_name: `name ${of}`, description: `description ${of}` },
  ...{ supplier_ids: [1, number], standard_cost: `${number}1.0000`, list_price: `${number}2.0000` },
  ...{ reorder_level: 10 + number, target_level: 20 + number, quantity_per_unit: `unit ${of}` },
  ...{ discontinued: number === 2, minimum_reorder_quantity: 30 + number, category: `category ${of}` },
  tax_class: number === 2 ? "first" : "second",
});

const order = (of: string, number: number) => ({
  ...{
    employee_id: number,
    customer_id: number + 1,
    order_date: `2024-01-0${number}T10:30:00`,
    shipper_id: number + 1,
  },
  ...{ ship_name: `name ${of}`, ship_address: `address ${of}`, ship_city: `city ${of}` },
  ...{ ship_state_province: `state ${of}`, ship_zip_postal_code: `zip ${of}`, ship_country_region: `country ${of}` },
  ...{ shipping_fee: `${number}.5000`, payment_type: `pay ${of}`, notes: `notes ${of}` },
  ...{ shipped_date: null, paid_date: null, status_id: 0, tax_status_id: number - 1 },
});

const treatment = { vat_id: "DK12345674", tax_treatment: "reverse_charge", tax_exemption_reason: "reason one" };
const exempt = { vat_id: "DE136695976", tax_treatment: "exempt", tax_exemption_reason: "reason two" };

/** Two rows of each resource that have no value in common. */
const rows: Readonly<Record<string, readonly [object, object]>> = {
  customers: [
    { ...contact("one"), ...treatment },
    { ...contact("two"), ...exempt },
  ],
  employees: [contact("one"), contact("two")],
  shippers: [contact("one"), contact("two")],
  suppliers: [contact("one"), contact("two")],
  products: [product("one", 2), product("two", 3)],
  tax_rates: [
    { tax_class: "third", valid_from: "2021-02-03", tax_rate: 0.25 },
    { tax_class: "fourth", valid_from: "2022-03-04", tax_rate: 0.125 },
  ],
  orders: [order("one", 1), order("two", 2)],
};

for (const [plural, [first, second]] of Object.entries(rows))
  test(`/api/${plural} 200: each field is stored, answered, changed, left alone and found as itself`, async () => {
    const created = await api.call("POST", `/api/${plural}`, { body: first });
    expect([plural, created.status, created.body.data]).toMatchObject([plural, 201, first]);
    const path = created.headers.get("location") ?? "";
    const others = (await api.call("GET", `/api/${plural}`)).body.data;
    const stored = async () => (await api.call("GET", path)).body.data;
    expect(await stored()).toEqual(created.body.data);
    // A field that is not given keeps its value: the row is written from what was read and locked.
    expect((await api.call("PUT", path, { body: {} })).body.data).toEqual(created.body.data);
    expect(await stored()).toEqual(created.body.data);
    const updated = await api.call("PUT", path, { body: second });
    expect([updated.status, updated.body.data]).toMatchObject([200, second]);
    expect(await stored()).toEqual(updated.body.data);
    // Nothing happened to the other rows.
    const id = Number(path.split("/").at(-1));
    const without = (list: unknown) => (Array.isArray(list) ? list.filter((row) => Object(row).id !== id) : []);
    expect(without((await api.call("GET", `/api/${plural}`)).body.data)).toEqual(without(others));
    expect((await api.call("DELETE", path)).status).toBe(200);
    expect((await api.call("GET", `/api/${plural}`)).body.data).toEqual(without(others));
  });

test("PUT /api/company 200: each field is stored and answered as itself", async () => {
  const company = (of: string, number: number) => ({
    ...{ name: `name ${of}`, address: `address ${of}`, city: `city ${of}`, state_province: `state ${of}` },
    ...{ zip_postal_code: `zip ${of}`, country_region: `country ${of}`, terms: `terms ${of}` },
    ...{ invoice_prefix: `I${number}-`, credit_note_prefix: `C${number}-`, purchase_order_prefix: `P${number}-` },
    ...{ payment_days: 10 + number, working_days: [number, 5], language: number === 1 ? "en" : "es" },
    ...{ time_zone: number === 1 ? "Europe/Berlin" : "Asia/Tokyo", bic: number === 1 ? "DABADKKK" : "DEUTDEFF" },
    ...{ vat_id: number === 1 ? "DK12345674" : "DE136695976" },
    ...{ iban: number === 1 ? "DK5000400440116243" : "DE89370400440532013000", confirmed: number === 1 },
  });
  for (const body of [company("one", 1), company("two", 2)]) {
    const updated = await api.call("PUT", "/api/company", { body });
    expect([updated.body.errors, updated.body.data]).toMatchObject([undefined, body]);
    expect((await api.call("GET", "/api/company")).body.data).toEqual(updated.body.data);
    // Whoever looks at the company and stores it has confirmed it.
    const again = await api.call("PUT", "/api/company", { body: {} });
    expect(again.body.data).toEqual({ ...body, ...Object(updated.body.data), confirmed: true });
  }
});

test("POST and PUT /api/orders 200: each field of a detail is stored and answered as itself", async () => {
  const details = (number: number) => [
    { product_id: number, quantity: `${number}1.0000`, unit_price: `${number}2.0000`, discount: `0.${number}000` },
    { product_id: number + 1, quantity: `${number}3.0000`, unit_price: `${number}4.0000`, discount: `0.${number}500` },
  ];
  const shown = (data: unknown) => Object(data).order_details;
  const created = await api.call("POST", "/api/orders", { body: { ...order("one", 1), order_details: details(1) } });
  expect(shown(created.body.data)).toMatchObject(details(1));
  const path = created.headers.get("location") ?? "";
  const updated = await api.call("PUT", path, { body: { order_details: details(2) } });
  expect(shown(updated.body.data)).toMatchObject(details(2));
  expect(shown((await api.call("GET", `${path}?include=details`)).body.data)).toEqual(shown(updated.body.data));
});
