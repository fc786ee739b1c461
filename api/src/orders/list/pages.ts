import { sql } from "northwind-schema/sql";
import { type Database, type DateTime, parametersOf } from "sqlproof";
import type { SearchPatterns } from "../../contract/text.ts";
import { datesFilter, idFilters, inDates, textFilter } from "./conditions.ts";
import type { Key } from "./request.ts";

/*
 * The queries that find the keys of a page: a row for each order of the list, a column for each index that can lead
 * through it. The rows of the page are then read by id.
 *
 * With one filter at most, the query reads an index alone, five times as fast as with the orders, and finds anchors as
 * fast. By id MariaDB is told which index: where many orders have one status, it would read all of them to find those
 * before an id (2.4 s instead of a millisecond among a million).
 *
 * `filtered` takes any filters together. It scans one order after the other until the page is full, or until `until`;
 * `search.ts` says when. MariaDB plans each execution and sees which filters are given. SQLite plans a statement once,
 * so its query has one branch for each filter that can lead, and all but one are empty. A plus keeps SQLite from
 * looking at a bound value: it would prepare the statement again for each execution.
 *
 * Scans products: once in a statement, to see whether any has a word (`conditions.ts`).
 */

const ofStatus = `o.status_id = :status_id::integer`;
const ofEmployee = `o.employee_id = :employee_id::integer`;
const ofShipper = `o.shipper_id = :shipper_id::integer`;

const afterId = `o.id > :id::integer`;
const beforeId = `o.id < :id::integer`;
const afterDate = `${inDates} AND (o.order_date > :first OR o.id > :id::integer)`;
const beforeDate = `${inDates} AND (o.order_date < :last OR o.id < :id::integer)`;

const byId = `ORDER BY o.id LIMIT :rows OFFSET :skip`;
const byIdDown = `ORDER BY o.id DESC LIMIT :rows OFFSET :skip`;
const byDate = `ORDER BY o.order_date, o.id LIMIT :rows OFFSET :skip`;
const byDateDown = `ORDER BY o.order_date DESC, o.id DESC LIMIT :rows OFFSET :skip`;

const filters = `${idFilters} AND ${textFilter}`;
const toId = `${afterId} AND o.id <= :until::integer AND ${datesFilter} AND ${filters}`;
const downToId = `${beforeId} AND o.id >= :until::integer AND ${datesFilter} AND ${filters}`;

const columns = `id, order_date, status_id, customer_id, employee_id, shipper_id, search_text`;
const noCustomer = `:customer_id IS NULL`;
const noStatus = `${noCustomer} AND :status_id IS NULL`;
const noEmployee = `${noStatus} AND :employee_id IS NULL`;
/** All orders of the filter that leads: customer, status, employee, shipper, or none. For SQLite. */
const led = `(
  SELECT ${columns} FROM orders WHERE customer_id = +:customer_id
  UNION ALL SELECT ${columns} FROM orders WHERE ${noCustomer} AND status_id = +:status_id
  UNION ALL SELECT ${columns} FROM orders WHERE ${noStatus} AND employee_id = +:employee_id
  UNION ALL SELECT ${columns} FROM orders WHERE ${noEmployee} AND shipper_id = +:shipper_id
  UNION ALL SELECT ${columns} FROM orders WHERE ${noEmployee} AND :shipper_id IS NULL
) o`;
const page = `LIMIT +:rows OFFSET :skip`;

export const pages = {
  id: {
    any: sql(`SELECT o.id FROM orders o WHERE ${afterId} ${byId}`),
    status: sql({
      mariadb: `SELECT o.id FROM orders o FORCE INDEX (orders_by_status) WHERE ${ofStatus} AND ${afterId} ${byId}`,
      sqlite: `SELECT o.id FROM orders o WHERE ${ofStatus} AND ${afterId} ${byId}`,
    }),
    employee: sql({
      mariadb: `SELECT o.id FROM orders o FORCE INDEX (orders_by_employee) WHERE ${ofEmployee} AND ${afterId} ${byId}`,
      sqlite: `SELECT o.id FROM orders o WHERE ${ofEmployee} AND ${afterId} ${byId}`,
    }),
    shipper: sql({
      mariadb: `SELECT o.id FROM orders o FORCE INDEX (orders_by_shipper) WHERE ${ofShipper} AND ${afterId} ${byId}`,
      sqlite: `SELECT o.id FROM orders o WHERE ${ofShipper} AND ${afterId} ${byId}`,
    }),
    filtered: sql({
      mariadb: `SELECT o.id FROM orders o WHERE ${toId} ${byId}`,
      sqlite: `SELECT o.id FROM ${led} WHERE ${toId} ORDER BY o.id ${page}`,
    }),
  },
  "-id": {
    any: sql(`SELECT o.id FROM orders o WHERE ${beforeId} ${byIdDown}`),
    status: sql({
      mariadb: `SELECT o.id FROM orders o FORCE INDEX (orders_by_status) WHERE ${ofStatus} AND ${beforeId} ${byIdDown}`,
      sqlite: `SELECT o.id FROM orders o WHERE ${ofStatus} AND ${beforeId} ${byIdDown}`,
    }),
    employee: sql({
      mariadb: `SELECT o.id FROM orders o FORCE INDEX (orders_by_employee)
        WHERE ${ofEmployee} AND ${beforeId} ${byIdDown}`,
      sqlite: `SELECT o.id FROM orders o WHERE ${ofEmployee} AND ${beforeId} ${byIdDown}`,
    }),
    shipper: sql({
      mariadb: `SELECT o.id FROM orders o FORCE INDEX (orders_by_shipper)
        WHERE ${ofShipper} AND ${beforeId} ${byIdDown}`,
      sqlite: `SELECT o.id FROM orders o WHERE ${ofShipper} AND ${beforeId} ${byIdDown}`,
    }),
    filtered: sql({
      mariadb: `SELECT o.id FROM orders o WHERE ${downToId} ${byIdDown}`,
      sqlite: `SELECT o.id FROM ${led} WHERE ${downToId} ORDER BY o.id DESC ${page}`,
    }),
  },
  order_date: {
    any: sql(`SELECT o.id, o.order_date FROM orders o WHERE ${afterDate} ${byDate}`),
    status: sql(`SELECT o.id, o.order_date FROM orders o WHERE ${ofStatus} AND ${afterDate} ${byDate}`),
    employee: sql(`SELECT o.id, o.order_date FROM orders o WHERE ${ofEmployee} AND ${afterDate} ${byDate}`),
    shipper: sql(`SELECT o.id, o.order_date FROM orders o WHERE ${ofShipper} AND ${afterDate} ${byDate}`),
    filtered: sql({
      mariadb: `SELECT o.id, o.order_date FROM orders o WHERE ${afterDate} AND ${filters} ${byDate}`,
      sqlite: `SELECT o.id, o.order_date FROM ${led} WHERE ${afterDate} AND ${filters}
        ORDER BY o.order_date, o.id ${page}`,
    }),
  },
  "-order_date": {
    any: sql(`SELECT o.id, o.order_date FROM orders o WHERE ${beforeDate} ${byDateDown}`),
    status: sql(`SELECT o.id, o.order_date FROM orders o WHERE ${ofStatus} AND ${beforeDate} ${byDateDown}`),
    employee: sql(`SELECT o.id, o.order_date FROM orders o WHERE ${ofEmployee} AND ${beforeDate} ${byDateDown}`),
    shipper: sql(`SELECT o.id, o.order_date FROM orders o WHERE ${ofShipper} AND ${beforeDate} ${byDateDown}`),
    filtered: sql({
      mariadb: `SELECT o.id, o.order_date FROM orders o WHERE ${beforeDate} AND ${filters} ${byDateDown}`,
      sqlite: `SELECT o.id, o.order_date FROM ${led} WHERE ${beforeDate} AND ${filters}
        ORDER BY o.order_date DESC, o.id DESC ${page}`,
    }),
  },
};

const undated = {
  order_date: sql(`
    SELECT o.id FROM orders o
    WHERE o.order_date IS NULL AND ${afterId} AND o.id <= :until::integer AND ${filters} ${byId}
  `),
  "-order_date": sql(`
    SELECT o.id FROM orders o
    WHERE o.order_date IS NULL AND ${beforeId} AND o.id >= :until::integer AND ${filters} ${byIdDown}
  `),
};

/** What the list asks of an order: null where nothing is asked. */
export interface OrderFilter extends SearchPatterns {
  readonly status_id: number | null;
  readonly customer_id: number | null;
  readonly employee_id: number | null;
  readonly shipper_id: number | null;
  readonly searched_id: number | null;
  readonly first: DateTime | null;
  readonly last: DateTime | null;
}

interface PageFilter extends OrderFilter {
  readonly id: number;
  readonly until: number;
  readonly rows: number;
  readonly skip: number;
}

type Ids = Promise<readonly { readonly id: number }[]>;

/** Keys by id, which need no date. */
export async function keysById(
  db: Database,
  isDated: boolean,
  isDown: boolean,
  filter: PageFilter,
): Promise<readonly Key[]> {
  const sort = isDown ? "-id" : "id";
  const ids =
    isDated || !isOfOneIndex(filter)
      ? db.all(pages[sort].filtered, parametersOf(pages[sort].filtered, filter))
      : idsOfOneIndex(db, sort, filter);
  return (await ids).map(({ id }) => ({ id, order_date: null }));
}

function idsOfOneIndex(db: Database, sort: "id" | "-id", filter: PageFilter): Ids {
  const { status_id, employee_id, shipper_id } = filter;
  if (status_id !== null) return db.all(pages[sort].status, parametersOf(pages[sort].status, { ...filter, status_id }));
  if (employee_id !== null)
    return db.all(pages[sort].employee, parametersOf(pages[sort].employee, { ...filter, employee_id }));
  if (shipper_id !== null)
    return db.all(pages[sort].shipper, parametersOf(pages[sort].shipper, { ...filter, shipper_id }));
  return db.all(pages[sort].any, parametersOf(pages[sort].any, filter));
}

/** Keys by date and id. */
export function keysByDate(
  db: Database,
  isDown: boolean,
  filter: PageFilter & { readonly first: DateTime; readonly last: DateTime },
): Promise<readonly Key[]> {
  const { status_id, employee_id, shipper_id } = filter;
  const queries = pages[isDown ? "-order_date" : "order_date"];
  if (!isOfOneIndex(filter)) return db.all(queries.filtered, parametersOf(queries.filtered, filter));
  if (status_id !== null) return db.all(queries.status, parametersOf(queries.status, { ...filter, status_id }));
  if (employee_id !== null) return db.all(queries.employee, parametersOf(queries.employee, { ...filter, employee_id }));
  if (shipper_id !== null) return db.all(queries.shipper, parametersOf(queries.shipper, { ...filter, shipper_id }));
  return db.all(queries.any, parametersOf(queries.any, filter));
}

/** Keys of the orders without a date, by id. */
export async function undatedKeys(db: Database, isDown: boolean, filter: PageFilter): Promise<readonly Key[]> {
  const query = undated[isDown ? "-order_date" : "order_date"];
  const ids = await db.all(query, parametersOf(query, filter));
  return ids.map(({ id }) => ({ id, order_date: null }));
}

/** Whether one index answers all that is asked. A customer's orders are few enough to be filtered. */
function isOfOneIndex({ customer_id, status_id, employee_id, shipper_id, word1 }: PageFilter): boolean {
  const given = [status_id, employee_id, shipper_id].filter((id) => id !== null);
  return customer_id === null && word1 === null && given.length <= 1;
}
