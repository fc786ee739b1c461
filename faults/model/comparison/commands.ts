import type { Random } from "../../load/random.ts";
import { contactTables, type Json, type JsonObject, type Resource, resourceTables, type Table } from "../company.ts";
import type { Field, Fields } from "../fields.ts";
import { newDetails, resourceForms } from "../resources.ts";

/**
 * An id that is chosen when the command runs, among the rows that exist then. So every command makes sense whatever ran
 * before it, and a failing run can be shrunk by leaving out commands.
 */
export interface Choice {
  readonly [member: string]: Json;
  readonly table: Table;
  readonly choice: number;
}

/** One step of a run. It has no state and can be printed as JSON. */
export interface Command {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  readonly resource: Resource;
  readonly id: Json;
  readonly of: "customer" | "employee" | null;
  readonly history: boolean;
  readonly query: JsonObject;
  readonly body: Json;
  readonly ifMatch: "none" | "current" | "old" | "weak" | "any" | "one of several";
  readonly key: string | null;
  /** Instead, resends an earlier request with a key, with the same or another body. */
  readonly repeat: { readonly choice: number; readonly body: "same" | "other" } | null;
  readonly pages: number;
  /** Continues one of the lists that were not read to the end. */
  readonly resume: number | null;
}

/** No table ever has this id. */
const nobody = 2_147_480_000;

const words = [
  ...["Ana", "Łódź", "Pérez", "PEREZ", "O'Brien", "O’Brien", "Crème brûlée", "İstanbul", "straße", "Æsir"],
  ...[
    "'; DROP TABLE orders; --",
    "50%",
    "a_b",
    "!",
    "\\",
    "🧀 cheese",
    "e\u0301te\u0301",
    "Ω",
    "Жук",
    "",
    " ",
    "a  b",
    "%",
    "_",
  ],
] as const;
const emails = ["ana@example.com", "o'brien+orders@example.co.uk", "пётр@пример.рф", "a@b", ""];
const badEmails = ["Ana", "a@b@c", "a@-b", "a@b.", "@b", "a b@c", "a@b?cc=c@d", "a@b,c@d", " "];
const badTexts = ["tab\there", "nul\u0000", "\u202eright", "\u0085", "x".repeat(66_000), 5, true, [], {}];
const amounts = ["0", "0.0001", "12.5", "19.99", "0.3333", 3, 0.1, 2.5, "7", "1000000", "0.0825", "99.9999"];
const badAmounts = [
  ...["922337203685477.5807", "922337203685477.5808", "-1", "1.00005", "1e3", "+1", " 1", "01", "-0", "NaN", "", 1e21],
  ...[0.000_01, -0.5, 1_234_567_890_123.25, true, [], "999999999999999"],
];
const rates = ["0", "0.5", 1, 0.0825, "0.25", "1.0000", "0.3333", "0.25000000"];
const taxRates = [...rates, "0.08425", 0.066_25, "0.000001", "0.0887500"];
const badRates = ["1.0001", "2", -1, "0.0000001", "x"];
const dates = ["2024-01-15T10:30:00", "2024-01-16T00:00:00", "2024-02-29T23:59:59", "2099-12-31T00:00:00"];
const badDates = [
  "2023-02-29T00:00:00",
  "1899-12-31T23:59:59",
  "2024-01-15",
  "2024-01-15T10:30:00Z",
  "9999-12-31T24:00:00",
  7,
];
const taxClasses = ["Standard", "Reduced", "Zero"];
const ratesFrom = ["2020-01-01", "2024-01-16", "2024-02-29", "2050-01-01"];
const badDays = ["2023-02-29", "1899-12-31", "2024-1-1", "2024-01-15T00:00:00", "", 7];
const vatIds = ["DE136695976", "de 136 695 976", "DE-129273398", "12345", "US-77", " - "];
const badVatIds = ["DE136695977", "DE12", "12345678901234567890123", 5];
const badIntegers = [-1, 1.5, 2_147_483_648, "1", 9_007_199_254_740_991, true];
const days = ["2024-01-15", "2024-01-16", "2024-02-29", "2024-03-01", "2099-12-31", "1990-01-01"];

/** Generates the n-th command of a run. */
export function command(random: Random, number: number): Command {
  const kind = random.integer(1, 100);
  const resource = random.integer(1, 100) <= 55 ? "orders" : random.pick([...resourceTables]);
  if (kind <= 34) return write(random, number, "POST", resource);
  if (kind <= 66) return write(random, number, "PUT", resource);
  if (kind <= 74) return { ...write(random, number, "DELETE", resource), body: null };
  if (kind <= 78)
    return { ...idle, repeat: { choice: random.integer(0, 999), body: random.integer(1, 4) === 1 ? "other" : "same" } };
  if (kind <= 82) return history(random, resource);
  if (kind <= 90)
    return { ...idle, resource, id: pathId(random, resource), query: resource === "orders" ? include(random) : {} };
  if (kind <= 93) return { ...list(random, resource), resume: random.integer(0, 999) };
  return list(random, resource);
}

const idle: Command = {
  ...{ method: "GET", resource: "orders", id: null, of: null, history: false, query: {}, body: null },
  ...{ ifMatch: "none", key: null, repeat: null, pages: 1, resume: null },
};

function chance(random: Random, percent: number): boolean {
  return random.integer(1, 100) <= percent;
}

function choose(random: Random, table: Table): Choice {
  return { table, choice: random.integer(0, 999) };
}

function pathId(random: Random, resource: Resource): Json {
  return chance(random, 3) ? random.pick<Json>([nobody, "01", "x", "1.0", "-1"]) : choose(random, resource);
}

function include(random: Random): JsonObject {
  if (chance(random, 50)) return {};
  if (chance(random, 4)) return { include: random.pick([["details", "details"], ["lines"]]) };
  return { include: random.pick([["details"], ["customer", "details"], ["employee", "shipper"]]) };
}

function write(random: Random, number: number, method: "POST" | "PUT" | "DELETE", resource: Resource): Command {
  const form = resourceForms[resource];
  const isWild = chance(random, 12);
  const fields = method === "POST" ? form.create : form.update;
  const body = method === "DELETE" ? {} : object(random, fields, isWild, method === "POST" ? 45 : 20);
  // In an update, `id` and `subtotal` are accepted if they are unchanged; the contract tests cover that.
  const name = random.pick(["surprise", "__proto_", ...(method === "POST" ? ["id", "subtotal"] : [])]);
  const strange = isWild && chance(random, 20) ? { [name]: 1 } : {};
  const named =
    resource !== "orders" &&
    resource !== "products" &&
    resource !== "tax_rates" &&
    method === "POST" &&
    chance(random, 92);
  return {
    ...idle,
    ...{ method, resource, id: method === "POST" ? null : pathId(random, resource) },
    query: { ...(resource === "orders" && method !== "DELETE" ? include(random) : {}), ...dryRun(random) },
    body: {
      ...body,
      ...(named ? { company: text(random, false) || "Company" } : {}),
      ...dated(random, resource, method),
      ...(resource === "orders" ? goingOn(random, method) : {}),
      ...strange,
    },
    ifMatch:
      method === "POST" || chance(random, 55)
        ? "none"
        : random.pick(["current", "current", "old", "weak", "any", "one of several"]),
    key: chance(random, 25) ? `key ${number}` : null,
  };
}

/** Most new orders have a date. The others get the clock's, which no two databases read at the same time. */
function dated(random: Random, resource: Resource, method: string): JsonObject {
  return resource === "orders" && method === "POST" && chance(random, 90)
    ? { order_date: random.pick([...some(dates), null]) }
    : {};
}

/** What an order needs to go on, and steps on: by chance alone, nearly every step would lack something. */
function goingOn(random: Random, method: string): JsonObject {
  if (method === "DELETE" || !chance(random, 30)) return {};
  const paid = { payment_type: "Cash", paid_date: "2024-02-01T00:00:00" };
  if (method === "PUT") return { status_id: random.pick([1, 1, 2, 3]), ...paid };
  return {
    ...{ customer_id: choose(random, "customers"), employee_id: choose(random, "employees") },
    ...{ shipper_id: choose(random, "shippers"), ship_name: "Ana", ship_address: "Road 1", ship_city: "Rome" },
    ...{ ship_zip_postal_code: "1", ship_country_region: "Italy", status_id: random.pick([0, 0, 0, null]) },
    order_details: times(random, 3, () => detail(random, newDetails.members, false)),
  };
}

function dryRun(random: Random): JsonObject {
  return chance(random, 8) ? { dry_run: random.pick([1, 1, 1, 0, 2]) } : {};
}

function some<T>(list: readonly T[]): [T, ...T[]] {
  const [first, ...others] = list;
  if (first === undefined) throw new RangeError("an empty list");
  return [first, ...others];
}

/** Random fields of an object, each with this probability in percent; required ones nearly always. */
function object(random: Random, fields: Fields, isWild: boolean, percent: number): JsonObject {
  const result: Record<string, Json> = {};
  for (const [name, field] of Object.entries(fields)) {
    // Most orders are not closed, and a reason is refused.
    if (name === "correction_reason" && !chance(random, 20)) continue;
    if (!chance(random, field.required ? (isWild ? 90 : 100) : name === "order_details" ? 40 : percent)) continue;
    const goesOn = name === "status_id" && !chance(random, 15);
    result[name] = goesOn ? random.pick([0, 0, 0, 1, 2]) : value(random, name, field, isWild && chance(random, 15));
  }
  return result;
}

function value(random: Random, name: string, field: Field, isBad: boolean): Json {
  if (field.nullable && chance(random, 8)) return null;
  switch (field.kind) {
    case "text":
      return text(random, isBad, name);
    case "id":
      return isBad ? random.pick([...some(badIntegers), 0, nobody]) : choose(random, field.table);
    case "integer":
      return isBad ? random.pick(some(badIntegers)) : random.pick(name === "tax_status_id" ? [0, 1] : [0, 1, 2, 3]);
    case "amount":
      if (chance(random, 2)) return "922337203685477.5807";
      return random.pick(some<Json>(isBad ? badAmounts : amounts));
    case "share":
      return random.pick(some<Json>(isBad ? badRates : rates));
    case "rate":
      return random.pick(some<Json>(isBad ? badRates : taxRates));
    case "date":
      return random.pick(some<Json>(isBad ? badDates : dates));
    case "day":
      return random.pick(some<Json>(isBad ? badDays : ratesFrom));
    case "choice":
      if (isBad) return random.pick<Json>(["none", 1, null]);
      return chance(random, 60) ? "domestic" : random.pick(some(field.choices));
    case "flag":
      // The model keeps no stock: what that does is tested by the API's own tests.
      return isBad ? random.pick<Json>([0, "true", null]) : name !== "stocked" && chance(random, 50);
    case "ids":
      return isBad
        ? random.pick<Json>([[0], ["1"], "1", [nobody]])
        : times(random, 3, () => choose(random, field.table));
    case "list":
      return times(random, 3, () => detail(random, field.members, isBad));
  }
}

function detail(random: Random, members: Fields, isBad: boolean): JsonObject {
  const isKnown = "id" in members && chance(random, 50);
  const { id = null, ...fields } = object(random, members, isBad, 60);
  if (isKnown) return { ...fields, id: id ?? choose(random, "order_details") };
  const given: JsonObject = { quantity: random.pick(some<Json>(amounts)), product_id: choose(random, "products") };
  return isBad ? fields : { ...given, ...fields };
}

function text(random: Random, isBad: boolean, name = ""): Json {
  if (name === "email_address" && !isBad) return random.pick(some<Json>(chance(random, 5) ? badEmails : emails));
  if (name === "tax_class" && !isBad) return random.pick(some(taxClasses));
  if (name === "vat_id") return random.pick(some<Json>(isBad ? badVatIds : vatIds));
  return random.pick(some<Json>(isBad ? badTexts : words));
}

function times<T>(random: Random, most: number, make: () => T): readonly T[] {
  return Array.from({ length: random.integer(0, most) }, make);
}

function history(random: Random, resource: Resource): Command {
  const query: JsonObject = chance(random, 40) ? { limit: random.pick([1, 2, 3]) } : {};
  return { ...idle, resource, id: pathId(random, resource), history: true, query, pages: random.pick([1, 2, 50]) };
}

function list(random: Random, resource: Resource): Command {
  const of =
    resource === "orders" && chance(random, 20) ? random.pick<"customer" | "employee">(["customer", "employee"]) : null;
  const query: Record<string, Json> = { ...(resource === "orders" ? include(random) : {}) };
  if (chance(random, 50)) query.limit = random.pick([1, 2, 3, 7, 1000, chance(random, 10) ? 0 : 5]);
  if (chance(random, 60))
    query.sort = random.pick(resource === "orders" ? ["id", "-id", "order_date", "-order_date"] : ["name"]);
  if (chance(random, 40)) query.q = search(random, resource);
  if (resource === "orders") filters(random, query, of === null);
  const id = of === null ? null : choose(random, of === "customer" ? "customers" : "employees");
  return { ...idle, resource, id, of, query, pages: random.pick([1, 2, 5, 50]) };
}

function search(random: Random, resource: Resource): Json {
  if (resource === "orders" && chance(random, 10)) return choose(random, "orders");
  const word = random.pick(some<string>(words));
  const characters = [...word];
  const parts = [characters.slice(0, 3), characters.slice(1)].map((part) => part.join(""));
  return random.pick([word, ...parts, word.toUpperCase(), word.toLowerCase()]);
}

function filters(random: Random, query: Record<string, Json>, isFullList: boolean): void {
  if (chance(random, 25)) query.status_id = random.pick([0, 1, 2, 3, 99]);
  if (chance(random, 25)) query.order_date_from = random.pick(some(days));
  if (chance(random, 25)) query.order_date_to = random.pick(some(days));
  if (!isFullList) return;
  for (const table of contactTables)
    if (table !== "suppliers" && chance(random, 15)) query[`${table.slice(0, -1)}_id`] = choose(random, table);
}
