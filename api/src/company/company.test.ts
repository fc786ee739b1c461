import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { join } from "node:path";
import { type BothEngines, startBothEngines, startTimeoutMs } from "../both-engines.ts";
import { businessDay } from "./business-time.ts";
import { updateLogo } from "./logo/queries.ts";
import { companyRow, updateCompany } from "./queries.ts";

let api: BothEngines;
beforeAll(async () => {
  api = await startBothEngines();
}, startTimeoutMs);
afterAll(() => api.stop());

const put = (body: object, headers: Readonly<Record<string, string>> = {}, query = "") =>
  api.call("PUT", `/api/company${query}`, { body, headers });

async function issues(body: object): Promise<readonly string[] | undefined> {
  return (await put(body)).body.errors?.map(({ pointer, code }) => `${pointer} ${code}`);
}

const anOrder = {
  order_date: "2024-01-15T10:30:00",
  order_details: [{ product_id: 1, quantity: 3, unit_price: "33.335" }],
};

describe("the company", () => {
  test("GET /api/company 200: a new database trades in dollars, by UTC and in English, and is not confirmed", async () => {
    const { status, body, headers } = await api.call("GET", "/api/company");
    expect([status, headers.get("etag")]).toEqual([200, '"0"']);
    expect(body.data).toEqual({
      ...{ id: 1, name: null, address: null, city: null, state_province: null, zip_postal_code: null },
      ...{ country_region: null, vat_id: null, iban: null, bic: null, currency: "USD", minor_unit: 2 },
      ...{ time_zone: "UTC", language: "en", working_days: [1, 2, 3, 4, 5] },
      ...{ invoice_prefix: "", credit_note_prefix: "", purchase_order_prefix: "", payment_days: 30, terms: null },
      ...{ shipping_policy: "partial", invoicing_policy: "before-shipment", over_receipt_tolerance: "0.0000" },
      confirmed: false,
    });
  });

  test("PUT /api/company 422: every field that cannot be right", async () => {
    const wrong = {
      ...{ vat_id: "DK12345675", iban: "DK5100400440116243", bic: "12", time_zone: "Europe/Kopenhagen" },
      working_days: [],
    };
    expect(await issues(wrong)).toEqual([
      "#/vat_id rule",
      "#/iban rule",
      "#/bic rule",
      "#/time_zone rule",
      "#/working_days rule",
    ]);
    const unreadable = { currency: "DEM", language: "da", payment_days: -1, color: "red" };
    expect(await issues(unreadable)).toEqual([
      "#/currency range",
      "#/language range",
      "#/payment_days range",
      "#/color unknown-field",
    ]);
    expect((await issues({ ...wrong, ...unreadable }))?.toSorted()).toEqual(
      [...((await issues(wrong)) ?? []), ...((await issues(unreadable)) ?? [])].toSorted(),
    );
    expect(await issues({ time_zone: "+01:00" })).toEqual(["#/time_zone rule"]);
  });

  test("PUT /api/company 412 for an old version, and a dry run stores nothing", async () => {
    const old = await put({ name: "x" }, { "if-match": '"7"' });
    expect([old.status, old.body.code]).toEqual([412, "precondition"]);
    const dry = await put({ name: "Dry" }, {}, "?dry_run=1");
    expect(dry.body.data).toMatchObject({ name: "Dry", confirmed: true });
    expect((await api.call("GET", "/api/company")).headers.get("etag")).toBe('"0"');
  });

  test("PUT /api/company 200: numbers are stored without spaces, and a repeated request is answered once", async () => {
    const fields = {
      ...{ name: "Havnegade Handel", city: "København", vat_id: "DK 12 34 56 74", iban: "DK50 0040 0440 1162 43" },
      ...{ bic: "nordDK22", currency: "DKK", time_zone: "europe/copenhagen", working_days: [6, 1, 6] },
    };
    const send = () => put(fields, { "if-match": '"0"', "idempotency-key": "company" });
    const { status, headers, body } = await send();
    expect([status, headers.get("etag")]).toEqual([200, '"1"']);
    expect(body.data).toMatchObject({
      ...{ name: "Havnegade Handel", vat_id: "DK12345674", iban: "DK5000400440116243", bic: "NORDDK22" },
      ...{ currency: "DKK", minor_unit: 2, time_zone: "Europe/Copenhagen", working_days: [1, 6], confirmed: true },
    });
    expect((await send()).body.data).toEqual(body.data);
    expect((await api.call("GET", "/api/company")).body.data).toEqual(body.data);
  });

  test("PUT /api/company 200: numbers of countries without a rule are accepted", async () => {
    const { body } = await put({ vat_id: "US 12-3456789", iban: null, bic: null });
    expect(body.data).toMatchObject({ vat_id: "US123456789", iban: null, bic: null });
  });

  test("GET /api/company/history 200: every change, before and after", async () => {
    for (const { url } of api.servers)
      expect(await (await fetch(`${url}/api/company/history`)).json()).toMatchObject({
        data: [
          { sequence: 1, action: "update", before: { currency: "USD" }, after: { currency: "DKK" } },
          { sequence: 2, action: "update", before: { vat_id: "DK12345674" }, after: { vat_id: "US123456789" } },
        ],
      });
  });

  test("PUT /api/company 409 state: another minor unit only while there is no order", async () => {
    expect((await put({ currency: "JPY" })).body.data).toMatchObject({ currency: "JPY", minor_unit: 0 });
    await api.call("POST", "/api/products", { body: { product_name: "Tea" } });
    // 3 x 33.335 is 100.005, and a yen has no decimal places.
    const made = await api.call("POST", "/api/orders", { body: anOrder });
    expect(made.body.data).toMatchObject({ subtotal: "100.0000", order_details: [{ extended_price: "100.0000" }] });
    const read = await api.call("GET", "/api/orders/1?include=totals");
    expect(read.body.data).toMatchObject({ order_total: "100.0000" });
    expect((await api.call("GET", "/api/orders.csv")).text).toContain(",JPY,100.0000,");
    const { status, body } = await put({ currency: "KWD" });
    expect([status, body.code]).toEqual([409, "state"]);
    expect(body.errors?.[0]?.message).toContain("Choose a currency with no decimal places");
    expect((await put({ currency: "KRW" })).status).toBe(200);
  });
});

test.each(["Pacific/Kiritimati", "Pacific/Pago_Pago", "Europe/Copenhagen"])(
  "in %s, the first and the last second of a day belong to it, in list, counts, anchors and CSV",
  async (time_zone) => {
    await put({ time_zone });
    const day = time_zone === "Europe/Copenhagen" ? "2027-03-28" : "2027-06-15";
    const made = await Promise.all(
      [`${day}T00:00:00`, `${day}T23:59:59`].map((order_date) =>
        api.call("POST", "/api/orders", { body: { order_date } }),
      ),
    );
    const ids = made.map(({ headers }) => Number(headers.get("location")?.split("/").at(-1)));
    for (const order_date of [
      "2027-03-27T23:59:59",
      "2027-03-29T00:00:00",
      "2027-06-14T23:59:59",
      "2027-06-16T00:00:00",
    ])
      await api.call("POST", "/api/orders", { body: { order_date } });
    const query = `order_date_from=${day}&order_date_to=${day}&sort=id`;
    const { data } = (await api.call("GET", `/api/orders?${query}&limit=${ids.length}`)).body;
    expect(data).toMatchObject(ids.toSorted((a, b) => a - b).map((id) => ({ id })));
    const filter = query.replace("&sort=id", "");
    expect((await api.call("GET", `/api/orders/counts?${filter}`)).body.data).toMatchObject({ total: ids.length });
    expect((await api.call("GET", `/api/orders/anchors?${query}`)).body.data).toMatchObject({ total: ids.length });
    const lines = (await api.call("GET", `/api/orders.csv?${query}`)).text.trim().split("\r\n");
    expect(lines).toHaveLength(1 + ids.length);
    for (const { url } of api.servers)
      await Promise.all(ids.map((id) => fetch(`${url}/api/orders/${id}`, { method: "DELETE" })));
  },
);

test("GET /api/summary 200: the months end with the business month", async () => {
  const lastMonths = async (time_zone: string) => {
    await put({ time_zone });
    const found = await Promise.all(api.servers.map(async ({ url }) => (await fetch(`${url}/api/summary`)).text()));
    return found.map((text) => [...text.matchAll(/"month":"([-0-9]+)"/g)].at(-1)?.[1]);
  };
  for (const zone of ["Pacific/Kiritimati", "Pacific/Pago_Pago"]) {
    const months = await lastMonths(zone);
    expect(months).toEqual(months.map(() => businessDay(zone).slice(0, 7)));
  }
});

/** The days of orders that are placed now, one per server. */
async function orderDays(): Promise<readonly string[]> {
  const init = { method: "POST", headers: { "content-type": "application/json" }, body: "{}" };
  const answers = api.servers.map(async ({ url }) => (await fetch(`${url}/api/orders`, init)).text());
  return (await Promise.all(answers)).map((text) => /"order_date":"([-0-9]+)T/.exec(text)?.[1] ?? text);
}

test("the time zone decides at once, and within about a second if another process has changed it", async () => {
  await put({ time_zone: "Pacific/Pago_Pago" });
  const before = await orderDays();
  await put({ time_zone: "Pacific/Kiritimati" });
  // The local days of these two zones always differ.
  for (const [index, day] of (await orderDays()).entries()) expect(day > (before[index] ?? day)).toBe(true);
  await api.onDatabases(async (database) => {
    const row = await database.one(companyRow);
    await database.transaction((tx) => tx.run(updateCompany, { ...row, time_zone: "Pacific/Pago_Pago" }));
  });
  const deadline = performance.now() + 10_000;
  let days = await orderDays();
  while (days.some((day, index) => day !== before[index]) && performance.now() < deadline) {
    await Bun.sleep(50);
    days = await orderDays();
  }
  expect(days).toEqual([...before]);
}, 20_000);

test("an old version changes neither the company nor its logo", () =>
  api.onDatabases(async (db) => {
    const row = await db.one(companyRow);
    const logo = { media_type: "image/png", width: 1, height: 2, byte_count: 3, sha256: "a".repeat(64) };
    const version = row.version + 1;
    expect(await db.run(updateCompany, { ...row, version, name: "Other" })).toEqual({ rowsAffected: 0 });
    const content = new Uint8Array([1, 2, 3]);
    expect(await db.run(updateLogo, { ...logo, content, version: 99 })).toEqual({ rowsAffected: 0 });
    expect(await db.one(companyRow)).toEqual(row);
  }));

test("the OpenAPI document says what the settings of the company must be", async () => {
  const document: unknown = await Bun.file(join(import.meta.dir, "../../openapi.json")).json();
  expect(document).toMatchObject({
    components: {
      schemas: {
        CompanyUpdate: {
          properties: {
            vat_id: { description: expect.stringContaining("check digits") },
            iban: { description: expect.stringContaining("check digits") },
            bic: { examples: ["NORDDK22"] },
            time_zone: { description: expect.stringContaining("IANA") },
            working_days: { minItems: 1 },
          },
        },
      },
    },
  });
});
