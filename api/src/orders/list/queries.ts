import { sql } from "northwind-schema/sql";
import { orderColumns } from "../queries.ts";
import { datesFilter, idFilters, inDates, textFilter } from "./conditions.ts";

/*
 * The other queries of a list: whole pages in one query, lists of a few dates, and the search.
 *
 * Scans products: once in a statement, to see whether any has a word (`conditions.ts`).
 */

/** All orders, upwards after `id`: an index has them in this order, and nothing else is asked. */
export const rowsAscending = sql(`
  SELECT ${orderColumns} FROM orders WHERE id > :id::integer ORDER BY id LIMIT :rows
`);

/** All orders, downwards before `id`. */
export const rowsDescending = sql(`
  SELECT ${orderColumns} FROM orders WHERE id < :id::integer ORDER BY id DESC LIMIT :rows
`);

/** The newest orders of a customer; both engines put those without a date last. */
export const newestOfCustomer = sql(`
  SELECT ${orderColumns} FROM orders WHERE customer_id = :customer_id::integer
  ORDER BY order_date DESC, id DESC LIMIT :rows
`);

/** The newest orders of an employee, in the same order. */
export const newestOfEmployee = sql(`
  SELECT ${orderColumns} FROM orders WHERE employee_id = :employee_id::integer
  ORDER BY order_date DESC, id DESC LIMIT :rows
`);

/** How many orders fall between two moments, counted up to `most`. */
export const ordersInDates = sql(`
  SELECT COUNT(*) AS orders FROM (
    SELECT o.id FROM orders o WHERE ${inDates} ORDER BY o.order_date, o.id LIMIT :most
  ) AS found
`);

/** The first order by id between two moments, from the index on dates alone; `+ 0` keeps SQLite from reading by id. */
export const firstIdInDates = sql({
  mariadb: `SELECT MIN(o.id + 0) AS id FROM orders o FORCE INDEX (orders_by_date)
    WHERE ${inDates} AND o.id > :id::integer`,
  sqlite: `SELECT MIN(o.id + 0) AS id FROM orders o WHERE ${inDates} AND o.id + 0 > :id::integer`,
});

/** The last one. */
export const lastIdInDates = sql({
  mariadb: `SELECT MAX(o.id + 0) AS id FROM orders o FORCE INDEX (orders_by_date)
    WHERE ${inDates} AND o.id < :id::integer`,
  sqlite: `SELECT MAX(o.id + 0) AS id FROM orders o WHERE ${inDates} AND o.id + 0 < :id::integer`,
});

/** A few orders between two moments, by id: the index on dates finds them, and they are sorted, hence `+ 0`. */
export const idAscendingInDates = sql(`
  SELECT o.id, o.order_date FROM orders o
  WHERE ${inDates} AND o.id > :id::integer AND ${idFilters} AND ${textFilter}
  ORDER BY o.id + 0 LIMIT :rows
`);

export const idDescendingInDates = sql(`
  SELECT o.id, o.order_date FROM orders o
  WHERE ${inDates} AND o.id < :id::integer AND ${idFilters} AND ${textFilter}
  ORDER BY o.id + 0 DESC LIMIT :rows
`);

/*
 * The search by the index of texts (migration 0007) goes from a run of characters to the few different texts that have
 * it, and from these to their orders. Each step stops at `most`. The other filters leave no order out: `wanted` says
 * which orders pass them, and a search ends after `most` orders, wanted or not. Orders are sorted as their index is. From
 * the products with a word, an index leads to their details and so to their orders.
 */

/** How common each run of three characters of a text is: `reach` is null where fewer than 100 texts have it. */
export const gramsOfText = sql(`
  SELECT p.position, (
    SELECT g.text FROM search_grams g WHERE g.gram = SUBSTR(:text::text, GREATEST(p.position, 1), 3)
    ORDER BY g.text LIMIT 1 OFFSET 99
  ) AS reach
  FROM search_positions p WHERE p.position <= :places ORDER BY p.position
`);

/** The texts with a run of characters between two, and with the pattern. */
export const textsOfRun = sql(`
  SELECT g.text FROM search_grams g
  WHERE g.gram >= :from AND g.gram <= :to AND g.text LIKE :pattern::text ESCAPE '!'
  ORDER BY g.gram, g.text LIMIT :most
`);

export const customersOfTexts = sql(`SELECT id FROM customers WHERE search_text IN (:texts...) ORDER BY id`);

const found = `o.id, o.order_date, CASE WHEN ${idFilters} AND ${datesFilter} AND ${textFilter} THEN 1 ELSE 0 END AS wanted`;
const withTexts = `WHERE o.search_text IN (:texts...) ORDER BY o.search_text, o.order_date, o.id LIMIT :most`;
const ofCustomers = `WHERE o.customer_id IN (:customers...) ORDER BY o.customer_id, o.order_date, o.id LIMIT :most`;

/** Orders with one of these texts. */
export const ordersOfTexts = sql({
  mariadb: `SELECT ${found} FROM orders o FORCE INDEX (orders_by_text) ${withTexts}`,
  sqlite: `SELECT ${found} FROM orders o ${withTexts}`,
});

/** Orders of these customers. */
export const ordersOfCustomers = sql({
  mariadb: `SELECT ${found} FROM orders o FORCE INDEX (orders_by_customer_and_date) ${ofCustomers}`,
  sqlite: `SELECT ${found} FROM orders o ${ofCustomers}`,
});

/**
 * Scans products: a word can be anywhere in a text. They are a thousand times fewer than orders, and read from the
 * index of their texts.
 */
export const productsOfWord = sql(`
  SELECT p.id FROM products p WHERE p.search_text LIKE :pattern::text ESCAPE '!' ORDER BY p.search_text, p.id LIMIT :most
`);

/** The orders with one of these products, each as often as it has one. */
export const ordersOfProducts = sql({
  mariadb: `SELECT d.order_id FROM order_details d FORCE INDEX (order_details_by_product)
    WHERE d.product_id IN (:products...) ORDER BY d.product_id, d.status_id, d.id LIMIT :most`,
  sqlite: `SELECT d.order_id FROM order_details d
    WHERE d.product_id IN (:products...) ORDER BY d.product_id, d.status_id, d.id LIMIT :most`,
});

export const ordersOfIds = sql(`SELECT ${found} FROM orders o WHERE o.id IN (:ids...)`);

/** The order whose number was typed, whatever its texts are. */
export const orderByNumber = sql(`
  SELECT o.id, o.order_date, CASE WHEN ${idFilters} AND ${datesFilter} THEN 1 ELSE 0 END AS wanted
  FROM orders o WHERE o.id = :searched_id::integer
`);

export const countByStatusOfIds = sql(`
  SELECT status_id, COUNT(*) AS orders FROM orders WHERE id IN (:ids...) GROUP BY status_id ORDER BY status_id
`);
