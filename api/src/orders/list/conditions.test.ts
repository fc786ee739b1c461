// The queries that find orders, each with every filter that it takes, against the same orders found here without SQL.
import { afterAll, beforeAll, expect, test } from "bun:test";
import { dateTime, parametersOf } from "sqlproof";
import { type BothEngines, startBothEngines, startTimeoutMs } from "../../both-engines.ts";
import { wordPattern } from "../../contract/text.ts";
import { lateCount, lateOrders, newestOrders, ordersPlaced, soldDetails, soldLines } from "../../summary/queries.ts";
import * as counts from "../overview/queries.ts";
import { keysByDate, keysById, type OrderFilter, undatedKeys } from "./pages.ts";
import * as queries from "./queries.ts";
import { phone, type Stored, store, words } from "./stored-orders.ts";
import { wantedOf } from "./ways/facts.ts";
import { contactsWithOrders, namesOfContacts, nextPlace } from "./ways/groups.ts";
import { datedOrders, ofGroup, undatedOrders } from "./ways/indexes.ts";

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

/** Each filter alone, and two and several together. */
function filters(): OrderFilter[] {
  const customer_id = orders[1]?.customer_id ?? 0;
  const some: Partial<OrderFilter>[] = [
    ...[{}, { status_id: 1 }, { employee_id: 2 }, { shipper_id: 2 }, { customer_id }, { first: firstMoment }],
    ...[{ last: lastMoment }, { first: firstMoment, last: lastMoment }, { status_id: 2, shipper_id: 1 }],
    ...[
      { employee_id: 1, shipper_id: 1 },
      { employee_id: 3, shipper_id: 2 },
      { status_id: 1, employee_id: 1 },
    ],
    ...[
      { customer_id, status_id: 0 },
      { customer_id, employee_id: 3 },
      { customer_id, shipper_id: 2 },
    ],
    ...[oneWord, twoWords, threeWords, fourWords, allWords, { ...allWords, status_id: 1 }],
    ...words.map((_, index) => ({ word1: pattern(index) })),
    ...[
      { ...allWords, first: firstMoment, last: lastMoment },
      { ...allWords, phone: `%${phone}%` },
    ],
    ...[
      { word1: "%nobody%", phone: `%${phone}%` },
      { word1: "%nobody%", searched_id: orders[7]?.id ?? 0 },
    ],
  ];
  return some.map((one) => ({ ...noFilter, ...one }));
}

/** All words, for every customer, employee and shipper, and in part of the dates. */
function filtersOfReferences(): OrderFilter[] {
  const customers = [...new Set(orders.flatMap(({ customer_id }) => customer_id ?? []))];
  const some: Partial<OrderFilter>[] = [
    ...customers.flatMap((customer_id) => [{ customer_id }, { customer_id, shipper_id: 1 }]),
    ...[1, 2, 3].flatMap((employee_id) => [{ employee_id }, { employee_id, shipper_id: 2 }]),
    ...[1, 2].flatMap((shipper_id) => [
      { shipper_id },
      { shipper_id, first: firstMoment },
      { shipper_id, last: lastMoment },
    ]),
  ];
  return some.flatMap((one) => [
    { ...noFilter, ...one },
    { ...noFilter, ...allWords, ...one },
  ]);
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
    const middle = orders[0]?.id ?? 0;
    const end = orders[50]?.id ?? 0;
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
    const middle = orders[0]?.id ?? 0;
    const end = orders[45]?.id ?? 0;
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
        const [from, to] = [orders[21]?.id ?? 0, orders[48]?.id ?? 0];
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
      for (const one of orders.slice(0, 3).concat(orders.slice(42, 45))) {
        const numbered = parametersOf(queries.orderByNumber, { ...filter, searched_id: one.id });
        const isWanted = passes(one, { ...filter, searched_id: one.id });
        expect(told(await db.all(queries.orderByNumber, numbered))).toEqual([[one.id, isWanted ? 1 : 0]]);
      }
      const dates = { ...filter, first: firstMoment, last: lastMoment, rows: 12 };
      const inDates = ids(orders.filter((one) => passes(one, dates)));
      const [low, high] = [orders[0]?.id ?? 0, orders[45]?.id ?? 0];
      const above = inDates.filter((id) => id > low);
      const below = inDates.filter((id) => id < high).toReversed();
      expect(ids(await db.all(queries.idAscendingInDates, { ...dates, id: low }))).toEqual(above.slice(0, 12));
      expect(ids(await db.all(queries.idDescendingInDates, { ...dates, id: high }))).toEqual(below.slice(0, 12));
    }
  }));

test("GET /api/orders?q= 200: the words are looked for order by order, and by the texts, customers and products that have them", () =>
  api.onDatabases(async (db) => {
    const none = { status_id: null, customer_id: null, employee_id: null, shipper_id: null };
    const rest = { ...none, order_date_from: null, order_date_to: null, more: null };
    for (const asked of [words.slice(0, 1), words.slice(1, 3), words]) {
      const [word1 = null, word2 = null, word3 = null, word4 = null, word5 = null] = asked.map(wordPattern);
      const filter = { ...noFilter, word1, word2, word3, word4, word5 };
      const wanted = await wantedOf(db, ids(orders), { ...rest, q: asked.join(" ") });
      expect([asked, ids(wanted).toSorted((a, b) => a - b)]).toEqual([
        asked,
        ids(orders.filter((one) => passes(one, filter))),
      ]);
    }
    for (const word of words) {
      const products = await db.all(queries.productsOfWord, { pattern: wordPattern(word), most: 9 });
      // The two products of this word, one of a dated order and one of an undated one.
      expect([word, products.length]).toEqual([word, 2]);
      const sold = await db.all(queries.ordersOfProducts, { products: ids(products), most: 9 });
      const sellers = orders.filter(
        ({ texts, text }) => texts.includes(word) && !text.includes(word) && texts.length > 2,
      );
      expect(sold.map(({ order_id }) => order_id).sort((a, b) => a - b)).toEqual(ids(sellers));
      expect(await db.all(queries.customersOfTexts, { texts: [word] })).toHaveLength(1);
    }
    const many = orders.slice(0, 40);
    expect(await db.all(queries.countByStatusOfIds, { ids: ids(many) })).toEqual(
      [0, 1, 2, 3].map((status_id) => ({
        status_id,
        orders: many.filter((one) => one.status_id === status_id).length,
      })),
    );
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
      [null, 0, 1, 2, 3]
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
    for (const given of [...filters(), ...filtersOfReferences()]) {
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
      ({ order_date, shipped_date, status_id }) =>
        order_date !== null && order_date <= end && shipped_date === null && (status_id ?? 0) < 2,
    );
    expect(await db.one(lateCount, { before: end })).toEqual({ orders: late.length });
    expect(ids(await db.all(lateOrders, { before: end }))).toEqual(ids(late.toSorted(byDate).slice(0, 10)));
    expect(ids(await db.all(newestOrders))).toEqual(ids(orders.toReversed().slice(0, 10)));
  }));

const smallest = 0;
const largest = 2_147_483_647;
const directions = ["up", "down"] as const;

/** The part of a list behind its second order, and the list from its beginning, as an index is read. */
function walks(list: readonly Stored[], direction: (typeof directions)[number]) {
  const walked = direction === "up" ? list : list.toReversed();
  const begin = direction === "up" ? smallest : largest;
  const [first, second = first] = walked.map(({ id }) => id);
  return pages.flatMap((page) =>
    [
      { id: begin, rest: walked },
      { id: second ?? begin, rest: walked.slice(2) },
    ].map(({ id, rest }) => ({
      params: { id, ...page },
      expected: ids(rest).slice(page.skip, page.skip + page.rows),
    })),
  );
}

test("GET /api/orders?sort= 200: the orders of each status, contact, city and country by id, and those without", () =>
  api.onDatabases(async (db) => {
    for (const direction of directions) {
      for (const [column, key] of [
        ["status_id", "status_id"],
        ["customer", "customer_id"],
        ["employee", "employee_id"],
        ["shipper", "shipper_id"],
      ] as const)
        for (const value of new Set(orders.map((one) => one[key])))
          for (const { params, expected } of walks(
            orders.filter((one) => one[key] === value),
            direction,
          ))
            expect([column, value, ids(await db.all(ofGroup[column][direction], { ...params, value }))]).toEqual([
              column,
              value,
              expected,
            ]);
      for (const column of ["ship_city", "ship_country_region"] as const)
        for (const value of new Set(orders.map((one) => one[column])))
          for (const { params, expected } of walks(
            orders.filter((one) => one[column] === value),
            direction,
          ))
            expect([column, value, ids(await db.all(ofGroup[column][direction], { ...params, value }))]).toEqual([
              column,
              value,
              expected,
            ]);
    }
  }));

test("GET /api/orders?sort= 200: by each date from a moment and id to another, and the orders without that date", () =>
  api.onDatabases(async (db) => {
    for (const column of ["order_date", "shipped_date", "paid_date"] as const)
      for (const direction of directions) {
        const undated = orders.filter((one) => one[column] === null);
        for (const { params, expected } of walks(undated, direction))
          expect([column, ids(await db.all(undatedOrders[column][direction], params))]).toEqual([column, expected]);
        const between = orders
          .filter((one) => (one[column] ?? "") >= firstMoment && one[column] !== null && one[column] <= lastMoment)
          .toSorted((a, b) => ((a[column] ?? "") < (b[column] ?? "") ? -1 : a[column] === b[column] ? a.id - b.id : 1));
        for (const { params, expected } of walks(between, direction)) {
          const found = await db.all(datedOrders[column][direction], {
            ...params,
            first: firstMoment,
            last: lastMoment,
          });
          expect([column, ids(found)]).toEqual([column, expected]);
          expect(found.map(({ date }) => date)).toEqual(
            found.map(({ id }) => orders.find((one) => one.id === id)?.[column] ?? null),
          );
        }
      }
  }));

test("GET /api/orders?sort= 200: the next contacts with orders by name and id, and the next city and country", () =>
  api.onDatabases(async (db) => {
    const customers = orders.flatMap(({ customer_id, customer }) =>
      customer_id === null ? [] : [[customer_id, customer] as const],
    );
    const named = {
      customer: [...new Map(customers)],
      employee: [
        [1, "b"],
        [2, "a"],
        [3, "b"],
      ],
      shipper: [
        [1, "b"],
        [2, "b"],
      ],
    } as const;
    for (const contact of ["customer", "employee", "shipper"] as const) {
      const sorted = named[contact]
        .map(([id, search_text]) => ({ id, search_text }))
        .toSorted((a, b) => (a.search_text < b.search_text ? -1 : a.search_text === b.search_text ? a.id - b.id : 1));
      const found = await db.all(namesOfContacts[contact], { ids: sorted.map(({ id }) => id) });
      expect(found.toSorted((a, b) => a.id - b.id)).toEqual(sorted.toSorted((a, b) => a.id - b.id));
      for (const rows of [2, 100])
        for (const [index, { id, search_text: name }] of sorted.entries()) {
          const place = { id, name, rows };
          expect(await db.all(contactsWithOrders[contact].up, place)).toEqual(
            sorted.slice(index + 1, index + 1 + rows),
          );
          expect(await db.all(contactsWithOrders[contact].down, place)).toEqual(
            sorted.slice(0, index).toReversed().slice(0, rows),
          );
        }
    }
    for (const column of ["ship_city", "ship_country_region"] as const) {
      const places = [...new Set(orders.flatMap((one) => one[column] ?? []))].sort();
      for (const [index, place] of places.entries()) {
        expect(await db.all(nextPlace[column].up, { place })).toEqual(
          places.slice(index + 1, index + 2).map((next) => ({ place: next })),
        );
        expect(await db.all(nextPlace[column].down, { place })).toEqual(
          places
            .slice(0, index)
            .slice(-1)
            .map((next) => ({ place: next })),
        );
      }
    }
  }));
