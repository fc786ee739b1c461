// What waits to be done: one day of orders, purchase orders and products, on both engines.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { type BothEngines, startBothEngines, startTimeoutMs } from "../both-engines.ts";
import type { Worklist } from "./fields.ts";

const complete = {
  ...{ customer_id: 1, employee_id: 1, shipper_id: 1, ship_name: "Cafe", ship_address: "Road 1", ship_city: "Rome" },
  ...{ ship_zip_postal_code: "1", ship_country_region: "Italy" },
};

for (const reportsInThread of [false, true]) {
  describe(reportsInThread ? "GET /api/worklists in the report thread" : "GET /api/worklists", () => {
    let api: BothEngines;
    const known: Record<string, number> = {};
    const idOf = (name: string) => known[name] ?? 0;

    async function made(path: string, body: object): Promise<number> {
      const reply = await api.call("POST", path, { body });
      expect([reply.status, reply.body.errors]).toEqual([201, undefined]);
      return Object(reply.body.data).id;
    }
    async function act(path: string, body: object = {}): Promise<void> {
      const reply = await api.call("POST", path, { body });
      expect([reply.status, reply.body.errors]).toEqual([200, undefined]);
    }
    const order = (day: number, product_id: number, quantity: number, fields: object = {}) =>
      made("/api/orders", {
        ...{ ...complete, order_date: `2024-01-0${day}T08:00:00`, order_details: [{ product_id, quantity }] },
        ...fields,
      });
    const purchase = async (expected_date: string | null, ...actions: readonly string[]) => {
      const purchase_order_details = [{ product_id: known.tea, quantity: 3, unit_cost: "1" }];
      const id = await made("/api/purchase_orders", { supplier_id: 1, expected_date, purchase_order_details });
      for (const action of actions) await act(`/api/purchase_orders/${id}/${action}`);
      return id;
    };
    async function lists(query = ""): Promise<readonly Worklist[]> {
      const { status, body } = await api.call("GET", `/api/worklists${query}`);
      expect([status, body.errors]).toEqual([200, undefined]);
      return Array.isArray(body.data) ? body.data : [];
    }
    const after = async (name: string, id: number) =>
      (await lists(`?names=${name}&after=${id}&limit=1`))[0]?.entries.map((entry) => entry.id);

    beforeAll(async () => {
      api = await startBothEngines({ reportsInThread });
      await made("/api/customers", { company: "Cafe" });
      await made("/api/employees", { last_name: "Lee" });
      await made("/api/shippers", { company: "Fast" });
      await made("/api/suppliers", { company: "Imports" });
      known.tea = await made("/api/products", { product_name: "Tea", list_price: "2", stocked: true });
      known.soup = await made("/api/products", {
        ...{ product_name: "Soup", list_price: "2", stocked: true, reorder_level: 5, target_level: 9 },
      });
      known.advice = await made("/api/products", { product_name: "Advice", list_price: "50" });
      const adjustment = { product_id: known.tea, type: "adjusted", quantity: "10", reason: "first count" };
      await api.call("POST", "/api/stock/adjustments", { body: adjustment });
      known.held = await order(5, known.tea, 4);
      known.asks = await order(4, known.tea, 2, { shipping_policy: "ask" });
      known.short = await order(3, known.soup, 5);
      known.invoiced = await order(2, known.tea, 1);
      await act(`/api/orders/${known.invoiced}/invoice`);
      known.advised = await order(1, known.advice, 1);
      await act(`/api/orders/${known.advised}/invoice`);
      known.blank = await made("/api/orders", { order_date: null });
      known.cancelled = await order(1, known.tea, 1);
      await act(`/api/orders/${known.cancelled}/cancel`);
      known.later = await purchase("2024-03-02T00:00:00", "submit", "approve");
      known.sooner = await purchase("2024-03-01T00:00:00", "submit", "approve");
      known.submitted = await purchase(null, "submit");
      known.made = await purchase(null);
    }, startTimeoutMs);
    afterAll(() => api.stop());

    test("200: every list counts and names what waits, the oldest first", async () => {
      const found = (await lists()).map(({ name, count, more, entries }) => [
        ...[name, count, more],
        ...entries.map(({ id }) => id),
      ]);
      const { held, asks, short, invoiced, advised, later, sooner, submitted, soup } = known;
      expect<unknown>(found).toEqual([
        ["to_allocate", 1, false, asks],
        ["short", 1, false, short],
        ["to_invoice", 1, false, held],
        ["to_ship", 2, false, advised, invoiced],
        ["late", 5, false, advised, invoiced, short, asks, held],
        ["to_approve", 1, false, submitted],
        ["to_receive", 2, false, sooner, later],
        ["to_reorder", 1, false, soup],
      ]);
    });

    test("200: entries say who waits, since when and for how much", async () => {
      const first = (await lists("?names=short,to_receive,to_reorder")).map(({ entries }) => entries[0]);
      expect<unknown>(first).toEqual([
        { id: idOf("short"), name: "Cafe", date: "2024-01-03T08:00:00", status_id: 0, quantity: null },
        { id: idOf("sooner"), name: "Imports", date: "2024-03-01T00:00:00", status_id: 2, quantity: null },
        { id: idOf("soup"), name: "Soup", date: null, status_id: null, quantity: "14.0000" },
      ]);
    });

    test("200: `after` gives the next one, also after one that has left the list", async () => {
      expect(await after("late", idOf("invoiced"))).toEqual([idOf("short")]);
      expect(await after("late", idOf("held"))).toEqual([]);
      expect(await after("to_receive", idOf("sooner"))).toEqual([idOf("later")]);
      // Ordered on the third: of what is to be shipped, nothing is younger; of what is late, the next is of the fourth.
      expect(await after("to_ship", idOf("short"))).toEqual([]);
      expect(await after("late", idOf("cancelled"))).toEqual([idOf("invoiced")]);
      expect(await after("to_reorder", idOf("tea"))).toEqual([idOf("soup")]);
    });

    test("200: `late_days` moves the border of what is late", async () => {
      expect((await lists("?names=late&late_days=3650"))[0]?.count).toBe(0);
    });

    test("400: `after` without exactly one name, and a name that does not exist", async () => {
      for (const query of ["?after=1", "?after=1&names=late,short"]) {
        const { status, body } = await api.call("GET", `/api/worklists${query}`);
        expect({ status, body }).toMatchObject({ status: 400, body: { errors: [{ parameter: "after" }] } });
      }
      expect((await api.call("GET", "/api/worklists?names=everything")).status).toBe(400);
    });

    test("200: where invoices are written on shipment, new orders are shipped and none is invoiced", async () => {
      const body = { invoicing_policy: "on-shipment" };
      expect((await api.call("PUT", "/api/company", { body })).status).toBe(200);
      const found = await lists("?names=to_invoice,to_ship");
      expect(found.map(({ entries }) => entries.map(({ id }) => id))).toEqual([
        [],
        [known.advised, known.invoiced, known.held].flatMap((id) => id ?? []),
      ]);
    });
  });
}
