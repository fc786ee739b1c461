/**
 * What is asked of a list as a whole, on the sample company: once with the reports made where requests are answered,
 * once in their own thread, as with much data.
 */
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { loadSample } from "northwind-schema/sample";
import { type BothEngines, startBothEngines, startTimeoutMs } from "../../both-engines.ts";
import type { Order } from "../fields.ts";
import { basicSorts } from "../list/request.ts";
import { anchorsOf } from "./anchors.ts";

const today = "2026-11-23";
const lists = [
  "",
  "&status_id=3",
  "&shipper_id=1",
  "&customer_id=4",
  "&employee_id=3&status_id=3",
  "&order_date_from=2025-06-01&order_date_to=2026-06-30",
  "&q=a",
  "&q=nothing+like+it",
];

for (const reportsInThread of [false, true]) {
  describe(reportsInThread ? "reports in their thread" : "reports on the spot", () => {
    let api: BothEngines;
    beforeAll(async () => {
      api = await startBothEngines({ reportsInThread, allowImport: true });
      await api.onDatabases((database) => loadSample(database, today));
      // Orders without a date, which stand before all others.
      for (let n = 0; n < 3; n += 1)
        await api.call("POST", "/api/orders", { body: { order_date: null, status_id: n } });
      await api.call("POST", "/api/orders", { body: awkward });
    }, startTimeoutMs);
    afterAll(() => api.stop());

    const get = async (path: string) => {
      const { status, body } = await api.call("GET", path);
      expect([path, status]).toEqual([path, 200]);
      return body;
    };
    const listed = async (query: string) => orders((await get(`/api/orders?${query}`)).data);

    test("GET /api/orders/anchors 200: from each anchor the list goes on where it should", async () => {
      for (const sort of basicSorts)
        for (const list of lists) {
          const all = (await listed(`sort=${sort}${list}`)).map(({ id }) => id);
          const { total, every, anchors } = anchored((await get(`/api/orders/anchors?sort=${sort}${list}`)).data);
          expect([sort, list, total]).toEqual([sort, list, all.length]);
          expect(anchors).toHaveLength(Math.max(1, Math.ceil(all.length / every)));
          for (const [index, cursor] of anchors.entries()) {
            const from = cursor === null ? "" : `&cursor=${cursor}`;
            const page = await listed(`sort=${sort}${list}&limit=3${from}`);
            expect([sort, list, index, page.map(({ id }) => id)]).toEqual([
              ...[sort, list, index],
              all.slice(index * every, index * every + 3),
            ]);
          }
        }
    });

    test("GET /api/orders/counts 200: as many as the list shows, whatever status is chosen", async () => {
      for (const list of lists) {
        const query = list.slice(1);
        const byStatus = Map.groupBy(
          await listed(query.replace(/&?status_id=3/, "")),
          ({ status_id }) => status_id ?? null,
        );
        const { data } = await get(`/api/orders/counts?${query}`);
        const expected = [...byStatus].map(([status_id, { length }]) => ({ status_id, orders: length }));
        expected.sort((a, b) => (a.status_id ?? -1) - (b.status_id ?? -1));
        const total = expected.reduce((sum, { orders }) => sum + orders, 0);
        expect([list, data]).toEqual([list, { total, by_status: expected, age_seconds: expect.any(Number) }]);
      }
    });

    test("GET /api/orders.csv 200: exactly the list, exact amounts, nothing that a spreadsheet computes", async () => {
      for (const query of [
        "sort=-order_date",
        "sort=id&status_id=3&q=a",
        "sort=order_date&customer_id=4",
        "q=nothing",
      ]) {
        const expected = await listed(`${query}&include=details,customer,employee,shipper`);
        const reply = await api.call("GET", `/api/orders.csv?${query}`);
        expect(reply.headers.get("content-type")).toBe("text/csv; charset=utf-8");
        expect(reply.headers.get("content-disposition")).toMatch(
          /^attachment; filename="orders-\d{4}-\d\d-\d\d\.csv"$/,
        );
        const [names = [], ...rows] = parseCsv(reply.text);
        expect(names).toContain("order_total");
        expect(rows.map((row) => cellsOf(names, row))).toEqual(expected.map(cellsOfOrder));
      }
    });

    test("GET /api/orders.csv 200: a cell that would be computed is inert, a number stays one", async () => {
      const { text } = await api.call("GET", "/api/orders.csv?sort=-id&q=cmd");
      for (const { url } of api.servers) {
        const bytes = new Uint8Array(await (await fetch(`${url}/api/orders.csv?q=cmd`)).arrayBuffer());
        expect([...bytes.subarray(0, 5)]).toEqual([0xef, 0xbb, 0xbf, ...Buffer.from("id")]);
      }
      expect(text).toContain(`,'=cmd|'/c calc'!A1,'@SUM(1),'+49 30,-12.5,"'-1, 2",`);
      expect(text).toContain(`"'\t=1 ""quoted""\nsecond line"\r\n`);
      expect(text).toContain(",12.3500,0.5000,1.2500,14.1000,");
    });

    test("GET /api/orders/counts 404 for a status that does not exist; another status limits nothing", async () => {
      const { status, body } = await api.call("GET", "/api/orders/counts?status_id=7");
      expect([status, body.errors?.map(({ code }) => code)]).toEqual([404, ["not-found"]]);
      const total = async (query: string) => (await api.call("GET", `/api/orders/counts${query}`)).body.data;
      expect(await total("?status_id=3")).toMatchObject({ total: Object(await total("")).total });
    });

    test("400 for parameters that a whole list has not, 400 bad-id where a word is no route", async () => {
      for (const path of ["anchors?limit=5", "anchors?sort=x", "counts?sort=id", "counts?cursor=x"])
        expect((await api.call("GET", `/api/orders/${path}`)).body).toMatchObject({ code: "bad-query" });
      expect((await api.call("GET", "/api/orders.csv?include=details")).body).toMatchObject({ code: "bad-query" });
      for (const word of ["anchor", "count", "csv", "1.csv"])
        expect((await api.call("GET", `/api/orders/${word}`)).body).toMatchObject({ code: "bad-id" });
      expect((await api.call("DELETE", "/api/orders/anchors")).status).toBe(405);
      expect((await api.call("GET", "/api/orders.csv", { headers: { accept: "application/json" } })).status).toBe(406);
      expect((await api.call("HEAD", "/api/orders.csv", { headers: { accept: "text/csv" } })).status).toBe(200);
    });

    test("many anchors are thinned out, and stay where they belong", async () => {
      await api.onDatabases(async (database) => {
        const filters = { ...noFilters, status_id: 3 };
        const spacing = { fewest: 2, onePage: 16, most: 8, mostOfAll: 64 };
        const { signal } = new AbortController();
        const found = await anchorsOf(database, { filters, sort: "order_date" }, signal, spacing);
        const { total, every, anchors } = found ?? { total: 0, every: 0, anchors: [] };
        expect([every, anchors.length]).toEqual([16, Math.ceil(total / every)]);
        const all = (await listed("status_id=3&sort=order_date")).map(({ id }) => id);
        const [last] = await listed(`status_id=3&sort=order_date&limit=1&cursor=${anchors.at(-1)}`);
        expect(last?.id).toBe(all[(anchors.length - 1) * every]);
      });
    });
  });
}

const noFilters = {
  ...{ status_id: null, customer_id: null, employee_id: null, shipper_id: null },
  ...{ order_date_from: null, order_date_to: null, q: null, more: null },
};

/** Text that a spreadsheet would take for formulas, and an extended price that has to be rounded. */
const awkward = {
  order_date: "2026-11-23T08:00:00",
  ship_name: "=cmd|'/c calc'!A1",
  ship_address: "@SUM(1)",
  ship_city: "+49 30",
  ship_state_province: "-12.5",
  ship_zip_postal_code: "-1, 2",
  notes: '\t=1 "quoted"\nsecond line',
  ...{ taxes: "0.5", shipping_fee: "1.25" },
  order_details: [{ product_id: 1, quantity: "1", unit_price: "12.3457", discount: "0" }],
};

function orders(data: unknown): readonly Order[] {
  return Array.isArray(data) ? data : [];
}

function anchored(data: unknown): { total: number; every: number; anchors: readonly (string | null)[] } {
  expect(data).toMatchObject({ total: expect.any(Number), every: 250, age_seconds: expect.any(Number) });
  return Object.assign({ total: 0, every: 0, anchors: [] }, data);
}

/** What a cell of an order must hold, from its JSON. */
function cellsOfOrder(order: Order) {
  const { customer, employee, shipper } = order;
  const person = [employee?.first_name, employee?.last_name].filter(Boolean).join(" ");
  return {
    id: String(order.id),
    order_date: order.order_date ?? "",
    customer: customer?.company ?? [customer?.first_name, customer?.last_name].filter(Boolean).join(" "),
    employee: person,
    shipper: shipper?.company ?? "",
    subtotal: order.subtotal ?? "",
    order_total: order.order_total ?? "",
  };
}

function cellsOf(names: readonly string[], row: readonly string[]) {
  const cell = (name: string) => row[names.indexOf(name)] ?? "";
  return {
    ...{ id: cell("id"), order_date: cell("order_date"), customer: cell("customer"), employee: cell("employee") },
    ...{ shipper: cell("shipper"), subtotal: cell("subtotal"), order_total: cell("order_total") },
  };
}

/** RFC 4180, read by the book. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (const [, quoted, bare = "", end] of text
    .replace(/^\ufeff/, "")
    .matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
    row.push(quoted === undefined ? bare : quoted.replaceAll('""', '"'));
    if (end === ",") continue;
    rows.push(row);
    row = [];
  }
  return rows;
}
