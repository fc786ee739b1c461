import { sql } from "northwind-schema/sql";

/*
 * A page of orders is found by one of these narrow queries, then its rows are read by id. There is one per order of
 * the list and filter that an index leads with, because SQLite plans a statement once: with `(:x IS NULL OR ..)`
 * alone it would walk the whole table to find the few orders of one customer. What does not lead is checked on the way.
 *
 * They look at one order after the other until the page is full, or until `until`: a text is looked for in the order and
 * in its customer. `search.ts` says when that is done.
 */

/** By id, after `id`, to `until`. */
export const idAscending = {
  any: sql(`
  SELECT o.id, o.order_date FROM orders o
  WHERE o.id > :id::integer AND o.id <= :until::integer
    AND (:status_id::integer? IS NULL OR o.status_id = :status_id) AND (:customer_id::integer? IS NULL OR o.customer_id = :customer_id)
    AND (:employee_id::integer? IS NULL OR o.employee_id = :employee_id) AND (:shipper_id::integer? IS NULL OR o.shipper_id = :shipper_id)
    AND (:first::datetime? IS NULL OR o.order_date >= :first) AND (:last::datetime? IS NULL OR o.order_date <= :last)
    AND (:pattern::text? IS NULL OR o.search_text LIKE :pattern ESCAPE '!' OR o.id = :searched_id::integer?
      OR (SELECT c.search_text FROM customers c WHERE c.id = o.customer_id) LIKE :pattern ESCAPE '!')
  ORDER BY o.id LIMIT :rows OFFSET :skip
`),
  status: sql(`
  SELECT o.id, o.order_date FROM orders o
  WHERE o.status_id = :status_id::integer AND o.id > :id::integer AND o.id <= :until::integer
    AND (:customer_id::integer? IS NULL OR o.customer_id = :customer_id) AND (:employee_id::integer? IS NULL OR o.employee_id = :employee_id)
    AND (:shipper_id::integer? IS NULL OR o.shipper_id = :shipper_id)
    AND (:first::datetime? IS NULL OR o.order_date >= :first) AND (:last::datetime? IS NULL OR o.order_date <= :last)
    AND (:pattern::text? IS NULL OR o.search_text LIKE :pattern ESCAPE '!' OR o.id = :searched_id::integer?
      OR (SELECT c.search_text FROM customers c WHERE c.id = o.customer_id) LIKE :pattern ESCAPE '!')
  ORDER BY o.id LIMIT :rows OFFSET :skip
`),
  customer: sql(`
  SELECT o.id, o.order_date FROM orders o
  WHERE o.customer_id = :customer_id::integer AND o.id > :id::integer AND o.id <= :until::integer
    AND (:status_id::integer? IS NULL OR o.status_id = :status_id) AND (:employee_id::integer? IS NULL OR o.employee_id = :employee_id)
    AND (:shipper_id::integer? IS NULL OR o.shipper_id = :shipper_id)
    AND (:first::datetime? IS NULL OR o.order_date >= :first) AND (:last::datetime? IS NULL OR o.order_date <= :last)
    AND (:pattern::text? IS NULL OR o.search_text LIKE :pattern ESCAPE '!' OR o.id = :searched_id::integer?
      OR (SELECT c.search_text FROM customers c WHERE c.id = o.customer_id) LIKE :pattern ESCAPE '!')
  ORDER BY o.id LIMIT :rows OFFSET :skip
`),
  employee: sql(`
  SELECT o.id, o.order_date FROM orders o
  WHERE o.employee_id = :employee_id::integer AND o.id > :id::integer AND o.id <= :until::integer
    AND (:status_id::integer? IS NULL OR o.status_id = :status_id) AND (:customer_id::integer? IS NULL OR o.customer_id = :customer_id)
    AND (:shipper_id::integer? IS NULL OR o.shipper_id = :shipper_id)
    AND (:first::datetime? IS NULL OR o.order_date >= :first) AND (:last::datetime? IS NULL OR o.order_date <= :last)
    AND (:pattern::text? IS NULL OR o.search_text LIKE :pattern ESCAPE '!' OR o.id = :searched_id::integer?
      OR (SELECT c.search_text FROM customers c WHERE c.id = o.customer_id) LIKE :pattern ESCAPE '!')
  ORDER BY o.id LIMIT :rows OFFSET :skip
`),
  shipper: sql(`
  SELECT o.id, o.order_date FROM orders o
  WHERE o.shipper_id = :shipper_id::integer AND o.id > :id::integer AND o.id <= :until::integer
    AND (:status_id::integer? IS NULL OR o.status_id = :status_id) AND (:customer_id::integer? IS NULL OR o.customer_id = :customer_id)
    AND (:employee_id::integer? IS NULL OR o.employee_id = :employee_id)
    AND (:first::datetime? IS NULL OR o.order_date >= :first) AND (:last::datetime? IS NULL OR o.order_date <= :last)
    AND (:pattern::text? IS NULL OR o.search_text LIKE :pattern ESCAPE '!' OR o.id = :searched_id::integer?
      OR (SELECT c.search_text FROM customers c WHERE c.id = o.customer_id) LIKE :pattern ESCAPE '!')
  ORDER BY o.id LIMIT :rows OFFSET :skip
`),
};

/** By id downwards, before `id`, to `until`. */
export const idDescending = {
  any: sql(`
  SELECT o.id, o.order_date FROM orders o
  WHERE o.id < :id::integer AND o.id >= :until::integer
    AND (:status_id::integer? IS NULL OR o.status_id = :status_id) AND (:customer_id::integer? IS NULL OR o.customer_id = :customer_id)
    AND (:employee_id::integer? IS NULL OR o.employee_id = :employee_id) AND (:shipper_id::integer? IS NULL OR o.shipper_id = :shipper_id)
    AND (:first::datetime? IS NULL OR o.order_date >= :first) AND (:last::datetime? IS NULL OR o.order_date <= :last)
    AND (:pattern::text? IS NULL OR o.search_text LIKE :pattern ESCAPE '!' OR o.id = :searched_id::integer?
      OR (SELECT c.search_text FROM customers c WHERE c.id = o.customer_id) LIKE :pattern ESCAPE '!')
  ORDER BY o.id DESC LIMIT :rows OFFSET :skip
`),
  status: sql(`
  SELECT o.id, o.order_date FROM orders o
  WHERE o.status_id = :status_id::integer AND o.id < :id::integer AND o.id >= :until::integer
    AND (:customer_id::integer? IS NULL OR o.customer_id = :customer_id) AND (:employee_id::integer? IS NULL OR o.employee_id = :employee_id)
    AND (:shipper_id::integer? IS NULL OR o.shipper_id = :shipper_id)
    AND (:first::datetime? IS NULL OR o.order_date >= :first) AND (:last::datetime? IS NULL OR o.order_date <= :last)
    AND (:pattern::text? IS NULL OR o.search_text LIKE :pattern ESCAPE '!' OR o.id = :searched_id::integer?
      OR (SELECT c.search_text FROM customers c WHERE c.id = o.customer_id) LIKE :pattern ESCAPE '!')
  ORDER BY o.id DESC LIMIT :rows OFFSET :skip
`),
  customer: sql(`
  SELECT o.id, o.order_date FROM orders o
  WHERE o.customer_id = :customer_id::integer AND o.id < :id::integer AND o.id >= :until::integer
    AND (:status_id::integer? IS NULL OR o.status_id = :status_id) AND (:employee_id::integer? IS NULL OR o.employee_id = :employee_id)
    AND (:shipper_id::integer? IS NULL OR o.shipper_id = :shipper_id)
    AND (:first::datetime? IS NULL OR o.order_date >= :first) AND (:last::datetime? IS NULL OR o.order_date <= :last)
    AND (:pattern::text? IS NULL OR o.search_text LIKE :pattern ESCAPE '!' OR o.id = :searched_id::integer?
      OR (SELECT c.search_text FROM customers c WHERE c.id = o.customer_id) LIKE :pattern ESCAPE '!')
  ORDER BY o.id DESC LIMIT :rows OFFSET :skip
`),
  employee: sql(`
  SELECT o.id, o.order_date FROM orders o
  WHERE o.employee_id = :employee_id::integer AND o.id < :id::integer AND o.id >= :until::integer
    AND (:status_id::integer? IS NULL OR o.status_id = :status_id) AND (:customer_id::integer? IS NULL OR o.customer_id = :customer_id)
    AND (:shipper_id::integer? IS NULL OR o.shipper_id = :shipper_id)
    AND (:first::datetime? IS NULL OR o.order_date >= :first) AND (:last::datetime? IS NULL OR o.order_date <= :last)
    AND (:pattern::text? IS NULL OR o.search_text LIKE :pattern ESCAPE '!' OR o.id = :searched_id::integer?
      OR (SELECT c.search_text FROM customers c WHERE c.id = o.customer_id) LIKE :pattern ESCAPE '!')
  ORDER BY o.id DESC LIMIT :rows OFFSET :skip
`),
  shipper: sql(`
  SELECT o.id, o.order_date FROM orders o
  WHERE o.shipper_id = :shipper_id::integer AND o.id < :id::integer AND o.id >= :until::integer
    AND (:status_id::integer? IS NULL OR o.status_id = :status_id) AND (:customer_id::integer? IS NULL OR o.customer_id = :customer_id)
    AND (:employee_id::integer? IS NULL OR o.employee_id = :employee_id)
    AND (:first::datetime? IS NULL OR o.order_date >= :first) AND (:last::datetime? IS NULL OR o.order_date <= :last)
    AND (:pattern::text? IS NULL OR o.search_text LIKE :pattern ESCAPE '!' OR o.id = :searched_id::integer?
      OR (SELECT c.search_text FROM customers c WHERE c.id = o.customer_id) LIKE :pattern ESCAPE '!')
  ORDER BY o.id DESC LIMIT :rows OFFSET :skip
`),
};

/** By date and id, after `id` on the day `first`. */
export const dateAscending = {
  any: sql(`
  SELECT o.id, o.order_date FROM orders o
  WHERE o.order_date >= :first::datetime AND o.order_date <= :last::datetime AND (o.order_date > :first OR o.id > :id::integer)
    AND (:status_id::integer? IS NULL OR o.status_id = :status_id) AND (:customer_id::integer? IS NULL OR o.customer_id = :customer_id)
    AND (:employee_id::integer? IS NULL OR o.employee_id = :employee_id) AND (:shipper_id::integer? IS NULL OR o.shipper_id = :shipper_id)
    AND (:pattern::text? IS NULL OR o.search_text LIKE :pattern ESCAPE '!' OR o.id = :searched_id::integer?
      OR (SELECT c.search_text FROM customers c WHERE c.id = o.customer_id) LIKE :pattern ESCAPE '!')
  ORDER BY o.order_date, o.id LIMIT :rows OFFSET :skip
`),
  status: sql(`
  SELECT o.id, o.order_date FROM orders o
  WHERE o.status_id = :status_id::integer AND o.order_date >= :first::datetime AND o.order_date <= :last::datetime AND (o.order_date > :first OR o.id > :id::integer)
    AND (:customer_id::integer? IS NULL OR o.customer_id = :customer_id) AND (:employee_id::integer? IS NULL OR o.employee_id = :employee_id)
    AND (:shipper_id::integer? IS NULL OR o.shipper_id = :shipper_id)
    AND (:pattern::text? IS NULL OR o.search_text LIKE :pattern ESCAPE '!' OR o.id = :searched_id::integer?
      OR (SELECT c.search_text FROM customers c WHERE c.id = o.customer_id) LIKE :pattern ESCAPE '!')
  ORDER BY o.order_date, o.id LIMIT :rows OFFSET :skip
`),
  customer: sql(`
  SELECT o.id, o.order_date FROM orders o
  WHERE o.customer_id = :customer_id::integer AND o.order_date >= :first::datetime AND o.order_date <= :last::datetime AND (o.order_date > :first OR o.id > :id::integer)
    AND (:status_id::integer? IS NULL OR o.status_id = :status_id) AND (:employee_id::integer? IS NULL OR o.employee_id = :employee_id)
    AND (:shipper_id::integer? IS NULL OR o.shipper_id = :shipper_id)
    AND (:pattern::text? IS NULL OR o.search_text LIKE :pattern ESCAPE '!' OR o.id = :searched_id::integer?
      OR (SELECT c.search_text FROM customers c WHERE c.id = o.customer_id) LIKE :pattern ESCAPE '!')
  ORDER BY o.order_date, o.id LIMIT :rows OFFSET :skip
`),
  employee: sql(`
  SELECT o.id, o.order_date FROM orders o
  WHERE o.employee_id = :employee_id::integer AND o.order_date >= :first::datetime AND o.order_date <= :last::datetime AND (o.order_date > :first OR o.id > :id::integer)
    AND (:status_id::integer? IS NULL OR o.status_id = :status_id) AND (:customer_id::integer? IS NULL OR o.customer_id = :customer_id)
    AND (:shipper_id::integer? IS NULL OR o.shipper_id = :shipper_id)
    AND (:pattern::text? IS NULL OR o.search_text LIKE :pattern ESCAPE '!' OR o.id = :searched_id::integer?
      OR (SELECT c.search_text FROM customers c WHERE c.id = o.customer_id) LIKE :pattern ESCAPE '!')
  ORDER BY o.order_date, o.id LIMIT :rows OFFSET :skip
`),
  shipper: sql(`
  SELECT o.id, o.order_date FROM orders o
  WHERE o.shipper_id = :shipper_id::integer AND o.order_date >= :first::datetime AND o.order_date <= :last::datetime AND (o.order_date > :first OR o.id > :id::integer)
    AND (:status_id::integer? IS NULL OR o.status_id = :status_id) AND (:customer_id::integer? IS NULL OR o.customer_id = :customer_id)
    AND (:employee_id::integer? IS NULL OR o.employee_id = :employee_id)
    AND (:pattern::text? IS NULL OR o.search_text LIKE :pattern ESCAPE '!' OR o.id = :searched_id::integer?
      OR (SELECT c.search_text FROM customers c WHERE c.id = o.customer_id) LIKE :pattern ESCAPE '!')
  ORDER BY o.order_date, o.id LIMIT :rows OFFSET :skip
`),
};

/** By date and id downwards, before `id` on the day `last`. */
export const dateDescending = {
  any: sql(`
  SELECT o.id, o.order_date FROM orders o
  WHERE o.order_date >= :first::datetime AND o.order_date <= :last::datetime AND (o.order_date < :last OR o.id < :id::integer)
    AND (:status_id::integer? IS NULL OR o.status_id = :status_id) AND (:customer_id::integer? IS NULL OR o.customer_id = :customer_id)
    AND (:employee_id::integer? IS NULL OR o.employee_id = :employee_id) AND (:shipper_id::integer? IS NULL OR o.shipper_id = :shipper_id)
    AND (:pattern::text? IS NULL OR o.search_text LIKE :pattern ESCAPE '!' OR o.id = :searched_id::integer?
      OR (SELECT c.search_text FROM customers c WHERE c.id = o.customer_id) LIKE :pattern ESCAPE '!')
  ORDER BY o.order_date DESC, o.id DESC LIMIT :rows OFFSET :skip
`),
  status: sql(`
  SELECT o.id, o.order_date FROM orders o
  WHERE o.status_id = :status_id::integer AND o.order_date >= :first::datetime AND o.order_date <= :last::datetime AND (o.order_date < :last OR o.id < :id::integer)
    AND (:customer_id::integer? IS NULL OR o.customer_id = :customer_id) AND (:employee_id::integer? IS NULL OR o.employee_id = :employee_id)
    AND (:shipper_id::integer? IS NULL OR o.shipper_id = :shipper_id)
    AND (:pattern::text? IS NULL OR o.search_text LIKE :pattern ESCAPE '!' OR o.id = :searched_id::integer?
      OR (SELECT c.search_text FROM customers c WHERE c.id = o.customer_id) LIKE :pattern ESCAPE '!')
  ORDER BY o.order_date DESC, o.id DESC LIMIT :rows OFFSET :skip
`),
  customer: sql(`
  SELECT o.id, o.order_date FROM orders o
  WHERE o.customer_id = :customer_id::integer AND o.order_date >= :first::datetime AND o.order_date <= :last::datetime AND (o.order_date < :last OR o.id < :id::integer)
    AND (:status_id::integer? IS NULL OR o.status_id = :status_id) AND (:employee_id::integer? IS NULL OR o.employee_id = :employee_id)
    AND (:shipper_id::integer? IS NULL OR o.shipper_id = :shipper_id)
    AND (:pattern::text? IS NULL OR o.search_text LIKE :pattern ESCAPE '!' OR o.id = :searched_id::integer?
      OR (SELECT c.search_text FROM customers c WHERE c.id = o.customer_id) LIKE :pattern ESCAPE '!')
  ORDER BY o.order_date DESC, o.id DESC LIMIT :rows OFFSET :skip
`),
  employee: sql(`
  SELECT o.id, o.order_date FROM orders o
  WHERE o.employee_id = :employee_id::integer AND o.order_date >= :first::datetime AND o.order_date <= :last::datetime AND (o.order_date < :last OR o.id < :id::integer)
    AND (:status_id::integer? IS NULL OR o.status_id = :status_id) AND (:customer_id::integer? IS NULL OR o.customer_id = :customer_id)
    AND (:shipper_id::integer? IS NULL OR o.shipper_id = :shipper_id)
    AND (:pattern::text? IS NULL OR o.search_text LIKE :pattern ESCAPE '!' OR o.id = :searched_id::integer?
      OR (SELECT c.search_text FROM customers c WHERE c.id = o.customer_id) LIKE :pattern ESCAPE '!')
  ORDER BY o.order_date DESC, o.id DESC LIMIT :rows OFFSET :skip
`),
  shipper: sql(`
  SELECT o.id, o.order_date FROM orders o
  WHERE o.shipper_id = :shipper_id::integer AND o.order_date >= :first::datetime AND o.order_date <= :last::datetime AND (o.order_date < :last OR o.id < :id::integer)
    AND (:status_id::integer? IS NULL OR o.status_id = :status_id) AND (:customer_id::integer? IS NULL OR o.customer_id = :customer_id)
    AND (:employee_id::integer? IS NULL OR o.employee_id = :employee_id)
    AND (:pattern::text? IS NULL OR o.search_text LIKE :pattern ESCAPE '!' OR o.id = :searched_id::integer?
      OR (SELECT c.search_text FROM customers c WHERE c.id = o.customer_id) LIKE :pattern ESCAPE '!')
  ORDER BY o.order_date DESC, o.id DESC LIMIT :rows OFFSET :skip
`),
};

/** Orders without a date stand before all dates. */
export const undatedAscending = sql(`
  SELECT o.id, o.order_date FROM orders o
  WHERE o.order_date IS NULL AND o.id > :id::integer AND o.id <= :until::integer
    AND (:status_id::integer? IS NULL OR o.status_id = :status_id) AND (:customer_id::integer? IS NULL OR o.customer_id = :customer_id)
    AND (:employee_id::integer? IS NULL OR o.employee_id = :employee_id) AND (:shipper_id::integer? IS NULL OR o.shipper_id = :shipper_id)
    AND (:pattern::text? IS NULL OR o.search_text LIKE :pattern ESCAPE '!' OR o.id = :searched_id::integer?
      OR (SELECT c.search_text FROM customers c WHERE c.id = o.customer_id) LIKE :pattern ESCAPE '!')
  ORDER BY o.id LIMIT :rows OFFSET :skip
`);

export const undatedDescending = sql(`
  SELECT o.id, o.order_date FROM orders o
  WHERE o.order_date IS NULL AND o.id < :id::integer AND o.id >= :until::integer
    AND (:status_id::integer? IS NULL OR o.status_id = :status_id) AND (:customer_id::integer? IS NULL OR o.customer_id = :customer_id)
    AND (:employee_id::integer? IS NULL OR o.employee_id = :employee_id) AND (:shipper_id::integer? IS NULL OR o.shipper_id = :shipper_id)
    AND (:pattern::text? IS NULL OR o.search_text LIKE :pattern ESCAPE '!' OR o.id = :searched_id::integer?
      OR (SELECT c.search_text FROM customers c WHERE c.id = o.customer_id) LIKE :pattern ESCAPE '!')
  ORDER BY o.id DESC LIMIT :rows OFFSET :skip
`);

/** How many orders fall between two moments, counted to `most` at the furthest. */
export const ordersInDates = sql(`
  SELECT COUNT(*) AS orders FROM (
    SELECT o.id FROM orders o WHERE o.order_date >= :first::datetime AND o.order_date <= :last::datetime
    ORDER BY o.order_date, o.id LIMIT :most
  ) AS found
`);

/** The first order by id between two moments, from the index on dates alone; `+ 0` keeps SQLite from walking by id. */
export const firstIdInDates = sql({
  mariadb: `
  SELECT MIN(o.id + 0) AS id FROM orders o FORCE INDEX (orders_by_date)
  WHERE o.order_date >= :first::datetime AND o.order_date <= :last::datetime AND o.id > :id::integer
`,
  sqlite: `
  SELECT MIN(o.id + 0) AS id FROM orders o
  WHERE o.order_date >= :first::datetime AND o.order_date <= :last::datetime AND o.id + 0 > :id::integer
`,
});

/** The last one. */
export const lastIdInDates = sql({
  mariadb: `
  SELECT MAX(o.id + 0) AS id FROM orders o FORCE INDEX (orders_by_date)
  WHERE o.order_date >= :first::datetime AND o.order_date <= :last::datetime AND o.id < :id::integer
`,
  sqlite: `
  SELECT MAX(o.id + 0) AS id FROM orders o
  WHERE o.order_date >= :first::datetime AND o.order_date <= :last::datetime AND o.id + 0 < :id::integer
`,
});

/** A few orders between two moments, by id: found by the index on dates and sorted, hence `+ 0`. */
export const idAscendingInDates = sql(`
  SELECT o.id, o.order_date FROM orders o
  WHERE o.order_date >= :first::datetime AND o.order_date <= :last::datetime AND o.id > :id::integer
    AND (:status_id::integer? IS NULL OR o.status_id = :status_id) AND (:customer_id::integer? IS NULL OR o.customer_id = :customer_id)
    AND (:employee_id::integer? IS NULL OR o.employee_id = :employee_id) AND (:shipper_id::integer? IS NULL OR o.shipper_id = :shipper_id)
    AND (:pattern::text? IS NULL OR o.search_text LIKE :pattern ESCAPE '!' OR o.id = :searched_id::integer?
      OR (SELECT c.search_text FROM customers c WHERE c.id = o.customer_id) LIKE :pattern ESCAPE '!')
  ORDER BY o.id + 0 LIMIT :rows
`);

export const idDescendingInDates = sql(`
  SELECT o.id, o.order_date FROM orders o
  WHERE o.order_date >= :first::datetime AND o.order_date <= :last::datetime AND o.id < :id::integer
    AND (:status_id::integer? IS NULL OR o.status_id = :status_id) AND (:customer_id::integer? IS NULL OR o.customer_id = :customer_id)
    AND (:employee_id::integer? IS NULL OR o.employee_id = :employee_id) AND (:shipper_id::integer? IS NULL OR o.shipper_id = :shipper_id)
    AND (:pattern::text? IS NULL OR o.search_text LIKE :pattern ESCAPE '!' OR o.id = :searched_id::integer?
      OR (SELECT c.search_text FROM customers c WHERE c.id = o.customer_id) LIKE :pattern ESCAPE '!')
  ORDER BY o.id + 0 DESC LIMIT :rows
`);
