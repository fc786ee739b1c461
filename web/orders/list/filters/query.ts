// Which orders are listed: filters, sort, status tabs and saved views. The address of the page holds all of it,
// and navigation.ts reads and writes that.
import type { ApiError } from "../../../api/reply.ts";
import type { Session } from "../../../api/session/session.ts";
import { columnsFor, type ListLook, type SortColumn, sortColumns, writeLook } from "../grid/columns.ts";

/** The filters of the orders list: their names in the page's URL and in the API are the same. */
export const filterNames = [
  "status_id",
  "customer_id",
  "employee_id",
  "shipper_id",
  "order_date_from",
  "order_date_to",
  "paid",
  "ship_country_region",
  "q",
] as const;
export type FilterName = (typeof filterNames)[number];

export type Sort = SortColumn | `-${SortColumn}`;
const sorts: readonly Sort[] = sortColumns.flatMap((column): Sort[] => [`-${column}`, column]);
const newestFirst: Sort = "-order_date";

/** Which orders are listed, and in which order. An absent filter lets everything through. */
export interface OrderQuery {
  readonly filters: Readonly<Partial<Record<FilterName, string>>>;
  readonly sort: Sort;
}

export const everything: OrderQuery = { filters: {}, sort: newestFirst };

const patterns: Readonly<Record<FilterName, RegExp>> = {
  status_id: /^(?!.*([0-3]).*\1)[0-3](?:,[0-3])*$/,
  customer_id: /^(?:none|[1-9]\d{0,9})$/,
  employee_id: /^[1-9]\d{0,9}$/,
  shipper_id: /^[1-9]\d{0,9}$/,
  order_date_from: /^\d{4}-\d\d-\d\d$/,
  order_date_to: /^\d{4}-\d\d-\d\d$/,
  paid: /^(?:true|false)$/,
  ship_country_region: /^.{1,50}$/,
  q: /\S/,
};
const longestText = 100;

/** Reads a URL. What makes no sense is ignored: an old link still shows a list. */
export function readQuery(params: URLSearchParams): OrderQuery {
  const filters: Partial<Record<FilterName, string>> = {};
  for (const name of filterNames) {
    const text = given(params, name)?.trim().slice(0, longestText);
    if (text !== undefined && patterns[name].test(text)) filters[name] = text;
  }
  return { filters, sort: sorts.find((sort) => sort === params.get("sort")) ?? newestFirst };
}

/** The query as a user may ask it: whoever sees no amounts does not sort by them either. */
export function queryFor(session: Session, query: OrderQuery): OrderQuery {
  const column = query.sort.replace("-", "");
  return columnsFor(session).some(({ sort }) => sort === column) ? query : inUsualSort(query);
}

/** The value of a filter. A form without JavaScript sends each chosen status by itself. */
function given(params: URLSearchParams, name: FilterName): string | null {
  const all = params.getAll(name);
  return name === "status_id" && all.length > 0 ? all.join() : (all[0] ?? null);
}

/** The query as parameters of the API, always in the same order, so that equal lists have equal texts. */
export function apiParams({ filters, sort }: OrderQuery): URLSearchParams {
  const params = new URLSearchParams();
  for (const name of filterNames) {
    const value = filters[name];
    if (value !== undefined) params.set(name, value);
  }
  params.set("sort", sort);
  return params;
}

/** The query and its look as the address of the page, without the defaults. */
export function pagePath(query: OrderQuery, look?: ListLook): string {
  const params = apiParams(query);
  if (query.sort === newestFirst) params.delete("sort");
  if (look !== undefined) writeLook(look, params);
  const text = params.toString();
  return text === "" ? "/orders" : `/orders?${text}`;
}

/** The query with some filters changed; null removes one. */
export function withFilters(
  query: OrderQuery,
  changes: Readonly<Partial<Record<FilterName, string | null>>>,
): OrderQuery {
  const filters: Partial<Record<FilterName, string>> = { ...query.filters };
  for (const name of filterNames) {
    const value = changes[name];
    if (value === undefined) continue;
    const text = value?.trim().slice(0, longestText) ?? "";
    if (patterns[name].test(text)) filters[name] = text;
    else delete filters[name];
  }
  return { ...query, filters };
}

/** The statuses that are listed; none lists all. */
export function chosenStatuses({ filters }: OrderQuery): readonly string[] {
  return filters.status_id?.split(",") ?? [];
}

/** The query with a status added to the chosen ones, or taken away from them. */
export function withStatus(query: OrderQuery, status: string): OrderQuery {
  const chosen = chosenStatuses(query);
  const next = chosen.includes(status) ? chosen.filter((one) => one !== status) : [...chosen, status].toSorted();
  return withFilters(query, { status_id: next.join() });
}

/** How many of the filters that are folded away narrow the list. */
export function countMore(query: OrderQuery): number {
  const { paid, ship_country_region, customer_id } = query.filters;
  const given = [paid !== undefined, ship_country_region !== undefined, customer_id === "none"];
  return given.filter((isGiven) => isGiven).length + (chosenStatuses(query).length > 1 ? 1 : 0);
}

/** The same orders, the newest first: every list has this sort. */
export function inUsualSort(query: OrderQuery): OrderQuery {
  return { ...query, sort: newestFirst };
}

/** Whether the API refuses to sort so many orders in this way. */
export function isSortRefused({ status, code }: ApiError): boolean {
  return status === 422 && code === "sort";
}

/** Whether anything but the status, which has its own tabs, filters the list. */
export function isNarrowed({ filters }: OrderQuery): boolean {
  return filterNames.some((name) => name !== "status_id" && filters[name] !== undefined);
}

/** The other direction of a column, or its default one when the list is sorted by another. */
export function toggledSort(sort: Sort, column: SortColumn): Sort {
  return sort === `-${column}` ? column : `-${column}`;
}
