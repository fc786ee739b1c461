// Tax classes, treatments and the rate of each detail (docs/decisions/0093-tax-classes.md).
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { type BothEngines, startBothEngines, startTimeoutMs } from "../both-engines.ts";

let api: BothEngines;
beforeAll(async () => {
  api = await startBothEngines();
}, startTimeoutMs);
afterAll(() => api.stop());

async function create(path: string, body: object): Promise<number> {
  const reply = await api.call("POST", path, { body });
  expect(reply.body).toMatchObject({ success: true });
  return Number((reply.headers.get("location") ?? "").split("/").at(-1));
}

const rate = (tax_class: string, valid_from: string, tax_rate: string) =>
  create("/api/tax_rates", { tax_class, valid_from, tax_rate });

/** A product of each class: 19 % until June 2020, 16 % for half a year, then 19 % again; 7 %; none. */
const products: Record<"standard" | "reduced" | "free", number> = { standard: 0, reduced: 0, free: 0 };
beforeAll(async () => {
  await rate("Standard", "2007-01-01", "0.19");
  await rate("Standard", "2020-07-01", "0.16");
  await rate("Standard", "2021-01-01", "0.19");
  await rate("Reduced", "2007-01-01", "0.07");
  const product = (product_name: string, tax_class: string | null) =>
    create("/api/products", { product_name, tax_class, list_price: "33.335" });
  products.standard = await product("Tea", "Standard");
  products.reduced = await product("Bread", "Reduced");
  products.free = await product("Deposit", null);
}, startTimeoutMs);

const day = (date: string) => `${date}T09:00:00`;
const line = (product_id: number, quantity = 1) => ({ product_id, quantity });

async function order(body: object) {
  const reply = await api.call("POST", "/api/orders?include=details", {
    body: { order_date: day("2026-01-15"), ...body },
  });
  expect(reply.body).toMatchObject({ success: true });
  return reply.body.data;
}

describe("POST /api/orders", () => {
  test("201: taxes by the class of each product, rounded once per rate", async () => {
    const details = [line(products.standard, 3), line(products.reduced), line(products.standard), line(products.free)];
    expect(await order({ order_details: details })).toMatchObject({
      ...{ tax_status_id: 1, tax_rate: null, subtotal: "200.0300", taxes: "27.6700", order_total: "227.7000" },
      tax_breakdown: [
        { tax_rate: 0.19, taxable_amount: "133.3500", taxes: "25.3400" },
        { tax_rate: 0.07, taxable_amount: "33.3400", taxes: "2.3300" },
        { tax_rate: 0, taxable_amount: "33.3400", taxes: "0.0000" },
      ],
      order_details: [
        { tax_class: "Standard", tax_rate: 0.19 },
        { tax_class: "Reduced", tax_rate: 0.07 },
        { tax_class: "Standard", tax_rate: 0.19 },
        { tax_class: null, tax_rate: null },
      ],
    });
  });

  test("201: at the rate of the day of its order date", async () => {
    const at = async (date: string) => {
      const made = await order({ order_date: day(date), order_details: [line(products.standard)] });
      return made;
    };
    for (const [date, tax_rate] of [
      ["1999-12-31", 0.19],
      ["2020-06-30", 0.19],
      ["2020-07-01", 0.16],
      ["2020-12-31", 0.16],
      ["2021-01-01", 0.19],
    ] as const)
      expect([date, await at(date)]).toMatchObject([date, { order_details: [{ tax_rate }] }]);
  });

  test("201: a tax rate that the client sends counts for every detail", async () => {
    const details = [line(products.standard), line(products.reduced)];
    expect(await order({ tax_status_id: 1, tax_rate: 0.25, order_details: details })).toMatchObject({
      ...{ tax_rate: 0.25, taxes: "16.6700" },
      tax_breakdown: [{ tax_rate: 0.25, taxable_amount: "66.6800", taxes: "16.6700" }],
      order_details: [{ tax_rate: 0.19 }, { tax_rate: 0.07 }],
    });
  });

  test("201: without classes nothing changes: no tax status, rate 0, taxes 0", async () => {
    expect(await order({ order_details: [line(products.free)] })).toMatchObject({
      ...{ tax_status_id: null, tax_rate: 0, taxes: "0.0000", tax_breakdown: [] },
    });
  });

  test("201: taxes that a client sends stay, and an order that is not taxable stays so", async () => {
    const order_details = [line(products.standard)];
    expect(await order({ taxes: "1.00", order_details })).toMatchObject({ tax_status_id: null, taxes: "1.0000" });
    expect(await order({ tax_status_id: 0, order_details })).toMatchObject({ taxes: "0.0000", tax_breakdown: [] });
    const sent = await order({ tax_status_id: 1, taxes: "1.00", order_details });
    expect(sent).toMatchObject({ taxes: "1.0000", tax_breakdown: [] });
  });

  test("201: a customer that is not domestic pays no taxes, and the order keeps why", async () => {
    const treatments = [
      { tax_treatment: "reverse_charge", vat_id: "DE136695976", tax_exemption_reason: null },
      { tax_treatment: "export", vat_id: null, tax_exemption_reason: null },
      { tax_treatment: "exempt", vat_id: null, tax_exemption_reason: "Embassy, § 4 Nr. 7 UStG" },
    ];
    for (const treatment of treatments) {
      const customer_id = await create("/api/customers", { company: "Abroad", ...treatment });
      const made = { customer_id, order_details: [line(products.standard)] };
      const path = "/api/orders?include=customer,details";
      const reply = await api.call("POST", path, { body: made });
      expect(reply.body.data).toMatchObject({ tax_status_id: 0, taxes: "0.0000", customer: treatment });
      // As sold: what the customer becomes later changes no order.
      const location = reply.headers.get("location") ?? "";
      await api.call("PUT", `/api/customers/${customer_id}`, { body: { tax_treatment: "domestic", vat_id: null } });
      const later = await api.call("GET", `${location}?include=customer`);
      expect(later.body.data).toMatchObject({ tax_status_id: 0, customer: treatment });
    }
  });
});

describe("PUT /api/orders/{id}", () => {
  async function made(body: object): Promise<{ path: string; details: readonly { id: number }[] }> {
    const reply = await api.call("POST", "/api/orders?include=details", {
      body: { order_date: day("2020-08-01"), ...body },
    });
    const { order_details: details = [] } = Object(reply.body.data);
    return { path: reply.headers.get("location") ?? "", details };
  }
  const put = async (path: string, body: object) =>
    (await api.call("PUT", `${path}?include=details`, { body })).body.data;

  test("200: a detail keeps its rate; another product brings that of the order's day", async () => {
    const { path, details } = await made({ order_details: [line(products.standard)] });
    const [detail] = details;
    expect(
      await put(path, { order_date: day("2026-01-15"), order_details: [{ id: detail?.id, quantity: 2 }] }),
    ).toMatchObject({
      ...{ taxes: "10.6700", order_details: [{ tax_rate: 0.16 }] },
    });
    expect(
      await put(path, { order_details: [{ id: detail?.id }, line(products.standard), line(products.reduced)] }),
    ).toMatchObject({ order_details: [{ tax_rate: 0.16 }, { tax_rate: 0.19 }, { tax_rate: 0.07 }] });
  });

  test("200: one rate for all while the order has one, and those of the classes again without", async () => {
    const { path } = await made({ order_details: [line(products.standard), line(products.reduced)] });
    expect(await put(path, { tax_rate: 0.1 })).toMatchObject({
      ...{ taxes: "6.6700", tax_breakdown: [{ tax_rate: 0.1, taxable_amount: "66.6800" }] },
    });
    expect(await put(path, { tax_rate: null })).toMatchObject({
      ...{ tax_rate: null, taxes: "7.6600", order_details: [{ tax_rate: 0.16 }, { tax_rate: 0.07 }] },
    });
  });

  test("200: the first detail with a class taxes an order as if it had been created with it", async () => {
    const { path } = await made({});
    const order_details = [line(products.standard)];
    expect(await put(path, { order_details })).toMatchObject({ tax_status_id: 1, tax_rate: null, taxes: "5.3300" });
    const taxedAlready = await made({ tax_status_id: 1, tax_rate: 0.05 });
    expect(await put(taxedAlready.path, { order_details })).toMatchObject({ tax_rate: 0.05, taxes: "1.6700" });
    const unclassed = await made({ order_details: [line(products.free)] });
    expect(
      await put(unclassed.path, { order_details: [{ id: unclassed.details[0]?.id }, ...order_details] }),
    ).toMatchObject({
      ...{ tax_status_id: 1, tax_rate: null, taxes: "5.3300" },
    });
    const exempt = await made({ tax_status_id: 0 });
    expect(await put(exempt.path, { order_details })).toMatchObject({ tax_status_id: 0, taxes: "0.0000" });
  });

  test("200: what was read may be sent back, and changes nothing", async () => {
    const { path } = await made({ order_details: [line(products.standard), line(products.reduced)] });
    const query = "?include=details,customer";
    const before = (await api.call("GET", path + query)).body.data;
    const reply = await api.call("PUT", path + query, { body: Object(before) });
    expect([reply.status, reply.body.data]).toEqual([200, before]);
  });

  test("200: read, changed and sent back, the taxes follow from the change", async () => {
    const order_details = [{ ...line(products.standard), unit_price: "100" }];
    const taxed = await made({ order_details });
    const read = async (path: string) => Object((await api.call("GET", `${path}?include=details`)).body.data);
    const before = await read(taxed.path);
    const [detail] = before.order_details;
    expect(await put(taxed.path, { ...before, order_details: [{ ...detail, quantity: "10" }] })).toMatchObject({
      ...{ subtotal: "1000.0000", taxes: "160.0000" },
    });
    expect(await put(taxed.path, { ...(await read(taxed.path)), order_details: [] })).toMatchObject({
      taxes: "0.0000",
    });
    const empty = await made({});
    expect(await put(empty.path, { ...(await read(empty.path)), order_details })).toMatchObject({
      ...{ tax_status_id: 1, tax_rate: null, taxes: "16.0000" },
    });
    // Taxes that a client sent, and that are others than the computed ones, stay.
    const own = await made({ tax_status_id: 1, taxes: "9.00", order_details });
    const sent = await read(own.path);
    const more = [{ ...sent.order_details[0], quantity: "2" }];
    expect(await put(own.path, { ...sent, order_details: more })).toMatchObject({ taxes: "9.0000" });
  });

  test("200: null for rate, status or taxes is none, as if it had not been sent", async () => {
    const order_details = [{ ...line(products.standard), unit_price: "100" }];
    for (const none of [{ tax_rate: null }, { tax_status_id: null }, { taxes: null }])
      expect(await order({ ...none, order_details })).toMatchObject({
        tax_status_id: 1,
        tax_rate: null,
        taxes: "19.0000",
      });
  });

  test("200: taxes that were sent before there was a detail stay", async () => {
    const { path } = await made({ taxes: "12.00" });
    expect(await put(path, { order_details: [line(products.standard)] })).toMatchObject({ taxes: "12.0000" });
  });

  test("200: another customer is taxed otherwise, unless the client says how", async () => {
    const domestic = await create("/api/customers", { company: "Home" });
    const abroad = await create("/api/customers", { company: "Far", tax_treatment: "export" });
    const order_details = [{ ...line(products.standard), unit_price: "100" }];
    const { path } = await made({ customer_id: domestic, order_details });
    expect(await put(path, { customer_id: abroad })).toMatchObject({ tax_status_id: 0, taxes: "0.0000" });
    expect(await put(path, { customer_id: domestic })).toMatchObject({ tax_status_id: 1, taxes: "16.0000" });
    expect(await put(path, { customer_id: abroad, tax_status_id: 1, tax_rate: 0.1 })).toMatchObject({
      taxes: "10.0000",
    });
    const untaxed = await made({ customer_id: domestic, order_details: [line(products.free)] });
    expect(await put(untaxed.path, { customer_id: abroad })).toMatchObject({ tax_status_id: 0 });
    expect(await put(untaxed.path, { customer_id: domestic })).toMatchObject({ tax_status_id: null });
  });

  test("put-back 200: taxes are computed again if something else has changed them since", async () => {
    const { path } = await made({ tax_status_id: 1, tax_rate: "0.1" });
    await put(path, { tax_rate: "0.2" });
    await put(path, { order_details: [{ ...line(products.free, 2), unit_price: "100" }] });
    const back = await api.call("POST", `${path}/put-back?include=details`, { body: { sequence: 2 } });
    expect(back.body.data).toMatchObject({ tax_rate: 0.1, taxes: "20.0000" });
  });

  test("put-back 200: a customer comes back as the order kept the name and the treatment", async () => {
    const old = await create("/api/customers", { company: "Old Name" });
    const other = await create("/api/customers", { company: "Other" });
    const { path } = await made({ customer_id: old });
    await api.call("PUT", `/api/customers/${old}`, { body: { company: "New Name", tax_treatment: "export" } });
    await put(path, { customer_id: other });
    await api.call("POST", `${path}/put-back`, { body: {} });
    const { body } = await api.call("GET", `${path}?include=customer`);
    expect(body.data).toMatchObject({ customer: { id: old, company: "Old Name", tax_treatment: "domestic" } });
  });

  test("422: the rate or the class of a detail cannot be written", async () => {
    const { path, details } = await made({ order_details: [line(products.standard)] });
    const reply = await api.call("PUT", path, { body: { order_details: [{ id: details[0]?.id, tax_rate: 0.5 }] } });
    expect(reply.body.errors).toMatchObject([{ pointer: "#/order_details/0/tax_rate", code: "read-only" }]);
  });
});

describe("/api/tax_rates", () => {
  test("GET 200: by class and day; PUT 200 changes no order that was sold; DELETE 200", async () => {
    const id = await rate("Luxury", "2026-01-01", "0.330001");
    const productId = await create("/api/products", { product_name: "Caviar", tax_class: "Luxury", list_price: 10 });
    const sold = await api.call("POST", "/api/orders", { body: { order_details: [line(productId)] } });
    expect((await api.call("PUT", `/api/tax_rates/${id}`, { body: { tax_rate: 0.5 } })).body.data).toEqual({
      ...{ id, tax_class: "Luxury", valid_from: "2026-01-01", tax_rate: 0.5 },
    });
    const path = `${sold.headers.get("location")}?include=details`;
    expect((await api.call("GET", path)).body.data).toMatchObject({ order_details: [{ tax_rate: 0.330001 }] });
    const list = await api.call("GET", "/api/tax_rates?sort=name&limit=3");
    expect(list.body.data).toMatchObject([
      { tax_class: "Luxury" },
      { tax_class: "Reduced" },
      { valid_from: "2007-01-01" },
    ]);
    expect((await api.call("GET", "/api/tax_rates?q=lux%202026")).body.data).toMatchObject([{ id }]);
  });

  test("POST 409: a class has one rate from a day on; 422: what is missing and what is no rate", async () => {
    const twice = { tax_class: "Standard", valid_from: "2007-01-01", tax_rate: "0.2" };
    expect((await api.call("POST", "/api/tax_rates", { body: twice })).body.code).toBe("duplicate");
    const issues = async (body: object) =>
      (await api.call("POST", "/api/tax_rates", { body })).body.errors?.map(
        ({ pointer, code }) => `${pointer} ${code}`,
      );
    expect(await issues({})).toEqual(["#/tax_class required", "#/valid_from required", "#/tax_rate required"]);
    expect(await issues({ tax_class: "", valid_from: "2026-01-01", tax_rate: 0 })).toEqual(["#/tax_class text"]);
    expect(await issues({ tax_class: " ", valid_from: "2026-02-30", tax_rate: 1.5 })).toEqual([
      ...["#/tax_class text", "#/valid_from date-format", "#/tax_rate range"],
    ]);
  });

  test("DELETE and PUT 409: the last rate of a class that products have", async () => {
    const [first, second] = [await rate("Books", "2020-01-01", "0.05"), await rate("Books", "2024-01-01", "0.06")];
    const productId = await create("/api/products", { product_name: "Atlas", tax_class: "Books" });
    expect((await api.call("DELETE", `/api/tax_rates/${first}`)).status).toBe(200);
    const refused = await api.call("DELETE", `/api/tax_rates/${second}`);
    expect([refused.status, refused.body.errors?.[0]?.message]).toEqual([409, "1 product"]);
    expect((await api.call("PUT", `/api/tax_rates/${second}`, { body: { tax_class: "Maps" } })).status).toBe(409);
    await api.call("PUT", `/api/products/${productId}`, { body: { tax_class: null } });
    expect((await api.call("PUT", `/api/tax_rates/${second}`, { body: { tax_class: "Maps" } })).status).toBe(200);
  });
});

test("POST and PUT /api/products 422: a tax class that has no rate", async () => {
  const body = { product_name: "x", tax_class: "Nothing" };
  const expected = [{ pointer: "#/tax_class", code: "reference" }];
  expect((await api.call("POST", "/api/products", { body })).body.errors).toMatchObject(expected);
  expect((await api.call("PUT", `/api/products/${products.free}`, { body })).body.errors).toMatchObject(expected);
});

test("POST and PUT /api/customers 422: a wrong VAT number, reverse charge without one, exempt without a reason", async () => {
  const issues = async (body: object) =>
    (await api.call("POST", "/api/customers", { body: { company: "x", ...body } })).body.errors?.map(
      ({ pointer, code }) => `${pointer} ${code}`,
    );
  expect(await issues({ vat_id: "DE136695977" })).toEqual(["#/vat_id rule"]);
  expect(await issues({ tax_treatment: "reverse_charge" })).toEqual(["#/vat_id rule"]);
  expect(await issues({ tax_treatment: "exempt", tax_exemption_reason: "" })).toEqual(["#/tax_exemption_reason rule"]);
  expect(await issues({ tax_treatment: "none" })).toEqual(["#/tax_treatment range"]);
  const id = await create("/api/customers", {
    company: "x",
    vat_id: "de 136 695 976",
    tax_treatment: "reverse_charge",
  });
  expect((await api.call("GET", `/api/customers/${id}`)).body.data).toMatchObject({ vat_id: "DE136695976" });
  expect((await api.call("PUT", `/api/customers/${id}`, { body: { vat_id: null } })).status).toBe(422);
});
