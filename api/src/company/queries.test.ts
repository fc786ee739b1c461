// The SQL of the company, with a row in which no two columns are alike; an old version changes nothing.
import { afterAll, beforeAll, expect, test } from "bun:test";
import { type BothEngines, startBothEngines, startTimeoutMs } from "../both-engines.ts";
import { pieces, storeOrder } from "../stored-goods.ts";
import * as queries from "./queries.ts";

let api: BothEngines;
beforeAll(async () => {
  api = await startBothEngines();
}, startTimeoutMs);
afterAll(() => api.stop());

const company = {
  ...{ name: "name", address: "address", city: "city", state_province: "state", zip_postal_code: "zip" },
  ...{ country_region: "country", vat_id: "vat", iban: "iban", bic: "bic", currency: "JPY", time_zone: "Asia/Tokyo" },
  ...{ language: "ja", working_days: "123", invoice_prefix: "I", credit_note_prefix: "C", purchase_order_prefix: "P" },
  ...{ payment_days: 7, terms: "terms", shipping_policy: "ask", invoicing_policy: "on-shipment" },
  ...{ over_receipt_tolerance: pieces(3), confirmed: true },
};

test("every column of the company is stored, and its version rises", () =>
  api.onDatabases(async (db) => {
    const { version } = await db.one(queries.companyVersion);
    const before = await db.one(queries.companyRow);
    const old = { ...company, id: 1, version: version + 1 };
    expect(await db.run(queries.updateCompany, old)).toEqual({ rowsAffected: 0 });
    expect([await db.one(queries.companyRow), before.version]).toEqual([before, version]);
    const written = { ...company, id: 1, version };
    expect(await db.run(queries.updateCompany, written)).toEqual({ rowsAffected: 1 });
    const after = { ...written, version: version + 1 };
    expect(await db.one(queries.companyRow)).toEqual(after);
    expect(await db.transaction((tx) => tx.one(queries.lockCompany))).toEqual(after);
    expect(await db.one(queries.companyCurrency)).toEqual({ currency: "JPY" });
    expect(await db.transaction((tx) => tx.one(queries.lockCurrency))).toEqual({ currency: "JPY" });
    // Another number than that of the row.
    await db.run(queries.updateCompany, after);
    expect(await db.one(queries.companyVersion)).toEqual({ version: version + 2 });
  }));

test("one order shows that there are some", () =>
  api.onDatabases(async (db) => {
    expect(await db.maybe(queries.anyOrder)).toBe(null);
    const first = await storeOrder(db);
    await storeOrder(db);
    expect(await db.all(queries.anyOrder)).toEqual([{ id: first }]);
  }));
