/**
 * Every filter and every sort of a list, on the sample company and some awkward orders: found by each of the ways to
 * them, in pages, with counts, anchors and a file. What each list must be is computed here, without SQL.
 */
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { foldSearchText } from "northwind-schema/fold";
import { loadSample } from "northwind-schema/sample";
import { type BothEngines, startBothEngines, startTimeoutMs } from "../../both-engines.ts";
import { queryReader } from "../../contract/query-parameters.ts";
import type { Order } from "../fields.ts";
import { filtersOf } from "./filter.ts";
import { keysOf, type Round } from "./keys.ts";
import { refuseSort } from "./list.ts";
import { filters as parameters } from "./parameters.ts";
import { columnOf, isDown, type Sort, sorts } from "./request.ts";

let api: BothEngines;
let all: readonly Order[];

const awkward = [
  { order_date: null, ship_city: "ulm", ship_country_region: "Ελλάδα" },
  { order_date: null, ship_city: "Ulm", ship_country_region: "ελλάδα" },
  { ship_city: "\u{1F37A}", ship_country_region: "\uFB03" },
  { ship_city: "\uFB03", ship_country_region: "\u{1F37A}", customer_id: 4 },
  { customer_id: 4, employee_id: 3, shipper_id: 1, ship_city: "Århus", ship_country_region: "Danmark" },
  // Texts that look like amounts are texts.
  { ship_city: "9.0000", ship_country_region: "9.0000" },
  { ship_city: "10.0000", ship_country_region: "10.0000" },
];

beforeAll(async () => {
  api = await startBothEngines({ allowImport: true });
  await api.onDatabases((database) => loadSample(database, "2026-11-23"));
  for (const body of awkward)
    await api.call("POST", "/api/orders", { body: { order_date: "2026-11-22T12:00:00", ...body } });
  all = await listed("sort=id&include=details,customer,employee,shipper");
}, startTimeoutMs);
afterAll(() => api.stop());

async function listed(query: string): Promise<readonly Order[]> {
  const { status, body } = await api.call("GET", `/api/orders?${query}`);
  expect([query, status]).toEqual([query, 200]);
  return Array.isArray(body.data) ? body.data : [];
}

const day = (date: string | null | undefined) => date?.slice(0, 10) ?? "";

/** Each filter alone and some together, with what must pass. */
const filters: readonly (readonly [query: string, passes: (order: Order) => boolean])[] = [
  ["status_id=0,2", ({ status_id }) => status_id === 0 || status_id === 2],
  ["status_id=3,1&employee_id=3", (order) => [1, 3].includes(order.status_id ?? -1) && order.employee_id === 3],
  ["paid=false", ({ paid_date }) => paid_date === null],
  ["paid=true&shipped=false", ({ paid_date, shipped_date }) => paid_date !== null && shipped_date === null],
  ["shipped=true&customer_id=4", (order) => order.shipped_date !== null && order.customer_id === 4],
  ["shipped=false&status_id=1", (order) => order.shipped_date === null && order.status_id === 1],
  ["customer_id=none", ({ customer_id }) => customer_id === null],
  ["employee_id=none&q=ulm", (order) => order.employee_id === null && order.ship_city?.toLowerCase() === "ulm"],
  ["shipper_id=none&status_id=0,1", (order) => order.shipper_id === null && [0, 1].includes(order.status_id ?? -1)],
  ["ship_country_region=Denmark", ({ ship_country_region }) => ship_country_region === "Denmark"],
  ["ship_country_region=%CE%95%CE%BB%CE%BB%CE%AC%CE%B4%CE%B1", (order) => order.ship_country_region === "Ελλάδα"],
  ["ids=7,3,5,999999", ({ id }) => [3, 5, 7].includes(id)],
  [
    "shipped_date_from=2026-03-01&shipped_date_to=2026-06-30",
    ({ shipped_date }) => day(shipped_date) >= "2026-03-01" && day(shipped_date) <= "2026-06-30",
  ],
  [
    "paid_date_to=2026-01-31&order_date_from=2025-06-01",
    ({ paid_date, order_date }) =>
      paid_date !== null && day(paid_date) <= "2026-01-31" && day(order_date) >= "2025-06-01",
  ],
];

/** Filters that fix the column by which a list may be sorted at the same time. */
const passesAlone = new Map<string, (order: Order) => boolean>([
  ["status_id=3", ({ status_id }) => status_id === 3],
  ["status_id=1,3", ({ status_id }) => status_id === 1 || status_id === 3],
  ["customer_id=4", ({ customer_id }) => customer_id === 4],
  ["employee_id=3", ({ employee_id }) => employee_id === 3],
  ["shipper_id=1", ({ shipper_id }) => shipper_id === 1],
  ["paid=true", ({ paid_date }) => paid_date !== null],
  ["shipped=true", ({ shipped_date }) => shipped_date !== null],
  ["shipped=false", ({ shipped_date }) => shipped_date === null],
]);

/** The value by which an order is sorted, as text that sorts by code point; empty is first. */
function rankOf(order: Order, sort: Sort): readonly (string | bigint | null)[] {
  const text = (value: string | null | undefined) => (value === null || value === undefined ? null : value);
  const number = (value: number | null | undefined) => (typeof value === "number" ? BigInt(value) : null);
  const { customer, employee, shipper } = order;
  switch (columnOf(sort)) {
    case "id":
      return [];
    case "order_total":
      return [BigInt((order.order_total ?? "0").replace(".", ""))];
    case "status_id":
      return [number(order.status_id)];
    case "customer":
      return [nameOf(customer), number(order.customer_id)];
    case "employee":
      return [nameOf(employee), number(order.employee_id)];
    case "shipper":
      return [nameOf(shipper), number(order.shipper_id)];
    case "ship_city":
      return [text(order.ship_city)];
    case "ship_country_region":
      return [text(order.ship_country_region)];
    case "order_date":
      return [text(order.order_date)];
    case "shipped_date":
      return [text(order.shipped_date)];
    case "paid_date":
      return [text(order.paid_date)];
  }
}

function nameOf(contact: Order["shipper"] | Order["customer"]): string | null {
  if (contact === null || contact === undefined) return null;
  return foldSearchText([contact.company, contact.first_name, contact.last_name].map((part) => part ?? "").join(" "));
}

function compare(a: Order, b: Order, sort: Sort): number {
  const [one, other] = isDown(sort) ? [b, a] : [a, b];
  const ranks = rankOf(other, sort);
  for (const [at, rank] of rankOf(one, sort).entries()) {
    const than = ranks[at] ?? null;
    if (rank === than) continue;
    if (rank === null || than === null) return rank === null ? -1 : 1;
    if (typeof rank === "string") return Buffer.compare(Buffer.from(rank), Buffer.from(String(than)));
    return rank < BigInt(than) ? -1 : 1;
  }
  return one.id - other.id;
}

function expected(sort: Sort, passes: (order: Order) => boolean = () => true): number[] {
  return all
    .filter(passes)
    .toSorted((a, b) => compare(a, b, sort))
    .map(({ id }) => id);
}

const ids = (orders: readonly Order[]) => orders.map(({ id }) => id);

describe("GET /api/orders", () => {
  for (const sort of sorts)
    test(`200: sort=${sort}, whole, in pages, from every anchor and with filters`, async () => {
      expect(ids(await listed(`sort=${sort}`))).toEqual(expected(sort));
      expect(await inPages(`sort=${sort}&limit=300`)).toEqual(expected(sort));
      await anchorsLead(`sort=${sort}`, expected(sort));
      const [query, passes] = filters[sorts.indexOf(sort) % filters.length] ?? ["", () => true];
      expect([query, await inPages(`sort=${sort}&${query}&limit=40`)]).toEqual([query, expected(sort, passes)]);
      await anchorsLead(`sort=${sort}&${query}`, expected(sort, passes));
    });

  for (const [query, passes] of filters)
    test(`200: ${decodeURIComponent(query)}, with counts of it and a file`, async () => {
      const wanted = expected("-order_date", passes);
      expect(ids(await listed(`sort=-order_date&${query}`))).toEqual(wanted);
      const { text } = await api.call("GET", `/api/orders.csv?sort=-order_date&${query}`);
      expect(text.match(/^\d+(?=,)/gm)?.map(Number) ?? []).toEqual(wanted);
      const others = query.replace(/&?status_id=[\d,]+/, "").replace(/^&/, "");
      const { body } = await api.call("GET", `/api/orders/counts?${query}`);
      expect(body.data).toMatchObject({ total: (await listed(others)).length });
    });

  test("200: each way to a page finds the same: reading and sorting, and walking along an index", async () => {
    const ways: readonly (readonly Round[])[] = [[{ sorted: 100_000, walked: 0 }], [{ sorted: 0, walked: 100_000 }]];
    for (const [at, [query, passes]] of filters.entries())
      for (const sort of sorts.filter((_, index) => (index + at) % 5 === 0)) {
        const wanted = expected(sort, passes);
        for (const rounds of ways)
          await api.onDatabases(async (db) => {
            const list = { filters: filtersOf(queryReader(parameters)(query)), sort };
            const first = await keysOf(db, { ...list, after: null, rows: 7 }, rounds);
            const isPossible = rounds[0]?.sorted !== 0 || columnOf(sort) !== "order_total";
            if (!isPossible) return expect(first).toBe("too-many");
            const told = [sort, query, rounds];
            expect([...told, keyIds(first)]).toEqual([...told, wanted.slice(0, 7)]);
            const after = typeof first === "string" ? undefined : first[4];
            if (after === undefined) return;
            const rest = await keysOf(db, { ...list, after, rows: 5000 }, rounds);
            expect([...told, keyIds(rest)]).toEqual([...told, wanted.slice(5)]);
          });
      }
  }, 120_000);

  test.each([
    ...["status_id=3&sort=status_id", "status_id=3&sort=-status_id", "status_id=1,3&sort=-status_id"],
    ...["customer_id=4&sort=customer", "customer_id=none&sort=-customer", "employee_id=3&sort=-employee"],
    ...["shipper_id=1&sort=shipper", "ship_country_region=Denmark&sort=-ship_country_region"],
    ...["paid=true&sort=paid_date", "paid=false&sort=-paid_date"],
    ...["shipped=true&sort=shipped_date", "shipped=false&sort=-shipped_date"],
  ])("200: %s walks past nothing that its filter leaves out", async (list) => {
    const [query = "", given] = list.split("&sort=");
    const sort = sorts.find((one) => one === given) ?? "id";
    const passes = passesAlone.get(query) ?? filters.find(([known]) => known === query)?.[1];
    const wanted = expected(sort, passes ?? (() => false));
    expect(wanted.length).toBeGreaterThan(0);
    await api.onDatabases(async (db) => {
      const request = { filters: filtersOf(queryReader(parameters)(query)), sort };
      const few = [{ sorted: 0, walked: 12 }];
      const first = await keysOf(db, { ...request, after: null, rows: 6 }, few);
      expect(keyIds(first)).toEqual(wanted.slice(0, 6));
      const after = typeof first === "string" ? undefined : first[5];
      if (after === undefined) return;
      expect(keyIds(await keysOf(db, { ...request, after, rows: 6 }, few))).toEqual(wanted.slice(6, 12));
    });
  });

  test("200: a page goes on after an order that was deleted", async () => {
    const created = await api.call("POST", "/api/orders", { body: { order_date: null, ship_city: "Aa" } });
    const { id } = Object.assign({ id: 0 }, created.body.data);
    const before = await api.call("GET", `/api/orders?sort=ship_city&ids=${id},1,2&limit=1`);
    const [first] = Array.isArray(before.body.data) ? before.body.data : [];
    expect((await api.call("DELETE", `/api/orders/${id}`)).status).toBe(200);
    const { body } = await api.call(
      "GET",
      `/api/orders?sort=ship_city&ids=${id},1,2&limit=5&cursor=${before.body.page?.next_cursor}`,
    );
    expect(Array.isArray(body.data) ? body.data.map((order) => order.id).toSorted() : []).toEqual(
      [1, 2].filter((other) => other !== first?.id),
    );
  });

  test("400: a cursor of another list, by its filter, its sort or its resource", async () => {
    const cursorOf = async (path: string) => (await api.call("GET", `${path}&limit=1`)).body.page?.next_cursor;
    const lists = [
      "/api/orders?sort=id",
      "/api/orders?sort=-id",
      "/api/orders?sort=id&status_id=3",
      "/api/orders?sort=id&status_id=3,1",
      "/api/orders?sort=id&paid=true",
      "/api/orders?sort=ship_city",
      "/api/orders/customer/4?sort=id",
      "/api/customers?sort=id",
      "/api/customers?sort=name",
      "/api/customers?sort=id&q=a",
      "/api/products?sort=id",
    ];
    for (const from of lists)
      for (const to of lists) {
        const reply = await api.call("GET", `${to}&limit=1&cursor=${await cursorOf(from)}`);
        expect([from, to, reply.status]).toEqual([from, to, from === to ? 200 : 400]);
        if (from !== to) expect(reply.body.errors).toMatchObject([{ parameter: "cursor" }]);
      }
    const same = `/api/orders?sort=id&status_id=1,3&limit=1&cursor=${await cursorOf("/api/orders?sort=id&status_id=3,1")}`;
    expect((await api.call("GET", same)).status).toBe(200);
  });

  test("404: a filter by somebody unknown, who is named", async () => {
    for (const [path, parameter] of [
      ["/api/orders?customer_id=99999", "customer_id"],
      ["/api/orders?employee_id=99999&q=x", "employee_id"],
      ["/api/orders?shipper_id=99999&sort=customer", "shipper_id"],
      ["/api/orders?status_id=99", "status_id"],
      ["/api/orders/counts?customer_id=99999", "customer_id"],
      ["/api/orders/anchors?customer_id=99999", "customer_id"],
      ["/api/orders.csv?customer_id=99999", "customer_id"],
      ["/api/orders/customer/99999?status_id=99", "status_id"],
    ] as const) {
      const { status, body } = await api.call("GET", path);
      expect([path, status, body.code]).toEqual([path, 404, "not-found"]);
      expect(body.errors).toMatchObject([{ parameter }]);
    }
    const somebody = await api.call("POST", "/api/customers", { body: { company: "Without orders" } });
    const { id } = Object.assign({ id: 0 }, somebody.body.data);
    expect((await api.call("GET", `/api/orders/customer/${id}`)).body.data).toEqual([]);
  });

  test("422: more orders than can be sorted like this", async () => {
    await api.onDatabases(async (db) => {
      const list = { filters: filtersOf(queryReader(parameters)("paid=true")), sort: "-order_total" } as const;
      expect(await keysOf(db, { ...list, after: null, rows: 5 }, [{ sorted: 10, walked: 10 }])).toBe("too-many");
    });
    expect(refuseSort("ship_city").message).toContain("or sort by id or order_date");
    // That would be advice to do what was just refused.
    expect(refuseSort("-id").message).not.toContain("or sort by");
  });

  test("400: bad filters, each named", async () => {
    for (const query of [
      "status_id=0,0",
      "status_id=0,",
      "status_id=x",
      "customer_id=nobody",
      "paid=yes",
      "shipped=1",
      "shipped_date_from=2024-02-30",
      "ship_country_region=",
      "ids=1,x",
      `ids=${Array.from({ length: 501 }, (_, id) => id + 1).join(",")}`,
    ]) {
      const { status, body } = await api.call("GET", `/api/orders?${query}`);
      expect([query, status, body.code, body.errors?.length]).toEqual([query, 400, "bad-query", 1]);
    }
  });
});

function keyIds(keys: Awaited<ReturnType<typeof keysOf>>): readonly number[] | string {
  return typeof keys === "string" ? keys : keys.map(({ id }) => id);
}

async function inPages(query: string): Promise<number[]> {
  const found: number[] = [];
  for (let cursor: string | null = ""; cursor !== null; ) {
    const { body } = await api.call("GET", `/api/orders?${query}${cursor === "" ? "" : `&cursor=${cursor}`}`);
    found.push(...(Array.isArray(body.data) ? body.data.map(({ id }) => id) : []));
    cursor = body.page?.next_cursor ?? null;
  }
  return found;
}

async function anchorsLead(query: string, wanted: readonly number[]): Promise<void> {
  const { body } = await api.call("GET", `/api/orders/anchors?${query}`);
  const none: readonly (string | null)[] = [];
  const { total, every, anchors } = Object.assign({ total: -1, every: 1, anchors: none }, body.data);
  expect([query, total]).toEqual([query, wanted.length]);
  for (const [index, cursor] of anchors.entries()) {
    const page = await listed(`${query}&limit=3${cursor === null ? "" : `&cursor=${cursor}`}`);
    expect([query, index, ids(page)]).toEqual([query, index, wanted.slice(index * every, index * every + 3)]);
  }
}
