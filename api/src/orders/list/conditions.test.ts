// The queries that find orders, each with every filter that it takes, against the same orders found here without SQL.
import { afterAll, beforeAll, expect, test } from "bun:test";
import { type Database, type DateTime, dateTime, decimal, parametersOf } from "sqlproof";
import { type BothEngines, startBothEngines, startTimeoutMs } from "../../both-engines.ts";
import { wordPattern } from "../../contract/text.ts";
import { customerQueries } from "../../resources/customers/queries.ts";
import { employeeQueries } from "../../resources/employees/queries.ts";
import { insertProduct } from "../../resources/products/queries.ts";
import { shipperQueries } from "../../resources/shippers/queries.ts";
import { lateCount, lateOrders, newestOrders, ordersPlaced, soldDetails, soldLines } from "../../summary/queries.ts";
import * as counts from "../overview/queries.ts";
import { insertDetail, insertOrder } from "../queries.ts";
import { keysByDate, keysById, type OrderFilter, undatedKeys } from "./pages.ts";
import * as queries from "./queries.ts";

let api: BothEngines;
let orders: readonly Stored[] = [];
beforeAll(async () => {
  api = await startBothEngines();
  await api.onDatabases(async (db) => {
    orders = await store(db);
    return orders;
  });
}, startTimeoutMs);
afterAll(() => api.stop());

/** What LIKE takes for any character, and its escape, are in the words. */
const words = ["a%a", "b_b", "c!c", "d%d", "e_e"];
const phone = "４５３３１２";

interface Stored {
  readonly id: number;
  readonly order_date: DateTime | null;
  readonly status_id: number;
  readonly customer_id: number | null;
  readonly employee_id: number | null;
  readonly shipper_id: number | null;
  readonly text: string;
  /** Of the order, its customer and its products. */
  readonly texts: readonly string[];
  readonly customer: string;
  readonly hasDetail: boolean;
}

const contact = {
  ...{ company: null, last_name: null, first_name: null, email_address: null, job_title: null, business_phone: null },
  ...{ home_phone: null, mobile_phone: null, fax_number: null, address: null, city: null, state_province: null },
  ...{ zip_postal_code: null, country_region: null, web_page: null, notes: null, search_text: "" },
};
const noTaxes = { vat_id: null, tax_treatment: "domestic", tax_exemption_reason: null };
const product = {
  ...{ product_code: null, product_name: "P", description: null, supplier_ids: null, standard_cost: null },
  ...{ list_price: decimal("1.0000"), reorder_level: null, target_level: null, quantity_per_unit: null },
  ...{ discontinued: false, minimum_reorder_quantity: null, category: null, tax_class: null },
};
const order = {
  ...{ shipped_date: null, ship_name: null, ship_address: null, ship_city: null, ship_state_province: null },
  ...{ ship_zip_postal_code: null, ship_country_region: null, shipping_fee: decimal("0.0000"), paid_date: null },
  ...{ taxes: decimal("0.0000"), payment_type: null, notes: null, tax_rate: decimal("0.000000"), tax_status_id: null },
  ...{ customer_company: null, customer_first_name: null, customer_last_name: null, billing_address: null },
  ...{ billing_city: null, billing_state_province: null, billing_zip_postal_code: null, correction_reason: null },
  ...{ billing_country_region: null, customer_vat_id: null, tax_treatment: null, tax_exemption_reason: null },
};
const detail = {
  ...{ quantity: decimal("1.0000"), unit_price: decimal("1.0000"), discount: decimal("0.0000"), position: 0 },
  ...{ product_code: null, product_name: "P", quantity_per_unit: null, tax_class: null, tax_rate: null },
};

/**
 * For each word an order that lacks it, and three that have it only in the order, its customer or a product; all other
 * words are in the order. Then orders without words. Dates repeat, some have none, and so do the references.
 */
async function store(db: Database): Promise<Stored[]> {
  const customers = new Map<string, number>();
  const customerOf = async (text: string) => {
    const row = { ...contact, ...noTaxes, search_text: text };
    const id = customers.get(text) ?? (await db.one(customerQueries.insert, row)).id;
    customers.set(text, id);
    return id;
  };
  for (let number = 0; number < 3; number += 1) {
    await db.one(employeeQueries.insert, contact);
    await db.one(shipperQueries.insert, contact);
  }
  const kinds = ["nowhere", "order", "customer", "product"].flatMap((role) => words.map((word) => ({ role, word })));
  const stored: Stored[] = [];
  for (const [number, { role, word }] of [...kinds, ...Array(16).fill({ role: "order", word: "x" })].entries()) {
    const others = words.filter((other) => other !== word && word !== "x").join(" ");
    const text = role === "order" ? `${others} ${word}` : others;
    const customer = role === "customer" ? word : number % 5 === 0 ? `call ${phone}` : "none";
    const facts = {
      customer_id: number > 30 ? null : await customerOf(customer),
      order_date: number % 7 === 6 ? null : dateTime(`2024-01-0${(number % 4) + 1}T10:30:00`),
      ...{
        status_id: number % 3,
        employee_id: [1, 2, 3, null][number % 4] ?? null,
        shipper_id: number % 2 === 0 ? 1 : 2,
      },
    };
    const { id } = await db.one(insertOrder, { ...order, ...facts, search_text: text });
    if (role === "product") {
      const product_id = (await db.one(insertProduct, { ...product, search_text: word })).id;
      await db.run(insertDetail, { ...detail, order_id: id, product_id });
    }
    const texts = [text, ...(facts.customer_id === null ? [] : [customer]), ...(role === "product" ? [word] : [])];
    stored.push({
      id,
      ...facts,
      text,
      texts,
      customer: facts.customer_id === null ? "" : customer,
      hasDetail: role === "product",
    });
  }
  return stored;
}

const firstMoment = dateTime("2024-01-02T10:30:00");
const lastMoment = dateTime("2024-01-03T10:30:00");

const noFilter = {
  ...{ status_id: null, customer_id: null, employee_id: null, shipper_id: null, searched_id: null, phone: null },
  ...{ first: null, last: null, word1: null, word2: null, word3: null, word4: null, word5: null },
};

const pattern = (index: number) => wordPattern(words[index] ?? "");
const oneWord = { word1: pattern(0) };
const twoWords = { ...oneWord, word2: pattern(1) };
const threeWords = { ...twoWords, word3: pattern(2) };
const fourWords = { ...threeWords, word4: pattern(3) };
const allWords = { ...fourWords, word5: pattern(4) };

/** Each filter alone, and several together. */
function filters(): OrderFilter[] {
  const some: Partial<OrderFilter>[] = [
    ...[{}, { status_id: 1 }, { employee_id: 2 }, { shipper_id: 2 }, { customer_id: 2 }, { first: firstMoment }],
    ...[{ last: lastMoment }, { first: firstMoment, last: lastMoment }, { status_id: 2, shipper_id: 1 }],
    ...[
      { employee_id: 1, shipper_id: 1 },
      { customer_id: 1, status_id: 0 },
      { customer_id: 2, employee_id: 3 },
    ],
    ...[{ customer_id: 2, shipper_id: 1 }, oneWord, twoWords, threeWords, fourWords, allWords],
    ...words.map((_, index) => ({ word1: pattern(index) })),
    ...[
      { ...allWords, status_id: 1 },
      { ...allWords, customer_id: 2 },
      { ...allWords, employee_id: 1 },
    ],
    ...[
      { ...allWords, shipper_id: 2 },
      { ...allWords, first: firstMoment, last: lastMoment },
    ],
    ...[
      { word1: "%nobody%", phone: `%${phone}%` },
      { word1: "%nobody%", searched_id: orders[7]?.id ?? 0 },
    ],
    { ...allWords, phone: `%${phone}%` },
  ];
  return some.map((one) => ({ ...noFilter, ...one }));
}

function passes(one: Stored, filter: OrderFilter): boolean {
  const asked = [filter.word1, filter.word2, filter.word3, filter.word4, filter.word5].filter((word) => word !== null);
  const plain = asked.map((word) => word.slice(1, -1).replace(/!(.)/g, "$1"));
  const hasWords = plain.every((word) => one.texts.some((text) => text.includes(word)));
  const isCalled = filter.phone !== null && one.customer.includes(phone);
  return (
    (filter.status_id === null || one.status_id === filter.status_id) &&
    (filter.customer_id === null || one.customer_id === filter.customer_id) &&
    (filter.employee_id === null || one.employee_id === filter.employee_id) &&
    (filter.shipper_id === null || one.shipper_id === filter.shipper_id) &&
    (filter.first === null || (one.order_date !== null && one.order_date >= filter.first)) &&
    (filter.last === null || (one.order_date !== null && one.order_date <= filter.last)) &&
    (filter.word1 === null || one.id === filter.searched_id || hasWords || isCalled)
  );
}

const ids = (rows: readonly { readonly id: number }[]) => rows.map(({ id }) => id);
const byDate = (a: Stored, b: Stored) =>
  (a.order_date ?? "") < (b.order_date ?? "") ? -1 : (a.order_date ?? "") > (b.order_date ?? "") ? 1 : a.id - b.id;
const isDated = ({ first, last }: OrderFilter) => first !== null || last !== null;
/** So many rows are read behind so many that are skipped. */
const pages = [
  { rows: 1000, skip: 0 },
  { rows: 3, skip: 2 },
] as const;

test("GET /api/orders 200: by id, up and down, from and until an id", () =>
  api.onDatabases(async (db) => {
    const middle = orders[11]?.id ?? 0;
    const end = orders[32]?.id ?? 0;
    for (const filter of filters())
      for (const page of pages) {
        const cut = (rows: readonly Stored[]) => ids(rows).slice(page.skip, page.skip + page.rows);
        const found = orders.filter((one) => passes(one, filter));
        const isOfOneIndex =
          !isDated(filter) && found.length > 0 && filter.word1 === null && filter.customer_id === null;
        const until =
          isOfOneIndex && [filter.status_id, filter.employee_id, filter.shipper_id].filter(Boolean).length < 2;
        const up = found.filter(({ id }) => id > middle && (until || id <= end));
        const down = found.filter(({ id }) => id < end && (until || id >= middle)).toReversed();
        const told = [filter, page];
        const params = { ...filter, ...page };
        const upwards = await keysById(db, isDated(filter), false, { ...params, id: middle, until: end });
        expect([...told, ids(upwards)]).toEqual([...told, cut(up)]);
        const downwards = await keysById(db, isDated(filter), true, { ...params, id: end, until: middle });
        expect([...told, ids(downwards)]).toEqual([...told, cut(down)]);
      }
  }));

test("GET /api/orders 200: by date, up and down, from a date and id, and those without a date", () =>
  api.onDatabases(async (db) => {
    const middle = orders[13]?.id ?? 0;
    const end = orders[33]?.id ?? 0;
    for (const one of filters())
      for (const page of pages) {
        const cut = (rows: readonly Stored[]) => ids(rows).slice(page.skip, page.skip + page.rows);
        const filter = { ...one, first: firstMoment, last: lastMoment };
        const dated = orders.filter((stored) => passes(stored, filter)).toSorted(byDate);
        const up = dated.filter(({ order_date, id }) => (order_date ?? "") > firstMoment || id > middle);
        const down = dated.filter(({ order_date, id }) => (order_date ?? "") < lastMoment || id < end).toReversed();
        const params = { ...filter, ...page, until: 0 };
        const told = [filter, page];
        expect([...told, ids(await keysByDate(db, false, { ...params, id: middle }))]).toEqual([...told, cut(up)]);
        expect([...told, ids(await keysByDate(db, true, { ...params, id: end }))]).toEqual([...told, cut(down)]);
        const rest = { ...one, first: null, last: null };
        const undated = orders.filter((stored) => stored.order_date === null && passes(stored, rest));
        const [from, to] = [orders[6]?.id ?? 0, orders[27]?.id ?? 0];
        const after = undated.filter(({ id }) => id > from && id <= to);
        const before = undated.filter(({ id }) => id < to && id >= from).toReversed();
        const given = { ...rest, ...page };
        expect(ids(await undatedKeys(db, false, { ...given, id: from, until: to }))).toEqual(cut(after));
        expect(ids(await undatedKeys(db, true, { ...given, id: to, until: from }))).toEqual(cut(before));
      }
  }));

test("GET /api/orders 200: among the orders of texts, customers, ids, a number or a few dates", () =>
  api.onDatabases(async (db) => {
    const all = orders.map(({ id }) => id);
    const customers = [...new Set(orders.flatMap(({ customer_id }) => customer_id ?? []))];
    const texts = [...new Set(orders.map(({ text }) => text))];
    const most = 1000;
    for (const filter of filters()) {
      const expected = orders.map((one) => [one.id, passes(one, filter) ? 1 : 0]);
      const told = (rows: readonly { readonly id: number; readonly wanted: number | null }[]) =>
        rows.toSorted((a, b) => a.id - b.id).map(({ id, wanted }) => [id, wanted]);
      expect([filter, told(await db.all(queries.ordersOfIds, { ...filter, ids: all }))]).toEqual([filter, expected]);
      expect(told(await db.all(queries.ordersOfTexts, { ...filter, texts, most }))).toEqual(expected);
      const bought = expected.filter((_, index) => orders[index]?.customer_id !== null);
      expect(told(await db.all(queries.ordersOfCustomers, { ...filter, customers, most }))).toEqual(bought);
      const numbered = await db.all(queries.orderByNumber, { ...filter, searched_id: orders[3]?.id ?? 0 });
      const fourth = orders.slice(3, 4).map((one) => [one.id, passes(one, { ...filter, searched_id: one.id }) ? 1 : 0]);
      expect(told(numbered)).toEqual(fourth);
      const dates = { ...filter, first: firstMoment, last: lastMoment, rows: 4 };
      const inDates = ids(orders.filter((one) => passes(one, dates)));
      const [low, high] = [orders[4]?.id ?? 0, orders[31]?.id ?? 0];
      const above = inDates.filter((id) => id > low);
      const below = inDates.filter((id) => id < high).toReversed();
      expect(ids(await db.all(queries.idAscendingInDates, { ...dates, id: low }))).toEqual(above.slice(0, 4));
      expect(ids(await db.all(queries.idDescendingInDates, { ...dates, id: high }))).toEqual(below.slice(0, 4));
    }
  }));

test("GET /api/orders 200: the first and last id between two moments, and how many there are up to a number", () =>
  api.onDatabases(async (db) => {
    const dates = { first: firstMoment, last: lastMoment };
    const found = orders.filter((one) => passes(one, { ...noFilter, ...dates }));
    for (const { id } of orders) {
      expect((await db.one(queries.firstIdInDates, { ...dates, id })).id).toBe(
        found.find((one) => one.id > id)?.id ?? null,
      );
      expect((await db.one(queries.lastIdInDates, { ...dates, id })).id).toBe(
        found.findLast((one) => one.id < id)?.id ?? null,
      );
    }
    for (const most of [3, 1000])
      expect(await db.one(queries.ordersInDates, { ...dates, most })).toEqual({ orders: Math.min(most, found.length) });
  }));

test("GET /api/orders/overview 200: counts by status, whichever filter leads", () =>
  api.onDatabases(async (db) => {
    const counted = (filter: OrderFilter) =>
      [0, 1, 2]
        .map((status_id) => ({
          status_id,
          orders: orders.filter((one) => one.status_id === status_id && passes(one, filter)).length,
        }))
        .filter(({ orders: count }) => count > 0);
    const rest = {
      ...{ no_customer: null, no_employee: null, no_shipper: null, is_shipped: null, is_paid: null, country: null },
      ...{ shipped_first: null, shipped_last: null, paid_first: null, paid_last: null },
    };
    expect(await db.all(counts.countByStatus)).toEqual(counted(noFilter));
    for (const given of filters()) {
      const filter = { ...given, status_id: null };
      const { customer_id, employee_id, shipper_id, first, last } = filter;
      const expected = counted(filter);
      expect([
        filter,
        await db.all(counts.countByStatusOfMore, parametersOf(counts.countByStatusOfMore, { ...filter, ...rest })),
      ]).toEqual([filter, expected]);
      if (customer_id !== null)
        expect(
          await db.all(
            counts.countByStatusOfCustomer,
            parametersOf(counts.countByStatusOfCustomer, { ...filter, customer_id }),
          ),
        ).toEqual(expected);
      if (employee_id !== null)
        expect(
          await db.all(
            counts.countByStatusOfEmployee,
            parametersOf(counts.countByStatusOfEmployee, { ...filter, employee_id }),
          ),
        ).toEqual(expected);
      if (shipper_id !== null)
        expect(
          await db.all(
            counts.countByStatusOfShipper,
            parametersOf(counts.countByStatusOfShipper, { ...filter, shipper_id }),
          ),
        ).toEqual(expected);
      if (customer_id === null && employee_id === null && shipper_id === null)
        expect(await db.all(counts.countByStatusOfSome, parametersOf(counts.countByStatusOfSome, filter))).toEqual(
          expected,
        );
      if (first !== null && last !== null && filter.word1 === null)
        expect(await db.all(counts.countByStatusInDates, { first, last })).toEqual(
          counted({ ...noFilter, first, last }),
        );
    }
  }));

test("GET /api/summary 200: a period begins with its first moment and ends before its last, late orders include theirs", () =>
  api.onDatabases(async (db) => {
    const [first, end] = [firstMoment, lastMoment];
    const placed = orders.filter(({ order_date }) => order_date !== null && order_date >= first && order_date < end);
    expect(await db.one(ordersPlaced, { first, end })).toEqual({ orders: placed.length });
    const sold = placed.filter(({ hasDetail }) => hasDetail).length;
    expect([sold > 0, await db.all(soldDetails, { first, end })]).toMatchObject([true, { length: sold }]);
    expect(await db.all(soldLines, { first, end })).toMatchObject([{ details: sold }]);
    const late = orders.filter(
      ({ order_date, status_id }) => order_date !== null && order_date <= end && status_id < 2,
    );
    expect(await db.one(lateCount, { before: end })).toEqual({ orders: late.length });
    expect(ids(await db.all(lateOrders, { before: end }))).toEqual(ids(late.toSorted(byDate).slice(0, 10)));
    expect(ids(await db.all(newestOrders))).toEqual(ids(orders.toReversed().slice(0, 10)));
  }));
