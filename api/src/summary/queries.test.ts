// The SQL of the summary's lists of ten: complete rows, and no eleventh.
import { afterAll, beforeAll, expect, test } from "bun:test";
import { dateTime } from "sqlproof";
import { type BothEngines, startBothEngines, startTimeoutMs } from "../both-engines.ts";
import { noon, storeCustomer, storeOrder } from "../stored-goods.ts";
import { lateOrders, newestOrders } from "./queries.ts";

let api: BothEngines;
beforeAll(async () => {
  api = await startBothEngines();
}, startTimeoutMs);
afterAll(() => api.stop());

test("the ten oldest late orders, and the ten newest of all", () =>
  api.onDatabases(async (db) => {
    const customer = { company: "Cafe", first_name: "Ann", last_name: "Lee" };
    const customer_id = await storeCustomer(db, customer);
    const nobody = { company: null, first_name: null, last_name: null };
    const stored = [];
    for (let number = 1; number <= 12; number += 1) {
      const isKnown = number % 3 !== 0;
      const order = {
        customer_id: isKnown ? customer_id : null,
        status_id: number % 2,
        order_date: dateTime(`2024-01-${23 - number}T12:00:00`),
      };
      const id = await storeOrder(db, { ...order, tax_status_id: 0, paid_date: noon(1) });
      stored.push({ id, ...order, ...(isKnown ? customer : nobody) });
    }
    expect(await db.all(newestOrders)).toEqual(stored.toReversed().slice(0, 10));
    expect(await db.all(lateOrders, { before: dateTime("2024-01-21T12:00:00") })).toEqual(
      stored.toReversed().slice(0, 10),
    );
    await storeOrder(db, { order_date: noon(1), shipped_date: noon(1) });
    expect(await db.all(lateOrders, { before: dateTime("2024-01-13T12:00:00") })).toEqual(
      stored.toReversed().slice(0, 3),
    );
  }));
