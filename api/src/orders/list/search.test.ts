import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import fc from "fast-check";
import { foldSearchText } from "northwind-schema/fold";
import { loadSample } from "northwind-schema/sample";
import { calendarDate } from "sqlproof";
import { type BothEngines, startBothEngines, startTimeoutMs } from "../../both-engines.ts";
import { isStorable } from "../../contract/text.ts";
import type { Order } from "../fields.ts";
import { basicKeysOf, type ScanLimit } from "./keyset.ts";
import { type BasicSort, basicSorts, type Filters, type Key } from "./request.ts";

let api: BothEngines;

const longText = "A name so long that not each of its runs counts";

beforeAll(async () => {
  api = await startBothEngines({ allowImport: true });
  await api.onDatabases((database) => loadSample(database, "2026-11-23"));
  await api.call("PUT", "/api/customers/4", { body: { mobile_phone: "+45 (33) 44.55 66" } });
  for (const order of [
    { ship_name: "Æon Œuvre 𝔘𝔫𝔦 Łódź", ship_city: "50%_off!" },
    { ship_name: "xy", order_date: null },
    { ship_name: longText, customer_id: null },
    { ship_name: null, ship_city: null, customer_id: 4, order_date: null },
  ])
    await make("/api/orders", order);
}, startTimeoutMs);
afterAll(() => api.stop());

async function make(path: string, body: object): Promise<number> {
  const dated = path === "/api/orders" ? { order_date: "2026-01-01T00:00:00", ...body } : body;
  const { data } = (await api.call("POST", path, { body: dated })).body;
  return typeof data === "object" && data !== null && "id" in data && typeof data.id === "number" ? data.id : 0;
}

async function found(q: string): Promise<number[]> {
  const { data } = (await api.call("GET", `/api/orders?q=${encodeURIComponent(q)}`)).body;
  return Array.isArray(data) ? data.map(({ id }) => id) : [];
}

const noFilters: Filters = {
  ...{ status_id: null, customer_id: null, employee_id: null, shipper_id: null },
  ...{ order_date_from: null, order_date_to: null, q: null, more: null },
};

/** Each ends elsewhere: by the index of texts, on the way along the list, by turns, or when nothing has ended. */
const ways: readonly (readonly [string, readonly ScanLimit[]])[] = [
  ["the index of texts", [{ found: 100_000, scanned: 0 }]],
  ["a scan far enough", [{ found: 0, scanned: 100_000 }]],
  ["short turns", [1, 4, 16, 64, 256].map((most) => ({ found: most, scanned: most * 3 }))],
  ["neither", []],
];

const texts = [
  "sorensen",
  "so",
  "a",
  "an",
  "xy",
  "nothing like it",
  "4",
  "12",
  "%",
  "_",
  "!",
  "AEON",
  "łódź 50",
  "𝔘",
  " ",
];

/** Of several words, and numbers: with fewer filters, so that they take less time. */
const wordedTexts = [
  "  off!   łódź ",
  "hagen  sorensen",
  "runs name that",
  "33 44 55-66",
  "of a name long so each counts",
  // Of products alone, of products and a name, of two products, of a category, of a code.
  "oatcakes",
  "oatcakes sorensen",
  "espresso oatcakes",
  "baking",
  "scuro a",
  "hh-605",
  "#12",
  "order 12",
];

const filterSets: readonly Partial<Filters>[] = [
  {},
  { status_id: 3 },
  { customer_id: 4 },
  { employee_id: 3, shipper_id: 2 },
  { order_date_from: calendarDate("2025-06-01"), order_date_to: calendarDate("2026-03-31") },
  { status_id: 0, order_date_from: calendarDate("2026-10-01") },
];

describe("GET /api/orders?q=", () => {
  test("200: in every sort, with every filter, whichever way it is found", async () => {
    const all = await everything();
    for (const q of [...texts, ...wordedTexts])
      for (const some of wordedTexts.includes(q) ? filterSets.slice(0, 1) : filterSets) {
        const filters = { ...noFilters, ...some, q };
        const wanted = all.filter((order) => isWanted(order, filters));
        for (const sort of basicSorts) {
          const expected = wanted.toSorted((a, b) => compare(a, b, sort)).map(({ id }) => id);
          const middle = expected[expected.length >> 1];
          const cursor = wanted.find(({ id }) => id === middle);
          for (const [way, limits] of ways)
            await api.onDatabases(async (db) => {
              const get = async (after: Key | null, rows: number) =>
                (await basicKeysOf(db, { filters, sort, after, rows }, limits)).map(({ id }) => id);
              const told = [q, some, sort, way];
              expect([...told, await get(null, 5)]).toEqual([...told, expected.slice(0, 5)]);
              if (cursor === undefined) return;
              const rest = expected.slice(expected.indexOf(cursor.id) + 1);
              expect([...told, await get(cursor, 5000)]).toEqual([...told, rest]);
            });
        }
      }
  }, 300_000);

  test("200: what is written is found at once, what it said before is not", async () => {
    const customer = await make("/api/customers", { company: "Quuxholm Brewing" });
    const order = await make("/api/orders", { customer_id: customer, ship_name: "Zyxwald Überall" });
    expect(await found("zyxwald uber")).toEqual([order]);
    expect(await found("quuxholm")).toEqual([order]);
    await api.call("PUT", `/api/orders/${order}`, { body: { ship_name: "Vutsrq" } });
    expect([await found("zyxwald"), await found("vutsrq")]).toEqual([[], [order]]);
    await api.call("PUT", `/api/customers/${customer}`, { body: { company: "Ponmlk & Sons" } });
    expect([await found("quuxholm"), await found("onmlk & s")]).toEqual([[], [order]]);
    await api.call("PUT", `/api/orders/${order}`, { body: { ship_name: "Zyxwald" } });
    expect(await found("zyxwald")).toEqual([order]);
    await api.call("DELETE", `/api/orders/${order}`);
    expect([await found("zyxwald"), await found("onmlk")]).toEqual([[], []]);
  });

  test("200: by the products of its details, as they are called now", async () => {
    const product = await make("/api/products", {
      product_code: "QX-1",
      product_name: "Zwölf Körner",
      list_price: "1",
    });
    const other = await make("/api/products", { product_code: "QX-2", product_name: "Wxyz paste", list_price: "1" });
    const detail = (product_id: number) => ({ product_id, quantity: "1" });
    const one = await make("/api/orders", { ship_name: "Pqrs", order_details: [detail(product), detail(other)] });
    const two = await make("/api/orders", { ship_name: "Tuvw", order_details: [detail(product)] });
    expect(await found("korner zwolf")).toEqual([two, one]);
    expect(await found("qx-1 pqrs wxyz")).toEqual([one]);
    expect(await found("korner wxyz tuvw")).toEqual([]);
    await api.call("PUT", `/api/products/${other}`, { body: { product_name: "Lmnop paste" } });
    expect([await found("wxyz"), await found("lmnop korner")]).toEqual([[], [one]]);
    for (const id of [one, two]) await api.call("DELETE", `/api/orders/${id}`);
    expect(await found("korner")).toEqual([]);
    for (const id of [product, other]) await api.call("DELETE", `/api/products/${id}`);
  });

  test("200: in every script, whatever the case and the accents", async () => {
    const moscow = await make("/api/customers", { company: "Москва Вино" });
    const athens = await make("/api/customers", { company: "Οίκος", city: "Αθήνα" });
    const [first, second] = [
      await make("/api/orders", { customer_id: moscow }),
      await make("/api/orders", { customer_id: athens }),
    ];
    for (const q of ["москва", "ВИНО москва", "мосК"]) expect([q, await found(q)]).toEqual([q, [first]]);
    for (const q of ["αθηνα", "ΑΘΉΝΑ οικος", "ΟΊΚΟΣ"]) expect([q, await found(q)]).toEqual([q, [second]]);
    for (const id of [first, second]) await api.call("DELETE", `/api/orders/${id}`);
  });

  test("200: an order is found by every part of every text, on both engines alike", async () => {
    const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 31));
    console.log(`random texts: SEED=${seed}`);
    const letter = fc.oneof(
      fc.string({ unit: "grapheme", minLength: 1, maxLength: 1 }),
      fc.constantFrom(..."ﬁßẞİıſΣςσЙйЁéø漢がｶﾞ한ش ".split("")),
    );
    const text = fc
      .array(letter, { minLength: 1, maxLength: 12 })
      .map((letters) => letters.join("").slice(0, 40))
      .filter((one) => isStorable(one, "one-line") && one.isWellFormed() && one.trim() !== "");
    for (const ship_name of fc.sample(text, { numRuns: 40, seed })) {
      const id = await make("/api/orders", { ship_name });
      const letters = Array.from(ship_name);
      const parts = [
        ship_name,
        ship_name.toUpperCase(),
        ship_name.normalize("NFD"),
        letters.slice(letters.length >> 1).join(""),
      ];
      for (const part of parts.filter((one) => one.trim() !== "" && foldSearchText(one).trim() !== ""))
        expect([seed, ship_name, part, await found(part)]).toEqual([
          seed,
          ship_name,
          part,
          expect.arrayContaining([id]),
        ]);
      await api.call("DELETE", `/api/orders/${id}`);
    }
  }, 120_000);

  test("200: the order with the number comes first, in every sort and on pages of any length", async () => {
    const id = (await everything())[300]?.id ?? 0;
    const other = await make("/api/orders", { ship_name: `Lot ${id}` });
    for (const q of [`${id}`, `#${id}`, `order ${id}`, `Order #${id}`, `pedido ${id}`, ` ${id} `])
      expect([q, (await found(q))[0]]).toEqual([q, id]);
    expect(await found(`#${id}`)).toEqual([id]);
    for (const sort of ["id", "-id", "order_date", "-order_date", "customer", "-ship_city"]) {
      const paged: number[] = [];
      for (let query = `?q=${id}&sort=${sort}&limit=1`; query !== ""; ) {
        const { data, page } = (await api.call("GET", `/api/orders${query}`)).body;
        if (Array.isArray(data)) paged.push(...data.map((order) => Number(order.id)));
        query = page?.next_cursor ? `?q=${id}&sort=${sort}&limit=1&cursor=${page.next_cursor}` : "";
      }
      const { data: whole } = (await api.call("GET", `/api/orders?q=${id}&sort=${sort}`)).body;
      expect([sort, paged[0], paged.includes(other)]).toEqual([sort, id, true]);
      expect([sort, paged]).toEqual([sort, Array.isArray(whole) ? whole.map((order) => order.id) : []]);
    }
    await api.call("DELETE", `/api/orders/${other}`);
  }, 60_000);

  test("200: a text of many runs, of one, of none", async () => {
    expect(await found(longText)).toHaveLength(1);
    expect(await found("that not each")).toHaveLength(1);
    expect(await found("\u0301")).toHaveLength((await everything()).length);
  });

  // Last: writes that MariaDB tries again use up ids, so that later orders have other ids on the two engines.
  test("201, 200: many write the same new text at the same time, and all are found", async () => {
    for (const { url } of api.servers)
      for (const ship_name of ["Fedcba", "Gfedcb"]) {
        const body = JSON.stringify({ ship_name, order_date: "2026-01-01T00:00:00" });
        const headers = { "content-type": "application/json" };
        const writes = Array.from({ length: 12 }, () => fetch(`${url}/api/orders`, { method: "POST", headers, body }));
        expect((await Promise.all(writes)).map(({ status }) => status)).toEqual(new Array(12).fill(201));
        const told: unknown = await (await fetch(`${url}/api/orders?q=${ship_name}`)).json();
        const { data }: { data: { id: number }[] } = Object.assign({ data: [] }, told);
        expect(data).toHaveLength(12);
        for (const { id } of data) await fetch(`${url}/api/orders/${id}`, { method: "DELETE" });
      }
  });
});

type Searched = Order & { readonly text: string; readonly phones: readonly string[] };

/** All orders with the texts that a search looks through. */
async function everything(): Promise<readonly Searched[]> {
  const { data: customers } = (await api.call("GET", "/api/customers")).body;
  const buyers = Array.isArray(customers) ? customers : [];
  const texts = new Map(
    buyers.map(({ id, company, first_name, last_name, city, email_address }) => [
      id,
      [company, first_name, last_name, city, email_address].map((part) => part ?? "").join(" "),
    ]),
  );
  const phones = new Map(
    buyers.map(({ id, business_phone, home_phone, mobile_phone, fax_number }) => [
      id,
      [business_phone, home_phone, mobile_phone, fax_number].map((phone) => String(phone ?? "").replace(/[^0-9]/g, "")),
    ]),
  );
  const { data: products } = (await api.call("GET", "/api/products")).body;
  const goods = new Map(
    (Array.isArray(products) ? products : []).map(({ id, product_code, product_name, category }) => [
      id,
      [product_code, product_name, category].map((part) => part ?? "").join(" "),
    ]),
  );
  const { data } = (await api.call("GET", "/api/orders?include=details")).body;
  const orders: Order[] = Array.isArray(data) ? data : [];
  return orders.map((order) => {
    const own = `${order.ship_name ?? ""} ${order.ship_city ?? ""}`;
    const sold = (order.order_details ?? []).map(({ product_id }) => goods.get(product_id) ?? "");
    const text = [own, texts.get(order.customer_id) ?? "", ...sold].map(foldSearchText).join("\n");
    return { ...order, text, phones: phones.get(order.customer_id) ?? [] };
  });
}

function isWanted(order: Searched, filters: Filters): boolean {
  const { q, order_date_from: from, order_date_to: to } = filters;
  const day = order.order_date?.slice(0, 10) ?? "";
  return (
    (q === null || hasText(order, q)) &&
    (from === null || day >= from) &&
    (to === null || (day !== "" && day <= to)) &&
    (["status_id", "customer_id", "employee_id", "shipper_id"] as const).every(
      (name) => filters[name] === null || filters[name] === order[name],
    )
  );
}

/** Each word in any order, the number, or the digits of a phone number; from the fifth word on in the order typed. */
function hasText({ id, text, phones }: Searched, q: string): boolean {
  const words = foldSearchText(q)
    .split(" ")
    .filter((word) => word !== "");
  const rest = words.slice(5 - 1);
  const number = /^(?:#|order )?([0-9]+)$/.exec(q)?.[1];
  const digits = /^[-0-9 ]+$/.test(q) ? q.replace(/[^0-9]/g, "") : "";
  return (
    (words.every((word) => text.includes(word)) && (rest.length < 2 || new RegExp(rest.join(".*")).test(text))) ||
    String(id) === number ||
    (digits.length >= 4 && phones.some((phone) => phone.includes(digits)))
  );
}

/** No date comes before every date. */
function compare(a: Order, b: Order, sort: BasicSort): number {
  const [one, other] = sort.startsWith("-") ? [b, a] : [a, b];
  const [first, second] = [one.order_date ?? "", other.order_date ?? ""];
  if (sort.endsWith("id") || first === second) return one.id - other.id;
  return first < second ? -1 : 1;
}
