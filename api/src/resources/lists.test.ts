// Every list that is read page by page, in each of its orders, against the same list made here from all its rows.
import { afterAll, beforeAll, expect, test } from "bun:test";
import { calendarDate, type Database, decimal } from "sqlproof";
import { insertUser, userPages } from "../access/users/queries.ts";
import { type BothEngines, startBothEngines, startTimeoutMs } from "../both-engines.ts";
import { customerQueries } from "./customers/queries.ts";
import { employeeQueries } from "./employees/queries.ts";
import type { PageKey, PageParams } from "./page-conditions.ts";
import { type Discontinued, type ListRequest, type Pages, type PagesOf, pageOf } from "./pages.ts";
import { insertProduct, productPages, productPagesByDiscontinued } from "./products/queries.ts";
import { shipperQueries } from "./shippers/queries.ts";
import { supplierQueries } from "./suppliers/queries.ts";
import { insertTaxRate, taxRatePages } from "./tax-rates/queries.ts";

let api: BothEngines;
beforeAll(async () => {
  api = await startBothEngines();
}, startTimeoutMs);
afterAll(() => api.stop());

const five = ["alpha", "bravo", "chain", "delta", "event"];
const special = ["50%", "4_4", "3!3", "2%2", "1_!"];
const fullWidth = (digits: string) =>
  digits.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));

/** Texts of which one word each is missing, some equal, with what LIKE takes for more than a character, and a phone. */
const texts = [
  ...["mika", "zed", "mika", "ann", "mika"],
  five.join(" "),
  ...five.map((missing) => five.filter((word) => word !== missing).join(" ")),
  special.join(" "),
  ...special.map((word) => special.map((other) => (other === word ? "5x0 4x4 3x3" : other)).join(" ")),
  ...[`call ${fullWidth("4533123456")}`, `call ${fullWidth("4533123457")}`, "mika", "zed"],
];

const questions = [
  ...[null, "mika", "a", five.join(" "), five.slice(1).join(" "), five.slice(2).join(" "), special.join(" ")],
  ...["alpha bravo", "+45 33 12 34 56", "nobody", "event delta chain zzz", ...special],
];

const contact = {
  ...{ company: null, last_name: null, first_name: null, email_address: null, job_title: null, business_phone: null },
  ...{ home_phone: null, mobile_phone: null, fax_number: null, address: null, city: null, state_province: null },
  ...{ zip_postal_code: null, country_region: null, web_page: null, notes: null },
};

const product = {
  ...{ product_code: null, product_name: "P", description: null, supplier_ids: null, standard_cost: decimal("0.0000") },
  ...{ list_price: decimal("0.0000"), reorder_level: null, target_level: null, quantity_per_unit: null },
  ...{
    minimum_reorder_quantity: null,
    category: null,
    tax_class: "standard",
    stocked: false,
    sold_in_fractions: false,
    location: null,
  },
};

interface List {
  readonly pages: Pages;
  readonly pagesByDiscontinued?: PagesOf<PageParams & Discontinued>;
  /** Stores a row with this text; the number tells it from the others. */
  readonly insert: (db: Database, search_text: string, number: number) => Promise<unknown>;
}

const lists: Readonly<Record<string, List>> = {
  customers: {
    pages: customerQueries.pages,
    insert: (db, search_text) => {
      const taxes = { vat_id: null, tax_treatment: "domestic", tax_exemption_reason: null, shipping_policy: null };
      return db.one(customerQueries.insert, { ...contact, ...taxes, search_text });
    },
  },
  employees: {
    pages: employeeQueries.pages,
    insert: (db, search_text) => db.one(employeeQueries.insert, { ...contact, search_text }),
  },
  shippers: {
    pages: shipperQueries.pages,
    insert: (db, search_text) => db.one(shipperQueries.insert, { ...contact, search_text }),
  },
  suppliers: {
    pages: supplierQueries.pages,
    insert: (db, search_text) => db.one(supplierQueries.insert, { ...contact, search_text }),
  },
  products: {
    pages: productPages,
    pagesByDiscontinued: productPagesByDiscontinued,
    insert: (db, search_text, number) =>
      db.one(insertProduct, { ...product, search_text, discontinued: number % 2 === 1 }),
  },
  tax_rates: {
    pages: taxRatePages,
    insert: (db, search_text, number) => {
      const rate = {
        tax_class: `class ${number}`,
        valid_from: calendarDate("2024-01-15"),
        tax_rate: decimal("0.250000"),
      };
      return db.one(insertTaxRate, { ...rate, search_text });
    },
  },
  users: {
    pages: userPages,
    insert: (db, search_text, number) => {
      const user = { email_address: `u${number}@b.example`, name: "U", employee_id: null, roles: "viewer" };
      return db.one(insertUser, { ...user, password_hash: null, search_text });
    },
  },
};

const limit = 4;

/** The ids of all pages of a list, one after the other. */
async function paged(db: Database, plural: string, list: List, asked: Omit<ListRequest, "limit" | "cursor">) {
  const ids: number[] = [];
  let cursor: string | null = null;
  do {
    const page = await pageOf(db, { plural, ...list }, { ...asked, limit, cursor });
    ids.push(...page.keys.map(({ id }) => id));
    cursor = page.next_cursor;
  } while (cursor !== null);
  return ids;
}

/** The same from all rows. */
function expected(rows: readonly PageKey[], q: string | null, sort: string): number[] {
  const digits = /^[-+ 0-9]+$/.test(q ?? "") ? fullWidth((q ?? "").replace(/\D/g, "")) : null;
  const found = rows.filter(
    ({ search_text: text }) =>
      q === null || q.split(" ").every((word) => text.includes(word)) || (digits !== null && text.includes(digits)),
  );
  const up = found.toSorted((a, b) =>
    sort.endsWith("name") && a.search_text !== b.search_text ? (a.search_text < b.search_text ? -1 : 1) : a.id - b.id,
  );
  return (sort.startsWith("-") ? up.toReversed() : up).map(({ id }) => id);
}

for (const [index, [plural, list]] of Object.entries(lists).entries())
  test(`GET /api/${plural} 200: every search, in every order, page by page`, async () => {
    await api.onDatabases(async (db) => {
      // The ids differ from those of the other lists, which have the same texts.
      for (let number = 0; number < index; number += 1) await list.insert(db, "mika", 100 + 2 * number);
      const known = new Set((await everyRow(db, list)).map(({ id }) => id));
      for (const [number, text] of texts.entries()) await list.insert(db, text, number);
      const rows = await everyRow(db, list);
      const made = rows.filter(({ id }) => !known.has(id));
      expect(made.map(({ search_text }) => search_text)).toEqual(texts);
      const odd = new Set(made.filter((_, number) => number % 2 === 1).map(({ id }) => id));
      const kinds = list.pagesByDiscontinued === undefined ? [null] : [null, true, false];
      for (const discontinued of kinds)
        for (const sort of ["id", "-id", "name", "-name"] as const)
          for (const q of questions) {
            const wanted = rows.filter(({ id }) => discontinued === null || odd.has(id) === discontinued);
            const found = await paged(db, plural, list, { q, sort, discontinued });
            expect([sort, q, discontinued, found]).toEqual([sort, q, discontinued, expected(wanted, q, sort)]);
          }
    });
  });

/** All rows, by the query of the first page without a search. */
function everyRow(db: Database, { pages }: List): Promise<PageKey[]> {
  const words = { word1: null, word2: null, word3: null, word4: null, word5: null, phone: null };
  return db.all(pages.id, { ...words, id: 0, rows: 1000 });
}
