import { describe, expect, test } from "bun:test";
import { readViews } from "../../api/session/order-views.ts";
import { expected, isUnchanged, obstacle } from "./bulk/bulk-action.ts";
import { maxSelected, nothing, toggled, withAll } from "./bulk/selection.ts";
import { cleanPath, pathWithoutRefused } from "./filters/clean-path.ts";
import { countriesOf, spelled } from "./filters/countries.ts";
import { countsPath, statusCounts } from "./filters/counts.ts";
import {
  apiParams,
  countMore,
  everything,
  isNarrowed,
  pagePath,
  readQuery,
  toggledSort,
  withFilters,
  withStatus,
} from "./filters/query.ts";
import { readLook, withColumn, writeLook } from "./grid/columns.ts";
import { listKeys, localAction } from "./keys.ts";
import { BlockStore } from "./paging/block-store.ts";
import { blocksOf, RecentMap, runsOf } from "./paging/blocks.ts";
import { type ListedOrder, listedOrder } from "./paging/listed-order.ts";
import { withoutOrders } from "./paging/pending-list.ts";

function order(id: number, status_id = 0): ListedOrder {
  const dates = { order_date: null, shipped_date: null, paid_date: null };
  const names = { ship_to: null, customer: null, employee: null, shipper: null, payment_type: null };
  return { id, status_id, ...dates, ...names, customer_id: null, shipper_id: 1, total: null };
}

describe("the address of a list", () => {
  const read = (text: string) => readQuery(new URLSearchParams(text));

  test("survives the way there and back", () => {
    const path = "/orders?status_id=0&customer_id=7&order_date_from=2024-01-31&q=a%26b&sort=-id";
    expect(pagePath(read(path.split("?")[1] ?? ""))).toBe(path);
    expect(pagePath(everything)).toBe("/orders");
  });

  test("takes every column as a sort, several statuses, unpaid orders and a country", () => {
    const path = "/orders?status_id=0%2C1&paid=false&ship_country_region=Denmark&sort=-order_total";
    expect(pagePath(read(path.split("?")[1] ?? ""))).toBe(path);
    expect(read("status_id=0,0&paid=maybe&sort=-total")).toEqual(everything);
    expect(toggledSort("-customer", "customer")).toBe("customer");
  });

  test("ignores what makes no sense", () => {
    expect(read("status_id=9&customer_id=x&order_date_from=1.2.&q=%20&sort=name")).toEqual(everything);
  });

  test("loses what makes no sense, and nothing else", () => {
    const clean = (text: string) => cleanPath(new URLSearchParams(text));
    for (const text of ["", "sort=-order_date&density=compact&row=7&cursor=x", "status_id=3,1&columns=id,total&q=a b"])
      expect(clean(text)).toBeNull();
    expect(clean("status_id=9&sort=name&row=x&page=2&density=tiny")).toBe("/orders");
    expect(clean("status_id=1&q= a &columns=total&row=7&row=8")).toBe(
      "/orders?status_id=1&q=a&columns=id%2Ctotal&row=7",
    );
  });

  test("takes each chosen status of a form without JavaScript, and adds and drops one", () => {
    expect(cleanPath(new URLSearchParams("status_id=1&status_id=2&q=&paid=&customer_id=none"))).toBe(
      "/orders?status_id=1%2C2&customer_id=none",
    );
    expect(withStatus(read("status_id=3"), "1").filters.status_id).toBe("1,3");
    expect(withStatus(read("status_id=1,3"), "3").filters.status_id).toBe("1");
    expect(withStatus(read("status_id=1"), "1").filters).toEqual({});
  });

  test("counts the filters that are folded away", () => {
    expect(countMore(read("status_id=1&customer_id=7&q=x"))).toBe(0);
    expect(countMore(read("status_id=0,1&customer_id=none&paid=true&ship_country_region=Chile"))).toBe(4);
  });

  test("loses what the API refuses by name", () => {
    const without = (status: number, parameters: readonly string[]) => {
      const issues = parameters.map((parameter) => ({ parameter, code: "bad-query", message: "" }) as const);
      const words = { code: "bad-query", message: "", current: null, etag: null, requestId: null };
      const given = new URLSearchParams("customer_id=999999&order_date_from=2026-02-31&q=a");
      return pathWithoutRefused(given, { ok: false, status, issues, ...words });
    };
    expect(without(400, ["order_date_from"])).toBe("/orders?customer_id=999999&q=a");
    expect(without(404, ["customer_id", "order_date_from", "q"])).toBe("/orders");
    for (const [status, parameters] of [
      [400, ["include"]],
      [400, []],
      [503, ["q"]],
    ] as const)
      expect(without(status, parameters)).toBeNull();
  });

  test("names what narrows a list: the status does not, it has its tabs", () => {
    expect(isNarrowed(read("status_id=1"))).toBe(false);
    expect(isNarrowed(read("q=x"))).toBe(true);
    expect(withFilters(read("q=x&status_id=1"), { q: null }).filters).toEqual({ status_id: "1" });
  });

  test("is the same text for the same list, whatever the order of its parts", () => {
    expect(apiParams(read("q=x&status_id=1")).toString()).toBe(apiParams(read("status_id=1&q=x")).toString());
  });

  test("sorts downwards first", () => {
    expect(toggledSort("id", "order_date")).toBe("-order_date");
    expect(toggledSort("-order_date", "order_date")).toBe("order_date");
  });

  test("holds columns and density, the order's number always", () => {
    const look = readLook(new URLSearchParams("columns=total,nonsense&density=comfortable"));
    expect(look).toEqual({ columns: ["id", "total"], density: "comfortable" });
    const params = new URLSearchParams();
    writeLook(withColumn(withColumn(look, "id", false), "status", true), params);
    expect(params.toString()).toBe("columns=id%2Cstatus%2Ctotal&density=comfortable");
  });
});

describe("blocks of rows", () => {
  test("are those that the window touches", () => {
    expect(blocksOf(-10, 30, 100, 1000)).toEqual([0]);
    expect(blocksOf(190, 310, 100, 1000)).toEqual([1, 2, 3]);
    expect(blocksOf(190, 310, 100, 250)).toEqual([1, 2]);
  });

  test("beside each other come with one request, as far as a page of the API goes", () => {
    expect(runsOf([7, 3, 4, 9, 8], 9)).toEqual([
      [3, 4],
      [7, 8, 9],
    ]);
    expect(runsOf([3, 4, 5], 2)).toEqual([[3, 4], [5]]);
    expect(BlockStore.anchored({ total: 5000, every: 2000, anchors: [null, "x", "y"] }).mostBlocks).toBe(1);
    const store = BlockStore.anchored({ total: 5000, every: 250, anchors: [null, "x", "y"] });
    expect(store.mostBlocks).toBe(20);
    store.store(
      [4, 5],
      Array.from({ length: 60 }, (_, place) => order(place)),
      "between",
    );
    expect([199, 200, 250, 259, 260].map((index) => store.rowAt(index)?.id)).toEqual([undefined, 0, 50, 59, undefined]);
    expect([store.placeOf(5).cursor, store.placeOf(6).cursor]).toEqual(["x", "between"]);
  });

  test("used last are cached", () => {
    const map = new RecentMap<string, number>(2);
    map.set("a", 1);
    map.set("b", 2);
    map.get("a");
    map.peek("b");
    map.set("c", 3);
    expect([...map.entries()]).toEqual([
      ["a", 1],
      ["c", 3],
    ]);
  });

  test("are a screen of rows, each so many rows behind its anchor", () => {
    const store = BlockStore.anchored({ total: 5000, every: 250, anchors: [null, "x", "y"] });
    expect(store.size).toBe(50);
    expect([0, 4, 5, 9, 12].map((block) => [store.wayTo(block), store.placeOf(block)])).toEqual([
      [0, { cursor: null, skip: 0 }],
      [4, { cursor: null, skip: 200 }],
      [5, { cursor: "x", skip: 0 }],
      [9, { cursor: "x", skip: 200 }],
      [12, { cursor: "y", skip: 100 }],
    ]);
  });

  test("between anchors have cursors of their own", () => {
    const store = BlockStore.anchored({ total: 5000, every: 2000, anchors: [null, "x", "y"] });
    expect(store.size).toBe(1000);
    expect([store.placeOf(2), store.wayTo(2), store.wayTo(3)]).toEqual([{ cursor: "x", skip: 0 }, 2, 2]);
    store.store([2], [order(1)], "between");
    expect(store.wayTo(3)).toBe(3);
    expect(store.rowAt(2000)?.id).toBe(1);
  });

  test("without anchors lead from one to the next, and never far", () => {
    const store = BlockStore.chained();
    expect(store.wayTo(3)).toBe(0);
    expect(store.wayTo(50)).toBeNull();
    store.store([0], [order(1), order(2)], "next");
    expect(store.reach).toBe(store.size + 1);
  });
});

describe("bulk actions", () => {
  test("say beforehand what cannot be done", () => {
    expect(obstacle({ kind: "advance" }, order(1, 3))).toBe("orders.bulk.alreadyClosed");
    expect(obstacle({ kind: "remove" }, order(1, 2))).toBe("orders.bulk.alreadyShipped");
    expect(obstacle({ kind: "remove" }, order(1, 1))).toBeNull();
  });

  test("look only at what they change when someone else was faster", () => {
    const now = { ...order(1), shipper_id: 2 };
    expect(isUnchanged({ kind: "advance" }, order(1), now)).toBe(true);
    expect(isUnchanged({ kind: "shipper", shipper: { id: 3, name: "C" } }, order(1), now)).toBe(false);
  });

  test("show what will be", () => {
    expect(expected({ kind: "advance" }, order(1)).order.status_id).toBe(1);
    expect(expected({ kind: "remove" }, order(1)).isRemoved).toBe(true);
  });

  test("take no more orders than can be written one by one", () => {
    const many = Array.from({ length: maxSelected + 5 }, (_, id) => order(id + 1));
    const all = withAll(nothing, many);
    expect(all.size).toBe(maxSelected);
    expect(toggled(all, order(1)).has(1)).toBe(false);
    expect(toggled(all, order(9999)).size).toBe(maxSelected);
  });
});

test("counts treat an order without a status as new", () => {
  const counts = statusCounts({
    total: 6,
    by_status: [
      { status_id: null, orders: 1 },
      { status_id: 0, orders: 2 },
      { status_id: 3, orders: 3 },
    ],
  });
  expect([null, "0", "1", "3", "0,3"].map(counts.of)).toEqual([6, 3, 0, 3, 6]);
  expect(countsPath("status_id=1&q=x&sort=id")).toBe("/api/orders/counts?q=x");
});

test("a listed order has names, and ids only where there is no name", () => {
  const home = { address: null, city: null, state_province: null, zip_postal_code: null, country_region: null };
  const tax = { vat_id: null, tax_treatment: null, tax_exemption_reason: null };
  const contact = { email_address: null, business_phone: null, ...home, ...tax };
  const customer = { id: 1, company: "Alpha", first_name: "Ann", last_name: "Lee", ...contact };
  const dates = { order_date: null, shipped_date: null, paid_date: null };
  const ship = { ship_name: "Ann", ship_address: null, ship_city: "Ulm", ship_state_province: null };
  const place = { ship_zip_postal_code: null, ship_country_region: null, notes: null, payment_type: null };
  const money = { shipping_fee: null, taxes: null, tax_rate: null, tax_status_id: null };
  const ids = { id: 5, customer_id: 1, employee_id: 9, shipper_id: 2, status_id: null };
  const shown = listedOrder({ ...ids, ...dates, ...ship, ...place, ...money, customer, employee: null });
  expect(shown).toMatchObject({ customer: "Alpha", employee: "#9", shipper: "#2", ship_to: "Ann, Ulm", status_id: 0 });
});

test("a list without what is being deleted closes up, and shows steps that still wait", () => {
  const rows = new Map([0, 1, 2, 4].map((index) => [index, order(10 + index)] as const));
  const state = { isCounted: true, isOpening: false, isSlow: false, issue: null, loadedAt: 1 };
  const list = { ...state, total: 6, rowAt: (index: number) => rows.get(index) ?? null, loadedRows: () => rows };
  const going = new Set(["/api/orders/11", "/api/orders/14", "/api/orders/99"]);
  const shown = withoutOrders(list, going, new Map([["/api/orders/12", 1]]));
  expect(shown.total).toBe(4);
  expect([0, 1, 2, 3].map((index) => shown.rowAt(index)?.id ?? null)).toEqual([10, 12, null, null]);
  expect([...shown.loadedRows()].map(([index, { id, status_id }]) => [index, id, status_id])).toEqual([
    [0, 10, 0],
    [1, 12, 1],
  ]);
});

test("stored views of another format are ignored", () => {
  const good = { name: "Mine", path: "/orders?q=x" };
  expect(readViews(JSON.stringify([good, { name: "Bad", path: "https://x.example" }, 7]))).toEqual([good]);
  expect(readViews("{")).toEqual([]);
});

test("every key is in the table once", () => {
  const keys = listKeys.flatMap(({ keys: key, also = [] }) => [key, ...also]);
  expect(new Set(keys).size).toBe(keys.length);
  expect(localAction("ArrowDown")).toBe("next");
  expect(localAction("j")).toBeNull();
});

test("a country is written as the customers write it, whatever its case and accents; another one stays as typed", () => {
  const known = countriesOf([
    { country_region: "Denmark" },
    { country_region: null },
    { country_region: "Côte d’Ivoire" },
  ]);
  expect(known).toEqual(["Côte d’Ivoire", "Denmark"]);
  expect(["denmark ", "COTE D’IVOIRE", "DK"].map((typed) => spelled(typed, known))).toEqual([
    "Denmark",
    "Côte d’Ivoire",
    "DK",
  ]);
});
