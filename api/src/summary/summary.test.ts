import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { type BothEngines, startBothEngines, startTimeoutMs } from "../both-engines.ts";
import { utcNow } from "../contract/text.ts";
import { summaryOf } from "./summary.ts";

/** The same time of day a number of days ago. */
const daysBefore = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 19);

for (const reportsInThread of [false, true]) {
  describe(reportsInThread ? "GET /api/summary in the report thread" : "GET /api/summary in the main thread", () => {
    let api: BothEngines;
    const today = utcNow();
    const month = today.slice(0, 7);
    beforeAll(async () => {
      api = await startBothEngines({ reportsInThread, allowImport: true });
      const make = (path: string, body: object) => api.call("POST", path, { body });
      await make("/api/customers", { company: "Big" });
      await make("/api/customers", { first_name: "Ana", last_name: "Small" });
      for (const name of ["Tea", "Soup"]) await make("/api/products", { product_name: name, list_price: 1 });
      const order = (days: number, customer_id: number, rest: object) =>
        make("/api/orders", { order_date: days === 0 ? today : daysBefore(days), customer_id, ...rest });
      const line = (product_id: number, quantity: string, unit_price: string, discount = "0") => ({
        order_details: [{ product_id, quantity, unit_price, discount }],
      });
      await order(0, 1, line(1, "1", "100", "0.1"));
      await order(0, 2, line(2, "3", "10.0001"));
      // Each detail is rounded by itself, a half up: 0.005 to 0.01 and 0.015 to 0.02. The sum alone would make 0.02.
      await order(0, 2, line(2, "0.5", "0.01"));
      await order(0, 2, line(2, "0.5", "0.03"));
      await order(400, 1, { status_id: 3, ...line(1, "9", "9") });
      await order(40, 1, {});
      await order(40, 1, { status_id: 1 });
      await order(40, 1, { status_id: 2 });
      await make("/api/orders", { order_date: null });
    }, startTimeoutMs);
    afterAll(() => api.stop());

    test("200: open and late orders, sales and the newest orders", async () => {
      const { body } = await api.call("GET", "/api/summary");
      expect(body.data).toMatchObject({
        orders_by_status: [
          { status_id: 0, status_name: "New", orders: 6, open: true },
          { status_id: 1, status_name: "Invoiced", orders: 1, open: true },
          { status_id: 2, status_name: "Shipped", orders: 1, open: false },
          { status_id: 3, status_name: "Closed", orders: 1, open: false },
          { status_id: 4, status_name: "Cancelled", orders: 0, open: false },
        ],
        late: { days: 7, orders: 2, first: [{ id: 6, customer: "Big" }, { id: 7 }] },
        top_days: 90,
        top_products: [
          { product_id: 1, product_name: "Tea", sales: "90.0000" },
          { product_id: 2, product_name: "Soup", sales: "30.0300" },
        ],
        top_customers: [
          { customer_id: 1, customer: "Big", sales: "90.0000" },
          { customer_id: 2, customer: "Ana Small", sales: "30.0300" },
        ],
        newest_orders: [9, 8, 7, 6, 5, 4, 3, 2, 1].map((id) => ({ id })),
      });
      const months = monthsOf(body.data);
      expect(months).toHaveLength(12);
      expect(new Set(months.map((entry) => entry.month)).size).toBe(12);
      expect(months.find((entry) => entry.month === month)).toMatchObject({ orders: 4, sales: "120.0300" });
    });

    test("200: sales are rounded detail by detail to the minor unit, of yen, dollars and dinars", async () => {
      const { signal } = new AbortController();
      const sold = [
        [0, "30.0000"],
        [2, "30.0300"],
        [3, "30.0200"],
      ] as const;
      await api.onDatabases(async (database) => {
        for (const [minorUnit, sales] of sold) {
          const { top_products } = await summaryOf(database, { now: today, minorUnit, lateDays: 7 }, signal);
          expect<unknown>([minorUnit, top_products[1]?.sales]).toEqual([minorUnit, sales]);
        }
      });
    });

    test("200: late_days sets when an order is late; 400 if it is not a number of days", async () => {
      const late = async (days: number) => (await api.call("GET", `/api/summary?late_days=${days}`)).body.data;
      expect(await late(41)).toMatchObject({ late: { days: 41, orders: 0, first: [] } });
      expect(await late(0)).toMatchObject({ late: { days: 0, orders: 6 } });
      for (const text of ["-1", "x", "1.5", "3651", "01"])
        expect((await api.call("GET", `/api/summary?late_days=${text}`)).body.code).toBe("bad-query");
    });
  });
}

interface Month {
  readonly month: string;
  readonly sales: string;
}

function monthsOf(data: unknown): readonly Month[] {
  if (typeof data !== "object" || data === null || !("sales_by_month" in data)) return [];
  return Array.isArray(data.sales_by_month) ? data.sales_by_month : [];
}
