import { includes } from "./answers.ts";
import type { Company, Json, JsonObject, Resource, Row } from "./company.ts";
import { isGoodSearch } from "./fields.ts";
import { type Issue, Refusal } from "./refusal.ts";
import { resourceForms } from "./resources.ts";
import { compareText, isFoundIn, searchText } from "./search.ts";

/** A full list, before it is cut into pages. */
export interface List {
  readonly rows: readonly Row[];
  readonly limit: number;
  readonly include: readonly string[];
}

const orderSorts = ["id", "-id", "order_date", "-order_date"];
const nameSorts = ["id", "name"];
const references = ["customer_id", "employee_id", "shipper_id", "status_id"] as const;
const largest = 2_147_483_647;
const statusIds: readonly Json[] = [0, 1, 2, 3];

/** The query parameters of a list. */
function parametersOf(resource: Resource, ofOne: JsonObject | null): readonly string[] {
  if (resource !== "orders") return ["q", "sort", "limit"];
  const filters = ofOne === null ? references : ["status_id"];
  return [...filters, "order_date_from", "order_date_to", "q", "sort", "limit", "include"];
}

/**
 * The rows of a list in order, after the row `after`, or a 400 that names every bad parameter. `ofOne` is the customer or
 * the employee in the path, whose orders alone are listed.
 */
export function listOf(
  company: Company,
  resource: Resource,
  query: JsonObject,
  ofOne: JsonObject | null,
  after: Row | null = null,
): List {
  const sorts = resource === "orders" ? orderSorts : nameSorts;
  const { limit = 1000, sort = resource === "orders" ? "-id" : "id", include = [] } = query;
  const issues: Issue[] = [];
  const check = (place: string, isGood: boolean) => isGood || issues.push({ place, code: "bad-query" });
  for (const name of Object.keys(query)) check(name, parametersOf(resource, ofOne).includes(name));
  check("limit", typeof limit === "number" && Number.isInteger(limit) && limit >= 1 && limit <= 1000);
  check("sort", typeof sort === "string" && sorts.includes(sort));
  const wanted = readIncludes(include, issues);
  if (typeof query.q === "string") check("q", isGoodSearch(query.q, { max: 100 }));
  for (const name of references) {
    const id = query[name];
    if (typeof id === "number") check(name, Number.isInteger(id) && id >= 0 && id <= largest);
  }
  if (issues.length > 0 || typeof limit !== "number" || typeof sort !== "string")
    throw new Refusal("bad-query", issues);
  const found = company.all(resource).filter((row) => isAsked(company, resource, row, { ...query, ...ofOne }));
  if (found.length === 0 && after === null) refuseUnknown(company, query);
  // The last row of the previous page is sorted in as it was then; equal rows come before it.
  const rows = sorted(resource, after === null ? found : [...found, after], sort);
  return { rows: after === null ? rows : rows.slice(rows.lastIndexOf(after) + 1), limit, include: wanted };
}

/** A filter of the query that names nobody is refused; who is named in the path and unknown has no orders. */
function refuseUnknown(company: Company, query: JsonObject): void {
  const tables = { customer_id: "customers", employee_id: "employees", shipper_id: "shippers" } as const;
  const isKnown = (name: (typeof references)[number], id: Json) =>
    name === "status_id" ? statusIds.includes(id) : typeof id === "number" && company.rows[tables[name]].has(id);
  const issues = references.flatMap((name): Issue[] => {
    const id = query[name];
    return id === undefined || isKnown(name, id) ? [] : [{ place: name, code: "not-found" }];
  });
  if (issues.length > 0) throw new Refusal("not-found", issues);
}

/** The values of `include`: each known, each once. */
export function readIncludes(given: Json, issues: Issue[]): readonly string[] {
  const list: readonly Json[] = Array.isArray(given) ? given : [];
  const known = list.flatMap((part) => includes.filter((name) => name === part));
  if (known.length < list.length || new Set(known).size < known.length)
    issues.push({ place: "include", code: "bad-query" });
  return known;
}

function isAsked(company: Company, resource: Resource, { id, fields }: Row, query: JsonObject): boolean {
  if (references.some((name) => query[name] !== undefined && fields[name] !== query[name])) return false;
  const { order_date_from: from, order_date_to: to, q } = query;
  const date = fields.order_date;
  if (typeof from === "string" && !(typeof date === "string" && date.slice(0, 10) >= from)) return false;
  if (typeof to === "string" && !(typeof date === "string" && date.slice(0, 10) <= to)) return false;
  // An order is also found by its number, which differs between engines: the model searches by its own.
  if (typeof q === "number") return id === q;
  return typeof q !== "string" || q.trim() === "" || isFound(company, resource, { id, fields }, q);
}

function isFound(company: Company, resource: Resource, { id, fields }: Pick<Row, "id" | "fields">, q: string): boolean {
  const own = textOf(resource, fields);
  return isFoundIn(resource === "orders" ? [own, ...textsAround(company, id, fields)] : [own], q);
}

/** The texts of an order's customer and of the products in its details, as they are now. */
function textsAround(company: Company, orderId: number, { customer_id }: JsonObject): readonly string[] {
  const textIn = (table: "customers" | "products", rowId: Json | undefined) => {
    const row = typeof rowId === "number" ? company.rows[table].get(rowId) : undefined;
    return row === undefined ? [] : [textOf(table, row.fields)];
  };
  const products = company.detailsOf(orderId).flatMap(({ fields }) => textIn("products", fields.product_id));
  return [...textIn("customers", customer_id), ...products];
}

function textOf(resource: Resource, fields: JsonObject): string {
  const phones = ["business_phone", "home_phone", "mobile_phone", "fax_number"];
  const valuesOf = (names: readonly string[]) => names.map((name) => fields[name]);
  return searchText(valuesOf(resourceForms[resource].searched), valuesOf(phones));
}

function sorted(resource: Resource, rows: readonly Row[], sort: string): readonly Row[] {
  const byDate = (a: Row, b: Row) => compareText(dateKey(a), dateKey(b)) || a.id - b.id;
  switch (sort) {
    case "-id":
      return rows.toSorted((a, b) => b.id - a.id);
    case "order_date":
      return rows.toSorted(byDate);
    case "-order_date":
      return rows.toSorted((a, b) => byDate(b, a));
    case "name":
      return rows.toSorted(
        (a, b) => compareText(textOf(resource, a.fields), textOf(resource, b.fields)) || a.id - b.id,
      );
    default:
      return rows.toSorted((a, b) => a.id - b.id);
  }
}

/** Orders without a date sort before all dates. */
function dateKey({ fields }: Row): string {
  return typeof fields.order_date === "string" ? fields.order_date : "";
}
