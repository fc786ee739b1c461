import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { parametersOf } from "sqlproof";
import { insertOrder } from "../../../../schema/sample/queries.ts";
import { type BothEngines, startBothEngines, startTimeoutMs } from "../../both-engines.ts";
import { soldToNobody } from "../sold.ts";
import { emptyOrder } from "../write.ts";

let api: BothEngines;

/** Order n has id n: 24 orders of 3 customers and 2 employees, on 5 days or on none. */
const days = ["2024-01-01T00:00:00", "2024-01-01T23:59:59", "2024-01-02T12:00:00", "2024-02-01T00:00:00", null];

beforeAll(async () => {
  api = await startBothEngines({ allowImport: true });
  const make = (path: string, body: object) => api.call("POST", path, { body });
  await make("/api/customers", { company: "Bäckerei Süß", first_name: "Ana", last_name: "O’Donnell" });
  await make("/api/customers", { company: "Café 50%_off" });
  await make("/api/customers", { company: "Third" });
  await make("/api/employees", { first_name: "Nancy" });
  await make("/api/employees", { first_name: "Andrew" });
  await make("/api/shippers", { company: "Shipping A" });
  for (let n = 1; n <= 24; n += 1)
    await make("/api/orders", {
      order_date: days[n % 5],
      customer_id: (n % 3) + 1,
      employee_id: (n % 2) + 1,
      status_id: n % 4,
      shipper_id: n % 2 === 0 ? 1 : null,
      ship_name: n === 7 ? "Zoë Ünal" : "Ship",
      ship_city: n === 8 ? "Łódź" : "Town",
    });
}, startTimeoutMs);
afterAll(() => api.stop());

async function ids(path: string): Promise<number[]> {
  const { status, body } = await api.call("GET", path);
  expect(status).toBe(200);
  return Array.isArray(body.data) ? body.data.map(({ id }) => id) : [];
}

const all = Array.from({ length: 24 }, (_, index) => index + 1);
const dayOf = (n: number) => days[n % 5] ?? null;

/** What a page of everything must be, computed here without SQL: no date comes before every date. */
function sorted(sort: string, keep: (n: number) => boolean = () => true): number[] {
  const by = (a: number, b: number) => (sort.endsWith("date") ? compare(dayOf(a) ?? "", dayOf(b) ?? "") : 0) || a - b;
  return all.filter(keep).sort((a, b) => (sort.startsWith("-") ? by(b, a) : by(a, b)));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

describe("GET /api/orders", () => {
  test("200: an old client sees a small database whole, the newest first as in the original", async () => {
    const { body } = await api.call("GET", "/api/orders/");
    expect(body.page).toEqual({ limit: 1000, next_cursor: null });
    expect(await ids("/api/orders")).toEqual(sorted("-id"));
    expect(await inPages("/api/orders?limit=5", 5)).toEqual(sorted("-id"));
  });

  test("200: skip leaves rows out after the cursor, across orders without a date too; 400 for more than 999", async () => {
    for (const sort of ["id", "-order_date", "order_date"]) {
      const rows = sorted(sort);
      const { body } = await api.call("GET", `/api/orders?sort=${sort}&limit=2`);
      const cursor = body.page?.next_cursor ?? "";
      for (const skip of [0, 1, 7, 21, 30])
        expect(await ids(`/api/orders?sort=${sort}&limit=3&cursor=${cursor}&skip=${skip}`)).toEqual(
          rows.slice(2 + skip, 5 + skip),
        );
      expect(await ids(`/api/orders?sort=${sort}&limit=3&skip=22`)).toEqual(rows.slice(22, 25));
    }
    for (const skip of ["1000", "-1", "1.5", "x"])
      expect((await api.call("GET", `/api/orders?skip=${skip}`)).body.code).toBe("bad-query");
  });

  for (const sort of ["id", "-id", "order_date", "-order_date"]) {
    test(`200: sort=${sort}, whole and in pages of every size, with each filter`, async () => {
      const filters: [string, (n: number) => boolean][] = [
        ["", () => true],
        ["&customer_id=2", (n) => n % 3 === 1],
        ["&status_id=0", (n) => n % 4 === 0],
        ["&employee_id=1", (n) => n % 2 === 0],
        ["&shipper_id=1", (n) => n % 2 === 0],
        ["&customer_id=1&status_id=3&employee_id=2", (n) => n % 3 === 0 && n % 4 === 3 && n % 2 === 1],
        ["&order_date_from=2024-01-01&order_date_to=2024-01-01", (n) => dayOf(n)?.startsWith("2024-01-01") ?? false],
        ["&order_date_from=2024-01-02", (n) => (dayOf(n) ?? "") >= "2024-01-02"],
        ["&q=town", (n) => n !== 8],
      ];
      for (const [filter, keep] of filters) {
        const expected = sorted(sort, keep);
        expect([filter, await ids(`/api/orders?sort=${sort}${filter}`)]).toEqual([filter, expected]);
        for (const limit of [1, 5, 24]) {
          if (limit === 1 && filter !== "") continue;
          expect([filter, await inPages(`/api/orders?sort=${sort}${filter}&limit=${limit}`, limit)]).toEqual([
            filter,
            expected,
          ]);
        }
      }
    });
  }

  test("200: the Link header leads to the next page and keeps the filters", async () => {
    const first = await api.call("GET", "/api/orders?limit=3&customer_id=2&include=customer");
    const next = /^<(.*)>; rel="next"$/.exec(first.headers.get("link") ?? "")?.[1] ?? "";
    expect(await ids(next)).toEqual(sorted("-id", (n) => n % 3 === 1).slice(3, 6));
  });

  test("200: text is found in ship name, city, customer and id, whatever its case and accents", async () => {
    expect(await ids("/api/orders?q=zoe%20unal")).toEqual([7]);
    expect(await ids("/api/orders?q=LODZ")).toEqual([8]);
    expect(await ids("/api/orders?q=backerei+suss")).toEqual(sorted("-id", (n) => n % 3 === 0));
    expect(await ids("/api/orders?q=O'Donnell")).toEqual(sorted("-id", (n) => n % 3 === 0));
    expect(await ids("/api/orders?q=50%25_o")).toEqual(sorted("-id", (n) => n % 3 === 1));
    expect(await ids("/api/orders?q=%25")).toEqual(sorted("-id", (n) => n % 3 === 1));
    expect(await ids("/api/orders?q=13")).toEqual([13]);
    expect(await ids("/api/orders?q=nothing%20like%20it")).toEqual([]);
  });

  test("200: include serves every order of the page", async () => {
    const { body } = await api.call("GET", "/api/orders?sort=id&limit=2&include=customer,details");
    expect(body.data).toMatchObject([
      { id: 1, customer: { id: 2 }, order_details: [] },
      { id: 2, customer: { id: 3 }, order_details: [] },
    ]);
  });

  test("400: every bad parameter is named", async () => {
    const bad = [
      "limit=0",
      "limit=-1",
      "limit=1000000000",
      "limit=1e2",
      "limit=",
      "cursor=abc",
      "cursor=%C3",
      "sort=name",
      "nonsense=1",
      "limit=5&limit=5",
      "status_id=x",
      "customer_id=01",
      "order_date_from=2024-02-30",
      "include=customers",
      "include=details,details",
      "q=%00",
      `q=${"x".repeat(101)}`,
    ];
    for (const query of bad) {
      const { status, body } = await api.call("GET", `/api/orders?${query}`);
      expect([query, status, body.code, body.errors?.length]).toEqual([query, 400, "bad-query", 1]);
    }
    const { body } = await api.call("GET", "/api/orders?limit=0&sort=x&foo=1");
    expect(body.errors).toHaveLength(3);
  });

  test("400: the cursor of another sort", async () => {
    const { body } = await api.call("GET", "/api/orders?limit=1&sort=-id");
    const { status } = await api.call("GET", `/api/orders?sort=id&cursor=${body.page?.next_cursor}`);
    expect(status).toBe(400);
  });
});

describe("GET /api/orders/customer/{id} and /api/orders/employee/{id}", () => {
  test("200: theirs only, with and without trailing slash; nothing for somebody unknown, as in the original", async () => {
    const ofCustomer = sorted("-order_date", (n) => n % 3 === 1);
    expect(await ids("/api/orders/customer/2")).toEqual(ofCustomer);
    expect(await ids("/api/orders/employee/1/")).toEqual(sorted("-order_date", (n) => n % 2 === 0));
    expect(await ids("/api/orders/employee/999")).toEqual([]);
  });

  test("200: by order date downwards as in the original, those without a date last; in pages and in every other order", async () => {
    for (const [path, keep] of [
      ["/api/orders/customer/2", (n: number) => n % 3 === 1],
      ["/api/orders/employee/1", (n: number) => n % 2 === 0],
    ] as const) {
      for (const limit of [1, 3, 24])
        expect(await inPages(`${path}?limit=${limit}`, limit)).toEqual(sorted("-order_date", keep));
      for (const sort of ["id", "-id", "order_date", "-order_date"])
        expect(await inPages(`${path}?sort=${sort}&limit=5`, 5)).toEqual(sorted(sort, keep));
      const status = await inPages(`${path}?status_id=0&limit=2`, 2);
      expect(status).toEqual(sorted("-order_date", (n) => keep(n) && n % 4 === 0));
    }
  });

  test("400: an id in another form", async () => {
    expect((await api.call("GET", "/api/orders/customer/x")).body.code).toBe("bad-id");
  });
});

/** Last, because on MariaDB no order can be created after it. */
test("GET /api/orders 200: the order with the largest id there can be is among them", async () => {
  const largest = 2_147_483_647;
  const order = { ...emptyOrder, ...soldToNobody, id: largest, order_date: null, search_text: " " };
  await api.onDatabases((database) => database.run(insertOrder, parametersOf(insertOrder, order)));
  expect(await ids("/api/orders?limit=1")).toEqual([largest]);
  expect(await inPages("/api/orders?limit=10", 10)).toEqual([largest, ...sorted("-id")]);
  expect(await inPages("/api/orders?sort=id&limit=10", 10)).toEqual([...sorted("id"), largest]);
  expect(await ids("/api/orders?status_id=0&limit=1")).toEqual([largest]);
  expect(await ids("/api/orders?status_id=0&order_date_to=2024-01-01&limit=1")).not.toEqual([largest]);
});

/** Follows the cursors to the end. */
async function inPages(path: string, limit: number): Promise<number[]> {
  const found: number[] = [];
  let cursor: string | null = "";
  while (cursor !== null) {
    const { body } = await api.call("GET", cursor === "" ? path : `${path}&cursor=${cursor}`);
    const page = Array.isArray(body.data) ? body.data.map(({ id }) => id) : [];
    expect(page.length).toBeLessThanOrEqual(limit);
    found.push(...page);
    cursor = body.page?.next_cursor ?? null;
  }
  return found;
}
